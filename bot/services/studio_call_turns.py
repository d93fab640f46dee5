"""Reads the turns of a call and its replacements as a person hands them back; says what is wrong with one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.core.corrections import one_line
from bot.core.errors import InvalidInputError, TooLargeError
from bot.core.labels import Speaker
from bot.core.language.disguise import Replacement
from bot.core.language.redact import redact
from bot.core.studio.masking import MOST_REPLACEMENTS
from bot.core.studio.pasted import MOST_TURNS

#: More than this nobody says in one turn.
LONGEST_TURN = 4_000
LONGEST_NAME = 200


@dataclass(frozen=True)
class SpokenTurn:
    """One turn of a call as it is handed back: who, and the words with names taken out."""

    speaker: Speaker
    text: str


def given_turns(turns: Sequence[Mapping[str, str]]) -> list[SpokenTurn]:
    """The turns as they were confirmed; InvalidInputError names what is wrong with one."""
    if len(turns) > MOST_TURNS:
        raise TooLargeError(f"A call has {MOST_TURNS} turns at most.", field="turns")
    found = []
    for number, turn in enumerate(turns, 1):
        words = one_line(str(turn.get("text") or ""))
        speaker = turn.get("speaker")
        if speaker not in (Speaker.CLIENT, Speaker.COLLECTOR):
            raise InvalidInputError(
                f"Turn {number}: say whether client or collector speaks.", field="turns"
            )
        if len(words) > LONGEST_TURN:
            raise InvalidInputError(
                f"Turn {number} has more than {LONGEST_TURN:,} characters. Cut it in two.",
                field="turns",
            )
        if words:
            found.append(SpokenTurn(Speaker(speaker), redact(words)[0]))
    if not any(turn.speaker is Speaker.CLIENT for turn in found):
        raise InvalidInputError("Nobody speaks as the client in this call.", field="turns")
    return found


def given_replacements(rows: Sequence[Mapping[str, str]]) -> tuple[Replacement, ...]:
    """Replacements as a person has confirmed them; a row without a `was` is passed over."""
    if len(rows) > MOST_REPLACEMENTS:
        raise TooLargeError(
            f"At most {MOST_REPLACEMENTS} replacements are made.", field="replacements"
        )
    found = []
    for row in rows:
        was, now = (one_line(str(row.get(key) or ""))[:LONGEST_NAME] for key in ("was", "now"))
        if was:
            found.append(Replacement(str(row.get("kind") or "person"), was, now or "…"))
    return tuple(found)
