"""The ears of scripted play: what the trained model heard in a text is remembered, so that it is loaded only for new ones."""

from __future__ import annotations

import json
import os
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from bot.core.errors import UnavailableError
from bot.core.labels import Speaker
from bot.core.reading import Reading
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.nlu.recogniser import RasaRecogniser


class RememberedEars:
    """Hears collectors' turns as of one day with the newest model; `keep` writes down what was new."""

    def __init__(self, settings: Settings, today: date) -> None:
        from bot.nlu.server import newest_model

        model = newest_model(settings.models_folder)
        if model is None:
            raise UnavailableError("No model has been trained yet. Run `parley train` first.")
        self._model = model
        self._today = today
        name = f"{model.name.removesuffix('.tar.gz')}-{today.isoformat()}.json"
        self._file = settings.home_folder / "cache" / "readings" / name
        self._known: dict[str, Any] = self._read()
        self._fresh = False

    def hear(self, text: str) -> Reading:
        """What a collector's turn means."""
        if text not in self._known:
            reading = self._recogniser.read(text, Speaker.COLLECTOR, self._today)
            self._known[text] = {"text": reading.text, **reading.as_json()}
            self._fresh = True
        # Always by way of the document, so that a remembered reading is the same as a fresh one to the last digit.
        known = self._known[text]
        return Reading.from_json(known, speaker=Speaker.COLLECTOR, text=known["text"])

    def keep(self) -> None:
        """Write down what was heard, for the next time."""
        if not self._fresh:
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        draft = self._file.with_suffix(f".{os.getpid()}")
        draft.write_text(json.dumps(self._known, ensure_ascii=False), "utf-8")
        draft.replace(self._file)
        self._fresh = False

    @cached_property
    def _recogniser(self) -> RasaRecogniser:
        from bot.nlu.recogniser import RasaRecogniser

        return RasaRecogniser(self._model)

    def _read(self) -> dict[str, Any]:
        try:
            return dict(json.loads(self._file.read_text("utf-8")))
        except (OSError, ValueError):
            return {}
