"""The changelog keeps its form: one line a change, under the headings of Keep a Changelog."""

from __future__ import annotations

import re

from tests.docs.pages import read

TEXT = read("CHANGELOG.md")
KINDS = ("Added", "Changed", "Deprecated", "Removed", "Fixed", "Security")


def test_it_begins_with_what_is_unreleased() -> None:
    versions = re.findall(r"^## (.+)$", TEXT, re.M)
    assert versions[0] == "[Unreleased]"
    assert all(
        re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d{2}-\d{2}", version) for version in versions[1:]
    )


def test_changes_stand_under_known_headings_in_their_order() -> None:
    for part in re.split(r"^## .+$", TEXT, flags=re.M)[1:]:
        headings = re.findall(r"^### (.+)$", part, re.M)
        assert headings == [kind for kind in KINDS if kind in headings]


def test_a_change_is_one_line_and_one_sentence() -> None:
    changes = [
        line
        for line in TEXT.split("## [Unreleased]")[1].split("\n")
        if line and not line.startswith(("#", "["))
    ]
    assert changes
    for line in changes:
        assert re.fullmatch(r"- .+\.", line), line
        assert len(line) <= 130, line


def test_no_change_is_told_twice() -> None:
    changes = re.findall(r"^- .+$", TEXT, re.M)
    assert len(changes) == len(set(changes))
