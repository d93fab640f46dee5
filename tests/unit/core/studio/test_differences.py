"""Differences name every line of both texts once, and what changed where it stands."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.studio.differences import Change, differences

_LINES = st.lists(st.sampled_from(["a", "b", "c", "", "  d: e"]), max_size=12)


def test_a_changed_line_is_removed_and_added_between_those_that_stay() -> None:
    found = differences("id: x\ntitle: Old\nlevels: [1]\n", "id: x\ntitle: New\nlevels: [1]\n")

    assert [line.as_json() for line in found] == [
        {"kind": "same", "text": "id: x", "old_line": 1, "new_line": 1},
        {"kind": "removed", "text": "title: Old", "old_line": 2, "new_line": None},
        {"kind": "added", "text": "title: New", "old_line": None, "new_line": 2},
        {"kind": "same", "text": "levels: [1]", "old_line": 3, "new_line": 3},
    ]


def test_everything_of_a_new_document_is_added() -> None:
    assert [line.change for line in differences("", "a\nb")] == [Change.ADDED, Change.ADDED]
    assert differences("", "") == ()


@given(_LINES, _LINES)
def test_the_old_and_the_new_text_can_be_read_back(old: list[str], new: list[str]) -> None:
    before, after = "".join(f"{x}\n" for x in old), "".join(f"{x}\n" for x in new)
    found = differences(before, after)

    assert [x.text for x in found if x.change is not Change.ADDED] == before.splitlines()
    assert [x.text for x in found if x.change is not Change.REMOVED] == after.splitlines()
    old_lines = [x.old_line for x in found if x.old_line is not None]
    new_lines = [x.new_line for x in found if x.new_line is not None]
    assert old_lines == list(range(1, len(old) + 1))
    assert new_lines == list(range(1, len(new) + 1))


@pytest.mark.parametrize("count", [3_000])
def test_a_long_document_with_one_change_is_compared_at_once(count: int) -> None:
    lines = [f"  - line {number}" for number in range(count)]
    changed = [*lines[:1500], "  - new", *lines[1501:]]
    found = differences("\n".join(lines), "\n".join(changed))

    assert len(found) == count + 1
    assert [x.change for x in found].count(Change.SAME) == count - 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a\nb\n" * 100_000, "b\nb\na\n" * 90_000),
        ("\n".join(map(str, range(9_000))), "\n".join(map(str, reversed(range(9_000))))),
        ("a\nb\nb\n" * 600, "b\na\n" * 900),
    ],
)
def test_texts_that_have_little_in_common_are_shown_as_gone_and_come_in_a_moment(
    old: str, new: str
) -> None:
    began = time.process_time()
    lines = differences(old, new)
    assert time.process_time() - began < 5
    assert [x.text for x in lines if x.change is not Change.ADDED] == old.splitlines()
    assert [x.text for x in lines if x.change is not Change.REMOVED] == new.splitlines()
