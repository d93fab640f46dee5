"""Laws that every component of the pipeline keeps, whatever it is given."""

from __future__ import annotations

import importlib
import typing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.shared.nlu.constants import ENTITIES, INTENT, METADATA, TEXT
from rasa.shared.nlu.training_data.message import Message
from ruamel.yaml import YAML

from bot.core.labels import Speaker, labels_of

pytestmark = pytest.mark.rasa

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 3, 10)


def _yaml(name: str) -> dict[str, Any]:
    return YAML(typ="safe").load((ROOT / name).read_text("utf-8"))


PIPELINE = [entry["name"] for entry in _yaml("config.yml")["pipeline"]]
POLICIES = [entry["name"] for entry in _yaml("config.yml")["policies"]]
NEIGHBOURS = [
    *(part["type"] for part in _yaml("endpoints.yml").values() if "type" in part),
    *_yaml("credentials.yml"),
]

#: The only two that change what is read, and both do so once.
CHANGE_THE_TEXT = {"bot.nlu.guard.SlashGuard", "bot.nlu.redactor.Redactor"}

TEXTS = {
    "spoken": "you lot agreed sixty days and now it's 40 quid a day late, I'll pay 500 by friday week",
    "empty": "",
    "blank": " \t \n ",
    "emoji": "🙂👨‍👩‍👧 no 💥💥",
    "control": "pay \x00\x07\x1b[31m you \u200b\u202e friday",
    "eight thousand": "I never got invoice 4417 for £1,200 and " * 200,
    "one word": "x" * 8_000,
    "digits": "4 1 " * 2_000,
    "right to left": "لن أدفع هذه الفاتورة קיבלתי חשבונית",
    "html": "<script>alert('pay')</script> <b>£20</b>",
    "secret": "card 4111 1111 1111 1111 and sort code 20-00-00",
}


@pytest.fixture(scope="module")
def components(model: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, GraphComponent]:
    """The components of the trained model by the name that config.yml gives them, in its order."""
    storage, metadata = LocalModelStorage.from_model_archive(
        tmp_path_factory.mktemp("pipeline"), model
    )
    context = ExecutionContext(metadata.predict_schema, metadata.model_id)
    nodes = {
        f"{node.uses.__module__}.{node.uses.__qualname__}": node
        for node in metadata.predict_schema.nodes.values()
    }
    return {
        name: getattr(nodes[name].uses, nodes[name].constructor_name)(
            {**nodes[name].uses.get_default_config(), **nodes[name].config},
            storage,
            nodes[name].resource,
            context,
        )
        for name in PIPELINE
    }


def a_message(text: str, speaker: Speaker = Speaker.CLIENT) -> Message:
    return Message({TEXT: text, METADATA: {"speaker": speaker.value, "today": TODAY.isoformat()}})


def before(
    components: dict[str, GraphComponent], name: str, text: str, speaker: Speaker = Speaker.CLIENT
) -> Message:
    """The message as it reaches a component: every earlier one has had it."""
    messages = [a_message(text, speaker)]
    for earlier in PIPELINE[: PIPELINE.index(name)]:
        messages = components[earlier].process(messages)
    return messages[0]


@pytest.mark.parametrize("path", [*PIPELINE, *NEIGHBOURS])
def test_every_class_that_rasa_is_told_of_is_found_by_its_dotted_path(path: str) -> None:
    module, _, name = path.rpartition(".")

    assert getattr(importlib.import_module(module), name).__name__ == name


@pytest.mark.parametrize("name", [*PIPELINE, *POLICIES])
def test_every_component_is_registered_with_the_recipe(name: str) -> None:
    registered = DefaultV1Recipe._from_registry(name)

    assert registered.clazz.__name__ == name.rpartition(".")[2]
    assert issubclass(registered.clazz, GraphComponent)


@pytest.mark.parametrize("name", PIPELINE)
def test_process_says_in_types_that_it_takes_and_gives_messages(name: str) -> None:
    process = DefaultV1Recipe._from_registry(name).clazz.process

    types = typing.get_type_hints(process)

    assert set(types) == {"messages", "return"}
    for type_ in types.values():
        assert (typing.get_origin(type_), typing.get_args(type_)) == (list, (Message,))


@pytest.mark.parametrize("name", PIPELINE)
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_component_survives_any_text_and_gives_one_message_for_one(
    components: dict[str, GraphComponent], name: str, text: str
) -> None:
    given_message = before(components, name, text)
    [message] = components[name].process([given_message])

    assert isinstance(message.get(TEXT), str)
    assert components[name].process([]) == []


