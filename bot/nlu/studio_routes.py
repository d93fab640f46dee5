"""What the studio asks of the running server: hear many turns, and go over to another model while calls go on."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path
from typing import Any

import structlog
from rasa.core.agent import Agent
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.core.processor import MessageProcessor
from rasa.shared.core.domain import Domain

from bot.core.errors import InvalidInputError, TooLargeError, UnavailableError
from bot.core.labels import Speaker
from bot.nlu.archives import allowed_archive, name_of
from bot.nlu.recogniser import hear

#: The most that one request may ask to be heard.
MOST_TURNS, MOST_BYTES = 200, 20_000

log = structlog.get_logger()

#: Speaker and words of a turn.
Turns = list[tuple[str, Speaker]]


def asked_turns(body: Any) -> tuple[Turns, date]:
    """The turns and the day of a request; InvalidInputError or TooLargeError say what is wrong with it."""
    if not isinstance(body, dict) or not isinstance(body.get("turns"), list):
        raise InvalidInputError("Give a list of `turns`.", field="turns")
    if len(body["turns"]) > MOST_TURNS:
        raise TooLargeError(f"At most {MOST_TURNS} turns are heard at once.", field="turns")
    try:
        today = date.fromisoformat(str(body.get("today")))
    except ValueError:
        raise InvalidInputError(
            "Give the day as `today`, like 2026-03-10.", field="today"
        ) from None
    return [_turn(turn, number) for number, turn in enumerate(body["turns"])], today


def _turn(turn: Any, number: int) -> tuple[str, Speaker]:
    text = turn.get("text") if isinstance(turn, dict) else None
    if not isinstance(text, str):
        raise InvalidInputError("Give each turn's words as `text`.", field=f"turns.{number}.text")
    if len(text.encode(errors="replace")) > MOST_BYTES:
        raise TooLargeError(f"A turn has at most {MOST_BYTES} bytes.", field=f"turns.{number}.text")
    try:
        return text, Speaker(turn.get("speaker"))
    except ValueError:
        raise InvalidInputError(
            "`speaker` is client, collector or coach.", field=f"turns.{number}.speaker"
        ) from None


async def hear_aside(
    processor: MessageProcessor, turns: Turns, today: date
) -> list[dict[str, Any]]:
    """The readings of turns that belong to no conversation; live turns have their go after each of them."""
    readings = []
    for turn in turns:
        [reading] = hear(processor.graph_runner, processor.model_metadata.nlu_target, [turn], today)
        readings.append({**reading.as_json(), "text": reading.text})
        await asyncio.sleep(0)
    return readings


class ModelSwitch:
    """Brings another model into a running agent; turns under way end on the model that they began on."""

    def __init__(self, models: Path) -> None:
        self._models = models
        self._lock = asyncio.Lock()

    async def load(self, agent: Agent, body: Any) -> str:
        """Load the archive that a request names and let the agent use it; returns the model's name.

        Until the new model stands, and for good when it cannot be loaded, the old one answers.
        """
        file = body.get("file") if isinstance(body, dict) else None
        if not isinstance(file, str):
            raise InvalidInputError("Give the archive as `file`.", field="file")
        archive = allowed_archive(self._models, file)
        async with self._lock:
            try:
                fresh = await asyncio.to_thread(_processor, agent, archive)
            except Exception as error:
                log.exception("parley.model_not_loaded", model=archive.name)
                raise UnavailableError(
                    f"The model {name_of(archive)} cannot be loaded; the one before it still answers."
                ) from error
            _take_over(agent, fresh)
        log.info("parley.model_loaded", model=archive.name)
        return name_of(archive)


def _processor(agent: Agent, archive: Path) -> MessageProcessor:
    return MessageProcessor(
        model_path=archive,
        tracker_store=agent.tracker_store,
        lock_store=agent.lock_store,
        action_endpoint=agent.action_endpoint,
        generator=agent.nlg,
        http_interpreter=agent.http_interpreter,
    )


def _take_over(agent: Agent, fresh: MessageProcessor) -> None:
    # One assignment decides; the rest is what `Agent.load_model` keeps in step. No turn runs in between.
    agent.processor = fresh
    agent.domain = fresh.domain
    agent.tracker_store.domain = fresh.domain
    if isinstance(agent.nlg, TemplatedNaturalLanguageGenerator):
        agent.nlg.responses = (fresh.domain or Domain.empty()).responses
