"""How hard a scenario proves to be: everybody's tries summed up, first tries and later ones apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median
from typing import Any

#: With fewer people the figures would tell how one of them did, and a rehearsal is its owner's alone.
FEWEST_PEOPLE = 3

#: With fewer finished tries the figures are shown, and said to be small.
FEWEST_TRIES = 10

HUNG_UP = "hung_up"


@dataclass(frozen=True)
class Try:
    """One rehearsal from its start; without a score it was not finished. `heat` is of the client's turns in order."""

    scenario_id: str
    level: int
    user_id: str
    started_at: datetime
    score: int | None = None
    passed: bool = False
    outcome: str = ""
    heat: tuple[int, ...] = ()
    skills: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Tries:
    """The figures of some tries; None where there is nothing to reckon, or too few people tried."""

    attempts: int
    people: int
    finished: int
    passed_share: float | None = None
    median_score: float | None = None
    hung_up: int | None = None
    median_heat_drop: float | None = None
    hardest_skill: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The figures as a JSON-ready document."""
        return {
            "attempts": self.attempts,
            "people": self.people,
            "finished": self.finished,
            "passed_share": self.passed_share,
            "median_score": self.median_score,
            "hung_up": self.hung_up,
            "median_heat_drop": self.median_heat_drop,
            "hardest_skill": self.hardest_skill,
        }


@dataclass(frozen=True)
class Difficulty:
    """One scenario at one level: all tries, everybody's first one, and the later ones."""

    scenario_id: str
    level: int
    all: Tries
    first: Tries
    later: Tries

    @property
    def is_hidden(self) -> bool:
        """Whether too few people tried for any figure to be shown."""
        return self.all.people < FEWEST_PEOPLE

    @property
    def is_small(self) -> bool:
        """Whether the figures rest on too little to be relied on."""
        return self.is_hidden or self.all.finished < FEWEST_TRIES

    @property
    def note(self) -> str:
        """What is to be said of small numbers; nothing where they are not."""
        if self.is_hidden:
            return (
                f"Fewer than {FEWEST_PEOPLE} people have tried this, so their results stay theirs."
            )
        if self.is_small:
            return f"Only {self.all.finished} finished: read these figures as a first hint."
        return ""


def difficulties(tries: Iterable[Try]) -> tuple[Difficulty, ...]:
    """Each scenario and level that was tried, the hardest first by how first tries went; unknown ones last."""
    groups: dict[tuple[str, int], list[Try]] = {}
    for one in sorted(tries, key=lambda each: each.started_at):
        groups.setdefault((one.scenario_id, one.level), []).append(one)
    found = [_difficulty(*key, group) for key, group in groups.items()]
    return tuple(sorted(found, key=_order))


def _difficulty(scenario_id: str, level: int, tries: Sequence[Try]) -> Difficulty:
    seen: set[str] = set()
    first: list[Try] = []
    later: list[Try] = []
    for one in tries:
        (later if one.user_id in seen else first).append(one)
        seen.add(one.user_id)
    return Difficulty(scenario_id, level, _summed(tries), _summed(first), _summed(later))


def _summed(tries: Sequence[Try]) -> Tries:
    people = len({one.user_id for one in tries})
    scored = [one for one in tries if one.score is not None]
    counts = Tries(len(tries), people, len(scored))
    if people < FEWEST_PEOPLE or len({one.user_id for one in scored}) < FEWEST_PEOPLE:
        return counts
    drops = [one.heat[0] - one.heat[-1] for one in scored if one.heat]
    return Tries(
        attempts=counts.attempts,
        people=people,
        finished=len(scored),
        passed_share=round(sum(one.passed for one in scored) / len(scored), 2),
        median_score=float(median(one.score for one in scored if one.score is not None)),
        hung_up=sum(one.outcome == HUNG_UP for one in scored),
        median_heat_drop=float(median(drops)) if drops else None,
        hardest_skill=_hardest(scored),
    )


def _hardest(scored: Sequence[Try]) -> str | None:
    """The skill with the lowest median."""
    points: dict[str, list[int]] = {}
    for one in scored:
        for skill, value in one.skills.items():
            points.setdefault(skill, []).append(value)
    return min(points, key=lambda skill: (median(points[skill]), skill), default=None)


def _order(one: Difficulty) -> tuple[Any, ...]:
    share, score = one.first.passed_share, one.first.median_score
    return (share is None, share or 0, score or 0, one.scenario_id, one.level)
