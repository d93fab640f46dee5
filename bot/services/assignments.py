"""What trainers set: a scenario, for whom, by when; and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from bot.core.coaching.advice import Role
from bot.core.errors import ForbiddenError, InvalidInputError, NotFoundError
from bot.core.rehearsal.record import Mode
from bot.core.rehearsal.repertoire import Repertoire
from bot.services.ports import Audit, Clock, UnitOfWork, User, Viewer
from bot.services.rehearsal_documents import assignment_document
from bot.services.rehearsal_ports import AssignmentRecord, RehearsalRecord, ScoreRecord

LONGEST_NOTE = 1_000

#: More attempts at one scenario are asked of nobody.
MOST_ATTEMPTS = 20


class Assignments:
    """Use cases of assignments; only trainers set them."""

    def __init__(
        self,
        unit_of_work: Callable[[], UnitOfWork],
        repertoire: Callable[[], Repertoire],
        audit: Audit,
        clock: Clock,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._repertoire = repertoire
        self._audit = audit
        self._clock = clock

    def add(
        self,
        viewer: Viewer,
        scenario_id: str,
        due_on: date,
        *,
        user: str | None = None,
        role: str | None = None,
        seniority: str | None = None,
        level: int | None = None,
        mode: str = Mode.PRACTICE.value,
        note: str = "",
        attempts_wanted: int = 1,
    ) -> dict[str, Any]:
        """Set a scenario for one person (by sign-in name or id), or for a group: a role, or those of one seniority."""
        _only_trainers(viewer)
        scenario = self._repertoire().scenario(scenario_id)
        if level is not None and level not in scenario.levels:
            raise InvalidInputError(f"“{scenario.title}” has no level {level}.", field="level")
        if (user is None) == (role is None):
            raise InvalidInputError("Name either a person or a role.", field="user")
        if due_on < self._clock.today():
            raise InvalidInputError("The due day has passed already.", field="due_on")
        if not 1 <= attempts_wanted <= MOST_ATTEMPTS:
            raise InvalidInputError(
                f"Ask for 1 to {MOST_ATTEMPTS} attempts.", field="attempts_wanted"
            )
        with self._unit_of_work() as work:
            user_id = _named(work, user).id if user is not None else None
            assignment = AssignmentRecord(
                id="",
                scenario_id=scenario_id,
                mode=Mode(mode).value,
                due_on=due_on,
                set_by=viewer.user_id,
                set_at=self._clock.now(),
                level=level,
                user_id=user_id,
                role=Role(role).value if role else None,
                seniority=seniority if role else None,
                note=note[:LONGEST_NOTE],
                attempts_wanted=attempts_wanted,
            )
            assignment_id = work.assignments.add(assignment)
            stored = work.assignments.get(assignment_id)
            work.commit()
        self._audit.record(
            "assignment_set",
            user_id=viewer.user_id,
            subject=assignment_id,
            detail={"scenario": scenario_id, "for": user_id or role},
        )
        return self._with_title(stored)

    def mine(self, viewer: Viewer) -> list[dict[str, Any]]:
        """What is set for the viewer, the first due first, with their own attempts."""
        with self._unit_of_work() as work:
            found = work.assignments.for_person(viewer.user_id, viewer.role.value, viewer.seniority)
            taken = [
                record
                for record in work.rehearsals.of_assignments([one.id for one in found])
                if record.user_id == viewer.user_id
            ]
            scores = work.rehearsals.scores_of_user(viewer.user_id)
        return [self._state(one, taken, scores) for one in found]

    def all(self, viewer: Viewer) -> list[dict[str, Any]]:
        """Everything that stands, for trainers: each with the people it is for and their attempts."""
        _only_trainers(viewer)
        with self._unit_of_work() as work:
            found = work.assignments.all()
            people = [user for user in work.users.all() if user.active]
            taken = work.rehearsals.of_assignments([one.id for one in found])
            scores = {
                user_id: work.rehearsals.scores_of_user(user_id)
                for user_id in {record.user_id for record in taken}
            }
        return [
            {
                **self._with_title(one),
                "people": [
                    {
                        "user_id": user.id,
                        "name": user.full_name,
                        **self._progress(one, user.id, taken, scores.get(user.id, ())),
                    }
                    for user in people
                    if _is_for(one, user)
                ],
            }
            for one in found
        ]

    def withdraw(self, assignment_id: str, viewer: Viewer) -> None:
        """Take an assignment back; what was rehearsed for it stays with its owner."""
        _only_trainers(viewer)
        with self._unit_of_work() as work:
            work.assignments.withdraw(assignment_id, self._clock.now())
            work.commit()
        self._audit.record("assignment_withdrawn", user_id=viewer.user_id, subject=assignment_id)

    def _state(
        self,
        one: AssignmentRecord,
        taken: Sequence[RehearsalRecord],
        scores: Sequence[ScoreRecord],
    ) -> dict[str, Any]:
        user_id = taken[0].user_id if taken else ""
        return {**self._with_title(one), **self._progress(one, user_id, taken, scores)}

    def _progress(
        self,
        one: AssignmentRecord,
        user_id: str,
        taken: Sequence[RehearsalRecord],
        scores: Sequence[ScoreRecord],
    ) -> dict[str, Any]:
        """Attempts with their scores; an attempt under way shows only that it was begun."""
        attempts = []
        for record in taken:
            if record.assignment_id != one.id or record.user_id != user_id:
                continue
            own = [score for score in scores if score.rehearsal_id == record.id]
            best = max(own, key=lambda score: score.total, default=None)
            attempts.append(
                {
                    "rehearsal_id": record.id,
                    "started_at": record.started_at.isoformat(),
                    "score": best.total if best else None,
                    "passed": best.passed if best else None,
                }
            )
        finished = sum(attempt["score"] is not None for attempt in attempts)
        done = finished >= one.attempts_wanted
        return {
            "attempts": attempts,
            "finished": finished,
            "done": done,
            "overdue": not done and one.due_on < self._clock.today(),
        }

    def _with_title(self, one: AssignmentRecord) -> dict[str, Any]:
        scenario = self._repertoire().scenarios.get(one.scenario_id)
        return assignment_document(one, scenario.title if scenario else one.scenario_id)


def _only_trainers(viewer: Viewer) -> None:
    if viewer.role is not Role.TRAINER:
        raise ForbiddenError("Only trainers set rehearsals.")


def _named(work: UnitOfWork, user: str) -> User:
    found = work.users.by_id(user) or work.users.by_name(user)
    if found is None or not found.active:
        raise NotFoundError(f"There is nobody called “{user}”.")
    return found


def _is_for(one: AssignmentRecord, user: User) -> bool:
    if one.user_id is not None:
        return one.user_id == user.id
    return one.role == user.role.value and one.seniority in (None, user.seniority)
