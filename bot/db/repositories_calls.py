"""Calls and their turns in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from bot.core.coaching.memory import CallMemory
from bot.core.corrections import label_key
from bot.core.errors import ConflictError, InvalidInputError, NotFoundError
from bot.core.labels import Speaker
from bot.db import tables as t
from bot.db.call_rows import call_record, turn_record
from bot.db.types import new_id, storable_text
from bot.services.ports import CallRecord, TurnRecord, Viewer

_FEEDBACK = frozenset({"used", "not_useful", "misheard"})


class SqlCallRepository:
    """Calls over one database connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open(self, account_id: str, user_id: str, at: datetime) -> CallRecord:
        """Start a call."""
        call_id = new_id("call")
        memory = CallMemory().as_json()
        self._connection.execute(
            insert(t.calls).values(
                id=call_id,
                client_id=account_id,
                user_id=user_id,
                status="open",
                started_at=at,
                turn_count=0,
                memory=memory,
            )
        )
        return CallRecord(call_id, account_id, user_id, "open", at, memory=memory)

    def get(self, call_id: str, viewer: Viewer) -> CallRecord:
        """Load a call; NotFoundError when it is unknown or somebody else's (supervisors see all)."""
        row = self._connection.execute(_CALL.where(t.calls.c.id == call_id)).one_or_none()
        if row is None or not (viewer.sees_all or row.user_id == viewer.user_id):
            raise NotFoundError("There is no such call among yours.")
        return call_record(row)

    def claim(self, call_id: str) -> dict[str, Any]:
        """Take the call for this transaction, so that no other turn is answered at once; returns its memory."""
        # A write that changes nothing: it takes SQLite's write lock, and the row's lock in PostgreSQL.
        taken = self._connection.execute(
            update(t.calls)
            .where(t.calls.c.id == call_id)
            .values(turn_count=t.calls.c.turn_count)
            .returning(t.calls.c.memory)
        ).one_or_none()
        if taken is None:
            raise NotFoundError("There is no such call among yours.")
        return dict(taken.memory)

    def latest(self, user_id: str) -> CallRecord | None:
        """The call that this user opened last."""
        newest = _CALL.where(t.calls.c.user_id == user_id).order_by(t.calls.c.started_at.desc())
        row = self._connection.execute(newest.limit(1)).one_or_none()
        return None if row is None else call_record(row)

    def set_memory(
        self, call_id: str, memory: dict[str, Any], packet: dict[str, Any] | None
    ) -> None:
        """Replace a call's memory and packet outside a turn: hand-over, a misheard turn."""
        self._connection.execute(
            update(t.calls).where(t.calls.c.id == call_id).values(memory=memory, packet=packet)
        )

    def acknowledge_escalation(self, escalation_id: str, by: str, at: datetime) -> None:
        """Note who took the hand-over; NotFoundError when unknown, ConflictError when it was taken already."""
        escalations = t.escalations.c
        taken = self._connection.execute(
            update(t.escalations)
            .where(escalations.id == escalation_id, escalations.acknowledged_at.is_(None))
            .values(acknowledged_by=by, acknowledged_at=at)
        )
        if taken.rowcount:
            return
        known = select(escalations.acknowledged_by).where(escalations.id == escalation_id)
        row = self._connection.execute(known).one_or_none()
        if row is None:
            raise NotFoundError("There is no such hand-over.")
        raise ConflictError(f"{row.acknowledged_by} has taken this hand-over already.")

    def add_turn(
        self, call_id: str, speaker: Speaker, text: str, said_at: datetime, segment_id: str | None
    ) -> tuple[TurnRecord, bool]:
        """Store a turn; with a segment id already stored, returns that turn and False."""
        stored = self._segment(call_id, segment_id)
        if stored is not None:
            return stored, False
        index = self._next_index(call_id)
        # Nobody else adds to this call from here on, so a segment that came twice at once shows now.
        stored = self._segment(call_id, segment_id)
        if stored is not None:
            self._give_index_back(call_id)
            return stored, False
        text = storable_text(text)
        turn = TurnRecord(new_id("turn"), call_id, index, speaker, text, said_at, segment_id)
        self._connection.execute(
            insert(t.turns).values(
                id=turn.id,
                call_id=call_id,
                turn_index=index,
                segment_id=segment_id,
                speaker=speaker.value,
                text=text,
                said_at=said_at,
            )
        )
        return turn, True

    def answer_turn(
        self, turn_id: str, reading: dict[str, Any], advice: dict[str, Any], memory: dict[str, Any]
    ) -> None:
        """Store reading and advice of a turn and the call's new memory, in one."""
        answered = self._connection.execute(
            update(t.turns)
            .where(t.turns.c.id == turn_id)
            .values(reading=reading, advice=advice)
            .returning(t.turns.c.call_id)
        ).one_or_none()
        if answered is None:
            raise NotFoundError("There is no such turn.")
        self._connection.execute(
            update(t.calls).where(t.calls.c.id == answered.call_id).values(memory=memory)
        )

    def get_turn(self, turn_id: str) -> TurnRecord:
        """Load one turn."""
        row = self._connection.execute(_TURN.where(t.turns.c.id == turn_id)).one_or_none()
        if row is None:
            raise NotFoundError("There is no such turn.")
        return turn_record(row)

    def turns(
        self, call_id: str, after: int = -1, *, unanswered: bool = False
    ) -> Sequence[TurnRecord]:
        """The turns of a call in order, those after an index; if asked, only those without advice."""
        query = _TURN.where(t.turns.c.call_id == call_id, t.turns.c.turn_index > after)
        if unanswered:
            query = query.where(t.turns.c.advice.is_(None))
        rows = self._connection.execute(query.order_by(t.turns.c.turn_index))
        return [turn_record(row) for row in rows]

    def close(self, call_id: str, at: datetime, summary: dict[str, Any]) -> None:
        """End a call with its summary."""
        closed = self._connection.execute(
            update(t.calls)
            .where(t.calls.c.id == call_id, t.calls.c.status == "open")
            .values(status="closed", closed_at=at, summary=summary)
        )
        if not closed.rowcount:
            raise self._not_open(call_id)

    def add_escalation(
        self,
        call_id: str,
        account_id: str,
        state: str,
        packet: dict[str, Any],
        by: str,
        at: datetime,
    ) -> str:
        """Store a hand-over packet; returns its id."""
        escalation_id = new_id("esc")
        self._connection.execute(
            insert(t.escalations).values(
                id=escalation_id,
                client_id=account_id,
                call_id=call_id,
                state=state,
                packet=packet,
                raised_by=by,
                raised_at=at,
            )
        )
        self._connection.execute(
            update(t.calls).where(t.calls.c.id == call_id).values(packet=packet)
        )
        return escalation_id

    def add_feedback(
        self,
        turn_id: str,
        user_id: str,
        kind: str,
        line_id: str | None,
        labels: Sequence[str] | None,
        at: datetime,
    ) -> None:
        """Store `used`, `not_useful` or `misheard` (with the labels it should have been)."""
        if kind not in _FEEDBACK:
            raise InvalidInputError(f"“{kind}” is not a kind of feedback.", field="kind")
        self._connection.execute(
            insert(t.turn_feedback).values(
                id=new_id("fbk"),
                turn_id=turn_id,
                user_id=user_id,
                kind=kind,
                line_id=line_id,
                labels=None if labels is None else list(labels),
                labels_key=None if labels is None else label_key(labels),
                given_at=at,
            )
        )

    def _segment(self, call_id: str, segment_id: str | None) -> TurnRecord | None:
        if segment_id is None:
            return None
        row = self._connection.execute(
            _TURN.where(t.turns.c.call_id == call_id, t.turns.c.segment_id == segment_id)
        ).one_or_none()
        return None if row is None else turn_record(row)

    def _next_index(self, call_id: str) -> int:
        # Counting up locks the call's row, so turns that arrive together are numbered one after the other.
        counted = self._connection.execute(
            update(t.calls)
            .where(t.calls.c.id == call_id, t.calls.c.status == "open")
            .values(turn_count=t.calls.c.turn_count + 1)
            .returning(t.calls.c.turn_count)
        ).one_or_none()
        if counted is None:
            raise self._not_open(call_id)
        return int(counted.turn_count) - 1

    def _give_index_back(self, call_id: str) -> None:
        self._connection.execute(
            update(t.calls)
            .where(t.calls.c.id == call_id)
            .values(turn_count=t.calls.c.turn_count - 1)
        )

    def _not_open(self, call_id: str) -> ConflictError | NotFoundError:
        found = self._connection.scalar(select(t.calls.c.id).where(t.calls.c.id == call_id))
        if found is None:
            return NotFoundError("There is no such call among yours.")
        return ConflictError("This call is closed already.")


_CALL = select(t.calls)
_TURN = select(t.turns)
