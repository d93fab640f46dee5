"""Money stays exact."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.core.errors import MoneyError
from bot.core.money import Money, decimal, smaller
from tests.builders import pounds


def test_a_float_is_refused_at_the_door() -> None:
    with pytest.raises(MoneyError, match="float"):
        Money(0.1, "GBP")  # type: ignore[arg-type]  # the mistake under test
    with pytest.raises(MoneyError, match="float"):
        decimal(0.1)  # type: ignore[arg-type]  # the mistake under test


@pytest.mark.parametrize("text", ["", "four", "NaN", "Infinity", "1,200"])
def test_what_is_not_a_figure_is_refused(text: str) -> None:
    with pytest.raises(MoneyError):
        decimal(text)


def test_half_a_penny_rounds_up() -> None:
    assert pounds("0.01") == pounds("0.005")


def test_yen_have_no_pennies_and_dinars_have_three_digits() -> None:
    assert Money.of("10.5", "JPY").plain() == "11"
    assert Money.of("1.2345", "KWD").plain() == "1.235"


def test_two_currencies_never_add_up() -> None:
    with pytest.raises(MoneyError, match="different currencies"):
        pounds(1) + Money.of(1, "EUR")


def test_the_last_part_of_a_split_takes_the_odd_pennies() -> None:
    assert pounds(100).split_evenly(3) == (pounds("33.33"), pounds("33.33"), pounds("33.34"))


def test_an_amount_does_not_split_into_no_parts() -> None:
    with pytest.raises(MoneyError):
        pounds(1).split_evenly(0)


def test_per_cent_rounds_to_the_penny() -> None:
    assert pounds(1000).percent(Decimal("12.345")) == pounds("123.45")


def test_people_read_whole_pounds_without_pennies() -> None:
    assert str(pounds(4750)) == "£4,750"
    assert str(pounds("-4750.5")) == "-£4,750.50"
    assert str(Money.of(12, "CHF")) == "12 CHF"


def test_the_smaller_of_two_amounts_is_found() -> None:
    assert smaller(pounds(2), pounds(1)) == pounds(1)
