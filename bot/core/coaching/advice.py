"""What the coach shows after a turn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from bot.core.account import Instalment
from bot.core.money import Money


class Role(StrEnum):
    """What a user may do; authority limits in the house rules go by it."""

    COLLECTOR = "collector"
    TRAINER = "trainer"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"


class OptionKind(StrEnum):
    """The compromises that exist."""

    FULL_PAYMENT = "full_payment"
    PART_PAYMENT = "part_payment"
    INSTALMENTS = "instalments"
    UNDISPUTED_PART = "undisputed_part"
    EXTENSION = "extension"
    FEE_WAIVER = "fee_waiver"
    SETTLEMENT_DISCOUNT = "settlement_discount"
    METHOD_CHANGE = "method_change"
    RETURN_OR_CREDIT = "return_or_credit"


class OptionStatus(StrEnum):
    """Whether an option may be offered now."""

    OPEN = "open"
    NEEDS_APPROVAL = "needs_approval"
    CLOSED = "closed"


@dataclass(frozen=True)
class Option:
    """One compromise with its figures; a closed one says why and has no schedule.

    `total` is what the client pays in all, `cost` what it costs us (waived or discounted sums plus interest
    forgone), `cost_note` says it in words, `approver` names the role that may say yes when it is not the collector.
    `source` says where the limit comes from, `evidence` what must be noted, `expires_on` how long the offer holds.
    """

    kind: OptionKind
    title: str
    status: OptionStatus
    total: Money
    schedule: tuple[Instalment, ...]
    cost: Money
    why: str
    cost_note: str = ""
    approver: str | None = None
    held: bool = False
    source: str = ""
    evidence: str = ""
    expires_on: date | None = None

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> Option:
        """Rebuild an option from what was published of it."""
        currency = document["currency"]
        expires = document.get("expires_on")
        return cls(
            kind=OptionKind(document["kind"]),
            title=document["title"],
            status=OptionStatus(document["status"]),
            total=Money.of(document["total"], currency),
            schedule=tuple(
                Instalment(Money.of(row["amount"], currency), date.fromisoformat(row["due"]))
                for row in document["schedule"]
            ),
            cost=Money.of(document["cost"], currency),
            why=document["why"],
            cost_note=document["cost_note"],
            approver=document["approver"],
            held=document["held"],
            source=document.get("source", ""),
            evidence=document.get("evidence", ""),
            expires_on=date.fromisoformat(expires) if expires else None,
        )

    def as_json(self) -> dict[str, Any]:
        """The option as the interface publishes it."""
        return {
            "kind": self.kind.value,
            "title": self.title,
            "status": self.status.value,
            "held": self.held,
            "total": self.total.plain(),
            "currency": self.total.currency,
            "schedule": [
                {"amount": i.amount.plain(), "due": i.due.isoformat()} for i in self.schedule
            ],
            "cost": self.cost.plain(),
            "cost_note": self.cost_note,
            "approver": self.approver,
            "why": self.why,
            "source": self.source,
            "evidence": self.evidence,
            "expires_on": self.expires_on.isoformat() if self.expires_on else None,
        }


@dataclass(frozen=True)
class EscalationAdvice:
    """Where the ladder stands: `state`, the next lawful step (None: none now), and what is untried before it."""

    state: str
    next_step: str | None = None
    untried: tuple[str, ...] = ()
    reason: str = ""
    hand_to: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The escalation as the interface publishes it."""
        return {
            "state": self.state,
            "next_step": self.next_step,
            "untried": list(self.untried),
            "reason": self.reason,
            "hand_to": self.hand_to,
        }


@dataclass(frozen=True)
class SayLine:
    """One thing to say, at most 25 words, with the playbook line it came from."""

    id: str
    text: str


@dataclass(frozen=True)
class ChecklistItem:
    """One thing a call should contain, and whether it has been heard."""

    id: str
    text: str
    done: bool


@dataclass(frozen=True)
class Correction:
    """A private word to the collector after a fault move: what was heard and a lawful, better wording."""

    fault: str
    evidence: str
    note: str
    better: str


@dataclass(frozen=True)
class Protocol:
    """A safety protocol that stands alone on the panel: `name` and its steps, each a short imperative."""

    name: str
    title: str
    steps: tuple[str, ...]


@dataclass(frozen=True)
class Advice:
    """One advice: everything the panel shows after one turn. `silent` means: leave the panel as it is.

    `outcome` says why: `shown`, `quiet` (nothing to say), `not_sure`, `cooldown`, `outranked`, `protocol` or `correction`
    (the card stays and the correction goes on top). `pause` is what the service must record on the account now (a kind of
    `set_protection`), set on the turn that first calls for it. `acknowledged` unfolds held options; `cue` is for the collector.
    """

    silent: bool
    heard: tuple[str, ...] = ()
    say: tuple[SayLine, ...] = ()
    ask: SayLine | None = None
    options: tuple[Option, ...] = ()
    escalation: EscalationAdvice = EscalationAdvice("not_yet")
    protocol: Protocol | None = None
    avoid: str | None = None
    because: tuple[str, ...] = ()
    heat: int = 0
    heat_path: tuple[int, ...] = ()
    heat_trend: str = "steady"
    checklist: tuple[ChecklistItem, ...] = ()
    correction: Correction | None = None
    card: str | None = None
    listening: bool = True
    pause: str | None = None
    outcome: str = "shown"
    acknowledged: bool = False
    cue: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The advice as the interface publishes it (fields may be added, none renamed)."""
        return {
            "silent": self.silent,
            "heard": list(self.heard),
            "say": [line.text for line in self.say],
            "say_ids": [line.id for line in self.say],
            "ask": self.ask.text if self.ask else None,
            "ask_id": self.ask.id if self.ask else None,
            "options": [option.as_json() for option in self.options],
            "escalation": self.escalation.as_json(),
            "protocol": self.protocol.name if self.protocol else None,
            "protocol_title": self.protocol.title if self.protocol else None,
            "protocol_steps": list(self.protocol.steps) if self.protocol else [],
            "avoid": self.avoid,
            "because": list(self.because),
            "heat": self.heat,
            "heat_path": list(self.heat_path),
            "heat_trend": self.heat_trend,
            "checklist": [
                {"id": item.id, "text": item.text, "done": item.done} for item in self.checklist
            ],
            "correction": (
                {
                    "fault": self.correction.fault,
                    "evidence": self.correction.evidence,
                    "note": self.correction.note,
                    "better": self.correction.better,
                }
                if self.correction
                else None
            ),
            "card": self.card,
            "listening": self.listening,
            "pause": self.pause,
            "outcome": self.outcome,
            "acknowledged": self.acknowledged,
            "cue": self.cue,
        }
