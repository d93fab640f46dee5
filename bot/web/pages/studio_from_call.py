"""Drafting a scenario from a real call in three steps; what was entered goes along in the page and is never stored."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.core.errors import (
    ConflictError,
    InvalidInputError,
    NotFoundError,
    ParleyError,
    TooLargeError,
    UnavailableError,
)
from bot.core.labels import Speaker
from bot.core.rehearsal.transcript_files import decoded
from bot.services.studio_rules import LONGEST_TITLE, READERS
from bot.web.access import only_for, takes_up_to
from bot.web.configuration import services
from bot.web.entered_calls import NOBODY, Entered, decided_call, raw_call
from bot.web.errors import problem_of
from bot.web.identity import viewer
from bot.web.strings import text

blueprint = Blueprint("studio_from_call", __name__, url_prefix="/studio/from-call")

LARGEST_FILE = 1_000_000
#: The call goes along in the page with what was made of it.
_LARGEST_PAGE = 4_000_000
_LONGEST_SLUG = 64
#: What is said on the page; anything else has a page of its own.
_SAID_HERE = (ConflictError, InvalidInputError, NotFoundError, TooLargeError, UnavailableError)


@blueprint.get("")
@only_for(*READERS)
def show() -> str:
    """Show the first step; a call named in the address is filled in."""
    return _first(Entered(call_id=request.args.get("call", "")[:_LONGEST_SLUG]))


@blueprint.post("/names")
@only_for(*READERS)
@takes_up_to(_LARGEST_PAGE, files=True)
def names() -> str | tuple[str, int]:
    """Read the call and show what was taken out of it; what was entered stays when it cannot be read."""
    entered = raw_call()
    try:
        entered = _given(entered)
        return _second(entered)
    except _SAID_HERE as error:
        return _first(entered, error), problem_of(error).status


@blueprint.post("/turning-points")
@only_for(*READERS)
@takes_up_to(_LARGEST_PAGE)
def points() -> str | tuple[str, int]:
    """Show the call again with the changes, or where it turned; or go back to the call."""
    entered = decided_call()
    try:
        if "back" in request.form:
            return _first(entered)
        if "on" not in request.form:
            return _second(entered)
        return _third(entered)
    except _SAID_HERE as error:
        return _again(entered, error)


@blueprint.post("/draft")
@only_for(*READERS)
@takes_up_to(_LARGEST_PAGE)
def draft() -> Response | str | tuple[str, int]:
    """Make the draft and open it; everything stays when it is refused."""
    entered = decided_call()
    try:
        if "back" in request.form:
            return _second(entered)
        if not entered.title:
            raise InvalidInputError(text("from_call.name_missing"), field="title")
        masked = _masked(entered)
        made = services().from_calls.propose(
            viewer(), slug=entered.slug, title=entered.title, turns=_kept_turns(entered, masked)
        )
    except _SAID_HERE as error:
        return _again(entered, error, third=True)
    flash(text("from_call.created"))
    return redirect(url_for("studio.edit", kind=made["kind"], slug=made["slug"]), code=303)


def _first(entered: Entered, error: ParleyError | None = None) -> str:
    return render_template(
        "studio/from_call.html", step=1, entered=entered, problem=error.detail if error else None
    )


def _second(entered: Entered, error: ParleyError | None = None) -> str:
    masked = _masked(entered)
    return render_template(
        "studio/from_call_names.html",
        step=2,
        entered=entered,
        masked=masked,
        rows=_rows(entered, masked),
        speakers=_speakers(entered, masked),
        choices=(*(s.value for s in (Speaker.CLIENT, Speaker.COLLECTOR)), NOBODY),
        guesses=set(masked["unclear"]),
        problem=error.detail if error else None,
    )


def _third(entered: Entered, error: ParleyError | None = None) -> str:
    masked = _masked(entered)
    turns = _kept_turns(entered, masked)
    located: dict[str, Any] | None = None
    try:
        located = services().from_calls.located(viewer(), turns=turns)
    except UnavailableError as deaf:
        error = error or deaf
    becomes: dict[int, list[str]] = {}
    for row in located["becomes"] if located else ():
        becomes.setdefault(row["turn"], []).append(row["part"])
    return render_template(
        "studio/from_call_points.html",
        step=3,
        entered=entered,
        rows=_rows(entered, masked),
        speakers=_speakers(entered, masked),
        turns=turns,
        located=located,
        becomes=becomes,
        longest_title=LONGEST_TITLE,
        longest_slug=_LONGEST_SLUG,
        field=error.field if error else None,
        problem=(text("from_call.deaf") if located is None else error.detail) if error else None,
    )


def _again(entered: Entered, error: ParleyError, third: bool = False) -> tuple[str, int]:
    """The step that was left, with what is wrong; the first one when not even the call can be read."""
    status = problem_of(error).status
    for step in (_third, _second) if third else (_second,):
        try:
            return step(entered, error), status
        except _SAID_HERE:
            continue
    return _first(entered, error), status


def _given(raw: Entered) -> Entered:
    """The call of the first step: pasted, in a file, or one of ours."""
    file = request.files.get("file")
    has_file = file is not None and bool(file.filename)
    count = sum((bool(raw.given.strip()), bool(raw.call_id), has_file))
    if count != 1:
        raise InvalidInputError(text("from_call.two" if count else "from_call.nothing"))
    if not has_file or file is None:
        return raw
    content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise TooLargeError(text("from_call.too_large"), field="file")
    words = decoded(content)
    if words is None:
        raise InvalidInputError(text("from_call.not_text"), field="file")
    return Entered(given=words)


def _masked(entered: Entered) -> dict[str, Any]:
    made = entered.replacements
    wanted = None if made is None else [row for row in made if row["made"] and row["was"].strip()]
    found: dict[str, Any] = services().from_calls.disguised(
        viewer(), **entered.source, replacements=wanted
    )
    return found


def _rows(entered: Entered, masked: dict[str, Any]) -> list[dict[str, Any]]:
    """The table of replacements: those that are made with their count, and those that were taken back."""
    counts = {row["was"].casefold(): row for row in masked["replacements"]}
    if entered.replacements is None:
        return [{**row, "made": "yes"} for row in masked["replacements"]]
    return [
        {
            **row,
            "kind": "added" if row["kind"] == "new" else row["kind"],
            "count": counts.get(row["was"].strip().casefold(), {}).get("count", 0),
        }
        for row in entered.replacements
        if row["was"].strip()
    ]


def _speakers(entered: Entered, masked: dict[str, Any]) -> list[str]:
    """Who speaks in each turn, as decided or as read."""
    turns = masked["turns"]
    if len(entered.speakers) == len(turns):
        return list(entered.speakers)
    return [turn["speaker"] for turn in turns]


def _kept_turns(entered: Entered, masked: dict[str, Any]) -> list[dict[str, str]]:
    pairs = zip(masked["turns"], _speakers(entered, masked), strict=True)
    return [{"speaker": who, "text": turn["text"]} for turn, who in pairs if who != NOBODY]
