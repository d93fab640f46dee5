"""Taking names, numbers and addresses out of a whole call."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.language.disguise import Replacement
from bot.core.studio.masking import apply, counted, mask

CALL = (
    "Keane Haulage, Dermot speaking.",
    "Hello Dermot, it's Amina Shah calling from Northgate Supplies Ltd about invoice 4417 for £2,304.00, due 3 October.",
    "You lot again! I told Lee last week, and Sarah in Bristol. Dermot Keane doesn't pay twice. 😡",
    "You're at Unit 4, Old Mill Lane, Ashton OL6 7AB, is that right? And 4417 is the one.",
    "Yes. My mail is dermot.keane@keanehaulage.co.uk, my mobile 07700 900123, VAT number GB123456789.",
    "Could you pay £1,200 on Friday and the rest in December?",
)
GONE = (
    *(
        "dermot",
        "keane",
        "amina",
        "shah",
        "northgate",
        "sarah",
        "bristol",
        "4417",
        "mill lane, ashton",
    ),
    *("ol6 7ab", "keanehaulage", "900123", "123456789"),
)


@pytest.mark.parametrize("lower", [False, True], ids=["as written", "as a recogniser prints it"])
def test_names_numbers_and_addresses_go(lower: bool) -> None:
    texts = [text.lower() if lower else text for text in CALL]

    whole = "\n".join(mask(texts).texts).lower()

    # Without capitals a place and a surname that nobody introduces cannot be told from other words.
    unseen = {"keane", "bristol", "mill lane, ashton"} if lower else set()
    assert [word for word in GONE if word in whole and word not in unseen] == []


def test_sums_and_days_stay() -> None:
    whole = "\n".join(mask(CALL).texts)

    for words in ("£2,304.00", "3 October", "£1,200 on Friday", "December", "😡"):
        assert words in whole


def test_the_same_name_has_the_same_stand_in_throughout() -> None:
    masked = mask(CALL)
    now = {one.was: one.now for one in masked.replacements}

    assert masked.texts[0].count(now["Dermot"]) == 1
    assert masked.texts[1].startswith(f"Hello {now['Dermot']},")
    assert now["Dermot Keane"].startswith(now["Dermot"])


def test_two_people_do_not_share_a_stand_in_and_nobody_bears_a_real_name() -> None:
    people = [
        "Jo Marsh",
        "Alex Dunn",
        "Robin Page",
        "Kim Cole",
        "Lee Hunt",
        "Charlie Bay",
        "Ann Lowe",
    ]
    people += ["Ben Frost", "Carl Moss", "Dan Reed"]
    texts = [f"Then I spoke to {name} about it, and {name.split()[0]} said no." for name in people]

    masked = mask(texts, people)

    firsts = {one.was: one.now for one in masked.replacements if " " not in one.was}
    wholes = [one.now for one in masked.replacements if " " in one.was]
    assert len(set(wholes)) == len(people)
    assert not {word for now in wholes for word in now.split()} & {p.split()[0] for p in people}
    assert len(set(firsts.values())) == len(firsts)


def test_the_table_makes_the_masked_call() -> None:
    masked = mask(CALL)

    assert apply(CALL, masked.replacements) == masked.texts


def test_a_replacement_can_be_taken_back() -> None:
    masked = mask(CALL)
    kept = [one for one in masked.replacements if one.was != "Bristol"]

    assert "Bristol" in "\n".join(apply(CALL, kept))


def test_every_replacement_in_the_table_was_made() -> None:
    masked = mask(CALL)

    assert all(counted(CALL, one.was) for one in masked.replacements)
    assert len({one.was.casefold() for one in masked.replacements}) == len(masked.replacements)


def test_only_whole_words_give_way() -> None:
    rows = (Replacement("person", "Al", "Jo"),)

    assert apply(["Al is also at Alton."], rows) == ("Jo is also at Alton.",)


def test_small_letters_stay_small() -> None:
    rows = (Replacement("person", "Dermot", "Jo"),)

    assert apply(["dermot, Dermot"], rows) == ("jo, Jo",)


def test_names_over_the_turns_are_known() -> None:
    masked = mask(["that is fine", "will wants it moved to june"], ["Wilhelmina"])

    assert masked.replacements == ()


def test_clients_of_the_ledger_are_known_without_capitals() -> None:
    masked = mask(["this is about hartley joinery again"], firms=["Hartley Joinery Ltd"])

    assert "hartley" not in masked.texts[0]


def test_ordinary_talk_keeps_its_words() -> None:
    texts = [
        "I can't pay before Friday. The bank is closed until Monday, and VAT is due in May.",
        "Right. What would help? We could do it by BACS, or you ring HMRC.",
        "No. Never. Not at Christmas.",
    ]

    assert mask(texts).texts == tuple(texts)


def test_the_same_call_gives_the_same_stand_ins() -> None:
    assert mask(CALL, seed="a") == mask(CALL, seed="a")


def test_a_long_call_is_masked_in_a_moment() -> None:
    texts = [text for _ in range(80) for text in CALL]

    began = time.process_time()
    mask(texts)

    assert time.process_time() - began < 5


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(max_size=80), max_size=4))
def test_any_text_can_be_masked(texts: list[str]) -> None:
    masked = mask(texts)

    assert len(masked.texts) == len(texts)
