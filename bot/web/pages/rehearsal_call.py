"""The rehearsed call itself: say something or nothing, take a hint, go back to a turn, end."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from bot.core.errors import ConflictError, InvalidInputError, ParleyError, UnavailableError
from bot.web.api.fields import without_controls
from bot.web.configuration import services
from bot.web.curves import Moment
from bot.web.debriefs import heat_chart, number_of
from bot.web.identity import viewer
from bot.web.strings import text

blueprint = Blueprint("rehearsal_call", __name__, url_prefix="/rehearse/<id:rehearsal_id>")

#: Longer than anybody says in one breath; the recogniser reads twice as much.
LONGEST_TURN = 4_000
#: The least help first, as the ladder is climbed; points of the score that each step costs.
HINT_COSTS = {4: 0, 3: 1, 2: 2, 1: 4}
#: Below these, of 100, trust and patience are called by the next lower word.
_SOME, _GOOD = 30, 60

#: What can be put right by the person; anything else has a page of its own.
_SAID_HERE = (ConflictError, InvalidInputError, UnavailableError)


@blueprint.get("")
def show(rehearsal_id: str) -> str | Response:
    """Show the call as it stands; a finished one leads to its debrief."""
    view = services().rehearsals.view(rehearsal_id, viewer())
    if view["status"] != "open" or not view["own"]:
        return redirect(url_for("rehearsal_debrief.show", rehearsal_id=rehearsal_id))
    return render_template("rehearsal_call/show.html", **page_of(view))


@blueprint.post("/turns")
def say(rehearsal_id: str) -> Response:
    """Say something, or nothing; the same segment twice is one turn."""
    form, rehearsals = request.form, services().rehearsals
    segment_id = form.get("segment_id", "")[:200] or None
    try:
        if "silent" in form:
            rehearsals.be_silent(rehearsal_id, viewer(), segment_id=segment_id)
        else:
            words = without_controls(form.get("text", ""))[:LONGEST_TURN]
            if not words.strip():
                raise InvalidInputError(text("say.empty"), field="text")
            rehearsals.take_turn(rehearsal_id, viewer(), words, segment_id=segment_id)
    except _SAID_HERE as error:
        _say_here(error)
    return _back(rehearsal_id)


@blueprint.post("/hints")
def hint(rehearsal_id: str) -> Response:
    """Take a hint for the next turn; the same one twice costs once."""
    level = _number(request.form.get("level"), "level")
    who = viewer()
    turns = len(services().rehearsals.view(rehearsal_id, who)["turns"])
    kept = _kept_hints(rehearsal_id, turns)
    if str(level) not in kept:
        try:
            given = services().rehearsals.hint(rehearsal_id, who, level)
        except _SAID_HERE as error:
            _say_here(error)
            return _back(rehearsal_id)
        kept[str(level)] = given["text"]
    # The last one asked for stands first.
    hints = {str(level): kept[str(level)], **kept}
    session["hints"] = {"of": rehearsal_id, "turns": turns, "texts": hints}
    return _back(rehearsal_id)


@blueprint.post("/rewind")
def rewind(rehearsal_id: str) -> Response:
    """Go back to before one of the trainee's turns, on a new try."""
    turn = _number(request.form.get("turn"), "turn")
    branch = request.form.get("branch") or None
    try:
        services().rehearsals.rewind(rehearsal_id, viewer(), turn, branch)
    except _SAID_HERE as error:
        _say_here(error)
    return _back(rehearsal_id)


@blueprint.post("/finish")
def finish(rehearsal_id: str) -> Response:
    """End the call and go to the debrief."""
    try:
        services().rehearsals.finish(rehearsal_id, viewer())
    except ConflictError as error:
        _say_here(error)
        return _back(rehearsal_id)
    return redirect(url_for("rehearsal_debrief.show", rehearsal_id=rehearsal_id), code=303)


def page_of(view: dict[str, Any]) -> dict[str, Any]:
    """What the page of a running call shows."""
    turns = [turn for turn in view["turns"] if not turn["waiting"]]
    waiting = next((turn for turn in view["turns"] if turn["waiting"]), None)
    own = [turn for turn in turns if turn["speaker"] == "collector"]
    texts = _kept_hints(view["id"], len(view["turns"]))
    moments = heat_moments(turns)
    return {
        "call": view,
        "turns": turns,
        "waiting": waiting,
        "note": own[-1]["note"] if own else None,
        "note_turn": own[-1]["index"] if own else None,
        "moments": moments,
        "chart": heat_chart([moments]) if own else None,
        "trust": level_word(view["state"]["trust"]),
        "patience": level_word(view["state"]["patience"]),
        "number": number_of(view["showing"]),
        "back_at": _back_at(view),
        "hints": [(int(level), said) for level, said in texts.items()],
        "hint_costs": HINT_COSTS,
        "hints_cost": sum(used["cost"] for used in view["hints"]),
        "segment_id": secrets.token_hex(16),
        "longest": LONGEST_TURN,
    }


def heat_moments(turns: list[dict[str, Any]]) -> list[Moment]:
    """The heat after each turn that was heard."""
    return [
        Moment(
            turn["index"],
            turn["speaker"] == "collector",
            turn["state"]["heat"],
            text(f"heat.{turn['state']['heat']}"),
        )
        for turn in turns
    ]


def level_word(value: int | None) -> str | None:
    """Trust or patience as a word; None in an exam, where only the voice tells."""
    if value is None:
        return None
    return "low" if value < _SOME else "some" if value < _GOOD else "good"


def _back_at(view: dict[str, Any]) -> int | None:
    """The turn that a fresh try stands before, until something is said."""
    branch = next((b for b in view["branches"] if b["name"] == view["showing"]), None)
    parent = branch["parent"] if branch else None
    at_start = parent is not None and len(view["turns"]) == parent["turn"]
    return parent["turn"] if parent is not None and at_start else None


def _kept_hints(rehearsal_id: str, turns: int) -> dict[str, str]:
    kept = session.get("hints") or {}
    fits = kept.get("of") == rehearsal_id and kept.get("turns") == turns
    return dict(kept["texts"]) if fits else {}


def _number(given: str | None, field: str) -> int:
    if not given or not given.isdigit() or len(given) > 5:
        raise InvalidInputError(text("error.bad-request"), field=field)
    return int(given)


def _say_here(error: ParleyError) -> None:
    """Say a refusal on the page; a script gets it as a problem document instead."""
    if request.headers.get("X-Parley-Script"):
        raise error
    flash(error.detail)


def _back(rehearsal_id: str) -> Response:
    return redirect(url_for("rehearsal_call.show", rehearsal_id=rehearsal_id), code=303)
