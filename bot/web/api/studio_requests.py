"""The studio: what is sent."""

from __future__ import annotations

from typing import Any

from flask_smorest.fields import Upload
from marshmallow import ValidationError, fields, validate, validates_schema

from bot.core.labels import Speaker
from bot.core.studio import masking, pasted
from bot.core.studio.kinds import DocumentKind
from bot.services.rehearse import LARGEST_SEED
from bot.services.studio_rules import LONGEST_TITLE
from bot.services.studio_trials import MOST_TURNS
from bot.web.api.fields import Request, Words
from bot.web.strings import text as words

KINDS = tuple(kind.value for kind in DocumentKind)

#: A name as in addresses and commands: `scenario:late-fee-accountant`, or a scenario's slug alone.
NAME = {"example": "scenario:late-fee-accountant"}
LONGEST_NAME = 80

_REVISION = {"description": "The revision that you changed; another one there now is `409`."}
_REVISIONS = validate.Range(min=1, max=1_000_000_000)
_TEXT = {"description": "The YAML text, 1 MB at most."}
_DATA = {"description": "The form's values; they are put into the text, and comments stay."}
_LEVEL: dict[str, Any] = {
    "load_default": None,
    "allow_none": True,
    "validate": validate.Range(min=1, max=3),
}
_REPLACEMENTS = validate.Length(max=masking.MOST_REPLACEMENTS)
_TURNS = validate.Length(1, pasted.MOST_TURNS)
_SPEAKERS = (Speaker.CLIENT.value, Speaker.COLLECTOR.value)


class DocumentsWanted(Request):
    """Which documents."""

    kind = fields.String(load_default=None, validate=validate.OneOf(KINDS))


class FormWanted(Request):
    """Whose form."""

    slug = Words(limit=LONGEST_NAME, load_default="", required_words=False)


class NewDraft(Request):
    """A document to begin (`kind` and `slug`), or one to go on with (`open`)."""

    open = Words(limit=LONGEST_NAME, load_default=None, metadata=NAME)
    kind = fields.String(load_default=None, validate=validate.OneOf(KINDS))
    slug = Words(limit=LONGEST_NAME, load_default=None, metadata={"example": "late-fee-accountant"})
    title = Words(limit=LONGEST_TITLE, load_default="", required_words=False)
    copy_of = Words(limit=LONGEST_NAME, load_default=None, allow_none=True, metadata=NAME)
    text = fields.String(load_default=None, allow_none=True, metadata=_TEXT)

    @validates_schema
    def check_wish(self, data: dict[str, Any], **_: Any) -> None:
        """Ask for what a new document needs, and for nothing else with `open`."""
        given = [key for key in ("kind", "slug", "copy_of", "text") if data[key] is not None]
        if data["open"] is not None:
            if given:
                raise ValidationError(words("error.studio.open"), given[0])
            return
        for key in ("kind", "slug"):
            if data[key] is None:
                raise ValidationError(words("error.studio.name"), key)


class NewScenario(Request):
    """A scenario to begin."""

    slug = Words(limit=LONGEST_NAME, required=True, metadata={"example": "late-fee-accountant"})
    title = Words(limit=LONGEST_TITLE, load_default="", required_words=False)
    copy_of = Words(limit=LONGEST_NAME, load_default=None, allow_none=True, metadata=NAME)
    text = fields.String(load_default=None, allow_none=True, metadata=_TEXT)


class _Content(Request):
    """A text, or the values of a form."""

    text = fields.String(load_default=None, allow_none=True, metadata=_TEXT)
    data = fields.Dict(keys=fields.String(), load_default=None, allow_none=True, metadata=_DATA)

    @validates_schema
    def check_content(self, data: dict[str, Any], **_: Any) -> None:
        """Ask for one of the two."""
        if (data["text"] is None) == (data["data"] is None):
            raise ValidationError(words("error.studio.content"), "text")


class SavedDraft(_Content):
    """What a draft is to be."""

    revision = fields.Integer(required=True, strict=True, validate=_REVISIONS, metadata=_REVISION)


class CheckWanted(_Content):
    """What to check, and as which document."""

    name = Words(limit=LONGEST_NAME, required=True, metadata=NAME)


