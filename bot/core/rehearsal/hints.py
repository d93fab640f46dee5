"""Hints in four fading levels: the phrase, the move, a question to think about, and only where the call stands."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.core.coaching.desk import Desk
from bot.core.errors import ConflictError, InvalidInputError
from bot.core.rehearsal.better import Prompter
from bot.core.rehearsal.phases import Phase, phase_of, step_of
from bot.core.rehearsal.record import HintUsed, Mode, Rehearsal
from bot.core.rehearsal.scenario import Scenario
from bot.core.rehearsal.words import MOVE_WORDS

#: Points of the score that each level costs; the more it gives away, the more.
COSTS = {1: 4, 2: 2, 3: 1, 4: 0}


@dataclass(frozen=True)
class Hint:
    """One hint: how much it gives away (1 most), its text, what it costs, and the phase it is about."""

    level: int
    text: str
    cost: int
    phase: Phase


def hint(rehearsal: Rehearsal, scenario: Scenario, desk: Desk, level: int) -> Hint:
    """Give a hint for the trainee's next turn."""
    if level not in COSTS:
        raise InvalidInputError("Hints have the levels 1 to 4.", field="level")
    if rehearsal.mode is Mode.EXAM:
        raise ConflictError("An exam has no hints.")
    if rehearsal.is_over:
        raise ConflictError("This call has ended; there is nothing left to say.")
    state = rehearsal.state
    phase = phase_of(state, scenario)
    step = step_of(phase, state, scenario)
    text = {
        1: lambda: _phrase(rehearsal, scenario, desk, phase),
        2: lambda: f"A good collector has {MOVE_WORDS[step.move]} by now.",
        3: lambda: step.question,
        4: lambda: f"{step.words}.",
    }[level]()
    return Hint(level, text, COSTS[level], phase)


def with_hint(rehearsal: Rehearsal, given: Hint) -> Rehearsal:
    """The rehearsal with the hint on record."""
    used = HintUsed(len(rehearsal.turns), given.level, given.cost)
    return replace(rehearsal, hints_used=(*rehearsal.hints_used, used))


def _phrase(rehearsal: Rehearsal, scenario: Scenario, desk: Desk, phase: Phase) -> str:
    prompter = Prompter(rehearsal, scenario, desk)
    found = prompter.model_turn(phase) or prompter.next_line(rehearsal.state)
    return found or step_of(phase, rehearsal.state, scenario).question
