"""Decides whether a client turn earns the panel: one main card at a time, and silence when nothing is to be gained."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.coaching.memory import CallMemory
from bot.core.coaching.playbook import Play, Playbook
from bot.core.labels import SILENT, Signal
from bot.core.reading import Reading

#: A card weighs less with every client turn since, and when the collector has answered it.
WEIGHT_LOST_PER_TURN = 30
WEIGHT_LOST_WHEN_ANSWERED = 30

#: Turns that end the argument come up whatever card stands.
OUTCOMES = frozenset({Signal.PROMISE_TO_PAY.value, Signal.ACCEPT_OFFER.value})

#: Figures that make new options of an old subject.
_FIGURES = frozenset({"money", "date", "instalments", "percentage", "invoice_number"})

#: Who has done this long needs fewer words: lines shown, cooldown factor, priority below which one line is enough.
SENIOR = "senior"
_LINES = {SENIOR: 2}
_COOLDOWN_FACTOR = {SENIOR: 2}
ROUTINE_BELOW = 50


@dataclass(frozen=True)
class Choice:
    """What earned the panel: the plays of the turn, the leading one first; none, and the outcome says why."""

    plays: tuple[Play, ...]
    outcome: str = "shown"

    @property
    def leader(self) -> Play:
        """The play whose card is shown."""
        return self.plays[0]


def choose_card(
    memory: CallMemory, reading: Reading, playbook: Playbook, seniority: str = "junior"
) -> Choice:
    """Choose the turn's card, against the one that stands in `memory` (with this turn counted already)."""
    if reading.is_silent:
        return Choice((), "not_sure" if "unsure" in reading.flags else "quiet")
    plays = _plays_of(reading, playbook)
    if not plays:
        return Choice((), "quiet")
    leader = plays[0]
    if leader.label == memory.card:
        rested = _turns_shown(memory) >= _cooldown(leader, seniority)
        fresh = rested or _has_news(memory, reading)
        return Choice(plays) if fresh else Choice((), "cooldown")
    if memory.card and not _outranks(plays, memory):
        return Choice((), "outranked")
    return Choice(plays)


def lines_wanted(play: Play, heat: int, seniority: str) -> int:
    """How many lines to show: a senior sees fewer, and one will do for a calm routine matter."""
    if seniority == SENIOR and play.priority < ROUTINE_BELOW and heat < 2:
        return 1
    return _LINES.get(seniority, 3)


def wants_avoid(play: Play, heat: int, seniority: str) -> bool:
    """Whether the reminder of what not to say matters now."""
    return heat >= 2 or (seniority != SENIOR and (heat >= 1 or play.priority >= ROUTINE_BELOW))


def wants_ask(play: Play, heat: int, seniority: str) -> bool:
    """Whether a question is shown besides the lines."""
    return seniority != SENIOR or play.priority >= ROUTINE_BELOW or heat >= 2


def heat_trend(path: tuple[int, ...]) -> str:
    """Where the last three client turns lead: rising, falling or steady."""
    last = path[-3:]
    if len(last) < 2 or last[-1] == last[0]:
        return "steady"
    return "rising" if last[-1] > last[0] else "falling"


def _plays_of(reading: Reading, playbook: Playbook) -> tuple[Play, ...]:
    found = [
        (play, label.confidence)
        for label in reading.labels
        if label.name not in SILENT
        and (play := playbook.play(label.name)) is not None
        and not play.is_vetoed_by(reading.text)
    ]
    found.sort(key=lambda pair: (-pair[0].priority, -pair[1]))
    return tuple(play for play, _ in found)


def _turns_shown(memory: CallMemory) -> int:
    return memory.client_turns - memory.card_turn


def _cooldown(play: Play, seniority: str) -> int:
    return play.cooldown_turns * _COOLDOWN_FACTOR.get(seniority, 1)


def _has_news(memory: CallMemory, reading: Reading) -> bool:
    hotter = reading.heat > memory.card_heat
    more = set(reading.names) - SILENT - set(memory.card_labels)
    return hotter or bool(more) or any(e.type in _FIGURES for e in reading.entities)


def _outranks(plays: tuple[Play, ...], memory: CallMemory) -> bool:
    if any(play.label in OUTCOMES for play in plays):
        return True
    weight = memory.card_priority - WEIGHT_LOST_PER_TURN * _turns_shown(memory)
    if memory.answered:
        weight -= WEIGHT_LOST_WHEN_ANSWERED
    return plays[0].priority >= weight
