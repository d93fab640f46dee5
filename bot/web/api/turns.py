"""Turns of a call: what was said, and whether the advice helped."""

from __future__ import annotations

import time
from typing import Any

from flask import Response, jsonify
from flask_smorest import Blueprint

from bot.core.labels import Speaker
from bot.web import streams
from bot.web.api.call_schemas import Feedback, NewTurn, TurnAnswerSchema
from bot.web.api.describe import operation
from bot.web.configuration import services
from bot.web.errors import API_PREFIX
from bot.web.identity import viewer
from bot.web.metrics import metrics

blueprint = Blueprint(
    "turns",
    __name__,
    url_prefix=f"{API_PREFIX}/calls/<id:call_id>/turns",
    description="Turns of speech and the advice on them.",
)


@blueprint.route("", methods=["POST"])
@blueprint.arguments(NewTurn)
@blueprint.response(200, TurnAnswerSchema)
@operation(blueprint, "takeTurn", 404, 409, has_body=True)
def take_turn(body: dict[str, Any], call_id: str) -> Response:
    """Send a turn and get advice

    The turn is stored before it is heard. The same `segment_id` twice gives the same answer. When the recogniser is
    down, the reading carries the flag `listening_off` and the labels may be sent by hand.
    """
    began = time.perf_counter()
    labels = body["labels"]
    answer = services().calls.take_turn(
        call_id,
        viewer(),
        Speaker(body["speaker"]),
        body["text"],
        segment_id=body["segment_id"],
        final=body["final"],
        at=body["at"],
        labels=tuple(labels) if labels is not None else None,
    )
    if body["final"]:
        _time(body["speaker"], answer, time.perf_counter() - began)
        streams.ring(call_id)
    return jsonify(answer)


@blueprint.route("/<id:turn_id>/feedback", methods=["POST"])
@blueprint.arguments(Feedback)
@blueprint.response(204)
@operation(blueprint, "giveFeedback", 404, has_body=True)
def give_feedback(body: dict[str, Any], call_id: str, turn_id: str) -> tuple[str, int]:
    """Say that a line was used or not useful, or what a turn should have been heard as"""
    labels = body["labels"]
    services().calls.feedback(
        call_id,
        turn_id,
        viewer(),
        body["kind"],
        line_id=body["line_id"],
        labels=tuple(labels) if labels is not None else None,
    )
    return "", 204


def _time(speaker: str, answer: dict[str, Any], seconds: float) -> None:
    flags = (answer.get("reading") or {}).get("flags", ())
    heard = next((flag for flag in ("by_hand", "listening_off") if flag in flags), "assistant")
    metrics().turns.labels(speaker, heard).observe(seconds)
