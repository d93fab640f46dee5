"""Rehearsals, their turns and scores in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.core.errors import ConflictError, NotFoundError
from bot.db import tables as t
from bot.db.rehearsal_rows import (
    rehearsal_record,
    rehearsal_turn_record,
    unknown_rehearsal,
)
from bot.db.repositories_scores import SqlScores
from bot.db.types import new_id, storable_text
from bot.services.rehearsal_ports import (
    BranchRecord,
    RehearsalRecord,
    RehearsalTurnRecord,
)

_REHEARSAL, _BRANCH = t.rehearsals.c, t.rehearsal_branches.c
_TURN = t.rehearsal_turns.c


class SqlRehearsalRepository(SqlScores):
    """Rehearsals over one database connection."""

    def add(self, record: RehearsalRecord, header: dict[str, Any]) -> RehearsalRecord:
        """Store a new rehearsal with its first branch and give it its id."""
        record = replace(record, id=record.id or new_id("reh"))
        self._connection.execute(
            insert(t.rehearsals).values(
                id=record.id,
                user_id=record.user_id,
                scenario_id=record.scenario_id,
                scenario_version=record.scenario_version,
                level=record.level,
                mode=record.mode,
                seed=record.seed,
                status=record.status,
                branch=record.branch,
                branch_count=record.branch_count,
                assignment_id=record.assignment_id,
                shared=record.shared,
                started_at=record.started_at,
                touched_at=record.touched_at,
            )
        )
        self.set_branch(record.id, record.branch, header, record.started_at)
        return record

    def get(self, rehearsal_id: str) -> RehearsalRecord:
        """Load one; NotFoundError when it is unknown."""
        row = self._connection.execute(
            select(t.rehearsals).where(_REHEARSAL.id == rehearsal_id)
        ).one_or_none()
        if row is None:
            raise unknown_rehearsal()
        return rehearsal_record(row)

    def claim(self, rehearsal_id: str) -> RehearsalRecord:
        """Load one and take it for this transaction, so that nothing else is answered in it at once."""
        # A write that changes nothing: it takes SQLite's write lock, and the row's lock in PostgreSQL.
        row = self._connection.execute(
            update(t.rehearsals)
            .where(_REHEARSAL.id == rehearsal_id)
            .values(branch_count=_REHEARSAL.branch_count)
            .returning(t.rehearsals)
        ).one_or_none()
        if row is None:
            raise unknown_rehearsal()
        return rehearsal_record(row)

    def update(self, record: RehearsalRecord) -> None:
        """Store status, branch, sharing and times."""
        self._connection.execute(
            update(t.rehearsals)
            .where(_REHEARSAL.id == record.id)
            .values(
                status=record.status,
                branch=record.branch,
                branch_count=record.branch_count,
                shared=record.shared,
                touched_at=record.touched_at,
                finished_at=record.finished_at,
            )
        )

    def of_user(self, user_id: str) -> Sequence[RehearsalRecord]:
        """A person's rehearsals, the latest first."""
        rows = self._connection.execute(
            select(t.rehearsals)
            .where(_REHEARSAL.user_id == user_id)
            .order_by(_REHEARSAL.touched_at.desc(), _REHEARSAL.id)
        )
        return [rehearsal_record(row) for row in rows]

    def of_assignments(self, assignment_ids: Sequence[str]) -> Sequence[RehearsalRecord]:
        """The rehearsals taken for these assignments, the earliest first."""
        rows = self._connection.execute(
            select(t.rehearsals)
            .where(_REHEARSAL.assignment_id.in_(list(assignment_ids)))
            .order_by(_REHEARSAL.started_at, _REHEARSAL.id)
        )
        return [rehearsal_record(row) for row in rows]

    def delete(self, rehearsal_id: str) -> None:
        """Delete one with everything that belongs to it."""
        for table in (
            t.rehearsal_feedback,
            t.rehearsal_scores,
            t.rehearsal_turns,
            t.rehearsal_branches,
        ):
            self._connection.execute(delete(table).where(table.c.rehearsal_id == rehearsal_id))
        gone = self._connection.execute(delete(t.rehearsals).where(_REHEARSAL.id == rehearsal_id))
        if not gone.rowcount:
            raise unknown_rehearsal()

    def branch(self, rehearsal_id: str, name: str) -> BranchRecord:
        """One branch of a rehearsal; NotFoundError when it is unknown."""
        row = self._connection.execute(
            select(t.rehearsal_branches).where(
                _BRANCH.rehearsal_id == rehearsal_id, _BRANCH.name == name
            )
        ).one_or_none()
        if row is None:
            raise NotFoundError(f"This rehearsal has no branch “{name}”.")
        return BranchRecord(row.name, row.header, row.made_at)

    def branches(self, rehearsal_id: str) -> Sequence[BranchRecord]:
        """The branches of a rehearsal, the first first."""
        rows = self._connection.execute(
            select(t.rehearsal_branches).where(_BRANCH.rehearsal_id == rehearsal_id)
        )
        found = [BranchRecord(row.name, row.header, row.made_at) for row in rows]
        return sorted(found, key=lambda branch: (len(branch.name), branch.name))

    def set_branch(
        self, rehearsal_id: str, name: str, header: dict[str, Any], at: datetime
    ) -> None:
        """Store a branch's header, new or changed."""
        changed = self._connection.execute(
            update(t.rehearsal_branches)
            .where(_BRANCH.rehearsal_id == rehearsal_id, _BRANCH.name == name)
            .values(header=header)
        )
        if not changed.rowcount:
            self._connection.execute(
                insert(t.rehearsal_branches).values(
                    id=new_id("brn"),
                    rehearsal_id=rehearsal_id,
                    name=name,
                    header=header,
                    made_at=at,
                )
            )

    def add_turn(self, turn: RehearsalTurnRecord) -> RehearsalTurnRecord:
        """Store a turn and give it its id."""
        stored = replace(turn, id=turn.id or new_id("rtn"), text=storable_text(turn.text))
        try:
            self._connection.execute(
                insert(t.rehearsal_turns).values(
                    id=stored.id,
                    rehearsal_id=stored.rehearsal_id,
                    branch=stored.branch,
                    turn_index=stored.index,
                    segment_id=stored.segment_id,
                    speaker=stored.speaker.value,
                    text=stored.text,
                    said_at=stored.said_at,
                    document=stored.document,
                )
            )
        except IntegrityError as error:
            raise ConflictError("Another turn came at the same moment; send it again.") from error
        return stored

    def answer_turn(self, turn_id: str, document: dict[str, Any]) -> None:
        """Store what was made of a turn that waited."""
        self._connection.execute(
            update(t.rehearsal_turns).where(_TURN.id == turn_id).values(document=document)
        )

    def get_turn(self, turn_id: str) -> RehearsalTurnRecord:
        """Load one turn; NotFoundError when it is unknown."""
        row = self._connection.execute(
            select(t.rehearsal_turns).where(_TURN.id == turn_id)
        ).one_or_none()
        if row is None:
            raise NotFoundError("There is no such turn.")
        return rehearsal_turn_record(row)

    def segment(self, rehearsal_id: str, segment_id: str) -> RehearsalTurnRecord | None:
        """The turn with this segment id, in whichever branch."""
        row = self._connection.execute(
            select(t.rehearsal_turns).where(
                _TURN.rehearsal_id == rehearsal_id, _TURN.segment_id == segment_id
            )
        ).one_or_none()
        return None if row is None else rehearsal_turn_record(row)

    def last_turn(self, rehearsal_id: str, branch: str) -> RehearsalTurnRecord | None:
        """The last turn of a branch, perhaps one that waits."""
        row = self._connection.execute(
            select(t.rehearsal_turns)
            .where(_TURN.rehearsal_id == rehearsal_id, _TURN.branch == branch)
            .order_by(_TURN.turn_index.desc())
            .limit(1)
        ).one_or_none()
        return None if row is None else rehearsal_turn_record(row)

    def turns(self, rehearsal_id: str, branch: str) -> Sequence[RehearsalTurnRecord]:
        """The turns of a branch in order, one that waits at the end."""
        rows = self._connection.execute(
            select(t.rehearsal_turns)
            .where(_TURN.rehearsal_id == rehearsal_id, _TURN.branch == branch)
            .order_by(_TURN.turn_index)
        )
        return [rehearsal_turn_record(row) for row in rows]
