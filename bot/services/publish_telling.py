"""Tells the ledger how far the running publication is, so that whoever waits sees it move."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from types import TracebackType
from typing import Any, Self

from bot.core.errors import UnavailableError
from bot.services.ports import Clock, UnitOfWork
from bot.services.publication_words import DOING
from bot.services.studio_ports import PublicationRecord, PublicationStatus, Stage

log = logging.getLogger(__name__)

#: How often the ledger hears that the work goes on, whatever it is.
BEAT_SECONDS = 5.0

#: Progress within a stage is told no more often than this: each telling is a write among live turns.
LEAST_SECONDS = 0.5


class Telling:
    """One running publication as the ledger knows it: `with Telling(…) as told:` beats while the block runs."""

    def __init__(
        self,
        record: PublicationRecord,
        unit_of_work: Callable[[], UnitOfWork],
        clock: Clock,
        beat_seconds: float = BEAT_SECONDS,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._clock = clock
        self._beat_seconds = beat_seconds
        self._record = record
        self._lock = threading.RLock()
        self._stop = threading.Event()
        self._told_at = 0.0
        self._began = time.monotonic()
        self._stage_began = self._began
        self.seconds: dict[str, float] = {}

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._beat, name="heartbeat", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stop.set()
        self._thread.join()

    @property
    def record(self) -> PublicationRecord:
        """The publication as it was told last."""
        return self._record

    def stage(self, stage: Stage, progress: int, **changes: Any) -> None:
        """A new stage begins; it is in the ledger when this returns. ConflictError when it was cancelled."""
        self._close_stage()
        self._store(stage=stage, progress=progress, report={"doing": DOING[stage]}, **changes)

    def hear(self, stage: Stage, progress: int, words: str) -> None:
        """Progress within a stage, in plain words; what comes too fast is left out."""
        is_new = stage is not self._record.stage
        if is_new:
            self._close_stage()
        if is_new or time.monotonic() - self._told_at >= LEAST_SECONDS:
            try:
                self._store(stage=stage, progress=progress, report={"doing": words})
            except UnavailableError as error:  # nobody's training fails because the ledger is busy
                log.warning("Progress could not be told: %s", error)

    def last(self, **changes: Any) -> PublicationRecord:
        """The publication as it ends, to be stored by the caller; nothing more is told after this."""
        self._close_stage()
        self.seconds["total"] = round(time.monotonic() - self._began, 2)
        self._stop.set()
        with self._lock:  # a beat under way has ended once the lock is ours
            return replace(self._record, finished_at=self._clock.now(), **changes)

    def _store(self, **changes: Any) -> None:
        with self._lock:
            record = replace(self._record, heartbeat_at=self._clock.now(), **changes)
            with self._unit_of_work() as work:
                work.publications.update(record, was=PublicationStatus.RUNNING)
                work.commit()
            self._record = record
            self._told_at = time.monotonic()

    def _close_stage(self) -> None:
        now = time.monotonic()
        name = self._record.stage.value
        if self._record.stage is not Stage.QUEUED:
            self.seconds[name] = round(self.seconds.get(name, 0.0) + now - self._stage_began, 2)
        self._stage_began = now

    def _beat(self) -> None:
        while not self._stop.wait(self._beat_seconds):
            with self._lock:
                if self._stop.is_set():
                    return
                try:
                    self._store()
                except Exception as error:  # noqa: BLE001 - a beat that is missed does no harm
                    log.warning("A heartbeat was missed: %s", error)
