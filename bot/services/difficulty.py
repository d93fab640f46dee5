"""The report of how hard each scenario proves to be, from everybody's rehearsals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.core.coaching.advice import Role
from bot.core.errors import ForbiddenError
from bot.core.rehearsal.repertoire import Repertoire
from bot.core.studio.difficulty import Try, difficulties
from bot.services.ports import UnitOfWork, Viewer
from bot.services.rehearsal_ports import TryRecord

#: Who sees the report; nobody's single results are in it.
SEEN_BY = (Role.TRAINER, Role.ADMIN, Role.SUPERVISOR)


class Difficulty:
    """Use case of reading how scenarios prove in practice."""

    def __init__(
        self, unit_of_work: Callable[[], UnitOfWork], repertoire: Callable[[], Repertoire]
    ) -> None:
        self._unit_of_work = unit_of_work
        self._repertoire = repertoire

    def report(self, viewer: Viewer) -> list[dict[str, Any]]:
        """Each scenario and level that was tried, the hardest first, with small numbers said to be small."""
        if viewer.role not in SEEN_BY:
            raise ForbiddenError("Trainers, supervisors and administrators see this report.")
        with self._unit_of_work() as work:
            tries = [_try(record) for record in work.rehearsals.tries()]
        scenarios = self._repertoire().scenarios
        return [
            {
                "scenario_id": one.scenario_id,
                "title": known.title
                if (known := scenarios.get(one.scenario_id))
                else one.scenario_id,
                "level": one.level,
                **one.all.as_json(),
                "first": one.first.as_json(),
                "later": one.later.as_json(),
                "few": one.is_small,
                "note": one.note,
            }
            for one in difficulties(tries)
        ]


def _try(record: TryRecord) -> Try:
    card = record.scorecard or {}
    weights = card.get("weights", {})
    return Try(
        scenario_id=record.scenario_id,
        level=record.level,
        user_id=record.user_id,
        started_at=record.started_at,
        score=record.total,
        passed=bool(record.passed),
        outcome=record.outcome or "",
        heat=tuple(card.get("heat", ())),
        skills={
            name: points for name, points in card.get("skills", {}).items() if weights.get(name, 1)
        },
    )
