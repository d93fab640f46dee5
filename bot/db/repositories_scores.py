"""Verdicts on rehearsals in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, and_, delete, insert, select

from bot.core.rehearsal.record import FIRST_BRANCH
from bot.db import tables as t
from bot.db.types import new_id
from bot.services.rehearsal_ports import ScoreRecord, TryRecord

_REHEARSAL, _SCORE = t.rehearsals.c, t.rehearsal_scores.c


class SqlScores:
    """Verdicts over one database connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put_score(self, score: ScoreRecord) -> None:
        """Store the verdict on a branch, in place of an earlier one."""
        self._connection.execute(
            delete(t.rehearsal_scores).where(
                _SCORE.rehearsal_id == score.rehearsal_id, _SCORE.branch == score.branch
            )
        )
        values = {name: getattr(score, name) for name in _STORED}
        self._connection.execute(insert(t.rehearsal_scores).values(id=new_id("scr"), **values))

    def scores_of(self, rehearsal_id: str) -> Sequence[ScoreRecord]:
        """The verdicts on a rehearsal's branches, the earliest first."""
        return self._scores(_SCORE.rehearsal_id == rehearsal_id)

    def scores_of_user(self, user_id: str) -> Sequence[ScoreRecord]:
        """A person's verdicts, the earliest first."""
        return self._scores(_SCORE.user_id == user_id)

    def tries(self) -> Sequence[TryRecord]:
        """Everybody's rehearsals with the verdict on the first branch, the earliest first."""
        on_first = and_(_SCORE.rehearsal_id == _REHEARSAL.id, _SCORE.branch == FIRST_BRANCH)
        rows = self._connection.execute(
            select(
                _REHEARSAL.scenario_id,
                _REHEARSAL.level,
                _REHEARSAL.user_id,
                _REHEARSAL.started_at,
                _SCORE.total,
                _SCORE.passed,
                _SCORE.outcome,
                _SCORE.scorecard,
            )
            .join_from(t.rehearsals, t.rehearsal_scores, on_first, isouter=True)
            .order_by(_REHEARSAL.started_at, _REHEARSAL.id)
        )
        return [TryRecord(*row) for row in rows]

    def _scores(self, condition: Any) -> Sequence[ScoreRecord]:
        rows = self._connection.execute(
            select(t.rehearsal_scores, _REHEARSAL.assignment_id, _REHEARSAL.shared)
            .join(t.rehearsals, _REHEARSAL.id == _SCORE.rehearsal_id)
            .where(condition)
            .order_by(_SCORE.scored_at, _SCORE.id)
        )
        return [
            ScoreRecord(
                **{name: getattr(row, name) for name in _STORED},
                assignment_id=row.assignment_id,
                shared=row.shared,
            )
            for row in rows
        ]


#: The columns of a verdict, named as in its record.
_STORED = tuple(column.name for column in t.rehearsal_scores.columns if column.name != "id")
