"""Reading rehearsals: one with its branches, its verdict, and a person's own list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.core.errors import ConflictError, NotFoundError
from bot.core.rehearsal.record import Rehearsal, account_for
from bot.core.rehearsal.repertoire import Repertoire
from bot.services.facts import account_facts
from bot.services.ports import UnitOfWork, Viewer
from bot.services.rehearsal_documents import (
    branch_document,
    hints_document,
    result_document,
    scenario_document,
    state_document,
    summary_document,
    tells_all,
    turn_document,
)
from bot.services.rehearsal_ports import OPEN
from bot.services.rehearsal_store import RehearsalStore, for_reader


class RehearsalViews:
    """What owners see, and trainers by the sharing rule (see `for_reader`)."""

    def __init__(
        self,
        unit_of_work: Callable[[], UnitOfWork],
        repertoire: Callable[[], Repertoire],
        store: RehearsalStore,
    ) -> None:
        self._unit_of_work = unit_of_work
        self._repertoire = repertoire
        self._store = store

    def view(self, rehearsal_id: str, viewer: Viewer, branch: str | None = None) -> dict[str, Any]:
        """The rehearsal with its turns, its branches, and the verdict once it is finished."""
        with self._unit_of_work() as work:
            record = work.rehearsals.get(rehearsal_id)
            scores = {score.branch: score for score in work.rehearsals.scores_of(rehearsal_id)}
            for_reader(record, viewer, bool(scores))
            loaded = self._store.load(work, record, branch)
            tells = tells_all(record)
            branches = [
                branch_document(
                    one, work.rehearsals.turns(rehearsal_id, one.name), scores.get(one.name), tells
                )
                for one in work.rehearsals.branches(rehearsal_id)
            ]
        rehearsal = loaded.rehearsal
        rows = (*loaded.turns, *([loaded.waiting] if loaded.waiting else []))
        score = scores.get(rehearsal.branch)
        return {
            **summary_document(record, self._title(rehearsal), None, list(scores.values())),
            **self._case(rehearsal),
            "own": record.user_id == viewer.user_id,
            "seed": record.seed,
            "today": rehearsal.today.isoformat(),
            "showing": rehearsal.branch,
            "state": state_document(rehearsal.state, tells),
            "turns": [turn_document(row, tells) for row in rows],
            "branches": branches,
            "hints": hints_document(rehearsal),
            "can_continue": record.status == OPEN
            and not rehearsal.is_over
            and self._is_current(rehearsal),
            "result": result_document(score) if score and record.status != OPEN else None,
        }

    def result(
        self, rehearsal_id: str, viewer: Viewer, branch: str | None = None
    ) -> dict[str, Any]:
        """Scorecard and debrief of a finished branch."""
        with self._unit_of_work() as work:
            record = work.rehearsals.get(rehearsal_id)
            scores = {score.branch: score for score in work.rehearsals.scores_of(rehearsal_id)}
        for_reader(record, viewer, bool(scores))
        score = scores.get(branch or record.branch)
        if score is None:
            raise ConflictError("This branch has not been finished yet.")
        return result_document(score)

    def mine(self, viewer: Viewer) -> list[dict[str, Any]]:
        """The viewer's own rehearsals, the latest first."""
        with self._unit_of_work() as work:
            records = work.rehearsals.of_user(viewer.user_id)
            scores = work.rehearsals.scores_of_user(viewer.user_id)
        scenarios = self._repertoire().scenarios
        found = []
        for record in records:
            scenario = scenarios.get(record.scenario_id)
            own = [score for score in scores if score.rehearsal_id == record.id]
            family = scenario.family.value if scenario else None
            title = scenario.title if scenario else record.scenario_id
            found.append(summary_document(record, title, family, own))
        return found

    def _title(self, rehearsal: Rehearsal) -> str:
        scenario = self._repertoire().scenarios.get(rehearsal.scenario_id)
        return scenario.title if scenario else rehearsal.scenario_id

    def _is_current(self, rehearsal: Rehearsal) -> bool:
        try:
            self._store.casting(rehearsal)
        except ConflictError:
            return False
        return True

    def _case(self, rehearsal: Rehearsal) -> dict[str, Any]:
        """Scenario and account, while the scenario is still there."""
        repertoire = self._repertoire()
        try:
            scenario = repertoire.scenario(rehearsal.scenario_id)
        except NotFoundError:
            return {"scenario": None, "account": None}
        account = account_for(scenario, rehearsal.today)
        return {
            "family": scenario.family.value,
            "scenario": scenario_document(scenario, repertoire.persona_of(scenario)),
            "account": account_facts(account, rehearsal.today),
        }
