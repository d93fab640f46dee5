"""Does what people publish, one publication at a time: `python -m bot.worker`.

It looks into the ledger twice a second and loads what publishing needs only when there is something to do.
"""

from __future__ import annotations

import logging
import signal
import threading
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import IO, TYPE_CHECKING, Any

from bot.core.errors import ParleyError
from bot.settings import Settings
from bot.worker_lock import take_worker_lock

if TYPE_CHECKING:
    from bot.services.publish_job import PublishJob

log = logging.getLogger("parley.worker")

POLL_SECONDS = 0.5

#: After something has gone wrong the worker waits this long before it puts it right.
TROUBLE_SECONDS = 5.0

#: An assistant that was starting or loading at the moment of a switch is looked after this long.
SETTLING_SECONDS, SETTLE_EVERY_SECONDS = 90.0, 3.0


class _Clock:
    def now(self) -> datetime:
        return datetime.now(UTC)

    def today(self) -> date:
        return datetime.now(UTC).astimezone().date()


class Watch:
    """Looks for work and has it done; made to be interrupted at any moment."""

    def __init__(
        self,
        is_waiting: Callable[[], bool],
        is_left: Callable[[], bool],
        job: Callable[[], PublishJob],
        stop: threading.Event,
    ) -> None:
        self._is_waiting = is_waiting
        self._is_left = is_left
        self._job = job
        self._stop = stop
        self._must_recover = True
        self._settle_until = 0.0
        self._settle_at = 0.0

    def run(self) -> None:
        """Work until told to stop."""
        while not self._stop.is_set():
            self._stop.wait(self.look())

    def look(self) -> float:
        """Do what is to be done now; seconds until the next look."""
        try:
            if self._must_recover:
                self._recover()
            elif self._is_waiting():
                self._job().run_next()
                self._settle()
                return 0.0
            elif self._settle_at <= time.monotonic() < self._settle_until:
                self._align()
        except ParleyError as error:
            # The ledger or a file cannot be had at the moment.
            log.warning("Publishing has to wait: %s", error)
            self._must_recover = True
            return TROUBLE_SECONDS
        except Exception:
            log.exception("Publishing was broken off.")
            self._must_recover = True
            return TROUBLE_SECONDS
        return POLL_SECONDS

    def _recover(self) -> None:
        if self._is_left():
            for publication in self._job().recover():
                log.warning("The publication %s was interrupted and put right.", publication)
            self._settle()
        self._must_recover = False

    def _settle(self) -> None:
        self._settle_at = time.monotonic() + SETTLE_EVERY_SECONDS
        self._settle_until = time.monotonic() + SETTLING_SECONDS

    def _align(self) -> None:
        self._settle_at = time.monotonic() + SETTLE_EVERY_SECONDS
        try:
            self._job().align()
        except ParleyError as error:
            log.warning("The assistant does not use the model in service yet: %s", error)


def publish_job(settings: Settings) -> PublishJob:
    """The job over the real ledger, files, models and assistant of an installation."""
    # Imported late: most of the time there is nothing to publish.
    from bot.bootstrap import build_publish_job

    return build_publish_job(settings)


def looks(settings: Settings) -> tuple[Callable[[], bool], Callable[[], bool]]:
    """Two cheap looks into the ledger: whether something waits, and whether a killed process has left something."""
    from bot.db.engine import open_engine
    from bot.db.unit_of_work import SqlUnitOfWork

    engine, clock = open_engine(settings.ledger_url), _Clock()

    def is_waiting() -> bool:
        with SqlUnitOfWork(engine, clock) as work:
            return work.publications.waiting()

    def is_left() -> bool:
        with SqlUnitOfWork(engine, clock) as work:
            standing = work.publications.standing()
            has_roll_back = standing is not None and standing.rolled_back_by is not None
            return has_roll_back or work.publications.running() is not None

    return is_waiting, is_left


def work(settings: Settings) -> None:
    """Publish until the process is told to stop."""
    logging.basicConfig(
        level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    stop = threading.Event()
    _stop_on_signals(stop)
    with _wait_for_lock(settings, stop):
        kept: list[PublishJob] = []

        def job() -> PublishJob:
            if not kept:
                kept.append(publish_job(settings))
            return kept[0]

        Watch(*looks(settings), job, stop).run()


def _wait_for_lock(settings: Settings, stop: threading.Event) -> IO[str]:
    """The worker's lock; the command line may be publishing at the moment."""
    while (lock := take_worker_lock(settings)) is None:
        if stop.wait(POLL_SECONDS):
            raise SystemExit(0)
    return lock


def _stop_on_signals(stop: threading.Event) -> None:
    def leave(*_: Any) -> None:
        # Once is enough: what a second signal would interrupt is the putting right.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        stop.set()
        raise SystemExit(0)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, leave)


if __name__ == "__main__":
    work(Settings.from_environment())
