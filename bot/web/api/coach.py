"""Talks with the coach, before, during or after a call."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify
from flask_login import current_user
from flask_smorest import Blueprint
from marshmallow import Schema, fields

from bot.core.errors import ForbiddenError
from bot.services.coach_chat import LONGEST_REQUEST
from bot.web.api.describe import operation
from bot.web.api.fields import Request, Words
from bot.web.configuration import services
from bot.web.errors import API_PREFIX
from bot.web.identity import viewer
from bot.web.strings import text

blueprint = Blueprint(
    "coach",
    __name__,
    url_prefix=f"{API_PREFIX}/coach",
    description="The coach answers a collector: briefs, phrases, options, terms.",
)


class Question(Request):
    """What the collector asks; with a call, it is about that call's account."""

    text = Words(
        limit=LONGEST_REQUEST, required=True, metadata={"example": "what can I offer him?"}
    )
    call_id = Words(limit=120, load_default=None, allow_none=True)


class MessageSchema(Schema):
    """One message of the coach; `custom` holds what is more than text."""

    text = fields.String()
    custom = fields.Dict(allow_none=True)


class CoachAnswerSchema(Schema):
    """What the coach answered."""

    messages = fields.List(fields.Nested(MessageSchema), required=True)


@blueprint.route("", methods=["POST"])
@blueprint.arguments(Question)
@blueprint.response(200, CoachAnswerSchema)
@operation(blueprint, "askCoach", 404, has_body=True)
def ask_coach(body: dict[str, Any]) -> Response:
    """Ask the coach"""
    bound_to = current_user.claims.get("call")
    if bound_to and body["call_id"] not in (None, bound_to):
        raise ForbiddenError(text("error.panel_call"))
    call_id = body["call_id"] or bound_to
    return jsonify(services().coach.ask(body["text"], viewer(), call_id=call_id))
