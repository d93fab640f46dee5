"""Tables of the rehearsals: branches, turns, scores, and what trainers have set."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.tables_base import At, Base, Id, Ref, Short, Word
from bot.db.types import Document


class AssignmentTable(Base):
    """A scenario that a trainer has set for a person or for everybody of a role."""

    __tablename__ = "assignments"

    id: Mapped[Id]
    scenario_id: Mapped[Short]
    level: Mapped[int | None]
    mode: Mapped[Word]
    user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id"), index=True)
    role: Mapped[str | None] = mapped_column(String(30))
    seniority: Mapped[str | None] = mapped_column(String(30))
    due_on: Mapped[date]
    note: Mapped[str] = mapped_column(Text, default="")
    attempts_wanted: Mapped[int] = mapped_column(default=1, server_default="1")
    set_by: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    set_at: Mapped[At]
    withdrawn_at: Mapped[At | None]


class RehearsalTable(Base):
    """A rehearsal; `branch` is the one it goes on in, `shared` whether trainers may read it."""

    __tablename__ = "rehearsals"

    id: Mapped[Id]
    user_id: Mapped[Ref] = mapped_column(ForeignKey("users.id"), index=True)
    scenario_id: Mapped[Short]
    scenario_version: Mapped[int]
    level: Mapped[int]
    mode: Mapped[Word]
    seed: Mapped[int] = mapped_column(BigInteger)
    status: Mapped[Word]
    branch: Mapped[Word]
    branch_count: Mapped[int] = mapped_column(default=1)
    assignment_id: Mapped[str | None] = mapped_column(ForeignKey("assignments.id"), index=True)
    shared: Mapped[bool] = mapped_column(default=False)
    started_at: Mapped[At]
    touched_at: Mapped[At]
    finished_at: Mapped[At | None]


class RehearsalBranchTable(Base):
    """One branch of a rehearsal: everything that it is besides its turns."""

    __tablename__ = "rehearsal_branches"
    __table_args__ = (UniqueConstraint("rehearsal_id", "name"),)

    id: Mapped[Id]
    rehearsal_id: Mapped[Ref] = mapped_column(ForeignKey("rehearsals.id"))
    name: Mapped[Word]
    header: Mapped[dict[str, Any]] = mapped_column(Document)
    made_at: Mapped[At]


class RehearsalTurnTable(Base):
    """One turn of a branch; a trainee's turn without `document` waits to be heard."""

    __tablename__ = "rehearsal_turns"
    __table_args__ = (
        UniqueConstraint("rehearsal_id", "branch", "turn_index"),
        UniqueConstraint("rehearsal_id", "segment_id"),
    )

    id: Mapped[Id]
    rehearsal_id: Mapped[Ref] = mapped_column(ForeignKey("rehearsals.id"))
    branch: Mapped[Word]
    turn_index: Mapped[int]
    segment_id: Mapped[str | None] = mapped_column(String(200))
    speaker: Mapped[Word]
    text: Mapped[str] = mapped_column(Text)
    said_at: Mapped[At]
    document: Mapped[dict[str, Any] | None] = mapped_column(Document)


class RehearsalScoreTable(Base):
    """The verdict on one branch, as the rubric of that version gave it."""

    __tablename__ = "rehearsal_scores"
    __table_args__ = (UniqueConstraint("rehearsal_id", "branch"),)

    id: Mapped[Id]
    rehearsal_id: Mapped[Ref] = mapped_column(ForeignKey("rehearsals.id"))
    branch: Mapped[Word]
    user_id: Mapped[Ref] = mapped_column(ForeignKey("users.id"), index=True)
    scenario_id: Mapped[Short]
    level: Mapped[int]
    mode: Mapped[Word]
    total: Mapped[int]
    passed: Mapped[bool]
    outcome: Mapped[Word]
    hints: Mapped[int]
    rubric_version: Mapped[int]
    scorecard: Mapped[dict[str, Any]] = mapped_column(Document)
    debrief: Mapped[dict[str, Any]] = mapped_column(Document)
    scored_at: Mapped[At]


class RehearsalFeedbackTable(Base):
    """What the trainee says a turn should have been heard as, and what a trainer decided on that."""

    __tablename__ = "rehearsal_feedback"
    __table_args__ = (UniqueConstraint("turn_id", "labels_key", "user_id"),)

    id: Mapped[Id]
    rehearsal_id: Mapped[Ref] = mapped_column(ForeignKey("rehearsals.id"), index=True)
    turn_id: Mapped[Ref] = mapped_column(ForeignKey("rehearsal_turns.id"))
    user_id: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    labels: Mapped[list[Any]] = mapped_column(Document)
    labels_key: Mapped[str] = mapped_column(Text)
    given_at: Mapped[At]
    decision: Mapped[str | None] = mapped_column(String(30))
    reviewed_by: Mapped[str | None] = mapped_column(ForeignKey("users.id"))
    reviewed_at: Mapped[At | None]
    reason: Mapped[str | None] = mapped_column(Text)
    line: Mapped[dict[str, Any] | None] = mapped_column(Document)
