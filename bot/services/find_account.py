"""Finds the account that a collector means: "the bakery", "Hartley", "invoice 4417"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.services.ports import AccountRow

#: Words that every second company bears, or that a request consists of; they find nobody.
_COMMON_WORDS = """
ltd limited plc llp inc llc gmbh co company group and of the for a an to on in at with about my me i im i'm
you who what whats know need next ringing calling call phone them him her it is this that please can before
brief account client customer have got one services service house uk ireland
"""
_COMMON = frozenset(_COMMON_WORDS.split())

_INVOICE = re.compile(r"\b(?:invoice|inv)\W{0,3}(?:(?:number|no)\W{0,3})?([\w/-]*\d[\w/-]*)", re.I)


def invoice_number(text: str) -> str | None:
    """The invoice number that the text names, if any."""
    named = _INVOICE.search(text)
    return named[1] if named else None


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
    others = (other.rstrip("s") for other in words)
    return len(stem) > 3 and any(
        len(other) > 3 and (other.startswith(stem) or stem.startswith(other)) for other in others
    )


def _words(text: str) -> list[str]:
    return [
        word.removesuffix("'s")
        for word in re.findall(r"[\w']+", text.casefold())
        if word not in _COMMON
    ]
