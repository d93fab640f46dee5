"""Finds the account that a collector means: "the bakery", "Hartley", "invoice 4417"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.services.ports import AccountRow

#: Words that every second company bears, or that a request consists of; they find nobody.
_COMMON = frozenset(
    "ltd limited plc llp inc llc gmbh co company group and the of for a an to on in at with about my me i im i'm "
    "you who what whats know need next ringing calling call phone them him her it is this that please can before "
    "brief account client customer have got one services service house uk ireland".split()
)


def find_account(text: str, rows: Sequence[AccountRow]) -> tuple[AccountRow, ...]:
    """The rows that fit best, the likeliest first; two or more when the words do not decide, none when nothing fits."""
    words = set(_words(text))
    scored = [(_score(words, text.casefold(), row), row) for row in rows]
    best = max((score for score, _ in scored), default=0)
    if best < 1:
        return ()
    return tuple(row for score, row in scored if score == best)


def _score(words: set[str], text: str, row: AccountRow) -> float:
    if row.name.casefold() in text or row.id.casefold() in text.split():
        return 100
    name = [word for word in _words(row.name) if word not in _COMMON]
    industry = set(_words(row.industry.replace("_", " ")))
    hits = sum(_is_heard(word, words) for word in name)
    trade = any(_is_heard(word, words) for word in industry)
    return hits * 2 + (1.5 if trade and not hits else 0.5 if trade else 0)


def _is_heard(word: str, words: set[str]) -> bool:
    if word in words:
        return True
    stem = word.rstrip("s")
    return len(stem) > 3 and any(
        len(other) > 3 and (other.rstrip("s") == stem or other.startswith(stem) or stem.startswith(other))
        for other in words
        if other not in _COMMON
    )


def _words(text: str) -> list[str]:
    return [
        word.removesuffix("'s") for word in re.findall(r"[\w']+", text.casefold()) if word not in _COMMON
    ]
