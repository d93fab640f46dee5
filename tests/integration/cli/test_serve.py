"""Starting: what cannot go well is said in one line before the first server starts."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli.installation import free_port
from bot.cli.serve import Child
from tests.integration.cli.conftest import DATA, Parley


@pytest.fixture(autouse=True)
def own_ports(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Ports that nobody has, and the process's file mode back as it was."""
    for variable in ("PARLEY_PORT", "PARLEY_RASA_PORT", "PARLEY_ACTIONS_PORT"):
        monkeypatch.setenv(variable, str(free_port()))
    mask = os.umask(0o022)
    yield
    os.umask(mask)


@pytest.mark.parametrize("variable", ["PARLEY_PORT", "PARLEY_RASA_PORT", "PARLEY_ACTIONS_PORT"])
def test_a_port_that_is_taken_is_named_with_the_way_out(
    parley: Parley, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        monkeypatch.setenv(variable, str(other.getsockname()[1]))
        outcome = parley("serve")

    assert outcome.code == 1
    assert f"set {variable}" in outcome.err


@pytest.mark.parametrize("port", ["http", "0", "70000", "-1"])
def test_a_port_that_is_none_is_refused(
    parley: Parley, monkeypatch: pytest.MonkeyPatch, port: str
) -> None:
    monkeypatch.setenv("PARLEY_PORT", port)
    outcome = parley("serve")

    assert outcome.code == 1
    assert "PARLEY_PORT" in outcome.err


def test_a_second_start_from_the_same_folder_is_refused(parley: Parley, home: Path) -> None:
    home.mkdir()
    holder = (
        "import fcntl, sys; lock = open(sys.argv[1], 'a'); fcntl.flock(lock, fcntl.LOCK_EX);"
        "print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", holder, str(home / "serve.lock")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as first:
        assert first.stdout is not None
        first.stdout.readline()
        outcome = parley("serve")

    assert outcome.code == 1
    assert "already" in outcome.err


def test_broken_content_is_shown_with_file_and_line_before_anything_starts(
    parley: Parley, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(DATA, tmp_path / "data")
    (tmp_path / "data" / "house" / "limits.yml").write_text("a: [1", "utf-8")
    monkeypatch.setenv("PARLEY_CONTENT", str(tmp_path / "data"))
    outcome = parley("serve")

    assert outcome.code == 1
    assert "data/house/limits.yml:" in outcome.err
    assert not (home / "logs").exists()


def test_without_training_and_without_a_model_nothing_starts(parley: Parley, home: Path) -> None:
    outcome = parley("serve", "--no-train")

    assert outcome.code == 1
    assert "parley train" in outcome.err
    assert not (home / "logs").exists()


def test_what_an_installation_writes_can_be_read_by_its_owner_only(
    parley: Parley, home: Path
) -> None:
    parley("serve", "--no-train")

    assert home.stat().st_mode & 0o077 == 0
    assert (home / "serve.lock").stat().st_mode & 0o077 == 0


def test_servers_are_all_asked_to_stop_before_any_is_waited_for(tmp_path: Path) -> None:
    sleep = [sys.executable, "-c", "import time; time.sleep(60)"]
    children = [Child(name, sleep, tmp_path / f"{name}.log") for name in ("one", "two")]
    for child in children:
        child.start()
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.stop()

    ended = [child.process.returncode for child in children if child.process]
    assert ended == [-signal.SIGTERM, -signal.SIGTERM]
