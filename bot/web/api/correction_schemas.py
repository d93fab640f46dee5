"""Corrections and training lines: what is sent and what comes back."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from bot.core.corrections import STYLES
from bot.services.corrections import MAX_REASON_CHARACTERS
from bot.web.api.call_schemas import _LABELS, _SPEAKERS
from bot.web.api.fields import Request, Words

_HEAT = validate.Range(min=0, max=3)


class CorrectedLabelSchema(Schema):
    """A label that was heard."""

    name = fields.String(required=True, metadata={"example": "stalling"})
    confidence = fields.Float(required=True)


class ReplacementSchema(Schema):
    """A name or number that was taken out."""

    kind = fields.String(
        required=True, validate=validate.OneOf(("client", "person", "email", "number"))
    )
    was = fields.String(required=True)
    now = fields.String(required=True)


class ProposedLineSchema(Schema):
    """The training line that a correction could become, names taken out."""

    text = fields.String(required=True)
    replacements = fields.List(fields.Nested(ReplacementSchema), required=True)
    labels = fields.List(fields.String(), required=True)
    heat = fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "0 to 3; null for a collector's turn."},
    )
    style = fields.String(required=True, validate=validate.OneOf(STYLES))
    industry = fields.String(required=True)


class CorrectionSchema(Schema):
    """A turn of a call or a rehearsal, and what people say that it should have been heard as."""

    id = fields.String(required=True, metadata={"example": "fbk_5f1c0d2e"})
    turn_id = fields.String(required=True)
    call_id = fields.String(
        required=True, allow_none=True, metadata={"description": "Null for a rehearsed turn."}
    )
    account_id = fields.String(
        required=True, allow_none=True, metadata={"description": "Null for a rehearsed turn."}
    )
    rehearsal_id = fields.String(
        required=True, allow_none=True, metadata={"description": "Null for a turn of a call."}
    )
    scenario_id = fields.String(
        required=True, allow_none=True, metadata={"description": "Null for a turn of a call."}
    )
    speaker = fields.String(required=True, validate=validate.OneOf(_SPEAKERS))
    text = fields.String(required=True)
    heard = fields.List(fields.Nested(CorrectedLabelSchema), required=True)
    heat = fields.Integer(
        required=True, allow_none=True, metadata={"description": "The heat that was heard."}
    )
    labels = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "What it should have been; empty: none of what was heard."},
    )
    said_by = fields.List(
        fields.String(), required=True, metadata={"description": "Who said so, each once."}
    )
    said_at = fields.AwareDateTime(required=True)
    proposed = fields.Nested(ProposedLineSchema, required=True)


class CorrectionListSchema(Schema):
    """The corrections that wait, the newest first."""

    corrections = fields.List(fields.Nested(CorrectionSchema), required=True)


class Acceptance(Request):
    """What is to be different from the proposed line."""

    text = Words(limit=8000, load_default=None, allow_none=True)
    labels = fields.List(
        fields.String(validate=validate.OneOf(_LABELS)),
        load_default=None,
        allow_none=True,
        validate=validate.Length(min=1, max=10),
    )
    heat = fields.Integer(load_default=None, allow_none=True, validate=_HEAT)
    style = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(STYLES))


class LineSchema(Schema):
    """A training line."""

    text = fields.String(required=True)
    labels = fields.List(fields.String(), required=True)
    heat = fields.Integer(required=True, allow_none=True)
    style = fields.String(required=True)
    industry = fields.String(required=True)


class AcceptedSchema(Schema):
    """The line as it was added, and the file it stands in."""

    file = fields.String(required=True, metadata={"example": "data/nlu/client/corrected.yml"})
    line = fields.Nested(LineSchema, required=True)


class Dismissal(Request):
    """Why a correction becomes no training line."""

    reason = Words(limit=MAX_REASON_CHARACTERS, required=True)
