"""Late-payment interest, fixed sums and the price of a discount."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bot.core.coaching.claims import late_claim
from bot.core.errors import InvalidInputError
from bot.core.interest import (
    FlatRate,
    StatutoryRates,
    annualised_cost,
    day_rate,
    late_interest,
)
from tests.builders import (
    TODAY,
    a_law_pack,
    a_rule,
    an_account,
    an_invoice,
    per_cent,
    pounds,
    some_terms,
)

FIXED = StatutoryRates(
    {"2025H2": Decimal("12.25"), "2026H1": Decimal("11.75")}, fixed_per_debt=True
)
FLOATING = StatutoryRates(
    {"2026H1": Decimal("10.15"), "2026H2": Decimal("10.40")},
    fixed_per_debt=False,
    extra_points={"DE": Decimal(1)},
)


def test_the_day_rate_is_rounded_before_the_days_are_counted() -> None:
    assert day_rate(pounds(1000), per_cent("8.5")) == pounds("0.23")
    assert late_interest(pounds(1000), per_cent("8.5"), 50) == pounds("11.50")


def test_a_debt_keeps_the_rate_of_the_half_year_in_which_its_interest_starts() -> None:
    assert FIXED.rate_on(TODAY, due_on=date(2025, 12, 30), country="GB") == Decimal("12.25")


def test_interest_starts_the_day_after_so_a_debt_due_on_the_31st_has_the_new_rate() -> None:
    assert FIXED.rate_on(TODAY, due_on=date(2025, 12, 31), country="GB") == Decimal("11.75")


def test_a_half_year_that_is_not_listed_is_not_known() -> None:
    assert FIXED.rate_on(TODAY, due_on=date(2024, 12, 1), country="GB") is None
    assert _interest(FIXED, due_on=date(2024, 12, 1)) is None


def test_the_first_day_of_interest_is_the_day_after_the_due_date() -> None:
    found = FIXED.interest(
        pounds(1000),
        due_on=date(2026, 3, 1),
        since=date(2026, 2, 1),
        until=date(2026, 3, 2),
        country="GB",
    )
    assert found == pounds("0.32")


def test_a_floating_rate_changes_with_the_half_year() -> None:
    found = FLOATING.interest(
        pounds(1000),
        due_on=date(2026, 6, 1),
        since=date(2026, 6, 30),
        until=date(2026, 7, 1),
        country="IE",
    )
    assert found == pounds("0.28") + pounds("0.28")


def test_a_country_above_the_minimum_has_its_extra_points() -> None:
    rate = FLOATING.rate_on(TODAY, due_on=date(2026, 1, 15), country="DE")
    assert rate == Decimal("11.15")


def test_a_floating_rate_that_runs_into_an_unknown_half_year_is_not_known() -> None:
    found = FLOATING.interest(
        pounds(1000),
        due_on=date(2026, 12, 1),
        since=date(2026, 12, 2),
        until=date(2027, 1, 1),
        country="IE",
    )
    assert found is None


def test_no_days_bear_no_interest_whatever_the_rate() -> None:
    assert _interest(FlatRate(None), until=date(2026, 1, 1)) == pounds(0)


def test_a_contract_rate_that_is_not_recorded_is_not_known() -> None:
    assert _interest(FlatRate(None)) is None


def test_two_per_cent_for_twenty_days_sooner_costs_thirty_seven_a_year() -> None:
    assert annualised_cost(per_cent(2), 20) == Decimal("37.2")


@pytest.mark.parametrize(("percent", "days"), [("100", 10), ("-1", 10), ("2", 0)])
def test_an_impossible_discount_is_refused(percent: str, days: int) -> None:
    with pytest.raises(InvalidInputError):
        annualised_cost(per_cent(percent), days)


@pytest.mark.parametrize(
    ("debt", "claim"),
    [("999.99", 40), ("1000", 70), ("9999.99", 70), ("10000", 100)],
)
def test_the_fixed_sum_goes_by_the_size_of_the_debt(debt: str, claim: int) -> None:
    assert a_law_pack().fixed_sum_for(pounds(debt)) == pounds(claim)


def test_a_debt_in_another_currency_has_no_fixed_sum() -> None:
    assert a_law_pack().fixed_sum_for(an_invoice(currency="EUR").balance) is None


def test_a_late_invoice_claims_interest_to_date_and_the_fixed_sum() -> None:
    claim = late_claim(an_invoice(days_late=50), an_account(), a_law_pack(), TODAY)
    assert claim.interest == pounds("16.00")
    assert claim.fixed_sum == pounds(70)


def test_a_disputed_sum_bears_no_interest_where_the_law_says_so() -> None:
    invoice = an_invoice(days_late=50, disputed=1000)
    pack = a_law_pack(a_rule(no_interest_on_disputed=True))
    assert late_claim(invoice, an_account(), pack, TODAY).interest == pounds(0)


def test_a_client_whose_terms_carry_no_interest_owes_none_and_no_fixed_sum() -> None:
    account = an_account(terms=some_terms(interest="none"))
    claim = late_claim(an_invoice(), account, a_law_pack(), TODAY)
    assert claim.interest == pounds(0)
    assert claim.fixed_sum is None


def _interest(basis, *, due_on=date(2026, 1, 1), until=TODAY):  # type: ignore[no-untyped-def]  # any basis
    return basis.interest(pounds(1000), due_on=due_on, since=due_on, until=until, country="GB")
