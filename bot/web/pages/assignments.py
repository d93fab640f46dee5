"""Assignments for a trainer: set a scenario for a person or a group, and see who did what."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.core.coaching.advice import Role
from bot.core.errors import ConflictError, InvalidInputError, NotFoundError, ParleyError
from bot.core.rehearsal.persona import LEVELS
from bot.services.assignments import MOST_ATTEMPTS
from bot.web.access import only_for
from bot.web.api.fields import without_controls
from bot.web.assigned import FILTER_STATES, SENIORITIES, Filter, groups_of, standing_of
from bot.web.configuration import services
from bot.web.errors import problem_of
from bot.web.identity import viewer
from bot.web.pages.rehearse import MODES
from bot.web.strings import text

blueprint = Blueprint("assignments", __name__, url_prefix="/assignments")

LONGEST_NOTE = 1_000
#: What the form proposes as the day by which it is done.
_USUAL_TIME = timedelta(days=7)


@blueprint.get("")
@only_for(Role.TRAINER)
def show() -> str:
    """Show the form and everything that is set, with its results."""
    return _page()


@blueprint.post("")
@only_for(Role.TRAINER)
def add() -> Response | tuple[str, int]:
    """Set a scenario; what was entered stays when something is wrong with it."""
    form = request.form
    try:
        services().assignments.add(
            viewer(), form.get("scenario", ""), _due(form.get("due", "")), **_wishes()
        )
    except (ConflictError, InvalidInputError, NotFoundError) as error:
        return _page(error), problem_of(error).status
    flash(text("assign.done"))
    return redirect(url_for(".show"), code=303)


@blueprint.post("/<id:assignment_id>/withdrawal")
@only_for(Role.TRAINER)
def withdraw(assignment_id: str) -> Response:
    """Take an assignment back."""
    services().assignments.withdraw(assignment_id, viewer())
    flash(text("assign.withdrawn"))
    return redirect(url_for(".show"), code=303)


def _wishes() -> dict[str, Any]:
    form = request.form
    level = form.get("level", "")
    mode = form.get("mode", "")
    return {
        **_whom(form.get("for", "")),
        "attempts_wanted": _attempts(form.get("attempts", "1")),
        "level": int(level) if level in {str(known) for known in LEVELS} else None,
        "mode": mode if mode in MODES else MODES[0],
        "note": without_controls(form.get("note", ""))[:LONGEST_NOTE].strip(),
    }


def _whom(given: str) -> dict[str, str]:
    """One person, or a group: a role, or those of a role with one seniority."""
    kind, _, name = given.partition(":")
    if kind == "user" and name:
        return {"user": name}
    role, _, seniority = name.partition(":")
    if kind == "role" and role in set(Role) and seniority in ("", *SENIORITIES):
        return {"role": role} | ({"seniority": seniority} if seniority else {})
    raise InvalidInputError(text("assign.for_wrong"), field="for")


def _attempts(given: str) -> int:
    number = int(given) if given.isdecimal() and len(given) < 4 else 0
    if not 1 <= number <= MOST_ATTEMPTS:
        raise InvalidInputError(text("assign.attempts_wrong", most=MOST_ATTEMPTS), field="attempts")
    return number


def _due(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise InvalidInputError(text("assign.date_wrong"), field="due") from None


def _page(error: ParleyError | None = None) -> str:
    who = viewer()
    today = services().clock.today()
    people = [user for user in services().people.all() if user.active]
    standing = [standing_of(one) for one in services().assignments.all(who)]
    wanted = Filter.of(request.args)
    # The scenario page leads here with one chosen.
    entered = request.form or {"scenario": request.args.get("scenario", "")}
    return render_template(
        "assignments/show.html",
        scenarios=services().scenarios.all(who),
        standing=[one for one in standing if wanted.fits(one)],
        all=len(standing),
        wanted=wanted,
        states=FILTER_STATES,
        assigned=sorted({(p.name, p.user_id) for one in standing for p in one.people}),
        people=sorted(people, key=lambda user: user.full_name),
        groups=groups_of(people),
        names={user.id: user.full_name for user in people},
        levels=LEVELS,
        modes=MODES,
        most_attempts=MOST_ATTEMPTS,
        entered=entered,
        first_day=today.isoformat(),
        usual_day=(today + _USUAL_TIME).isoformat(),
        longest=LONGEST_NOTE,
        problem=error.detail if error else None,
        field=error.field if error else None,
    )
