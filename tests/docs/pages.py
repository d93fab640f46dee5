"""Reads the documentation: its files, sections, tables and the code words in them."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_FENCE = re.compile(r"^```.*?^```", re.M | re.S)


def read(name: str) -> str:
    """The text of one file, named from the project's root."""
    return (ROOT / name).read_text("utf-8")


def every_page() -> list[Path]:
    """Every Markdown file that is ours."""
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def section(text: str, heading: str) -> str:
    """What stands under a heading, up to the next of its level or above."""
    level = len(heading) - len(heading.lstrip("#"))
    found = re.search(
        rf"^{re.escape(heading)}$\n(.*?)(?=^#{{1,{level}}} |\Z)", without_fences(text), re.M | re.S
    )
    assert found, f"the section “{heading}” is missing"
    return found[1]


def rows(text: str) -> list[list[str]]:
    """The rows of every table in a text, without heads and rules."""
    found = []
    lines = text.split("\n")
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        is_rule = set(line) <= set("|- :") or (set(following) <= set("|- :") and "---" in following)
        if line.startswith("|") and not is_rule:
            cells = re.split(r"(?<!\\)\|", line.strip("|"))
            found.append([cell.strip().replace("\\|", "|") for cell in cells])
    return found


def first_words(text: str) -> set[str]:
    """The code words in the first cell of every row."""
    return {word for row in rows(text) for word in code_words(row[0])}


def code_words(text: str) -> list[str]:
    """Everything in backticks, code blocks left out."""
    return re.findall(r"`([^`]+)`", without_fences(text))


def without_fences(text: str) -> str:
    """The text without its code blocks."""
    return _FENCE.sub("", text)
