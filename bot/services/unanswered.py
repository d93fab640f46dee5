"""Finds turns that were stored and never answered: the process that was to answer them has ended."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from bot.services.ports import TurnRecord

#: Longer than any answer takes; another process may be at work on a younger turn.
STRANDED_AFTER = timedelta(seconds=15)

#: A turn that waits behind more than so many others has been overtaken: advice on it helps nobody.
LOOK_BACK = 20


class InFlight:
    """The turns that this process is answering just now."""

    def __init__(self) -> None:
        self._ids: set[str] = set()
        self._lock = threading.Lock()

    @contextmanager
    def answering(self, turn_id: str) -> Iterator[None]:
        """Count a turn as in good hands while its answer is made."""
        with self._lock:
            self._ids.add(turn_id)
        try:
            yield
        finally:
            with self._lock:
                self._ids.discard(turn_id)

    def is_stranded(self, turn: TurnRecord, now: datetime) -> bool:
        """Whether nobody will answer this turn any more unless we do."""
        if turn.advice is not None or turn.id in self._ids:
            return False
        # Both ways: a telephone system may send an instant that lies ahead.
        return abs(now - turn.said_at) > STRANDED_AFTER
