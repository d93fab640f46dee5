"""What is generated says what the code says now."""

from __future__ import annotations

import pytest

from tools.make_docs import PARTS, fresh, stale


def test_no_generated_part_is_stale() -> None:
    assert stale() == [], "run `make docs`"


def test_making_a_part_twice_changes_nothing() -> None:
    parts = {"settings": PARTS["docs/reference/settings.md"]["settings"]}
    once = fresh(
        "before\n<!-- generated: settings -->\nwhat was\n<!-- end: settings -->\nafter", parts
    )
    assert "what was" not in once
    assert once.startswith("before\n")
    assert once.endswith("\nafter")
    assert fresh(once, parts) == once


def test_a_file_without_its_markers_is_refused() -> None:
    with pytest.raises(ValueError, match="settings"):
        fresh("nothing here", {"settings": lambda: ""})
