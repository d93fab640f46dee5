"""What a training line made of a correction must be."""

from __future__ import annotations

from typing import Any

import pytest

from bot.core.corrections import (
    MAX_LINE_CHARACTERS,
    STYLES,
    label_key,
    likely_style,
    plain_words,
    training_line,
    without_marks,
)
from bot.core.errors import InvalidInputError
from bot.core.labels import Speaker

GOOD: dict[str, Any] = {
    "speaker": Speaker.CLIENT,
    "text": "we settle at month end always have",
    "labels": ("terms_dispute",),
    "heat": 1,
    "style": "asr",
    "industry": "bakery",
}


def test_a_line_carries_what_it_was_given() -> None:
    line = training_line(**GOOD)

    assert (line.text, line.labels, line.heat) == (GOOD["text"], ("terms_dispute",), 1)
    assert (line.intent, line.style, line.industry) == ("terms_dispute", "asr", "bakery")


def test_the_first_label_is_the_intent_and_none_comes_twice() -> None:
    line = training_line(**GOOD | {"labels": ("refusal", "abuse", "refusal")})

    assert (line.intent, line.labels) == ("refusal", ("refusal", "abuse"))


def test_a_line_is_one_line_with_single_spaces() -> None:
    assert training_line(**GOOD | {"text": "  not\n now\t\u2028no \u200b"}).text == "not now no"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": " … 42 "}, "text"),
        ({"text": "x" * (MAX_LINE_CHARACTERS + 1)}, "text"),
        ({"text": "look at [this](thing)"}, "text"),
        ({"text": "pay {amount}"}, "text"),
        ({"text": "back\\slash"}, "text"),
        ({"text": "/restart"}, "text"),
        ({"labels": ()}, "labels"),
        ({"labels": ("open_question",)}, "labels"),
        ({"labels": ("neutral", "stalling")}, "labels"),
        ({"labels": ("out_of_scope", "neutral")}, "labels"),
        ({"heat": None}, "heat"),
        ({"heat": 4}, "heat"),
        ({"heat": -1}, "heat"),
        ({"speaker": Speaker.COLLECTOR, "labels": ("apologise",), "heat": 0}, "heat"),
        ({"style": "shouted"}, "style"),
    ],
)
def test_what_breaks_a_rule_is_refused_by_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInputError) as refused:
        training_line(**GOOD | changes)

    assert refused.value.field == field


@pytest.mark.parametrize("label", ["neutral", "out_of_scope"])
def test_a_silent_label_stands_alone(label: str) -> None:
    assert training_line(**GOOD | {"labels": (label,)}).labels == (label,)


def test_a_collectors_line_has_no_heat() -> None:
    line = training_line(
        **GOOD | {"speaker": Speaker.COLLECTOR, "labels": ("apologise",), "heat": None}
    )

    assert line.heat is None


@pytest.mark.parametrize("style", STYLES)
def test_every_style_is_taken(style: str) -> None:
    assert training_line(**GOOD | {"style": style}).style == style


@pytest.mark.parametrize(
    ("industry", "written"),
    [("care home", "care-home"), ("Café", "café"), ("", "unknown"), ("R&D / labs", "r-d-labs")],
)
def test_industries_are_written_like_in_the_files(industry: str, written: str) -> None:
    assert training_line(**GOOD | {"industry": industry}).industry == written


def test_signs_and_capitals_do_not_make_another_line() -> None:
    assert plain_words("No, I WON'T!") == plain_words("no i won't")
    assert plain_words("no") != plain_words("no no")


def test_a_set_of_labels_has_one_key() -> None:
    assert label_key(("stalling", "abuse")) == label_key(["abuse", "stalling", "abuse"])
    assert label_key(()) == ""


@pytest.mark.parametrize(
    ("text", "style"),
    [
        ("we settle at month end always have", "asr"),
        ("Not now. On a roof.", "terse"),
        ("We have always settled at the end of the month.", "clean"),
        ("Well, " + "you know how it is, " * 12, "rambling"),
    ],
)
def test_the_style_is_guessed(text: str, style: str) -> None:
    assert likely_style(text) == style


def test_signs_that_rasa_would_read_are_taken_out_of_a_proposal() -> None:
    assert without_marks(" //[pay] {me}\n now\\") == "pay me now"
