"""How alike two lines are, and which of many known lines one is too close to.

Rules
- The same plain words, whatever their signs and capitals, are the same line.
- Alike are two lines that share most of their three-letter pieces; what stands open, such as {invoice}, is left out.
- Lines of very few words are alike by chance, so they can only be the same.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.core.corrections import plain_words

#: Two lines that share more than this are near-duplicates: one of them teaches and says nothing new.
NEAR = 0.8

#: Kept turns measure the recogniser, so a line must be further from them than from others.
NEAR_KEPT = 0.72

#: With fewer words than this two lines are alike by chance.
FEWEST_WORDS = 4

_PIECE = 3
#: Of many lines that share some words those that share most are looked at closely.
_MOST_CANDIDATES = 200
_OPEN_PLACE = re.compile(r"\{[a-z0-9_]*\}")


@dataclass(frozen=True)
class KnownLine:
    """A line that is on file: where, as a person would look for it, and how it may be used.

    `kind` is `spoken` (a simulated client says it), `trained` (the recogniser learns from it) or `kept` (it is
    measured on, so nothing is learned from it). `document` is the file's name, such as `scenario:cash-flow-cafe`.
    """

    where: str
    text: str
    kind: str = "spoken"
    labels: tuple[str, ...] = ()
    document: str = ""


@dataclass(frozen=True)
class Alike:
    """A known line that another is like; 1 is the same words."""

    line: KnownLine
    likeness: float

    @property
    def is_same(self) -> bool:
        """Whether both have the same words."""
        return self.likeness == 1.0


def bare_words(text: str) -> str:
    """The words that are compared: without signs, capitals and open places."""
    return plain_words(_OPEN_PLACE.sub(" ", text))


def likeness(one: str, other: str) -> float:
    """How alike two texts are, from 0 to 1; 1 only for the same words."""
    return _alike(bare_words(one), bare_words(other))


def _alike(one: str, other: str) -> float:
    if one == other:
        return 1.0
    mine, theirs = _pieces(one), _pieces(other)
    if not mine or not theirs:
        return 0.0
    # Two texts may have the same pieces in another order, and are then not the same words.
    return min(0.99, 2 * len(mine & theirs) / (len(mine) + len(theirs)))


def _pieces(words: str) -> frozenset[str]:
    padded = f" {words} "
    return frozenset(padded[n : n + _PIECE] for n in range(len(padded) - _PIECE + 1))


@dataclass
class LineIndex:
    """Known lines, found by their words; a question costs the lines that share its rarer words, not all of them."""

    lines: Sequence[KnownLine]
    _plain: list[str] = field(init=False, repr=False)
    _same: dict[str, list[int]] = field(init=False, repr=False)
    _by_word: dict[str, list[int]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._plain = [bare_words(line.text) for line in self.lines]
        self._same, self._by_word = defaultdict(list), defaultdict(list)
        for number, words in enumerate(self._plain):
            self._same[words].append(number)
            for word in set(words.split()):
                self._by_word[word].append(number)

    def same(self, text: str) -> tuple[KnownLine, ...]:
        """The known lines with the same words."""
        words = bare_words(text)
        return tuple(self.lines[n] for n in self._same.get(words, ())) if words else ()

    def near(
        self,
        text: str,
        least: float = NEAR,
        kinds: Iterable[str] = (),
        besides: Iterable[str] = (),
    ) -> Alike | None:
        """The known line most like a text, if one is at least so like it; the same words come first.

        Only lines of `kinds` count (all, if none is named), and none of the documents `besides`.
        """
        words, wanted, apart = bare_words(text), frozenset(kinds), frozenset(besides)
        numbers = self._same.get(words, ())
        same = next((n for n in numbers if self._is_wanted(n, wanted, apart)), None)
        if same is not None and words:
            return Alike(self.lines[same], 1.0)
        if len(words.split()) < FEWEST_WORDS:
            return None
        best, likest = None, least
        for number in self._candidates(words, least):
            if self._is_wanted(number, wanted, apart):
                alike = _alike(words, self._plain[number])
                if alike > likest or (best is None and alike >= least):
                    best, likest = number, alike
        return None if best is None else Alike(self.lines[best], likest)

    def _candidates(self, words: str, least: float) -> list[int]:
        """Lines of like length that share a good part of the words."""
        own = sorted(set(words.split()), key=lambda word: len(self._by_word.get(word, ())))
        # Lines that share so many pieces share a third of their words; the commonest words say nothing.
        rarest = own[: max(2, (2 * len(own)) // 3)]
        shared = Counter(number for word in rarest for number in self._by_word.get(word, ()))
        enough = max(1, len(rarest) // 3)
        longest = len(words) * (2 / least - 1) + 2
        shortest = len(words) / (2 / least - 1) - 2
        fitting = Counter(
            {
                number: count
                for number, count in shared.items()
                if count >= enough and shortest <= len(self._plain[number]) <= longest
            }
        )
        return [number for number, _ in fitting.most_common(_MOST_CANDIDATES)]

    def _is_wanted(self, number: int, kinds: frozenset[str], apart: frozenset[str]) -> bool:
        line = self.lines[number]
        return (not kinds or line.kind in kinds) and line.document not in apart
