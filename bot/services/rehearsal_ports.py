"""What the use cases of rehearsing need from the outside world, as protocols."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from bot.core.labels import Speaker

OPEN, FINISHED = "open", "finished"


@dataclass(frozen=True)
class RehearsalRecord:
    """A rehearsal as stored; `branch` is the one it goes on in, `shared` whether trainers may read it."""

    id: str
    user_id: str
    scenario_id: str
    scenario_version: int
    level: int
    mode: str
    seed: int
    status: str
    branch: str
    branch_count: int
    started_at: datetime
    touched_at: datetime
    assignment_id: str | None = None
    shared: bool = False
    finished_at: datetime | None = None


@dataclass(frozen=True)
class RehearsalTurnRecord:
    """A turn of a branch as stored; `document` is None while it waits to be heard."""

    id: str
    rehearsal_id: str
    branch: str
    index: int
    speaker: Speaker
    text: str
    said_at: datetime
    segment_id: str | None = None
    document: dict[str, Any] | None = None


@dataclass(frozen=True)
class BranchRecord:
    """One branch: `header` is the core's document of it without its turns."""

    name: str
    header: dict[str, Any]
    made_at: datetime


@dataclass(frozen=True)
class ScoreRecord:
    """The verdict on one branch; `assignment_id` and `shared` are those of its rehearsal."""

    rehearsal_id: str
    branch: str
    user_id: str
    scenario_id: str
    level: int
    mode: str
    total: int
    passed: bool
    outcome: str
    hints: int
    rubric_version: int
    scored_at: datetime
    scorecard: dict[str, Any] = field(default_factory=dict)
    debrief: dict[str, Any] = field(default_factory=dict)
    assignment_id: str | None = None
    shared: bool = False


@dataclass(frozen=True)
class TryRecord:
    """A rehearsal with the verdict on its first branch, if it has one; without words."""

    scenario_id: str
    level: int
    user_id: str
    started_at: datetime
    total: int | None = None
    passed: bool | None = None
    outcome: str | None = None
    scorecard: dict[str, Any] | None = None


@dataclass(frozen=True)
class AssignmentRecord:
    """What a trainer has set: for one user, or for everybody of a role (and seniority)."""

    id: str
    scenario_id: str
    mode: str
    due_on: date
    set_by: str
    set_at: datetime
    level: int | None = None
    user_id: str | None = None
    role: str | None = None
    seniority: str | None = None
    note: str = ""
    #: How many finished rehearsals fulfil it.
    attempts_wanted: int = 1


class RehearsalRepository(Protocol):
    """Rehearsals, their branches and turns, and their scores."""

    def add(self, record: RehearsalRecord, header: dict[str, Any]) -> RehearsalRecord:
        """Store a new rehearsal with its first branch and give it its id."""

    def get(self, rehearsal_id: str) -> RehearsalRecord:
        """Load one; NotFoundError when it is unknown."""

    def claim(self, rehearsal_id: str) -> RehearsalRecord:
        """Load one and take it for this transaction, so that nothing else is answered in it at once."""

    def update(self, record: RehearsalRecord) -> None:
        """Store status, branch, sharing and times."""

    def of_user(self, user_id: str) -> Sequence[RehearsalRecord]:
        """A person's rehearsals, the latest first."""

    def of_assignments(self, assignment_ids: Sequence[str]) -> Sequence[RehearsalRecord]:
        """The rehearsals taken for these assignments, the earliest first."""

    def delete(self, rehearsal_id: str) -> None:
        """Delete one with everything that belongs to it."""

    def branch(self, rehearsal_id: str, name: str) -> BranchRecord:
        """One branch of a rehearsal; NotFoundError when it is unknown."""

    def branches(self, rehearsal_id: str) -> Sequence[BranchRecord]:
        """The branches of a rehearsal, the first first."""

    def set_branch(
        self, rehearsal_id: str, name: str, header: dict[str, Any], at: datetime
    ) -> None:
        """Store a branch's header, new or changed."""

    def add_turn(self, turn: RehearsalTurnRecord) -> RehearsalTurnRecord:
        """Store a turn and give it its id."""

    def answer_turn(self, turn_id: str, document: dict[str, Any]) -> None:
        """Store what was made of a turn that waited."""

    def get_turn(self, turn_id: str) -> RehearsalTurnRecord:
        """Load one turn; NotFoundError when it is unknown."""

    def segment(self, rehearsal_id: str, segment_id: str) -> RehearsalTurnRecord | None:
        """The turn with this segment id, in whichever branch."""

    def last_turn(self, rehearsal_id: str, branch: str) -> RehearsalTurnRecord | None:
        """The last turn of a branch, perhaps one that waits."""

    def turns(self, rehearsal_id: str, branch: str) -> Sequence[RehearsalTurnRecord]:
        """The turns of a branch in order, one that waits at the end."""

    def put_score(self, score: ScoreRecord) -> None:
        """Store the verdict on a branch, in place of an earlier one."""

    def scores_of(self, rehearsal_id: str) -> Sequence[ScoreRecord]:
        """The verdicts on a rehearsal's branches, the earliest first."""

    def scores_of_user(self, user_id: str) -> Sequence[ScoreRecord]:
        """A person's verdicts, the earliest first."""

    def tries(self) -> Sequence[TryRecord]:
        """Everybody's rehearsals with the verdict on the first branch, the earliest first."""


class AssignmentRepository(Protocol):
    """What trainers have set."""

    def add(self, assignment: AssignmentRecord) -> str:
        """Store one; returns its id."""

    def get(self, assignment_id: str) -> AssignmentRecord:
        """Load one that stands; NotFoundError when it is unknown or withdrawn."""

    def for_person(self, user_id: str, role: str, seniority: str) -> Sequence[AssignmentRecord]:
        """What is set for this person, by name or by role, the first due first."""

    def all(self) -> Sequence[AssignmentRecord]:
        """Everything that stands, the first due first."""

    def withdraw(self, assignment_id: str, at: datetime) -> None:
        """Take one back; NotFoundError when there is none that stands."""
