"""Every label has one sentence and one example of its own, under its speaker."""

from __future__ import annotations

import pytest

from bot.core.labels import FAMILY_OF, Family, Heat, Objection, Speaker, labels_of
from tests.docs.pages import read, rows, section

PAGE = read("docs/reference/labels.md")
HEADINGS = {
    Speaker.CLIENT: "## What a client says",
    Speaker.COLLECTOR: "## What a collector does on the call",
    Speaker.COACH: "## What a collector asks the coach",
}


def _described(text: str) -> dict[str, list[str]]:
    return {row[0].strip("`"): row[1:] for row in rows(text)}


@pytest.mark.parametrize("speaker", Speaker)
def test_labels_of_a_speaker_are_described_and_no_others(speaker: Speaker) -> None:
    assert set(_described(section(PAGE, HEADINGS[speaker]))) == set(labels_of(speaker))


@pytest.mark.parametrize("speaker", Speaker)
def test_description_is_a_sentence_with_a_spoken_example(speaker: Speaker) -> None:
    for label, (sentence, example) in _described(section(PAGE, HEADINGS[speaker])).items():
        assert sentence.endswith("."), label
        assert len(sentence.split()) >= 3, label
        assert example.startswith("“"), label
        assert example.endswith("”"), label


def test_examples_are_all_different() -> None:
    found = [row[2] for row in rows(PAGE) if len(row) == 3 and row[2].startswith("“")]
    assert len(found) == len(set(found))


@pytest.mark.parametrize("family", Family)
def test_objections_stand_under_their_family(family: Family) -> None:
    heading = next(
        line
        for line in PAGE.split("\n")
        if line.startswith("### ") and f"(`{family.value}`)" in line
    )
    expected = {label.value for label in Objection if FAMILY_OF[label] is family}
    assert set(_described(section(PAGE, heading))) == expected


def test_every_heat_is_described() -> None:
    assert {row[0] for row in rows(section(PAGE, "## Heat"))} == {str(heat.value) for heat in Heat}
