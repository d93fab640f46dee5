"""Tells which items of a changed list were there before, so that only what is new has to be written."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections import Counter, defaultdict
from difflib import SequenceMatcher
from typing import Any

from bot.content.document_values import form_values
from bot.content.schema_walk import AnyField

#: The keys by which an item is known though its other values have changed.
_NAMES = ("id", "number", "label", "topic", "term", "half_year")
#: Beyond so many pairs of the same item, each is simply paired with the first that is left.
_MOST_ALIKE = 200_000


def matched(field: AnyField | None, old: list[Any], new: list[Any]) -> list[int | None]:
    """For each new item the position that it had before; None for one that was not there."""
    was, will = [_key(field, x) for x in old], [_key(field, x) for x in new]
    pairs: list[int | None] = [None] * len(new)
    often = Counter(will)
    if sum(often[key] for key in was) <= _MOST_ALIKE:
        blocks = SequenceMatcher(None, was, will, autojunk=False).get_matching_blocks()
        for start, at, size in blocks:
            for offset in range(size):
                pairs[at + offset] = start + offset
    _by(was, will, pairs)
    _by([_name(x) for x in old], [_name(x) for x in new], pairs)
    _by_place(old, new, pairs)
    return pairs


def in_place(pairs: list[int | None]) -> set[int]:
    """The old positions that can stay where they are: the longest row of them that is still in order."""
    tails: list[int] = []
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for old in pairs:
        if old is None:
            continue
        at = bisect_left(tails, old)
        before[old] = ends[at - 1] if at else None
        tails[at:] = [old, *tails[at + 1 :]] if at < len(tails) else [old]
        ends[at:] = [old, *ends[at + 1 :]] if at < len(ends) else [old]
    kept, last = set(), ends[-1] if ends else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return kept


def _by(was: list[str | None], will: list[str | None], pairs: list[int | None]) -> None:
    """Pair what is left by a name that both have."""
    free: dict[str, list[int]] = defaultdict(list)
    taken = set(pairs)
    for index, name in enumerate(was):
        if name is not None and index not in taken:
            free[name].append(index)
    for index, name in enumerate(will):
        if pairs[index] is None and name is not None and free[name]:
            pairs[index] = free[name].pop(0)


def _by_place(old: list[Any], new: list[Any], pairs: list[int | None]) -> None:
    """Pair what is left between the same neighbours: an item that was edited, its name included."""
    taken, last = set(pairs), -1
    for index, item in enumerate(new):
        pair = pairs[index]
        if pair is not None:
            last = pair
            continue
        place = last + 1
        if place < len(old) and place not in taken and _is_edit(old[place], item):
            pairs[index] = last = place
            taken.add(place)


def _is_edit(old: Any, new: Any) -> bool:
    """An item with another name and nothing else in common is a new one, not an edited one."""
    if isinstance(old, dict) and isinstance(new, dict):
        return _name(old) is None or any(new.get(key) == x for key, x in old.items())
    return type(old) is type(new)


def _key(field: AnyField | None, item: Any) -> str | None:
    return json.dumps(form_values(field, item), sort_keys=True, ensure_ascii=True, default=str)


def _name(item: Any) -> str | None:
    if not isinstance(item, dict):
        return None
    return next((str(item[key]) for key in _NAMES if isinstance(item.get(key), str)), None)
