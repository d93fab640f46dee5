"""What has changed between two texts, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any


class Change(StrEnum):
    """What became of a line."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class DiffLine:
    """A line with its number in the old and in the new text, where it is in them."""

    change: Change
    text: str
    old_line: int | None
    new_line: int | None

    def as_json(self) -> dict[str, Any]:
        """The line as a JSON-ready document."""
        return {
            "kind": self.change.value,
            "text": self.text,
            "old_line": self.old_line,
            "new_line": self.new_line,
        }


def differences(old: str, new: str) -> tuple[DiffLine, ...]:
    """Every line of both texts in order; what was removed stands before what came in its place."""
    before, after = old.splitlines(), new.splitlines()
    # The start and end that are alike are most of a document: only what lies between is compared.
    head = _common(before, after)
    tail = _common(before[head:][::-1], after[head:][::-1])
    old_end, new_end = len(before) - tail, len(after) - tail
    found = [_same(before[i], i, i) for i in range(head)]
    matcher = SequenceMatcher(None, before[head:old_end], after[head:new_end], autojunk=False)
    for tag, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        old_range = range(head + old_from, head + old_to)
        new_range = range(head + new_from, head + new_to)
        if tag == "equal":
            found += [_same(before[i], i, j) for i, j in zip(old_range, new_range, strict=True)]
            continue
        found += [DiffLine(Change.REMOVED, before[i], i + 1, None) for i in old_range]
        found += [DiffLine(Change.ADDED, after[j], None, j + 1) for j in new_range]
    found += [_same(before[old_end + i], old_end + i, new_end + i) for i in range(tail)]
    return tuple(found)


def _common(one: list[str], other: list[str]) -> int:
    """How many lines at the start are alike."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _same(text: str, old: int, new: int) -> DiffLine:
    return DiffLine(Change.SAME, text, old + 1, new + 1)
