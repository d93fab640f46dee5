"""The one channel that is open: signed requests from our own web application."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import structlog
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.core.errors import (
    InvalidInputError,
    NotFoundError,
    ParleyError,
    TooLargeError,
    UnavailableError,
)
from bot.core.language.guard import plain_text
from bot.core.signing import is_signed
from bot.nlu.studio_routes import ModelSwitch, asked_turns, hear_aside
from bot.settings import Settings

SIGNATURE_HEADER = "X-Parley-Signature"

#: What a refusal becomes on the wire.
STATUS: dict[type[ParleyError], int] = {
    InvalidInputError: 400,
    NotFoundError: 404,
    TooLargeError: 413,
    UnavailableError: 503,
}

log = structlog.get_logger()


class ParleyInput(InputChannel):
    """Takes `{"sender", "text", "metadata"}` with a signature over the body; answers `{"messages": [...]}`.

    What a person typed is only ever text here. A failure answers with a problem document, never with an
    empty list that looks like silence. For the studio it hears turns without a conversation and changes the model.
    """

    @classmethod
    def name(cls) -> str:
        """The channel's name in credentials.yml and in the address."""
        return "parley"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> ParleyInput:
        """Makes the channel; it needs no credentials of its own."""
        settings = Settings.from_environment()
        return cls(settings.signing_key, settings.models_folder)

    def __init__(self, key: bytes, models: Path) -> None:
        self._key = key
        self._switch = ModelSwitch(models)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes of the channel (see parent class)."""
        routes = Blueprint("parley_input", __name__)

        @routes.route("/", methods=["GET"])
        async def ready(request: Request) -> HTTPResponse:
            agent = _agent(request)
            return response.json(
                {"ready": bool(agent), "model": agent.processor.model_filename if agent else None},
                status=200 if agent else 503,
            )

        @routes.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            refusal = self._refusal(request)
            return refusal or await self._answer(json.loads(request.body), on_new_message)

        @routes.route("/hearing", methods=["POST"])
        async def hearing(request: Request) -> HTTPResponse:
            return self._refusal(request) or await self._studio(request, _hear)

        @routes.route("/model", methods=["POST"])
        async def model(request: Request) -> HTTPResponse:
            return self._refusal(request) or await self._studio(request, self._change_model)

        return routes

    def _refusal(self, request: Request) -> HTTPResponse | None:
        signature = request.headers.get(SIGNATURE_HEADER, "")
        if not is_signed(self._key, request.body, signature, datetime.now(UTC)):
            return _problem(401, "unsigned", "The request is not signed by this installation.")
        if not _agent(request):
            return _problem(503, "no-model", "No trained model is loaded.")
        return None

    async def _change_model(self, agent: Any, body: Any) -> dict[str, Any]:
        return {"model": await self._switch.load(agent, body)}

    @staticmethod
    async def _studio(
        request: Request, answer: Callable[[Any, Any], Awaitable[dict[str, Any]]]
    ) -> HTTPResponse:
        """What a studio route answers, or why not as a problem document."""
        try:
            body = json.loads(request.body)
        except (ValueError, RecursionError):
            return _problem(400, "invalid-input", "The request is not JSON.")
        try:
            return response.json(await answer(_agent(request), body), dumps=json.dumps)
        except ParleyError as refusal:
            return _problem(STATUS.get(type(refusal), 500), refusal.code, refusal.detail)
        except Exception:  # the process edge, as for a turn
            log.exception("parley.studio_failed", path=request.path)
            return _problem(502, "turn-failed", "The assistant could not handle the request.")

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


def _agent(request: Request) -> Any:
    """The assistant, if it has a model."""
    agent = getattr(request.app.ctx, "agent", None)
    return agent if agent and agent.is_ready() else None


async def _hear(agent: Any, body: Any) -> dict[str, Any]:
    turns, today = asked_turns(body)
    return {"readings": await hear_aside(agent.processor, turns, today)}


def _problem(status: int, code: str, detail: str) -> HTTPResponse:
    return response.json(
        {"status": status, "code": code, "detail": detail},
        status=status,
        content_type="application/problem+json",
    )
