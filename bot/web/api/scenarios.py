"""Scenarios, progress and assignments: what to rehearse, and how it grows."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify
from flask_smorest import Blueprint

from bot.core.coaching.advice import Role
from bot.core.studio.kinds import DocumentKind, DocumentName
from bot.services.studio_rules import READERS
from bot.web.access import only_for, takes_up_to
from bot.web.api.describe import operation
from bot.web.api.scenario_schemas import (
    AssignmentSchema,
    BriefedScenarioSchema,
    NewAssignment,
    OwnAssignmentListSchema,
    ProgressSchema,
    ProgressWanted,
    ScenarioListSchema,
    SetAssignmentListSchema,
)
from bot.web.api.studio import WHOLE_DOCUMENT, added
from bot.web.api.studio_requests import NewScenario, SavedDraft
from bot.web.api.studio_schemas import DraftSchema
from bot.web.configuration import services
from bot.web.errors import API_PREFIX
from bot.web.identity import viewer

blueprint = Blueprint(
    "scenarios", __name__, url_prefix=API_PREFIX, description="What to rehearse, and how it grows."
)


@blueprint.route("/scenarios")
@blueprint.response(200, ScenarioListSchema)
@operation(blueprint, "listScenarios")
def list_scenarios() -> Response:
    """List what can be rehearsed, with one's own best score and a re-test that is due"""
    return jsonify(scenarios=services().scenarios.all(viewer()))


@blueprint.route("/scenarios/<id:scenario_id>")
@blueprint.response(200, BriefedScenarioSchema)
@operation(blueprint, "readScenario", 404)
def read_scenario(scenario_id: str) -> Response:
    """Read a scenario's briefing with the account that the call is about"""
    return jsonify(services().scenarios.get(scenario_id, viewer()))


@blueprint.route("/scenarios", methods=["POST"])
@takes_up_to(WHOLE_DOCUMENT)
@blueprint.arguments(NewScenario)
@blueprint.response(201, DraftSchema)
@operation(blueprint, "addScenario", 404, 409, has_body=True)
@only_for(*READERS)
def add_scenario(body: dict[str, Any]) -> tuple[Response, int, dict[str, str]]:
    """Begin a scenario as a draft: blank, a copy, or from a text (trainers and administrators)"""
    return added({**body, "kind": DocumentKind.SCENARIO.value})


@blueprint.route("/scenarios/<id:scenario_id>", methods=["PUT"])
@takes_up_to(WHOLE_DOCUMENT)
@blueprint.arguments(SavedDraft)
@blueprint.response(200, DraftSchema)
@operation(blueprint, "saveScenario", 404, 409, has_body=True)
@only_for(*READERS)
def save_scenario(body: dict[str, Any], scenario_id: str) -> Response:
    """Save a scenario's draft; it can be rehearsed once it is published (trainers and administrators)

    A scenario that has no draft yet gets one from its file; its first revision is 1.
    """
    studio = services().studio
    draft = studio.open(viewer(), DocumentName(DocumentKind.SCENARIO, scenario_id))
    saved = studio.save(
        viewer(), draft["id"], body["revision"], text=body["text"], data=body["data"]
    )
    return jsonify(saved)


@blueprint.route("/progress")
@blueprint.arguments(ProgressWanted, location="query")
@blueprint.response(200, ProgressSchema)
@operation(blueprint, "readProgress", 404, 422)
def read_progress(query: dict[str, Any]) -> Response:
    """See how skills grow by family of objections, and which re-tests are due

    Of somebody else a trainer sees only what was assigned or shared.
    """
    return jsonify(services().progress.of(viewer(), query["user_id"]))


@blueprint.route("/assignments")
@blueprint.response(200, OwnAssignmentListSchema)
@operation(blueprint, "listAssignments")
def list_assignments() -> Response:
    """List what is set for oneself, the first due first"""
    return jsonify(assignments=services().assignments.mine(viewer()))


@blueprint.route("/assignments", methods=["POST"])
@blueprint.arguments(NewAssignment)
@blueprint.response(201, AssignmentSchema)
@operation(blueprint, "setAssignment", 404, has_body=True)
@only_for(Role.TRAINER)
def set_assignment(body: dict[str, Any]) -> tuple[Response, int]:
    """Set a scenario for a person or a role, with a due day (trainers)"""
    wanted = dict(body)
    scenario_id, due_on = wanted.pop("scenario_id"), wanted.pop("due_on")
    return jsonify(services().assignments.add(viewer(), scenario_id, due_on, **wanted)), 201


@blueprint.route("/assignments/all")
@blueprint.response(200, SetAssignmentListSchema)
@operation(blueprint, "listAllAssignments")
@only_for(Role.TRAINER)
def list_all_assignments() -> Response:
    """List everything that is set, with everybody's attempts (trainers)"""
    return jsonify(assignments=services().assignments.all(viewer()))


@blueprint.route("/assignments/<id:assignment_id>", methods=["DELETE"])
@blueprint.response(204)
@operation(blueprint, "withdrawAssignment", 404)
@only_for(Role.TRAINER)
def withdraw_assignment(assignment_id: str) -> tuple[str, int]:
    """Take an assignment back; what was rehearsed for it stays (trainers)"""
    services().assignments.withdraw(assignment_id, viewer())
    return "", 204
