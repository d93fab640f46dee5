"""What a finished rehearsal teaches: one thing to keep, one to try, the turn to retry, and what to take next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.core.rehearsal.goals_met import goal_is_met
from bot.core.rehearsal.lessons import (
    Attempt,
    Keep,
    NextScenario,
    Retry,
    TryThis,
    to_keep,
    to_retry,
    to_take_next,
    to_try,
)
from bot.core.rehearsal.record import Rehearsal, RehearsalTurn
from bot.core.rehearsal.scenario import Scenario
from bot.core.rehearsal.scorecard import Scorecard


@dataclass(frozen=True)
class HeatPoint:
    """The client's state once a turn was said."""

    turn: int
    speaker: str
    heat: int
    temper: int
    trust: int
    patience: int


@dataclass(frozen=True)
class FactTold:
    """A hidden fact, and whether it was earned."""

    id: str
    what: str
    earned: bool


@dataclass(frozen=True)
class GoalMet:
    """A goal of the scenario, and whether it was met."""

    id: str
    text: str
    met: bool


@dataclass(frozen=True)
class Debrief:
    """Everything that the debrief page shows beside the scorecard."""

    keep: Keep | None
    attempt: TryThis | None
    retry: Retry | None
    next: NextScenario | None
    points: tuple[HeatPoint, ...]
    facts: tuple[FactTold, ...]
    goals: tuple[GoalMet, ...]

    def as_json(self) -> dict[str, Any]:
        """The debrief as a JSON-ready document."""
        document = asdict(self)
        document["try"] = document.pop("attempt")
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in document.items()
        }


def debrief(
    scorecard: Scorecard,
    rehearsal: Rehearsal,
    scenario: Scenario,
    history: Sequence[Attempt] = (),
    emphasis: Mapping[str, Mapping[str, int]] | None = None,
) -> Debrief:
    """Say what a rehearsal teaches; `emphasis` holds each scenario's weights, to choose one for the weakest skill."""
    retry = to_retry(scorecard, rehearsal)
    return Debrief(
        keep=to_keep(scorecard),
        attempt=to_try(scorecard, retry),
        retry=retry,
        next=to_take_next(scorecard, scenario, history, emphasis or {}),
        points=tuple(_point(turn) for turn in rehearsal.turns),
        facts=tuple(
            FactTold(fact.id, fact.what, fact.id in rehearsal.state.revealed)
            for fact in scenario.hidden_facts
        ),
        goals=tuple(
            GoalMet(goal.id, goal.text, goal_is_met(goal, rehearsal, scorecard))
            for goal in scenario.goals
        ),
    )


def _point(turn: RehearsalTurn) -> HeatPoint:
    state = turn.state
    return HeatPoint(
        turn.index, turn.speaker.value, state.heat, state.temper, state.trust, state.patience
    )
