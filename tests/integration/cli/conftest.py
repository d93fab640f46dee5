"""The command line in an installation of its own: what it prints, what it says goes wrong, and its exit code."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import bot
from bot.cli.main import run

DATA = Path(bot.__file__).parents[1] / "data"


@dataclass(frozen=True)
class Outcome:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The JSON it printed."""
        return json.loads(self.out)


Parley = Callable[..., Outcome]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a new installation."""
    folder = tmp_path / "home"
    monkeypatch.setenv("PARLEY_HOME", str(folder))
    monkeypatch.setenv("PARLEY_CONTENT", str(DATA))
    monkeypatch.setenv("PARLEY_DATABASE_URL", "")
    monkeypatch.setenv("PARLEY_MODELS", "")
    monkeypatch.setenv("PARLEY_RASA_PORT", "1")
    monkeypatch.setenv("RASA_TELEMETRY_ENABLED", "false")
    return folder


@pytest.fixture
def parley(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Parley:
    """Runs a command as the shell would; standard input is a pipe."""

    def command(*words: str, typed: str = "") -> Outcome:
        monkeypatch.setattr(sys, "argv", ["parley", *words])
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            run()
        shown = capsys.readouterr()
        code = ended.value.code
        assert code is None or isinstance(code, int)
        return Outcome(code or 0, shown.out, shown.err)

    return command
