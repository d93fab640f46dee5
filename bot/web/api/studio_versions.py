"""The studio: versions of documents, what changed between them, export and import."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, make_response, url_for
from flask_smorest import Blueprint

from bot.core.errors import NotFoundError
from bot.core.studio.kinds import DocumentName
from bot.services.studio_rules import LARGEST_IMPORT, READERS, kind_of
from bot.web.access import only_for, takes_up_to
from bot.web.api.describe import operation
from bot.web.api.studio_requests import DifferenceWanted, ExportWanted, ImportedFile
from bot.web.api.studio_schemas import (
    DifferenceSchema,
    DraftSchema,
    ImportSchema,
    VersionListSchema,
    VersionTextSchema,
)
from bot.web.configuration import services
from bot.web.errors import API_PREFIX
from bot.web.identity import viewer

blueprint = Blueprint(
    "authoring_versions",
    __name__,
    url_prefix=f"{API_PREFIX}/studio",
    description="What was in service, and documents as files; for trainers and administrators.",
)

_OF_DOCUMENT = "/documents/<id:kind>/<id:slug>"


@blueprint.route(f"{_OF_DOCUMENT}/versions")
@blueprint.response(200, VersionListSchema)
@operation(blueprint, "listVersions", 404, 422)
@only_for(*READERS)
def list_versions(kind: str, slug: str) -> Response:
    """List the versions of a document, the newest first"""
    return jsonify(versions=services().studio.versions(viewer(), _named(kind, slug)))


@blueprint.route(f"{_OF_DOCUMENT}/versions/<id:number>")
@blueprint.response(200, VersionTextSchema)
@operation(blueprint, "readVersion", 404, 422)
@only_for(*READERS)
def read_version(kind: str, slug: str, number: str) -> Response:
    """Read a version with its text"""
    name = _named(kind, slug)
    return jsonify(services().studio.version(viewer(), name, _number(number)))


@blueprint.route(f"{_OF_DOCUMENT}/versions/<id:number>/draft", methods=["POST"])
@blueprint.response(201, DraftSchema)
@operation(blueprint, "draftOfVersion", 404, 409, has_body=True)
@only_for(*READERS)
def draft_of_version(kind: str, slug: str, number: str) -> tuple[Response, int, dict[str, str]]:
    """Make a version the document's draft; what stood there is kept among its revisions"""
    name = _named(kind, slug)
    draft = services().studio.draft_of_version(viewer(), name, _number(number))
    address = url_for("authoring_drafts.read_draft", draft_id=draft["id"])
    return jsonify(draft), 201, {"Location": address}


@blueprint.route(f"{_OF_DOCUMENT}/difference")
@blueprint.arguments(DifferenceWanted, location="query")
@blueprint.response(200, DifferenceSchema)
@operation(blueprint, "compareVersions", 404, 422)
@only_for(*READERS)
def compare_versions(query: dict[str, Any], kind: str, slug: str) -> Response:
    """See what changed from one version to another, or to the draft, line by line"""
    name = _named(kind, slug)
    return jsonify(services().studio.difference(viewer(), name, query["old"], query["new"]))


@blueprint.route("/export")
@blueprint.arguments(ExportWanted, location="query")
@blueprint.response(
    200,
    {"type": "string", "format": "binary"},
    content_type="application/octet-stream",
    description="YAML (`application/yaml`) or a pack (`application/zip`).",
)
@operation(blueprint, "exportDocuments", 404, 422)
@only_for(*READERS)
def export_documents(query: dict[str, Any]) -> Response:
    """Export one document as YAML, or several as a pack; the same texts give the same bytes"""
    exported = services().studio.export(viewer(), query["name"])
    response = make_response(exported.content)
    response.mimetype = exported.media_type
    response.headers.set("Content-Disposition", "attachment", filename=exported.file_name)
    return response


@blueprint.route("/import", methods=["POST"])
@takes_up_to(LARGEST_IMPORT + 100_000, files=True)
@blueprint.arguments(ImportedFile, location="files")
@blueprint.response(201, ImportSchema)
@operation(blueprint, "importDocuments", 404, 409, has_body=True)
@only_for(*READERS)
def import_documents(files: dict[str, Any]) -> tuple[Response, int]:
    """Make drafts of a YAML document or a pack; with one fault anywhere nothing changes"""
    file = files["file"]
    made = services().studio.import_(viewer(), file.filename or "", file.stream.read())
    return jsonify(made), 201


def _named(kind: str, slug: str) -> DocumentName:
    return DocumentName(kind_of(kind), slug)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise NotFoundError(f"There is no version “{text[:20]}”.")
    return int(text)