@pytest.mark.parametrize("name", [name for name in PIPELINE if name not in CHANGE_THE_TEXT])
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_the_text_is_left_as_it_came(
    components: dict[str, GraphComponent], name: str, text: str
) -> None:
    message = before(components, name, text)
    arrived = message.get(TEXT)
    [message] = components[name].process([message])

    assert message.get(TEXT) == arrived


@pytest.mark.parametrize("name", sorted(CHANGE_THE_TEXT))
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_what_changes_the_text_changes_it_once(
    components: dict[str, GraphComponent], name: str, text: str
) -> None:
    [message] = components[name].process([before(components, name, text)])
    once = message.get(TEXT)
    [again] = components[name].process([a_message(once)])

    assert again.get(TEXT) == once


@pytest.mark.parametrize("name", PIPELINE)
def test_entities_are_added_and_never_removed(
    components: dict[str, GraphComponent], name: str
) -> None:
    there = {"entity": "money", "value": "kept", "start": 0, "end": 3, "text": "you"}
    message = before(components, name, TEXTS["spoken"])
    known = [*message.get(ENTITIES, []), there]
    message.set(ENTITIES, [dict(entity) for entity in known])
    [message] = components[name].process([message])

    assert message.get(ENTITIES)[: len(known)] == known


@pytest.mark.parametrize("name", PIPELINE)
@pytest.mark.parametrize("text", [TEXTS["spoken"], TEXTS["emoji"], TEXTS["secret"]])
def test_the_same_text_is_heard_the_same_twice(
    components: dict[str, GraphComponent], name: str, text: str
) -> None:
    [first] = components[name].process([before(components, name, text)])
    components[name].process([before(components, name, "something else entirely")])
    [second] = components[name].process([before(components, name, text)])

    assert first.data == second.data


@pytest.mark.parametrize("name", PIPELINE)
def test_a_message_is_heard_the_same_alone_and_in_company(
    components: dict[str, GraphComponent], name: str
) -> None:
    company = [before(components, name, text) for text in TEXTS.values()]
    heard = components[name].process(company)
    alone = [components[name].process([before(components, name, x)])[0] for x in TEXTS.values()]

    assert [message.data for message in heard] == [message.data for message in alone]


@pytest.mark.parametrize("name", PIPELINE)
@pytest.mark.parametrize("speaker", Speaker)
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_labels_and_intent_are_those_of_the_speaker(
    components: dict[str, GraphComponent], name: str, speaker: Speaker, text: str
) -> None:
    [message] = components[name].process([before(components, name, text, speaker)])
    named = [label["name"] for label in message.get("labels") or ()]
    named += [x["name"] for x in message.get("intent_ranking") or ()]
    intent = message.get(INTENT)
    named += [intent["name"]] if intent else []

    assert set(named) <= set(labels_of(speaker))


def on_one_line(text: str) -> str:
    return "".join(" " if character.isspace() else character for character in text)


def check_reading(reading: Any) -> None:
    """What holds of every reading."""
    text = on_one_line(reading.text)
    assert set(reading.names) <= set(labels_of(reading.speaker))
    assert len(set(reading.names)) == len(reading.names)
    for label in reading.labels:
        assert 0.0 <= label.confidence <= 1.0
        assert on_one_line(label.evidence) in text
        assert label.evidence
    assert reading.heat in range(4)
    if reading.speaker is not Speaker.CLIENT:
        assert (reading.heat, reading.heat_cues) == (0, ())
    assert all(on_one_line(cue) in text for cue in reading.heat_cues)
    for entity in reading.entities:
        assert text[entity.start : entity.end] == on_one_line(entity.text)


@pytest.mark.parametrize("speaker", Speaker)
@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_every_reading_keeps_the_contract(recogniser: Any, text: str, speaker: Speaker) -> None:
    check_reading(recogniser.read(text, speaker, TODAY))


WORDS = [
    *TEXTS["spoken"].split(),
    *TEXTS["secret"].split(),
    *("never got", "invoice", "4417", "solicitor", "died", "muppet", "bloody", "/", "\n", "🙂"),
]
SPEECH = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=20).map(" ".join), st.text(max_size=120)
)


@given(SPEECH, st.sampled_from(list(Speaker)))
@settings(max_examples=120, deadline=None)
def test_every_reading_of_anything_keeps_the_contract(
    recogniser: Any, text: str, speaker: Speaker
) -> None:
    check_reading(recogniser.read(text, speaker, TODAY))
