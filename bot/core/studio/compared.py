"""What a comparison of two models says: figures, rows per label and speaker, refusals with examples."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from bot.core.labels import PROTECTED, Speaker

_PROTECTED = frozenset(label.value for label in PROTECTED)


@dataclass(frozen=True)
class Figures:
    """How well one label is heard by one model."""

    f1: Fraction
    precision: Fraction
    recall: Fraction

    def as_json(self) -> dict[str, float]:
        """The figures as numbers."""
        return {
            "f1": _number(self.f1),
            "precision": _number(self.precision),
            "recall": _number(self.recall),
        }


@dataclass(frozen=True)
class LabelCompared:
    """One label of one speaker by both models; `verdict` is same, better, worse or refused."""

    speaker: Speaker
    name: str
    support: int
    before: Figures
    after: Figures
    verdict: str

    @property
    def is_protected(self) -> bool:
        """Whether missing it may hurt somebody."""
        return self.speaker is Speaker.CLIENT and self.name in _PROTECTED

    def as_json(self) -> dict[str, Any]:
        """The label as a row of the report."""
        return {
            "speaker": self.speaker.value,
            "name": self.name,
            "support": self.support,
            "before": self.before.as_json(),
            "after": self.after.as_json(),
            "is_protected": self.is_protected,
            "verdict": self.verdict,
        }


@dataclass(frozen=True)
class Example:
    """A kept turn that the candidate hears worse."""

    text: str
    truth: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The example with its label sets as lists."""
        return {
            "text": self.text,
            "truth": list(self.truth),
            "before": list(self.before),
            "after": list(self.after),
        }


@dataclass(frozen=True)
class Refusal:
    """One figure that fell by more than its margin; `label` is None for a speaker's macro-F1."""

    speaker: Speaker
    label: str | None
    what: str
    examples: tuple[Example, ...]

    def as_json(self) -> dict[str, Any]:
        """The refusal as the report lists it."""
        return {
            "speaker": self.speaker.value,
            "label": self.label,
            "what": self.what,
            "examples": [example.as_json() for example in self.examples],
        }


@dataclass(frozen=True)
class SpeakerCompared:
    """The summary of one speaker's turns by both models."""

    speaker: Speaker
    turns: int
    micro_before: Fraction
    micro_after: Fraction
    macro_before: Fraction
    macro_after: Fraction

    def as_json(self) -> dict[str, Any]:
        """The two summaries side by side."""
        return {
            "turns": self.turns,
            "before": {
                "micro_f1": _number(self.micro_before),
                "macro_f1": _number(self.macro_before),
            },
            "after": {"micro_f1": _number(self.micro_after), "macro_f1": _number(self.macro_after)},
        }


@dataclass(frozen=True)
class Comparison:
    """The candidate beside the model in service."""

    speakers: tuple[SpeakerCompared, ...]
    labels: tuple[LabelCompared, ...]
    refusals: tuple[Refusal, ...]

    @property
    def is_refused(self) -> bool:
        """Whether anything fell by more than its margin."""
        return bool(self.refusals)

    def as_json(self) -> dict[str, Any]:
        """The comparison as the publication's report has it."""
        return {
            "speakers": {each.speaker.value: each.as_json() for each in self.speakers},
            "labels": [label.as_json() for label in self.labels],
            "refusals": [refusal.as_json() for refusal in self.refusals],
        }


def _number(value: Fraction) -> float:
    return round(float(value), 4)
