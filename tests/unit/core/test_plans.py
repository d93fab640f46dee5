"""Schedules add up and fall on working days."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.coaching.plans import (
    Rhythm,
    dated,
    even_amounts,
    led_amounts,
    stepped_amounts,
    total_of,
)
from bot.core.dates import Calendar
from bot.core.errors import MoneyError
from tests.builders import pounds

NO_HOLIDAYS = Calendar()


def test_last_instalment_takes_the_odd_penny() -> None:
    assert even_amounts(pounds(1000), 3, pounds(0))[-1] == pounds("333.34")


def test_the_first_payment_is_raised_to_the_floor() -> None:
    assert even_amounts(pounds(1000), 4, pounds(400)) == (
        pounds(400),
        pounds(200),
        pounds(200),
        pounds(200),
    )


def test_a_named_first_payment_leads_and_the_rest_is_even() -> None:
    assert led_amounts(pounds(1000), 3, pounds(300)) == (pounds(300), pounds(350), pounds(350))


def test_one_payment_is_the_whole_sum() -> None:
    assert led_amounts(pounds(1000), 1, pounds(300)) == (pounds(1000),)
    assert even_amounts(pounds(1000), 1, pounds(0)) == (pounds(1000),)


def test_payments_of_a_named_size_end_with_what_is_left() -> None:
    assert stepped_amounts(pounds(1100), pounds(500)) == (pounds(500), pounds(500), pounds(100))


def test_a_named_size_that_divides_exactly_leaves_no_last_crumb() -> None:
    assert stepped_amounts(pounds(1000), pounds(500)) == (pounds(500), pounds(500))


def test_a_payment_of_nothing_is_refused() -> None:
    with pytest.raises(MoneyError):
        stepped_amounts(pounds(1000), pounds(0))


def test_two_pence_do_not_make_three_payments() -> None:
    with pytest.raises(MoneyError, match="too small"):
        even_amounts(pounds("0.02"), 3, pounds(0))


def test_every_payment_falls_on_a_working_day() -> None:
    amounts = even_amounts(pounds(900), 3, pounds(0))
    # 31 January and 28 February 2026 are Saturdays, 31 March is a Tuesday.
    schedule = dated(amounts, Rhythm(3, "monthly", date(2026, 1, 31)), NO_HOLIDAYS)
    assert [i.due for i in schedule] == [date(2026, 2, 2), date(2026, 3, 2), date(2026, 3, 31)]


def test_payments_keep_their_order_across_long_holidays() -> None:
    shut = Calendar(frozenset(date(2026, 3, day) for day in range(1, 20)))
    schedule = dated(
        even_amounts(pounds(900), 3, pounds(0)), Rhythm(3, "weekly", date(2026, 3, 2)), shut
    )
    assert [i.due for i in schedule] == [date(2026, 3, 20), date(2026, 3, 23), date(2026, 3, 24)]


def test_a_schedule_brings_in_the_whole_sum() -> None:
    schedule = dated(
        even_amounts(pounds("1000.01"), 7, pounds(150)),
        Rhythm(7, "fortnightly", date(2026, 3, 2)),
        NO_HOLIDAYS,
    )
    assert total_of(schedule, "GBP") == pounds("1000.01")
