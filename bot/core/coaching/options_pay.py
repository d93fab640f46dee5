"""Options that bring in the whole of what is asked: at once, in two parts, later, or another way."""

from __future__ import annotations

from datetime import date, timedelta

from bot.core.account import Instalment
from bot.core.coaching.case import Case
from bot.core.coaching.draft import Draft, Refused, one_day, payable
from bot.core.coaching.forgone import cost_of
from bot.core.coaching.house_rules import Limit
from bot.core.dates import in_words
from bot.core.labels import Objection, Signal
from bot.core.money import Money

USUAL_REST_DAYS = 14
USUAL_EXTENSION_DAYS = 7


def full_payment(case: Case, limit: Limit, exact: bool) -> Draft | Refused:
    """Everything that is due, now or within a few days."""
    barred = payable(case, limit)
    if barred:
        return barred
    if case.disputed.is_positive:
        return Refused(f"{case.disputed} of it is in dispute: ask for the undisputed part.")
    day = one_day(case, limit, exact, usual_days=0)
    if isinstance(day, Refused):
        return day
    schedule = (Instalment(case.base, day),)
    return Draft(
        f"Pay {case.base} in full by {in_words(day)}",
        schedule,
        cost_of(case, schedule, case.zero),
        f"{case.lateness} {case.track_record}",
    )


def part_payment(case: Case, limit: Limit, exact: bool) -> Draft | Refused:
    """A part now and the rest on a named day."""
    barred = payable(case, limit)
    if barred:
        return barred
    first = _first_part(case, limit, exact)
    if isinstance(first, Refused):
        return first
    latest = case.today + timedelta(days=limit.max_days)
    first_on, wished = _part_days(case)
    if exact and max(first_on, wished or first_on) > latest:
        return Refused(f"{limit.max_days} days is the limit for the rest.")
    usual = min(first_on + timedelta(days=USUAL_REST_DAYS), latest)
    soonest = first_on + timedelta(days=1)
    rest_on = case.calendar.working_day_within(wished or usual, soonest, latest)
    if rest_on is None:
        return Refused(f"No working day for the rest falls within {limit.max_days} days.")
    rest = case.base - first
    schedule = (Instalment(first, first_on), Instalment(rest, rest_on))
    return Draft(
        f"{first} by {in_words(first_on)}, the other {rest} by {in_words(rest_on)}",
        schedule,
        cost_of(case, schedule, case.zero),
        f"{case.track_record} The rest may wait {limit.max_days} days at most.",
    )


def undisputed_part(case: Case, limit: Limit, exact: bool) -> Draft | Refused:
    """What nobody contests is paid, the rest is logged as a dispute."""
    contested = case.disputed + _contested_charges(case)
    if not contested.is_positive:
        return Refused("No dispute is logged: log the sum first and the rest can be asked for.")
    asked = case.due_now - contested
    if not asked.is_positive:
        return Refused("All that is due now is in dispute.")
    reason = limit.excess(asked) or limit.shortfall(asked)
    if reason:
        return Refused(reason)
    day = one_day(case, limit, exact, usual_days=0)
    if isinstance(day, Refused):
        return day
    schedule = (Instalment(asked, day),)
    return Draft(
        f"Pay the undisputed {asked} by {in_words(day)}; {contested} is logged as a dispute",
        schedule,
        cost_of(case, schedule, case.zero),
        f"{contested} of {case.due_now} is contested; nobody contests the other {asked}.",
    )


def extension(case: Case, limit: Limit, exact: bool) -> Draft | Refused:
    """The whole sum a little later, on one firm day."""
    barred = payable(case, limit)
    if barred:
        return barred
    day = one_day(case, limit, exact, usual_days=USUAL_EXTENSION_DAYS)
    if isinstance(day, Refused):
        return day
    if day <= case.first_working_day:
        return Refused("The day named is no later than paying now.")
    schedule = (Instalment(case.base, day),)
    return Draft(
        f"{case.base} in one payment by {in_words(day)}",
        schedule,
        cost_of(case, schedule, case.zero),
        f"{case.track_record} Up to {limit.max_days} more days may be given.",
    )


def method_change(case: Case, limit: Limit, exact: bool) -> Draft | Refused:
    """The same sum by another method that this account may use."""
    barred = payable(case, limit)
    if barred:
        return barred
    last = max(case.account.payments, key=lambda p: (p.received_on, p.id), default=None)
    used = last.method if last else None
    others = [_spoken(method) for method in case.account.payment_methods if method != used]
    if not others:
        return Refused("No other payment method is open on this account.")
    day = one_day(case, limit, exact, usual_days=0)
    if isinstance(day, Refused):
        return day
    schedule = (Instalment(case.base, day),)
    ways = ", ".join((*others[:-2], " or ".join(others[-2:])))
    why = f"Their last payment came by {_spoken(used)}." if used else "No payment is on record yet."
    return Draft(
        f"Pay {case.base} by {ways} by {in_words(day)}",
        schedule,
        cost_of(case, schedule, case.zero),
        f"{why} This account may also pay by {ways}.",
    )


def _first_part(case: Case, limit: Limit, exact: bool) -> Money | Refused:
    floor = payment_floor(case, limit)
    named = case.named_amount
    if named is not None and named >= floor:
        return named
    if exact and named is not None:
        return Refused(f"{named} is below the first payment of {floor} that is needed.")
    oldest = case.slices[0].amount if case.slices else case.zero
    if named is None and floor <= oldest < case.base:
        return oldest
    half = case.base.split_evenly(2)[0]
    first = floor if named is not None or half < floor else half
    unit = Money(Money.unit(case.base.currency), case.base.currency)
    first = first if first.is_positive else unit
    return first if first < case.base else Refused("The sum is too small to be split.")


def _part_days(case: Case) -> tuple[date, date | None]:
    """The day of the first part, and the day that was named for the rest, if any."""
    named = case.named_date
    if named and case.named_amount and case.heard(Signal.PROMISE_TO_PAY):
        # “200 on Friday” is the first part: the day belongs to the sum that was promised.
        return case.calendar.next_working_day(named), None
    return case.first_working_day, named


def payment_floor(case: Case, limit: Limit) -> Money:
    """The least first payment: the house's share of the sum, or nothing where the law says to take any."""
    if case.law.no_payment_floor:
        return case.zero
    return case.base.percent(limit.first_payment_percent)


def _contested_charges(case: Case) -> Money:
    # A fee or interest that is contested in the call is the part in question; a due date is not.
    contested = case.heard(Objection.TERMS_DISPUTE) and case.ask.fee_contested
    return case.charged if contested else case.zero


def _spoken(method: str) -> str:
    return "ACH" if method == "ach" else method.replace("_", " ")
