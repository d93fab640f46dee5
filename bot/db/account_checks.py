"""What must hold before anything is written to an account."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, select

from bot.core.errors import MoneyError, NotFoundError
from bot.core.money import Money
from bot.db import tables as t


def unknown_account() -> NotFoundError:
    """One answer for what is not there and what is somebody else's."""
    return NotFoundError("There is no such account among those you look after.")


class LedgerChecks:
    """Looks accounts, amounts and invoices up over one database connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def currency(self, account_id: str) -> str:
        """The currency that an account is kept in; NotFoundError when there is no such account."""
        clients = t.clients.c
        found = self._connection.scalar(select(clients.currency).where(clients.id == account_id))
        if found is None:
            raise unknown_account()
        return str(found)

    def amount(self, account_id: str, amount: str, currency: str) -> Decimal:
        """An amount that the account can be promised: in its currency, more than nothing."""
        kept_in = self.currency(account_id)
        if currency != kept_in:
            raise MoneyError(
                f"This account is kept in {kept_in}, not in {currency}.", field="currency"
            )
        money = Money.of(amount, currency)
        if not money.is_positive:
            raise MoneyError("The amount must be more than nothing.", field="amount")
        return money.amount

    def invoice(self, account_id: str, number: str) -> Row[Any]:
        """An invoice of an account by its number."""
        invoices = t.invoices.c
        found = self._connection.execute(
            select(invoices.id, invoices.balance).where(
                invoices.client_id == account_id, invoices.number == number
            )
        ).one_or_none()
        if found is None:
            raise NotFoundError(f"There is no invoice {number} on this account.", field="invoice")
        return found
