"""The studio: documents, drafts, checks and forms."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, url_for
from flask_smorest import Blueprint

from bot.services.studio_rules import READERS
from bot.web.access import only_for, takes_up_to
from bot.web.api.describe import operation
from bot.web.api.studio_requests import (
    CheckWanted,
    DiscardWanted,
    DocumentsWanted,
    FormWanted,
    NewDraft,
    Restoration,
    SavedDraft,
)
from bot.web.api.studio_schemas import (
    CheckedSchema,
    DocumentListSchema,
    DraftSchema,
    FormSchema,
    RevisionListSchema,
)
from bot.web.configuration import services
from bot.web.errors import API_PREFIX
from bot.web.identity import viewer

#: A document of 1 MB, with what JSON adds to it.
WHOLE_DOCUMENT = 3_000_000

blueprint = Blueprint(
    "authoring_drafts",
    __name__,
    url_prefix=f"{API_PREFIX}/studio",
    description="Scenarios, personas, playbook, house rules and law as drafts; for trainers and administrators.",
)


@blueprint.route("/documents")
@blueprint.arguments(DocumentsWanted, location="query")
@blueprint.response(200, DocumentListSchema)
@operation(blueprint, "listDocuments", 422)
@only_for(*READERS)
def list_documents(query: dict[str, Any]) -> Response:
    """List every document with its state: shipped, published, with a draft, or new"""
    return jsonify(documents=services().studio.documents(viewer(), query["kind"]))


@blueprint.route("/forms/<id:kind>")
@blueprint.arguments(FormWanted, location="query")
@blueprint.response(200, FormSchema)
@operation(blueprint, "readForm", 404, 422)
@only_for(*READERS)
def read_form(query: dict[str, Any], kind: str) -> Response:
    """Read the sections and fields of a kind's form"""
    return jsonify(services().studio.form(viewer(), kind, query["slug"]))


@blueprint.route("/drafts", methods=["POST"])
@takes_up_to(WHOLE_DOCUMENT)
@blueprint.arguments(NewDraft)
@blueprint.response(201, DraftSchema)
@operation(blueprint, "addDraft", 404, 409, has_body=True)
@only_for(*READERS)
def add_draft(body: dict[str, Any]) -> tuple[Response, int, dict[str, str]]:
    """Begin a document that is not there yet, or open the draft of one that is

    With `open` it is the document's draft, made from its file when there is none. With `kind` and `slug` it is a new
    document: blank, a copy (`copy_of`) or from a `text`; one that exists already is `409`.
    """
    return added(body)


def added(body: dict[str, Any]) -> tuple[Response, int, dict[str, str]]:
    """The answer to a wish for a draft."""
    wanted = dict(body)
    known = wanted.pop("open", None)
    if known is not None:
        draft = services().studio.open(viewer(), known)
    else:
        kind, slug = wanted.pop("kind"), wanted.pop("slug")
        draft = services().studio.create(viewer(), kind, slug, **wanted)
    address = url_for("authoring_drafts.read_draft", draft_id=draft["id"])
    return jsonify(draft), 201, {"Location": address}


@blueprint.route("/drafts/<id:draft_id>")
@blueprint.response(200, DraftSchema)
@operation(blueprint, "readDraft", 404)
@only_for(*READERS)
def read_draft(draft_id: str) -> Response:
    """Read a draft with its form's values and every fault"""
    return jsonify(services().studio.read(viewer(), draft_id))


@blueprint.route("/drafts/<id:draft_id>", methods=["PUT"])
@takes_up_to(WHOLE_DOCUMENT)
@blueprint.arguments(SavedDraft)
@blueprint.response(200, DraftSchema)
@operation(blueprint, "saveDraft", 404, 409, has_body=True)
@only_for(*READERS)
def save_draft(body: dict[str, Any], draft_id: str) -> Response:
    """Save a draft over the revision that you changed

    A text with faults is saved all the same. When somebody has saved meanwhile, the answer is `409` with the code
    `draft-changed` and `current`: what they saved. Nothing is overwritten.
    """
    revision = body["revision"]
    saved = services().studio.save(
        viewer(), draft_id, revision, text=body["text"], data=body["data"]
    )
    return jsonify(saved)


@blueprint.route("/drafts/<id:draft_id>", methods=["DELETE"])
@blueprint.arguments(DiscardWanted, location="query")
@blueprint.response(204)
@operation(blueprint, "discardDraft", 404, 409, 422)
@only_for(*READERS)
def discard_draft(query: dict[str, Any], draft_id: str) -> tuple[str, int]:
    """Discard a draft with its revisions; what is in service stays"""
    services().studio.discard(viewer(), draft_id, query["revision"])
    return "", 204


@blueprint.route("/drafts/<id:draft_id>/revisions")
@blueprint.response(200, RevisionListSchema)
@operation(blueprint, "listRevisions", 404)
@only_for(*READERS)
def list_revisions(draft_id: str) -> Response:
    """List the last fifty revisions of a draft, the newest first"""
    return jsonify(revisions=services().studio.revisions(viewer(), draft_id))


@blueprint.route("/drafts/<id:draft_id>/restoration", methods=["POST"])
@blueprint.arguments(Restoration)
@blueprint.response(200, DraftSchema)
@operation(blueprint, "restoreRevision", 404, 409, has_body=True)
@only_for(*READERS)
def restore_revision(body: dict[str, Any], draft_id: str) -> Response:
    """Make an earlier revision the newest one; those between are kept"""
    return jsonify(
        services().studio.restore(viewer(), draft_id, body["revision"], body["to_revision"])
    )


@blueprint.route("/checks", methods=["POST"])
@takes_up_to(WHOLE_DOCUMENT)
@blueprint.arguments(CheckWanted)
@blueprint.response(200, CheckedSchema)
@operation(blueprint, "checkDocument", 404, has_body=True)
@only_for(*READERS)
def check_document(body: dict[str, Any]) -> Response:
    """Check a text, or a form's values, as if it were that document; nothing is stored"""
    checked = services().studio.check(viewer(), body["name"], text=body["text"], data=body["data"])
    return jsonify(checked)
