"""A trainee's turn as the client takes it: faults count where the rubric would believe them too, and not on faint hearing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.core.labels import FAULTS, Move, Speaker
from bot.core.reading import HeardLabel, Reading
from bot.core.rehearsal.client_cues import CONFIRMS
from bot.core.rehearsal.collector_acts import Before, acts_of_collector
from bot.core.rehearsal.cues import READ_AT_MOST
from bot.core.rehearsal.proposal import says_yes
from bot.core.rehearsal.record import Rehearsal
from bot.core.rehearsal.scenario import Scenario
from bot.core.rehearsal.scorecard import ScoredTurn

#: A good move heard this surely speaks against a fault that only the plain words show.
_CERTAIN = 0.85
_ASKS = re.compile(
    r"\b(?:could|can|would|will|shall)\b[^.!]{0,80}\b(?:you|we|suit|work)\b[^.!]{0,80}\?", re.I
)
#: How sure a move is that only the plain words show.
_BY_WORDS = 0.5
_NO_GOOD = FAULTS | {Move.NEUTRAL}


def weighed(reading: Reading, rehearsal: Rehearsal, scenario: Scenario) -> Reading:
    """The reading with the faults that stand, by the rule that scores the turn later, and no others.

    Where the recogniser was not sure of anything, the plain words that the rubric goes by speak for the turn.
    """
    acts = acts_of_collector(
        ScoredTurn.of(len(rehearsal.turns), reading),
        reading.text[:READ_AT_MOST],
        _before(rehearsal, scenario),
    )
    kept = tuple(x for x in reading.labels if x.name not in FAULTS or x.name in acts)
    sure = max((x.confidence for x in kept if x.name not in _NO_GOOD), default=0.0)
    plain = tuple(
        HeardLabel(fault.value, 1.0, acts[fault.value])
        for fault in Move
        if fault in FAULTS and fault.value in acts and fault.value not in reading.names
    )
    believed = kept if sure >= _CERTAIN else (*kept, *plain)
    if not reading.labels and not believed:
        laid = rehearsal.state.counter is not None and rehearsal.state.promise is None
        return replace(reading, labels=_by_words(reading, acts, laid and says_yes(reading)))
    # What was heard but not believed was still plain English: it moved nothing, and puzzles nobody.
    idle = (HeardLabel(Move.NEUTRAL.value, 1.0),) if reading.labels and not believed else ()
    return replace(reading, labels=(*believed, *idle))


def _by_words(reading: Reading, acts: Mapping[str, str], takes_up: bool) -> tuple[HeardLabel, ...]:
    moves = {move.value: acts[move.value] for move in Move if move.value in acts}
    types = {entity.type for entity in reading.entities}
    if takes_up:
        moves.setdefault(Move.CONFIRM_AGREEMENT.value, reading.text)
    # A sum or a day in a question that asks to do something is about paying, however it stumbles.
    if types & {"money", "date"} and _ASKS.search(reading.text[:READ_AT_MOST]):
        moves.pop(Move.LOG_DISPUTE.value, None)
        moves.setdefault(Move.SEEK_COMMITMENT.value, reading.text)
    return tuple(HeardLabel(name, _BY_WORDS, words) for name, words in moves.items())


def _before(rehearsal: Rehearsal, scenario: Scenario) -> Before:
    client = [turn.text for turn in rehearsal.turns if turn.speaker is Speaker.CLIENT]
    is_other = not scenario.contact.is_debtor
    return Before(
        own_turns=len(rehearsal.turns) - len(client),
        answered=client[-1] if client else "",
        confirmed=not is_other and any(CONFIRMS.search(text) for text in client),
        is_other=is_other and rehearsal.state.opened,
    )
