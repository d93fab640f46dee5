"""The simulated client's mood and memory at one moment of a call, and what caused each change."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

from bot.core.rehearsal.bargain import AnswerGiven, OfferMade, PromiseGiven, Undertaking

#: Temper, trust and patience run from nothing to this.
FULL = 100
#: Temper from here on is shown as the next heat band.
_BAND = 25


class Ended(StrEnum):
    """How a rehearsal's call came to its end."""

    HUNG_UP = "hung_up"
    AGREED = "agreed"
    HANDED_OVER = "handed_over"
    CLOSED = "closed"
    CONTACT_STOPPED = "contact_stopped"
    PROTECTED_CLOSE = "protected_close"


def heat_of(temper: int) -> int:
    """The heat band, 0 to 3, in which a temper is shown."""
    return min(3, temper // _BAND)


@dataclass(frozen=True)
class Cause:
    """One change of the client's state: after which turn, by which rule, for which move, by which words, how much."""

    turn: int
    rule: str
    move: str = ""
    words: str = ""
    temper: int = 0
    trust: int = 0
    patience: int = 0
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        """The cause as a JSON-ready document."""
        return {f.name: getattr(self, f.name) for f in fields(self)}

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> Cause:
        """Rebuild a cause from `as_json`'s document."""
        return cls(**document)


@dataclass(frozen=True)
class ClientState:
    """Mood and memory; `turn` counts the trainee's turns, `said` and `promises_to_client` only grow.

    `counts` says how often each move was made, `questions` keeps the questions asked, `rules` the last turn's rule ids.
    `counter` is what the client itself put on the table last.
    """

    temper: int
    trust: int
    patience: int
    silence: int = 0
    turn: int = 0
    opened: bool = False
    acknowledged: bool = False
    revealed: tuple[str, ...] = ()
    raised: tuple[str, ...] = ()
    offers: tuple[OfferMade, ...] = ()
    answers: tuple[AnswerGiven, ...] = ()
    counter: OfferMade | None = None
    promise: PromiseGiven | None = None
    promises_to_client: tuple[Undertaking, ...] = ()
    said: tuple[str, ...] = ()
    counts: dict[str, int] | None = None
    questions: tuple[str, ...] = ()
    last_move_turn: int = 0
    manager_asked: int = 0
    recapped: bool = False
    ended: Ended | None = None

    @property
    def heat(self) -> int:
        """The temper as the heat band that is shown."""
        return heat_of(self.temper)

    def count(self, move: str) -> int:
        """How often the trainee has made a move."""
        return (self.counts or {}).get(move, 0)

    def undertook(self, kind: str) -> Undertaking | None:
        """The last undertaking of a kind, if there is one."""
        return next((u for u in reversed(self.promises_to_client) if u.kind == kind), None)

    def moved(self, temper: int = 0, trust: int = 0, patience: int = 0) -> ClientState:
        """The state after these changes, kept within its range."""
        return replace(
            self,
            temper=_within(self.temper + temper),
            trust=_within(self.trust + trust),
            patience=_within(self.patience + patience),
        )

    def as_json(self) -> dict[str, Any]:
        """The state as a JSON-ready document."""
        return {f.name: _plain(getattr(self, f.name)) for f in fields(self)}

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> ClientState:
        """Rebuild a state from `as_json`'s document."""
        values = {f.name: document[f.name] for f in fields(cls) if f.name in document}
        for name in ("revealed", "raised", "said", "questions"):
            values[name] = tuple(values[name])
        values["offers"] = tuple(OfferMade.from_json(x) for x in values["offers"])
        values["answers"] = tuple(AnswerGiven.from_json(x) for x in values["answers"])
        values["promises_to_client"] = tuple(
            Undertaking.from_json(x) for x in values["promises_to_client"]
        )
        for name, kind in (("counter", OfferMade), ("promise", PromiseGiven)):
            values[name] = kind.from_json(values[name]) if values[name] else None
        values["ended"] = Ended(values["ended"]) if values["ended"] else None
        return cls(**values)


def _within(value: int) -> int:
    return min(FULL, max(0, value))


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, StrEnum):
        return value.value
    return value.as_json() if hasattr(value, "as_json") else value
