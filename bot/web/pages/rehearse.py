"""Choosing what to rehearse: the scenarios, one that fits, the briefing, and ringing the client."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.core.errors import ConflictError, InvalidInputError, NotFoundError
from bot.core.labels import Family
from bot.services.suggestion import Suggestion, suggest
from bot.web.api.fields import without_controls
from bot.web.configuration import services
from bot.web.formats import day
from bot.web.identity import viewer
from bot.web.strings import text

blueprint = Blueprint("rehearse", __name__, url_prefix="/rehearse")

MODES = ("practice", "exam")
#: More unfinished or finished ones than this nobody looks for here.
SHOWN = 10


@blueprint.get("")
def show() -> str:
    """Show what can be rehearsed, what is unfinished, and what is due."""
    who = viewer()
    query = without_controls(request.args.get("q", ""))[:100].strip()
    family = request.args.get("family", "")
    scenarios = services().scenarios.all(who)
    mine = services().rehearsals.mine(who)
    shown = [s for s in scenarios if _fits(s, query.lower(), family)]
    return render_template(
        "rehearse/show.html",
        scenarios=shown,
        is_filtered=bool(query or family),
        has_any=bool(scenarios),
        assigned=_by_scenario(services().assignments.mine(who)),
        unfinished=[one for one in mine if one["status"] == "open"][:SHOWN],
        finished=[one for one in mine if one["status"] != "open"][:SHOWN],
        query=query,
        family=family,
        families=[one.value for one in Family],
    )


@blueprint.get("/suggestion")
def fitting() -> Response:
    """Lead to the briefing of the one that fits best."""
    found = _suggestion()
    if found is None:
        flash(text("rehearse.empty"))
        return redirect(url_for(".show"))
    values = {"level": found.level, "mode": found.mode, "why": found.reason}
    if found.assignment_id:
        values["assignment"] = found.assignment_id
    return redirect(url_for(".brief", scenario_id=found.scenario_id, **values))


@blueprint.get("/scenarios/<id:scenario_id>")
def brief(scenario_id: str) -> str:
    """Show what to know before ringing."""
    who = viewer()
    scenario = services().scenarios.get(scenario_id, who)
    set_for_me = services().assignments.mine(who)
    assignment = _assignment(set_for_me, request.args.get("assignment"), scenario_id)
    level = request.args.get("level", "")
    asked = int(level) if level.isdigit() and len(level) < 3 else None
    levels = [assignment["level"]] if assignment and assignment["level"] else scenario["levels"]
    mode = request.args.get("mode", "")
    return render_template(
        "rehearse/brief.html",
        scenario=scenario,
        assignment=assignment,
        levels=levels,
        level=asked if asked in levels else levels[0],
        modes=MODES if not assignment or assignment["mode"] == "practice" else ("exam",),
        mode=mode if mode in MODES else (assignment["mode"] if assignment else "practice"),
        why=_why(request.args.get("why")),
    )


@blueprint.post("")
def ring() -> Response:
    """Ring the client, and go to the call."""
    form = request.form
    level = form.get("level", "")
    scenario_id = form.get("scenario", "")
    try:
        begun = services().rehearsals.start(
            viewer(),
            scenario_id,
            level=int(level) if level.isdigit() and len(level) < 3 else None,
            mode=form.get("mode", "practice"),
            assignment_id=form.get("assignment") or None,
        )
    except (ConflictError, InvalidInputError) as error:
        flash(error.detail)
        return redirect(url_for(".brief", scenario_id=scenario_id), code=303)
    return redirect(url_for("rehearsal_call.show", rehearsal_id=begun["id"]), code=303)


def _suggestion() -> Suggestion | None:
    who, all_of = viewer(), services()
    return suggest(all_of.scenarios.all(who), all_of.assignments.mine(who), all_of.progress.of(who))


def _why(reason: str | None) -> str:
    """Why this one was suggested; asked again, so that an address cannot put words on the page."""
    if not reason:
        return ""
    found = _suggestion()
    if found is None or found.reason != reason:
        return ""
    about = found.about
    if found.reason in ("assigned", "retest"):
        about = day(about)
    elif found.reason == "weakest":
        about = text(f"skill.{about}")
    return text(f"fit.{found.reason}", about=about)


def _fits(scenario: dict[str, Any], query: str, family: str) -> bool:
    if family and scenario["family"] != family:
        return False
    contact, persona = scenario["contact"], scenario["persona"]
    words = (
        scenario["title"],
        scenario["briefing"],
        contact["name"],
        persona["name"],
        persona["role"],
        scenario["objection"].replace("_", " "),
    )
    return all(part in " ".join(words).lower() for part in query.split())


def _by_scenario(assignments: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The assignment that is due first of each scenario, while it is not done."""
    found: dict[str, dict[str, Any]] = {}
    for one in assignments:
        if not one["done"]:
            found.setdefault(one["scenario_id"], one)
    return found


def _assignment(
    assignments: list[dict[str, Any]], assignment_id: str | None, scenario_id: str
) -> dict[str, Any] | None:
    if not assignment_id:
        return None
    for one in assignments:
        if one["id"] == assignment_id and one["scenario_id"] == scenario_id:
            return one
    raise NotFoundError(text("error.not-found"))
