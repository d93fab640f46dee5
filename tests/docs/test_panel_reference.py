"""The panel's reference page says what the panel's files say."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
WIDGET = ROOT / "bot" / "web" / "static" / "widget"
PAGE = (ROOT / "docs" / "reference" / "panel.md").read_text(encoding="utf-8")
SHEET = (WIDGET / "parley-panel.css").read_text(encoding="utf-8")
SCRIPTS = {path.name: path.read_text(encoding="utf-8") for path in WIDGET.glob("*.js")}


def test_every_custom_property_is_documented_with_its_default() -> None:
    host = SHEET[SHEET.index(":host {") : SHEET.index("}", SHEET.index(":host {"))]
    in_sheet = dict(re.findall(r"(--parley-[\w-]+):\s*(.+?);", host))
    in_page = dict(re.findall(r"^\| `(--parley-[\w-]+)` \| `(.+?)` \|", PAGE, re.MULTILINE))

    assert in_page == in_sheet


def test_the_sheet_uses_no_property_that_it_does_not_define() -> None:
    defined = set(re.findall(r"(--parley-[\w-]+):", SHEET))

    assert set(re.findall(r"var\((--parley-[\w-]+)", SHEET)) == defined


def test_every_part_is_documented() -> None:
    in_scripts = {
        name for text in SCRIPTS.values() for name in re.findall(r'part: "([\w-]+)"', text)
    }
    in_page = set(
        re.findall(r"`([\w-]+)`", PAGE[PAGE.index("## Parts") : PAGE.index("## Keyboard")])
    )

    assert in_page == in_scripts


def test_every_event_key_and_attribute_is_documented() -> None:
    events = {
        name for text in SCRIPTS.values() for name in re.findall(r'emit\("(parley-[\w-]+)"', text)
    }
    keys = re.findall(r'key: "(.)", action:', SCRIPTS["keys.js"])
    attributes = re.findall(
        r'"(\w+)"', re.search(r"observedAttributes = (.+);", SCRIPTS["parley-panel.js"])[1]
    )

    assert [name for name in (*events, *keys, *attributes) if f"| `{name}` |" not in PAGE] == []


def test_the_panel_sets_no_markup_and_no_inline_style() -> None:
    forbidden = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function"
        r"|\.style\.|[\"']style[\"']|localStorage|sessionStorage"
    )

    assert {
        name: found for name, text in SCRIPTS.items() if (found := re.findall(forbidden, text))
    } == {}


def test_every_module_but_the_catalogue_stays_under_250_lines() -> None:
    long = {
        name: len(text.splitlines())
        for name, text in SCRIPTS.items()
        if len(text.splitlines()) > 250
    }

    assert set(long) <= {"strings.js"}


def test_every_visible_text_comes_from_the_catalogue() -> None:
    keys = set(re.findall(r"^  (\w+):", SCRIPTS["strings.js"], re.MULTILINE))
    asked = {
        name: re.findall(r'\bt\("(\w+)"', text)
        for name, text in SCRIPTS.items()
        if name != "strings.js"
    }

    assert {
        name: lost
        for name, used in asked.items()
        if (lost := [key for key in used if key not in keys])
    } == {}