class DiscardWanted(Request):
    """Which revision is to go."""

    revision = fields.Integer(load_default=None, validate=_REVISIONS, metadata=_REVISION)


class Restoration(Request):
    """Which revision to go back to."""

    revision = fields.Integer(required=True, strict=True, validate=_REVISIONS, metadata=_REVISION)
    to_revision = fields.Integer(required=True, strict=True, validate=_REVISIONS)


class DifferenceWanted(Request):
    """Which two texts to compare."""

    old = Words(limit=10, required=True, metadata={"example": "0"})
    new = Words(limit=10, load_default="draft", metadata={"example": "draft"})


class ExportWanted(Request):
    """Which documents to export."""

    name = fields.List(
        Words(limit=LONGEST_NAME, metadata=NAME),
        required=True,
        validate=validate.Length(min=1, max=200),
    )


class ImportedFile(Request):
    """A YAML document, or a pack as `exportDocuments` makes it."""

    file = Upload(required=True)


class _Play(Request):
    level = fields.Integer(
        **_LEVEL, metadata={"description": "The easiest of the scenario when left out."}
    )
    seed = fields.Integer(
        load_default=0, strict=True, validate=validate.Range(min=0, max=LARGEST_SEED)
    )


class TrialWanted(_Play):
    """What the collector says, turn by turn, from the start of the call."""

    turns = fields.List(
        Words(required_words=False), required=True, validate=validate.Length(max=MOST_TURNS)
    )
    finish = fields.Boolean(
        load_default=False, metadata={"description": "End the call here and score it."}
    )


class PlaysWanted(_Play):
    """How the scripted players are to play."""


class AdviceWanted(Request):
    """A client's turn to advise on."""

    text = Words(required=True, metadata={"example": "I'm not paying a late fee."})
    account_id = Words(limit=120, load_default=None, allow_none=True)


class TakenOut(Request):
    """A name or number that was taken out, and what stands in its place; the rest may be sent back as it came."""

    was = Words(limit=500, required=True)
    now = Words(limit=500, required_words=False, required=True)
    kind = Words(limit=30)
    count = fields.Integer(load_only=True)


class TranscriptGiven(Request):
    """A transcript, or the call that it is of."""

    text = Words(limit=pasted.MOST_CHARACTERS, load_default=None, allow_none=True)
    call_id = Words(limit=120, load_default=None, allow_none=True)
    replacements = fields.List(
        fields.Nested(TakenOut),
        load_default=None,
        allow_none=True,
        validate=_REPLACEMENTS,
        metadata={"description": "Exactly these are made, as somebody has confirmed them."},
    )

    @validates_schema
    def check_source(self, data: dict[str, Any], **_: Any) -> None:
        """Ask for one of the two."""
        if (data["text"] is None) == (data["call_id"] is None):
            raise ValidationError(words("error.studio.transcript"), "text")


class SpokenTurn(Request):
    """One turn of a transcript."""

    speaker = fields.String(required=True, validate=validate.OneOf(_SPEAKERS))
    text = Words(required=True, required_words=False)
    line = fields.Integer(metadata={"description": "Sent back as it came."})


class TurnsGiven(Request):
    """A transcript without names."""

    turns = fields.List(fields.Nested(SpokenTurn), required=True, validate=_TURNS)


class ProposalWanted(TurnsGiven):
    """A transcript without names, to make a scenario of."""

    slug = Words(limit=LONGEST_NAME, required=True)
    title = Words(limit=LONGEST_TITLE, required=True)
    replacements = fields.List(fields.Nested(TakenOut), load_default=list, validate=_REPLACEMENTS)


class PublishedDraft(Request):
    """A draft as it was when it was looked at."""

    id = Words(limit=120, required=True, metadata={"example": "drf_5f1c0d2e"})
    revision = fields.Integer(required=True, strict=True, validate=_REVISIONS, metadata=_REVISION)


class NewPublication(Request):
    """What to put in service, and why."""

    drafts = fields.List(
        fields.Nested(PublishedDraft), required=True, validate=validate.Length(min=1, max=200)
    )
    note = Words(limit=1_000, required_words=False, load_default="")
    override_reason = Words(
        limit=1_000,
        load_default=None,
        allow_none=True,
        metadata={
            "description": "Administrators only: go ahead although the comparison refuses it."
        },
    )
