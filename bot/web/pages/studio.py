"""The studio's list, a new document, and the editor of one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from bot.core.errors import (
    ConflictError,
    ContentError,
    Fault,
    InvalidInputError,
    ParleyError,
    TooLargeError,
)
from bot.core.labels import CLIENT_LABELS
from bot.core.studio.kinds import DocumentKind, DocumentName
from bot.services.studio_ports import DraftConflictError
from bot.services.studio_rules import LARGEST_IMPORT, LONGEST_TITLE, READERS, may_edit
from bot.web.access import only_for, takes_up_to
from bot.web.api.fields import without_controls
from bot.web.configuration import services
from bot.web.errors import problem_of
from bot.web.identity import viewer
from bot.web.strings import CATALOGUE, counted, text

blueprint = Blueprint("studio", __name__, url_prefix="/studio")

#: What a list can be narrowed to; `faults` are drafts in which something is to be put right.
STATES = ("draft", "new", "faults", "published", "shipped")
#: The tabs beside the form of each kind; what fills them is in the modules of the same name.
TABS = {
    DocumentKind.SCENARIO: ("checks", "try", "plays", "lines"),
    DocumentKind.PERSONA: ("checks", "try", "plays", "lines"),
    DocumentKind.PLAYBOOK: ("checks", "try"),
    DocumentKind.HOUSE: ("checks", "try"),
    DocumentKind.LAW: ("checks", "try"),
}
_DOCUMENT = "/<kind:kind>/<id:slug>"
#: The fields of a scenario that name other documents.
_NAMED_DOCUMENTS = {"persona": DocumentKind.PERSONA, "next": DocumentKind.SCENARIO}
_OPEN_KINDS = tuple(kind for kind in DocumentKind if kind.is_open)
_LONGEST_SLUG = 64
#: A form has some kilobytes around the file that it carries.
_AROUND_A_FILE = 100_000


@blueprint.get("")
@only_for(*READERS)
def show() -> str:
    """Show every document that fits what was asked for."""
    asked = {name: request.args.get(name, "") for name in ("kind", "state", "label")}
    query = without_controls(request.args.get("q", ""))[:100].strip()
    documents = services().studio.documents(viewer())
    shown = [one for one in documents if _fits(one, query.lower(), **asked)]
    return render_template(
        "studio/list.html",
        groups=[(kind, [d for d in shown if d["kind"] == kind]) for kind in DocumentKind],
        count=len(shown),
        asked=asked,
        query=query,
        is_filtered=bool(query or any(asked.values())),
        kinds=tuple(DocumentKind),
        states=STATES,
        labels=CLIENT_LABELS,
        dots=coverage_dots,
    )


@blueprint.get("/new")
@only_for(*READERS)
def begin() -> str:
    """Show how a document can begin: blank, as a copy, from a call, or from a file."""
    kind = request.args.get("kind", DocumentKind.SCENARIO.value)
    return _new_page({"kind": kind, "copy_of": request.args.get("copy_of", "")})


@blueprint.post("/new")
@only_for(*READERS)
def add() -> Response | tuple[str, int]:
    """Begin a document; what was entered stays when something is wrong with it."""
    names = ("kind", "title", "slug", "copy_of")
    entered = {name: without_controls(request.form.get(name, "")).strip() for name in names}
    try:
        if not entered["title"]:
            raise InvalidInputError(text("studio.new_title_missing"), field="title")
        begun = services().studio.create(
            viewer(),
            entered["kind"],
            entered["slug"],
            title=entered["title"],
            copy_of=entered["copy_of"] or None,
        )
    except (ConflictError, InvalidInputError) as error:
        return _new_page(entered, error), problem_of(error).status
    return redirect(url_for(".edit", kind=begun["kind"], slug=begun["slug"]), code=303)


@blueprint.post("/import")
@only_for(*READERS)
@takes_up_to(LARGEST_IMPORT + _AROUND_A_FILE, files=True)
def take_in() -> Response | tuple[str, int]:
    """Make drafts of the documents in a file, all of them or none."""
    file = request.files.get("file")
    try:
        if file is None or not file.filename:
            raise InvalidInputError(text("studio.import_missing"), field="file")
        taken = services().studio.import_(viewer(), file.filename, file.read())
    except (ConflictError, ContentError, InvalidInputError, TooLargeError) as error:
        return _new_page({"kind": "scenario"}, error, is_import=True), problem_of(error).status
    drafts, same = taken["drafts"], len(taken["unchanged"])
    left = f" {counted('studio.import_unchanged', same)}" if same else ""
    flash(counted("studio.imported", len(drafts)) + left)
    if len(drafts) == 1:
        [draft] = drafts
        return redirect(url_for(".edit", kind=draft["kind"], slug=draft["slug"]), code=303)
    return redirect(url_for(".show"), code=303)


@blueprint.get(_DOCUMENT)
@only_for(*READERS)
def edit(kind: str, slug: str) -> str:
    """Show the editor on the document's draft; who may not change it reads what is in service."""
    who, name = viewer(), DocumentName(DocumentKind(kind), slug)
    is_editor = may_edit(who, name.kind)
    draft = services().studio.open(who, name) if is_editor else _in_service(name)
    return render_template(
        "studio/editor.html",
        draft=draft,
        version=draft["base_version" if is_editor else "number"],
        form=_with_names(services().studio.form(who, name.kind, slug)),
        may_edit=is_editor,
        tabs=TABS[name.kind],
        strings=_for_scripts(),
    )


