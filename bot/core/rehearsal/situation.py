"""What is known of a call beside its words: the objection, the protection, the goals, what the skills weigh."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from bot.core.errors import InvalidInputError
from bot.core.labels import PROTECTED, Move, Objection
from bot.core.rehearsal.scenario import SKILLS, Goal, GoalNeeds, GoodEnd, Scenario

#: What a situation may name as its protection; insolvency stops collecting too.
PROTECTIONS = tuple(sorted({label.value for label in PROTECTED} | {Objection.INSOLVENCY.value}))


@dataclass(frozen=True)
class Situation:
    """What is known of a call beside its words; all of it may be left out.

    `ended` is how the simulated client ended it, `hints_cost` what hints take off the total.
    """

    objection: str | None = None
    protected: str | None = None
    goals: tuple[Goal, ...] = ()
    weights: Mapping[str, int] = field(default_factory=dict)
    blockers: tuple[str, ...] = ()
    ended: str | None = None
    hints_cost: int = 0

    @classmethod
    def of_scenario(
        cls, scenario: Scenario, *, ended: str | None = None, hints_cost: int = 0
    ) -> Situation:
        """What a scenario says of the rehearsal of it."""
        return cls(
            objection=scenario.objection.value,
            protected=scenario.protected.value if scenario.protected else None,
            goals=scenario.goals,
            weights=scenario.weights,
            blockers=scenario.blockers,
            ended=ended,
            hints_cost=hints_cost,
        )

    @classmethod
    def from_json(cls, document: Any) -> Situation:
        """Read a situation from a review's line; InvalidInputError names the field that cannot be used."""
        if document is None:
            return cls()
        if not isinstance(document, dict):
            raise InvalidInputError("`situation` is an object.", field="situation")
        return cls(
            objection=_one_of(document, "objection", tuple(o.value for o in Objection)),
            protected=_one_of(document, "protected", PROTECTIONS),
            goals=tuple(
                _goal(number, goal) for number, goal in enumerate(_rows(document, "goals"), 1)
            ),
            weights=_weights(document.get("weights")),
        )


def _one_of(document: Mapping[str, Any], name: str, known: tuple[str, ...]) -> str | None:
    value = document.get(name)
    if value is None or (isinstance(value, str) and value in known):
        return value
    raise InvalidInputError(
        f"`situation.{name}` is one of {', '.join(known)}, or left out.", field=f"situation.{name}"
    )


def _rows(document: Mapping[str, Any], name: str) -> list[Any]:
    value = document.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise InvalidInputError(f"`situation.{name}` is a list.", field=f"situation.{name}")
    return value


def _weights(value: Any) -> Mapping[str, int]:
    if value is None:
        return {}
    usable = (
        isinstance(value, dict)
        and set(value) <= set(SKILLS)
        and all(isinstance(x, int) and not isinstance(x, bool) and x >= 0 for x in value.values())
        and 0 < sum(value.values()) <= 1_000
    )
    if not usable:
        raise InvalidInputError(
            f"`situation.weights` gives whole numbers from 0 for {', '.join(SKILLS)}.",
            field="situation.weights",
        )
    return dict(value)


def _goal(number: int, value: Any) -> Goal:
    """A goal in words alone, or with the rule that tells whether it was met, as scenario files write it."""
    if isinstance(value, str) and value.strip():
        return Goal(f"goal-{number}", value.strip(), GoalNeeds())
    needs = value.get("needs") or {} if isinstance(value, dict) else None
    if not isinstance(needs, dict) or not isinstance(value.get("text"), str):
        raise _FAULTY_GOAL
    moves, none_of = (_names(needs, name, tuple(Move)) for name in ("moves", "none_of"))
    ends = _names(needs, "end", tuple(GoodEnd))
    return Goal(
        str(value.get("id") or f"goal-{number}"),
        value["text"].strip(),
        GoalNeeds(moves=moves, end=tuple(GoodEnd(end) for end in ends), none_of=none_of),
    )


def _names(needs: Mapping[str, Any], name: str, known: tuple[StrEnum, ...]) -> tuple[str, ...]:
    value = needs.get(name) or ()
    usable = {member.value for member in known}
    if not isinstance(value, (list, tuple)) or not all(
        isinstance(x, str) and x in usable for x in value
    ):
        raise _FAULTY_GOAL
    return tuple(value)


_FAULTY_GOAL = InvalidInputError(
    "`situation.goals` holds texts, or objects with `id`, `text` and `needs` (moves, end, none_of).",
    field="situation.goals",
)
