"""Rehearsals: start one, speak, take a hint, rewind, finish, share, delete."""

from __future__ import annotations

import time
from typing import Any

from flask import Response, jsonify, url_for
from flask_smorest import Blueprint

from bot.web.api.describe import operation
from bot.web.api.rehearsal_requests import (
    BranchWanted,
    HintWanted,
    NewRehearsal,
    RehearsedTurn,
    Rewinding,
    Sharing,
)
from bot.web.api.rehearsal_schemas import (
    HintSchema,
    RehearsalAnswerSchema,
    RehearsalListSchema,
    RehearsalSchema,
    SharedSchema,
    VerdictSchema,
)
from bot.web.configuration import services
from bot.web.errors import API_PREFIX
from bot.web.identity import viewer
from bot.web.metrics import metrics

blueprint = Blueprint(
    "rehearsals",
    __name__,
    url_prefix=f"{API_PREFIX}/rehearsals",
    description="Calls with a simulated client. Private: see the sharing rule of `shareRehearsal`.",
)


@blueprint.route("", methods=["POST"])
@blueprint.arguments(NewRehearsal)
@blueprint.response(201, RehearsalSchema)
@operation(blueprint, "startRehearsal", 404, 409, has_body=True)
def start_rehearsal(body: dict[str, Any]) -> tuple[Response, int, dict[str, str]]:
    """Start a rehearsal: the client has picked up the phone"""
    begun = services().rehearsals.start(
        viewer(),
        body["scenario_id"],
        level=body["level"],
        seed=body["seed"],
        mode=body["mode"],
        assignment_id=body["assignment_id"],
    )
    address = url_for("rehearsals.read_rehearsal", rehearsal_id=begun["id"])
    return jsonify(begun), 201, {"Location": address}


@blueprint.route("")
@blueprint.response(200, RehearsalListSchema)
@operation(blueprint, "listRehearsals")
def list_rehearsals() -> Response:
    """List one's own rehearsals, the latest first; an open one can be gone on with days later"""
    return jsonify(rehearsals=services().rehearsals.mine(viewer()))


@blueprint.route("/<id:rehearsal_id>")
@blueprint.arguments(BranchWanted, location="query")
@blueprint.response(200, RehearsalSchema)
@operation(blueprint, "readRehearsal", 404, 422)
def read_rehearsal(query: dict[str, Any], rehearsal_id: str) -> Response:
    """Read a rehearsal with its turns, its branches, and the verdict once it is finished"""
    return jsonify(services().rehearsals.view(rehearsal_id, viewer(), query["branch"]))


@blueprint.route("/<id:rehearsal_id>", methods=["DELETE"])
@blueprint.response(204)
@operation(blueprint, "deleteRehearsal", 404)
def delete_rehearsal(rehearsal_id: str) -> tuple[str, int]:
    """Delete one of one's own rehearsals with every turn and score"""
    services().rehearsals.delete(rehearsal_id, viewer())
    return "", 204


@blueprint.route("/<id:rehearsal_id>/turns", methods=["POST"])
@blueprint.arguments(RehearsedTurn)
@blueprint.response(200, RehearsalAnswerSchema)
@operation(blueprint, "rehearseTurn", 404, 409, has_body=True)
def rehearse_turn(body: dict[str, Any], rehearsal_id: str) -> Response:
    """Say something (or nothing) and get the client's answer

    The turn is stored before it is heard. The same `segment_id` twice gives the same answer. When the recogniser is
    down, `listening` is false, `reply` null, and the words are kept: send the same turn again. While such a turn
    waits, another one is answered `503`.
    """
    began = time.perf_counter()
    rehearsals = services().rehearsals
    if body["silent"]:
        answer = rehearsals.be_silent(rehearsal_id, viewer(), segment_id=body["segment_id"])
    else:
        answer = rehearsals.take_turn(
            rehearsal_id, viewer(), body["text"], segment_id=body["segment_id"]
        )
    heard = "assistant" if answer["listening"] else "listening_off"
    metrics().turns.labels("rehearsal", heard).observe(time.perf_counter() - began)
    return jsonify(answer)


@blueprint.route("/<id:rehearsal_id>/hints", methods=["POST"])
@blueprint.arguments(HintWanted)
@blueprint.response(200, HintSchema)
@operation(blueprint, "takeHint", 404, 409, has_body=True)
def take_hint(body: dict[str, Any], rehearsal_id: str) -> Response:
    """Take a hint for the next turn; what it costs comes off the score"""
    return jsonify(services().rehearsals.hint(rehearsal_id, viewer(), body["level"]))


@blueprint.route("/<id:rehearsal_id>/rewind", methods=["POST"])
@blueprint.arguments(Rewinding)
@blueprint.response(200, RehearsalSchema)
@operation(blueprint, "rewindRehearsal", 404, 409, has_body=True)
def rewind_rehearsal(body: dict[str, Any], rehearsal_id: str) -> Response:
    """Go back to before one of one's own turns, in a new branch; the old one is kept"""
    back = services().rehearsals.rewind(rehearsal_id, viewer(), body["turn"], body["branch"])
    return jsonify(back)


@blueprint.route("/<id:rehearsal_id>/finish", methods=["POST"])
@blueprint.response(200, VerdictSchema)
@operation(blueprint, "finishRehearsal", 404, 409, has_body=True)
def finish_rehearsal(rehearsal_id: str) -> Response:
    """End the call and get scorecard and debrief; a second time gives the same"""
    return jsonify(services().rehearsals.finish(rehearsal_id, viewer()))


@blueprint.route("/<id:rehearsal_id>/result")
@blueprint.arguments(BranchWanted, location="query")
@blueprint.response(200, VerdictSchema)
@operation(blueprint, "readVerdict", 404, 409, 422)
def read_verdict(query: dict[str, Any], rehearsal_id: str) -> Response:
    """Read scorecard and debrief of a finished branch"""
    return jsonify(services().rehearsals.result(rehearsal_id, viewer(), query["branch"]))


@blueprint.route("/<id:rehearsal_id>/sharing", methods=["PUT"])
@blueprint.arguments(Sharing)
@blueprint.response(200, SharedSchema)
@operation(blueprint, "shareRehearsal", 404, has_body=True)
def share_rehearsal(body: dict[str, Any], rehearsal_id: str) -> Response:
    """Let trainers read a rehearsal, or no longer

    The sharing rule: a rehearsal is its owner's alone. Trainers read it when its owner has shared it, or when it was
    taken for an assignment and has been finished. Supervisors and administrators never do.
    """
    return jsonify(services().rehearsals.share(rehearsal_id, viewer(), body["shared"]))
