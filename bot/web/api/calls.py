"""Calls: open one, read it, follow it, hand it over, close it."""

from __future__ import annotations

from typing import Any

from flask import Response, jsonify, request, url_for
from flask_smorest import Blueprint

from bot.core.errors import InvalidInputError
from bot.web import streams
from bot.web.api.call_schemas import (
    CallSchema,
    Escalation,
    NewCall,
    PacketSchema,
    StreamPosition,
)
from bot.web.api.closing_schemas import ClosedSchema, Closing
from bot.web.api.describe import operation
from bot.web.configuration import services
from bot.web.errors import API_PREFIX
from bot.web.identity import viewer
from bot.web.strings import text

blueprint = Blueprint(
    "calls",
    __name__,
    url_prefix=f"{API_PREFIX}/calls",
    description="A call with a client, from opening to summary.",
)


@blueprint.route("", methods=["POST"])
@blueprint.arguments(NewCall)
@blueprint.response(201, CallSchema)
@operation(blueprint, "openCall", 404, has_body=True)
def open_call(body: dict[str, Any]) -> tuple[Response, int, dict[str, str]]:
    """Open a call on an account"""
    call = services().calls.open_call(body["account_id"], viewer())
    return jsonify(call), 201, {"Location": url_for("calls.read_call", call_id=call["id"])}


@blueprint.route("/<id:call_id>")
@blueprint.response(200, CallSchema)
@operation(blueprint, "readCall", 404)
def read_call(call_id: str) -> Response:
    """Read a call with its turns and the advice that stands"""
    return jsonify(services().calls.view(call_id, viewer()))


@blueprint.route("/<id:call_id>/stream")
@blueprint.arguments(StreamPosition, location="query")
@blueprint.response(
    200,
    {"type": "string"},
    content_type="text/event-stream",
    description="Events `turn` (a turn of the call, id = its index) and at last `closed`.",
)
@operation(blueprint, "followCall", 404, 422)
def stream_call(query: dict[str, Any], call_id: str) -> Response:
    """Follow a call: turns as they are answered (server-sent events)

    A stream ends after five minutes; come back with `Last-Event-ID`, as browsers do by themselves.
    """
    calls, who = services().calls, viewer()
    after = _last_event_id(query["after"])
    feed = streams.CallFeed(
        call_id,
        events=lambda index: calls.events(call_id, who, index),
        is_closed=lambda: calls.status(call_id, who) != "open",
    )
    calls.status(call_id, who)  # an unknown call is told before the stream begins
    response = Response(streams.stream(feed, after), mimetype="text/event-stream")
    response.headers["X-Accel-Buffering"] = "no"
    return response


@blueprint.route("/<id:call_id>/close", methods=["POST"])
@blueprint.arguments(Closing)
@blueprint.response(200, ClosedSchema)
@operation(blueprint, "closeCall", 404, 409, has_body=True)
def close_call(body: dict[str, Any], call_id: str) -> Response:
    """Close a call; what was confirmed is written to the ledger"""
    closed = services().calls.close(call_id, viewer(), body["confirmed"])
    streams.ring(call_id)
    return jsonify(closed)


@blueprint.route("/<id:call_id>/escalation", methods=["POST"])
@blueprint.arguments(Escalation)
@blueprint.response(201, PacketSchema)
@operation(blueprint, "escalateCall", 404, 409, has_body=True)
def escalate_call(body: dict[str, Any], call_id: str) -> tuple[Response, int]:
    """Hand a call over, with its packet"""
    packet = services().calls.escalate(call_id, viewer(), body["note"])
    streams.ring(call_id)
    return jsonify(packet), 201


def _last_event_id(otherwise: int) -> int:
    given = request.headers.get("Last-Event-ID", "").strip()
    if not given:
        return otherwise
    if not (given == "-1" or (given.isascii() and given.isdigit() and len(given) < 10)):
        raise InvalidInputError(text("error.event_id"), field="Last-Event-ID")
    return int(given)
