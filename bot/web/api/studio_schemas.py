"""The studio: documents, drafts, forms and versions as they come back."""

from __future__ import annotations

from marshmallow import INCLUDE, Schema, fields, validate

from bot.web.api.studio_requests import KINDS

_STATES = ("shipped", "published", "draft", "new")


class DocumentFaultSchema(Schema):
    """A fault, or a hint, at a value of a document."""

    file = fields.String(required=True)
    line = fields.Integer(required=True)
    place = fields.List(fields.Raw(), required=True)
    field = fields.String(required=True, metadata={"example": "account.invoices.0.total"})
    message = fields.String(required=True)
    remedy = fields.String(required=True)


class _Named(Schema):
    name = fields.String(required=True, metadata={"example": "scenario:late-fee-accountant"})
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    slug = fields.String(required=True)


class CoverageSchema(Schema):
    """How many lines a document has, by heat from 0 to 3, and how many examples for the ear."""

    lines = fields.Integer(required=True)
    by_heat = fields.List(fields.Integer(), required=True)
    examples = fields.Integer(required=True)


class DocumentSchema(_Named):
    """A document in the list."""

    title = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(_STATES))
    version = fields.Integer(required=True, metadata={"description": "0: as it was shipped."})
    draft_id = fields.String(required=True, allow_none=True)
    edited_by = fields.String(required=True, allow_none=True)
    edited_at = fields.AwareDateTime(required=True, allow_none=True)
    faults = fields.Integer(
        required=True, allow_none=True, metadata={"description": "Of the draft."}
    )
    may_edit = fields.Boolean(required=True)
    objection = fields.String(required=True, allow_none=True)
    levels = fields.List(fields.Integer(), required=True)
    coverage = fields.Nested(CoverageSchema, required=True)


class DocumentListSchema(Schema):
    """Every document, by kind and title."""

    documents = fields.List(fields.Nested(DocumentSchema), required=True)


class FormSchema(Schema):
    """The sections and fields of a kind's form."""

    class Meta:
        """A field has as many parts as its type needs."""

        unknown = INCLUDE

    kind = fields.String(required=True)
    slug = fields.String()
    sections = fields.List(fields.Dict(), required=True)


class CheckedSchema(Schema):
    """What the checks say of a text; `data` is null when it cannot be read at all."""

    text = fields.String(required=True)
    data = fields.Dict(required=True, allow_none=True)
    faults = fields.List(fields.Nested(DocumentFaultSchema), required=True)
    hints = fields.List(fields.Nested(DocumentFaultSchema), required=True)


class DraftSchema(_Named, CheckedSchema):
    """A draft with its text, the values of its form, and what the checks say."""

    id = fields.String(required=True, metadata={"example": "drf_5f1c0d2e"})
    title = fields.String(required=True)
    revision = fields.Integer(
        required=True, metadata={"description": "Send it with the next save."}
    )
    base_version = fields.Integer(
        required=True,
        allow_none=True,
        metadata={"description": "The version that it began from; null for a new document."},
    )
    is_new = fields.Boolean(required=True)
    changed_elsewhere = fields.Boolean(
        required=True, metadata={"description": "The file has changed since the draft began."}
    )
    may_edit = fields.Boolean(required=True)
    created_by = fields.String(required=True)
    created_at = fields.AwareDateTime(required=True)
    edited_by = fields.String(required=True)
    edited_at = fields.AwareDateTime(required=True)


class RevisionSchema(Schema):
    """What a draft was after one save."""

    revision = fields.Integer(required=True)
    edited_by = fields.String(required=True)
    edited_at = fields.AwareDateTime(required=True)


class RevisionListSchema(Schema):
    """The kept revisions, the newest first."""

    revisions = fields.List(fields.Nested(RevisionSchema), required=True)


class VersionSchema(Schema):
    """A version in a list; number 0 is what the product came with."""

    number = fields.Integer(required=True)
    published_by = fields.String(required=True, allow_none=True)
    published_at = fields.AwareDateTime(required=True, allow_none=True)
    note = fields.String(required=True)
    is_in_service = fields.Boolean(required=True)
    is_removal = fields.Boolean(
        required=True, metadata={"description": "The document was taken away."}
    )
    publication_id = fields.String(required=True, allow_none=True)


class VersionListSchema(Schema):
    """Every version, the newest first."""

    versions = fields.List(fields.Nested(VersionSchema), required=True)


class VersionTextSchema(_Named, VersionSchema):
    """A version with its text."""

    text = fields.String(required=True, allow_none=True)


class DiffLineSchema(Schema):
    """A line with its number in the old and in the new text."""

    kind = fields.String(required=True, validate=validate.OneOf(("same", "added", "removed")))
    text = fields.String(required=True)
    old_line = fields.Integer(required=True, allow_none=True)
    new_line = fields.Integer(required=True, allow_none=True)


class DifferenceSchema(_Named):
    """What changed between two texts, line by line."""

    old = fields.Raw(required=True, metadata={"description": "A number, or “draft”."})
    new = fields.Raw(required=True, metadata={"description": "A number, or “draft”."})
    lines = fields.List(fields.Nested(DiffLineSchema), required=True)


class ImportSchema(Schema):
    """The drafts that an import made, and the documents that were like that already."""

    drafts = fields.List(fields.Nested(DraftSchema), required=True)
    unchanged = fields.List(fields.String(), required=True)
