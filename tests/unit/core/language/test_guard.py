"""Text from outside is only ever text."""

from __future__ import annotations

import pytest

from bot.core.language.guard import MAX_TURN_CHARACTERS, clean_turn, plain_text


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("/restart", "restart"),
        ("//restart", "restart"),
        ("/ /restart", "restart"),
        (" \t/\n/ /restart ", "restart"),
        ("/", ""),
        ("", ""),
        ("50/50", "50/50"),
        ('/promise_to_pay{"x": 1}', 'promise_to_pay{"x": 1}'),
        ("I paid and/or posted it", "I paid and/or posted it"),
    ],
)
def test_leading_slash_loses_its_command_meaning(typed: str, plain: str) -> None:
    assert plain_text(typed) == plain


@pytest.mark.parametrize(
    ("heard", "kept"),
    [
        ("one\ntwo\r\tthree", "one two  three"),
        ("be\x00ll\x07", "bell"),
        ("a\u2028b", "a b"),
        ("lone \ud800 half", "lone  half"),
        ("  calm  ", "calm"),
        ("no 🙂 change 👨‍👩‍👧", "no 🙂 change 👨‍👩‍👧"),
    ],
)
def test_control_characters_go_and_words_stay(heard: str, kept: str) -> None:
    assert clean_turn(heard) == (kept, False)


def test_overlong_turn_is_cut_and_says_so() -> None:
    text, cut = clean_turn("x" * (MAX_TURN_CHARACTERS + 1))
    assert (len(text), cut) == (MAX_TURN_CHARACTERS, True)
    assert clean_turn("x" * MAX_TURN_CHARACTERS)[1] is False
    assert clean_turn("y" * 200_000)[1] is True


def test_dropped_characters_alone_are_no_cut() -> None:
    assert clean_turn("\x00" * 9_000 + "pay you friday") == ("pay you friday", False)
