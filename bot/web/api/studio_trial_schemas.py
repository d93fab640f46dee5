"""The studio: trials, publications and difficulty as they come back."""

from __future__ import annotations

from marshmallow import INCLUDE, Schema, fields, validate

from bot.services.studio_ports import PublicationStatus, Stage
from bot.web.api.studio_requests import KINDS
from bot.web.api.studio_schemas import DocumentFaultSchema, DraftSchema

_STATUSES = tuple(status.value for status in PublicationStatus)
_STAGES = tuple(stage.value for stage in Stage)


class _Open(Schema):
    """An answer that carries more than is listed, for whoever looks closer."""

    class Meta:
        """Let more fields through."""

        unknown = INCLUDE


class TrialTurnSchema(_Open):
    """One turn of a trial, with everything that moved the client."""

    index = fields.Integer(required=True)
    speaker = fields.String(required=True)
    text = fields.String(required=True)
    heat = fields.Integer(required=True, allow_none=True)
    temper = fields.Integer(required=True, allow_none=True)
    trust = fields.Integer(required=True, allow_none=True)
    patience = fields.Integer(required=True, allow_none=True)
    moves = fields.List(fields.Raw(), required=True)
    labels = fields.List(fields.String(), required=True)
    fields_ = fields.List(
        fields.String(),
        data_key="fields",
        metadata={"description": "The draft's lines that were said, as fields of its form."},
    )
    causes = fields.List(fields.Dict(), required=True)
    note = fields.Raw(required=True, allow_none=True)
    better = fields.Raw(required=True, allow_none=True)


class TrialSchema(_Open):
    """A draft as it plays; a draft with faults gives those and no turns."""

    plays = fields.Dict(required=True, metadata={"description": "Which revision of what."})
    level = fields.Integer(required=True, allow_none=True)
    levels = fields.List(fields.Integer(), required=True)
    seed = fields.Integer(required=True, allow_none=True)
    client = fields.Dict(required=True, allow_none=True)
    unused = fields.Integer(
        required=True, metadata={"description": "Turns after the end of the call."}
    )
    faults = fields.List(fields.Nested(DocumentFaultSchema), required=True)
    turns = fields.List(fields.Nested(TrialTurnSchema), required=True)
    ended = fields.Raw(required=True, allow_none=True)
    state = fields.Dict(required=True, allow_none=True)
    scorecard = fields.Dict(
        required=True,
        allow_none=True,
        metadata={"description": "Once the call is over, or when `finish` asked for it."},
    )


class PlayerSchema(_Open):
    """How one scripted collector did, with the curves."""

    player = fields.String(required=True)
    score = fields.Integer(required=True)
    passed = fields.Boolean(required=True)
    outcome = fields.String(required=True)
    heat = fields.List(fields.Integer(allow_none=True), required=True)
    temper = fields.List(fields.Integer(), required=True)
    turns = fields.List(fields.Nested(TrialTurnSchema), required=True)


class PlaysSchema(_Open):
    """The good, the middling and the poor collector side by side."""

    plays = fields.Dict(required=True, metadata={"description": "Which revision of what."})
    faults = fields.List(fields.Nested(DocumentFaultSchema), required=True)
    players = fields.List(fields.Nested(PlayerSchema), required=True)


class TriedAdviceSchema(_Open):
    """What was heard and what would be advised with the draft in place of its file."""

    plays = fields.Dict(required=True, metadata={"description": "Which revision of what."})
    reading = fields.Dict(required=True)
    faults = fields.List(fields.Nested(DocumentFaultSchema), required=True)
    advice = fields.Dict(required=True, allow_none=True)
    account = fields.Dict(required=True, allow_none=True)
    law = fields.String(required=True, allow_none=True)
    is_from_draft = fields.Boolean(
        metadata={"description": "Whether what is advised stands in the draft."}
    )


class LineFindingSchema(_Open):
    """Something to look at in one line."""

    field = fields.String(required=True)
    text = fields.String(required=True)
    wanted = fields.List(fields.String(), required=True)
    heard = fields.List(fields.Dict(), required=True)
    heat = fields.Integer(required=True, allow_none=True)
    kind = fields.String(required=True)
    other = fields.Dict(required=True, allow_none=True)
    message = fields.String(required=True)
    remedy = fields.String(required=True)


class GapSchema(_Open):
    """What the draft has fewer lines for than it needs."""

    what = fields.String(required=True)
    have = fields.Integer(required=True)
    want = fields.Integer(required=True)
    field = fields.String(required=True)
    message = fields.String(required=True)


