"""Keeps what a finder found apart: no two entities over the same words."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable

from bot.core.reading import Entity


class Taken:
    """The stretches of a text that are spoken for; asking and taking cost little in long texts too."""

    def __init__(self) -> None:
        self._spans: list[tuple[int, int]] = []

    def is_free(self, start: int, end: int) -> bool:
        """Whether nobody has taken a part of this stretch."""
        index = bisect_left(self._spans, (start, end))
        before = self._spans[index - 1][1] if index else 0
        after = self._spans[index][0] if index < len(self._spans) else end
        return before <= start and end <= after

    def take(self, start: int, end: int) -> bool:
        """Take a stretch if it is free; tells whether it was."""
        if end <= start or not self.is_free(start, end):
            return False
        insort(self._spans, (start, end))
        return True


def keep_apart(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """In the order of the text; of two over the same words the one that was found first stays."""
    taken = Taken()
    kept = [entity for entity in entities if taken.take(entity.start, entity.end)]
    return tuple(sorted(kept, key=lambda entity: entity.start))
