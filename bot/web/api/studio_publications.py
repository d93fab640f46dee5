"""The studio: put drafts in service, see how far that is, roll back; and how hard scenarios prove."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, url_for
from flask_smorest import Blueprint

from bot.services.difficulty import SEEN_BY
from bot.services.studio_rules import READERS
from bot.web.access import only_for
from bot.web.api.describe import operation
from bot.web.api.studio_requests import NewPublication
from bot.web.api.studio_trial_schemas import (
    DifficultySchema,
    PublicationListSchema,
    PublicationSchema,
)
from bot.web.configuration import services
from bot.web.errors import API_PREFIX
from bot.web.identity import viewer

blueprint = Blueprint(
    "authoring_publications",
    __name__,
    url_prefix=f"{API_PREFIX}/studio",
    description="From a draft into service, one publication at a time.",
)


@blueprint.route("/publications")
@blueprint.response(200, PublicationListSchema)
@operation(blueprint, "listPublications")
@only_for(*READERS)
def list_publications() -> Response:
    """List the publications, the newest first"""
    return jsonify(publications=services().publishing.all(viewer()))


@blueprint.route("/publications", methods=["POST"])
@blueprint.arguments(NewPublication)
@blueprint.response(201, PublicationSchema)
@operation(blueprint, "publishDrafts", 404, 409, has_body=True)
@only_for(*READERS)
def publish_drafts(body: dict[str, Any]) -> tuple[Response, int, dict[str, str]]:
    """Ask for drafts to be put in service together

    A worker checks them, trains, compares with the model in service, and switches over while calls go on. Read the
    publication to see how far it is. Faults are `422`, a draft that was saved meanwhile is `409`.
    """
    asked = services().publishing.request(
        viewer(),
        [(draft["id"], draft["revision"]) for draft in body["drafts"]],
        body["note"],
        override_reason=body["override_reason"],
    )
    address = url_for("authoring_publications.read_publication", publication_id=asked["id"])
    return jsonify(asked), 201, {"Location": address}


@blueprint.route("/publications/<id:publication_id>")
@blueprint.response(200, PublicationSchema)
@operation(blueprint, "readPublication", 404)
@only_for(*READERS)
def read_publication(publication_id: str) -> Response:
    """Read how far a publication is, and how the new model compares"""
    return jsonify(services().publishing.get(viewer(), publication_id))


@blueprint.route("/publications/<id:publication_id>/cancellation", methods=["POST"])
@blueprint.response(200, PublicationSchema)
@operation(blueprint, "cancelPublication", 404, 409, has_body=True)
@only_for(*READERS)
def cancel_publication(publication_id: str) -> Response:
    """Take a publication back while it still waits"""
    return jsonify(services().publishing.cancel(viewer(), publication_id))


@blueprint.route("/publications/<id:publication_id>/roll-back", methods=["POST"])
@blueprint.response(200, PublicationSchema)
@operation(blueprint, "rollBackPublication", 404, 409, has_body=True)
@only_for(*READERS)
def roll_back_publication(publication_id: str) -> Response:
    """Put back what was in service before the newest publication"""
    return jsonify(services().publishing.roll_back(viewer(), publication_id))


@blueprint.route("/difficulty")
@blueprint.response(200, DifficultySchema)
@operation(blueprint, "readDifficulty")
@only_for(*SEEN_BY)
def read_difficulty() -> Response:
    """See how hard each scenario proves to be, first tries and later ones apart

    Counted over everybody's rehearsals. With fewer than three people the figures are left out: a rehearsal is its
    owner's alone.
    """
    return jsonify(scenarios=services().difficulty.report(viewer()))
