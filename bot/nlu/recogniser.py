"""The trained pipeline inside this process: for `parley analyse`, reviews, checks and tests."""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.core.errors import UnavailableError
from bot.core.labels import Speaker
from bot.core.language.guard import clean_turn
from bot.core.language.redact import redact
from bot.core.reading import Entity, HeardLabel, Reading
from bot.nlu.light import leave_tensorflow_out
from bot.nlu.logs import quiet_logs
from bot.nlu.server import QUIET

if TYPE_CHECKING:
    from rasa.engine.runner.interface import GraphRunner


class RasaRecogniser:
    """Hears turns with a model archive, without a server. The model is loaded once."""

    def __init__(self, model: Path) -> None:
        if not model.is_file():
            raise UnavailableError(f"There is no model at {model}. Run `parley train`.")
        os.environ.update(QUIET)
        leave_tensorflow_out()
        quiet_logs(logging.WARNING)
        from rasa.engine.loader import load_predict_graph_runner
        from rasa.engine.runner.dask import DaskGraphRunner
        from rasa.engine.storage.local_model_storage import LocalModelStorage

        self._folder = tempfile.TemporaryDirectory()
        metadata, self._runner = load_predict_graph_runner(
            Path(self._folder.name), model, LocalModelStorage, DaskGraphRunner
        )
        self._target = metadata.nlu_target
        self.model_id = metadata.model_id

    def read(self, text: str, speaker: Speaker, today: date) -> Reading:
        """What one turn means (see port)."""
        return self.read_all([(text, speaker)], today)[0]

    def read_all(self, turns: Sequence[tuple[str, Speaker]], today: date) -> list[Reading]:
        """What many turns mean, in order."""
        return hear(self._runner, self._target, turns, today)


def hear(
    runner: GraphRunner, target: str, turns: Sequence[tuple[str, Speaker]], today: date
) -> list[Reading]:
    """What turns mean to a loaded model, in order: the same for the server's channel and for one process."""
    from rasa.core.channels.channel import UserMessage
    from rasa.engine.constants import PLACEHOLDER_MESSAGE

    cleaned = [clean_turn(text) for text, _ in turns]
    messages = [
        UserMessage(text, metadata={"speaker": speaker.value, "today": today.isoformat()})
        for (text, _), (_, speaker) in zip(cleaned, turns, strict=True)
    ]
    heard = runner.run({PLACEHOLDER_MESSAGE: messages}, targets=[target])[target]
    return [
        reading_of(message.data, speaker, text, original, was_cut)
        for message, (original, speaker), (text, was_cut) in zip(heard, turns, cleaned, strict=True)
    ]


def reading_of(
    heard: dict[str, Any], speaker: Speaker, text: str, original: str, was_cut: bool
) -> Reading:
    """Make a reading from a message that went through the pipeline; spans index the reading's text.

    That is the original with its secrets masked; where the two differ by more than line breaks (control
    characters, lone halves of emoji) it is what was heard.
    """
    read = heard.get("text") or text
    masked, _ = redact(original)
    shift = _on_one_line(masked).find(_on_one_line(read))
    if shift < 0:
        masked, shift = read, 0
    entities = (
        Entity(e["entity"], e["value"], e["text"], e["start"] + shift, e["end"] + shift)
        for e in heard.get("entities") or ()
    )
    flags = (*(heard.get("flags") or ()), *(("truncated",) if was_cut else ()))
    return Reading(
        speaker=speaker,
        text=masked,
        labels=tuple(
            HeardLabel(x["name"], x["confidence"], x["evidence"]) for x in heard.get("labels") or ()
        ),
        heat=int(heard.get("heat") or 0),
        heat_cues=tuple(heard.get("heat_cues") or ()),
        entities=tuple(sorted(entities, key=lambda e: e.start)),
        flags=flags,
    )


def _on_one_line(text: str) -> str:
    """The text with every kind of space as one plain space, place for place."""
    return "".join(" " if character.isspace() else character for character in text)
