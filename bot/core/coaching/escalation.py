"""When a call goes up: a state machine whose step fires only when its alternatives are tried or its trigger is absolute.

not_yet ──trigger, something untried──▶ not_yet (says what is untried)
   │  └──trigger, all tried──▶ ready ──collector hands over──▶ handed_over
   └──absolute trigger──▶ required ──collector hands over──▶ handed_over
paused: the ladder towards the client stands still; triggers still fire.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from bot.core.account import Account
from bot.core.coaching.advice import EscalationAdvice, Option, OptionKind, OptionStatus
from bot.core.coaching.ladder import NeutralParty, Rung, next_lawful_step, pause_of
from bot.core.coaching.memory import CallMemory
from bot.core.coaching.position import Position
from bot.core.dates import Calendar
from bot.core.labels import Move

NOT_YET, READY, REQUIRED = "not_yet", "ready", "required"
PAUSED, HANDED_OVER = "paused", "handed_over"

#: The trigger that no label gives: what the client needs is beyond the collector's authority.
AUTHORITY_EXCEEDED = "authority_exceeded"

UNTRIED_SHOWN = 4

#: Whose trigger names the person for the client when the record, not the call, brought the protocol.
_TRIGGER_OF = {
    "texas": "vulnerability",
    "blake": "vulnerability",
    "adviser_in_charge": "adviser_in_charge",
    "insolvency": "insolvency",
}


@dataclass(frozen=True)
class Trigger:
    """What sends a call up: a label heard or a heat reached so many times, or a condition by its id."""

    id: str
    reason: str
    hand_to: str
    absolute: bool = False
    label: str | None = None
    heat: int | None = None
    times: int = 1

    def fires(self, memory: CallMemory) -> bool:
        """Whether the call so far has set it off."""
        if self.id in memory.triggers:
            return True
        if self.label:
            return memory.count(self.label) >= self.times
        if self.heat is not None:
            hot = memory.heat_3_turns if self.heat == 3 else _at_least(memory, self.heat)
            return hot >= self.times
        return False


@dataclass(frozen=True)
class Alternative:
    """Something to try before a call goes up: on which labels, and by which move or option it counts as tried."""

    id: str
    text: str
    labels: frozenset[str] = frozenset()
    moves: frozenset[str] = frozenset()
    kind: OptionKind | None = None

    def is_open(self, memory: CallMemory) -> bool:
        """Whether it fits what was heard and is neither tried nor closed on this account."""
        if self.labels and not self.labels.intersection(memory.heard or {}):
            return False
        if any(memory.did(move) for move in self.moves):
            return False
        if self.kind is None:
            return True
        tried = (*memory.offered, *memory.refused, *memory.accepted)
        return self.kind.value in memory.open_kinds and self.kind.value not in tried


@dataclass(frozen=True)
class EscalationRules:
    """The ladder, the triggers, what is tried first, and who stands outside."""

    rungs: tuple[Rung, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    neutral: tuple[NeutralParty, ...] = ()
    follow_up_days: int = 7


def note_options(
    memory: CallMemory, options: Iterable[Option], labels: Collection[str]
) -> CallMemory:
    """Remember which options stand open, and whether what fits is beyond the collector's authority."""
    options = tuple(options)
    if not options:
        return memory
    open_kinds = tuple(
        dict.fromkeys(o.kind.value for o in options if o.status is OptionStatus.OPEN)
    )
    # Closed or waiting for a senior, and in no form the collector's own to grant.
    beyond = tuple(dict.fromkeys(o.kind.value for o in options if o.kind.value not in open_kinds))
    above = any(o.status is OptionStatus.NEEDS_APPROVAL for o in options)
    left = set(open_kinds) - set(memory.refused) - {OptionKind.FULL_PAYMENT.value}
    exceeded = above and not left and ("plan_request" in labels or "decline_offer" in labels)
    triggers = memory.triggers
    if exceeded and AUTHORITY_EXCEEDED not in triggers:
        triggers = (*triggers, AUTHORITY_EXCEEDED)
    return replace(memory, open_kinds=open_kinds, beyond_kinds=beyond, triggers=triggers)


def escalate(
    memory: CallMemory,
    account: Account,
    position: Position,
    rules: EscalationRules,
    calendar: Calendar,
) -> EscalationAdvice:
    """Say where the ladder stands after this turn."""
    if memory.escalation_state == HANDED_OVER:
        return EscalationAdvice(HANDED_OVER, reason="The call has been handed over.")
    fired = [trigger for trigger in rules.triggers if trigger.fires(memory)]
    absolute = next((trigger for trigger in fired if trigger.absolute), None)
    if absolute:
        return _hand_over(REQUIRED, absolute)
    if memory.protocol:
        return _protected(memory, account, position, rules, fired)
    untried = tuple(a.text for a in rules.alternatives if a.is_open(memory))
    if fired and not untried:
        return _hand_over(READY, fired[0])
    shown = untried[:UNTRIED_SHOWN]
    reason = fired[0].reason if fired else ""
    hand_to = fired[0].hand_to if fired else None
    paused = pause_of(memory, account, position)
    if paused:
        return EscalationAdvice(PAUSED, None, shown, f"{reason} {paused}".strip(), hand_to)
    step = next_lawful_step(rules.rungs, account, position, calendar)
    return EscalationAdvice(NOT_YET, step.text if step else None, shown, reason, hand_to)


def after_move(memory: CallMemory) -> CallMemory:
    """Move on to handed over when the collector has handed over what was ready to go up."""
    if memory.escalation_state in (READY, REQUIRED) and memory.did(Move.ESCALATE.value):
        return replace(memory, escalation_state=HANDED_OVER)
    return memory


def _hand_over(state: str, trigger: Trigger) -> EscalationAdvice:
    return EscalationAdvice(
        state,
        f"Hand over to {trigger.hand_to}, with the hand-over packet",
        (),
        trigger.reason,
        trigger.hand_to,
    )


def _protected(
    memory: CallMemory,
    account: Account,
    position: Position,
    rules: EscalationRules,
    fired: list[Trigger],
) -> EscalationAdvice:
    """Nothing is tried and no step is named under a protocol; who looks after such a client is."""
    about = _TRIGGER_OF.get(memory.protocol or "")
    keeper = next((t for t in rules.triggers if t.id == about), None) or next(iter(fired), None)
    reason = pause_of(memory, account, position) or "Paused: a protocol stands."
    return EscalationAdvice(PAUSED, None, (), reason, keeper.hand_to if keeper else None)


def _at_least(memory: CallMemory, heat: int) -> int:
    return sum(value >= heat for value in memory.heat_path)
