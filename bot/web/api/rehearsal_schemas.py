"""Rehearsals: what comes back."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from bot.web.api.advice_schemas import HeardSchema
from bot.web.api.rehearsal_requests import MODES
from bot.web.api.scenario_schemas import ScenarioSchema

_HIDDEN = {"description": "Null while an exam runs."}


class ClientStateSchema(Schema):
    """The client's mood after a turn."""

    heat = fields.Integer(required=True)
    temper = fields.Integer(required=True, allow_none=True, metadata=_HIDDEN)
    trust = fields.Integer(required=True, allow_none=True, metadata=_HIDDEN)
    patience = fields.Integer(required=True, allow_none=True, metadata=_HIDDEN)
    ended = fields.String(required=True, allow_none=True)


class CauseSchema(Schema):
    """One change of the client's mood, and the rule that made it."""

    turn = fields.Integer(required=True)
    rule = fields.String(required=True, metadata={"example": "acknowledged_first"})
    move = fields.String(required=True)
    words = fields.String(required=True)
    temper = fields.Integer(required=True)
    trust = fields.Integer(required=True)
    patience = fields.Integer(required=True)
    note = fields.String(required=True)


class NoteSchema(Schema):
    """The coach's word after a turn; each line may be empty."""

    did = fields.String(required=True)
    caused = fields.String(required=True)
    better = fields.String(required=True)


class RehearsalTurnSchema(Schema):
    """One turn of a rehearsal; `waiting` words are kept and have not been heard yet."""

    turn_id = fields.String(required=True)
    index = fields.Integer(required=True)
    speaker = fields.String(required=True, validate=validate.OneOf(("client", "collector")))
    text = fields.String(required=True)
    said_at = fields.AwareDateTime(required=True)
    segment_id = fields.String(required=True, allow_none=True)
    waiting = fields.Boolean(required=True)
    silent = fields.Boolean(required=True)
    state = fields.Nested(ClientStateSchema, required=True, allow_none=True)
    moves = fields.List(fields.Nested(HeardSchema), required=True)
    causes = fields.List(fields.Nested(CauseSchema), required=True)
    note = fields.Nested(NoteSchema, required=True, allow_none=True)


class RehearsalAnswerSchema(Schema):
    """The client's answer; without a `reply` listening is off, and the words are kept."""

    turn_id = fields.String(required=True)
    listening = fields.Boolean(required=True)
    detail = fields.String(required=True, allow_none=True)
    turn = fields.Nested(RehearsalTurnSchema, required=True)
    reply = fields.Nested(RehearsalTurnSchema, required=True, allow_none=True)


class HintSchema(Schema):
    """A hint and what it takes off the score."""

    level = fields.Integer(required=True)
    text = fields.String(required=True)
    cost = fields.Integer(required=True)
    cost_so_far = fields.Integer(required=True)


class UsedHintSchema(Schema):
    """A hint that was taken before the turn of this index."""

    turn = fields.Integer(required=True)
    level = fields.Integer(required=True)
    cost = fields.Integer(required=True)


class BranchPointSchema(Schema):
    """Where a branch parted."""

    branch = fields.String(required=True)
    turn = fields.Integer(required=True)


class BranchSchema(Schema):
    """One branch with its curves, one point a turn."""

    name = fields.String(required=True)
    parent = fields.Nested(BranchPointSchema, required=True, allow_none=True)
    made_at = fields.AwareDateTime(required=True)
    turns = fields.Integer(required=True)
    heat = fields.List(fields.Integer(), required=True)
    temper = fields.List(fields.Integer(), required=True)
    trust = fields.List(fields.Integer(), required=True)
    score = fields.Integer(required=True, allow_none=True)
    passed = fields.Boolean(required=True, allow_none=True)
    outcome = fields.String(required=True, allow_none=True)


class VerdictSchema(Schema):
    """Scorecard and debrief of a finished branch."""

    rehearsal_id = fields.String(required=True)
    branch = fields.String(required=True)
    score = fields.Integer(required=True, metadata={"example": 82})
    passed = fields.Boolean(required=True)
    outcome = fields.String(required=True, metadata={"example": "plan"})
    rubric_version = fields.Integer(required=True)
    scored_at = fields.AwareDateTime(required=True)
    scorecard = fields.Dict(
        required=True, metadata={"description": "As `parley review` writes it, with reasons."}
    )
    debrief = fields.Dict(required=True)


class RehearsalSummarySchema(Schema):
    """A rehearsal in a list."""

    id = fields.String(required=True, metadata={"example": "reh_5f1c0d2e"})
    scenario_id = fields.String(required=True)
    title = fields.String(required=True)
    family = fields.String(required=True, allow_none=True)
    level = fields.Integer(required=True)
    mode = fields.String(required=True, validate=validate.OneOf(MODES))
    status = fields.String(required=True, validate=validate.OneOf(("open", "finished")))
    branch = fields.String(required=True)
    started_at = fields.AwareDateTime(required=True)
    touched_at = fields.AwareDateTime(required=True)
    finished_at = fields.AwareDateTime(required=True, allow_none=True)
    assignment_id = fields.String(required=True, allow_none=True)
    shared = fields.Boolean(required=True)
    score = fields.Integer(required=True, allow_none=True)
    passed = fields.Boolean(required=True, allow_none=True)
    outcome = fields.String(required=True, allow_none=True)


class RehearsalListSchema(Schema):
    """Rehearsals, the latest first."""

    rehearsals = fields.List(fields.Nested(RehearsalSummarySchema), required=True)


class RehearsalSchema(RehearsalSummarySchema):
    """A rehearsal with everything that it takes to go on with it."""

    own = fields.Boolean(required=True)
    seed = fields.Integer(required=True)
    today = fields.Date(
        required=True, metadata={"description": "The day of the call, however long it is paused."}
    )
    showing = fields.String(required=True, metadata={"description": "The branch that is shown."})
    scenario = fields.Nested(ScenarioSchema, required=True, allow_none=True)
    account = fields.Dict(required=True, allow_none=True)
    state = fields.Nested(ClientStateSchema, required=True)
    turns = fields.List(fields.Nested(RehearsalTurnSchema), required=True)
    branches = fields.List(fields.Nested(BranchSchema), required=True)
    hints = fields.List(fields.Nested(UsedHintSchema), required=True)
    can_continue = fields.Boolean(required=True)
    result = fields.Nested(VerdictSchema, required=True, allow_none=True)


class SharedSchema(Schema):
    """Whether trainers may read it now."""

    id = fields.String(required=True)
    shared = fields.Boolean(required=True)
