"""Puts a finished rehearsal into the shape in which the debrief page and its PDF show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.core.rehearsal.state import FULL
from bot.web.curves import Chart, Moment, chart
from bot.web.strings import text

#: From here on a rehearsal without a blocker is passed; the words for a score change here too.
PASS_MARK = 70
_STRONG, _FAIR = 85, 50
_HOTTEST = 3


@dataclass(frozen=True)
class Skill:
    """One skill with what earned and what cost its points."""

    name: str
    words: str
    points: int
    band: str
    weight: int
    reasons: Sequence[Mapping[str, Any]]
    missed: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Row:
    """One turn in the table of the curves."""

    turn: int
    is_own: bool
    text: str
    heat: int
    trust: int | None
    caused: str
    turn_id: str
    moves: Sequence[str]


@dataclass(frozen=True)
class Comparison:
    """This try beside another one: both heats by turn, None where a try has no such turn."""

    one: int
    two: int
    rows: Sequence[tuple[int, int | None, int | None]]
    chart: Chart


@dataclass(frozen=True)
class DebriefPage:
    """Everything that the debrief shows; `number` is the try's, `tries` are all of them."""

    call: Mapping[str, Any]
    result: Mapping[str, Any]
    card: Mapping[str, Any]
    lessons: Mapping[str, Any]
    number: int
    score: int
    band: str
    skills: Sequence[Skill]
    rows: Sequence[Row]
    heat: Chart | None
    trust: Chart | None
    heat_path: Sequence[str]
    trust_path: Sequence[int]
    goals: Sequence[Mapping[str, Any]]
    next_id: str | None
    next_title: str
    next_why: str
    tries: Sequence[Mapping[str, Any]]
    comparison: Comparison | None


def band_of(points: int) -> str:
    """A score as a word: strong, good, fair or weak."""
    bands = ((_STRONG, "strong"), (PASS_MARK, "good"), (_FAIR, "fair"))
    return next((word for least, word in bands if points >= least), "weak")


def number_of(branch: str) -> int:
    """The number of a try: branches are called b1, b2 and so on."""
    digits = branch.removeprefix("b")
    return int(digits) if digits.isdigit() else 1


def debrief_page(
    view: Mapping[str, Any],
    result: Mapping[str, Any],
    titles: Mapping[str, str],
    compare_with: str | None,
) -> DebriefPage:
    """Gather one try's verdict; `titles` are those of the scenarios that exist now."""
    card, lessons = result["scorecard"], result["debrief"]
    rows = [_row(turn) for turn in view["turns"] if turn["state"]]
    trust = [Moment(r.turn, r.is_own, r.trust) for r in rows if r.trust is not None]
    next_id, why = _next(lessons.get("next"))
    return DebriefPage(
        call=view,
        result=result,
        card=card,
        lessons=lessons,
        number=number_of(view["showing"]),
        score=result["score"],
        band=band_of(result["score"]),
        skills=[_skill(card, name) for name in card["skills"]],
        rows=rows,
        heat=heat_chart([[Moment(r.turn, r.is_own, r.heat) for r in rows]]) if rows else None,
        trust=chart([trust], FULL, [(0, "0"), (FULL // 2, "50"), (FULL, "100")]) if trust else None,
        heat_path=[text(f"heat.{row.heat}") for row in rows],
        trust_path=[moment.value for moment in trust],
        goals=lessons.get("goals") or card["goals"],
        next_id=next_id if next_id in titles else None,
        next_title=titles.get(next_id or "", ""),
        next_why=why,
        tries=view["branches"],
        comparison=_comparison(view, compare_with),
    )


def heat_chart(curves: Sequence[Sequence[Moment]]) -> Chart:
    """Heat as a picture, with a line and a word for each band."""
    return chart(curves, _HOTTEST, [(heat, text(f"heat.{heat}")) for heat in range(_HOTTEST + 1)])


def _row(turn: Mapping[str, Any]) -> Row:
    state, note = turn["state"], turn["note"] or {}
    return Row(
        turn=turn["index"],
        is_own=turn["speaker"] == "collector",
        text=turn["text"],
        heat=state["heat"],
        trust=state["trust"],
        caused=note.get("caused", ""),
        turn_id=turn["turn_id"],
        moves=[move["name"] for move in turn["moves"]],
    )


def _skill(card: Mapping[str, Any], name: str) -> Skill:
    points = card["skills"][name]
    return Skill(
        name=name,
        words=text(f"skill.{name}"),
        points=points,
        band=band_of(points),
        weight=card["weights"].get(name, 0),
        reasons=card["reasons"].get(name, ()),
        missed=card["missed"].get(name, ()),
    )


def _next(given: Any) -> tuple[str | None, str]:
    """The next scenario and why; old verdicts only list what the scenario names."""
    if isinstance(given, Mapping):
        return given["id"], given["why"]
    return (given[0], "") if given else (None, "")


def _comparison(view: Mapping[str, Any], other: str | None) -> Comparison | None:
    branches = {branch["name"]: branch for branch in view["branches"]}
    mine, theirs = branches[view["showing"]], branches.get(other or "")
    if theirs is None or theirs is mine:
        return None
    paths = mine["heat"], theirs["heat"]
    length = max(len(path) for path in paths)
    rows = [
        (turn, *(path[turn] if turn < len(path) else None for path in paths))
        for turn in range(length)
    ]
    # The client speaks first, then both take turns.
    curves = [[Moment(n, n % 2 == 1, heat) for n, heat in enumerate(path)] for path in paths]
    return Comparison(number_of(mine["name"]), number_of(theirs["name"]), rows, heat_chart(curves))
