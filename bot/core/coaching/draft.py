"""The pieces that options are built from: a draft inside a limit, or a refusal with its reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.account import Instalment
from bot.core.coaching.case import Case
from bot.core.coaching.forgone import Cost
from bot.core.coaching.house_rules import Limit
from bot.core.coaching.plans import total_of
from bot.core.money import Money


@dataclass(frozen=True)
class Draft:
    """An option that a limit allows, before it is known whose limit it was."""

    title: str
    schedule: tuple[Instalment, ...]
    cost: Cost
    why: str

    def total(self, currency: str) -> Money:
        """What the client pays in all."""
        return total_of(self.schedule, currency)


@dataclass(frozen=True)
class Refused:
    """Why there is no such option inside a limit."""

    reason: str


#: Builds an option inside a limit. With `exact` the terms that the client named are met or it is refused;
#: without, they are brought inside the limit.
Builder = Callable[[Case, Limit, bool], Draft | Refused]


def payable(case: Case, limit: Limit) -> Refused | None:
    """Why a schedule over the base cannot be offered within this limit, or None."""
    if not case.base.is_positive:
        return Refused("All that is due now is in dispute.")
    reason = limit.excess(case.base) or limit.shortfall(case.base)
    return Refused(reason) if reason else None


def one_day(case: Case, limit: Limit, exact: bool, usual_days: int) -> date | Refused:
    """The working day of a single payment: the named day inside the limit, else so many days on."""
    latest = case.today + timedelta(days=limit.max_days)
    named = case.named_date
    if exact and named is not None and named > latest:
        return Refused(f"{limit.max_days} days is the limit; the day named is later.")
    # Whoever must not be pressed for one payment at once gets all the days that the limit has.
    days = limit.max_days if case.law.no_payment_floor else min(usual_days, limit.max_days)
    wished = named or case.today + timedelta(days=days)
    found = case.calendar.working_day_within(wished, case.today, latest)
    return found or Refused(f"No working day falls within the limit of {limit.max_days} days.")
