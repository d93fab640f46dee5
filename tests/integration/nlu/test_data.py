"""The training lines keep the label contract."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from bot.core.labels import SILENT, Speaker, labels_of

ROOT = Path(__file__).parents[3]

#: Every label needs this many lines of its own file or another's (issue: hearing, first cut).
FLOOR = 40
#: What the lines have reached; it is not to be lost again.
REACHED = {Speaker.CLIENT: 150, Speaker.COLLECTOR: 120, Speaker.COACH: 60}

STYLES = {"clean", "asr", "terse", "rambling", "regional", "nonnative"}


@dataclass(frozen=True)
class Line:
    """One line with its file, its intent and its metadata."""

    speaker: Speaker
    intent: str
    text: str
    labels: tuple[str, ...]
    metadata: dict[str, Any]
    place: str

    @property
    def plain(self) -> str:
        """The words alone: two lines that differ in signs only are the same line."""
        return " ".join(re.findall(r"\w+", self.text.casefold()))


def _lines(path: Path) -> list[Line]:
    found = []
    for block in YAML(typ="safe").load(path.read_text("utf-8"))["nlu"]:
        speaker = Speaker(block["metadata"]["speaker"])
        for number, example in enumerate(block["examples"], 1):
            metadata = example["metadata"]
            place = f"{path.name}, line {number} of {block['intent']}"
            labels = tuple(metadata["labels"])
            found.append(Line(speaker, block["intent"], example["text"], labels, metadata, place))
    return found


@cache
def training_lines() -> tuple[Line, ...]:
    files = sorted((ROOT / "data/nlu").rglob("*.yml"))
    return tuple(line for path in files for line in _lines(path))


@cache
def validation_lines() -> tuple[Line, ...]:
    return tuple(
        x for path in sorted((ROOT / "tests/validation").glob("*.yml")) for x in _lines(path)
    )


@cache
def held_out_lines() -> tuple[Line, ...]:
    return tuple(
        x for path in sorted((ROOT / "tests/held_out").glob("*.yml")) for x in _lines(path)
    )


PARTS = [training_lines, validation_lines, held_out_lines]
LABELS = [(speaker, label) for speaker in Speaker for label in labels_of(speaker)]


def lines_of(speaker: Speaker, label: str) -> int:
    return sum(line.speaker is speaker and label in line.labels for line in training_lines())


@pytest.mark.parametrize(("speaker", "label"), LABELS)
def test_every_label_has_enough_lines(speaker: Speaker, label: str) -> None:
    assert lines_of(speaker, label) >= max(FLOOR, REACHED[speaker])


@pytest.mark.parametrize(("speaker", "label"), LABELS)
def test_every_label_is_spoken_in_every_style(speaker: Speaker, label: str) -> None:
    styles = {
        line.metadata["style"]
        for line in training_lines()
        if line.speaker is speaker and label in line.labels
    }

    assert len(styles & STYLES) >= 4


def test_every_file_lies_under_its_speaker_and_bears_its_label() -> None:
    for path in (ROOT / "data/nlu").rglob("*.yml"):
        lines = _lines(path)

        assert {line.speaker.value for line in lines} == {path.parent.name}
        if path.name == "corrected.yml":  # lines of every label, added by trainers from calls
            continue
        assert {line.intent for line in lines} == {path.stem}


def test_a_third_of_the_client_lines_that_mean_something_carry_several_labels() -> None:
    spoken = [
        line
        for line in training_lines()
        if line.speaker is Speaker.CLIENT and not SILENT & set(line.labels)
    ]
    several = sum(len(line.labels) > 1 for line in spoken)

    assert several >= len(spoken) / 3


@pytest.mark.parametrize("lines", PARTS)
def test_a_line_carries_labels_of_its_own_speaker_and_its_intent_among_them(lines: Any) -> None:
    wrong = [
        line.place
        for line in lines()
        if not line.labels
        or len(set(line.labels)) != len(line.labels)
        or line.intent not in line.labels
        or not set(line.labels) <= set(labels_of(line.speaker))
    ]

    assert wrong == []


@pytest.mark.parametrize("lines", PARTS)
def test_neutral_and_out_of_scope_stand_alone(lines: Any) -> None:
    wrong = [x.place for x in lines() if SILENT & set(x.labels) and len(x.labels) > 1]

    assert wrong == []


@pytest.mark.parametrize("lines", PARTS)
def test_every_client_line_has_a_heat_and_no_other_has(lines: Any) -> None:
    wrong = [
        line.place
        for line in lines()
        if (line.metadata.get("heat") in (0, 1, 2, 3)) is not (line.speaker is Speaker.CLIENT)
    ]

    assert wrong == []


def test_every_heat_is_spoken_often() -> None:
    heats = Counter(line.metadata.get("heat") for line in training_lines())

    assert all(heats[heat] >= 100 for heat in (0, 1, 2, 3))


def test_no_line_comes_twice() -> None:
    seen: dict[str, str] = {}
    twice = []
    for line in training_lines():
        if line.plain in seen:
            twice.append(f"{line.place} is {seen[line.plain]}")
        seen.setdefault(line.plain, line.place)

    assert twice == []


def test_no_validation_line_is_trained_on() -> None:
    trained = {line.plain for line in training_lines()}

    assert [line.place for line in validation_lines() if line.plain in trained] == []


def test_no_held_out_line_is_trained_or_tuned_on() -> None:
    seen = {line.plain for line in (*training_lines(), *validation_lines())}

    assert [line.place for line in held_out_lines() if line.plain in seen] == []


@pytest.mark.parametrize(("speaker", "label"), LABELS)
def test_every_label_is_measured_on_enough_held_out_lines(speaker: Speaker, label: str) -> None:
    held = [x for x in held_out_lines() if x.speaker is speaker and label in x.labels]

    assert len(held) >= (10 if speaker is Speaker.COACH else 15)


@pytest.mark.parametrize("lines", PARTS)
def test_no_line_has_signs_that_rasa_reads_as_an_annotation(lines: Any) -> None:
    odd = [line.place for line in lines() if re.search(r"[\[\]{}]|^\s*/", line.text)]

    assert odd == []


def test_no_line_is_empty_or_longer_than_a_turn() -> None:
    for line in (*training_lines(), *validation_lines(), *held_out_lines()):
        assert 0 < len(line.text.strip()) <= 2_000, line.place
        assert line.text == line.text.strip(), line.place


def test_the_domain_has_every_label_and_no_other() -> None:
    domain = YAML(typ="safe").load((ROOT / "domain.yml").read_text("utf-8"))
    contract = {label for _, label in LABELS}

    assert set(domain["intents"]) == contract
    assert len(domain["intents"]) == len(contract)
