"""The account of a scenario: its schema, and the faults that its figures and days can have together."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from marshmallow import Schema, fields, validate

from bot.content.schema_escalation import one_of
from bot.content.schema_fields import Day, Figure, Matching, SaidYesNo, Whole, Words, country
from bot.content.yaml_lines import Document
from bot.core.account import LegalForm, PromiseStatus, RiskClass
from bot.core.errors import Fault
from bot.core.labels import FAMILY_OF, Family
from bot.core.rehearsal.sketch import (
    AccountSketch,
    ChargeSketch,
    DisputeSketch,
    InvoiceSketch,
    LogSketch,
    PaymentSketch,
    PromiseSketch,
    ProtectionsSketch,
    TermsSketch,
)

_FORMS = [form.value for form in LegalForm]
_DISPUTES = [label.value for label, family in FAMILY_OF.items() if family is Family.DISPUTED_TERMS]


class TermsSchema(Schema):
    """Terms from a day on."""

    from_day = Day(data_key="from", required=True)
    days = Whole(0, 365, required=True)
    late_fee = Figure(load_default=None, allow_none=True)
    interest = one_of(("none", "statutory", "contract"), load_default="statutory")
    interest_rate = Figure(load_default=None, allow_none=True, most=100)
    limit = Figure(load_default=None, allow_none=True)


class InvoiceSchema(Schema):
    """One invoice."""

    number = Words(required=True)
    issued = Day(required=True)
    due = Day(required=True)
    total = Figure(required=True)
    balance = Figure(required=True)
    disputed = Figure(load_default=Decimal(0))
    po = fields.String(load_default=None, allow_none=True)
    what = fields.String(load_default="")


class ChargeSchema(Schema):
    """A late fee or interest."""

    invoice = Words(required=True)
    kind = one_of(("late_fee", "interest"), required=True)
    amount = Figure(required=True)
    on = Day(required=True)
    waived = SaidYesNo(load_default=False)


class PromiseSchema(Schema):
    """An earlier promise."""

    amount = Figure(required=True)
    made = Day(required=True)
    due = Day(required=True)
    status = one_of([status.value for status in PromiseStatus], required=True)


class PaymentSchema(Schema):
    """Money that came in."""

    on = Day(required=True)
    amount = Figure(required=True)
    method = Words(load_default="bank_transfer")
    invoice = Words(load_default=None, allow_none=True)


class DisputeSchema(Schema):
    """An open dispute."""

    invoice = Words(required=True)
    reason = one_of(_DISPUTES, required=True)
    amount = Figure(required=True)
    opened = Day(required=True)
    note = fields.String(load_default="")


class ProtectionsSchema(Schema):
    """What is recorded already."""

    vulnerable_since = Day(load_default=None, allow_none=True)
    adviser_since = Day(load_default=None, allow_none=True)
    adviser_name = Words(load_default=None, allow_none=True)
    moratorium_until = Day(load_default=None, allow_none=True)
    insolvent_since = Day(load_default=None, allow_none=True)
    insolvency_practitioner = Words(load_default=None, allow_none=True)
    contact_stopped_since = Day(load_default=None, allow_none=True)


class LogSchema(Schema):
    """One earlier contact."""

    at = Day(required=True)
    channel = Words(required=True)
    by = Words(required=True)
    summary = Words(required=True)


class SketchSchema(Schema):
    """The whole account."""

    name = Words(required=True)
    legal_form = one_of(_FORMS, required=True)
    country = country(required=True)
    vat_registered = SaidYesNo(load_default=True)
    industry = fields.String(load_default="")
    currency = Matching("[A-Z]{3}", "GBP", required=True)
    risk_class = one_of([risk.value for risk in RiskClass], load_default="U")
    relationship_value = Figure(load_default=Decimal(0))
    customer_since = Day(load_default=None, allow_none=True)
    on_stop = SaidYesNo(load_default=False)
    terms = fields.List(
        fields.Nested(TermsSchema), required=True, validate=validate.Length(min=1, max=20)
    )
    invoices = fields.List(
        fields.Nested(InvoiceSchema), required=True, validate=validate.Length(min=1, max=50)
    )
    charges = fields.List(fields.Nested(ChargeSchema), load_default=list)
    promises = fields.List(fields.Nested(PromiseSchema), load_default=list)
    payments = fields.List(fields.Nested(PaymentSchema), load_default=list)
    disputes = fields.List(fields.Nested(DisputeSchema), load_default=list)
    protections = fields.Nested(ProtectionsSchema, load_default=None, allow_none=True)
    log = fields.List(fields.Nested(LogSchema), load_default=list)
    notes = fields.String(load_default="")


def sketch_of(data: dict[str, Any]) -> AccountSketch:
    """The account as a core object."""
    protections = data["protections"] or {}
    return AccountSketch(
        **{
            **data,
            "legal_form": LegalForm(data["legal_form"]),
            "risk_class": RiskClass(data["risk_class"]),
            "terms": tuple(TermsSketch(**row) for row in data["terms"]),
            "invoices": tuple(
                InvoiceSketch(**{**row, "po": row["po"] or None}) for row in data["invoices"]
            ),
            "charges": tuple(ChargeSketch(**row) for row in data["charges"]),
            "promises": tuple(
                PromiseSketch(**{**row, "status": PromiseStatus(row["status"])})
                for row in data["promises"]
            ),
            "payments": tuple(PaymentSketch(**row) for row in data["payments"]),
            "disputes": tuple(DisputeSketch(**row) for row in data["disputes"]),
            "protections": ProtectionsSketch(**protections),
            "log": tuple(LogSketch(**row) for row in data["log"]),
        }
    )


def sketch_faults(document: Document, sketch: AccountSketch) -> Iterator[Fault]:
    """Where figures and days of the account contradict each other."""
    yield from _invoice_faults(document, sketch)
    numbers = {invoice.number for invoice in sketch.invoices}
    for part in ("charges", "disputes"):
        for index, row in enumerate(getattr(sketch, part)):
            if row.invoice not in numbers:
                yield document.fault(
                    ("account", part, index, "invoice"),
                    f"There is no invoice “{row.invoice}” on this account.",
                    f"One of: {', '.join(sorted(numbers))}.",
                )
    for index, promise in enumerate(sketch.promises):
        if promise.due < promise.made or promise.made > 0:
            yield document.fault(
                ("account", "promises", index),
                "A promise was made before the call and falls due after it was made.",
                "Correct `made` or `due`.",
            )
    for part, name in (
        ("payments", "on"),
        ("charges", "on"),
        ("disputes", "opened"),
        ("log", "at"),
    ):
        for index, row in enumerate(getattr(sketch, part)):
            if getattr(row, name) > 0:
                yield document.fault(
                    ("account", part, index, name), "This lies after the call.", "Write a past day."
                )
    if all(terms.from_day > 0 for terms in sketch.terms):
        yield document.fault(
            ("account", "terms"), "No terms bind on the day of the call.", "Let one begin before."
        )


def _invoice_faults(document: Document, sketch: AccountSketch) -> Iterator[Fault]:
    disputed: dict[str, Decimal] = {}
    for row in sketch.disputes:
        disputed[row.invoice] = disputed.get(row.invoice, Decimal(0)) + row.amount
    seen: set[str] = set()
    for index, invoice in enumerate(sketch.invoices):
        place = ("account", "invoices", index)
        if invoice.number in seen:
            yield document.fault(
                (*place, "number"), f"Invoice {invoice.number} is there twice.", "Number it anew."
            )
        seen.add(invoice.number)
        if invoice.balance > invoice.total:
            yield document.fault(
                (*place, "balance"),
                f"{invoice.balance} is open of {invoice.total}.",
                "The balance is at most the total.",
            )
        if invoice.disputed > invoice.balance:
            yield document.fault(
                (*place, "disputed"),
                f"{invoice.disputed} is disputed of {invoice.balance}.",
                "At most the balance can be in dispute.",
            )
        if invoice.due < invoice.issued or invoice.issued > 0:
            yield document.fault(
                (*place, "due"),
                "An invoice is issued before the call and falls due after that.",
                "Correct `issued` or `due`.",
            )
        if invoice.number in disputed and disputed[invoice.number] != invoice.disputed:
            yield document.fault(
                (*place, "disputed"),
                f"{invoice.disputed} here, {disputed[invoice.number]} under `disputes`.",
                "Let the two add up.",
            )
