"""What the law lets us claim on a late invoice to date: interest and the fixed sum, where they are known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.core.account import Account, Invoice
from bot.core.coaching.case import basis_for
from bot.core.coaching.law import LawPack
from bot.core.money import Money


@dataclass(frozen=True)
class LateClaim:
    """Interest and fixed sum on one invoice; None means not known (interest) or not provided for (sum)."""

    interest: Money | None
    fixed_sum: Money | None


def late_claim(invoice: Invoice, account: Account, law: LawPack, today: date) -> LateClaim:
    """What may be claimed on an overdue invoice; nothing while it is not late or wholly in dispute."""
    principal = (
        invoice.balance - invoice.disputed if law.no_interest_on_disputed else invoice.balance
    )
    zero = Money.zero(account.currency)
    if not invoice.days_overdue(today) or not principal.is_positive or law.no_interest:
        return LateClaim(zero, None)
    basis = basis_for(account, law)
    interest = basis.interest(
        principal, due_on=invoice.due_on, since=invoice.due_on, until=today, country=account.country
    )
    statutory = account.terms.interest == "statutory"
    return LateClaim(interest, law.fixed_sum_for(principal) if statutory else None)
