"""The scenarios that can be rehearsed, each with what the viewer has made of it so far."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.core.rehearsal.progress import retests_due
from bot.core.rehearsal.record import account_for
from bot.core.rehearsal.repertoire import Repertoire
from bot.core.rehearsal.scenario import Scenario
from bot.services.facts import account_facts
from bot.services.ports import Clock, UnitOfWork, Viewer
from bot.services.progress import results_of
from bot.services.rehearsal_documents import scenario_document
from bot.services.rehearsal_ports import ScoreRecord


class Scenarios:
    """Use cases of choosing what to rehearse."""

    def __init__(
        self,
        unit_of_work: Callable[[], UnitOfWork],
        repertoire: Callable[[], Repertoire],
        clock: Clock,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._repertoire = repertoire
        self._clock = clock

    def all(self, viewer: Viewer) -> list[dict[str, Any]]:
        """Every scenario by title, with the viewer's best score and a re-test that is due."""
        with self._unit_of_work() as work:
            scores = work.rehearsals.scores_of_user(viewer.user_id)
        scenarios = self._repertoire().scenarios.values()
        return [
            self._document(scenario, scores)
            for scenario in sorted(scenarios, key=lambda s: s.title)
        ]

    def get(self, scenario_id: str, viewer: Viewer) -> dict[str, Any]:
        """One scenario with the account that the call is about."""
        scenario = self._repertoire().scenario(scenario_id)
        with self._unit_of_work() as work:
            scores = work.rehearsals.scores_of_user(viewer.user_id)
        today = self._clock.today()
        account = account_facts(account_for(scenario, today), today)
        return {**self._document(scenario, scores), "account": account}

    def _document(self, scenario: Scenario, scores: Any) -> dict[str, Any]:
        own: list[ScoreRecord] = [s for s in scores if s.scenario_id == scenario.id]
        best = max(own, key=lambda score: score.total, default=None)
        due = retests_due(results_of(own, self._repertoire()), self._clock.today())
        return {
            **scenario_document(scenario, self._repertoire().persona_of(scenario)),
            "best_score": best.total if best else None,
            "best_level": best.level if best else None,
            "attempts": len({score.rehearsal_id for score in own}),
            "retest_due_on": due[0].due_on.isoformat() if due else None,
        }
