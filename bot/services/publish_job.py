"""Puts publications in service one at a time, and puts right what an interrupted one has left.

What holds, whenever the process, the assistant or the machine is killed
- Until the stage SWITCH is in the ledger nothing but candidates has been written; they are cleared away.
- From then on files, pointer and running model may be old or new. One transaction of the ledger decides: it stores
  the versions and the audit trail, closes the drafts and says IN_SERVICE. Before it, `recover` brings back what was; after it, all is done.
- A roll-back is asked for in the ledger and may be begun any number of times.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

from bot.core.errors import NotFoundError, ParleyError
from bot.core.studio.margins import Margins
from bot.services import publication_words as words
from bot.services.ports import Clock, UnitOfWork
from bot.services.publish_audit import record_event
from bot.services.publish_change import Change, Switchover, change_of
from bot.services.publish_prepare import Preparation, Prepared, RefusedError
from bot.services.publish_roll_back import RollBacks
from bot.services.publish_smoke import SmokeError, smoke
from bot.services.publish_telling import Telling
from bot.services.publish_versions import add_versions
from bot.services.studio_ports import (
    ContentDesk,
    DraftConflictError,
    ModelMaker,
    ModelServer,
    PublicationRecord,
    PublicationStatus,
    Stage,
)

log = logging.getLogger(__name__)

#: How far a publication is when a stage begins, in per cent.
_SWITCHED_AT, _SMOKED_AT = 85, 92


class NotUndoneError(Exception):
    """The state before could not be brought back; the publication stays as it is until `recover` succeeds."""


class PublishJob:
    """The worker's work; whoever calls it holds the worker's lock."""

    def __init__(
        self,
        unit_of_work: Callable[[], UnitOfWork],
        desk: ContentDesk,
        maker: ModelMaker,
        server: ModelServer,
        clock: Clock,
        *,
        margins: Callable[[], Margins],
    ) -> None:
        self._unit_of_work = unit_of_work
        self._desk = desk
        self._maker = maker
        self._server = server
        self._clock = clock
        self._preparation = Preparation(desk, maker, margins)
        self._switchover = Switchover(desk, maker, server)
        self._roll_backs = RollBacks(unit_of_work, desk, self._switchover, server, clock)

    def run_next(self) -> bool:
        """Do the next thing that waits, a roll-back before a publication; False when nothing waits."""
        if self._roll_backs.run_waiting(self._maker.in_service()):
            return True
        with self._unit_of_work() as work:
            record = work.publications.claim(self._clock.now())
            work.commit()
        if record is None:
            return False
        with Telling(record, self._unit_of_work, self._clock) as told:
            self._run(told)
        return True

    def recover(self) -> list[str]:
        """Put right what a killed process has left; returns the ids of the publications concerned."""
        righted = []
        with self._unit_of_work() as work:
            record = work.publications.running()
        if record is not None:
            if record.stage in (Stage.SWITCH, Stage.SMOKE):
                change = change_of(self._desk, record.documents)
                self._switchover.undo(change.between(record.model_before, record.model_after))
            self._maker.clear_candidates()
            self._store_end(
                replace(
                    record,
                    status=PublicationStatus.FAILED,
                    finished_at=self._clock.now(),
                    report=None,
                    error=words.INTERRUPTED,
                )
            )
            righted.append(record.id)
        waiting = self._roll_backs.waiting()
        if waiting is not None:
            self._roll_backs.run(waiting, self._maker.in_service())
            righted.append(waiting.id)
        return righted

    def align(self) -> bool:
        """Have the running assistant use the model in service; whether it does."""
        return self._switchover.align()

    def _run(self, told: Telling) -> None:
        try:
            self._publish(told)
        except NotUndoneError:
            raise
        except RefusedError as refused:
            self._clear_candidates()
            self._end(
                told,
                PublicationStatus.REFUSED,
                error=refused.said,
                faults=refused.faults,
                report=refused.report,
            )
        except SmokeError as failed:
            said = words.NOT_HEARD.format(what=failed)
            self._fail(told, said, {"smoke": failed.rows})
        except Exception as error:
            log.exception("The publication %s failed.", told.record.id)
            self._fail(told, _plain(error, told.record.stage))
        except BaseException:  # the process is told to stop
            self._fail(told, words.INTERRUPTED)
            raise

    def _publish(self, told: Telling) -> None:
        prepared = self._preparation.prepare(told)
        change = prepared.change
        told.stage(
            Stage.SWITCH,
            _SWITCHED_AT,
            model_before=change.model_before,
            model_after=change.model_after,
        )
        try:
            self._switch(told, prepared)
        except BaseException:
            if not self._is_done_after_all(told.record, change):
                raise
        self._clear_candidates()

    def _switch(self, told: Telling, prepared: Prepared) -> None:
        change, report = prepared.change, prepared.report
        if change.moves_model and change.model_after is not None:
            runs = self._switchover.load(change.model_after)
            told.stage(Stage.SMOKE, _SMOKED_AT)
            today = self._clock.today()
            report["kept"] = [turn.as_json() for turn in prepared.kept]
            report["smoke"] = (
                smoke(self._server, today, change.model_after, prepared.lines, prepared.kept)
                if runs
                else [{"what": "server", "passed": True, "words": words.NO_SERVER}]
            )
        self._switchover.put(change)
        ended = told.last(
            status=PublicationStatus.IN_SERVICE,
            stage=Stage.DONE,
            progress=100,
            error=None,
            report={**report, "seconds": told.seconds},
        )
        self._commit(ended)

    def _commit(self, record: PublicationRecord) -> None:
        """The one transaction that decides: versions, drafts, status, audit trail."""
        with self._unit_of_work() as work:
            work.publications.update(record, was=PublicationStatus.RUNNING)
            by, at = record.requested_by, record.finished_at or self._clock.now()
            add_versions(work, record, by=by, at=at, note=record.note)
            for each in record.documents:
                # Somebody may have gone on with it meanwhile: it stays open. Or have discarded it.
                with suppress(DraftConflictError, NotFoundError):
                    if each.draft_id is not None:
                        work.drafts.discard(each.draft_id, each.revision)
            report = record.report or {}
            if report.get("overridden"):
                worse = [refusal["what"] for refusal in report["refusals"]]
                reason = record.override_reason
                record_event(work, "publication_overridden", record, by, reason=reason, worse=worse)
            record_event(work, "publication_in_service", record, by, model=record.model_after)
            work.commit()

    def _is_done_after_all(self, record: PublicationRecord, change: Change) -> bool:
        """Whether the ledger has it in service, and only its answer got lost; if not, what was is brought back."""
        try:
            with self._unit_of_work() as work:
                is_done = work.publications.get(record.id).status is PublicationStatus.IN_SERVICE
            if not is_done:
                self._switchover.undo(change)
        except Exception as trouble:
            log.exception("The state before could not be brought back.")
            raise NotUndoneError from trouble
        return is_done

    def _fail(self, told: Telling, said: str, report: dict[str, Any] | None = None) -> None:
        self._clear_candidates()
        self._end(told, PublicationStatus.FAILED, error=said, report=report)

    def _end(self, told: Telling, status: PublicationStatus, **changes: Any) -> None:
        self._store_end(told.last(status=status, **changes))

    def _store_end(self, record: PublicationRecord) -> None:
        with self._unit_of_work() as work:
            work.publications.update(record, was=PublicationStatus.RUNNING)
            event, by = f"publication_{record.status.value}", record.requested_by
            record_event(work, event, record, by, error=record.error)
            work.commit()

    def _clear_candidates(self) -> None:
        try:
            self._maker.clear_candidates()
        except (ParleyError, OSError) as error:
            log.warning("Candidates could not be cleared away: %s", error)


def _plain(error: Exception, stage: Stage) -> str:
    if isinstance(error, ParleyError):
        return error.detail
    return words.UNKNOWN_FAILURE.format(doing=words.WHILE[stage])
