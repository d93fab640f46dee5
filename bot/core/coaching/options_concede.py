"""Options in which we give something up: a fee, a discount, or credit for goods or work that failed."""

from __future__ import annotations

from decimal import Decimal

from bot.core.account import Instalment
from bot.core.coaching.case import Case
from bot.core.coaching.draft import Draft, Refused, one_day, payable
from bot.core.coaching.forgone import cost_of
from bot.core.coaching.house_rules import Limit
from bot.core.dates import in_words
from bot.core.interest import annualised_cost
from bot.core.labels import Objection
from bot.core.money import Money, smaller


def fee_waiver(case: Case, limit: Limit, exact: bool) -> Draft | Refused:
    """Late fees and interest waived in return for the rest by a day."""
    if not case.charged.is_positive:
        return Refused("No late fee or interest stands on this account.")
    if case.base <= case.charged:
        return Refused("Nothing but fees would be left to pay; a waiver would buy no payment.")
    waived = _within(case.charged, limit, case.charged)
    if not waived.is_positive:
        return Refused(limit.excess(case.charged) or "A waiver is outside this limit.")
    day = one_day(case, limit, exact, usual_days=0)
    if isinstance(day, Refused):
        return day
    left = case.base - waived
    schedule = (Instalment(left, day),)
    part = "" if waived == case.charged else f" of {case.charged}"
    return Draft(
        f"Waive {waived}{part} in fees if {left} is paid by {in_words(day)}",
        schedule,
        cost_of(case, schedule, waived, "waived"),
        f"{case.charged} in fees and interest stands. {case.track_record}",
    )


def settlement_discount(case: Case, limit: Limit, exact: bool) -> Draft | Refused:
    """A small discount for settling within days, with what that costs us in per cent a year."""
    barred = payable(case, _without_ceiling(limit))
    if barred:
        return barred
    discount = _discount(case, limit, exact)
    if isinstance(discount, Refused):
        return discount
    percent = discount.amount / case.base.amount * 100
    yearly = annualised_cost(percent, limit.sooner_days)
    if limit.max_annual_percent is not None and yearly > limit.max_annual_percent:
        return Refused(f"It would cost {yearly}% a year; {limit.max_annual_percent}% is the limit.")
    day = one_day(case, limit, exact, usual_days=limit.max_days)
    if isinstance(day, Refused):
        return day
    left = case.base - discount
    schedule = (Instalment(left, day),)
    return Draft(
        f"Settle for {left} by {in_words(day)}, {discount} less",
        schedule,
        cost_of(case, schedule, discount, f"discount, {yearly}% a year"),
        f"{_short(percent)}% off brings the money about {limit.sooner_days} days sooner. "
        f"{case.track_record}",
    )


def return_or_credit(case: Case, limit: Limit, exact: bool) -> Draft | Refused:
    """A credit note (or return) for what failed; the rest is paid."""
    failed = _failed(case)
    if not failed.is_positive:
        if case.heard(Objection.SERVICE_DISPUTE):
            return Refused("Log the sum that failed first; then a credit can be worked out.")
        return Refused("Only for a logged dispute about goods or work.")
    reason = limit.excess(failed)
    if reason:
        return Refused(reason)
    if not case.base.is_positive:
        return Draft(
            f"Credit {failed} or take the goods back; nothing else is left to ask for now",
            (),
            cost_of(case, (), failed, "credited"),
            f"{failed} is in dispute over goods or work.",
        )
    day = one_day(case, limit, exact, usual_days=0)
    if isinstance(day, Refused):
        return day
    schedule = (Instalment(case.base, day),)
    return Draft(
        f"Credit {failed} or take the goods back; {case.base} is paid by {in_words(day)}",
        schedule,
        cost_of(case, schedule, failed, "credited"),
        f"{failed} is in dispute over goods or work; the other {case.base} is not.",
    )


def _within(wished: Money, limit: Limit, whole: Money) -> Money:
    """As much of a wished concession as the limit's share of the whole and its ceiling allow."""
    share = Decimal(100) if limit.max_percent is None else limit.max_percent
    allowed = _rounded_down(whole, share)
    ceiling = limit.ceiling(whole.currency)
    return smaller(wished, allowed if ceiling is None else smaller(allowed, ceiling))


def _rounded_down(whole: Money, percent: Decimal) -> Money:
    share = whole.percent(percent)
    over = share.amount * 100 > whole.amount * percent
    return share - Money(Money.unit(whole.currency), whole.currency) if over else share


def _discount(case: Case, limit: Limit, exact: bool) -> Money | Refused:
    most = _within(case.base, limit, case.base)
    if not most.is_positive or most >= case.base:
        return Refused("A discount is outside this limit.")
    if case.named_amount is None:
        return most
    wished = case.base - case.named_amount
    if wished <= most:
        return wished
    if exact:
        return Refused(f"They ask for {wished} off; {most} is the limit.")
    return most


def _failed(case: Case) -> Money:
    """What of the overdue invoices is disputed because goods or work failed."""
    disputed = {
        invoice.number: invoice.disputed
        for invoice in case.account.overdue_invoices(case.today)
        if invoice.disputed.is_positive
    }
    failed: dict[str, Money] = {}
    for dispute in case.account.disputes:
        number = dispute.invoice_number
        if dispute.is_open and dispute.reason == Objection.SERVICE_DISPUTE and number in disputed:
            so_far = failed.get(number, case.zero)
            failed[number] = smaller(so_far + dispute.amount, disputed[number])
    return Money.sum(failed.values(), case.account.currency)


def _without_ceiling(limit: Limit) -> Limit:
    # The ceiling of a discount is on what is given up, not on the sum that is settled.
    return Limit(min_amount=limit.min_amount)


def _short(percent: Decimal) -> str:
    return f"{percent.quantize(Decimal('0.1')):f}".removesuffix(".0")
