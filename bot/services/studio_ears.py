"""Hears lines for the studio through the model in service, and remembers what was heard."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from datetime import date

from bot.core.labels import Speaker
from bot.core.reading import Reading
from bot.services.studio_ports import ModelServer

#: A reading takes some kilobytes at most; this is a few days of one team's drafts.
REMEMBERED = 4_000

#: So many turns are heard at once: one long list would keep live turns waiting.
BATCH = 32

_Key = tuple[str | None, date, Speaker, str]


class StudioEars:
    """Readings by words; those of another model or another day are not used again."""

    def __init__(self, server: ModelServer, remembered: int = REMEMBERED) -> None:
        self._server = server
        self._most = remembered
        self._known: OrderedDict[_Key, Reading] = OrderedDict()
        self._lock = threading.Lock()

    def listening(self, today: date) -> Listening:
        """Ears for one request: one model, one day."""
        return Listening(self, self._server.model(), today)

    def known(self, key: _Key) -> Reading | None:
        """What was heard in these words before."""
        with self._lock:
            found = self._known.get(key)
            if found is not None:
                self._known.move_to_end(key)
            return found

    def hear(self, keys: Sequence[_Key], today: date) -> list[Reading]:
        """Hear and remember; UnavailableError when nobody listens."""
        heard: list[Reading] = []
        for start in range(0, len(keys), BATCH):
            batch = keys[start : start + BATCH]
            heard += self._server.hear_all([(text, who) for _, _, who, text in batch], today)
        with self._lock:
            # What an unknown model heard may not be what the next one hears.
            named = ((key, one) for key, one in zip(keys, heard, strict=True) if key[0])
            self._known.update(named)
            while len(self._known) > self._most:
                self._known.popitem(last=False)
        return heard


class Listening:
    """Hears turns as of one day; the same words are heard once."""

    def __init__(self, ears: StudioEars, model: str | None, today: date) -> None:
        self._ears = ears
        self._model = model
        self._today = today
        self._here: dict[_Key, Reading] = {}

    def hear(self, text: str, speaker: Speaker = Speaker.COLLECTOR) -> Reading:
        """What one turn means."""
        return self.hear_all([(text, speaker)])[0]

    def hear_all(self, turns: Sequence[tuple[str, Speaker]]) -> list[Reading]:
        """What many turns mean, in order; UnavailableError when nobody listens."""
        keys = [(self._model, self._today, speaker, text) for text, speaker in turns]
        for key in keys:
            if key not in self._here and (known := self._ears.known(key)) is not None:
                self._here[key] = known
        fresh = [key for key in dict.fromkeys(keys) if key not in self._here]
        if fresh:
            self._here.update(zip(fresh, self._ears.hear(fresh, self._today), strict=True))
        return [self._here[key] for key in keys]
