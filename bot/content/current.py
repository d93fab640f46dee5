"""Gives desks, scenarios and personas as the files have them now; nobody on a call waits for the reading."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from bot.content.loader import Content, load_desk_content
from bot.content.rehearsal_files import load_repertoire
from bot.core.coaching.advice import Role
from bot.core.coaching.desk import Desk
from bot.core.errors import ContentError
from bot.core.rehearsal.repertoire import Repertoire
from bot.services.ports import Clock

log = logging.getLogger(__name__)

#: How often changed content files are looked for.
LOOK_AGAIN_SECONDS = 1.0

#: Files with a fault are read whole each time, so less often.
FAULTY_SECONDS = 10.0


def repertoire_reader(data: Path) -> Callable[[], Repertoire]:
    """Give the scenarios and personas; files that changed are read again within a second."""
    kept: Repertoire | None = None
    look_at = 0.0
    lock = threading.Lock()

    def read() -> Repertoire:
        nonlocal kept, look_at
        with lock:
            if kept is None or time.monotonic() > look_at:
                kept = load_repertoire(data)
                look_at = time.monotonic() + LOOK_AGAIN_SECONDS
            return kept

    # Reading them all takes seconds: nobody's first turn waits for it.
    threading.Thread(target=read, name="repertoire", daemon=True).start()
    return read


def desk_maker(data: Path, clock: Clock) -> Callable[[str, str, str], Desk]:
    """Make desks by country, role and seniority; files that changed are read again within a second."""
    kept: dict[tuple[str, str, str], Desk] = {}
    content = load_desk_content(data)
    look_at = 0.0
    lock = threading.Lock()

    def make(country: str, role: str, seniority: str) -> Desk:
        nonlocal content, look_at
        key = (country, role, seniority)
        with lock:
            if time.monotonic() > look_at:
                kept.clear()
                newest = _newest(data)
                content = newest or content
                look_at = time.monotonic() + (LOOK_AGAIN_SECONDS if newest else FAULTY_SECONDS)
            if key not in kept:
                kept[key] = content.desk(country, clock.today(), Role(role), seniority)
            return kept[key]

    return make


def _newest(data: Path) -> Content | None:
    """The content as it is now; None while a file has a fault: calls then go on with the last good content."""
    try:
        return load_desk_content(data)
    except (ContentError, OSError) as error:
        log.warning("The content has a fault, the last good one stays in use: %s", error)
        return None
