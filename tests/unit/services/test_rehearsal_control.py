"""While a rehearsal is on, only clear requests are the coach's; everything else is said to the client."""

from __future__ import annotations

import pytest

from bot.core.labels import Speaker
from bot.core.reading import HeardLabel, Reading
from bot.services.rehearsal_control import (
    Control,
    Verdict,
    addressed,
    control_or_turn,
    wants_to_resume,
)


def decided(
    text: str, request: str = "", sure: float = 0.0, *moves: str
) -> tuple[Control | Verdict, Control | Verdict]:
    """The decision before and after the collector's reading is known."""
    labels = (HeardLabel(request, sure),) if request else ()
    reading = Reading(Speaker.COACH, text, labels)
    heard = tuple(HeardLabel(move, 0.9) for move in moves)
    return control_or_turn(text, reading, None), control_or_turn(text, reading, heard)


@pytest.mark.parametrize(
    ("text", "control"),
    [
        ("hint", Control.HINT),
        ("Another hint, please.", Control.HINT),
        ("again", Control.AGAIN),
        ("Rewind!", Control.AGAIN),
        ("let me try that again", Control.AGAIN),
        ("pause", Control.PAUSE),
        ("Pause the rehearsal for now", Control.PAUSE),
        ("stop", Control.END),
        ("Let\u2019s leave it there.", Control.END),
        ("end the practice call", Control.END),
        ("help", Control.HELP),
    ],
)
def test_plain_words_are_a_request_whatever_was_heard(text: str, control: Control) -> None:
    assert decided(text, "out_of_scope", 0.9, "open_question") == (control, control)


@pytest.mark.parametrize(
    ("text", "request_heard", "sure", "control"),
    [
        ("I'm stuck", "ask_hint", 1.0, Control.HINT),
        ("I'm done", "end_rehearsal", 0.96, Control.END),
        ("can I try a harder one", "start_rehearsal", 0.99, Control.START),
        (
            "I give up on this scenario, take me out of it before he eats me alive",
            "end_rehearsal",
            0.97,
            Control.END,
        ),
    ],
)
def test_a_sure_short_request_that_is_no_move_is_the_coachs(
    text: str, request_heard: str, sure: float, control: Control
) -> None:
    assert decided(text, request_heard, sure) == (Verdict.DOUBT, control)


@pytest.mark.parametrize(
    ("text", "request_heard", "sure", "move"),
    [
        ("How can I help you?", "help", 1.0, "open_question"),
        ("What do you need from me?", "help", 0.98, "open_question"),
        ("I want to stop this here", "end_rehearsal", 0.76, "set_boundary"),
        ("Let's end this call now please", "end_rehearsal", 0.8, "close_politely"),
    ],
)
def test_what_is_a_clear_move_as_well_is_a_turn(
    text: str, request_heard: str, sure: float, move: str
) -> None:
    assert decided(text, request_heard, sure, move) == (Verdict.DOUBT, Verdict.TURN)


@pytest.mark.parametrize(
    ("text", "request_heard", "sure"),
    [
        ("Can we start again?", "start_rehearsal", 0.94),
        ("I'd like to try and find a way.", "ask_hint", 0.96),
        ("Shall we leave it there then?", "end_rehearsal", 0.49),
        ("I'll put you through to my manager.", "request_handover", 0.99),
        ("So 500 on Friday and the rest in December?", "record_promise", 0.91),
        ("Goodbye.", "goodbye", 0.99),
        ("Yes", "affirm", 1.0),
        ("Please stop swearing or I'll end this call.", "end_rehearsal", 0.61),
        ("", "", 0.0),
    ],
)
def test_everything_else_is_a_turn_at_once(text: str, request_heard: str, sure: float) -> None:
    assert decided(text, request_heard, sure) == (Verdict.TURN, Verdict.TURN)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("coach, hint", "hint"),
        ("Coach: what is a moratorium?", "what is a moratorium?"),
        ("hey coach, I'm lost", "I'm lost"),
        ("Coach!", ""),
        ("I coach the football team", None),
        ("coaches were late", None),
        ("hint", None),
    ],
)
def test_who_begins_with_coach_addresses_the_coach(text: str, rest: str | None) -> None:
    assert addressed(text) == rest


@pytest.mark.parametrize(
    ("text", "resumes"),
    [
        ("resume the rehearsal", True),
        ("let's continue the practice call", True),
        ("carry on where we left off", True),
        ("stop the rehearsal", False),
        ("go on", False),
        ("give me an angry one", False),
    ],
)
def test_resuming_is_known_by_its_words(text: str, resumes: bool) -> None:
    assert wants_to_resume(text) is resumes
