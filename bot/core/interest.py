"""What waiting costs: late-payment interest, fixed sums and the yearly price of a discount."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

from bot.core.dates import half_year, half_year_end
from bot.core.errors import InvalidInputError
from bot.core.money import Money

DAYS_IN_YEAR = 365


class InterestBasis(Protocol):
    """What a late debt bears."""

    def interest(
        self, principal: Money, *, due_on: date, since: date, until: date, country: str
    ) -> Money | None:
        """Interest for the days `since` to `until`, both counted; None when a rate is not known."""


@dataclass(frozen=True)
class FlatRate:
    """One yearly rate in per cent, as a contract sets it; None when the contract's rate is not recorded."""

    annual_percent: Decimal | None

    def interest(
        self, principal: Money, *, due_on: date, since: date, until: date, country: str
    ) -> Money | None:
        """Interest for the days `since` (never before the day after the due date) to `until`."""
        days = max(0, (until - max(since, due_on + timedelta(days=1))).days + 1)
        if self.annual_percent is None:
            return None if days else Money.zero(principal.currency)
        return late_interest(principal, self.annual_percent, days)


@dataclass(frozen=True)
class StatutoryRates:
    """Yearly rates in per cent by half-year (`2026H1`), reference rate and statutory points together.

    With `fixed_per_debt` the half-year in which a debt's interest starts decides for good (United Kingdom);
    otherwise each half-year has its own. A half-year that is not listed is not known, never guessed.
    `extra_points` adds to the rate by country, where a country goes above the common minimum.
    """

    by_half_year: Mapping[str, Decimal]
    fixed_per_debt: bool
    extra_points: Mapping[str, Decimal] = field(default_factory=dict)

    def half_year_for(self, day: date, *, due_on: date) -> str:
        """The half-year whose rate a debt due on `due_on` bears on a day."""
        return half_year(due_on + timedelta(days=1) if self.fixed_per_debt else day)

    def rate_on(self, day: date, *, due_on: date, country: str) -> Decimal | None:
        """The yearly rate that a debt due on `due_on` bears on a day; None when it is not known."""
        found = self.by_half_year.get(self.half_year_for(day, due_on=due_on))
        return None if found is None else found + self.extra_points.get(country, Decimal(0))

    def interest(
        self, principal: Money, *, due_on: date, since: date, until: date, country: str
    ) -> Money | None:
        """Interest for the days `since` (never before the day after the due date) to `until`."""
        total = Money.zero(principal.currency)
        day = max(since, due_on + timedelta(days=1))
        while day <= until:
            last = until if self.fixed_per_debt else min(until, half_year_end(day))
            rate = self.rate_on(day, due_on=due_on, country=country)
            if rate is None:
                return None
            total = total + late_interest(principal, rate, (last - day).days + 1)
            day = last + timedelta(days=1)
        return total


@dataclass(frozen=True)
class FixedSum:
    """The sum that may be claimed once for each late debt from this size up."""

    from_amount: Money
    sum: Money


def day_rate(principal: Money, annual_percent: Decimal) -> Money:
    """Simple interest for one day, rounded to the penny first, as the published worked example does."""
    return Money(principal.amount * annual_percent / 100 / DAYS_IN_YEAR, principal.currency)


def late_interest(principal: Money, annual_percent: Decimal, days: int) -> Money:
    """Simple interest for so many days: the rounded day rate times the days."""
    return day_rate(principal, annual_percent) * days


def fixed_sum(debt: Money, bands: tuple[FixedSum, ...]) -> Money | None:
    """The fixed sum for a debt of this size; None when no band is in its currency or reaches down to it."""
    fitting = [
        band
        for band in bands
        if band.from_amount.currency == debt.currency and band.from_amount <= debt
    ]
    return max(fitting, key=lambda band: band.from_amount.amount).sum if fitting else None


def annualised_cost(discount_percent: Decimal, days_sooner: int) -> Decimal:
    """What a discount for paying so many days sooner costs us in per cent a year: d/(1-d) x 365/days."""
    if not 0 <= discount_percent < 100:
        raise InvalidInputError("A discount lies between 0 and 100 per cent.", field="percent")
    if days_sooner < 1:
        raise InvalidInputError("A discount buys at least one day.", field="days")
    share = discount_percent / 100
    yearly = share / (1 - share) * DAYS_IN_YEAR / days_sooner * 100
    return yearly.quantize(Decimal("0.1"), ROUND_HALF_UP)
