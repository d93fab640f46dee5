"""What the use cases on corrections need from the outside world, as protocols."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.core.corrections import Correction, TrainingLine
from bot.core.errors import ConflictError

ACCEPTED, DISMISSED = "accepted", "dismissed"


@dataclass(frozen=True)
class Review:
    """What a trainer decided on a correction: `line` for an accepted one, `reason` for a dismissed one."""

    decision: str
    by: str
    at: datetime
    reason: str | None = None
    line: dict[str, Any] | None = None


def already_decided(name: str, decision: str) -> ConflictError:
    """What the second of two trainers is told."""
    done = "added this correction to the training lines"
    what = done if decision == ACCEPTED else "dismissed this correction"
    return ConflictError(f"{name} has {what} already.")


class CorrectionRepository(Protocol):
    """Corrections of calls and of rehearsals, and what became of them."""

    def open(self, limit: int) -> Sequence[Correction]:
        """Corrections that nobody has decided on, the newest first: one for each turn and set of labels."""

    def get(self, correction_id: str) -> Correction:
        """Load one, decided on or not; NotFoundError when it is unknown."""

    def decide(self, correction: Correction, review: Review) -> None:
        """Store the decision; ConflictError names who decided before."""

    def add_rehearsed(
        self, rehearsal_id: str, turn_id: str, user_id: str, labels: Sequence[str], at: datetime
    ) -> bool:
        """Store one of a rehearsed turn; False when this person has said the same of it before."""

    def rehearsed(self, rehearsal_id: str) -> Sequence[tuple[str, tuple[str, ...]]]:
        """Everything said of a rehearsal, the first first: the turn, and what it should have been."""


class TrainingLines(Protocol):
    """The lines that the recogniser learns from, and those that it is measured by."""

    def find(self, text: str) -> str | None:
        """Where a line with the same words stands already, signs and capitals aside."""

    def append(self, line: TrainingLine) -> str:
        """Add a line to the corrected ones of its speaker; returns the file. ConflictError when it is there already."""
