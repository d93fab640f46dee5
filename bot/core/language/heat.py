"""Heat from cue words and from the recogniser's three steps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bot.core.language.figures import small_letters

_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Cue:
    """A word or phrase that shows at least this heat; `weak` ones are quoted but do not raise the heat."""

    phrase: str
    heat: int
    weak: bool = False


@dataclass(frozen=True)
class HeatCues:
    """The lexicon of cues, matched on whole words, longest first."""

    cues: tuple[Cue, ...]

    @cached_property
    def _by_first_word(self) -> dict[str, tuple[tuple[str, Cue], ...]]:
        """The cues by the word that they begin with, longest first."""
        groups: dict[str, list[tuple[str, Cue]]] = {}
        for cue in self.cues:
            phrase = small_letters(cue.phrase)
            first = _WORD.match(phrase)
            if first:
                groups.setdefault(first.group(), []).append((phrase, cue))
        return {
            word: tuple(sorted(group, key=lambda pair: -len(pair[0])))
            for word, group in groups.items()
        }

    def find(self, text: str) -> tuple[tuple[str, Cue], ...]:
        """Every cue in the text, as it is written there; of cues over the same words the longest."""
        low = small_letters(text)
        found: list[tuple[str, Cue]] = []
        done = 0
        for word in _WORD.finditer(low):
            start = word.start()
            if start < done:
                continue
            for phrase, cue in self._by_first_word.get(word.group(), ()):
                end = start + len(phrase)
                if low.startswith(phrase, start) and not _WORD.match(low, end):
                    found.append((text[start:end], cue))
                    done = end
                    break
        return tuple(found)

    def as_json(self) -> dict[str, Any]:
        """The lexicon as a JSON-ready document."""
        return {"cues": [{"phrase": c.phrase, "heat": c.heat, "weak": c.weak} for c in self.cues]}

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> HeatCues:
        """Rebuild a lexicon from `as_json`'s document."""
        return cls(
            tuple(
                Cue(str(c["phrase"]), int(c["heat"]), bool(c.get("weak", False)))
                for c in document["cues"]
            )
        )


def ordinal_heat(
    steps: tuple[float, float, float], found: tuple[tuple[str, Cue], ...]
) -> tuple[int, tuple[str, ...]]:
    """Join the probabilities of heat >= 1, >= 2, >= 3 and the cues into one heat with its words.

    The heat is the highest step that is more likely than not; a strong cue lifts it by one step at most, because
    a word alone ("bloody awful month") says less than the sentence.
    """
    heat = 0
    for level, probability in enumerate(steps, start=1):
        if probability >= 0.5:
            heat = level
    strongest = max((cue.heat for _, cue in found if not cue.weak), default=0)
    if strongest > heat and steps[min(strongest, 3) - 1] >= 0.25:
        heat += 1
    shown = tuple(dict.fromkeys(words for words, cue in found if cue.heat <= heat + 1))
    return min(heat, 3), shown[:4]
