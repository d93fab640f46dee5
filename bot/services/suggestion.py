"""Chooses what to rehearse next: what is set, then what is to be recalled, then what is weakest, then what is new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.core.rehearsal.record import Mode


@dataclass(frozen=True)
class Suggestion:
    """A scenario with its level and mode; `reason` is assigned, retest, weakest or new, `about` what it rests on."""

    scenario_id: str
    level: int
    mode: str
    reason: str
    about: str = ""
    assignment_id: str | None = None


def suggest(
    scenarios: Sequence[Mapping[str, Any]],
    assignments: Sequence[Mapping[str, Any]],
    progress: Mapping[str, Any],
) -> Suggestion | None:
    """The first that holds; None only where there is no scenario at all."""
    known = {scenario["id"]: scenario for scenario in scenarios}
    return (
        _assigned(known, assignments)
        or _to_recall(known)
        or _for_the_weakest(scenarios, progress)
        or _new(scenarios)
    )


def _assigned(
    known: Mapping[str, Mapping[str, Any]], assignments: Sequence[Mapping[str, Any]]
) -> Suggestion | None:
    waiting = [a for a in assignments if not a["done"] and a["scenario_id"] in known]
    first = min(waiting, key=lambda a: str(a["due_on"]), default=None)
    if first is None:
        return None
    level = first["level"] or _next_level(known[first["scenario_id"]])
    return Suggestion(
        first["scenario_id"], level, first["mode"], "assigned", first["due_on"], first["id"]
    )


def _to_recall(known: Mapping[str, Mapping[str, Any]]) -> Suggestion | None:
    due = [s for s in known.values() if s["retest_due_on"]]
    first = min(due, key=lambda s: (str(s["retest_due_on"]), str(s["id"])), default=None)
    if first is None:
        return None
    # A test of what is left without help, which is what an exam is.
    level = first["best_level"] or _next_level(first)
    return Suggestion(first["id"], level, Mode.EXAM.value, "retest", first["retest_due_on"])


def _for_the_weakest(
    scenarios: Sequence[Mapping[str, Any]], progress: Mapping[str, Any]
) -> Suggestion | None:
    cells = progress["skills"]
    if not cells:
        return None
    weakest = min(cells, key=lambda c: (c["points"], c["skill"], c["family"]))
    same = [s for s in scenarios if s["family"] == weakest["family"]]
    if not same:
        return None
    # The one least taken so far; of equals the one that weighs the skill most.
    chosen = min(same, key=lambda s: (s["attempts"], -s["weights"].get(weakest["skill"], 0)))
    mode = Mode.PRACTICE.value
    return Suggestion(chosen["id"], _next_level(chosen), mode, "weakest", weakest["skill"])


def _new(scenarios: Sequence[Mapping[str, Any]]) -> Suggestion | None:
    chosen = min(scenarios, key=lambda s: (s["attempts"], bool(s["protected"])), default=None)
    if chosen is None:
        return None
    return Suggestion(chosen["id"], _next_level(chosen), Mode.PRACTICE.value, "new")


def _next_level(scenario: Mapping[str, Any]) -> int:
    """The easiest level at first, the next one up once a level was passed well."""
    levels = list(scenario["levels"])
    best, at = scenario["best_score"], scenario["best_level"]
    if best is None or at not in levels:
        return int(levels[0])
    higher = [level for level in levels if level > at]
    return int(higher[0] if higher and best >= 70 else at)
