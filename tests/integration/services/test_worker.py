"""The worker's watch: looks cheaply, does what waits, puts right what was left, and goes on after trouble."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from bot.core.errors import UnavailableError
from bot.settings import Settings
from bot.worker import POLL_SECONDS, TROUBLE_SECONDS, Watch
from bot.worker_lock import take_worker_lock


class Job:
    """A job that notes what it was asked to do."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.trouble: list[Exception] = []

    def _do(self, what: str) -> None:
        self.done.append(what)
        if self.trouble:
            raise self.trouble.pop()

    def run_next(self) -> bool:
        self._do("run")
        return True

    def recover(self) -> list[str]:
        self._do("recover")
        return ["pub_1"]

    def align(self) -> bool:
        self._do("align")
        return True


class House:
    """What the ledger says, and how often the job was made."""

    def __init__(self) -> None:
        self.job = Job()
        self.made = 0
        self.waits, self.left = False, False
        self.watch = Watch(lambda: self.waits, lambda: self.left, self._make, threading.Event())

    def _make(self) -> Any:
        self.made += 1
        return self.job


def test_nothing_is_loaded_while_nothing_waits() -> None:
    house = House()
    for _ in range(3):
        assert house.watch.look() == POLL_SECONDS
    assert house.made == 0


def test_what_was_left_is_put_right_before_anything_else() -> None:
    house = House()
    house.waits = house.left = True
    house.watch.look()
    house.watch.look()
    assert house.job.done == ["recover", "run"]


@pytest.mark.parametrize("trouble", [UnavailableError("locked"), RuntimeError("unforeseen")])
def test_after_trouble_it_waits_and_puts_right_before_it_goes_on(trouble: Exception) -> None:
    house = House()
    house.watch.look()
    house.waits = True
    house.job.trouble = [trouble]
    assert house.watch.look() == TROUBLE_SECONDS
    house.left = True
    house.watch.look()
    house.left = False
    assert house.watch.look() == 0
    assert house.job.done == ["run", "recover", "run"]


def test_an_assistant_that_was_starting_is_brought_in_line_for_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    house = House()
    now = 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    house.watch.look()
    house.waits = True
    house.watch.look()
    house.waits = False
    house.watch.look()
    assert house.job.done == ["run"]
    now += 4
    house.watch.look()
    now += 200
    house.watch.look()
    assert house.job.done == ["run", "align"]


def test_one_process_at_a_time_holds_the_lock(tmp_path: Path) -> None:
    settings = Settings(home=str(tmp_path))
    first = take_worker_lock(settings)
    assert first is not None
    assert take_worker_lock(settings) is None
    first.close()
    second = take_worker_lock(settings)
    assert second is not None
    second.close()


def test_the_process_waits_for_tables_stays_small_and_stops_when_told(tmp_path: Path) -> None:
    environment = {**os.environ, "PARLEY_HOME": str(tmp_path), "PARLEY_DATABASE_URL": ""}
    command = [sys.executable, "-m", "bot.worker"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE) as worker:
        until = time.monotonic() + 20
        while take_worker_lock_is_free(tmp_path) and time.monotonic() < until:
            time.sleep(0.1)
        time.sleep(1.5)
        assert worker.poll() is None
        status = Path(f"/proc/{worker.pid}/status").read_text()
        resident = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(5) == 0
    assert int(resident.split()[1]) / 1024 < 100


def take_worker_lock_is_free(home: Path) -> bool:
    lock = take_worker_lock(Settings(home=str(home)))
    if lock is None:
        return False
    lock.close()
    return True
