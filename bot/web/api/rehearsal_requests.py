"""Rehearsals: what is sent."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from bot.core.rehearsal.record import Mode
from bot.services.rehearse import LARGEST_SEED
from bot.web.api.fields import Request, Words
from bot.web.strings import text

MODES = tuple(mode.value for mode in Mode)
_SEGMENT = {"description": "An id of yours: the same one twice is the same turn."}
_BRANCH = {"example": "b1", "description": "The branch it goes on in, when left out."}


class NewRehearsal(Request):
    """What to rehearse."""

    scenario_id = Words(limit=80, required=True, metadata={"example": "disputed-terms-haulier"})
    level = fields.Integer(
        load_default=None,
        allow_none=True,
        validate=validate.Range(min=1, max=3),
        metadata={"description": "The easiest of the scenario when left out."},
    )
    seed = fields.Integer(
        load_default=None,
        allow_none=True,
        strict=True,
        validate=validate.Range(min=0, max=LARGEST_SEED),
        metadata={"description": "The same seed and the same words give the same call."},
    )
    mode = fields.String(
        load_default=Mode.PRACTICE.value,
        validate=validate.OneOf(MODES),
        metadata={"description": "An exam has no hints, no notes and no rewinding."},
    )
    assignment_id = Words(limit=120, load_default=None, allow_none=True)


class RehearsedTurn(Request):
    """What the trainee said, or that they said nothing."""

    text = Words(
        load_default="",
        required_words=False,
        metadata={"example": "I can hear why you're annoyed, Dermot."},
    )
    segment_id = Words(limit=120, load_default=None, allow_none=True, metadata=_SEGMENT)
    silent = fields.Boolean(
        load_default=False, metadata={"description": "The trainee says nothing."}
    )

    @validates_schema
    def check_words(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse a turn without words that is not meant as silence, and silence with words."""
        if bool(data["text"].strip()) == data["silent"]:
            key = "error.silence.words" if data["silent"] else "error.words.missing"
            raise ValidationError(text(key), "text")


class HintWanted(Request):
    """How much of a hint."""

    level = fields.Integer(
        required=True,
        strict=True,
        validate=validate.Range(min=1, max=4),
        metadata={
            "description": "1 the phrase, 2 the move, 3 a question to think about, 4 only the phase."
        },
    )


class Rewinding(Request):
    """Where to go back to."""

    turn = fields.Integer(
        required=True,
        strict=True,
        validate=validate.Range(min=0, max=10_000),
        metadata={"description": "The index of one of your own turns; it is said anew."},
    )
    branch = Words(limit=30, load_default=None, allow_none=True, metadata=_BRANCH)


class Sharing(Request):
    """Whether trainers may read it."""

    shared = fields.Boolean(required=True)


class BranchWanted(Request):
    """Which branch to show."""

    branch = Words(limit=30, load_default=None, allow_none=True, metadata=_BRANCH)
