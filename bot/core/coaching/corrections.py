"""After a fault move: one private word to the collector, with a lawful and better line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.core.coaching.advice import Correction
from bot.core.coaching.memory import CallMemory
from bot.core.coaching.playbook import Line, fill
from bot.core.labels import FAULTS, Move
from bot.core.reading import Reading

#: A consequence stated where the ladder has no lawful step: a fault by the account, not by the words.
NO_GROUND = Move.STATE_CONSEQUENCE.value

#: The gravest first; the first two are never passed over, however lately the last word was.
FAULT_ORDER = (
    Move.DISCLOSE.value,
    Move.THREATEN.value,
    Move.PRESSURE.value,
    Move.BLAME.value,
    Move.DISMISS.value,
    Move.ARGUE.value,
    NO_GROUND,
)
_ALWAYS = frozenset(FAULT_ORDER[:2])


@dataclass(frozen=True)
class FaultCorrection:
    """What is said about one fault: why it harms, and better lines, those for the label at hand first."""

    fault: str
    note: str
    better: tuple[Line, ...]
    labels: Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Corrections:
    """The corrections by fault, and how many turns lie between two of them."""

    faults: Mapping[str, FaultCorrection]
    cooldown_turns: int = 4


def correct(
    memory: CallMemory,
    reading: Reading,
    rules: Corrections,
    facts: Mapping[str, str],
    *,
    has_lawful_step: bool = True,
) -> tuple[Correction | None, CallMemory]:
    """Choose the correction for a collector turn, if one is due; `memory` has the turn counted already.

    `facts` may hold `consequence`, the ladder's next lawful step in words.
    """
    fault = _gravest(reading, has_lawful_step)
    if fault is None or fault not in rules.faults:
        return None, memory
    rested = memory.turns - memory.last_correction_turn >= rules.cooldown_turns
    if not rested and fault not in _ALWAYS:
        return None, memory
    rule = rules.faults[fault]
    line = _better(rule, memory, facts)
    correction = Correction(
        fault, reading.evidence_of(fault), rule.note, fill(line.text, facts) if line else ""
    )
    counted = replace(
        memory,
        corrections=memory.corrections + 1,
        last_correction_turn=memory.turns,
        said_line_ids=(*memory.said_line_ids, line.id) if line else memory.said_line_ids,
    )
    return correction, counted


def _gravest(reading: Reading, has_lawful_step: bool) -> str | None:
    heard = {name for name in reading.names if name in FAULTS}
    if NO_GROUND in reading.names and not has_lawful_step:
        heard.add(NO_GROUND)
    return next((fault for fault in FAULT_ORDER if fault in heard), None)


def _better(rule: FaultCorrection, memory: CallMemory, facts: Mapping[str, str]) -> Line | None:
    fitting = [line for line in rule.better if line.placeholders <= facts.keys()]
    fresh = [line for line in fitting if line.id not in memory.said_line_ids]
    about = set(memory.card_labels)
    # Lines for the label at hand, then the concrete ones, then the order of the file.
    ranked = sorted(
        fresh, key=lambda x: (not about & rule.labels.get(x.id, frozenset()), -min(x.concrete, 1))
    )
    return next(iter(ranked), None)
