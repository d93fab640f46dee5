"""Nothing that starts Rasa reports to anybody."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.nlu.server import QUIET

ROOT = Path(__file__).parents[3]

#: Code or a command line that makes Rasa run.
_STARTS_RASA = re.compile(
    r"rasa\.core\.run|rasa\.model_training|rasa\.engine\.loader|rasa\.core\.agent|rasa_train"
    r"|\"rasa\", \"|-m rasa\b|bin/rasa\b|\brasa (?:run|train|test|shell|data)\b[^`]*$",
    re.MULTILINE,
)
_SILENCES = re.compile(r"RASA_TELEMETRY_ENABLED|\bQUIET\b")

#: Speaks to Rasa from inside the server that `bot/nlu/server.py` has started.
INSIDE_THE_SERVER = {ROOT / "bot/nlu/studio_routes.py"}

STARTERS = sorted(
    path
    for folder, pattern in (("bot", "*.py"), ("actions", "*.py"), ("tools", "*"), (".ci", "*"))
    for path in (ROOT / folder).rglob(pattern)
    if path.is_file() and path.suffix in ("", ".py", ".sh")
    if path not in INSIDE_THE_SERVER
    and "__pycache__" not in path.parts
    and _STARTS_RASA.search(path.read_text("utf-8"))
)


def test_the_search_finds_what_starts_rasa() -> None:
    names = {path.relative_to(ROOT).as_posix() for path in STARTERS}

    assert {"bot/nlu/server.py", "bot/nlu/training.py", "bot/nlu/recogniser.py"} <= names


@pytest.mark.parametrize("path", STARTERS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_whatever_starts_rasa_turns_telemetry_off(path: Path) -> None:
    assert _SILENCES.search(path.read_text("utf-8"))


def test_make_turns_telemetry_off_for_every_target() -> None:
    text = (ROOT / "Makefile").read_text("utf-8")

    assert re.search(r"^export RASA_TELEMETRY_ENABLED := false$", text, re.MULTILINE)


def test_our_launchers_set_it_to_false() -> None:
    assert QUIET["RASA_TELEMETRY_ENABLED"] == "false"


def test_rasa_itself_says_that_telemetry_is_off_even_if_the_user_had_it_on() -> None:
    program = (
        "import os\n"
        "from bot.nlu.server import QUIET\n"
        "os.environ.update(QUIET)\n"
        "from bot.nlu.light import leave_tensorflow_out\n"
        "leave_tensorflow_out()\n"
        "from rasa import telemetry\n"
        "assert telemetry.is_telemetry_enabled() is False\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "RASA_TELEMETRY_ENABLED": "true"},
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert result.returncode == 0, result.stderr[-2_000:]