class LineChecksSchema(_Open):
    """What is to be said of a draft's lines, and what it lacks lines for."""

    revision = fields.Integer(required=True)
    listening = fields.Boolean(
        required=True, metadata={"description": "False: nobody could hear the lines just now."}
    )
    checked = fields.Integer(required=True)
    lines = fields.List(fields.Nested(LineFindingSchema), required=True)
    coverage = fields.List(fields.Nested(GapSchema), required=True)


class DisguisedSchema(_Open):
    """A transcript without names, and what was taken out, for confirmation."""

    turns = fields.List(fields.Dict(), required=True)
    replacements = fields.List(fields.Dict(), required=True)
    unclear = fields.List(
        fields.Integer(), required=True, metadata={"description": "Lines with no speaker."}
    )
    reordered = fields.Boolean(required=True)


class LocatedSchema(_Open):
    """Where a call turned, what each turn was heard as, and what it would become."""

    turning_points = fields.List(fields.Dict(), required=True)
    becomes = fields.List(fields.Dict(), required=True)
    heard = fields.List(fields.Dict(), required=True)
    proposed = fields.Dict(required=True)


class ProposalSchema(DraftSchema, LocatedSchema):
    """The draft that was made of a transcript, and where the call turned."""


class PublicationDocumentSchema(_Open):
    """A document of a publication."""

    name = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    slug = fields.String(required=True)
    title = fields.String(required=True)
    is_new = fields.Boolean(required=True)
    draft_id = fields.String(required=True, allow_none=True)
    revision = fields.Integer(required=True, allow_none=True)


class PublicationSchema(_Open):
    """A publication from the wish to its end."""

    id = fields.String(required=True, metadata={"example": "pub_5f1c0d2e"})
    status = fields.String(required=True, validate=validate.OneOf(_STATUSES))
    stage = fields.String(required=True, validate=validate.OneOf(_STAGES))
    progress = fields.Integer(required=True, metadata={"description": "A percentage."})
    words = fields.String(required=True, metadata={"description": "What is being done, or was."})
    note = fields.String(required=True)
    requested_by = fields.String(required=True)
    requested_at = fields.AwareDateTime(required=True)
    started_at = fields.AwareDateTime(required=True, allow_none=True)
    heartbeat_at = fields.AwareDateTime(required=True, allow_none=True)
    finished_at = fields.AwareDateTime(required=True, allow_none=True)
    documents = fields.List(fields.Nested(PublicationDocumentSchema), required=True)
    model_before = fields.String(required=True, allow_none=True)
    model_after = fields.String(required=True, allow_none=True)
    report = fields.Dict(
        required=True,
        allow_none=True,
        metadata={"description": "The comparison: `speakers`, `labels`, `refusals`, `smoke`."},
    )
    faults = fields.List(fields.Dict(), required=True)
    error = fields.String(required=True, allow_none=True)
    override_reason = fields.String(required=True, allow_none=True)
    rolled_back_by = fields.String(required=True, allow_none=True)
    rolled_back_at = fields.AwareDateTime(required=True, allow_none=True)
    may_roll_back = fields.Boolean(required=True)
    may_override = fields.Boolean(required=True)
    seconds = fields.Float(required=True, allow_none=True)


class PublicationListSchema(Schema):
    """The publications, the newest first."""

    publications = fields.List(fields.Nested(PublicationSchema), required=True)


class TriesSchema(Schema):
    """Figures of some tries; without figures where too few people tried."""

    attempts = fields.Integer(required=True)
    people = fields.Integer(required=True)
    finished = fields.Integer(required=True)
    passed_share = fields.Float(required=True, allow_none=True)
    median_score = fields.Float(required=True, allow_none=True)
    hung_up = fields.Integer(required=True, allow_none=True)
    median_heat_drop = fields.Float(
        required=True,
        allow_none=True,
        metadata={
            "description": "From the client's first turn to the last; below 0 it grew hotter."
        },
    )
    hardest_skill = fields.String(required=True, allow_none=True)


class DifficultyRowSchema(TriesSchema):
    """How hard a scenario proves to be at one level."""

    scenario_id = fields.String(required=True)
    title = fields.String(required=True)
    level = fields.Integer(required=True)
    first = fields.Nested(TriesSchema, required=True)
    later = fields.Nested(TriesSchema, required=True)
    few = fields.Boolean(required=True)
    note = fields.String(required=True)


class DifficultySchema(Schema):
    """Every scenario that was tried, the hardest first."""

    scenarios = fields.List(fields.Nested(DifficultyRowSchema), required=True)
