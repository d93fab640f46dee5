"""Links lead somewhere, no page names a folder of somebody's machine, and nothing is left to be filled in."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, every_page, read, without_fences

PAGES = every_page()
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_MACHINE = re.compile(r"(?<![\w.:/-])/(?:work|tmp|root|home|Users|mnt)/\w")


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def _anchors(text: str) -> set[str]:
    """The anchors that a reader on the web gets: small letters, dashes, no punctuation."""
    headings = re.findall(r"^#{1,6} (.+)$", without_fences(text), re.M)
    return {
        re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings
    }


@pytest.mark.parametrize("document", PAGES, ids=_name)
def test_relative_links_and_their_anchors_exist(document: Path) -> None:
    text = document.read_text("utf-8")
    for target in _LINK.findall(without_fences(text)):
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        found = (document.parent / path).resolve() if path else document
        assert found.exists(), target
        assert found.is_relative_to(ROOT), target
        assert not anchor or anchor in _anchors(found.read_text("utf-8")), target


@pytest.mark.parametrize("document", PAGES, ids=_name)
def test_no_page_names_a_folder_of_a_machine(document: Path) -> None:
    assert not _MACHINE.findall(document.read_text("utf-8"))


@pytest.mark.parametrize("document", PAGES, ids=_name)
def test_nothing_is_left_to_be_filled_in(document: Path) -> None:
    assert not re.findall(r"^FIGURES\b|\bTODO\b|\bTBD\b", document.read_text("utf-8"), re.M)


@pytest.mark.parametrize("document", PAGES, ids=_name)
def test_files_of_the_project_that_a_page_names_exist(document: Path) -> None:
    named = re.findall(
        r"`((?:bot|actions|tests|tools|docs)/[\w./-]+\w)`", document.read_text("utf-8")
    )
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_every_page_is_reached_from_the_readme() -> None:
    seen: set[Path] = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in seen:
            continue
        seen.add(page)
        for target in _LINK.findall(page.read_text("utf-8")):
            found = (page.parent / target.partition("#")[0]).resolve()
            if found.suffix == ".md" and found.exists():
                waiting.append(found)
    assert [_name(page) for page in PAGES if page not in seen] == []


def test_the_review_of_accessibility_is_not_overdue() -> None:
    dates = re.findall(r"\d{4}-\d{2}-\d{2}", read("docs/accessibility.md"))
    reviewed, next_by = (date.fromisoformat(text) for text in dates[:2])
    assert reviewed < next_by
    assert date.today() <= next_by, "look through docs/accessibility.md and set its dates anew"  # noqa: DTZ011 - a day is all that is asked
