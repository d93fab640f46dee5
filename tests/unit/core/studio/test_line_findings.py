"""What is said of a draft's lines: heard as something else, said already, or measured on."""

from __future__ import annotations

from typing import Any

import pytest

from bot.core.labels import Speaker
from bot.core.reading import HeardLabel, Reading
from bot.core.studio.kinds import DocumentKind
from bot.core.studio.likeness import KnownLine, LineIndex
from bot.core.studio.line_findings import (
    Finding,
    examples_wanted,
    heard_otherwise,
    said_already,
)
from bot.core.studio.spoken_lines import DraftLine, lines_of

LATE = "You promised me a grace period of ten days when we opened the account."
SCENARIO: dict[str, Any] = {
    "objection": "terms_dispute",
    "opening": {"1": "That is not what we agreed.", "2": LATE},
    "restate": [{"id": "a-1", "text": "Nobody told me of {amount}."}],
    "objections": [
        {"id": "b", "label": "stalling", "lines": [{"id": "b-1", "text": "Next week."}]}
    ],
    "hidden_facts": [{"id": "f", "lines": [{"id": "f-1", "text": "My wife has been ill."}]}],
    "model_turns": ["What were you told?"],
    "examples": [{"text": LATE, "labels": ["terms_dispute"], "heat": 1}],
}


def heard(line: DraftLine, *labels: str) -> Reading:
    return Reading(line.speaker, line.spoken, tuple(HeardLabel(name, 0.8) for name in labels))


def findings(line: DraftLine, *labels: str, protected: str | None = None) -> list[Finding]:
    return list(heard_otherwise([line], [heard(line, *labels)], protected))


def a_line(part: str = "restate", *wanted: str, text: str = LATE) -> DraftLine:
    speaker = Speaker.COLLECTOR if part == "model_turns" else Speaker.CLIENT
    return DraftLine(f"{part}.0.text", text, part, wanted, (), speaker)


def test_every_line_of_a_scenario_is_looked_at_with_its_field() -> None:
    lines = {line.field: line for line in lines_of(DocumentKind.SCENARIO, SCENARIO)}

    assert lines.keys() == {
        "opening.1",
        "opening.2",
        "restate.0.text",
        "objections.0.lines.0.text",
        "hidden_facts.0.lines.0.text",
        "model_turns.0",
        "examples.0.text",
    }
    assert lines["objections.0.lines.0.text"].wanted == ("stalling",)
    assert lines["hidden_facts.0.lines.0.text"].wanted == ()
    assert lines["model_turns.0"].speaker is Speaker.COLLECTOR


def test_figures_are_filled_in_before_a_line_is_heard() -> None:
    (line,) = [x for x in lines_of(DocumentKind.SCENARIO, SCENARIO) if x.part == "restate"]

    assert line.spoken == "Nobody told me of £2,304.00."


@pytest.mark.parametrize("data", [None, 3, [], {"restate": 1, "opening": [], "objections": [2]}])
def test_values_of_any_kind_have_no_lines(data: Any) -> None:
    assert lines_of(DocumentKind.SCENARIO, data) == ()
    assert lines_of(DocumentKind.PERSONA, data) == ()


def test_a_line_heard_as_meant_is_not_told_of() -> None:
    assert findings(a_line("restate", "terms_dispute"), "abuse", "terms_dispute") == []


def test_a_line_heard_as_something_else_is_told_of_by_both_names() -> None:
    (found,) = findings(a_line("restate", "terms_dispute"), "abuse")

    assert found.kind == "misheard"
    assert "agreed terms contested" in found.message
    assert "abuse" in found.message
    assert not found.is_fault


def test_a_line_heard_as_nothing_is_silent() -> None:
    (found,) = findings(a_line("opening", "terms_dispute"), "neutral")

    assert found.kind == "silent"


def test_other_lines_matter_only_for_protections() -> None:
    assert findings(a_line("answers"), "abuse", "stalling") == []
    (found,) = findings(a_line("answers"), "vulnerability")
    assert found.kind == "misheard"
    assert findings(a_line("answers"), "vulnerability", protected="vulnerability") == []


def test_a_good_turn_that_is_heard_as_a_fault_is_told_of() -> None:
    (found,) = findings(a_line("model_turns"), "acknowledge", "pressure")

    assert "pressure" in found.message
    assert findings(a_line("model_turns"), "acknowledge") == []
    assert findings(a_line("model_turns"))[0].kind == "silent"


def test_an_example_that_is_not_heard_yet_is_what_examples_are_for() -> None:
    (found,) = findings(a_line("examples", "terms_dispute", "abuse"), "abuse")

    assert "publishing teaches it" in found.remedy


def test_the_second_of_two_alike_in_a_draft_is_told_of() -> None:
    lines = [a_line("restate", "terms_dispute"), a_line("opening", "terms_dispute")]

    (found,) = said_already(lines, LineIndex([]))

    assert found.line is lines[1]
    assert found.kind == "duplicate"
    assert found.other is not None
    assert found.other.where == "this draft"


def test_an_example_may_be_a_line_that_the_client_says() -> None:
    lines = [a_line("restate", "terms_dispute"), a_line("examples", "terms_dispute")]

    assert list(said_already(lines, LineIndex([]))) == []


def test_a_line_of_another_document_is_told_of_and_ones_own_is_not() -> None:
    known = LineIndex([KnownLine("the scenario “Late”", LATE, document="scenario:late")])

    (found,) = said_already([a_line()], known)

    assert found.other is not None
    assert found.other.where == "the scenario “Late”"
    assert list(said_already([a_line()], known, ("scenario:late",))) == []


def test_an_example_that_is_trained_on_already_is_a_fault() -> None:
    known = LineIndex([KnownLine("data/nlu/client/terms_dispute.yml", LATE, "trained")])

    (same,) = said_already([a_line("examples", "terms_dispute")], known)
    (near,) = said_already(
        [a_line("examples", "terms_dispute", text=LATE.replace("ten", "six"))], known
    )

    assert (same.kind, same.is_fault) == ("duplicate", True)
    assert (near.kind, near.is_fault) == ("near_duplicate", False)


def test_an_example_close_to_a_kept_turn_is_refused_without_showing_it() -> None:
    known = LineIndex([KnownLine("the kept turns", LATE, "kept")])

    for text in (LATE, LATE.replace("ten", "fourteen")):
        (found,) = said_already([a_line("examples", "terms_dispute", text=text)], known)
        assert found.is_fault
        assert found.as_json()["other"] is None
    assert list(said_already([a_line("restate", "terms_dispute")], known)) == []


def test_more_examples_are_wanted_where_lines_are_not_heard() -> None:
    lines = [a_line("restate", "terms_dispute", text=f"Line {n}") for n in range(9)]
    missed = list(heard_otherwise(lines[:4], [heard(line) for line in lines[:4]]))

    assert examples_wanted(lines, missed) == {"terms_dispute": 8}
    assert examples_wanted(lines, missed[:1]) == {"terms_dispute": 5}
    assert examples_wanted(lines, []) == {"terms_dispute": 0}
