"""Corrections: read what was misheard, add it to the training lines, or dismiss it."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify
from flask_smorest import Blueprint

from bot.services.corrections import Edits, line_document, proposal_document
from bot.web.api.correction_schemas import (
    Acceptance,
    AcceptedSchema,
    CorrectionListSchema,
    Dismissal,
)
from bot.web.api.describe import operation
from bot.web.configuration import services
from bot.web.errors import API_PREFIX
from bot.web.identity import viewer

blueprint = Blueprint(
    "corrections",
    __name__,
    url_prefix=f"{API_PREFIX}/corrections",
    description="What collectors say was misheard; for trainers and administrators.",
)


@blueprint.route("")
@blueprint.response(200, CorrectionListSchema)
@operation(blueprint, "listCorrections")
def list_corrections() -> Response:
    """List the corrections that wait, the newest first, each with the line it could become"""
    found = services().corrections.open(viewer())
    return jsonify(corrections=[proposal_document(proposal) for proposal in found])


@blueprint.route("/<id:correction_id>/acceptance", methods=["POST"])
@blueprint.arguments(Acceptance)
@blueprint.response(201, AcceptedSchema)
@operation(blueprint, "acceptCorrection", 404, 409, has_body=True)
def accept_correction(body: dict[str, Any], correction_id: str) -> tuple[Response, int]:
    """Add a correction to the training lines; what is left out is as proposed

    The line is used after the next training. A correction is decided on once: the second answer is `409`.
    """
    labels = body["labels"]
    edits = Edits(
        text=body["text"],
        labels=None if labels is None else tuple(labels),
        heat=body["heat"],
        style=body["style"],
    )
    accepted = services().corrections.accept(correction_id, viewer(), edits)
    return jsonify(line_document(accepted)), 201


@blueprint.route("/<id:correction_id>/dismissal", methods=["POST"])
@blueprint.arguments(Dismissal)
@blueprint.response(204)
@operation(blueprint, "dismissCorrection", 404, 409, has_body=True)
def dismiss_correction(body: dict[str, Any], correction_id: str) -> tuple[str, int]:
    """Dismiss a correction with a reason"""
    services().corrections.dismiss(correction_id, viewer(), body["reason"])
    return "", 204
