"""Calls and turns: what is sent and what comes back."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from bot.core.labels import CLIENT_LABELS, Move, Speaker, labels_of
from bot.web.api.account_schemas import AccountSchema, BriefSchema
from bot.web.api.advice_schemas import AdviceSchema, ReadingSchema
from bot.web.api.fields import Instant, Request, Words
from bot.web.strings import text

_SPEAKERS = (Speaker.CLIENT.value, Speaker.COLLECTOR.value)
_LABELS = sorted({*CLIENT_LABELS, *(move.value for move in Move)})


class NewCall(Request):
    """Whom the call is with."""

    account_id = Words(limit=120, required=True, metadata={"example": "acc_hartley"})


class NewTurn(Request):
    """What somebody said."""

    speaker = fields.String(
        required=True, validate=validate.OneOf(_SPEAKERS), metadata={"example": "client"}
    )
    text = Words(
        required=True,
        required_words=False,
        metadata={
            "example": "you never told me about a late fee",
            "description": "May be empty with labels.",
        },
    )
    segment_id = Words(
        limit=120,
        load_default=None,
        allow_none=True,
        metadata={"description": "The recogniser's id: the same one twice is the same turn."},
    )
    final = fields.Boolean(
        load_default=True, metadata={"description": "False while the sentence still grows."}
    )
    at = Instant(load_default=None, allow_none=True)
    labels = fields.List(
        fields.String(validate=validate.OneOf(_LABELS)),
        load_default=None,
        allow_none=True,
        validate=validate.Length(max=10),
        metadata={
            "description": "Labels chosen by hand; the turn is then not sent to the recogniser."
        },
    )

    @validates_schema
    def check_labels(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse labels of another speaker, and a turn with neither words nor labels."""
        speaker = Speaker(data["speaker"])
        for label in data["labels"] or ():
            if label not in labels_of(speaker):
                message = text("error.labels.unknown", label=label, speaker=speaker.value)
                raise ValidationError(message, "labels")
        if not data["text"].strip() and not data["labels"]:
            raise ValidationError(text("error.words.missing"), "text")


class TurnAnswerSchema(Schema):
    """The answer to a turn; id and reading are null while the sentence still grows."""

    turn_id = fields.String(required=True, allow_none=True)
    reading = fields.Nested(ReadingSchema, required=True, allow_none=True)
    advice = fields.Nested(AdviceSchema, required=True, allow_none=True)


class TurnSchema(Schema):
    """A turn of a call."""

    turn_id = fields.String(required=True)
    index = fields.Integer(required=True)
    speaker = fields.String(required=True, validate=validate.OneOf(_SPEAKERS))
    text = fields.String(required=True)
    said_at = fields.AwareDateTime(required=True)
    segment_id = fields.String(required=True, allow_none=True)
    reading = fields.Nested(ReadingSchema, required=True, allow_none=True)
    advice = fields.Nested(AdviceSchema, required=True, allow_none=True)


class CallSchema(Schema):
    """A call with its account, its turns and the advice that stands."""

    id = fields.String(required=True, metadata={"example": "call_5f1c0d2e"})
    account_id = fields.String(required=True)
    status = fields.String(required=True, validate=validate.OneOf(("open", "closed")))
    started_at = fields.AwareDateTime(required=True)
    account = fields.Nested(AccountSchema, required=True)
    brief = fields.Nested(BriefSchema, required=True)
    advice = fields.Nested(AdviceSchema, required=True, allow_none=True)
    turns = fields.List(fields.Nested(TurnSchema), required=True)
    summary = fields.Dict(allow_none=True)


class StreamPosition(Request):
    """Where a stream begins when no Last-Event-ID is sent."""

    after = fields.Integer(
        load_default=-1,
        validate=validate.Range(min=-1, max=10**9),
        metadata={"description": "Send turns after this index; -1: all."},
    )


class Feedback(Request):
    """Whether a line helped, or what a turn should have been heard as."""

    kind = fields.String(required=True, validate=validate.OneOf(("used", "not_useful", "misheard")))
    line_id = Words(limit=120, load_default=None, allow_none=True)
    labels = fields.List(
        fields.String(validate=validate.OneOf(_LABELS)),
        load_default=None,
        allow_none=True,
        validate=validate.Length(max=10),
    )


class Escalation(Request):
    """A word to whoever takes over."""

    note = Words(limit=2000, required_words=False, load_default="")


class PacketSchema(Schema):
    """The hand-over packet: exposure, invoices, promises, the client's words, the decision asked for."""
