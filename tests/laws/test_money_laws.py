"""What holds for every amount."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.coaching.plans import Rhythm, dated, even_amounts, led_amounts, total_of
from bot.core.dates import Calendar
from bot.core.errors import MoneyError
from bot.core.interest import StatutoryRates, late_interest
from bot.core.money import Money

MANY = settings(max_examples=300, deadline=None)

currencies = st.sampled_from(("GBP", "EUR", "USD", "JPY", "KWD"))
amounts = st.builds(
    lambda pennies, currency: Money(Decimal(pennies) * Money.unit(currency), currency),
    st.integers(0, 10**9),
    currencies,
)
days = st.dates(date(2024, 1, 1), date(2030, 12, 31))


@MANY
@given(amounts, st.integers(1, 60))
def test_a_split_adds_up_and_its_parts_differ_only_in_the_last(total: Money, parts: int) -> None:
    shares = total.split_evenly(parts)
    assert Money.sum(shares, total.currency) == total
    assert len(shares) == parts
    assert len({share.amount for share in shares[:-1]}) <= 1
    assert shares[-1] >= shares[0]


@MANY
@given(amounts)
def test_an_amount_survives_its_plain_text(total: Money) -> None:
    assert Money.of(total.plain(), total.currency) == total


@MANY
@given(amounts, st.integers(0, 100))
def test_a_share_and_its_rest_make_the_whole(total: Money, rate: int) -> None:
    share = total.percent(Decimal(rate))
    assert share + (total - share) == total
    assert share <= total


@MANY
@given(amounts, st.integers(1, 24), st.integers(0, 100), days, st.integers(0, 3))
def test_a_schedule_adds_up_on_rising_working_days(
    total: Money, count: int, floor: int, start: date, shut: int
) -> None:
    calendar = Calendar(frozenset(start + timedelta(days=n) for n in range(shut)))
    least = total.percent(Decimal(floor))
    try:
        payments = even_amounts(total, count, least)
    except MoneyError:
        return
    schedule = dated(payments, Rhythm(count, "fortnightly", start), calendar)
    due = [instalment.due for instalment in schedule]
    assert total_of(schedule, total.currency) == total
    assert schedule[0].amount >= min(least, total)
    assert due == sorted(set(due))
    assert all(calendar.is_working_day(day) and day >= start for day in due)


@MANY
@given(amounts, amounts, st.integers(2, 24))
def test_a_named_first_payment_keeps_the_sum(total: Money, first: Money, count: int) -> None:
    first = Money(first.amount, total.currency)
    try:
        payments = led_amounts(total, count, first)
    except MoneyError:
        return
    assert payments[0] == first
    assert Money.sum(payments, total.currency) == total


@MANY
@given(amounts, st.integers(0, 30), st.integers(0, 500), st.integers(0, 500))
def test_interest_grows_with_the_days(total: Money, rate: int, days: int, more: int) -> None:
    sooner = late_interest(total, Decimal(rate), days)
    later = late_interest(total, Decimal(rate), days + more)
    assert sooner <= later


@MANY
@given(amounts, days, st.integers(1, 800), st.integers(0, 800), st.booleans())
def test_interest_of_two_stretches_is_interest_of_the_whole(
    total: Money, due_on: date, first: int, second: int, fixed: bool
) -> None:
    known = {f"{year}H{half}": Decimal(8 + half) for year in range(2023, 2037) for half in (1, 2)}
    rates = StatutoryRates(known, fixed_per_debt=fixed)
    middle, end = due_on + timedelta(days=first), due_on + timedelta(days=first + second)

    def between(since: date, until: date) -> Money:
        found = rates.interest(total, due_on=due_on, since=since, until=until, country="GB")
        assert found is not None
        return found

    assert between(due_on, end) == between(due_on, middle) + between(
        middle + timedelta(days=1), end
    )
