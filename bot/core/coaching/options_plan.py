"""The instalment option: a plan inside the limit, with the client's own terms where they fit."""

from __future__ import annotations

from datetime import date, timedelta

from bot.core.account import Instalment
from bot.core.coaching.case import Case
from bot.core.coaching.draft import Draft, Refused, payable
from bot.core.coaching.forgone import cost_of
from bot.core.coaching.house_rules import Limit
from bot.core.coaching.options_pay import payment_floor
from bot.core.coaching.plans import Rhythm, dated, even_amounts, led_amounts, stepped_amounts
from bot.core.dates import in_words
from bot.core.errors import MoneyError
from bot.core.money import Money

USUAL_INSTALMENTS = 3
USUAL_FIRST_DAYS = 3

_SLOWEST_FIRST = ("monthly", "fortnightly", "weekly")


def instalments(case: Case, limit: Limit, exact: bool) -> Draft | Refused:
    """Two or more payments; the first clears the floor, the last takes the odd penny."""
    barred = payable(case, limit)
    if barred:
        return barred
    frequency = _frequency(case, limit, exact)
    if isinstance(frequency, Refused):
        return frequency
    first_on = _first_day(case, limit, exact)
    if isinstance(first_on, Refused):
        return first_on
    schedule = (
        _as_named(case, limit, frequency, first_on)
        if exact
        else _inside(case, limit, frequency, first_on)
    )
    if isinstance(schedule, Refused):
        return schedule
    first, last = schedule[0], schedule[-1]
    return Draft(
        f"{len(schedule)} {frequency} payments: first {first.amount} by {in_words(first.due)}, "
        f"last {last.amount} by {in_words(last.due)}",
        schedule,
        cost_of(case, schedule, case.zero),
        f"{case.track_record} Up to {limit.max_instalments} payments in {limit.max_days} days are allowed.",
    )


def _frequency(case: Case, limit: Limit, exact: bool) -> str | Refused:
    named = case.ask.named_frequency
    too_many = case.named_amount and (_named_count(case) or 0) > limit.max_instalments
    if too_many and not exact:
        # The sum they can manage is what counts: more time comes before more money each time.
        named = next((f for f in _SLOWEST_FIRST if f in limit.frequencies), named)
    if named in limit.frequencies:
        return str(named)
    if exact and named is not None:
        return Refused(f"Payments {named} are not offered.")
    if not limit.frequencies:
        return Refused("No rhythm of payments is allowed.")
    return "monthly" if "monthly" in limit.frequencies else limit.frequencies[0]


def _first_day(case: Case, limit: Limit, exact: bool) -> date | Refused:
    latest = case.today + timedelta(days=min(limit.first_within_days, limit.max_days))
    named = case.named_date
    if exact and named is not None and named > latest:
        return Refused(f"The first payment must come within {limit.first_within_days} days.")
    wished = named or case.today + timedelta(days=USUAL_FIRST_DAYS)
    found = case.calendar.working_day_within(wished, case.today, latest)
    return found or Refused(f"No working day falls within {limit.first_within_days} days.")


def _as_named(
    case: Case, limit: Limit, frequency: str, first_on: date
) -> tuple[Instalment, ...] | Refused:
    floor = payment_floor(case, limit)
    count = _named_count(case) or min(USUAL_INSTALMENTS, limit.max_instalments)
    if not 2 <= count <= limit.max_instalments:
        return Refused(f"{count} payments asked for; {limit.max_instalments} is the limit.")
    try:
        amounts = _named_amounts(case, count, floor)
    except MoneyError as error:
        return Refused(error.detail)
    if amounts[0] < floor:
        return Refused(f"{amounts[0]} is below the first payment of {floor} that is needed.")
    schedule = dated(amounts, Rhythm(count, frequency, first_on), case.calendar)
    if schedule[-1].due > case.today + timedelta(days=limit.max_days):
        return Refused(f"It would run past the limit of {limit.max_days} days.")
    return schedule


def _named_count(case: Case) -> int | None:
    if case.ask.named_instalments is not None:
        return case.ask.named_instalments
    if case.named_amount is None:
        return None
    # "500 a month": as many payments as it takes, the last one smaller.
    whole, rest = divmod(case.base.amount, case.named_amount.amount)
    return int(whole) + bool(rest)


def _named_amounts(case: Case, count: int, floor: Money) -> tuple[Money, ...]:
    named = case.named_amount
    if named is None:
        return even_amounts(case.base, count, floor)
    if case.ask.named_instalments is None:
        return stepped_amounts(case.base, named)
    return led_amounts(case.base, count, named)


def _inside(
    case: Case, limit: Limit, frequency: str, first_on: date
) -> tuple[Instalment, ...] | Refused:
    floor = payment_floor(case, limit)
    most = limit.max_instalments
    wanted = min(max(_named_count(case) or USUAL_INSTALMENTS, 2), most)
    latest = case.today + timedelta(days=limit.max_days)
    for count in range(wanted, 1, -1):
        try:
            amounts = even_amounts(case.base, count, floor)
        except MoneyError:
            continue
        schedule = dated(amounts, Rhythm(count, frequency, first_on), case.calendar)
        if schedule[-1].due <= latest:
            return schedule
    if most < 2:
        return Refused("Instalments are outside this limit.")
    return Refused(f"No plan of two or more payments fits within {limit.max_days} days.")
