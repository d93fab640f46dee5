"""What a draft has lines for, and what it lacks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import bot
from bot.content.yaml_lines import read_yaml
from bot.core.studio.coverage import Cover, coverage_of, in_short
from bot.core.studio.kinds import DocumentKind

DATA = Path(bot.__file__).parents[1] / "data"


def scenario(**changes: Any) -> dict[str, Any]:
    document: dict[str, Any] = read_yaml(DATA / "scenarios" / "cash-flow-cafe.yml").data
    return {**document, **changes}


def lacking(kind: DocumentKind, data: Any) -> dict[str, Cover]:
    return {cover.what: cover for cover in coverage_of(kind, data) if not cover.is_enough}


@pytest.mark.parametrize("path", sorted((DATA / "scenarios").glob("*.yml")), ids=lambda p: p.stem)
def test_every_scenario_that_ships_lacks_nothing(path: Path) -> None:
    assert lacking(DocumentKind.SCENARIO, read_yaml(path).data) == {}


@pytest.mark.parametrize("path", sorted((DATA / "personas").glob("*.yml")), ids=lambda p: p.stem)
def test_every_persona_that_ships_lacks_nothing(path: Path) -> None:
    assert lacking(DocumentKind.PERSONA, read_yaml(path).data) == {}


def test_a_level_without_an_opening_is_lacking() -> None:
    found = lacking(DocumentKind.SCENARIO, scenario(opening={"1": "Not now."}))

    assert {"level 2", "level 3"} <= found.keys()
    assert found["level 2"].field == "opening.2"
    assert "1 more would do" in found["level 2"].message


def test_levels_that_are_not_offered_need_no_opening() -> None:
    assert lacking(DocumentKind.SCENARIO, scenario(levels=[1], opening={"1": "Not now."})) == {}


def test_a_heat_without_ways_to_say_it_again_is_lacking() -> None:
    rows = [row for row in scenario()["restate"] if 3 not in (row.get("heat") or [3])]

    found = lacking(DocumentKind.SCENARIO, scenario(restate=rows))

    assert found["restate at heat 3"].have == 0
    assert "abusive" in found["restate at heat 3"].message


def test_topics_without_an_answer_are_lacking() -> None:
    found = lacking(DocumentKind.SCENARIO, scenario(answers=[]))

    assert len([what for what in found if what.startswith("answer ")]) == 6


def test_examples_are_counted_by_label() -> None:
    rows = [{"text": "We are short.", "labels": ["cash_flow"], "heat": 0}]

    (found,) = [
        cover
        for cover in coverage_of(DocumentKind.SCENARIO, scenario(examples=rows), {"cash_flow": 5})
        if cover.what == "label cash_flow"
    ]

    assert (found.have, found.want, found.field) == (1, 5, "examples")


def test_a_beat_that_a_persona_cannot_say_at_a_heat_is_lacking() -> None:
    persona = read_yaml(DATA / "personas" / "angry-haulier.yml").data
    rows = [row for row in persona["lines"] if row["beat"] != "vent"]

    found = lacking(DocumentKind.PERSONA, {**persona, "lines": rows})

    assert {f"beat vent at heat {heat}" for heat in range(4)} <= found.keys()


@pytest.mark.parametrize(
    "data",
    [None, [], "text", {}, {"restate": "none", "opening": 3, "answers": [1], "levels": "all"}],
)
def test_values_of_any_kind_are_read(data: Any) -> None:
    for kind in DocumentKind:
        assert in_short(coverage_of(kind, data))["things"] >= 0
