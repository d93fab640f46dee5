"""Writes a turn in figures: small letters, spoken numbers as digits, one space, and where all of it came from.

The finders of money, days and references read this form, so that "two and a half grand" and "2.5 grand" are one
rule; `Figures.entity` leads back to the words of the turn.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.core.language.number_words import AFTER_A, STARTERS
from bot.core.language.numbers_spoken import Word, read_number
from bot.core.reading import Entity

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|[0-9]+(?:[.,][0-9]+)*|\s\s+|[^\S ]")
#: A turn is cut at 8,000 characters before it gets here; of anything longer only so much is read, to stay quick.
READ_AT_MOST = 50_000
_HYPHENS = str.maketrans("\u2019\u2018\u02bc\u2010\u2011\u2012\u2013\u2014", "'''-----")


@dataclass(frozen=True, slots=True)
class Figures:
    """The turn in figures; `pieces` are the changed places as (start here, end here, start there, end there)."""

    original: str
    text: str
    pieces: tuple[tuple[int, int, int, int], ...]
    starts: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the figures stands in the turn."""
        return self._start(start), self._end(end)

    def said(self, start: int, end: int) -> str:
        """The words of the turn behind a stretch of the figures."""
        first, last = self.span(start, end)
        return self.original[first:last]

    def entity(self, type_: str, value: Any, start: int, end: int) -> Entity:
        """An entity over a stretch of the figures, with the words as they were said."""
        first, last = self.span(start, end)
        return Entity(type_, value, self.original[first:last], first, last)

    def _start(self, at: int) -> int:
        index = bisect_right(self.starts, at) - 1
        if index < 0:
            return at
        _, end, there, there_end = self.pieces[index]
        return there if at < end else there_end + at - end

    def _end(self, at: int) -> int:
        index = bisect_left(self.starts, at) - 1
        if index < 0:
            return at
        _, end, _, there_end = self.pieces[index]
        return there_end if at <= end else there_end + at - end


def small_letters(text: str) -> str:
    """The text in small letters and plain apostrophes and hyphens, each character where it was."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    return low.translate(_HYPHENS)


@lru_cache(maxsize=4)
def in_figures(text: str) -> Figures:
    """The turn in figures, up to the length that is read."""
    low = small_letters(text[:READ_AT_MOST])
    out: list[str] = []
    pieces: list[tuple[int, int, int, int]] = []
    written = done = 0
    for start, end, figures in _changes(low):
        out.append(low[done:start])
        written += start - done
        pieces.append((written, written + len(figures), start, end))
        out.append(figures)
        written += len(figures)
        done = end
    out.append(low[done:])
    return Figures(text, "".join(out), tuple(pieces), tuple(piece[0] for piece in pieces))


def _changes(low: str) -> list[tuple[int, int, str]]:
    words, changes = _words(low)
    skip_to = 0
    for at, word in enumerate(words):
        text = word[0]
        if at < skip_to or not (text in STARTERS or text[0] in "0123456789"):
            continue
        if text in ("a", "an") and not (at + 1 < len(words) and words[at + 1][0] in AFTER_A):
            continue
        number = read_number(words, at)
        if number is not None and number.next > at:
            changes.append((word.start, words[number.next - 1].end, number.figures))
            skip_to = number.next
    return _apart(changes)


def _words(low: str) -> tuple[list[Word], list[tuple[int, int, str]]]:
    words: list[Word] = []
    spaces: list[tuple[int, int, str]] = []
    last_end = 0
    for match in _WORD.finditer(low):
        start, end = match.span()
        text = match.group()
        if text.isspace():
            spaces.append((start, end, " "))
            continue
        gap = low[last_end:start] if start - last_end <= 6 else "x"
        if gap == " ":
            words.append(Word(text, start, end, True, False))
        else:
            bare = gap.strip()
            words.append(Word(text, start, end, bool(gap) and bare in ("", "-"), bare == ","))
        last_end = end
    return words, spaces


def _apart(changes: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """In order, without the spaces that lie inside a number."""
    kept: list[tuple[int, int, str]] = []
    for change in sorted(changes, key=lambda c: (c[0], -c[1])):
        if not kept or change[0] >= kept[-1][1]:
            kept.append(change)
    return kept
