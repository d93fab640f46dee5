"""The verdict on a finished branch: scorecard by the rubric, and the debrief."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.core.labels import Speaker
from bot.core.rehearsal.debrief import debrief
from bot.core.rehearsal.lessons import Attempt
from bot.core.rehearsal.record import Rehearsal
from bot.core.rehearsal.repertoire import Repertoire
from bot.core.rehearsal.rubric import score
from bot.core.rehearsal.scenario import Scenario
from bot.core.rehearsal.scorecard import Scorecard, ScoredTurn
from bot.core.rehearsal.situation import Situation
from bot.services.ports import Clock, UnitOfWork
from bot.services.rehearsal_ports import RehearsalRecord, ScoreRecord


def scored_turns(rehearsal: Rehearsal) -> tuple[ScoredTurn, ...]:
    """The turns as the rubric reads them: the trainee's as they were heard, the client's as they were written."""
    return tuple(
        ScoredTurn.of(turn.index, turn.reading)
        if turn.reading is not None
        else ScoredTurn(
            index=turn.index,
            speaker=turn.speaker,
            text=turn.text,
            names=turn.labels,
            heat=turn.heat if turn.speaker is Speaker.CLIENT else None,
            evidence=dict.fromkeys(turn.labels, turn.text),
        )
        for turn in rehearsal.turns
    )


def scorecard_of(rehearsal: Rehearsal, scenario: Scenario) -> Scorecard:
    """Score a rehearsal by its scenario's weights, goals and blockers."""
    ended = rehearsal.state.ended
    situation = Situation.of_scenario(
        scenario,
        ended=ended.value if ended else None,
        hints_cost=sum(used.cost for used in rehearsal.hints_used),
    )
    return score(scored_turns(rehearsal), situation)


class Verdicts:
    """Scores branches with the scenario as it is now."""

    def __init__(self, repertoire: Callable[[], Repertoire], clock: Clock) -> None:
        self._repertoire = repertoire
        self._clock = clock

    def on(self, work: UnitOfWork, record: RehearsalRecord, rehearsal: Rehearsal) -> ScoreRecord:
        """The verdict on a branch that has ended; NotFoundError when its scenario is gone."""
        scenario = self._repertoire().scenario(rehearsal.scenario_id)
        card = scorecard_of(rehearsal, scenario)
        before = _attempts(work.rehearsals.scores_of_user(record.user_id), record.id)
        emphasis = {one.id: one.weights for one in self._repertoire().scenarios.values()}
        told = debrief(card, rehearsal, scenario, before, emphasis)
        return ScoreRecord(
            rehearsal_id=record.id,
            branch=rehearsal.branch,
            user_id=record.user_id,
            scenario_id=scenario.id,
            level=record.level,
            mode=record.mode,
            total=card.total,
            passed=card.passed,
            outcome=card.outcome,
            hints=len(rehearsal.hints_used),
            rubric_version=card.rubric_version,
            scorecard=card.as_json(),
            debrief=told.as_json(),
            scored_at=self._clock.now(),
            assignment_id=record.assignment_id,
            shared=record.shared,
        )


def _attempts(scores: Sequence[ScoreRecord], rehearsal_id: str) -> list[Attempt]:
    """What the person has rehearsed before this."""
    return [
        Attempt(
            scenario_id=score.scenario_id,
            passed=score.passed,
            skills=dict(score.scorecard["skills"]),
        )
        for score in scores
        if score.rehearsal_id != rehearsal_id
    ]
