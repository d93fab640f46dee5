"""Folds the unchanged stretches of a difference, so that what changed is read first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

#: So many unchanged lines stay in sight before and after a change.
CONTEXT = 3
#: Fewer than this are not worth a fold.
_LEAST_FOLDED = 4


@dataclass(frozen=True)
class DifferenceLine:
    """One line; `is_first` marks the first of a run of its kind, `number` is where it stands."""

    kind: str
    text: str
    number: int
    is_first: bool


@dataclass(frozen=True)
class Stretch:
    """Lines that belong together; `is_folded` when nothing happens in them."""

    is_folded: bool
    lines: Sequence[DifferenceLine]


@dataclass(frozen=True)
class Difference:
    """A whole difference with its counts."""

    stretches: Sequence[Stretch]
    added: int
    removed: int


def difference_of(lines: Sequence[Mapping[str, Any]]) -> Difference:
    """The lines of a difference in stretches; what is far from any change is folded."""
    runs = [list(run) for _, run in groupby(lines, key=lambda line: line["kind"])]
    stretches: list[Stretch] = []
    for index, run in enumerate(runs):
        if run[0]["kind"] != "same":
            _append(stretches, False, run)
            continue
        head = 0 if index == 0 else CONTEXT
        tail = 0 if index == len(runs) - 1 else CONTEXT
        if len(run) - head - tail < _LEAST_FOLDED:
            _append(stretches, False, run)
            continue
        _append(stretches, False, run[:head])
        _append(stretches, True, run[head : len(run) - tail])
        _append(stretches, False, run[len(run) - tail :])
    return Difference(
        stretches,
        added=sum(line["kind"] == "added" for line in lines),
        removed=sum(line["kind"] == "removed" for line in lines),
    )


def _append(stretches: list[Stretch], is_folded: bool, run: Sequence[Mapping[str, Any]]) -> None:
    if not run:
        return
    shown = [_shown(line, index == 0) for index, line in enumerate(run)]
    if not is_folded and stretches and not stretches[-1].is_folded:
        shown = [*stretches.pop().lines, *shown]
    stretches.append(Stretch(is_folded, shown))


def _shown(line: Mapping[str, Any], is_first: bool) -> DifferenceLine:
    number = line["old_line"] if line["kind"] == "removed" else line["new_line"]
    return DifferenceLine(line["kind"], line["text"], number or 0, is_first)
