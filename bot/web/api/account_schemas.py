"""Accounts as the interface publishes them."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from bot.web.api.fields import Request, Words


class AccountSearch(Request):
    """What to look for."""

    q = Words(
        limit=200,
        required_words=False,
        load_default="",
        metadata={"description": "Part of a name, id, industry or invoice number; empty: all."},
    )
    limit = fields.Integer(load_default=50, validate=validate.Range(min=1, max=200))


class AccountRowSchema(Schema):
    """One account in a list."""

    id = fields.String(required=True, metadata={"example": "acc_hartley"})
    name = fields.String(required=True, metadata={"example": "Hartley Joinery Ltd"})
    industry = fields.String(required=True)
    country = fields.String(required=True, metadata={"example": "GB"})
    currency = fields.String(required=True, metadata={"example": "GBP"})
    overdue = fields.String(
        required=True, metadata={"description": "Decimal string.", "example": "14250.00"}
    )
    overdue_invoices = fields.Integer(required=True)
    oldest_days = fields.Integer(required=True)
    risk_class = fields.String(required=True, metadata={"example": "B"})
    owner = fields.String(required=True)


class AccountListSchema(Schema):
    """Accounts of the viewer's portfolio that fit, largest overdue first."""

    accounts = fields.List(fields.Nested(AccountRowSchema), required=True)


class InvoiceSchema(Schema):
    """An invoice with what is still open of it."""

    id = fields.String(required=True)
    number = fields.String(required=True, metadata={"example": "4417"})
    issued_on = fields.Date(required=True)
    due_on = fields.Date(required=True)
    total = fields.String(required=True)
    balance = fields.String(required=True)
    disputed = fields.String(required=True)
    days_overdue = fields.Integer(required=True)
    po_number = fields.String(allow_none=True)
    lines = fields.List(fields.Dict())


class AccountSchema(Schema):
    """The whole account as it stood at `as_of`; `stale` names facts that are older than they should be."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    legal_form = fields.String(required=True)
    country = fields.String(required=True)
    vat_registered = fields.Boolean(required=True)
    industry = fields.String(required=True)
    currency = fields.String(required=True)
    risk_class = fields.String(required=True)
    on_stop = fields.Boolean(required=True)
    as_of = fields.AwareDateTime(required=True)
    stale = fields.List(fields.String(), required=True)
    owner = fields.String(required=True)
    overdue = fields.String(required=True)
    charged = fields.String(required=True)
    due_now = fields.String(required=True)
    disputed = fields.String(required=True)
    undisputed = fields.String(required=True)
    exposure = fields.String(required=True)
    overdue_invoices = fields.Integer(required=True)
    oldest_days = fields.Integer(required=True)
    promises_kept = fields.Integer(required=True)
    promises_broken = fields.Integer(required=True)
    terms = fields.Dict(required=True)
    invoices = fields.List(fields.Nested(InvoiceSchema), required=True)
    charges = fields.List(fields.Dict())
    payments = fields.List(fields.Dict())
    promises = fields.List(fields.Dict())
    plans = fields.List(fields.Dict())
    disputes = fields.List(fields.Dict())
    contacts = fields.List(fields.Dict())
    contact_log = fields.List(fields.Dict())
    documents = fields.List(fields.Dict())
    payment_methods = fields.List(fields.String())
    notes = fields.String()


class BriefSchema(Schema):
    """What to know before ringing; its sentences are ready to be shown or read out."""

    who = fields.String()
    standing = fields.String()
    ageing = fields.Dict(metadata={"description": "Overdue sums by days late, decimal strings."})
    habit = fields.String()
    promises = fields.String()
    disputes = fields.List(fields.String())
    last_contacts = fields.List(fields.String())
    expect = fields.List(fields.String())
    invoice_faults = fields.List(fields.String())
    early_warnings = fields.List(fields.String())
    at_risk = fields.String()
    relationship = fields.String()
    strategy = fields.String()
    opening_line = fields.String()
    purpose_line = fields.String()
    law = fields.String()
    next_step = fields.String(allow_none=True)
    paused = fields.String(allow_none=True)
    stale = fields.List(fields.String())
    as_of = fields.String()
