"""Finds and ends single servers of a running installation."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from bot.cli.installation import Installation, family_of

RASA, ACTIONS, WEB = "bot.nlu.server", "actions", "bot.web.serve"


def pids_of(installation: Installation, module: str) -> list[int]:
    """The processes that run this module, the eldest first."""
    found = []
    for pid in family_of(installation.process.pid):
        try:
            words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
        except OSError:
            continue
        if words[1:3] == ["-m", module]:
            found.append(pid)
    return sorted(found)


def kill(installation: Installation, module: str) -> None:
    """End a server at once, as the kernel does when memory runs out."""
    pids = pids_of(installation, module)
    assert pids, f"{module} is not running"
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
