"""Reviews a real call: hears its turns and scores them with the rubric that rehearsals use."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Protocol

from bot.core.labels import Speaker
from bot.core.reading import Reading
from bot.core.rehearsal.rubric import HOUSE_RUBRIC, Rubric, score
from bot.core.rehearsal.scorecard import Reason, Scorecard, ScoredTurn
from bot.core.rehearsal.skills import SKILL_WORDS
from bot.core.rehearsal.transcripts import Transcript, Unreadable

#: Turns that are heard at once, so that memory stays small.
BATCH = 32
#: What a turn that says nothing is: blank lines of a recorder.
_BLANK = "…"


class TurnReader(Protocol):
    """Hears many turns at once: the recogniser of this process, its model loaded once."""

    def read_all(self, turns: Sequence[tuple[str, Speaker]], today: date) -> Sequence[Reading]:
        """What the turns mean, in order."""


class Reviews:
    """Hears transcripts and scores them."""

    def __init__(self, reader: TurnReader, rubric: Rubric = HOUSE_RUBRIC) -> None:
        self._reader = reader
        self._rubric = rubric

    def review(self, transcript: Transcript | Unreadable, today: date) -> dict[str, Any]:
        """One answer for one transcript: its scores, or the record of what is wrong with it."""
        if isinstance(transcript, Unreadable):
            return transcript.as_json()
        turns, card = self.score(transcript, today)
        return review_document(transcript.id, turns, card)

    def score(
        self, transcript: Transcript, today: date
    ) -> tuple[tuple[ScoredTurn, ...], Scorecard]:
        """The turns as they were heard, and the scorecard."""
        turns = self.hear(transcript, today)
        return turns, score(turns, transcript.situation, self._rubric)

    def hear(self, transcript: Transcript, today: date) -> tuple[ScoredTurn, ...]:
        """Hear every turn of a transcript by the labels of its speaker."""
        rows = [(text if text.strip() else _BLANK, speaker) for speaker, text in transcript.turns]
        heard: list[Reading] = []
        for start in range(0, len(rows), BATCH):
            heard += self._reader.read_all(rows[start : start + BATCH], today)
        return tuple(ScoredTurn.of(index, reading) for index, reading in enumerate(heard))


def review_document(id: Any, turns: Sequence[ScoredTurn], card: Scorecard) -> dict[str, Any]:
    """The answer of `parley review`: the scorecard, and for each turn its moves, heat and notes."""
    whole = card.as_json()
    return {
        "id": id,
        "score": whole.pop("score"),
        "skills": whole.pop("skills"),
        "blockers": whole.pop("blockers"),
        "turns": [_turn(turn, card) for turn in turns],
        "outcome": whole.pop("outcome"),
        "summary": whole.pop("summary"),
        **whole,
    }


def _turn(turn: ScoredTurn, card: Scorecard) -> dict[str, Any]:
    is_client = turn.speaker is Speaker.CLIENT
    return {
        "index": turn.index,
        "speaker": turn.speaker.value,
        "moves": list(turn.names),
        "heat": (turn.heat or 0) if is_client else None,
        "notes": [_note(skill, reason) for skill, reason in card.reasons_at(turn.index)]
        + [f"Blocker: {b.note}" for b in card.blockers if b.turn == turn.index],
    }


def _note(skill: str, reason: Reason) -> str:
    return f"{reason.points:+d} {SKILL_WORDS[skill]}: {reason.note}"
