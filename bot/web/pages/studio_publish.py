"""Publishing: which drafts go in service together, what becomes of them, and the way back."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.core.coaching.advice import Role
from bot.core.errors import (
    ConflictError,
    ContentError,
    InvalidInputError,
    NotFoundError,
    ParleyError,
)
from bot.services.publish_wish import LEAST_REASON, MAX_NOTE_CHARACTERS
from bot.services.studio_ports import DraftConflictError
from bot.services.studio_rules import READERS
from bot.web.access import only_for
from bot.web.api.fields import without_controls
from bot.web.comparisons import comparison_of, names_in_words, refusals_of
from bot.web.configuration import services
from bot.web.errors import problem_of
from bot.web.identity import viewer
from bot.web.publications import (
    STEPS,
    announcement,
    duration,
    is_under_way,
    steps_of,
    times_of,
)
from bot.web.strings import text

blueprint = Blueprint("studio_publish", __name__, url_prefix="/studio/publications")


@blueprint.get("")
@only_for(*READERS)
def show_all() -> str:
    """Show what was published, the newest first."""
    return render_template(
        "studio_publish/list.html", publications=services().publishing.all(viewer())
    )


@blueprint.get("/new")
@only_for(*READERS)
def prepare() -> str:
    """Show which drafts can go in service, and what will happen."""
    return _form(set(request.args.getlist("draft")))


@blueprint.post("")
@only_for(*READERS)
def publish() -> Response | tuple[str, int]:
    """Ask for a publication; what was entered stays when something stands against it."""
    drafts = [draft for given in request.form.getlist("draft") if (draft := _draft(given))]
    note = " ".join(without_controls(request.form.get("note", "")).split())
    try:
        _check_wish(drafts, note)
        asked = services().publishing.request(viewer(), drafts, note)
    except (ConflictError, InvalidInputError) as error:
        return _form({draft_id for draft_id, _ in drafts}, error), problem_of(error).status
    return redirect(url_for(".show", publication_id=asked["id"]), code=303)


@blueprint.get("/<id:publication_id>")
@only_for(*READERS)
def show(publication_id: str) -> str:
    """Show how far a publication is, or what became of it."""
    return _page(publication_id)


@blueprint.post("/<id:publication_id>/cancellation")
@only_for(*READERS)
def cancel(publication_id: str) -> Response:
    """Call off what has not begun."""
    try:
        services().publishing.cancel(viewer(), publication_id)
        flash(text("publication.cancelled"))
    except ConflictError as error:
        flash(error.detail)
    return redirect(url_for(".show", publication_id=publication_id), code=303)


@blueprint.post("/<id:publication_id>/override")
@only_for(Role.ADMIN)
def override(publication_id: str) -> Response | tuple[str, int]:
    """Publish once more what was refused, for a reason that an administrator gives."""
    reason = without_controls(request.form.get("reason", "")).strip()
    refused = services().publishing.get(viewer(), publication_id)
    try:
        asked = services().publishing.request(
            viewer(), _drafts_of(refused), refused["note"], override_reason=reason
        )
    except DraftConflictError as error:
        moved = text("publication.override_moved", title=_title(error, refused["documents"]))
        return _page(publication_id, moved, reason), problem_of(error).status
    except (ConflictError, InvalidInputError) as error:
        return _page(publication_id, error.detail, reason), problem_of(error).status
    return redirect(url_for(".show", publication_id=asked["id"]), code=303)


@blueprint.get("/<id:publication_id>/roll-back")
@only_for(*READERS)
def confirm_roll_back(publication_id: str) -> str:
    """Show what a roll-back brings back, before it is done."""
    publication = services().publishing.get(viewer(), publication_id)
    return render_template(
        "studio_publish/roll_back.html",
        publication=publication,
        documents=_documents_of(publication),
    )


@blueprint.post("/<id:publication_id>/roll-back")
@only_for(*READERS)
def roll_back(publication_id: str) -> Response:
    """Take the newest publication out of service."""
    try:
        done = services().publishing.roll_back(viewer(), publication_id)
        flash(text("rollback.asked" if is_under_way(done) else "rollback.done"))
    except ConflictError as error:
        flash(error.detail)
    return redirect(url_for(".show", publication_id=publication_id), code=303)


def _draft(given: str) -> tuple[str, int] | None:
    """A draft with the revision that was looked at, as the box holds it."""
    draft_id, _, revision = given.rpartition("@")
    if not draft_id or not revision.isdecimal() or len(revision) > 9:
        return None
    return draft_id, int(revision)


def _check_wish(drafts: list[tuple[str, int]], note: str) -> None:
    if not drafts:
        raise InvalidInputError(text("publish.nothing_chosen"), field="draft")
    if not note:
        raise InvalidInputError(text("publish.note_missing"), field="note")
    if len(note) > MAX_NOTE_CHARACTERS:
        raise InvalidInputError(text("publish.note_long", most=MAX_NOTE_CHARACTERS), field="note")


def _form(chosen: set[str], error: ParleyError | None = None) -> str:
    who, studio = viewer(), services().studio
    drafts = [one for one in studio.documents(who) if one["draft_id"] and one["may_edit"]]
    ready = [
        {**one, "revision": studio.read(who, one["draft_id"])["revision"]}
        for one in drafts
        if not one["faults"]
    ]
    return render_template(
        "studio_publish/new.html",
        ready=ready,
        faulty=[one for one in drafts if one["faults"]],
        # Who comes without a choice and has but one draft means that one.
        chosen=chosen
        or ({ready[0]["draft_id"]} if len(ready) == 1 and not request.form else set()),
        steps=STEPS,
        most=MAX_NOTE_CHARACTERS,
        note=request.form.get("note", ""),
        problem=_said(error, drafts),
        field=error.field if error else None,
        faults=error.faults if isinstance(error, ContentError) else (),
    )


def _said(error: ParleyError | None, documents: list[dict[str, Any]]) -> str | None:
    if isinstance(error, ContentError):
        return text("publish.refused_faults")
    if isinstance(error, DraftConflictError):
        name = _full_name(error.current.edited_by)
        return text("publish.moved", title=_title(error, documents), name=name)
    return error.detail if error else None


def _full_name(user_id: str) -> str:
    user = services().people.user(user_id)
    return user.full_name if user else text("publish.somebody")


def _title(error: DraftConflictError, documents: list[dict[str, Any]]) -> str:
    name = error.current.name
    titles = {one["name"]: one["title"] for one in documents}
    return titles.get(str(name)) or name.slug


def _page(publication_id: str, problem: str | None = None, reason: str = "") -> str:
    publication = services().publishing.get(viewer(), publication_id)
    report = publication["report"]
    return render_template(
        "studio_publish/show.html",
        publication=publication,
        report=report or {},
        is_over=not is_under_way(publication),
        steps=steps_of(publication),
        announcement=announcement(publication),
        time=duration(publication["seconds"]),
        documents=_documents_of(publication),
        tables=comparison_of(report),
        refusals=refusals_of(report),
        problem=problem,
        reason=reason,
        least=LEAST_REASON,
        longest=MAX_NOTE_CHARACTERS,
        times=times_of(report),
        in_words=names_in_words,
    )


def _documents_of(publication: dict[str, Any]) -> list[dict[str, Any]]:
    """The documents of a publication, each with the version that it became, if it did."""
    return [
        {**one, "number": _version_of(one["name"], publication["id"])}
        for one in publication["documents"]
    ]


def _version_of(name: str, publication_id: str) -> int | None:
    try:
        versions = services().studio.versions(viewer(), name)
    except NotFoundError:
        return None
    # A roll-back is a version of the same publication, and a later one.
    numbers = [one["number"] for one in versions if one["publication_id"] == publication_id]
    return min(numbers, default=None)


def _drafts_of(publication: dict[str, Any]) -> list[tuple[str, int]]:
    """The drafts that a refused publication was made of, as they were compared."""
    return [(one["draft_id"], one["revision"]) for one in publication["documents"]]
