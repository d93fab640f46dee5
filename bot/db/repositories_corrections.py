"""Corrections and what trainers decided on them, in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, exists, func, insert, select
from sqlalchemy.exc import IntegrityError

from bot.core.corrections import Correction, label_key
from bot.core.errors import ConflictError
from bot.core.labels import Speaker
from bot.core.reading import Reading
from bot.db import tables as t
from bot.db.rehearsal_feedback import SqlRehearsalFeedback
from bot.db.types import new_id, storable_text
from bot.services.correction_ports import Review, already_decided

_FEEDBACK = t.turn_feedback.c
_REVIEW = t.correction_reviews.c


class SqlCorrectionRepository:
    """Corrections over one database connection; a correction is all feedback on a turn with the same labels."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rehearsed = SqlRehearsalFeedback(connection)

    def open(self, limit: int) -> Sequence[Correction]:
        """Corrections that nobody has decided on, the newest first: one for each turn and set of labels."""
        both = (*self._open_of_calls(limit), *self._rehearsed.open(limit))
        return sorted(both, key=lambda each: each.said_at, reverse=True)[:limit]

    def get(self, correction_id: str) -> Correction:
        """Load one, decided on or not; NotFoundError when it is unknown."""
        row = self._connection.execute(
            select(_FEEDBACK.turn_id, _FEEDBACK.labels_key).where(
                _FEEDBACK.id == correction_id, _IS_CORRECTION
            )
        ).one_or_none()
        if row is None:
            return self._rehearsed.get(correction_id)
        return _correction(self._said({row.turn_id})[row.turn_id, row.labels_key])

    def decide(self, correction: Correction, review: Review) -> None:
        """Store the decision; ConflictError names who decided before."""
        if correction.rehearsal_id is not None:
            return self._rehearsed.decide(correction.id, review)
        key = label_key(correction.labels)
        self._refuse_a_second(correction.turn_id, key)
        try:
            self._connection.execute(
                insert(t.correction_reviews).values(
                    id=new_id("rev"),
                    turn_id=correction.turn_id,
                    labels_key=key,
                    decision=review.decision,
                    reviewed_by=review.by,
                    reviewed_at=review.at,
                    reason=None if review.reason is None else storable_text(review.reason),
                    line=review.line,
                )
            )
        except IntegrityError as error:
            raise ConflictError("Somebody else decided on this correction a moment ago.") from error

    def add_rehearsed(
        self, rehearsal_id: str, turn_id: str, user_id: str, labels: Sequence[str], at: datetime
    ) -> bool:
        """Store one of a rehearsed turn; False when this person has said the same of it before."""
        return self._rehearsed.add(rehearsal_id, turn_id, user_id, labels, at)

    def rehearsed(self, rehearsal_id: str) -> Sequence[tuple[str, tuple[str, ...]]]:
        """Everything said of a rehearsal, the first first: the turn, and what it should have been."""
        return self._rehearsed.sent(rehearsal_id)

    def _open_of_calls(self, limit: int) -> Sequence[Correction]:
        decided = exists().where(
            _REVIEW.turn_id == _FEEDBACK.turn_id, _REVIEW.labels_key == _FEEDBACK.labels_key
        )
        newest = func.max(_FEEDBACK.given_at)
        wanted = (
            select(_FEEDBACK.turn_id, _FEEDBACK.labels_key)
            .where(_IS_CORRECTION, ~decided)
            .group_by(_FEEDBACK.turn_id, _FEEDBACK.labels_key)
            .order_by(newest.desc(), _FEEDBACK.turn_id, _FEEDBACK.labels_key)
            .limit(limit)
        )
        keys = [(row.turn_id, row.labels_key) for row in self._connection.execute(wanted)]
        found = self._said({turn_id for turn_id, _ in keys})
        return [_correction(found[key]) for key in keys]

    def _refuse_a_second(self, turn_id: str, key: str) -> None:
        row = self._connection.execute(
            select(_REVIEW.decision, t.users.c.full_name)
            .join(t.users, t.users.c.id == _REVIEW.reviewed_by)
            .where(_REVIEW.turn_id == turn_id, _REVIEW.labels_key == key)
        ).one_or_none()
        if row is not None:
            raise already_decided(row.full_name, row.decision)

    def _said(self, turn_ids: Iterable[str]) -> dict[tuple[str, str], list[Row[Any]]]:
        """Everything said on these turns, by turn and set of labels, the first first."""
        rows = self._connection.execute(
            _SAID.where(_FEEDBACK.turn_id.in_(list(turn_ids)), _IS_CORRECTION).order_by(
                _FEEDBACK.given_at, _FEEDBACK.id
            )
        )
        found: dict[tuple[str, str], list[Row[Any]]] = {}
        for row in rows:
            found.setdefault((row.turn_id, row.labels_key), []).append(row)
        return found


_IS_CORRECTION = and_(_FEEDBACK.kind == "misheard", _FEEDBACK.labels_key.is_not(None))

_SAID = (
    select(
        t.turn_feedback,
        t.turns.c.call_id,
        t.turns.c.speaker,
        t.turns.c.text,
        t.turns.c.reading,
        t.calls.c.client_id,
        t.users.c.full_name,
    )
    .join(t.turns, t.turns.c.id == _FEEDBACK.turn_id)
    .join(t.calls, t.calls.c.id == t.turns.c.call_id)
    .join(t.users, t.users.c.id == _FEEDBACK.user_id)
)


def _correction(rows: Sequence[Row[Any]]) -> Correction:
    first, last = rows[0], rows[-1]
    speaker = Speaker(first.speaker)
    reading = Reading.from_json(first.reading or {}, speaker=speaker, text=first.text)
    return Correction(
        id=first.id,
        turn_id=first.turn_id,
        call_id=first.call_id,
        account_id=first.client_id,
        speaker=speaker,
        text=first.text,
        heard=reading.labels,
        heat=reading.heat if speaker is Speaker.CLIENT else None,
        labels=tuple(dict.fromkeys(first.labels)),
        said_by=tuple(dict.fromkeys(row.full_name for row in rows)),
        said_at=last.given_at,
    )
