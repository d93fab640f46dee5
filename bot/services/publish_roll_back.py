"""Takes the newest publication in service back: files, model and versions as they were before it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.core.errors import ConflictError, ContentError, ParleyError
from bot.core.studio.kinds import DocumentKind
from bot.services import publication_words as words
from bot.services.ports import Clock, UnitOfWork
from bot.services.publication_documents import waits_for_roll_back
from bot.services.publish_audit import record_event
from bot.services.publish_change import Change, Switchover, change_of
from bot.services.publish_smoke import KeptTurn, SmokeError, smoke
from bot.services.publish_versions import add_versions
from bot.services.studio_ports import (
    ContentDesk,
    ModelServer,
    PublicationRecord,
    PublicationStatus,
)

log = logging.getLogger(__name__)


class RollBacks:
    """Does the roll-back that is asked for in the ledger; a killed one is simply begun again."""

    def __init__(
        self,
        unit_of_work: Callable[[], UnitOfWork],
        desk: ContentDesk,
        switchover: Switchover,
        server: ModelServer,
        clock: Clock,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._desk = desk
        self._switchover = switchover
        self._server = server
        self._clock = clock

    def waiting(self) -> PublicationRecord | None:
        """The publication that is to be rolled back, if any."""
        with self._unit_of_work() as work:
            record = work.publications.standing()
        return record if record is not None and waits_for_roll_back(record) else None

    def run_waiting(self, model: str | None) -> bool:
        """Do what is asked for; False when nothing is. `model` is the one in service."""
        record = self.waiting()
        if record is None:
            return False
        self.run(record, model)
        return True

    def run(self, record: PublicationRecord, model: str | None) -> None:
        """Go back; when that does not work the publication stays in service, with the reason."""
        change: Change | None = None
        try:
            change = _way_back(change_of(self._desk, record.documents), record, model)
            self._go(record, change)
        except Exception as error:
            log.exception("The roll-back of %s failed.", record.id)
            with self._unit_of_work() as work:
                is_done = work.publications.get(record.id).status is PublicationStatus.ROLLED_BACK
            if not is_done:
                if change is not None:
                    self._switchover.undo(change)
                self._give_up(record, _why(error))

    def _go(self, record: PublicationRecord, change: Change) -> None:
        for each in record.documents:
            # A roll-back that was killed half-way finds some files as they shall be.
            if self._desk.text(each.name) not in (each.text, each.before):
                raise ConflictError(words.CHANGED_SINCE.format(path=each.name.path))
        faults = self._desk.check_together(
            {each.name: each.before for each in record.documents if each.before is not None}
        )
        if faults:
            raise ContentError(tuple(faults))
        if (
            change.moves_model
            and change.model_after is not None
            and self._switchover.load(change.model_after)
        ):
            kept = [_as_before(turn) for turn in (record.report or {}).get("kept", ())]
            smoke(self._server, self._clock.today(), change.model_after, (), kept)
        self._switchover.put(change)
        self._check_what_rested_on_it(record)
        self._commit(record)

    def _check_what_rested_on_it(self, record: PublicationRecord) -> None:
        """Where a document goes away, no scenario written by hand may be left without it."""
        if all(each.before is not None for each in record.documents):
            return
        scenarios = [n for n in self._desk.names() if n.kind is DocumentKind.SCENARIO]
        texts = {name: self._desk.text(name) for name in scenarios}
        faults = self._desk.check_together(
            {name: text for name, text in texts.items() if text is not None}
        )
        if faults:
            raise ContentError(tuple(faults))

    def _commit(self, record: PublicationRecord) -> None:
        at, by = self._clock.now(), record.rolled_back_by or record.requested_by
        done = replace(record, status=PublicationStatus.ROLLED_BACK, rolled_back_at=at, error=None)
        with self._unit_of_work() as work:
            work.publications.update(done, was=PublicationStatus.IN_SERVICE)
            note = words.ROLLED_BACK.format(note=record.note)
            add_versions(work, record, by=by, at=at, note=note, is_way_back=True)
            record_event(work, "rolled_back", record, record.rolled_back_by, note=record.note)
            work.commit()

    def _give_up(self, record: PublicationRecord, why: str) -> None:
        said = words.ROLL_BACK_FAILED.format(why=why)
        with self._unit_of_work() as work:
            work.publications.update(
                replace(record, rolled_back_by=None, error=said), was=PublicationStatus.IN_SERVICE
            )
            record_event(work, "roll_back_failed", record, record.rolled_back_by, why=why)
            work.commit()


def _way_back(change: Change, record: PublicationRecord, model: str | None) -> Change:
    """The files back, and the model if the publication brought one; a model trained since is left for it."""
    was_trained = bool((record.report or {}).get("trained"))
    if not was_trained or record.model_before is None:
        return change.reversed()
    # Begun before and killed: the pointer may stand on the earlier model already.
    leaves = record.model_after if model == record.model_before else model
    return change.reversed().between(leaves, record.model_before)


def _as_before(document: dict[str, Any]) -> KeptTurn:
    turn = KeptTurn.from_json(document)
    return replace(turn, after=turn.before)


def _why(error: Exception) -> str:
    if isinstance(error, ParleyError):
        return error.detail
    if isinstance(error, SmokeError):
        return f"{error}."
    return "something went wrong; the worker's log says what."
