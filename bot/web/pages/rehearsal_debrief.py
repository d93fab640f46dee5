"""The debrief: the score with its reasons, the curves, what to keep and to try; downloads, sharing, deleting."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, flash, json, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from bot.core.errors import ConflictError, InvalidInputError, NotFoundError
from bot.core.labels import Speaker, labels_of
from bot.web.configuration import services
from bot.web.debrief_pdf import debrief_as_pdf
from bot.web.debriefs import DebriefPage, debrief_page
from bot.web.errors import problem_of
from bot.web.identity import viewer
from bot.web.strings import text

blueprint = Blueprint("rehearsal_debrief", __name__, url_prefix="/rehearse/<id:rehearsal_id>")


@dataclass(frozen=True)
class Refused:
    """What was ticked for a turn, and what is wrong with it."""

    turn_id: str
    labels: tuple[str, ...]
    problem: str


@blueprint.get("/debrief")
def show(rehearsal_id: str) -> str | AnyResponse:
    """Show the debrief of one try; one that is not finished leads back to the call."""
    view, result = _finished(rehearsal_id)
    if result is None:
        if not view["own"]:
            raise NotFoundError(text("error.not-found"))
        return redirect(url_for("rehearsal_call.show", rehearsal_id=rehearsal_id))
    return _shown(view, result)


@blueprint.get("/debrief.json")
def as_json(rehearsal_id: str) -> Response:
    """The rehearsal with its verdict, as a file for a program."""
    view, result = _finished(rehearsal_id)
    document = json.dumps({**view, "result": _there(result)}, indent=2)
    return _download(document.encode(), "application/json", rehearsal_id, "json")


@blueprint.get("/debrief.pdf")
def as_pdf(rehearsal_id: str) -> Response:
    """The debrief as a file to read or print."""
    view, result = _finished(rehearsal_id)
    pages = debrief_as_pdf(_page(view, _there(result)))
    return _download(pages, "application/pdf", rehearsal_id, "pdf")


@blueprint.post("/turns/<id:turn_id>/misheard")
def misheard(rehearsal_id: str, turn_id: str) -> AnyResponse | tuple[str, int]:
    """Tell trainers what a turn should have been heard as; what was ticked stays when it is refused."""
    labels = tuple(request.form.getlist("labels"))
    try:
        is_new = services().rehearsal_feedback.send(rehearsal_id, turn_id, viewer(), labels)
    except InvalidInputError as error:
        view, result = _finished(rehearsal_id)
        refused = Refused(turn_id, labels, error.detail)
        return _shown(view, _there(result), refused), problem_of(error).status
    flash(text("debrief.hearing.sent" if is_new else "debrief.hearing.known"))
    branch = request.args.get("branch") or None
    return redirect(url_for(".show", rehearsal_id=rehearsal_id, branch=branch), code=303)


@blueprint.post("/sharing")
def share(rehearsal_id: str) -> AnyResponse:
    """Let trainers read it, or no longer."""
    shared = request.form.get("shared") == "yes"
    services().rehearsals.share(rehearsal_id, viewer(), shared)
    flash(text("debrief.now_shared" if shared else "debrief.now_private"))
    return redirect(url_for(".show", rehearsal_id=rehearsal_id), code=303)


@blueprint.post("/deletion")
def delete(rehearsal_id: str) -> AnyResponse:
    """Delete it with every try."""
    services().rehearsals.delete(rehearsal_id, viewer())
    flash(text("debrief.deleted"))
    return redirect(url_for("rehearse.show"), code=303)


def _finished(rehearsal_id: str) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """The rehearsal on the asked-for try, and the verdict on it if there is one."""
    who, rehearsals = viewer(), services().rehearsals
    branch = request.args.get("branch") or None
    view = rehearsals.view(rehearsal_id, who, branch)
    try:
        return view, view["result"] or rehearsals.result(rehearsal_id, who, view["showing"])
    except ConflictError:
        return view, None


def _shown(view: dict[str, Any], result: dict[str, Any], refused: Refused | None = None) -> str:
    feedback = services().rehearsal_feedback
    return render_template(
        "rehearsal_debrief/show.html",
        **vars(_page(view, result)),
        sent=feedback.sent(view["id"], viewer()) if view["own"] else {},
        moves=labels_of(Speaker.COLLECTOR),
        refused=refused,
    )


def _there(result: dict[str, Any] | None) -> dict[str, Any]:
    if result is None:
        raise NotFoundError(text("error.not-found"))
    return result


def _page(view: dict[str, Any], result: dict[str, Any]) -> DebriefPage:
    titles = {one["id"]: one["title"] for one in services().scenarios.all(viewer())}
    return debrief_page(view, result, titles, request.args.get("with"))


def _download(content: bytes, kind: str, rehearsal_id: str, ending: str) -> Response:
    response = Response(content, mimetype=kind)
    safe = "".join(c for c in rehearsal_id if c.isascii() and (c.isalnum() or c in "_-"))
    response.headers["Content-Disposition"] = f'attachment; filename="parley-{safe}.{ending}"'
    return response
