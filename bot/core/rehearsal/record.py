"""A rehearsal as it is kept: who, which case, every turn with what it caused, and the client's state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from bot.core.account import Account
from bot.core.labels import Speaker
from bot.core.reading import Reading
from bot.core.rehearsal.scenario import Scenario
from bot.core.rehearsal.sketch import account_of
from bot.core.rehearsal.state import Cause, ClientState

#: The branch that every rehearsal begins with; each rewind opens another.
FIRST_BRANCH = "b1"


class Mode(StrEnum):
    """Practice has notes and hints; an exam has neither until it is over."""

    PRACTICE = "practice"
    EXAM = "exam"


@dataclass(frozen=True)
class HintUsed:
    """A hint that was asked for: before which turn, how much it gave away (1 most), what it cost."""

    turn: int
    level: int
    cost: int


@dataclass(frozen=True)
class CoachNote:
    """The coach's word after a trainee turn: what you did, what it caused, a better line; each may be empty."""

    did: str = ""
    caused: str = ""
    better: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """The note as the lines that are shown, three at most."""
        return tuple(line for line in (self.did, self.caused, self.better) if line)


@dataclass(frozen=True)
class RehearsalTurn:
    """One turn of either speaker, with the client's state once it was said.

    A trainee's turn has its reading, its causes and the coach's note; a client's turn names the beats and line ids
    that it was put together from, and the labels it was written to carry. An empty trainee text is silence.
    """

    index: int
    speaker: Speaker
    text: str
    reading: Reading | None
    state: ClientState
    causes: tuple[Cause, ...] = ()
    note: CoachNote | None = None
    beats: tuple[str, ...] = ()
    line_ids: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The moves of a trainee's turn, or the labels that a client's turn was written to carry."""
        return self.reading.names if self.reading else self.labels

    @property
    def heat(self) -> int:
        """The heat of the client once the turn was said."""
        return self.state.heat

    def as_json(self) -> dict[str, Any]:
        """The turn as a JSON-ready document."""
        note = self.note
        return {
            "index": self.index,
            "speaker": self.speaker.value,
            "text": self.text,
            "reading": self.reading.as_json() if self.reading else None,
            "state": self.state.as_json(),
            "heat": self.heat,
            "causes": [cause.as_json() for cause in self.causes],
            "note": (
                {"did": note.did, "caused": note.caused, "better": note.better} if note else None
            ),
            "beats": list(self.beats),
            "line_ids": list(self.line_ids),
            "labels": list(self.labels),
        }

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> RehearsalTurn:
        """Rebuild a turn from `as_json`'s document."""
        speaker, text, reading = (document[key] for key in ("speaker", "text", "reading"))
        heard = Reading.from_json(reading, speaker=Speaker(speaker), text=text) if reading else None
        return cls(
            index=int(document["index"]),
            speaker=Speaker(speaker),
            text=text,
            reading=heard,
            state=ClientState.from_json(document["state"]),
            causes=tuple(Cause.from_json(x) for x in document["causes"]),
            note=CoachNote(**document["note"]) if document["note"] else None,
            beats=tuple(document["beats"]),
            line_ids=tuple(document["line_ids"]),
            labels=tuple(document["labels"]),
        )


@dataclass(frozen=True)
class Parent:
    """Where a branch was cut: the branch it came from and the turn before which it parted."""

    branch: str
    turn: int


@dataclass(frozen=True)
class Rehearsal:
    """One branch of a rehearsal, whole: the state is that after the last turn.

    The account is not stored: `account_for` draws it from the scenario and the day.
    """

    scenario_id: str
    scenario_version: int
    persona_id: str
    level: int
    seed: int
    mode: Mode
    today: date
    state: ClientState
    turns: tuple[RehearsalTurn, ...] = ()
    branch: str = FIRST_BRANCH
    parent: Parent | None = None
    hints_used: tuple[HintUsed, ...] = ()

    @property
    def is_over(self) -> bool:
        """Whether the call has ended."""
        return self.state.ended is not None

    @property
    def heat_path(self) -> tuple[int, ...]:
        """The heat after each turn."""
        return tuple(turn.heat for turn in self.turns)

    def as_json(self) -> dict[str, Any]:
        """The rehearsal as a JSON-ready document."""
        return {
            "scenario_id": self.scenario_id,
            "scenario_version": self.scenario_version,
            "persona_id": self.persona_id,
            "level": self.level,
            "seed": self.seed,
            "mode": self.mode.value,
            "today": self.today.isoformat(),
            "state": self.state.as_json(),
            "turns": [turn.as_json() for turn in self.turns],
            "branch": self.branch,
            "parent": (
                {"branch": self.parent.branch, "turn": self.parent.turn} if self.parent else None
            ),
            "hints_used": [
                {"turn": h.turn, "level": h.level, "cost": h.cost} for h in self.hints_used
            ],
        }

    @classmethod
    def from_json(cls, document: dict[str, Any]) -> Rehearsal:
        """Rebuild a rehearsal from `as_json`'s document."""
        parent = document["parent"]
        return cls(
            scenario_id=document["scenario_id"],
            scenario_version=int(document["scenario_version"]),
            persona_id=document["persona_id"],
            level=int(document["level"]),
            seed=int(document["seed"]),
            mode=Mode(document["mode"]),
            today=date.fromisoformat(document["today"]),
            state=ClientState.from_json(document["state"]),
            turns=tuple(RehearsalTurn.from_json(x) for x in document["turns"]),
            branch=document["branch"],
            parent=Parent(**parent) if parent else None,
            hints_used=tuple(HintUsed(**x) for x in document["hints_used"]),
        )


def account_for(scenario: Scenario, today: date) -> Account:
    """The client's account on the day of the call."""
    contact = scenario.asked_for
    return account_of(scenario.account, scenario.id, (contact.name, contact.role), today)
