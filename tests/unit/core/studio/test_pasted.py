"""Reading a call that somebody pasted, whatever wrote it."""

from __future__ import annotations

import json
import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.errors import InvalidInputError, ParleyError, TooLargeError
from bot.core.labels import Speaker
from bot.core.studio.masking import mask
from bot.core.studio.pasted import MOST_CHARACTERS, read_pasted

WHO = {Speaker.CLIENT: "c", Speaker.COLLECTOR: "u"}


def said(text: str) -> list[tuple[str, str]]:
    return [(WHO[turn.speaker], turn.text) for turn in read_pasted(text).turns]


HELLO = [("u", "Hello, it's about the overdue invoice."), ("c", "Not you lot again.")]
FORMS = {
    "roles": "Collector: {0}\nClient: {1}",
    "times": "[00:01] Agent - {0}\n[00:04] Customer - {1}",
    "times and colons": "00:00:01 Agent: {0}\n00:00:04 Customer: {1}",
    "markdown": "**Agent:** {0}\n\n> **Customer:** {1}",
    "brackets": "<agent> {0}\n<customer> {1}",
    "people and roles": "Amina (Agent): {0}\nDermot Keane (Client): {1}",
    "me and them": "Me: {0}\nThem: {1}",
    "names": "Dermot: Yes?\nAmina: {0}\nDermot: {1}\nAmina: I understand.",
    "a recorder": "Amina Shah  0:03\n{0}\n\nDermot Keane  0:09\n{1}\n\nAmina Shah  0:12\nI understand.",
    "json": json.dumps(
        {"turns": [{"speaker": "agent", "text": "{0}"}, {"speaker": "customer", "text": "{1}"}]}
    ),
    "nested json": json.dumps(
        {
            "results": {
                "segments": [
                    {"speaker": {"name": "Speaker 1"}, "transcript": "{0}", "start": 1.5},
                    {"speaker": {"name": "Speaker 2"}, "transcript": "{1}", "start": 3},
                ]
            }
        }
    ),
    "json lines": '{"who":"agent","text":"{0}"}\n{"who":"customer","text":"{1}"}',
    "a table": 'start,speaker,text\n00:01,Agent,"{0}"\n00:04,Customer,"{1}"',
    "tabs": "speaker\ttext\nAgent\t{0}\nCustomer\t{1}",
    "subtitles": "1\n00:00:01,000 --> 00:00:02,000\nAgent: {0}\n\n2\n00:00:03,000 --> 00:00:04,000\nCustomer: {1}",
    "webvtt": "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Agent>{0}\n\n00:03.000 --> 00:04.000\n<v Customer>{1}",
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_every_usual_form_is_read(form: str) -> None:
    text = form
    for place, (_, words) in enumerate(HELLO):
        text = text.replace(f"{{{place}}}", words)

    found = said(text)

    assert all(turn in found for turn in HELLO)
    assert not read_pasted(text).unclear


def test_without_names_the_two_take_turns_and_every_line_is_a_guess() -> None:
    call = read_pasted(
        "Yes?\nHi, I'm calling from Northgate about the overdue invoice.\nYou lot again."
    )

    assert [WHO[turn.speaker] for turn in call.turns] == ["c", "u", "c"]
    assert call.unclear == (1, 2, 3)


def test_who_collects_is_told_by_what_is_said() -> None:
    call = read_pasted(
        "Lee: Hi, calling from Northgate, am I speaking to the owner? It's overdue.\nKim: You lot again? I'm not paying."
    )

    assert [WHO[turn.speaker] for turn in call.turns] == ["u", "c"]
    assert call.names == (("Lee", Speaker.COLLECTOR), ("Kim", Speaker.CLIENT))


def test_rows_out_of_order_are_put_in_the_order_of_their_times() -> None:
    call = read_pasted("[00:09] Client: Second.\n[00:02] Agent: First.\n[00:12] Agent: Third.")

    assert [turn.text for turn in call.turns] == ["First.", "Second.", "Third."]
    assert call.reordered
    assert not read_pasted("Client: a b\nAgent: c d").reordered


def test_a_phrase_with_a_colon_is_no_name() -> None:
    assert said("Client: I told you:\nmy answer: no.\nAgent: Right.") == [
        ("c", "I told you: my answer: no."),
        ("u", "Right."),
    ]


def test_what_stands_over_a_recording_is_left_out() -> None:
    text = "Date: 12 Nov 2026\nDuration: 04:12\nAgent: Hello.\n[hold music]\nClient: No."

    assert said(text) == [("u", "Hello."), ("c", "No.")]


def test_pieces_of_one_speaker_in_a_row_are_one_turn() -> None:
    assert said("Client: No.\nClient: Not today.\nAgent: Right.")[0] == ("c", "No. Not today.")


def test_emoji_stay_and_half_emoji_and_hidden_marks_go() -> None:
    assert said("Client: no 😡\u200b way \ud83d\nAgent: ok 👍🏽")[0] == ("c", "no 😡 way")


def test_card_numbers_are_masked_while_reading() -> None:
    assert "4111" not in said("Client: it's 4111 1111 1111 1111\nAgent: thanks")[0][1]


def test_lines_are_named_by_their_numbers() -> None:
    assert [turn.line for turn in read_pasted("Agent: a b\n\n\nClient: c d").turns] == [1, 4]


@pytest.mark.parametrize("text", ["", "  \n\n", "[music]", "Date: today", "{}", "[]", "WEBVTT"])
def test_a_call_in_which_nobody_speaks_is_refused(text: str) -> None:
    with pytest.raises(InvalidInputError):
        read_pasted(text)


def test_more_than_a_call_is_refused() -> None:
    with pytest.raises(TooLargeError):
        read_pasted("a" * (MOST_CHARACTERS + 1))
    with pytest.raises(TooLargeError):
        read_pasted("\n".join(f"{'Agent' if n % 2 else 'Client'}: {n} words" for n in range(2_000)))


def test_two_hundred_kilobytes_are_read_in_a_moment() -> None:
    line = "I can hear that, and the invoice is overdue since the third. 😡 " * 6
    text = "\n".join(
        f"[{n // 60:02}:{n % 60:02}] {'Agent' if n % 2 else 'Kim'}: {line}" for n in range(530)
    )
    assert len(text.encode()) > 200_000

    began = time.process_time()
    call = read_pasted(text)

    assert len(call.turns) == 530
    assert time.process_time() - began < 5


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        call = read_pasted(text)
    except ParleyError:
        return
    assert all(turn.text for turn in call.turns)


@settings(max_examples=80, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["speaker", "text", "turns", "start"]), inner, max_size=3
            )
        ),
        max_leaves=12,
    )
)
def test_any_document_is_read_or_refused(document: object) -> None:
    with suppress(ParleyError):
        read_pasted(json.dumps(document))


def test_a_page_without_a_break_is_cut_between_words_and_stays_one_speakers() -> None:
    words = " ".join(f"word{number}" for number in range(900))
    call = read_pasted(f"Client: {words}\nAgent: I see.")

    own = [turn.text for turn in call.turns if turn.speaker is Speaker.CLIENT]
    assert len(own) == 4
    assert max(map(len, own)) <= 2_000
    assert " ".join(own) == words


@pytest.mark.parametrize(
    "page",
    [
        "a" * 100_000,
        "a-" * 50_000,
        "x" + " " * 100_000 + "x",
        "Unit A, " * 12_000,
        "a@" + "a." * 50_000,
    ],
    ids=["a", "a-", "space", "Unit A", "a@a."],
)
def test_what_is_no_call_is_read_and_masked_in_a_moment(page: str) -> None:
    began = time.process_time()
    call = read_pasted(page)
    mask([turn.text for turn in call.turns])
    # A whole second to spare for each that is needed: it was minutes.
    assert time.process_time() - began < 5
