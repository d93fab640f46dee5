"""Working days, month ends and steps."""

from __future__ import annotations

from datetime import date

import pytest

from bot.core.dates import Calendar, add_months, half_year, half_year_end, in_words, month_end, step
from bot.core.errors import InvalidInputError

CHRISTMAS = Calendar(frozenset({date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)}))


def test_a_weekend_is_not_worked() -> None:
    assert not CHRISTMAS.is_working_day(date(2026, 11, 21))


def test_a_holiday_is_not_worked() -> None:
    assert not CHRISTMAS.is_working_day(date(2026, 12, 25))


def test_a_working_day_is_its_own_next_working_day() -> None:
    assert CHRISTMAS.next_working_day(date(2026, 12, 24)) == date(2026, 12, 24)


def test_the_next_working_day_skips_weekend_and_holidays() -> None:
    assert CHRISTMAS.next_working_day(date(2026, 12, 25)) == date(2026, 12, 29)


def test_the_previous_working_day_skips_them_backwards() -> None:
    assert CHRISTMAS.previous_working_day(date(2026, 12, 28)) == date(2026, 12, 24)


def test_three_working_days_before_christmas_end_after_it() -> None:
    assert CHRISTMAS.add_working_days(date(2026, 12, 23), 3) == date(2026, 12, 30)


def test_working_days_are_counted_backwards_too() -> None:
    assert CHRISTMAS.add_working_days(date(2026, 12, 29), -1) == date(2026, 12, 24)


def test_no_working_days_added_leaves_the_day_alone() -> None:
    assert CHRISTMAS.add_working_days(date(2026, 12, 26), 0) == date(2026, 12, 26)


def test_working_days_between_leave_out_the_first_day() -> None:
    assert CHRISTMAS.working_days_between(date(2026, 12, 24), date(2026, 12, 29)) == 1


def test_the_last_working_day_of_a_month_is_not_a_weekend() -> None:
    assert CHRISTMAS.last_working_day_of_month(date(2027, 1, 5)) == date(2027, 1, 29)


def test_a_wished_day_beyond_the_window_moves_back_into_it() -> None:
    found = CHRISTMAS.working_day_within(date(2026, 12, 26), date(2026, 12, 21), date(2026, 12, 28))
    assert found == date(2026, 12, 24)


def test_a_window_without_a_working_day_has_no_answer() -> None:
    found = CHRISTMAS.working_day_within(date(2026, 12, 26), date(2026, 12, 25), date(2026, 12, 28))
    assert found is None


def test_a_month_after_the_31st_is_the_months_last_day() -> None:
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2028, 1, 31), 1) == date(2028, 2, 29)


def test_months_step_over_the_year_both_ways() -> None:
    assert add_months(date(2026, 11, 15), 2) == date(2027, 1, 15)
    assert add_months(date(2026, 1, 15), -1) == date(2025, 12, 15)


def test_month_ends_know_leap_years() -> None:
    assert month_end(date(2028, 2, 3)) == date(2028, 2, 29)


def test_half_years_turn_on_the_first_of_july() -> None:
    assert half_year(date(2026, 6, 30)) == "2026H1"
    assert half_year(date(2026, 7, 1)) == "2026H2"
    assert half_year_end(date(2026, 7, 1)) == date(2026, 12, 31)


def test_steps_go_by_week_fortnight_and_month() -> None:
    start = date(2026, 1, 31)
    assert step(start, "weekly", 2) == date(2026, 2, 14)
    assert step(start, "fortnightly", 1) == date(2026, 2, 14)
    assert step(start, "monthly", 3) == date(2026, 4, 30)


def test_an_unknown_rhythm_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="yearly"):
        step(date(2026, 1, 1), "yearly", 1)


def test_a_day_is_read_with_its_month_in_words() -> None:
    assert in_words(date(2026, 12, 4)) == "4 December 2026"
