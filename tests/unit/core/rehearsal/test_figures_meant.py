"""Which sums and days of a turn are payments, told from the words around them."""

from __future__ import annotations

import pytest

from bot.core.coaching.position import position_of
from bot.core.labels import Speaker
from bot.core.reading import Entity, Reading
from bot.core.rehearsal.figures_meant import days_meant, sums_meant
from bot.core.rehearsal.record import account_for
from tests.builders import TODAY
from tests.unit.core.rehearsal.cases import a_scenario, day, money

SCENARIO = a_scenario()
POSITION = position_of(account_for(SCENARIO, TODAY), TODAY)


def said(text: str, **figures: Entity) -> Reading:
    """A turn in which each named figure stands where its words do."""
    found = []
    for words, entity in figures.items():
        spoken = words.replace("_", " ").removeprefix("p")
        shown = f"£{spoken}" if entity.type == "money" else spoken
        start = text.index(shown)
        found.append(Entity(entity.type, entity.value, shown, start, start + len(shown)))
    return Reading(Speaker.COLLECTOR, text, entities=tuple(found))


def sums(text: str, *amounts: str) -> tuple[list[str], list[str]]:
    reading = said(text, **{f"p{amount}": money(amount.replace(",", "")) for amount in amounts})
    meant = sums_meant(reading, POSITION, "GBP")
    return [str(m) for m in meant.to_pay], [str(m) for m in meant.aside]


@pytest.mark.parametrize(
    "text",
    [
        "I'm keeping the £300 on hold; could you pay the other £700 in six days?",
        "I'm putting £300 on hold and could you pay £700 on Friday?",
        "I've logged a dispute of £300, so £700 on Monday would settle the rest.",
        "We'll hold £300 and you pay £700 on Monday.",
        "£300 stays in dispute, can you do £700?",
    ],
)
def test_a_sum_that_is_logged_or_held_is_no_payment(text: str) -> None:
    assert sums(text, "300", "700") == (["£700"], ["£300"])


def test_a_sum_that_is_only_logged_leaves_nothing_to_pay() -> None:
    assert sums("I'm logging the £70.", "70") == ([], ["£70"])


def test_a_sum_that_is_not_in_dispute_is_asked_for() -> None:
    assert sums("Could you pay the £700 that isn't in dispute?", "700") == (["£700"], [])


def test_the_fee_is_left_out_unless_it_is_what_is_asked_for() -> None:
    assert sums("The £40 fee stands, but could you do £500 today?", "40", "500")[0] == ["£500"]
    assert sums("Can you pay the £40 today?", "40")[0] == ["£40"]


def days(text: str, **named: int) -> list[int]:
    reading = said(text, **{words: day(ahead) for words, ahead in named.items()})
    return [(on - TODAY).days for on in days_meant(reading, TODAY)]


@pytest.mark.parametrize(
    "text",
    [
        "I'll e-mail it today, can you pay on Friday?",
        "Could you pay on Friday? I'll send it today.",
        "today I'll e-mail the statement, and you pay on Friday.",
        "My manager rings you today, so could you pay on Friday?",
    ],
)
def test_a_day_on_which_we_do_something_is_no_day_of_payment(text: str) -> None:
    assert days(text, today=0, Friday=3) == [3]


def test_a_day_of_payment_that_we_note_down_stays_one() -> None:
    assert days("I'll put you down for £500 on Friday.", Friday=3) == [3]
    assert days("£500 today, I'll note that, and the rest on Friday.", today=0, Friday=3) == [0, 3]


def test_past_days_are_due_dates() -> None:
    assert days("It fell due on Monday.", Monday=-4) == []
