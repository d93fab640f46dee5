"""What passes over the table in a rehearsal: offers, answers, the client's promise, what the collector undertook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from bot.core.account import Instalment
from bot.core.money import Money


class AnswerKind(StrEnum):
    """What the client said to an offer."""

    ACCEPT = "accept"
    COUNTER = "counter"
    REFUSE = "refuse"
    ASK = "ask"


def schedule_as_json(schedule: tuple[Instalment, ...]) -> list[dict[str, str]]:
    """A schedule as a JSON-ready list."""
    return [
        {"amount": i.amount.plain(), "currency": i.amount.currency, "due": i.due.isoformat()}
        for i in schedule
    ]


def schedule_from_json(rows: list[dict[str, str]]) -> tuple[Instalment, ...]:
    """Rebuild a schedule from `schedule_as_json`'s list."""
    return tuple(
        Instalment(Money.of(row["amount"], row["currency"]), date.fromisoformat(row["due"]))
        for row in rows
    )


@dataclass(frozen=True)
class OfferMade:
    """Terms put on the table in one turn; `kinds` are option kinds, `schedule` is empty while figures are lacking.

    `complete` says whether the schedule pays all that is asked for, `conceded` what is given up in plain figures.
    """

    turn: int
    kinds: tuple[str, ...]
    schedule: tuple[Instalment, ...] = ()
    complete: bool = True
    conceded: str | None = None
    method: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The offer as a JSON-ready document."""
        return {
            "turn": self.turn,
            "kinds": list(self.kinds),
            "schedule": schedule_as_json(self.schedule),
            "complete": self.complete,
            "conceded": self.conceded,
            "method": self.method,
        }

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> OfferMade:
        """Rebuild an offer from `as_json`'s document."""
        return cls(
            turn=int(document["turn"]),
            kinds=tuple(document["kinds"]),
            schedule=schedule_from_json(document["schedule"]),
            complete=bool(document["complete"]),
            conceded=document["conceded"],
            method=document["method"],
        )


@dataclass(frozen=True)
class AnswerGiven:
    """What the client said to the offer of a turn, and why in one stable word (`capacity`, `mood`, `needs_first` ...)."""

    turn: int
    kind: AnswerKind
    reason: str = ""

    def as_json(self) -> dict[str, Any]:
        """The answer as a JSON-ready document."""
        return {"turn": self.turn, "kind": self.kind.value, "reason": self.reason}

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> AnswerGiven:
        """Rebuild an answer from `as_json`'s document."""
        return cls(int(document["turn"]), AnswerKind(document["kind"]), document["reason"])


@dataclass(frozen=True)
class PromiseGiven:
    """What the client promised: the first amount and day, the method if named, and the whole schedule."""

    amount: Money
    day: date
    method: str | None = None
    kind: str = "full_payment"
    schedule: tuple[Instalment, ...] = ()
    turn: int = 0

    def as_json(self) -> dict[str, Any]:
        """The promise as a JSON-ready document."""
        return {
            "amount": self.amount.plain(),
            "currency": self.amount.currency,
            "day": self.day.isoformat(),
            "method": self.method,
            "kind": self.kind,
            "schedule": schedule_as_json(self.schedule),
            "turn": self.turn,
        }

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> PromiseGiven:
        """Rebuild a promise from `as_json`'s document."""
        return cls(
            amount=Money.of(document["amount"], document["currency"]),
            day=date.fromisoformat(document["day"]),
            method=document["method"],
            kind=document["kind"],
            schedule=schedule_from_json(document["schedule"]),
            turn=int(document["turn"]),
        )


@dataclass(frozen=True)
class Undertaking:
    """What the collector undertook: `kind` is the move (`send_documents`, `log_dispute`, `escalate` ...)."""

    kind: str
    turn: int
    words: str = ""
    kept: bool = False

    def as_json(self) -> dict[str, Any]:
        """The undertaking as a JSON-ready document."""
        return {"kind": self.kind, "turn": self.turn, "words": self.words, "kept": self.kept}

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> Undertaking:
        """Rebuild an undertaking from `as_json`'s document."""
        return cls(**document)
