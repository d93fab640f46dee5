"""What was heard in one turn of speech."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.core.labels import SILENT, Speaker


@dataclass(frozen=True)
class HeardLabel:
    """One label of a turn, how sure the recogniser is (0 to 1, calibrated), and the words that earned it."""

    name: str
    confidence: float
    evidence: str = ""


@dataclass(frozen=True)
class Entity:
    """A value named in the turn: `type` is money, date, instalments, percentage, invoice_number, po_number or payment_method.

    `value` is JSON-ready: money `{"amount": "2500.00", "currency": "GBP"}`, date `"2026-12-04"`,
    instalments `{"count": 3, "frequency": "monthly"}`, the rest text. `start` and `end` index the turn's text.
    """

    type: str
    value: Any
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Reading:
    """Everything heard in one turn; `labels` holds only what the coach would act on, strongest first.

    `flags` says what else matters: a protected label's name, `unsure`, `out_of_scope`, `redacted`,
    `truncated`, `listening_off`.
    """

    speaker: Speaker
    text: str
    labels: tuple[HeardLabel, ...] = ()
    heat: int = 0
    heat_cues: tuple[str, ...] = ()
    entities: tuple[Entity, ...] = ()
    flags: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The labels' names, strongest first."""
        return tuple(label.name for label in self.labels)

    @property
    def is_silent(self) -> bool:
        """Whether there is nothing in the turn that the coach would speak to."""
        return all(name in SILENT for name in self.names)

    def evidence_of(self, name: str) -> str:
        """The client's own words behind a label, or an empty text."""
        return next((label.evidence for label in self.labels if label.name == name), "")

    def as_json(self) -> dict[str, Any]:
        """The reading as the `analyse` output line without id."""
        return {
            "labels": [
                {"name": x.name, "confidence": round(x.confidence, 4), "evidence": x.evidence}
                for x in self.labels
            ],
            "heat": self.heat,
            "heat_cues": list(self.heat_cues),
            "entities": [
                {"type": e.type, "value": e.value, "text": e.text, "start": e.start, "end": e.end}
                for e in self.entities
            ],
            "flags": list(self.flags),
        }

    @classmethod
    def from_json(cls, document: dict[str, Any], *, speaker: Speaker, text: str) -> Reading:
        """Rebuild a reading from `as_json`'s document."""
        return cls(
            speaker=speaker,
            text=text,
            labels=tuple(
                HeardLabel(x["name"], float(x["confidence"]), x.get("evidence", ""))
                for x in document.get("labels", ())
            ),
            heat=int(document.get("heat", 0)),
            heat_cues=tuple(document.get("heat_cues", ())),
            entities=tuple(
                Entity(e["type"], e["value"], e["text"], e["start"], e["end"])
                for e in document.get("entities", ())
            ),
            flags=tuple(document.get("flags", ())),
        )


@dataclass(frozen=True)
class Turn:
    """One turn of a call as it was spoken."""

    speaker: Speaker
    text: str
    segment_id: str | None = None
    reading: Reading | None = field(default=None, compare=False)
