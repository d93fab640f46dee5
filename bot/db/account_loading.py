"""Loads one whole account: a dozen plain selects, no object graph, fit for the middle of a call."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row

from bot.core.account import (
    Account,
    Charge,
    Contact,
    ContactLogEntry,
    Dispute,
    Document,
    Instalment,
    Invoice,
    InvoiceLine,
    LegalForm,
    Payment,
    Plan,
    PlanStatus,
    Promise,
    PromiseStatus,
    Protections,
    RiskClass,
    Terms,
)
from bot.core.money import Money
from bot.db import account_queries as q
from bot.db.freshness import stale_facts

#: Methods a client may pay by when nothing else is agreed.
_USUAL_METHODS = ("bank_transfer", "card", "direct_debit")


class _Loader:
    """Holds what all parts of one account share while it is put together."""

    def __init__(self, connection: Connection, client_id: str, currency: str) -> None:
        self._connection = connection
        self._parameters = {"client_id": client_id}
        self._currency = currency
        self._made: dict[Decimal, Money] = {}

    def rows(self, query: Any) -> Sequence[Row[Any]]:
        return self._connection.execute(query, self._parameters).all()

    def money(self, amount: Decimal) -> Money:
        # Total, balance and nothing disputed are mostly the same few figures; each is made once.
        made = self._made.get(amount)
        if made is None:
            made = self._made[amount] = Money(amount, self._currency)
        return made

    def optional(self, amount: Decimal | None) -> Money | None:
        return None if amount is None else self.money(amount)


def load_account(connection: Connection, client_id: str, today: date) -> Account | None:
    """Load everything known of a client; None when there is no such client."""
    client = connection.execute(q.CLIENT, {"client_id": client_id}).one_or_none()
    if client is None:
        return None
    loader = _Loader(connection, client_id, client.currency)
    disputes = _disputes(loader)
    terms, terms_as_of = _terms(loader, today)
    contacts, contacts_as_of = _contacts(loader)
    stamps = {
        "balances": client.balances_as_of,
        "risk_class": client.risk_as_of,
        "legal_form": client.profile_as_of,
        "relationship_value": client.value_as_of,
        "terms": terms_as_of,
    } | ({"contacts": contacts_as_of} if contacts else {})
    return Account(
        id=client.id,
        name=client.name,
        legal_form=LegalForm(client.legal_form),
        country=client.country,
        vat_registered=client.vat_registered,
        industry=client.industry,
        currency=client.currency,
        risk_class=RiskClass(client.risk_class),
        relationship_value=loader.money(client.relationship_value),
        as_of=client.balances_as_of or client.created_at,
        terms=terms,
        owner=client.owner or "",
        on_stop=client.on_stop,
        customer_since=client.customer_since,
        invoices=_invoices(loader, disputes),
        charges=_charges(loader),
        payments=_payments(loader),
        promises=_promises(loader),
        plans=_plans(loader),
        disputes=disputes,
        contacts=contacts,
        contact_log=tuple(
            ContactLogEntry(r.contacted_at, r.channel, r.contacted_by, r.summary)
            for r in loader.rows(q.CONTACT_LOG)
        ),
        documents=tuple(
            Document(r.kind, r.reference, r.status, r.noted_on) for r in loader.rows(q.DOCUMENTS)
        ),
        protections=_protections(loader, today),
        payment_methods=tuple(client.payment_methods or _USUAL_METHODS),
        notes=client.notes,
        stale=stale_facts(stamps, today),
    )


def _invoices(loader: _Loader, disputes: tuple[Dispute, ...]) -> tuple[Invoice, ...]:
    lines: dict[str, list[InvoiceLine]] = defaultdict(list)
    for r in loader.rows(q.INVOICE_LINES):
        lines[r.invoice_id].append(
            InvoiceLine(
                r.description, r.quantity, loader.money(r.unit_price), loader.money(r.total)
            )
        )
    contested: dict[str, Decimal] = defaultdict(Decimal)
    for dispute in disputes:
        if dispute.is_open:
            contested[dispute.invoice_number] += dispute.amount.amount
    return tuple(
        Invoice(
            id=r.id,
            number=r.number,
            issued_on=r.issued_on,
            due_on=r.due_on,
            total=loader.money(r.total),
            balance=loader.money(r.balance),
            # Two disputes on one invoice, or a payment since, must not contest more than is open.
            disputed=loader.money(min(contested.get(r.number, Decimal(0)), r.balance)),
            po_number=r.po_number,
            lines=tuple(lines.get(r.id, ())),
        )
        for r in loader.rows(q.INVOICES)
    )


def _charges(loader: _Loader) -> tuple[Charge, ...]:
    return tuple(
        Charge(
            r.id, r.kind, r.number, loader.money(r.amount), r.charged_on, r.waived_on is not None
        )
        for r in loader.rows(q.CHARGES)
    )


def _payments(loader: _Loader) -> tuple[Payment, ...]:
    return tuple(
        Payment(r.id, r.received_on, loader.money(r.amount), r.method, r.number)
        for r in loader.rows(q.PAYMENTS)
    )


def _promises(loader: _Loader) -> tuple[Promise, ...]:
    return tuple(
        Promise(r.id, loader.money(r.amount), r.due_on, r.made_on, PromiseStatus(r.status))
        for r in loader.rows(q.PROMISES)
    )


def _plans(loader: _Loader) -> tuple[Plan, ...]:
    heads: dict[str, Row[Any]] = {}
    schedules: dict[str, list[Instalment]] = defaultdict(list)
    for r in loader.rows(q.PLANS):
        heads.setdefault(r.id, r)
        schedules[r.id].append(Instalment(loader.money(r.amount), r.due_on))
    return tuple(
        Plan(r.id, r.agreed_on, tuple(schedules[r.id]), PlanStatus(r.status))
        for r in heads.values()
    )


def _disputes(loader: _Loader) -> tuple[Dispute, ...]:
    return tuple(
        Dispute(
            id=r.id,
            invoice_number=r.number,
            reason=r.reason,
            amount=loader.money(r.amount),
            opened_on=r.opened_on,
            note=r.note,
            owner=r.owner,
            resolved_on=r.resolved_on,
        )
        for r in loader.rows(q.DISPUTES)
    )


def _terms(loader: _Loader, today: date) -> tuple[Terms, datetime | None]:
    rows = loader.rows(q.TERMS)
    # The latest that binds today; terms that only start later bind when there are no others.
    row = next((r for r in reversed(rows) if r.effective_from <= today), rows[0] if rows else None)
    if row is None:
        return Terms(effective_from=today, credit_days=0), None
    terms = Terms(
        effective_from=row.effective_from,
        credit_days=row.credit_days,
        late_fee=loader.optional(row.late_fee),
        interest=row.interest,
        interest_rate=row.interest_rate,
        early_discount_percent=row.early_discount_percent,
        early_discount_days=row.early_discount_days,
        credit_limit=loader.optional(row.credit_limit),
    )
    return terms, row.as_of


def _contacts(loader: _Loader) -> tuple[tuple[Contact, ...], datetime | None]:
    rows = loader.rows(q.CONTACTS)
    people = tuple(
        Contact(r.id, r.name, r.role, r.phone, r.email, r.preferred_channel) for r in rows
    )
    oldest = datetime.min.replace(tzinfo=UTC)
    stamp = min((r.as_of or oldest for r in rows), default=None)
    return people, None if stamp == oldest else stamp


def _protections(loader: _Loader, today: date) -> Protections:
    found: dict[str, Row[Any]] = {}
    for r in loader.rows(q.PROTECTIONS):
        if r.until_on is None or r.until_on >= today:
            found.setdefault(r.kind, r)

    def since(kind: str) -> date | None:
        return found[kind].recorded_on if kind in found else None

    def named(kind: str) -> str | None:
        return found[kind].named if kind in found else None

    return Protections(
        vulnerable_since=since("vulnerable"),
        adviser_since=since("adviser"),
        adviser_name=named("adviser"),
        moratorium_until=found["moratorium"].until_on if "moratorium" in found else None,
        insolvent_since=since("insolvent"),
        insolvency_practitioner=named("insolvent"),
        contact_stopped_since=since("contact_stopped"),
    )
