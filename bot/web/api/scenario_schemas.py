"""Scenarios, progress and assignments: what is sent and what comes back."""

from __future__ import annotations

from marshmallow import Schema, fields, validate

from bot.core.coaching.advice import Role
from bot.core.rehearsal.record import Mode
from bot.services.assignments import LONGEST_NOTE, MOST_ATTEMPTS
from bot.web.api.fields import Request, Words

_MODES = tuple(mode.value for mode in Mode)


class PersonaSchema(Schema):
    """Who is on the phone."""

    id = fields.String(required=True)
    name = fields.String(required=True)
    role = fields.String(required=True)
    summary = fields.String(required=True)


class NamedPartSchema(Schema):
    """Who answers the phone."""

    name = fields.String(required=True)
    role = fields.String(required=True)


class CollectorPartSchema(Schema):
    """Who the trainee is."""

    name = fields.String(required=True)
    company = fields.String(required=True)


class ScenarioSchema(Schema):
    """What a trainee may know of a scenario before the call."""

    id = fields.String(required=True, metadata={"example": "disputed-terms-haulier"})
    title = fields.String(required=True)
    version = fields.Integer(required=True)
    objection = fields.String(required=True)
    family = fields.String(required=True)
    protected = fields.String(required=True, allow_none=True)
    levels = fields.List(fields.Integer(), required=True)
    minutes = fields.Integer(required=True)
    briefing = fields.String(required=True)
    persona = fields.Nested(PersonaSchema, required=True)
    collector = fields.Nested(CollectorPartSchema, required=True)
    contact = fields.Nested(NamedPartSchema, required=True)
    goals = fields.List(fields.String(), required=True)
    weights = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


class OwnScenarioSchema(ScenarioSchema):
    """A scenario with what the asker has made of it."""

    best_score = fields.Integer(required=True, allow_none=True)
    best_level = fields.Integer(required=True, allow_none=True)
    attempts = fields.Integer(required=True)
    retest_due_on = fields.Date(
        required=True,
        allow_none=True,
        metadata={"description": "Passed 7 or 30 days ago: take it again without hints."},
    )


class ScenarioListSchema(Schema):
    """Every scenario, by title."""

    scenarios = fields.List(fields.Nested(OwnScenarioSchema), required=True)


class BriefedScenarioSchema(OwnScenarioSchema):
    """A scenario with the account that the call is about."""

    account = fields.Dict(required=True)


class ProgressWanted(Request):
    """Whose progress."""

    user_id = Words(
        limit=120,
        load_default=None,
        allow_none=True,
        metadata={"description": "One's own when left out; somebody else's for trainers."},
    )


class SkillCellSchema(Schema):
    """One skill in one family of objections."""

    skill = fields.String(required=True)
    family = fields.String(required=True)
    points = fields.Integer(required=True)
    sessions = fields.Integer(required=True)
    trend = fields.String(required=True, validate=validate.OneOf(("new", "up", "level", "down")))
    path = fields.List(
        fields.Integer(), required=True, metadata={"description": "Session by session."}
    )


class ProgressPointSchema(Schema):
    """One verdict."""

    rehearsal_id = fields.String(required=True)
    branch = fields.String(required=True)
    scenario_id = fields.String(required=True)
    level = fields.Integer(required=True)
    mode = fields.String(required=True)
    score = fields.Integer(required=True)
    passed = fields.Boolean(required=True)
    outcome = fields.String(required=True)
    hints = fields.Integer(required=True)
    scored_at = fields.AwareDateTime(required=True)


class RetestSchema(Schema):
    """A scenario to take again without hints."""

    scenario_id = fields.String(required=True)
    after_days = fields.Integer(required=True)
    passed_on = fields.Date(required=True)
    due_on = fields.Date(required=True)
    status = fields.String(
        required=True,
        validate=validate.OneOf(("planned", "due", "missed", "passed", "failed")),
    )


class ProgressSchema(Schema):
    """How a person's skills grow; `shows` says how much of it the asker sees."""

    user_id = fields.String(required=True)
    shows = fields.String(
        required=True, validate=validate.OneOf(("everything", "assigned_and_shared"))
    )
    rehearsals = fields.Integer(required=True)
    skills = fields.List(fields.Nested(SkillCellSchema), required=True)
    scores = fields.List(fields.Nested(ProgressPointSchema), required=True)
    retests = fields.List(fields.Nested(RetestSchema), required=True)


class NewAssignment(Request):
    """What is set, for whom, by when."""

    scenario_id = Words(limit=80, required=True)
    due_on = fields.Date(required=True)
    user = Words(
        limit=120,
        load_default=None,
        allow_none=True,
        metadata={"description": "Sign-in name or id; or else a role."},
    )
    role = fields.String(
        load_default=None, allow_none=True, validate=validate.OneOf([r.value for r in Role])
    )
    seniority = fields.String(
        load_default=None, allow_none=True, validate=validate.OneOf(("junior", "senior"))
    )
    level = fields.Integer(
        load_default=None, allow_none=True, validate=validate.Range(min=1, max=3)
    )
    mode = fields.String(load_default=Mode.PRACTICE.value, validate=validate.OneOf(_MODES))
    note = Words(limit=LONGEST_NOTE, required_words=False, load_default="")
    attempts_wanted = fields.Integer(
        load_default=1,
        strict=True,
        validate=validate.Range(min=1, max=MOST_ATTEMPTS),
        metadata={"description": "How many finished rehearsals fulfil it."},
    )


class AttemptSchema(Schema):
    """One rehearsal that was taken for it; without a score it has not been finished."""

    rehearsal_id = fields.String(required=True)
    started_at = fields.AwareDateTime(required=True)
    score = fields.Integer(required=True, allow_none=True)
    passed = fields.Boolean(required=True, allow_none=True)


class AssignmentSchema(Schema):
    """What a trainer has set."""

    id = fields.String(required=True, metadata={"example": "asg_5f1c0d2e"})
    scenario_id = fields.String(required=True)
    title = fields.String(required=True)
    level = fields.Integer(required=True, allow_none=True)
    mode = fields.String(required=True)
    due_on = fields.Date(required=True)
    user_id = fields.String(required=True, allow_none=True)
    role = fields.String(required=True, allow_none=True)
    seniority = fields.String(required=True, allow_none=True)
    note = fields.String(required=True)
    attempts_wanted = fields.Integer(required=True)
    set_by = fields.String(required=True)
    set_at = fields.AwareDateTime(required=True)


class OwnAssignmentSchema(AssignmentSchema):
    """What is set for the asker, with their attempts."""

    attempts = fields.List(fields.Nested(AttemptSchema), required=True)
    finished = fields.Integer(required=True)
    done = fields.Boolean(required=True)
    overdue = fields.Boolean(required=True)


class OwnAssignmentListSchema(Schema):
    """What is set for the asker, the first due first."""

    assignments = fields.List(fields.Nested(OwnAssignmentSchema), required=True)


class AssignedPersonSchema(Schema):
    """A person whom it is set for, and their attempts."""

    user_id = fields.String(required=True)
    name = fields.String(required=True)
    attempts = fields.List(fields.Nested(AttemptSchema), required=True)
    finished = fields.Integer(required=True)
    done = fields.Boolean(required=True)
    overdue = fields.Boolean(required=True)


class SetAssignmentSchema(AssignmentSchema):
    """What was set, with everybody it is for."""

    people = fields.List(fields.Nested(AssignedPersonSchema), required=True)


class SetAssignmentListSchema(Schema):
    """Everything that stands, the first due first."""

    assignments = fields.List(fields.Nested(SetAssignmentSchema), required=True)
