"""The lock that says who does the publishing of an installation: one process at a time, gone with the process."""

from __future__ import annotations

import fcntl
from typing import IO

from bot.settings import Settings


def take_worker_lock(settings: Settings) -> IO[str] | None:
    """The lock, to be kept open as long as publishing goes on; None while another process holds it."""
    lock = (settings.home_folder / "worker.lock").open("a")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        return None
    return lock
