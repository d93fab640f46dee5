"""An account's figures on one day, worked out once for a whole turn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.core.account import Account, Charge, Invoice
from bot.core.money import Money


@dataclass(frozen=True)
class Position:
    """What is open today: overdue invoices oldest first, charges that stand, and their sums."""

    today: date
    overdue_invoices: tuple[Invoice, ...]
    charges: tuple[Charge, ...]
    overdue: Money
    charged: Money
    disputed: Money
    exposure: Money
    oldest_days: int

    @property
    def due_now(self) -> Money:
        """Overdue invoices and standing charges together."""
        return self.overdue + self.charged

    @property
    def undisputed(self) -> Money:
        """What is due now and nobody contests on the ledger."""
        return self.due_now - self.disputed


def position_of(account: Account, today: date) -> Position:
    """Add an account up as it stands on a day."""
    overdue = account.overdue_invoices(today)
    charges = account.open_charges()
    charged = _sum((c.amount for c in charges), account.currency)
    return Position(
        today=today,
        overdue_invoices=overdue,
        charges=charges,
        overdue=_sum((i.balance for i in overdue), account.currency),
        charged=charged,
        disputed=_sum((i.disputed for i in overdue), account.currency),
        exposure=_sum((i.balance for i in account.invoices), account.currency) + charged,
        oldest_days=(today - overdue[0].due_on).days if overdue else 0,
    )


def _sum(amounts: Iterable[Money], currency: str) -> Money:
    # One sum of decimals instead of many Money values: a turn adds up to fifty invoices several times.
    return Money(sum((a.amount for a in amounts), Decimal(0)), currency)
