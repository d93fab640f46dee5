"""Runs of digits in a turn, written, spoken ("four one, double one") or mixed, as one number each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.language.number_words import REPEATS, SMALL, TENS

_FILLERS = frozenset(["um", "uh", "er", "erm", "em", "ehm", "then", "dash", "hyphen", "space"])
_TOKEN = re.compile(r"[a-z]+|[0-9]+|•+")
_GAP = re.compile(r"[ \t\n,.\u00a0-]{0,3}")


@dataclass(frozen=True, slots=True)
class DigitRun:
    """Digits that were said or written in one go; `plain` tells that only spaces or hyphens part them."""

    digits: str
    start: int
    end: int
    spoken: bool
    plain: bool
    groups: tuple[int, ...]


class _Open:
    """A run that is still growing."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        self.digits: list[str] = []
        self.start = self.end = 0
        self.spoken, self.plain = False, True

    def add(self, digits: str, start: int, end: int, *, spoken: bool, gap: str) -> None:
        if not self.digits:
            self.start = start
        elif gap not in ("", " ", "-"):
            self.plain = False
        self.digits.append(digits)
        self.end, self.spoken = end, self.spoken or spoken

    def close(self) -> DigitRun | None:
        run = None
        if self.digits:
            groups = tuple(len(part) for part in self.digits)
            run = DigitRun(
                "".join(self.digits), self.start, self.end, self.spoken, self.plain, groups
            )
        self.clear()
        return run


def digit_runs(low: str) -> Iterator[DigitRun]:
    """The runs of a text in small letters, in order; each digit belongs to one run only."""
    open_run, last_end, times, repeat_start = _Open(), 0, 1, 0
    for match in _TOKEN.finditer(low):
        word, start, end = match.group(), match.start(), match.end()
        gap = low[last_end:start] if start - last_end <= 3 else "far"
        if open_run.digits and not _GAP.fullmatch(gap):
            run = open_run.close()
            times = 1
            if run:
                yield run
        if word in REPEATS:
            times, repeat_start = REPEATS[word], start
        elif (said := _said(word, inside=bool(open_run.digits))) is not None:
            begin = start if times == 1 else repeat_start
            open_run.add(said * times, begin, end, spoken=not word[0].isdigit(), gap=gap)
            times = 1
        elif word not in _FILLERS or not open_run.digits:
            times = 1
            run = open_run.close()
            if run:
                yield run
        last_end = end
    run = open_run.close()
    if run:
        yield run


def _said(word: str, *, inside: bool) -> str | None:
    """The digits behind a word: "four" is 4, "forty" 40, "oh" 0 and "o" too inside a run."""
    if word[0] in "0123456789":
        return word
    if word in SMALL:
        return str(SMALL[word])
    if word in TENS:
        return str(TENS[word])
    return "0" if word == "oh" or (word == "o" and inside) else None
