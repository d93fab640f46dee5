"""Clients and their ledgers in SQL: reads whole accounts and writes what a call led to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select

from bot.core.account import Account, PlanStatus, PromiseStatus
from bot.core.errors import InvalidInputError, MoneyError
from bot.core.labels import FAMILY_OF, Family
from bot.core.money import Money
from bot.db import tables as t
from bot.db.account_checks import LedgerChecks, unknown_account
from bot.db.account_loading import load_account
from bot.db.account_search import search_accounts
from bot.db.types import new_id
from bot.services.ports import AccountRow, Clock, Viewer

#: The Debt Respite Scheme (England and Wales) gives a breathing space of 60 days from its start.
MORATORIUM_DAYS = 60

_PROTECTIONS = frozenset({"vulnerable", "adviser", "moratorium", "insolvent", "contact_stopped"})
_REASONS = frozenset(
    label.value for label, family in FAMILY_OF.items() if family is Family.DISPUTED_TERMS
)


class SqlAccountRepository:
    """Accounts over one database connection; `clock` says which day it is at the desk."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock
        self._checks = LedgerChecks(connection)

    def get(self, account_id: str, viewer: Viewer) -> Account:
        """Load the whole account; NotFoundError when unknown or outside the viewer's portfolio."""
        clients = t.clients.c
        owner = self._connection.execute(
            select(clients.owner_id).where(clients.id == account_id)
        ).one_or_none()
        if owner is None or not (viewer.sees_all or owner.owner_id == viewer.user_id):
            raise unknown_account()
        account = load_account(self._connection, account_id, self._clock.today())
        if account is None:
            raise unknown_account()
        return account

    def search(self, text: str, viewer: Viewer, limit: int = 50) -> Sequence[AccountRow]:
        """Accounts whose name, id, industry or invoice number fits, largest overdue first."""
        return search_accounts(self._connection, text, viewer, limit, self._clock.today())

    def add_promise(
        self,
        account_id: str,
        amount: str,
        currency: str,
        due_on: date,
        by: str,
        call_id: str | None,
    ) -> str:
        """Store a promise to pay; returns its id."""
        return self._add(
            t.promises,
            "pro",
            client_id=account_id,
            call_id=call_id,
            amount=self._checks.amount(account_id, amount, currency),
            due_on=due_on,
            made_on=self._clock.today(),
            status=PromiseStatus.PENDING.value,
            noted_by=by,
        )

    def add_dispute(
        self,
        account_id: str,
        invoice_number: str,
        reason: str,
        amount: str | None,
        note: str,
        by: str,
        call_id: str | None,
    ) -> str:
        """Open a dispute on an invoice (amount None: its whole balance); returns its id."""
        if reason not in _REASONS:
            raise InvalidInputError(f"“{reason}” is no ground for a dispute.", field="reason")
        invoice = self._checks.invoice(account_id, invoice_number)
        currency = self._checks.currency(account_id)
        contested = invoice.balance
        if amount is not None:
            contested = self._checks.amount(account_id, amount, currency)
        if not 0 < contested <= invoice.balance:
            raise MoneyError(
                f"Invoice {invoice_number} has {Money(invoice.balance, currency)} open: "
                "dispute more than nothing and no more than that.",
                field="amount",
            )
        return self._add(
            t.disputes,
            "dis",
            client_id=account_id,
            invoice_id=invoice.id,
            call_id=call_id,
            source="parley",
            reason=reason,
            amount=contested,
            opened_on=self._clock.today(),
            note=note,
            noted_by=by,
        )

    def add_plan(
        self,
        account_id: str,
        schedule: Sequence[tuple[str, date]],
        currency: str,
        by: str,
        call_id: str | None,
    ) -> str:
        """Store an agreed plan; returns its id."""
        if not schedule:
            raise InvalidInputError("A plan needs at least one instalment.", field="schedule")
        amounts = [self._checks.amount(account_id, amount, currency) for amount, _ in schedule]
        plan_id = self._add(
            t.plans,
            "pln",
            client_id=account_id,
            call_id=call_id,
            agreed_on=self._clock.today(),
            status=PlanStatus.LIVE.value,
            noted_by=by,
        )
        self._connection.execute(
            insert(t.instalments),
            [
                {"plan_id": plan_id, "position": place, "amount": amount, "due_on": due_on}
                for place, (amount, (_, due_on)) in enumerate(zip(amounts, schedule, strict=True))
            ],
        )
        return plan_id

    def add_document_request(
        self, account_id: str, kind: str, reference: str | None, by: str
    ) -> str:
        """Queue a document that the client asked for; returns its id."""
        return self._add(
            t.documents,
            "doc",
            client_id=account_id,
            kind=kind,
            reference=reference,
            status="requested",
            noted_on=self._clock.today(),
            noted_by=by,
        )

    def add_follow_up(self, account_id: str, due_on: date, note: str, by: str) -> str:
        """Note the next contact; returns its id."""
        now = self._clock.now()
        return self._add(
            t.follow_ups,
            "fup",
            client_id=account_id,
            due_on=due_on,
            note=note,
            set_by=by,
            set_at=now,
        )

    def add_contact(
        self, account_id: str, at: datetime, channel: str, by: str, summary: str
    ) -> str:
        """Write a line in the contact log; returns its id."""
        return self._add(
            t.contact_log,
            "log",
            client_id=account_id,
            contacted_at=at,
            channel=channel,
            contacted_by=by,
            summary=summary,
        )

    def set_protection(self, account_id: str, kind: str, on: date, note: str, by: str) -> None:
        """Record a pause: `vulnerable`, `adviser`, `moratorium`, `insolvent` or `contact_stopped`."""
        if kind not in _PROTECTIONS:
            raise InvalidInputError(f"“{kind}” is not a protection.", field="kind")
        until = on + timedelta(days=MORATORIUM_DAYS) if kind == "moratorium" else None
        self._add(
            t.protections,
            "prt",
            client_id=account_id,
            kind=kind,
            recorded_on=on,
            until_on=until,
            note=note,
            recorded_by=by,
        )

    def withdraw_protection(self, account_id: str, kind: str, call_id: str) -> None:
        """Take back a pause that rests on a turn of this call which was misheard."""
        held = t.protections.c
        self._connection.execute(
            delete(t.protections).where(
                held.client_id == account_id, held.kind == kind, held.note.contains(call_id)
            )
        )

    def _add(self, table: Table, prefix: str, **values: Any) -> str:
        if "client_id" in values:
            self._checks.currency(values["client_id"])
        row_id = new_id(prefix)
        self._connection.execute(insert(table).values(id=row_id, **values))
        return row_id
