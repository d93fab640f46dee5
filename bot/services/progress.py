"""How a person's skills grow: skill by objection family, the trend, and the re-tests that are due."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from bot.core.coaching.advice import Role
from bot.core.errors import NotFoundError
from bot.core.rehearsal.progress import Result, retests, table
from bot.core.rehearsal.record import FIRST_BRANCH
from bot.core.rehearsal.repertoire import Repertoire
from bot.services.ports import Clock, UnitOfWork, Viewer
from bot.services.rehearsal_ports import ScoreRecord


class Progress:
    """Use cases of looking back on rehearsals."""

    def __init__(
        self,
        unit_of_work: Callable[[], UnitOfWork],
        repertoire: Callable[[], Repertoire],
        clock: Clock,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._repertoire = repertoire
        self._clock = clock

    def of(self, viewer: Viewer, user_id: str | None = None) -> dict[str, Any]:
        """A person's progress: all of the viewer's own, of others what the sharing rule shows to trainers."""
        whose = user_id or viewer.user_id
        with self._unit_of_work() as work:
            if whose != viewer.user_id and (
                viewer.role is not Role.TRAINER or work.users.by_id(whose) is None
            ):
                raise NotFoundError("There is no such person whose progress you may see.")
            scores = work.rehearsals.scores_of_user(whose)
        if whose != viewer.user_id:
            scores = [score for score in scores if score.shared or score.assignment_id]
        results = results_of(scores, self._repertoire())
        return {
            "user_id": whose,
            "shows": "everything" if whose == viewer.user_id else "assigned_and_shared",
            "rehearsals": len({score.rehearsal_id for score in scores}),
            "skills": [cell.as_json() for cell in table(results)],
            "scores": [_point(score) for score in scores],
            "retests": [retest.as_json() for retest in retests(results, self._clock.today())],
        }


def results_of(scores: Iterable[ScoreRecord], repertoire: Repertoire) -> tuple[Result, ...]:
    """First attempts as the core sums them up; a branch that was rewound has heard the answers already."""
    return tuple(
        Result(
            scenario_id=score.scenario_id,
            family=repertoire.scenarios[score.scenario_id].family,
            on=score.scored_at.date(),
            total=score.total,
            passed=score.passed,
            skills=dict(score.scorecard["skills"]),
            hints=score.hints,
            mode=score.mode,
            level=score.level,
        )
        for score in scores
        if score.scenario_id in repertoire.scenarios and score.branch == FIRST_BRANCH
    )


def _point(score: ScoreRecord) -> dict[str, Any]:
    return {
        "rehearsal_id": score.rehearsal_id,
        "branch": score.branch,
        "scenario_id": score.scenario_id,
        "level": score.level,
        "mode": score.mode,
        "score": score.total,
        "passed": score.passed,
        "outcome": score.outcome,
        "hints": score.hints,
        "scored_at": score.scored_at.isoformat(),
    }
