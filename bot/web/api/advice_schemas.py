"""A reading and an advice, as the interface publishes them."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from bot.core.coaching.advice import OptionKind, OptionStatus


class HeardSchema(Schema):
    """One label of a turn with the words that earned it."""

    name = fields.String(required=True, metadata={"example": "terms_dispute"})
    confidence = fields.Float(required=True, validate=validate.Range(min=0, max=1))
    evidence = fields.String(required=True, metadata={"example": "slapping a late fee on me"})


class EntitySchema(Schema):
    """A value that was named in a turn; `start` and `end` index its text."""

    type = fields.String(required=True, metadata={"example": "money"})
    value = fields.Raw(required=True, metadata={"example": {"amount": "70.00", "currency": "GBP"}})
    text = fields.String(required=True)
    start = fields.Integer(required=True)
    end = fields.Integer(required=True)


class ReadingSchema(Schema):
    """What was heard in one turn."""

    labels = fields.List(fields.Nested(HeardSchema), required=True)
    heat = fields.Integer(required=True, validate=validate.Range(min=0, max=3))
    entities = fields.List(fields.Nested(EntitySchema), required=True)
    flags = fields.List(fields.String(), required=True)


class PaymentSchema(Schema):
    """One payment of a schedule."""

    amount = fields.String(required=True, metadata={"example": "4750.00"})
    due = fields.Date(required=True)


class OptionSchema(Schema):
    """One compromise in real figures; a closed one says why."""

    kind = fields.String(required=True, validate=validate.OneOf([k.value for k in OptionKind]))
    title = fields.String(required=True)
    status = fields.String(required=True, validate=validate.OneOf([s.value for s in OptionStatus]))
    held = fields.Boolean(
        required=True, metadata={"description": "Fold it until the client has been acknowledged."}
    )
    total = fields.String(required=True)
    currency = fields.String(required=True)
    schedule = fields.List(fields.Nested(PaymentSchema), required=True)
    cost = fields.String(required=True, metadata={"description": "What it costs us."})
    approver = fields.String(required=True, allow_none=True)
    why = fields.String(required=True)


class EscalationStateSchema(Schema):
    """Where the ladder stands."""

    state = fields.String(required=True, metadata={"example": "not_yet"})
    next_step = fields.String(required=True, allow_none=True)
    untried = fields.List(fields.String(), required=True)


class AdviceSchema(Schema):
    """What to show after a turn; `silent` means: leave the panel as it is."""

    silent = fields.Boolean(required=True)
    heard = fields.List(fields.String(), required=True)
    say = fields.List(fields.String(), required=True)
    ask = fields.String(required=True, allow_none=True)
    options = fields.List(fields.Nested(OptionSchema), required=True)
    escalation = fields.Nested(EscalationStateSchema, required=True)
    protocol = fields.String(required=True, allow_none=True)
    avoid = fields.String(required=True, allow_none=True)
    because = fields.List(fields.String(), required=True)
