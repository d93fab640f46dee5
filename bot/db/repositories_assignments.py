"""What trainers have set, in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, insert, or_, select, update

from bot.core.errors import NotFoundError
from bot.db import tables as t
from bot.db.types import new_id, storable_text
from bot.services.rehearsal_ports import AssignmentRecord

_SET = t.assignments.c


class SqlAssignmentRepository:
    """Assignments over one database connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, assignment: AssignmentRecord) -> str:
        """Store one; returns its id."""
        assignment_id = assignment.id or new_id("asg")
        self._connection.execute(
            insert(t.assignments).values(
                id=assignment_id,
                scenario_id=assignment.scenario_id,
                level=assignment.level,
                mode=assignment.mode,
                user_id=assignment.user_id,
                role=assignment.role,
                seniority=assignment.seniority,
                due_on=assignment.due_on,
                note=storable_text(assignment.note),
                attempts_wanted=assignment.attempts_wanted,
                set_by=assignment.set_by,
                set_at=assignment.set_at,
            )
        )
        return assignment_id

    def get(self, assignment_id: str) -> AssignmentRecord:
        """Load one that stands; NotFoundError when it is unknown or withdrawn."""
        row = self._connection.execute(_STANDING.where(_SET.id == assignment_id)).one_or_none()
        if row is None:
            raise NotFoundError("There is no such assignment.")
        return _record(row)

    def for_person(self, user_id: str, role: str, seniority: str) -> Sequence[AssignmentRecord]:
        """What is set for this person, by name or by role, the first due first."""
        by_role = and_(
            _SET.user_id.is_(None),
            _SET.role == role,
            or_(_SET.seniority.is_(None), _SET.seniority == seniority),
        )
        return self._all(or_(_SET.user_id == user_id, by_role))

    def all(self) -> Sequence[AssignmentRecord]:
        """Everything that stands, the first due first."""
        return self._all(_SET.withdrawn_at.is_(None))

    def withdraw(self, assignment_id: str, at: datetime) -> None:
        """Take one back; NotFoundError when there is none that stands."""
        gone = self._connection.execute(
            update(t.assignments)
            .where(_SET.id == assignment_id, _SET.withdrawn_at.is_(None))
            .values(withdrawn_at=at)
        )
        if not gone.rowcount:
            raise NotFoundError("There is no such assignment.")

    def _all(self, condition: Any) -> Sequence[AssignmentRecord]:
        rows = self._connection.execute(
            _STANDING.where(condition).order_by(_SET.due_on, _SET.set_at, _SET.id)
        )
        return [_record(row) for row in rows]


_STANDING = select(t.assignments).where(_SET.withdrawn_at.is_(None))


def _record(row: Row[Any]) -> AssignmentRecord:
    return AssignmentRecord(
        id=row.id,
        scenario_id=row.scenario_id,
        mode=row.mode,
        due_on=row.due_on,
        set_by=row.set_by,
        set_at=row.set_at,
        level=row.level,
        user_id=row.user_id,
        role=row.role,
        seniority=row.seniority,
        note=row.note,
        attempts_wanted=row.attempts_wanted,
    )
