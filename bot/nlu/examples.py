"""Reads our metadata from Rasa messages: speaker, full label set and heat of a training line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from rasa.shared.nlu.constants import INTENT, METADATA, METADATA_EXAMPLE, METADATA_INTENT, TEXT
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.core.labels import Speaker

DEFAULT_SPEAKER = Speaker.COACH


@dataclass(frozen=True)
class Example:
    """One training line; `heat` is None for collector and coach lines."""

    text: str
    labels: tuple[str, ...]
    speaker: Speaker
    heat: int | None
    style: str


def examples_of(training_data: TrainingData) -> list[Example]:
    """Every line that carries an intent, with its whole label set."""
    return [
        _example(message)
        for message in training_data.training_examples
        if message.get(INTENT) and message.get(TEXT)
    ]


def kept_examples(folder: str | None) -> list[Example]:
    """The lines kept for tuning, none of them trained on; none when the folder is not there."""
    if not folder or not Path(folder).is_dir():
        return []
    return examples_of(load_data(folder))


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
