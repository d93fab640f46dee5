"""The problem document, as the OpenAPI document describes it."""

from __future__ import annotations

from marshmallow import Schema, fields


class FaultSchema(Schema):
    """One field that cannot be used."""

    field = fields.String(required=True, metadata={"example": "text"})
    message = fields.String(required=True, metadata={"example": "Some words are needed."})
    remedy = fields.String(metadata={"description": "What to do; of a document's faults."})
    file = fields.String(metadata={"example": "data/scenarios/cash-flow-cafe.yml"})
    line = fields.Integer(metadata={"description": "The line in that file."})


class CurrentDraftSchema(Schema):
    """What somebody else has saved meanwhile."""

    id = fields.String(required=True)
    revision = fields.Integer(
        required=True, metadata={"description": "Send this one to save over it."}
    )
    text = fields.String(required=True)
    edited_by = fields.String(required=True)
    edited_at = fields.AwareDateTime(required=True)


class ProblemSchema(Schema):
    """Why a request was not done (RFC 9457)."""

    type = fields.String(required=True, metadata={"example": "about:blank"})
    title = fields.String(required=True, metadata={"example": "Please check what you sent"})
    status = fields.Integer(required=True, metadata={"example": 422})
    code = fields.String(
        required=True, metadata={"description": "Stable; decide by it.", "example": "invalid-input"}
    )
    detail = fields.String(
        required=True,
        metadata={"example": "Some fields cannot be used as they are; each is listed."},
    )
    request_id = fields.String(required=True, metadata={"example": "9f2c4e7a1b3d5f60"})
    errors = fields.List(
        fields.Nested(FaultSchema), metadata={"description": "The faults by field, all at once."}
    )
    current = fields.Nested(CurrentDraftSchema, metadata={"description": "With `draft-changed`."})
