"""Laws of the disguise: whatever the words, names go, shapes stay, and nothing is lost in between."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.core.language.disguise import disguise

CLIENT, PERSON = "Zyxley Joinery Ltd", "Quentina Vrobel"
NAMED = ("zyxley", "quentina", "vrobel")

PIECES = st.sampled_from(
    (
        "Zyxley Joinery",
        "zyxley",
        "Zyxley's",
        "Quentina Vrobel",
        "quentina",
        "VROBEL",
        "invoice 4417",
        "inv-2023/118",
        "07700 900123",
        "double four one seven",
        "in voice nine nine two",
        "q.vrobel@zyxley.co.uk",
        "£1,250.00",
        "on 3/4/2026",
        "and",
        ".",
        ",",
        "we are not paying",
        "É 💥",
        "•••• ••••",
    )
)


@given(st.lists(PIECES, max_size=12).map(" ".join))
def test_no_known_name_is_left(text: str) -> None:
    result = disguise(text, clients=[CLIENT], people=[PERSON], seed="s").text.lower()

    assert not any(name in result for name in NAMED)


@given(st.lists(PIECES, max_size=12).map(" ".join) | st.text(max_size=80), st.text(max_size=8))
def test_everything_that_was_not_replaced_stays_in_its_order(text: str, seed: str) -> None:
    result = disguise(text, clients=[CLIENT], people=[PERSON], seed=seed)
    left = result.text

    if not result.replacements:
        assert left == text
    for each in result.replacements:
        assert each.was in text
        assert each.now in left
        assert each.was != each.now


@given(st.text("0123456789", min_size=4, max_size=7).filter(lambda d: len(set(d)) > 1))
def test_a_number_has_other_digits_and_the_same_length(digits: str) -> None:
    text = f"it is about invoice number {digits} you know"
    result = disguise(text, seed="s")

    found = re.search(r"number (\d+) you", result.text)
    assert found is not None
    assert len(found[1]) == len(digits)
    assert found[1] != digits or not result.replacements
