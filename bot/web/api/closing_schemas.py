"""The end of a call: what the collector confirmed, and what came of it."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from bot.core.labels import FAMILY_OF, Family
from bot.web.api.fields import OneOrMany, Request, Words

_REASONS = [o.value for o, family in FAMILY_OF.items() if family is Family.DISPUTED_TERMS]

#: More payments, disputes or documents than this are not agreed in one call.
_MOST = 60


def _amount(**options: Any) -> Words:
    return Words(
        limit=40, metadata={"description": "Decimal string.", "example": "2000.00"}, **options
    )


def _day(**options: Any) -> fields.String:
    return fields.String(metadata={"format": "date", "example": "2026-12-04"}, **options)


class PromisePart(Request):
    """A promise to pay."""

    amount = _amount(required=True)
    due_on = _day(required=True)


class PlanPayment(Request):
    """One payment of a plan."""

    amount = _amount(required=True)
    due = _day(required=True)


class PlanPart(Request):
    """An agreed plan."""

    schedule = fields.List(
        fields.Nested(PlanPayment), required=True, validate=validate.Length(min=1, max=_MOST)
    )


class DisputePart(Request):
    """A dispute on an invoice; without an amount, on its whole balance."""

    invoice_number = Words(limit=80, required=True)
    reason = fields.String(required=True, validate=validate.OneOf(_REASONS))
    amount = _amount(allow_none=True)
    note = Words(limit=2000, required_words=False, allow_none=True)


class DocumentPart(Request):
    """A document that the client needs."""

    kind = Words(limit=80, required=True, metadata={"example": "invoice copy"})
    reference = Words(limit=80, required_words=False, allow_none=True)


class FollowUpPart(Request):
    """The next contact."""

    due_on = _day(required=True)
    note = Words(limit=2000, required_words=False, allow_none=True)


class Confirmed(Request):
    """The parts of the summary that hold; what is left out stays a gap."""

    promise = fields.Nested(PromisePart, allow_none=True)
    plan = fields.Nested(PlanPart, allow_none=True)
    dispute = OneOrMany(DisputePart, most=_MOST, allow_none=True)
    document = OneOrMany(DocumentPart, most=_MOST, allow_none=True)
    follow_up = fields.Nested(FollowUpPart, allow_none=True)
    notes = Words(limit=4000, required_words=False, allow_none=True)


class Closing(Request):
    """What the collector confirmed; only that is written to the ledger."""

    confirmed = fields.Nested(Confirmed, load_default=dict)


class ClosedSchema(Schema):
    """The summary of a closed call, and kind and id of each record that was written."""

    summary = fields.Dict(required=True)
    written = fields.List(fields.Dict(), required=True)
