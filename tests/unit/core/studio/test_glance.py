"""A list tells a document's title and counts even when its text is no YAML."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

import bot
from bot.content.rehearsal_files import load_repertoire
from bot.core.studio.glance import glance
from bot.core.studio.kinds import DocumentKind, DocumentName

DATA = Path(bot.__file__).parents[1] / "data"


def a_name(kind: str = "scenario", slug: str = "cash-flow-cafe") -> DocumentName:
    return DocumentName(DocumentKind(kind), slug)


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ('title: "The \\"street\\" is closed"', 'The "street" is closed'),
        ("title: 'It''s closed'", "It's closed"),
        ("title: Closed  # for now", "Closed"),
        ("title: >-\n  Closed", "Cash flow cafe"),
        ("title:", "Cash flow cafe"),
        ('title: "never closed', "never closed"),
        ("\ttitle: Closed", "Cash flow cafe"),
        ("", "Cash flow cafe"),
        ("title: " + "long " * 100, ("long " * 40)),
    ],
)
def test_title_is_read_from_its_line_or_made_of_the_name(line: str, title: str) -> None:
    assert glance(a_name(), line).title == title


def test_every_scenario_that_ships_is_told_as_it_is_loaded() -> None:
    for scenario in load_repertoire(DATA).scenarios.values():
        text = (DATA / "scenarios" / f"{scenario.id}.yml").read_text("utf-8")
        seen = glance(a_name(slug=scenario.id), text)

        assert (seen.title, seen.objection, seen.levels, seen.persona) == (
            scenario.title,
            scenario.objection.value,
            scenario.levels,
            scenario.persona,
        )
        assert seen.lines >= len(scenario.restate) + len(scenario.goals)
        assert all(count > 0 for count in seen.by_heat)


@pytest.mark.parametrize(
    "text",
    [
        "id: " * 240_000,
        "id: a, " * 140_000,
        "title:" + " " * 900_000 + "x",
        "levels: [" + "1," * 450_000,
        "heat: [0" * 120_000,
        "examples:\n" + "- " * 450_000,
        "a" * 999_000,
        "    " * 240_000,
    ],
)
def test_a_text_of_a_million_characters_is_told_at_once(text: str) -> None:
    began = time.process_time()
    glance(a_name(), text)

    assert time.process_time() - began < 2


def test_examples_for_the_ear_are_counted_apart() -> None:
    text = 'restate:\n  - {id: a, heat: [0, 1], text: "x"}\nexamples:\n  - {text: "y", heat: 2}\n'
    seen = glance(a_name(), text + "minutes: 3\n")

    assert seen.coverage() == {"lines": 1, "by_heat": [1, 1, 0, 0], "examples": 1}


@pytest.mark.parametrize("sign", ["\\ud800", "\\u0000", "\\u202e", "\\n"])
def test_a_title_has_no_sign_that_a_page_cannot_show(sign: str) -> None:
    seen = glance(DocumentName.parse("scenario:x"), f'title: "A{sign}B"\n')
    assert seen.title == "A B"
    seen.title.encode()
