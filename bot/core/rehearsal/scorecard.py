"""What the rubric takes in and gives out: labelled turns and a situation, a scorecard with its reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.core.labels import Speaker
from bot.core.reading import Entity, Reading

#: How a call can end, in the order in which one is preferred when several hold.
OUTCOMES = (
    "hung_up",
    "protocol",
    "paid",
    "plan",
    "promise",
    "handed_over",
    "dispute_logged",
    "documents",
    "signposted",
    "follow_up",
    "nothing",
)


@dataclass(frozen=True)
class ScoredTurn:
    """One turn as the rubric reads it: the labels' names, how sure each is, and the words behind it.

    `heat` counts on client turns only; None means that nobody measured it.
    """

    index: int
    speaker: Speaker
    text: str
    names: tuple[str, ...] = ()
    heat: int | None = None
    entities: tuple[Entity, ...] = ()
    evidence: Mapping[str, str] = field(default_factory=dict)
    confidence: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, index: int, reading: Reading) -> ScoredTurn:
        """A turn as it was heard."""
        return cls(
            index=index,
            speaker=reading.speaker,
            text=reading.text,
            names=reading.names,
            heat=reading.heat,
            entities=reading.entities,
            evidence={label.name: label.evidence for label in reading.labels},
            confidence={label.name: label.confidence for label in reading.labels},
        )


@dataclass(frozen=True)
class Reason:
    """Why points were given or taken: the rule, the points, and the words that earned them.

    `turn` is the turn's index; None where the whole call is meant.
    """

    turn: int | None
    quote: str
    rule: str
    points: int
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        """The reason as a JSON-ready document."""
        return {
            "turn": self.turn,
            "quote": self.quote,
            "rule": self.rule,
            "points": self.points,
            "note": self.note,
        }


@dataclass(frozen=True)
class SkillScore:
    """One skill from 0 to 100, with every reason, and what the rules looked for and did not find."""

    name: str
    points: int
    reasons: tuple[Reason, ...] = ()
    missed: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class Blocker:
    """What fails a call whatever the sum."""

    turn: int
    quote: str
    rule: str
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        """The blocker as a JSON-ready document."""
        return {"turn": self.turn, "quote": self.quote, "rule": self.rule, "note": self.note}


@dataclass(frozen=True)
class Ceiling:
    """The most that a call of this kind can reach, and why."""

    rule: str
    most: int
    note: str


@dataclass(frozen=True)
class Scorecard:
    """The verdict on one call; `uncapped` is the weighted sum before ceilings and hints."""

    total: int
    skills: tuple[SkillScore, ...]
    weights: Mapping[str, int]
    blockers: tuple[Blocker, ...]
    ceilings: tuple[Ceiling, ...]
    outcome: str
    passed: bool
    uncapped: int
    heat: tuple[int, ...]
    summary: str
    goals: tuple[tuple[str, str, bool | None], ...] = ()
    hints_cost: int = 0
    rubric_version: int = 1

    def skill(self, name: str) -> SkillScore:
        """The score of one skill."""
        return next(skill for skill in self.skills if skill.name == name)

    def reasons_at(self, turn: int) -> tuple[tuple[str, Reason], ...]:
        """What a turn earned or cost, by skill."""
        return tuple(
            (skill.name, reason)
            for skill in self.skills
            for reason in skill.reasons
            if reason.turn == turn
        )

    def as_json(self) -> dict[str, Any]:
        """The whole scorecard as a JSON-ready document."""
        return {
            "score": self.total,
            "skills": {skill.name: skill.points for skill in self.skills},
            "reasons": {
                skill.name: [reason.as_json() for reason in skill.reasons] for skill in self.skills
            },
            "missed": {
                skill.name: [reason.as_json() for reason in skill.missed] for skill in self.skills
            },
            "weights": dict(self.weights),
            "blockers": [blocker.as_json() for blocker in self.blockers],
            "ceilings": [{"rule": c.rule, "most": c.most, "note": c.note} for c in self.ceilings],
            "outcome": self.outcome,
            "passed": self.passed,
            "uncapped": self.uncapped,
            "heat": list(self.heat),
            "goals": [{"id": name, "text": text, "met": met} for name, text, met in self.goals],
            "hints_cost": self.hints_cost,
            "rubric_version": self.rubric_version,
            "summary": self.summary,
        }
