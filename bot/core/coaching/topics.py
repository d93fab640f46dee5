"""Which objection a collector means when they speak of one to the coach."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Topic:
    """A play's label and the phrases that collectors call it by."""

    label: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Topics:
    """The topics; the longest phrase that stands in a text decides."""

    topics: tuple[Topic, ...]

    @cached_property
    def _phrases(self) -> tuple[tuple[str, str], ...]:
        pairs = ((_plain(word), topic.label) for topic in self.topics for word in topic.words)
        return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))

    def find(self, text: str) -> str | None:
        """The label of the objection that the text speaks of, or None."""
        plain = f" {_plain(text)} "
        return next((label for phrase, label in self._phrases if f" {phrase} " in plain), None)


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", "", text.replace("\u2019", "'").casefold()).split())