@blueprint.get(f"{_DOCUMENT}/discard")
@only_for(*READERS)
def confirm_discard(kind: str, slug: str) -> str | Response:
    """Ask whether the draft is to go, and say what stays."""
    listed = _listed(DocumentName(DocumentKind(kind), slug))
    return redirect(url_for(".show")) if listed is None else _question(listed)


@blueprint.post(f"{_DOCUMENT}/discard")
@only_for(*READERS)
def discard(kind: str, slug: str) -> Response | tuple[str, int]:
    """Throw the draft away unless it was saved since the question; what is in service stays as it is."""
    listed = _listed(DocumentName(DocumentKind(kind), slug))
    if listed is not None:
        revision = request.form.get("revision", type=int)
        try:
            services().studio.discard(viewer(), listed["draft_id"], revision)
        except DraftConflictError as error:
            moved = text("studio.discard_moved", name=error.edited_by)
            return _question(listed, moved), problem_of(error).status
        flash(text("studio.discarded", title=listed["title"]))
    return redirect(url_for(".show"), code=303)


def coverage_dots(counts: Iterable[int]) -> list[str]:
    """A word for each heat: `full` from three lines on, `some`, or `none`."""
    return ["none" if count == 0 else "some" if count < 3 else "full" for count in counts]


def _fits(document: dict[str, Any], query: str, kind: str, state: str, label: str) -> bool:
    if kind and document["kind"] != kind:
        return False
    if state == "faults" and not document["faults"]:
        return False
    if state not in ("", "faults") and document["state"] != state:
        return False
    own = document["slug"] if document["kind"] == DocumentKind.PLAYBOOK else document["objection"]
    if label and own != label:
        return False
    words = f"{document['title']} {document['slug']} {(own or '').replace('_', ' ')}".lower()
    return all(part in words for part in query.split())


def _question(listed: dict[str, Any], problem: str | None = None) -> str:
    draft = services().studio.read(viewer(), listed["draft_id"])
    return render_template(
        "studio/discard.html", document=listed, revision=draft["revision"], problem=problem
    )


def _new_page(
    entered: dict[str, str], error: ParleyError | None = None, *, is_import: bool = False
) -> str:
    open_kinds = [kind for kind in _OPEN_KINDS if may_edit(viewer(), kind)]
    documents = services().studio.documents(viewer())
    faults: tuple[Fault, ...] = error.faults if isinstance(error, ContentError) else ()
    name = f"{entered.get('kind')}:{entered.get('slug')}"
    return render_template(
        "studio/new.html",
        there=next((one for one in documents if error and one["name"] == name), None),
        entered=entered,
        kinds=open_kinds,
        sources=[one for one in documents if one["kind"] in open_kinds],
        problem=error.detail if error else None,
        field=getattr(error, "field", None),
        faults=faults,
        is_import=is_import,
        longest_title=LONGEST_TITLE,
        longest_slug=_LONGEST_SLUG,
    )


def _with_names(form: dict[str, Any]) -> dict[str, Any]:
    """The form with choices where a field names another document."""
    if form["kind"] != DocumentKind.SCENARIO:
        return form
    documents = services().studio.documents(viewer())
    for section in form["sections"]:
        for field in section["fields"]:
            kind = _NAMED_DOCUMENTS.get(field["path"])
            if kind:
                several = field["type"] == "list"
                field["type"] = "choices" if several else "choice"
                field["choices"] = [
                    {"value": one["slug"], "label": one["title"]}
                    for one in documents
                    if one["kind"] == kind
                ]
    return form


def _in_service(name: DocumentName) -> dict[str, Any]:
    """What is in service, in the shape of a draft that nobody saves."""
    stored = services().studio.in_service(viewer(), name)
    checked = services().studio.check(viewer(), name, text=stored["text"])
    return {**stored, **checked, "id": "", "revision": 0}


def _listed(name: DocumentName) -> dict[str, Any] | None:
    """The document as the list has it, when it has a draft."""
    for one in services().studio.documents(viewer(), name.kind):
        if one["name"] == str(name) and one["draft_id"]:
            return one
    return None


def _for_scripts() -> dict[str, str]:
    """The sentences that the scripts of the editor say, by the ends of their keys."""
    own = {key: said for key, said in CATALOGUE.items() if key.startswith(("studio.", "heat."))}
    return {key.removeprefix("studio."): said for key, said in own.items()}
