"""Reads data/scenarios/<id>.yml: what can be told from one file alone, every fault with its line."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from marshmallow import Schema, fields, validate

from bot.content.scenario_checks import RESTS_ON, scenario_faults, spoken_faults
from bot.content.scenario_objects import scenario_of
from bot.content.schema_escalation import names_of, one_of
from bot.content.schema_faults import check, in_order, sound
from bot.content.schema_fields import Day, Figure, SaidYesNo, Whole, Words
from bot.content.schema_partial import load_partly, unharmed
from bot.content.schema_persona import levels_to, named_like_file
from bot.content.schema_sketch import SketchSchema
from bot.content.yaml_lines import Document, read_yaml
from bot.core.coaching.advice import OptionKind
from bot.core.corrections import STYLES
from bot.core.errors import Fault
from bot.core.labels import CLIENT_LABELS, FAULTS, Move, Objection
from bot.core.rehearsal.scenario import (
    MONEY_IN_PROTOCOL,
    SKILLS,
    UNDERTAKINGS,
    GoodEnd,
    Protection,
    Scenario,
    Topic,
)

_MOVES = [move.value for move in Move]
_OBJECTIONS = [label.value for label in Objection]
_KINDS = [kind.value for kind in OptionKind]
_ENDS = [end.value for end in GoodEnd]
_BLOCKERS = [*sorted(fault.value for fault in FAULTS), MONEY_IN_PROTOCOL]
_DEFAULT_BLOCKERS = (Move.THREATEN.value, Move.DISCLOSE.value)

LEAST_RESTATED, LEAST_OF_AN_OBJECTION, LEAST_OF_A_FACT, LEAST_OF_AN_ANSWER = 8, 3, 2, 2
MOST_EXAMPLES = 200


class SpokenSchema(Schema):
    """A line of the client."""

    id = Words(required=True)
    heat = fields.List(Whole(0, 3), load_default=None, validate=validate.Length(min=1))
    text = Words(required=True)


def _lines(least: int) -> fields.List[Any]:
    return fields.List(
        fields.Nested(SpokenSchema), required=True, validate=validate.Length(min=least)
    )


class CollectorSchema(Schema):
    """Who the trainee is."""

    name = Words(required=True)
    company = Words(required=True)


class ContactSchema(Schema):
    """Who answers."""

    name = Words(required=True)
    role = Words(required=True)
    is_debtor = SaidYesNo(load_default=True)


class SecondObjectionSchema(Schema):
    """Another objection."""

    id = Words(required=True)
    label = one_of(_OBJECTIONS, required=True)
    from_level = Whole(1, 3, load_default=2)
    after_turn = Whole(1, 30, load_default=3)
    lines = _lines(LEAST_OF_AN_OBJECTION)


class EarnedBySchema(Schema):
    """What must hold for a fact to come out."""

    moves = names_of(_MOVES)
    min_trust = Whole(0, 100, load_default=0)
    after_facts = fields.List(Words(), load_default=list)


class LimitChangeSchema(Schema):
    """What a fact adds to the limits."""

    today = Figure(-1_000_000, load_default=Decimal(0))
    full_on = Day(load_default=0)
    per_instalment = Figure(-1_000_000, load_default=Decimal(0))
    first_day = Day(load_default=0)
    longest = Day(load_default=0)
    accepts = names_of(_KINDS)


class FactSchema(Schema):
    """Something that comes out only when earned."""

    id = Words(required=True)
    what = Words(required=True)
    earned_by = fields.Nested(EarnedBySchema, required=True)
    lines = _lines(LEAST_OF_A_FACT)
    opens = fields.Nested(LimitChangeSchema, load_default=None, allow_none=True)


class AnswerSchema(Schema):
    """What is replied on a topic."""

    topic = one_of([topic.value for topic in Topic], required=True)
    lines = _lines(LEAST_OF_AN_ANSWER)


class NeedsSchema(Schema):
    """The state before any yes."""

    trust = Whole(0, 100, load_default=40)
    temper_below = Whole(1, 101, load_default=60)


class LimitsSchema(Schema):
    """What the client can truly do."""

    today = Figure(load_default=Decimal(0))
    full_on = Whole(0, 2_000, load_default=None, allow_none=True)
    per_instalment = Figure(load_default=Decimal(0))
    first_day = Whole(0, 365, load_default=0)
    longest = Whole(1, 60, load_default=1)
    accepts = names_of(_KINDS)
    needs = fields.Nested(NeedsSchema, load_default=lambda: {"trust": 40, "temper_below": 60})
    wants = names_of(_KINDS)


class GoalNeedsSchema(Schema):
    """The rule behind a goal."""

    moves = names_of(_MOVES)
    temper_below = Whole(1, 101, load_default=None)
    trust_from = Whole(0, 100, load_default=None)
    end = names_of(_ENDS)
    facts = fields.List(Words(), load_default=list)
    none_of = names_of(_MOVES)


class GoalSchema(Schema):
    """One thing to reach."""

    id = Words(required=True)
    text = Words(required=True)
    needs = fields.Nested(GoalNeedsSchema, required=True)


class ExampleSchema(Schema):
    """A line for the ear: the recogniser learns it when the scenario is published."""

    text = Words(required=True)
    labels = fields.List(one_of(CLIENT_LABELS), required=True, validate=validate.Length(min=1))
    heat = Whole(0, 3, required=True)
    style = one_of(STYLES, load_default="clean")


class ScenarioSchema(Schema):
    """The whole file."""

    id = Words(required=True)
    title = Words(required=True)
    # `version` at the top of a file is a key of Rasa's.
    version = Whole(1, 10_000, data_key="edition", required=True)
    objection = one_of(_OBJECTIONS, required=True)
    persona = Words(required=True)
    levels = fields.List(Whole(1, 3), required=True, validate=validate.Length(min=1, max=3))
    minutes = Whole(1, 60, required=True)
    briefing = Words(required=True)
    collector = fields.Nested(CollectorSchema, required=True)
    contact = fields.Nested(ContactSchema, required=True)
    account = fields.Nested(SketchSchema, required=True)
    opening = levels_to(Words())
    restate = _lines(LEAST_RESTATED)
    objections = fields.List(fields.Nested(SecondObjectionSchema), load_default=list)
    hidden_facts = fields.List(
        fields.Nested(FactSchema), load_default=list, validate=validate.Length(max=6)
    )
    answers = fields.List(fields.Nested(AnswerSchema), load_default=list)
    limits = fields.Nested(LimitsSchema, required=True)
    pays_only_after = names_of(UNDERTAKINGS)
    protected = one_of([p.value for p in Protection], load_default=None, allow_none=True)
    good_end = fields.List(one_of(_ENDS), required=True, validate=validate.Length(min=1))
    goals = fields.List(
        fields.Nested(GoalSchema), required=True, validate=validate.Length(min=3, max=5)
    )
    blockers = fields.List(one_of(_BLOCKERS), load_default=lambda: list(_DEFAULT_BLOCKERS))
    weights = fields.Dict(keys=one_of(SKILLS), values=Whole(0, 100), required=True)
    model_turns = fields.List(Words(), required=True, validate=validate.Length(min=4, max=10))
    next = fields.List(Words(), load_default=list)
    examples = fields.List(
        fields.Nested(ExampleSchema), load_default=list, validate=validate.Length(max=MOST_EXAMPLES)
    )


SCENARIO = ScenarioSchema()


def read_scenario(path: Path, shown_as: str | None = None) -> tuple[Scenario, Document]:
    """Read one scenario with its document; ContentError carries every fault of the file."""
    document = read_yaml(path, shown_as)
    return sound(find_scenario(document, path.stem)), document


def find_scenario(document: Document, stem: str) -> tuple[Scenario, tuple[Fault, ...]]:
    """The scenario that a document holds, with every fault; it can be played only when there is none."""
    data, faults = check(document, SCENARIO)
    scenario = scenario_of(load_partly(SCENARIO, document.data) if faults else data)
    whole = unharmed(document, SCENARIO, scenario_faults(document, scenario), faults, RESTS_ON)
    found = [*faults, *named_like_file(document, stem), *spoken_faults(document), *whole]
    return scenario, in_order(found)
