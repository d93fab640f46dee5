"""A whole installation in a folder of its own, for measurements: servers, demo ledger, one collector's token."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.core.errors import UnavailableError
from bot.nlu.server import newest_model
from bot.settings import Settings


@dataclass(frozen=True)
class Installation:
    """Where it answers, how to speak to it, and how long it took to be ready."""

    settings: Settings
    environment: dict[str, str]
    token: str
    ready_after: float
    process: subprocess.Popen[bytes]

    def memory_mib(self) -> float:
        """Resident memory of the watcher and all its servers together."""
        return sum(_resident(pid) for pid in family_of(self.process.pid))


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def installed(home: Path, user: str = "sam") -> Iterator[Installation]:
    """Start everything under `home` with the present model, give it, and stop it again."""
    environment = {
        **os.environ,
        "PARLEY_MODELS": str(Settings.from_environment().models_folder.resolve()),
        "PARLEY_HOME": str(home),
        "PARLEY_DATABASE_URL": "",
        "PARLEY_PORT": str(free_port()),
        "PARLEY_RASA_PORT": str(free_port()),
        "PARLEY_ACTIONS_PORT": str(free_port()),
        "PARLEY_RATE_LIMIT": "1000000 per minute",
    }
    settings = Settings.from_environment(environment)
    started = time.monotonic()
    with (settings.home_folder / "serve.log").open("ab") as log:
        process = subprocess.Popen(_command(settings), env=environment, stdout=log, stderr=log)
    try:
        _wait(settings, process)
        ready_after = time.monotonic() - started
        yield Installation(settings, environment, token_of(environment, user), ready_after, process)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def _command(settings: Settings) -> list[str]:
    """Training would be measured too, so it is left out while there is a model to serve."""
    serve = [sys.executable, "-m", "bot", "serve"]
    return [*serve, "--no-train"] if newest_model(settings.models_folder) else serve


def _wait(settings: Settings, process: subprocess.Popen[bytes], seconds: float = 240) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{settings.web_url}/readyz", timeout=2) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise UnavailableError(f"The installation did not get ready; see {settings.home}/serve.log.")


def copy_vectors(home: Path) -> None:
    """The vectors of the lines, which an installation has from the training of the model in service."""
    vectors = Settings.from_environment().home_folder / "cache" / "vectors.sqlite"
    if vectors.is_file():
        (home / "cache").mkdir(parents=True)
        shutil.copy(vectors, home / "cache")


def token_of(environment: dict[str, str], user: str) -> str:
    """A bearer token of a person in the installation with this environment."""
    command = [sys.executable, "-m", "bot", "users", "token", user, "--note", "measurement"]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return done.stdout.strip().splitlines()[-1]


def family_of(pid: int) -> list[int]:
    """A process and all its descendants."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except (OSError, IndexError, ValueError):
            continue
        children.setdefault(parent, []).append(int(folder.name))
    found, waiting = [], [pid]
    while waiting:
        found.append(waiting.pop())
        waiting += children.get(found[-1], [])
    return found


def _resident(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)
