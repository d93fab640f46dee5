"""How alike two lines are, and finding the known line that another is too close to."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.studio.likeness import NEAR, KnownLine, LineIndex, likeness

LONG = "the lorry was late again and half of what you sent us was broken when it came"
WORDS = LONG.split()
LINE = "We've told you twice that the pallets came in crushed and nobody rang us back."


def index_of(*texts: str, kind: str = "spoken") -> LineIndex:
    return LineIndex([KnownLine(f"line {n}", text, kind) for n, text in enumerate(texts)])


def test_signs_and_capitals_make_no_other_line() -> None:
    assert likeness("Not today, thank you!", "not today thank you") == 1.0


def test_open_places_make_no_other_line() -> None:
    assert likeness("I'll not pay {invoice} today.", "I'll not pay {amount} today.") == 1.0


def test_a_word_changed_is_a_near_duplicate() -> None:
    assert NEAR < likeness(LINE, LINE.replace("twice", "often")) < 1


def test_another_sentence_is_none() -> None:
    assert likeness(LINE, "The cheque went out on Tuesday, have a look at your bank.") < 0.4


def test_the_nearest_line_is_found() -> None:
    found = index_of("Call me next week.", LINE, "Who is this?").near(
        LINE.replace("rang", "called")
    )

    assert found is not None
    assert found.line.text == LINE
    assert not found.is_same


def test_the_same_words_come_before_the_nearest() -> None:
    found = index_of(LINE.replace("rang", "called"), LINE.upper()).near(LINE)

    assert found is not None
    assert found.is_same


def test_short_lines_are_only_the_same_or_different() -> None:
    known = index_of("Not a penny.", "Not today.")

    assert known.near("Not a pennny.") is None
    assert known.near("not a penny") is not None


def test_kinds_and_documents_can_be_left_out() -> None:
    known = LineIndex([KnownLine("here", LINE, "trained", document="one")])

    assert known.near(LINE, kinds=("spoken",)) is None
    assert known.near(LINE, kinds=("trained",), besides=("one",)) is None
    assert known.near(LINE, kinds=("trained",)) is not None


def test_nothing_is_like_an_empty_text() -> None:
    assert index_of("", "...", LINE).near("!?") is None


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=8, max_size=16), st.integers(0, 7))
def test_what_is_alike_by_its_pieces_is_found_by_its_words(words: list[str], place: int) -> None:
    changed = [*words[:place], "yesterday", *words[place + 1 :]]
    one, other = " ".join(words), " ".join(changed)

    alike = likeness(one, other)
    found = index_of(other, "quite another line of talk altogether").near(one)

    assert (found is not None) == (alike >= NEAR)


def test_ten_thousand_lines_answer_in_milliseconds() -> None:
    lines = [f"{' '.join(WORDS[n % 9 :])} number {n} on the {n % 31}st" for n in range(10_000)]
    known = index_of(*lines)

    began = time.process_time()
    for n in range(20):
        known.near(f"number {n} was on the lorry that came late with half of it broken again")

    assert (time.process_time() - began) / 20 < 0.25
