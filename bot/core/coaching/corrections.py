"""After a fault move: one private word to the collector, with a lawful and better line."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from bot.core.coaching.advice import Correction
from bot.core.coaching.folding import offered_in
from bot.core.coaching.ladder import LadderStep
from bot.core.coaching.memory import CallMemory
from bot.core.coaching.playbook import Line, fill
from bot.core.labels import FAULTS, OFFERS, Move
from bot.core.reading import Reading

#: Faults by the account, not by the words: money under a protocol, an offer beyond one's authority,
#: a consequence stated where the ladder has no lawful step.
IN_PROTOCOL = "money_in_protocol"
NO_AUTHORITY = "beyond_authority"
NO_GROUND = Move.STATE_CONSEQUENCE.value

_ABOUT_MONEY = OFFERS | {Move.SEEK_COMMITMENT.value, NO_GROUND}

#: Words of the last steps; they may be said only when the next step is one of these.
_LAST_STEPS = re.compile(
    r"\b(?:courts?|ccjs?|bailiffs?|solicitors?|lawyers?|attorneys?|sue|legal action|legal team"
    r"|(?:debt |collection )agency|winding[- ]up|statutory demand)\b",
    re.I,
)

#: The gravest first; the first three are never passed over, however lately the last word was.
FAULT_ORDER = (
    Move.DISCLOSE.value,
    Move.THREATEN.value,
    IN_PROTOCOL,
    Move.PRESSURE.value,
    Move.BLAME.value,
    Move.DISMISS.value,
    Move.ARGUE.value,
    NO_GROUND,
    NO_AUTHORITY,
)
_ALWAYS = frozenset(FAULT_ORDER[:3])


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
    by_account: Collection[str] = (),
) -> tuple[Correction | None, CallMemory]:
    """Choose the correction for a collector turn, if one is due; `memory` has the turn counted already.

    `facts` may hold `consequence`, the ladder's next lawful step in words.
    """
    heard = {name for name in reading.names if name in FAULTS} | set(by_account)
    fault = next((name for name in FAULT_ORDER if name in heard), None)
    if fault is None or fault not in rules.faults:
        return None, memory
    rested = memory.turns - memory.last_correction_turn >= rules.cooldown_turns
    if not rested and fault not in _ALWAYS:
        return None, memory
    rule = rules.faults[fault]
    line = _better(rule, memory, facts)
    correction = Correction(
        fault, _evidence(reading, fault), rule.note, fill(line.text, facts) if line else ""
    )
    counted = replace(
        memory,
        corrections=memory.corrections + 1,
        last_correction_turn=memory.turns,
        said_line_ids=(*memory.said_line_ids, line.id) if line else memory.said_line_ids,
    )
    return correction, counted


def faults_by_account(
    memory: CallMemory, reading: Reading, step: LadderStep | None
) -> frozenset[str]:
    """What is a fault on this account now, though the words are not: `step` is the one that may be named."""
    moves = set(reading.names)
    found: set[str] = set()
    if memory.protocol and moves & _ABOUT_MONEY:
        return frozenset({IN_PROTOCOL})
    beyond = set(offered_in(reading)).intersection(memory.beyond_kinds)
    if moves & OFFERS and beyond and memory.escalation_state != "handed_over":
        found.add(NO_AUTHORITY)
    if NO_GROUND in moves and step is None:
        found.add(NO_GROUND)
    elif NO_GROUND in moves and step and _names_a_later_step(reading.text, step):
        found.add(Move.THREATEN.value)
    return frozenset(found)


def _names_a_later_step(text: str, step: LadderStep) -> bool:
    # Court named while a letter comes first would be a threat of a step that is not meant yet.
    return bool(_LAST_STEPS.search(text)) and not _LAST_STEPS.search(f"{step.title} {step.says}")


def _evidence(reading: Reading, fault: str) -> str:
    own = reading.evidence_of(fault)
    behind = (x.evidence for x in reading.labels if x.name in _ABOUT_MONEY)
    return own or next(behind, "")


def _better(rule: FaultCorrection, memory: CallMemory, facts: Mapping[str, str]) -> Line | None:
    fitting = [line for line in rule.better if line.placeholders <= facts.keys()]
    fresh = [line for line in fitting if line.id not in memory.said_line_ids]
    about = set(memory.card_labels)
    # Lines for the label at hand, then the concrete ones, then the order of the file.
    ranked = sorted(
        fresh, key=lambda x: (not about & rule.labels.get(x.id, frozenset()), -min(x.concrete, 1))
    )
    return next(iter(ranked), None)
