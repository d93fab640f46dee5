"""What has changed between two texts, line by line."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

#: So many changed lines, and so many pairs of the same line, are held against each other; a text that was written anew
#: is shown as one that went and one that came, instead of keeping everybody waiting.
MOST_LINES, MOST_PAIRS = 4_000, 200_000

#: Start and end of a stretch in the old text, and in the new one; `is_same` if they are alike.
_Stretch = tuple[bool, int, int, int, int]


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
    for is_same, old_from, old_to, new_from, new_to in _stretches(
        before[head:old_end], after[head:new_end]
    ):
        old_range = range(head + old_from, head + old_to)
        new_range = range(head + new_from, head + new_to)
        if is_same:
            found += [_same(before[i], i, j) for i, j in zip(old_range, new_range, strict=True)]
            continue
        found += [DiffLine(Change.REMOVED, before[i], i + 1, None) for i in old_range]
        found += [DiffLine(Change.ADDED, after[j], None, j + 1) for j in new_range]
    found += [_same(before[old_end + i], old_end + i, new_end + i) for i in range(tail)]
    return tuple(found)


def _stretches(before: list[str], after: list[str]) -> list[_Stretch]:
    old, new = Counter(before), Counter(after)
    pairs = sum(count * new[line] for line, count in old.items())
    if len(before) + len(after) > MOST_LINES or pairs > MOST_PAIRS:
        return [(False, 0, len(before), 0, len(after))]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return [(tag == "equal", a, b, c, d) for tag, a, b, c, d in matcher.get_opcodes()]


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
