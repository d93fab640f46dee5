"""Progress: skill by what the client puts in the way, the trend, tests due, and what is set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template
from flask_login import current_user

from bot.core.labels import Family
from bot.core.rehearsal.scenario import SKILLS
from bot.web.charts import sparkline
from bot.web.configuration import services
from bot.web.debriefs import band_of
from bot.web.identity import viewer
from bot.web.strings import text

blueprint = Blueprint("progress", __name__, url_prefix="/progress")

#: The small chart has room for heats 0 to 3; points of 100 are drawn on the same paper.
_PAPER = 3
_SHOWN = 20


@dataclass(frozen=True)
class Cell:
    """One skill in one family as it is shown; `line` is the picture of `path`."""

    points: int
    band: str
    trend: str
    sessions: int
    path: tuple[int, ...]
    line: str


@blueprint.get("")
def show() -> str:
    """Show the viewer's own progress."""
    return _page(None)


@blueprint.get("/people/<id:user_id>")
def of_person(user_id: str) -> str:
    """Show what a trainer may see of somebody's progress."""
    return _page(user_id)


def _page(user_id: str | None) -> str:
    who = viewer()
    progress = services().progress.of(who, user_id)
    titles = {one["id"]: one["title"] for one in services().scenarios.all(who)}
    own = progress["user_id"] == who.user_id
    person = current_user.user if own else services().people.user(progress["user_id"])
    mine = services().rehearsals.mine(who) if own else []
    return render_template(
        "progress/show.html",
        own=own,
        name=person.full_name if person else "",
        skills=SKILLS,
        families=[f.value for f in Family if any(c["family"] == f for c in progress["skills"])],
        grid={(c["skill"], c["family"]): _cell(c) for c in progress["skills"]},
        retests=[r for r in progress["retests"] if r["status"] == "due"] if own else [],
        planned=[r for r in progress["retests"] if r["status"] == "planned"] if own else [],
        assigned=services().assignments.mine(who) if own else [],
        finished=[one for one in mine if one["score"] is not None][:_SHOWN],
        titles=titles,
        levels=_best_levels(progress["scores"]),
        scores=[] if own else progress["scores"],
    )


def _cell(cell: Mapping[str, Any]) -> Cell:
    path = tuple(cell["path"])
    return Cell(
        points=cell["points"],
        band=text(f"debrief.band.{band_of(cell['points'])}"),
        trend=text(f"progress.trend.{cell['trend']}"),
        sessions=cell["sessions"],
        path=path,
        line=sparkline([points / 100 * _PAPER for points in path]) if len(path) > 1 else "",
    )


def _best_levels(scores: list[dict[str, Any]]) -> dict[str, int]:
    """The hardest level at which each scenario was passed: the one to test again."""
    best: dict[str, int] = {}
    for score in scores:
        if score["passed"]:
            best[score["scenario_id"]] = max(best.get(score["scenario_id"], 0), score["level"])
    return best
