"""Laws that every finder keeps, whatever is said."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.language.amounts import find_amounts, find_schedules
from bot.core.language.due_dates import find_dates
from bot.core.language.figures import in_figures
from bot.core.language.guard import clean_turn, plain_text
from bot.core.language.redact import redact
from bot.core.language.references import find_references
from bot.core.language.safety_words import danger_words
from bot.core.reading import Entity

PIECES = [
    "£",
    "$",
    "€",
    "%",
    ",",
    ".",
    "-",
    "/",
    "'",
    "·",
    "•",
    "#",
    "a",
    "an",
    "and",
    "or",
    "the",
    "of",
    "in",
    "on",
    "by",
    "1",
    "2",
    "4417",
    "12/3",
    "2026-12-04",
    "1,200",
    "0.5",
    "4111",
    "1111",
    "one",
    "two",
    "four",
    "seven",
    "oh",
    "double",
    "half",
    "hundred",
    "thousand",
    "grand",
    "k",
    "quid",
    "pounds",
    "euros",
    "pence",
    "point",
    "first",
    "third",
    "friday",
    "monday",
    "week",
    "next",
    "last",
    "month",
    "end",
    "fortnight",
    "days",
    "tomorrow",
    "today",
    "invoice",
    "number",
    "po",
    "card",
    "cvv",
    "pin",
    "sort",
    "code",
    "account",
    "iban",
    "gb29",
    "password",
    "is",
    "invoices",
    "over",
    "goes",
    "payments",
    "monthly",
    "per",
    "cent",
    "christmas",
    "new",
    "year",
    "went",
    "paid",
    "will",
    "may",
    "march",
    "december",
    "back",
    "mid",
    "ssn",
    "ab",
    "c",
    "12",
    "34",
    "56",
    "20-00-00",
    "55779911",
    "um",
    "\n",
    "\t",
    "🙂",
    "İ",
    "é",
    "x",
]
SPEECH = st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join)
ANYTHING = st.one_of(SPEECH, st.text(max_size=200), st.lists(st.sampled_from(PIECES)).map("".join))
DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))

_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = [
    "zero",
    "ten",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
]


def spell(number: int, *, british: bool = True) -> str:
    """A number in words, as people write it on a cheque."""
    if number < 20:
        return _SMALL[number]
    if number < 100:
        return _TENS[number // 10] + (f"-{_SMALL[number % 10]}" if number % 10 else "")
    size, name = (100, "hundred") if number < 1_000 else (1_000, "thousand")
    head, rest = divmod(number, size)
    joint = " and " if british and (size == 100 or rest < 100) else " "
    return f"{spell(head, british=british)} {name}" + (
        f"{joint}{spell(rest, british=british)}" if rest else ""
    )


def every_entity(text: str, today: date) -> list[tuple[Entity, ...]]:
    return [
        find_amounts(text),
        find_schedules(text),
        find_dates(text, today),
        find_dates(text, today, month_first=True),
        find_references(text),
    ]


@given(ANYTHING, st.dates())
@settings(max_examples=400, deadline=None)
def test_spans_index_the_text_and_do_not_overlap(text: str, today: date) -> None:
    for entities in every_entity(text, today):
        for entity in entities:
            assert text[entity.start : entity.end] == entity.text != ""
        for left, right in itertools.pairwise(entities):
            assert left.end <= right.start


@given(st.text())
@settings(max_examples=300, deadline=None)
def test_no_text_raises(text: str) -> None:
    every_entity(text, date(2026, 11, 23))
    redact(text)
    danger_words(text)
    clean_turn(text)
    assert not plain_text(text).startswith("/")


@given(
    st.integers(1, 99_999), st.booleans(), st.sampled_from(["{}", "um {} pounds", "WELL {} QUID"])
)
@settings(max_examples=500, deadline=None)
def test_spelled_numbers_come_back(number: int, british: bool, frame: str) -> None:
    words = spell(number, british=british)
    assert str(number) in in_figures(frame.format(words)).text
    (found,) = find_amounts(f"it is {words} pounds")
    assert found.value == {"amount": f"{number}.00", "currency": "GBP"}


@given(st.integers(1, 99_999), st.integers(0, 99))
@settings(deadline=None)
def test_written_sums_come_back(pounds: int, pence: int) -> None:
    for text in (f"£{pounds:,}.{pence:02}", f"{pounds}.{pence:02} GBP"):
        assert find_amounts(text)[0].value["amount"] == f"{pounds}.{pence:02}"


FUTURE = [
    "friday",
    "this friday",
    "next friday",
    "friday week",
    "a week on monday",
    "in a fortnight",
    "within 7 days",
    "ten days' time",
    "tomorrow",
    "today",
    "month end",
    "end of next month",
    "the back end of next week",
    "end of the week",
    "the 30th",
    "by the fifteenth",
    "the first of december",
    "mid january",
    "quarter end",
    "year end",
    "new year",
    "by christmas",
    "the day after tomorrow",
    "first thing monday",
    "early next week",
    "12/3",
    "the 15th of next month",
    "end of february",
    "easter monday",
    "the last friday of the month",
    "midweek",
    "by eod",
    "in 5 working days",
]


@given(st.sampled_from(FUTURE), DAYS)
@settings(max_examples=600, deadline=None)
def test_days_to_come_are_never_past(phrase: str, today: date) -> None:
    (found,) = find_dates(f"you will have it {phrase}", today)
    assert today <= date.fromisoformat(found.value) <= today + timedelta(days=400)


@given(
    st.sampled_from(
        ["last friday", "tuesday", "on the 3rd", "the 4th of may", "yesterday", "friday gone"]
    ),
    DAYS,
)
@settings(deadline=None)
def test_days_gone_by_are_never_to_come(phrase: str, today: date) -> None:
    (found,) = find_dates(
        f"i sent it on {phrase}" if " " not in phrase else f"it went {phrase}", today
    )
    assert date.fromisoformat(found.value) <= today


@given(DAYS, DAYS)
@settings(deadline=None)
def test_iso_days_are_themselves(day: date, today: date) -> None:
    assert [e.value for e in find_dates(f"by {day.isoformat()}", today)] == [day.isoformat()]


@given(ANYTHING)
@settings(max_examples=600, deadline=None)
def test_redaction_keeps_the_length_and_is_done_once(text: str) -> None:
    masked, kinds = redact(text)
    assert len(masked) == len(text)
    assert bool(kinds) == (masked != text)
    assert redact(masked)[0] == masked


@given(st.integers(1, 9_999_999), st.integers(1, 99_999))
@settings(deadline=None)
def test_sums_and_invoice_numbers_survive_redaction(amount: int, number: int) -> None:
    text = f"£{amount:,} on invoice {number} and PO {number + 1}"
    assert redact(text) == (text, frozenset())
