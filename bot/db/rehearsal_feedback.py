"""Corrections of rehearsed turns in SQL: sent by the trainee, decided on by a trainer, gone with the rehearsal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from bot.core.corrections import Correction, label_key
from bot.core.errors import ConflictError, NotFoundError
from bot.core.labels import Speaker
from bot.core.reading import Reading
from bot.db import tables as t
from bot.db.types import new_id, storable_text
from bot.services.correction_ports import Review, already_decided

_FEEDBACK, _TURN = t.rehearsal_feedback.c, t.rehearsal_turns.c


class SqlRehearsalFeedback:
    """Corrections of rehearsed turns over one database connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self, rehearsal_id: str, turn_id: str, user_id: str, labels: Sequence[str], at: datetime
    ) -> bool:
        """Store one; False when this person has said the same of this turn before."""
        key = label_key(labels)
        known = self._connection.scalar(
            select(_FEEDBACK.id).where(
                _FEEDBACK.turn_id == turn_id,
                _FEEDBACK.labels_key == key,
                _FEEDBACK.user_id == user_id,
            )
        )
        if known is not None:
            return False
        self._connection.execute(
            insert(t.rehearsal_feedback).values(
                id=new_id("rfb"),
                rehearsal_id=rehearsal_id,
                turn_id=turn_id,
                user_id=user_id,
                labels=list(labels),
                labels_key=key,
                given_at=at,
            )
        )
        return True

    def sent(self, rehearsal_id: str) -> Sequence[tuple[str, tuple[str, ...]]]:
        """Everything said of a rehearsal, the first first: the turn, and what it should have been."""
        rows = self._connection.execute(
            select(_FEEDBACK.turn_id, _FEEDBACK.labels)
            .where(_FEEDBACK.rehearsal_id == rehearsal_id)
            .order_by(_FEEDBACK.given_at, _FEEDBACK.id)
        )
        return [(row.turn_id, tuple(row.labels)) for row in rows]

    def open(self, limit: int) -> Sequence[Correction]:
        """Those that nobody has decided on, the newest first."""
        rows = self._connection.execute(
            _SAID.where(_FEEDBACK.decision.is_(None))
            .order_by(_FEEDBACK.given_at.desc(), _FEEDBACK.id)
            .limit(limit)
        )
        return [_correction(row) for row in rows]

    def get(self, correction_id: str) -> Correction:
        """Load one, decided on or not; NotFoundError when it is unknown."""
        row = self._connection.execute(_SAID.where(_FEEDBACK.id == correction_id)).one_or_none()
        if row is None:
            raise NotFoundError("There is no such correction.")
        return _correction(row)

    def decide(self, correction_id: str, review: Review) -> None:
        """Store the decision; ConflictError names who decided before."""
        # The condition is in the write itself: of two trainers at once only one finds it undecided.
        decided = self._connection.execute(
            update(t.rehearsal_feedback)
            .where(_FEEDBACK.id == correction_id, _FEEDBACK.decision.is_(None))
            .values(
                decision=review.decision,
                reviewed_by=review.by,
                reviewed_at=review.at,
                reason=None if review.reason is None else storable_text(review.reason),
                line=review.line,
            )
        )
        if not decided.rowcount:
            raise self._refusal(correction_id)

    def _refusal(self, correction_id: str) -> ConflictError | NotFoundError:
        row = self._connection.execute(
            select(_FEEDBACK.decision, t.users.c.full_name)
            .join(t.users, t.users.c.id == _FEEDBACK.reviewed_by)
            .where(_FEEDBACK.id == correction_id)
        ).one_or_none()
        if row is None:
            return NotFoundError("There is no such correction.")
        return already_decided(row.full_name, row.decision)


_SAID = (
    select(
        t.rehearsal_feedback,
        _TURN.text,
        _TURN.document,
        t.rehearsals.c.scenario_id,
        t.users.c.full_name,
    )
    .join(t.rehearsal_turns, _TURN.id == _FEEDBACK.turn_id)
    .join(t.rehearsals, t.rehearsals.c.id == _FEEDBACK.rehearsal_id)
    .join(t.users, t.users.c.id == _FEEDBACK.user_id)
)


def _correction(row: Row[Any]) -> Correction:
    heard = (row.document or {}).get("reading") or {}
    reading = Reading.from_json(heard, speaker=Speaker.COLLECTOR, text=row.text)
    return Correction(
        id=row.id,
        turn_id=row.turn_id,
        call_id=None,
        account_id=None,
        speaker=Speaker.COLLECTOR,
        text=row.text,
        heard=reading.labels,
        heat=None,
        labels=tuple(row.labels),
        said_by=(row.full_name,),
        said_at=row.given_at,
        rehearsal_id=row.rehearsal_id,
        scenario_id=row.scenario_id,
    )
