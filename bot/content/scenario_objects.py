"""Makes a core scenario of what the schema has read."""

from __future__ import annotations

from typing import Any

from bot.content.persona_objects import by_level, heats_of
from bot.content.schema_sketch import sketch_of
from bot.core.coaching.advice import OptionKind
from bot.core.labels import Objection
from bot.core.rehearsal.lines import ClientLine
from bot.core.rehearsal.scenario import (
    Answer,
    CollectorPart,
    ContactPart,
    EarnedBy,
    Example,
    Goal,
    GoalNeeds,
    GoodEnd,
    HiddenFact,
    LimitChange,
    Limits,
    Needs,
    Protection,
    Scenario,
    SecondObjection,
    Topic,
)


def scenario_of(data: dict[str, Any]) -> Scenario:
    """The scenario as a core object."""
    return Scenario(
        id=data["id"],
        title=data["title"],
        version=data["version"],
        objection=Objection(data["objection"]),
        persona=data["persona"],
        levels=tuple(sorted(set(data["levels"]))),
        minutes=data["minutes"],
        briefing=data["briefing"],
        collector=CollectorPart(**data["collector"]),
        contact=ContactPart(**data["contact"]),
        account=sketch_of(data["account"]),
        opening=by_level(data["opening"]),
        restate=_lines(data["restate"]),
        limits=_limits(data["limits"]),
        objections=tuple(
            SecondObjection(
                id=row["id"],
                label=Objection(row["label"]),
                lines=_lines(row["lines"]),
                from_level=row["from_level"],
                after_turn=row["after_turn"],
            )
            for row in data["objections"]
        ),
        hidden_facts=tuple(_fact(row) for row in data["hidden_facts"]),
        answers=tuple(Answer(Topic(row["topic"]), _lines(row["lines"])) for row in data["answers"]),
        pays_only_after=tuple(data["pays_only_after"]),
        protected=Protection(data["protected"]) if data["protected"] else None,
        good_end=tuple(GoodEnd(end) for end in data["good_end"]),
        goals=tuple(_goal(row) for row in data["goals"]),
        blockers=tuple(data["blockers"]),
        weights=dict(data["weights"]),
        model_turns=tuple(data["model_turns"]),
        next=tuple(data["next"]),
        examples=tuple(
            Example(row["text"], tuple(row["labels"]), row["heat"], row["style"])
            for row in data["examples"]
        ),
    )


def _lines(rows: list[dict[str, Any]]) -> tuple[ClientLine, ...]:
    return tuple(ClientLine(row["id"], row["text"], heats_of(row)) for row in rows)


def _kinds(names: list[str]) -> tuple[OptionKind, ...]:
    return tuple(OptionKind(name) for name in names)


def _limits(row: dict[str, Any]) -> Limits:
    return Limits(
        **{
            **row,
            "accepts": _kinds(row["accepts"]),
            "wants": _kinds(row["wants"]),
            "needs": Needs(**row["needs"]),
        }
    )


def _fact(row: dict[str, Any]) -> HiddenFact:
    earned, opens = row["earned_by"], row["opens"]
    return HiddenFact(
        id=row["id"],
        what=row["what"],
        earned_by=EarnedBy(
            tuple(earned["moves"]), earned["min_trust"], tuple(earned["after_facts"])
        ),
        lines=_lines(row["lines"]),
        opens=LimitChange(**{**opens, "accepts": _kinds(opens["accepts"])}) if opens else None,
    )


def _goal(row: dict[str, Any]) -> Goal:
    needs = row["needs"]
    return Goal(
        id=row["id"],
        text=row["text"],
        needs=GoalNeeds(
            moves=tuple(needs["moves"]),
            temper_below=needs["temper_below"],
            trust_from=needs["trust_from"],
            end=tuple(GoodEnd(end) for end in needs["end"]),
            facts=tuple(needs["facts"]),
            none_of=tuple(needs["none_of"]),
        ),
    )
