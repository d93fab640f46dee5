"""The one channel that is open: signed requests from our own web application."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import structlog
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.core.language.guard import plain_text
from bot.core.signing import is_signed
from bot.settings import Settings

SIGNATURE_HEADER = "X-Parley-Signature"

log = structlog.get_logger()


class ParleyInput(InputChannel):
    """Takes `{"sender", "text", "metadata"}` with a signature over the body; answers `{"messages": [...]}`.

    What a person typed is only ever text here. A failure answers with a problem document, never with an
    empty list that looks like silence.
    """

    @classmethod
    def name(cls) -> str:
        """The channel's name in credentials.yml and in the address."""
        return "parley"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> ParleyInput:
        """Makes the channel; it needs no credentials of its own."""
        return cls(Settings.from_environment().signing_key)

    def __init__(self, key: bytes) -> None:
        self._key = key

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes of the channel (see parent class)."""
        routes = Blueprint("parley_input", __name__)

        @routes.route("/", methods=["GET"])
        async def ready(request: Request) -> HTTPResponse:
            agent = getattr(request.app.ctx, "agent", None)
            is_ready = bool(agent and agent.is_ready())
            model = agent.processor.model_filename if is_ready else None
            return response.json(
                {"ready": is_ready, "model": model}, status=200 if is_ready else 503
            )

        @routes.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            signature = request.headers.get(SIGNATURE_HEADER, "")
            if not is_signed(self._key, request.body, signature, datetime.now(UTC)):
                return _problem(401, "unsigned", "The request is not signed by this installation.")
            agent = getattr(request.app.ctx, "agent", None)
            if not (agent and agent.is_ready()):
                return _problem(503, "no-model", "No trained model is loaded.")
            return await self._answer(json.loads(request.body), on_new_message)

        return routes

    async def _answer(
        self, body: dict[str, Any], on_new_message: Callable[[UserMessage], Awaitable[Any]]
    ) -> HTTPResponse:
        collector = CollectingOutputChannel()
        message = UserMessage(
            plain_text(str(body["text"])),
            collector,
            str(body["sender"]),
            input_channel=self.name(),
            metadata=body.get("metadata") or {},
        )
        try:
            await on_new_message(message)
        except Exception:  # the process edge: the caller gets a problem document, the log the cause
            log.exception("parley.turn_failed", sender=message.sender_id)
            return _problem(502, "turn-failed", "The assistant could not handle the turn.")
        return response.json({"messages": collector.messages})


def _problem(status: int, code: str, detail: str) -> HTTPResponse:
    return response.json(
        {"status": status, "code": code, "detail": detail},
        status=status,
        content_type="application/problem+json",
    )
