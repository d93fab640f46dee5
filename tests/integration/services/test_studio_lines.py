"""Checking a draft's lines against the recogniser and all that is on file."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.core.labels import Objection, Speaker
from bot.core.reading import HeardLabel, Reading
from bot.core.studio.turning_points import PROTECTING
from bot.services import studio_lines
from tests.studio_trial_fakes import TRAINER, ScriptedEars, TrialRoom, trial_room

CAFE = "scenario:cash-flow-cafe"


class AllRight(ScriptedEars):
    """Hears what each line of a scenario about money was written to say, unless told otherwise."""

    def hear_all(self, turns: Sequence[tuple[str, Speaker]], today: date) -> list[Reading]:
        readings = super().hear_all(turns, today)
        return [r if r.labels else self.plain(r) for r in readings]

    def plain(self, reading: Reading) -> Reading:
        names = ("acknowledge",)
        if reading.speaker is Speaker.CLIENT:
            names = tuple(label.value for label in Objection if label.value not in PROTECTING)
        return replace(reading, labels=tuple(HeardLabel(name, 0.9) for name in names))


@pytest.fixture
def room() -> TrialRoom:
    return trial_room(AllRight())


def found(room: TrialRoom, draft: str) -> dict[str, dict[str, Any]]:
    return {one["field"]: one for one in room.trials.line_checks(TRAINER, draft)["lines"]}


def test_a_scenario_that_ships_has_nothing_to_be_told(room: TrialRoom) -> None:
    told = room.trials.line_checks(TRAINER, room.draft(CAFE))

    assert told["checked"] > 40
    assert told["lines"] == []
    assert all(row["have"] >= row["want"] for row in told["coverage"])
    assert told["revision"] == 3


def test_the_lines_of_a_persona_are_checked_with_what_it_lacks(room: TrialRoom) -> None:
    draft = room.draft("persona:angry-haulier")
    data = room.desk.check(room.work.drafts.get(draft).name, room.work.drafts.get(draft).text).data
    line = (data or {})["lines"][0]["text"]
    room.ears.will_hear(line, Speaker.CLIENT, "vulnerability")

    told = room.trials.line_checks(TRAINER, draft)

    assert told["readable"]
    assert told["checked"] == len((data or {})["lines"])
    assert told["coverage"]
    [one] = [row for row in told["lines"] if row["field"] == "lines.0.text"]
    assert one["heard"] == [{"name": "vulnerability", "confidence": 0.9}]


def test_no_more_lines_are_listened_to_than_a_long_document_has(
    room: TrialRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(studio_lines, "MOST_LINES", 7)
    assert room.trials.line_checks(TRAINER, room.draft(CAFE))["checked"] == 7


def test_a_line_heard_as_something_else_names_field_and_labels(room: TrialRoom) -> None:
    draft = room.draft(CAFE)
    text = room.desk.check(room.work.drafts.get(draft).name, room.work.drafts.get(draft).text)
    line = (text.data or {})["restate"][0]["text"]
    room.ears.will_hear(line, Speaker.CLIENT, "abuse", heat=2)

    told = found(room, draft)["restate.0.text"]

    assert told["kind"] == "misheard"
    assert told["wanted"] == ["cash_flow"]
    assert told["heard"] == [{"name": "abuse", "confidence": 0.9}]
    assert told["heat"] == 2
    assert told["message"]
    assert told["remedy"]


def test_a_line_taken_from_another_scenario_is_told_of(room: TrialRoom) -> None:
    draft = room.draft(CAFE)
    other = "You've got some front, you bunch of robbing cowboys. I wouldn't trust one of you to sit the right way on a toilet."
    data = room.desk.check(room.work.drafts.get(draft).name, room.work.drafts.get(draft).text).data
    room.change(draft, (data or {})["restate"][1]["text"], other)

    told = found(room, draft)["restate.1.text"]

    assert told["kind"] == "duplicate"
    assert "Sling your hook" in told["other"]["where"]


def test_examples_on_file_are_faults_and_those_kept_are_not_shown(room: TrialRoom) -> None:
    index = room.desk.line_index()
    trained = next(line for line in index.lines if line.kind == "trained" and len(line.text) > 60)
    kept = next(line for line in index.lines if line.kind == "kept" and len(line.text) > 60)
    draft = room.draft(CAFE)
    rows = "".join(
        f"  - {{text: {line.text!r}, labels: [{line.labels[0]}], heat: 1, style: clean}}\n"
        for line in (trained, kept)
    )
    row = room.work.drafts.get(draft)
    room.change(draft, row.text, f"{row.text}examples:\n{rows}")

    told = [
        one
        for one in room.trials.line_checks(TRAINER, draft)["lines"]
        if one["severity"] == "fault"
    ]

    assert [(one["field"], one["kind"]) for one in told] == [
        ("examples.0.text", "duplicate"),
        ("examples.1.text", "kept"),
    ]
    assert told[1]["other"] is None


def test_without_ears_the_rest_is_still_told(room: TrialRoom) -> None:
    room.ears.is_on = False
    draft = room.draft(CAFE)

    told = room.trials.line_checks(TRAINER, draft)

    assert told["listening"] is False
    assert told["coverage"]


def test_a_draft_that_is_no_yaml_is_said_to_be_unreadable(room: TrialRoom) -> None:
    told = room.trials.line_checks(TRAINER, room.draft(CAFE, "title: [unclosed"))

    assert told["readable"] is False
    assert told["lines"] == []


def test_a_draft_with_faults_is_checked_as_far_as_it_can_be_read(room: TrialRoom) -> None:
    draft = room.draft(CAFE)
    room.change(draft, "weights: {", "wieghts: {")

    told = room.trials.line_checks(TRAINER, draft)

    assert told["checked"] > 40


def test_cards_have_no_lines_for_the_ear(room: TrialRoom) -> None:
    told = room.trials.line_checks(TRAINER, room.draft("playbook:stalling"))

    assert (told["checked"], told["lines"], told["coverage"]) == (0, [], [])


def test_checking_again_hears_only_what_has_changed(room: TrialRoom) -> None:
    draft = room.draft(CAFE)
    room.trials.line_checks(TRAINER, draft)
    before = len(room.ears.asked)
    data = room.desk.check(room.work.drafts.get(draft).name, room.work.drafts.get(draft).text).data
    room.change(
        draft, (data or {})["restate"][1]["text"], "The oven went on the same day as the fridge."
    )

    room.trials.line_checks(TRAINER, draft)

    assert len(room.ears.asked) == before + 1


@pytest.mark.rasa
def test_the_model_hears_few_lines_of_what_ships_otherwise(recogniser: Any) -> None:
    class Ears(ScriptedEars):
        def hear_all(self, turns: Sequence[tuple[str, Speaker]], today: date) -> list[Reading]:
            return list(recogniser.read_all(turns, today))

    room = trial_room(Ears())
    room.desk.line_index()

    began = time.process_time()
    told = room.trials.line_checks(TRAINER, room.draft("scenario:disputed-terms-haulier"))
    took = time.process_time() - began

    assert len(told["lines"]) < told["checked"] / 8
    assert took < 6
