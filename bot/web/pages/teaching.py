"""Corrections for a trainer: what was misheard, and the training line that may come of it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.core.corrections import STYLES
from bot.core.errors import ConflictError, InvalidInputError, ParleyError, UnavailableError
from bot.core.labels import Heat, labels_of
from bot.services.corrections import (
    MAX_REASON_CHARACTERS,
    REVIEWERS,
    SHOWN,
    Edits,
    Proposal,
)
from bot.web.access import only_for
from bot.web.api.fields import without_controls
from bot.web.configuration import services
from bot.web.errors import problem_of
from bot.web.identity import viewer
from bot.web.strings import text

blueprint = Blueprint("teaching", __name__, url_prefix="/corrections")

#: What is said beside the form; anything else has a page of its own.
_SAID_HERE = (ConflictError, InvalidInputError, UnavailableError)

#: No heat that exists: the rule for lines says what is wrong with it.
_NO_HEAT = -1


@dataclass(frozen=True)
class Form:
    """What the fields of one correction hold: what was proposed, or what was entered before a refusal."""

    text: str
    labels: tuple[str, ...]
    heat: int | None
    style: str
    reason: str = ""
    field: str = ""
    problem: str = ""


@blueprint.get("")
@only_for(*REVIEWERS)
def show() -> str:
    """Show the corrections that wait, the newest first."""
    return _page()


@blueprint.post("/<id:correction_id>/acceptance")
@only_for(*REVIEWERS)
def accept(correction_id: str) -> Response | tuple[str, int]:
    """Add the line to the training lines; what was entered stays when something is wrong with it."""
    edits = _edits()
    try:
        accepted = services().corrections.accept(correction_id, viewer(), edits)
    except _SAID_HERE as error:
        return _refused(correction_id, error, edits)
    flash(text("corrections.accepted", file=accepted.file, command="parley train"))
    return redirect(url_for(".show"), code=303)


@blueprint.post("/<id:correction_id>/dismissal")
@only_for(*REVIEWERS)
def dismiss(correction_id: str) -> Response | tuple[str, int]:
    """Lay a correction aside with a reason."""
    reason = without_controls(request.form.get("reason", ""))
    try:
        services().corrections.dismiss(correction_id, viewer(), reason)
    except _SAID_HERE as error:
        return _refused(correction_id, error, reason=reason)
    flash(text("corrections.dismissed"))
    return redirect(url_for(".show"), code=303)


def _edits() -> Edits:
    form = request.form
    heat = form.get("heat")
    return Edits(
        text=without_controls(form.get("text", "")),
        labels=tuple(form.getlist("labels")),
        heat=None if heat is None else int(heat) if heat in ("0", "1", "2", "3") else _NO_HEAT,
        style=form.get("style"),
    )


def _refused(
    correction_id: str, error: ParleyError, edits: Edits | None = None, reason: str = ""
) -> tuple[str, int]:
    return _page(correction_id, error, edits or Edits(), reason), problem_of(error).status


def _page(
    refused: str = "",
    error: ParleyError | None = None,
    edits: Edits | None = None,
    reason: str = "",
) -> str:
    proposals = services().corrections.open(viewer())
    items = []
    for proposal in proposals:
        is_refused = error is not None and proposal.correction.id == refused
        form = _entered(proposal, edits, error, reason) if is_refused else _proposed(proposal)
        items.append((proposal, form))
    is_shown = any(form.problem for _, form in items)
    return render_template(
        "teaching/show.html",
        items=items,
        problem=None if error is None or is_shown else error.detail,
        labels_of=labels_of,
        heats=tuple(Heat),
        styles=STYLES,
        shown=SHOWN,
        most=MAX_REASON_CHARACTERS,
    )


def _proposed(proposal: Proposal) -> Form:
    return Form(proposal.text, proposal.labels, proposal.heat, proposal.style)


def _entered(
    proposal: Proposal, edits: Edits | None, error: ParleyError | None, reason: str
) -> Form:
    given = edits or Edits()
    return Form(
        text=proposal.text if given.text is None else given.text,
        labels=proposal.labels if given.labels is None else given.labels,
        heat=proposal.heat if given.heat is None else given.heat,
        style=given.style or proposal.style,
        reason=reason,
        field=(error.field or "text") if error else "",
        problem=error.detail if error else "",
    )
