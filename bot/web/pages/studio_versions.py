"""The versions of a document: who put what in service, what changed, and the way to bring one back."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.core.errors import InvalidInputError, NotFoundError
from bot.core.studio.kinds import DocumentName
from bot.services.studio_documents import named
from bot.services.studio_rules import READERS
from bot.services.studio_versions import DRAFT
from bot.web.access import only_for
from bot.web.configuration import services
from bot.web.differences import difference_of
from bot.web.identity import viewer
from bot.web.strings import text

blueprint = Blueprint(
    "studio_versions", __name__, url_prefix="/studio/<kind:kind>/<id:slug>/versions"
)


@blueprint.get("")
@only_for(*READERS)
def show(kind: str, slug: str) -> str:
    """Show every version, the newest first."""
    document = _document(kind, slug)
    versions = services().studio.versions(viewer(), document["name"])
    numbers = {one["number"] for one in versions}
    return render_template(
        "studio_versions/list.html",
        document=document,
        versions=[{**one, "has_before": one["number"] - 1 in numbers} for one in versions],
        choices=_choices(document, versions),
    )


@blueprint.get("/difference")
@only_for(*READERS)
def difference(kind: str, slug: str) -> str:
    """Show what differs between two versions, or between one and the draft."""
    document = _document(kind, slug)
    old, new = _side("old"), _side("new")
    found = services().studio.difference(viewer(), document["name"], old, new)
    versions = services().studio.versions(viewer(), document["name"])
    return render_template(
        "studio_versions/difference.html",
        document=document,
        old=old,
        new=new,
        difference=difference_of(found["lines"]),
        choices=_choices(document, versions),
    )


@blueprint.post("/<int:number>/draft")
@only_for(*READERS)
def restore(kind: str, slug: str, number: int) -> Response:
    """Make a draft with the text of a version, and go to it."""
    name = _name(kind, slug)
    services().studio.draft_of_version(viewer(), str(name), number)
    flash(text("versions.restored", number=number))
    return redirect(url_for("studio.edit", kind=name.kind.value, slug=name.slug), code=303)


def _name(kind: str, slug: str) -> DocumentName:
    try:
        return DocumentName.parse(f"{kind}:{slug}")
    except InvalidInputError:
        # An address that names no document is an address with nothing at it.
        raise NotFoundError(text("error.not-found")) from None


def _document(kind: str, slug: str) -> dict[str, Any]:
    name = _name(kind, slug)
    for one in services().studio.documents(viewer(), name.kind):
        if one["slug"] == name.slug:
            return dict(one)
    # A document that was rolled back has neither file nor draft; its versions can still be looked at and taken up.
    who = viewer()
    if not services().studio.versions(who, name):
        raise NotFoundError(text("error.not-found"))
    may_edit = who.role in name.kind.editors
    return {**named(name), "title": "", "draft_id": None, "may_edit": may_edit}


def _side(which: str) -> int | str:
    given = request.args.get(which, "")
    if given == DRAFT:
        return DRAFT
    if given.isdecimal() and len(given) < 7:
        return int(given)
    raise InvalidInputError(text("versions.wrong"), field=which)


def _choices(document: dict[str, Any], versions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What can be compared: the draft when there is one, and every version."""
    drafts = [{"value": DRAFT, "words": text("versions.draft")}] if document["draft_id"] else []
    return drafts + [{"value": str(one["number"]), "words": _words(one)} for one in versions]


def _words(version: dict[str, Any]) -> str:
    if version["is_in_service"]:
        return text("versions.option_in_service", number=version["number"])
    return text("difference.version", number=version["number"])
