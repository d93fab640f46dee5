"""What the collector can look up: terms in plain words, and who in the house helps with what."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class GlossaryTerm:
    """A term of the trade in plain words; `instead` is what to say to a client in its place."""

    term: str
    plain: str
    also: tuple[str, ...] = ()
    instead: str | None = None
    source: str = ""


@dataclass(frozen=True)
class Glossary:
    """The terms with the day they were last looked through."""

    terms: tuple[GlossaryTerm, ...]
    reviewed_on: date | None = None

    def find(self, text: str) -> GlossaryTerm | None:
        """The term that a text asks about: the longest name that stands in it."""
        plain = f" {_plain(text)} "
        named = (
            (len(name), term)
            for term in self.terms
            for name in map(_plain, (term.term, *term.also))
            if f" {name} " in plain or f" {name}s " in plain
        )
        return max(named, key=lambda pair: pair[0], default=(0, None))[1]

    def jargon_in(self, text: str) -> Mapping[str, str]:
        """The jargon a line holds, each word with what to say instead."""
        plain = f" {_plain(text)} "
        return {
            name: term.instead
            for term in self.terms
            if term.instead
            for name in (term.term, *term.also)
            if f" {_plain(name)} " in plain
        }


@dataclass(frozen=True)
class InsideHelp:
    """One place in the house to turn to: for which problems and labels, and what to have ready."""

    id: str
    problem: str
    team: str
    helps_with: str
    have_ready: str
    labels: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Directory:
    """The inside help by problem."""

    entries: tuple[InsideHelp, ...]

    def for_labels(self, labels: tuple[str, ...]) -> tuple[InsideHelp, ...]:
        """Who helps with what was heard, in the order of the labels."""
        found = (e for label in labels for e in self.entries if label in e.labels)
        return tuple(dict.fromkeys(found))

    def find(self, text: str) -> InsideHelp | None:
        """Who helps with a problem named in words."""
        plain = f" {_plain(text)} "
        return next(
            (e for e in self.entries if any(f" {_plain(w)} " in plain for w in e.words)), None
        )


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", text.casefold()).split())
