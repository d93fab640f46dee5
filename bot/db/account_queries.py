"""The selects that make up one account, built once; each takes `client_id`."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BindParameter, Column, Table, bindparam, or_, select

from bot.db import tables as t

#: A client of twenty years has thousands of settled items; a call needs the recent ones.
SETTLED_KEPT = 60
PAYMENTS_KEPT = 120
LOG_KEPT = 60

_ID: BindParameter[str] = bindparam("client_id")


def _named(table: Table, *names: str) -> list[Column[Any]]:
    return [table.c[name] for name in names]


CLIENT = (
    select(
        *_named(t.clients, "id", "name", "legal_form", "country", "vat_registered", "industry"),
        *_named(t.clients, "currency", "risk_class", "relationship_value", "on_stop"),
        *_named(t.clients, "customer_since", "payment_methods", "notes", "owner_id"),
        *_named(t.clients, "profile_as_of", "risk_as_of", "value_as_of", "balances_as_of"),
        t.clients.c.created_at,
        t.users.c.name.label("owner"),
    )
    .select_from(t.clients.outerjoin(t.users, t.users.c.id == t.clients.c.owner_id))
    .where(t.clients.c.id == _ID)
)

_SETTLED = (
    select(t.invoices.c.id)
    .where(t.invoices.c.client_id == _ID, t.invoices.c.balance == 0)
    .order_by(t.invoices.c.due_on.desc())
    .limit(SETTLED_KEPT)
)
INVOICES = (
    select(
        *_named(t.invoices, "id", "number", "issued_on", "due_on", "total", "balance", "po_number")
    )
    .where(
        t.invoices.c.client_id == _ID,
        or_(t.invoices.c.balance > 0, t.invoices.c.id.in_(_SETTLED)),
    )
    .order_by(t.invoices.c.due_on, t.invoices.c.number)
)
#: Only of what is open: nobody reads out the lines of a paid invoice.
INVOICE_LINES = (
    select(*_named(t.invoice_lines, "invoice_id", "description", "quantity", "unit_price", "total"))
    .join_from(t.invoices, t.invoice_lines)
    .where(t.invoices.c.client_id == _ID, t.invoices.c.balance > 0)
    .order_by(t.invoice_lines.c.invoice_id, t.invoice_lines.c.position)
)
CHARGES = (
    select(
        *_named(t.charges, "id", "kind", "amount", "charged_on", "waived_on"), t.invoices.c.number
    )
    .join_from(t.charges, t.invoices)
    .where(t.charges.c.client_id == _ID)
    .order_by(t.charges.c.charged_on, t.charges.c.id)
)
PAYMENTS = (
    select(*_named(t.payments, "id", "received_on", "amount", "method"), t.invoices.c.number)
    .select_from(t.payments.outerjoin(t.invoices))
    .where(t.payments.c.client_id == _ID)
    .order_by(t.payments.c.received_on.desc(), t.payments.c.id)
    .limit(PAYMENTS_KEPT)
)
PROMISES = (
    select(*_named(t.promises, "id", "amount", "due_on", "made_on", "status"))
    .where(t.promises.c.client_id == _ID)
    .order_by(t.promises.c.made_on, t.promises.c.id)
)
PLANS = (
    select(
        *_named(t.plans, "id", "agreed_on", "status"), *_named(t.instalments, "amount", "due_on")
    )
    .join_from(t.plans, t.instalments)
    .where(t.plans.c.client_id == _ID)
    .order_by(t.plans.c.agreed_on, t.plans.c.id, t.instalments.c.position)
)
DISPUTES = (
    select(
        *_named(t.disputes, "id", "reason", "amount", "opened_on", "note", "owner", "resolved_on"),
        t.invoices.c.number,
    )
    .join_from(t.disputes, t.invoices)
    .where(t.disputes.c.client_id == _ID)
    .order_by(t.disputes.c.opened_on, t.disputes.c.id)
)
TERMS = select(t.terms).where(t.terms.c.client_id == _ID).order_by(t.terms.c.effective_from)
CONTACTS = (
    select(
        *_named(t.contacts, "id", "name", "role", "phone", "email", "preferred_channel", "as_of")
    )
    .where(t.contacts.c.client_id == _ID)
    .order_by(t.contacts.c.id)
)
CONTACT_LOG = (
    select(*_named(t.contact_log, "contacted_at", "channel", "contacted_by", "summary"))
    .where(t.contact_log.c.client_id == _ID)
    .order_by(t.contact_log.c.contacted_at.desc(), t.contact_log.c.id)
    .limit(LOG_KEPT)
)
DOCUMENTS = (
    select(*_named(t.documents, "kind", "reference", "status", "noted_on"))
    .where(t.documents.c.client_id == _ID)
    .order_by(t.documents.c.noted_on, t.documents.c.id)
)
PROTECTIONS = (
    select(*_named(t.protections, "kind", "recorded_on", "until_on", "named"))
    .where(t.protections.c.client_id == _ID, t.protections.c.ended_on.is_(None))
    .order_by(t.protections.c.recorded_on, t.protections.c.id)
)
