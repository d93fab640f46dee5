"""The studio: trying a draft, what its lines are heard as, and drafts from real calls."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify
from flask_smorest import Blueprint

from bot.services.studio_rules import READERS
from bot.web.access import only_for, takes_up_to
from bot.web.api.describe import operation
from bot.web.api.studio import WHOLE_DOCUMENT
from bot.web.api.studio_requests import (
    AdviceWanted,
    PlaysWanted,
    ProposalWanted,
    TranscriptGiven,
    TrialWanted,
    TurnsGiven,
)
from bot.web.api.studio_trial_schemas import (
    DisguisedSchema,
    LineChecksSchema,
    LocatedSchema,
    PlaysSchema,
    ProposalSchema,
    TrialSchema,
    TriedAdviceSchema,
)
from bot.web.configuration import services
from bot.web.errors import API_PREFIX
from bot.web.identity import viewer

blueprint = Blueprint(
    "authoring_trials",
    __name__,
    url_prefix=f"{API_PREFIX}/studio",
    description="A draft before anybody else sees it; nothing of a trial is stored.",
)


@blueprint.route("/drafts/<id:draft_id>/trial", methods=["POST"])
@takes_up_to(WHOLE_DOCUMENT)
@blueprint.arguments(TrialWanted)
@blueprint.response(200, TrialSchema)
@operation(blueprint, "tryDraft", 404, 409, has_body=True)
@only_for(*READERS)
def try_draft(body: dict[str, Any], draft_id: str) -> Response:
    """Play a draft from the start with these turns; an empty one is silence"""
    return jsonify(services().trials.play_turns(viewer(), draft_id, **body))


@blueprint.route("/drafts/<id:draft_id>/plays", methods=["POST"])
@blueprint.arguments(PlaysWanted)
@blueprint.response(200, PlaysSchema)
@operation(blueprint, "playDraft", 404, 409, has_body=True)
@only_for(*READERS)
def play_draft(body: dict[str, Any], draft_id: str) -> Response:
    """Let the good, the middling and the poor scripted collector play a draft"""
    return jsonify(services().trials.auto_plays(viewer(), draft_id, **body))


@blueprint.route("/drafts/<id:draft_id>/advice", methods=["POST"])
@blueprint.arguments(AdviceWanted)
@blueprint.response(200, TriedAdviceSchema)
@operation(blueprint, "adviseByDraft", 404, 409, has_body=True)
@only_for(*READERS)
def advise_by_draft(body: dict[str, Any], draft_id: str) -> Response:
    """See what would be advised on a client's turn with the draft in place of its file"""
    advised = services().trials.advice_on(
        viewer(), draft_id, body["text"], account_id=body["account_id"]
    )
    return jsonify(advised)


@blueprint.route("/drafts/<id:draft_id>/lines")
@blueprint.response(200, LineChecksSchema)
@operation(blueprint, "checkLines", 404, 409)
@only_for(*READERS)
def check_lines(draft_id: str) -> Response:
    """See which lines are misheard, said twice or missing"""
    return jsonify(services().trials.line_checks(viewer(), draft_id))


@blueprint.route("/transcripts/disguise", methods=["POST"])
@takes_up_to(WHOLE_DOCUMENT)
@blueprint.arguments(TranscriptGiven)
@blueprint.response(200, DisguisedSchema)
@operation(blueprint, "disguiseTranscript", 404, has_body=True)
@only_for(*READERS)
def disguise_transcript(body: dict[str, Any]) -> Response:
    """Take names, numbers and addresses out of a transcript, or of a call; nothing is stored"""
    return jsonify(services().from_calls.disguised(viewer(), **body))


@blueprint.route("/transcripts/turning-points", methods=["POST"])
@takes_up_to(WHOLE_DOCUMENT)
@blueprint.arguments(TurnsGiven)
@blueprint.response(200, LocatedSchema)
@operation(blueprint, "findTurningPoints", has_body=True)
@only_for(*READERS)
def find_turning_points(body: dict[str, Any]) -> Response:
    """See where a call turned and what its turns would become; nothing is made of it yet"""
    return jsonify(services().from_calls.located(viewer(), turns=body["turns"]))


@blueprint.route("/transcripts/proposal", methods=["POST"])
@takes_up_to(WHOLE_DOCUMENT)
@blueprint.arguments(ProposalWanted)
@blueprint.response(201, ProposalSchema)
@operation(blueprint, "proposeScenario", 404, 409, has_body=True)
@only_for(*READERS)
def propose_scenario(body: dict[str, Any]) -> tuple[Response, int]:
    """Make a draft scenario of a transcript without names, and show where the call turned"""
    return jsonify(services().from_calls.propose(viewer(), **body)), 201
