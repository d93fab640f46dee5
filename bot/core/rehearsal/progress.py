"""How a trainee's skills grow: skill by objection family with a trend, and the re-tests that are due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from bot.core.labels import Family
from bot.core.rehearsal.scenario import SKILLS

#: A session weighs this part of the one after it.
FADES = 0.7
#: The latest session against the weighted mean of those before it: from here on it is a trend.
STEP = 5
#: Days after a pass on which a scenario is taken again without hints; sources in the scoring reference.
RETESTS = (7, 30)
#: A re-test stays open this long before and after its day.
EARLY, LATE = 1, 14

_UP, _DOWN, _LEVEL, _NEW = "up", "down", "level", "new"


@dataclass(frozen=True)
class Result:
    """One scored rehearsal as stored; `hints` is how many were taken."""

    scenario_id: str
    family: Family
    on: date
    total: int
    passed: bool
    skills: dict[str, int] = field(default_factory=dict)
    hints: int = 0
    mode: str = "practice"
    level: int = 1


@dataclass(frozen=True)
class Cell:
    """One skill in one family: where it stands, which way it goes, and from how many sessions."""

    skill: str
    family: Family
    points: int
    trend: str
    sessions: int
    path: tuple[int, ...]

    def as_json(self) -> dict[str, Any]:
        """The cell as a JSON-ready document."""
        return {
            "skill": self.skill,
            "family": self.family.value,
            "points": self.points,
            "trend": self.trend,
            "sessions": self.sessions,
            "path": list(self.path),
        }


@dataclass(frozen=True)
class Retest:
    """A scenario to take again without hints: when, after which pass, and how it stands."""

    scenario_id: str
    after_days: int
    passed_on: date
    due_on: date
    status: str

    def as_json(self) -> dict[str, Any]:
        """The re-test as a JSON-ready document."""
        return {
            "scenario_id": self.scenario_id,
            "after_days": self.after_days,
            "passed_on": self.passed_on.isoformat(),
            "due_on": self.due_on.isoformat(),
            "status": self.status,
        }


def table(results: Sequence[Result]) -> tuple[Cell, ...]:
    """Skill by family over all results, families and skills in contract order; families never practised are left out."""
    cells = []
    for family in Family:
        own = sorted((r for r in results if r.family is family), key=lambda r: r.on)
        for skill in SKILLS if own else ():
            path = tuple(r.skills[skill] for r in own if skill in r.skills)
            if path:
                cells.append(Cell(skill, family, standing(path), trend(path), len(path), path))
    return tuple(cells)


def standing(path: Sequence[int]) -> int:
    """The mean of the sessions in which each counts more than the one before it."""
    weights = [FADES ** (len(path) - 1 - place) for place in range(len(path))]
    total = sum(weight * points for weight, points in zip(weights, path, strict=True))
    return round(total / sum(weights))


def trend(path: Sequence[int]) -> str:
    """Whether the latest session lies above, below or level with those before it; the first one is new."""
    if len(path) < 2:
        return _NEW
    change = path[-1] - standing(path[:-1])
    return _UP if change >= STEP else _DOWN if change <= -STEP else _LEVEL


def retests(results: Sequence[Result], today: date) -> tuple[Retest, ...]:
    """The re-tests of every scenario that was passed, by day: `planned`, `due`, `missed`, `passed` or `failed`.

    They count from the first pass. A re-test is any rehearsal of the scenario in its window without hints.
    """
    found = []
    for scenario in dict.fromkeys(r.scenario_id for r in results):
        own = sorted((r for r in results if r.scenario_id == scenario), key=lambda r: r.on)
        first = next((r for r in own if r.passed), None)
        if first is None:
            continue
        for days in RETESTS:
            due = first.on + timedelta(days=days)
            found.append(Retest(scenario, days, first.on, due, _status(own, due, today)))
    return tuple(sorted(found, key=lambda retest: (retest.due_on, retest.scenario_id)))


def retests_due(results: Sequence[Result], today: date) -> tuple[Retest, ...]:
    """Those to take now, the longest due first."""
    return tuple(retest for retest in retests(results, today) if retest.status == "due")


def _status(own: Sequence[Result], due: date, today: date) -> str:
    opens, closes = due - timedelta(days=EARLY), due + timedelta(days=LATE)
    taken = [r for r in own if opens <= r.on <= closes and not r.hints]
    if taken:
        return "passed" if any(r.passed for r in taken) else "failed"
    if today < opens:
        return "planned"
    return "due" if today <= closes else "missed"
