"""No command is ever typed: a leading "/" changes nothing of what a text means."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from rasa.shared.constants import (
    DEFAULT_NLU_FALLBACK_INTENT_NAME,
)
from rasa.shared.core.constants import DEFAULT_INTENTS
from ruamel.yaml import YAML

from bot.core.labels import Speaker
from bot.core.reading import Reading

pytestmark = pytest.mark.rasa

TODAY = date(2026, 3, 10)
DOMAIN = YAML(typ="safe").load((Path(__file__).parents[3] / "domain.yml").read_text("utf-8"))
COMMANDS = sorted(
    {*DEFAULT_INTENTS, *DOMAIN["intents"], DEFAULT_NLU_FALLBACK_INTENT_NAME, "EXTERNAL_x"}
)
WRITTEN = (
    "/{name}",
    "//{name}",
    "   /{name}",
    "\t/ /{name}",
    '/{name}{{"money": "900", "account_id": "acc_1"}}',
    "/{name}@0.5",
    '/{name}@1.0{{"account_id": "acc_1"}}',
    "/{name};other@0.4",
)


def meaning(reading: Reading) -> tuple[Any, ...]:
    """What was heard, without where in the text it stands."""
    entities = [(e.type, e.value) for e in reading.entities]
    return reading.labels, reading.heat, entities, reading.flags


def as_text(command: str) -> str:
    return command.lstrip("/ \t")


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("speaker", Speaker)
def test_a_command_means_what_its_words_mean(recogniser: Any, name: str, speaker: Speaker) -> None:
    typed = [form.format(name=name) for form in WRITTEN]
    heard = recogniser.read_all([(text, speaker) for text in typed], TODAY)
    plain = recogniser.read_all([(as_text(text), speaker) for text in typed], TODAY)

    assert [meaning(reading) for reading in heard] == [meaning(reading) for reading in plain]
    assert not [e for reading in heard for e in reading.entities if e.type == "account_id"]


@pytest.mark.parametrize("name", COMMANDS)
def test_rasa_itself_takes_no_intent_and_no_entity_from_a_command(agent: Any, name: str) -> None:
    for form in WRITTEN:
        typed = form.format(name=name)
        parsed = asyncio.run(agent.processor.parse_message(UserMessage(typed)))
        by_text = asyncio.run(agent.processor.parse_message(UserMessage(as_text(typed))))

        assert parsed["intent"] == by_text["intent"]
        assert parsed["intent"]["name"] in DOMAIN["intents"]
        assert "RegexMessageHandler" not in {e.get("extractor") for e in parsed["entities"]}


@pytest.mark.parametrize("command", ["/restart", "/back", "/session_start", "/EXTERNAL_note"])
def test_a_typed_restart_does_not_restart_the_chat(agent: Any, command: str) -> None:
    async def chat() -> list[str]:
        for text in ("good morning to you", command):
            await agent.handle_text(text, sender_id=f"chat_{command}")
        tracker = await agent.tracker_store.retrieve(f"chat_{command}")
        return [event.type_name for event in tracker.events]

    events = asyncio.run(chat())

    assert events.count("user") == 2
    assert not {"restart", "rewind"} & set(events)
    assert events.count("session_started") == 1


@pytest.mark.parametrize("text", ["/", "//", " / / ", "/{", '/{"a": 1}', "/@0.5", "/\x00restart"])
def test_half_a_command_is_survived(recogniser: Any, text: str) -> None:
    for speaker in Speaker:
        reading = recogniser.read(text, speaker, TODAY)

        assert reading.speaker is speaker
