"""Reads our metadata from Rasa messages: speaker, full label set and heat of a training line."""

from __future__ import annotations

from rasa.shared.nlu.constants import INTENT, METADATA, METADATA_EXAMPLE, METADATA_INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.core.labels import Speaker
from bot.nlu.lines import DEFAULT_SPEAKER, Example
from bot.nlu.lines import kept_lines as kept_examples

__all__ = ["Example", "examples_of", "kept_examples", "speaker_of"]


def examples_of(training_data: TrainingData) -> list[Example]:
    """Every line that carries an intent, with its whole label set."""
    return [
        _example(message)
        for message in training_data.training_examples
        if message.get(INTENT) and message.get(TEXT)
    ]


def _example(message: Message) -> Example:
    metadata = message.get(METADATA) or {}
    of_example = metadata.get(METADATA_EXAMPLE) or {}
    heat = of_example.get("heat")
    return Example(
        text=message.get(TEXT),
        labels=tuple(of_example.get("labels") or (message.get(INTENT),)),
        speaker=speaker_of(message),
        heat=None if heat is None else int(heat),
        style=str(of_example.get("style", "clean")),
    )


def speaker_of(message: Message) -> Speaker:
    """Who speaks: from the live message's metadata or the training line's; the coach chat if unsaid."""
    metadata = message.get(METADATA) or {}
    named = (
        metadata.get("speaker")
        or (metadata.get(METADATA_EXAMPLE) or {}).get("speaker")
        or (metadata.get(METADATA_INTENT) or {}).get("speaker")
    )
    try:
        return Speaker(named) if named else DEFAULT_SPEAKER
    except ValueError:
        return DEFAULT_SPEAKER
