"""Turns of a rehearsal: stored before they are heard, answered once, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from bot.core.errors import ConflictError, InvalidInputError, NotFoundError, UnavailableError
from bot.core.language.redact import kept_words
from bot.core.reading import Reading
from bot.core.rehearsal import rehearsal as play
from bot.core.rehearsal.record import Rehearsal, account_for
from bot.services.desks import Desks
from bot.services.ports import Assistant, UnitOfWork, Viewer
from bot.services.rehearsal_documents import answer_document
from bot.services.rehearsal_ports import RehearsalRecord, RehearsalTurnRecord
from bot.services.rehearsal_store import Loaded, RehearsalStore, of_owner, open_of_owner

#: Longer than any call; a rehearsal is not a place to store things.
MOST_TURNS = 1_000


class RehearsalTurns:
    """Takes turns. What was acknowledged is never lost: a killed server answers it when it is sent again."""

    def __init__(
        self,
        unit_of_work: Callable[[], UnitOfWork],
        store: RehearsalStore,
        desks: Desks,
        assistant: Assistant,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._store = store
        self._desks = desks
        self._assistant = assistant

    def take_turn(
        self, rehearsal_id: str, viewer: Viewer, text: str, *, segment_id: str | None = None
    ) -> dict[str, Any]:
        """Store what the trainee said, have it heard, and give the client's answer (see Rehearsals)."""
        words = spoken_words(text)
        turn, earlier = self._stored(rehearsal_id, viewer, words, segment_id)
        if earlier is not None:
            # What was said before must be answered before; only then is the new turn taken.
            if self._heard(earlier, viewer) is None:
                raise UnavailableError(
                    "Your last words still wait to be heard, and listening is off. Send this turn again in a moment."
                )
            turn, earlier = self._stored(rehearsal_id, viewer, words, segment_id)
        if turn is None or earlier is not None:
            raise ConflictError("Another turn came at the same moment; send it again.")
        return self._answer(turn, viewer)

    def be_silent(
        self, rehearsal_id: str, viewer: Viewer, *, segment_id: str | None = None
    ) -> dict[str, Any]:
        """Say nothing, and see what the client makes of it."""
        turn, earlier = self._stored(rehearsal_id, viewer, "", segment_id)
        if earlier is not None or turn is None:
            raise ConflictError("Your last words still wait to be heard; send them again first.")
        return self._settle(turn.id, None, viewer)

    def answer_turn(self, turn_id: str, reading: Reading, viewer: Viewer) -> dict[str, Any]:
        """Let the client answer a stored turn from what was heard; everything is stored in one."""
        return self._settle(turn_id, reading, viewer)

    def _stored(
        self, rehearsal_id: str, viewer: Viewer, words: str, segment_id: str | None
    ) -> tuple[RehearsalTurnRecord | None, RehearsalTurnRecord | None]:
        """The turn, stored; or, in the second place, another one that still waits and is in the way."""
        with self._unit_of_work() as work:
            record = of_owner(work.rehearsals.claim(rehearsal_id), viewer)
            known = work.rehearsals.segment(rehearsal_id, segment_id) if segment_id else None
            if known is not None:
                return known, None
            open_of_owner(record, viewer)
            last = work.rehearsals.last_turn(record.id, record.branch)
            if last is not None and last.document is None:
                is_same = segment_id is None and last.text == words
                return (last, None) if is_same else (None, last)
            index = last.index + 1 if last else 0
            if index >= MOST_TURNS:
                raise ConflictError("This rehearsal is very long; finish it and start another.")
            if last is not None and (last.document or {})["state"]["ended"]:
                raise ConflictError("This call has ended. Finish it, or rewind it to a turn.")
            turn = self._store.store_words(work, record, index, words, segment_id)
            work.commit()
        return turn, None

    def _answer(self, turn: RehearsalTurnRecord, viewer: Viewer) -> dict[str, Any]:
        answered = self._heard(turn, viewer) if turn.document is None else None
        if answered is not None:
            return answered
        with self._unit_of_work() as work:
            record = work.rehearsals.get(turn.rehearsal_id)
            rows = work.rehearsals.turns(turn.rehearsal_id, turn.branch)
        return _answer_from(record, rows, turn.id)

    def _heard(self, turn: RehearsalTurnRecord, viewer: Viewer) -> dict[str, Any] | None:
        """Have a stored turn heard and answered; None when nobody listens."""
        if not turn.text:
            return self._settle(turn.id, None, viewer)
        with self._unit_of_work() as work:
            record = work.rehearsals.get(turn.rehearsal_id)
            header = work.rehearsals.branch(turn.rehearsal_id, turn.branch).header
        today = Rehearsal.from_json({**header, "turns": []}).today
        try:
            return self._assistant.hear_rehearsal_turn(turn, record, today, viewer)
        except UnavailableError:
            return None

    def _settle(self, turn_id: str, reading: Reading | None, viewer: Viewer) -> dict[str, Any]:
        with self._unit_of_work() as work:
            turn = work.rehearsals.get_turn(turn_id)
            record = of_owner(work.rehearsals.claim(turn.rehearsal_id), viewer)
            loaded = self._store.load(work, record, turn.branch)
            if loaded.waiting is None or loaded.waiting.id != turn_id:
                return _answer_from(record, loaded.turns, turn_id)
            after = self._played(loaded, turn, reading, viewer)
            mine, theirs = after.turns[-2:]
            work.rehearsals.answer_turn(turn_id, mine.as_json())
            reply = self._store.append(work, record, turn.branch, theirs)
            self._store.save_state(work, record, after)
            work.commit()
        return answer_document(record, replace(turn, document=mine.as_json()), reply)

    def _played(
        self, loaded: Loaded, turn: RehearsalTurnRecord, reading: Reading | None, viewer: Viewer
    ) -> Rehearsal:
        cast = self._store.casting(loaded.rehearsal)
        desk = self._desks.desk_for(account_for(cast.scenario, loaded.rehearsal.today), viewer)
        if reading is None:
            return play.wait(loaded.rehearsal, cast.scenario, cast.persona, desk)
        heard = replace(reading, text=turn.text)
        return play.take(loaded.rehearsal, cast.scenario, cast.persona, heard, desk)


def spoken_words(text: str) -> str:
    """A trainee's words as they are stored: no control characters, secret numbers masked; refuses no words."""
    words = kept_words(text)
    if not words:
        raise InvalidInputError("The turn has no words.", field="text")
    return words


def _answer_from(
    record: RehearsalRecord, rows: Sequence[RehearsalTurnRecord], turn_id: str
) -> dict[str, Any]:
    """The stored answer to a turn: itself and the client's turn after it."""
    place = next((n for n, row in enumerate(rows) if row.id == turn_id), None)
    if place is None:
        raise NotFoundError("There is no such turn.")
    mine = rows[place]
    reply = rows[place + 1] if mine.document is not None and place + 1 < len(rows) else None
    return answer_document(record, mine, reply)
