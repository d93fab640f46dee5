"""Where a call turned: heat that rose or fell, an objection, a fault, an offer, a promise, a protection."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from bot.core.coaching.wording import FAULT_WORDS, HEAT_WORDS, label_in_words
from bot.core.labels import FAULTS, PROTECTED, Move, Objection, Signal, Speaker
from bot.core.reading import Reading

#: Labels after which a protocol rules and money is not the point.
PROTECTING = frozenset({label.value for label in PROTECTED} | {Objection.INSOLVENCY.value})
OBJECTIONS = frozenset(label.value for label in Objection)
_OFFERS = {
    Move.OFFER_PLAN.value: "a plan was offered",
    Move.OFFER_PART_PAYMENT.value: "part now and the rest later was offered",
    Move.OFFER_CONCESSION.value: "a concession was offered",
}
_PROMISES = {
    Signal.PROMISE_TO_PAY.value: "the client promised to pay",
    Signal.ACCEPT_OFFER.value: "the client said yes",
}
_FAULT_NAMES = frozenset(fault.value for fault in FAULTS)
_QUOTED = 160


class PointKind(StrEnum):
    """What kind of turn the call took."""

    HEAT_UP = "heat_up"
    HEAT_DOWN = "heat_down"
    OBJECTION = "objection"
    FAULT = "fault"
    OFFER = "offer"
    PROMISE = "promise"
    PROTECTION = "protection"


@dataclass(frozen=True)
class TurningPoint:
    """One of them: the turn's place from 0, what happened in plain words, and the words that show it."""

    turn: int
    kind: PointKind
    text: str
    words: str
    label: str = ""

    def as_json(self) -> dict[str, Any]:
        """The point as a JSON-ready document."""
        return {**asdict(self), "kind": self.kind.value}


def turning_points(readings: Sequence[Reading]) -> tuple[TurningPoint, ...]:
    """Every turning point of a call, in the order of its turns."""
    found: list[TurningPoint] = []
    heat: int | None = None
    met: set[str] = set()
    for turn, reading in enumerate(readings):
        if reading.speaker is Speaker.CLIENT:
            found += _of_client(turn, reading, heat, met)
            heat = reading.heat
            met |= set(reading.names)
        else:
            found += _of_collector(turn, reading)
    return tuple(found)


def _of_client(
    turn: int, reading: Reading, heat: int | None, met: set[str]
) -> Iterator[TurningPoint]:
    for name in reading.names:
        if name in PROTECTING and name not in met:
            yield _point(turn, PointKind.PROTECTION, reading, name, "a protection was disclosed")
        elif name in OBJECTIONS and name not in met:
            yield _point(turn, PointKind.OBJECTION, reading, name, "an objection was raised")
    # At the first words there is nothing to compare with, but anger is told.
    before = min(1, reading.heat) if heat is None else heat
    if reading.heat != before:
        is_up = reading.heat > before
        kind = PointKind.HEAT_UP if is_up else PointKind.HEAT_DOWN
        move = "rose" if is_up else "fell"
        words = f"Heat {move} from {HEAT_WORDS[before]} to {HEAT_WORDS[reading.heat]}."
        yield TurningPoint(turn, kind, words, reading.text[:_QUOTED])
    promise = next((name for name in reading.names if name in _PROMISES), None)
    if promise is not None:
        words = f"{_sentence(_PROMISES[promise])}."
        yield TurningPoint(turn, PointKind.PROMISE, words, _quote(reading, promise), promise)


def _of_collector(turn: int, reading: Reading) -> Iterator[TurningPoint]:
    for name in reading.names:
        if name in _FAULT_NAMES:
            words = f"The collector made a fault: {FAULT_WORDS[name]}."
            yield TurningPoint(turn, PointKind.FAULT, words, _quote(reading, name), name)
    offer = next((name for name in reading.names if name in _OFFERS), None)
    if offer is not None:
        words = f"{_sentence(_OFFERS[offer])}."
        yield TurningPoint(turn, PointKind.OFFER, words, _quote(reading, offer), offer)


def _point(turn: int, kind: PointKind, reading: Reading, name: str, words: str) -> TurningPoint:
    text = f"{_sentence(words)}: {label_in_words(name)}."
    return TurningPoint(turn, kind, text, _quote(reading, name), name)


def _quote(reading: Reading, name: str) -> str:
    return (reading.evidence_of(name) or reading.text)[:_QUOTED]


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
