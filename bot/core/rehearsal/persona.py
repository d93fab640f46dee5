"""Who the simulated client is: how they start, what calms or inflames them, and how they talk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from bot.core.rehearsal.lines import ClientLine

#: The levels of difficulty, easiest first.
LEVELS = (1, 2, 3)


class Beat(StrEnum):
    """What a line does in the talk."""

    GREET = "greet"
    VENT = "vent"
    SOFTEN = "soften"
    THAW = "thaw"
    ACCEPT = "accept"
    COUNTER = "counter"
    REFUSE = "refuse"
    CANNOT_SAY = "cannot_say"
    REACT_THREATEN = "react_threaten"
    REACT_BLAME = "react_blame"
    REACT_DISMISS = "react_dismiss"
    REACT_ARGUE = "react_argue"
    REACT_PRESSURE = "react_pressure"
    REACT_DISCLOSE = "react_disclose"
    REACT_ACKNOWLEDGE = "react_acknowledge"
    REACT_APOLOGISE = "react_apologise"
    REACT_PARAPHRASE = "react_paraphrase"
    REACT_QUESTION = "react_question"
    REACT_EXPLAIN = "react_explain"
    REACT_DOCUMENTS = "react_documents"
    REACT_LOG_DISPUTE = "react_log_dispute"
    REACT_BOUNDARY = "react_boundary"
    REACT_CONSEQUENCE = "react_consequence"
    REACT_ESCALATE = "react_escalate"
    REACT_SIGNPOST = "react_signpost"
    SILENCE = "silence"
    NUDGE = "nudge"
    PUZZLED = "puzzled"
    REPEAT_QUESTION = "repeat_question"
    MANAGER = "manager"
    HANG_UP = "hang_up"
    CLOSE_WARM = "close_warm"
    CLOSE_COOL = "close_cool"
    PROMISE = "promise"
    BROKEN_WORD = "broken_word"
    TIRED = "tired"
    INTERRUPT = "interrupt"
    SMALL_TALK = "small_talk"
    RECAP_YES = "recap_yes"
    RECAP_NO = "recap_no"


#: The heat bands in which a beat can occur; a persona's lines of the beat lie inside them.
BEAT_HEATS: dict[Beat, frozenset[int]] = {
    **{beat: frozenset({0, 1, 2, 3}) for beat in Beat},
    Beat.SOFTEN: frozenset({0, 1, 2}),
    Beat.THAW: frozenset({0, 1}),
    Beat.ACCEPT: frozenset({0, 1, 2}),
    Beat.COUNTER: frozenset({0, 1, 2}),
    Beat.MANAGER: frozenset({1, 2, 3}),
    Beat.HANG_UP: frozenset({2, 3}),
    Beat.CLOSE_WARM: frozenset({0, 1}),
    Beat.CLOSE_COOL: frozenset({0, 1, 2}),
    Beat.SMALL_TALK: frozenset({0, 1}),
}

#: Beats of which every heat band that they can occur in needs at least two lines.
RICH_BEATS = frozenset(
    {
        Beat.GREET,
        Beat.VENT,
        Beat.SOFTEN,
        Beat.ACCEPT,
        Beat.COUNTER,
        Beat.REFUSE,
        Beat.REACT_THREATEN,
        Beat.REACT_DISMISS,
        Beat.REACT_PRESSURE,
        Beat.MANAGER,
        Beat.HANG_UP,
    }
)

#: The least number of lines of a persona.
FEWEST_LINES = 60


@dataclass(frozen=True)
class PersonaLine(ClientLine):
    """One line of a persona with what it does in the talk."""

    beat: Beat = Beat.VENT


@dataclass(frozen=True)
class TemperSetting:
    """Where temper starts by level, and how strongly it falls and rises compared with others."""

    start: Mapping[int, int]
    cools: float = 1.0
    heats: float = 1.0


@dataclass(frozen=True)
class TrustSetting:
    """Where trust starts by level."""

    start: Mapping[int, int]


@dataclass(frozen=True)
class PatienceSetting:
    """Where patience starts by level, and how fast it runs out compared with others."""

    start: Mapping[int, int]
    tires: float = 1.0


@dataclass(frozen=True)
class Persona:
    """A person on the phone; soft spots are moves that work more than usual, sore spots faults that hurt more."""

    id: str
    name: str
    role: str
    summary: str
    speech: str
    temper: TemperSetting
    trust: TrustSetting
    patience: PatienceSetting
    soft_spots: tuple[str, ...] = ()
    sore_spots: tuple[str, ...] = ()
    lines: tuple[PersonaLine, ...] = ()

    @cached_property
    def _by_beat(self) -> dict[Beat, tuple[PersonaLine, ...]]:
        return {beat: tuple(x for x in self.lines if x.beat is beat) for beat in Beat}

    def of_beat(self, beat: Beat) -> tuple[PersonaLine, ...]:
        """The lines of one beat, in the order in which they were written."""
        return self._by_beat[beat]
