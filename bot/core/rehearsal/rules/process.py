"""Process: who is who, what is written down, and how the call ends."""

from __future__ import annotations

import re

from bot.core.labels import Move, Objection
from bot.core.rehearsal.blockers import money_in_protocol, told_a_third_party
from bot.core.rehearsal.heard_call import (
    DISPUTES,
    HeardCall,
)
from bot.core.rehearsal.outcome import GOOD, outcome_of
from bot.core.rehearsal.rule import Hit, Rule, at, each, whole
from bot.core.rehearsal.rules.moments import first_ear, first_interest, recap

_THANKS = re.compile(
    r"\b(?:thank(?:s| you)|cheers|bye|take care|all the best|good (?:day|luck))\b", re.I
)
_GREET = Move.GREET_IDENTIFY.value
_ESCALATE = Move.ESCALATE.value
_SIGNPOST = Move.SIGNPOST.value
_FOLLOW_UP = Move.SCHEDULE_FOLLOW_UP.value
_OPENING, _CLOSING = 3, 2


#: What is to be written down for an objection: any one of these moves.
RECORDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        sorted(DISPUTES), (Move.LOG_DISPUTE.value, Move.SEND_DOCUMENTS.value, _ESCALATE)
    ),
    Objection.MISSING_PAPERWORK.value: (Move.SEND_DOCUMENTS.value,),
    Objection.PAYMENT_CLAIMED.value: (
        Move.OPEN_QUESTION.value,
        Move.SEND_DOCUMENTS.value,
        Move.LOG_DISPUTE.value,
        _FOLLOW_UP,
    ),
    Objection.FORMAL_COMPLAINT.value: (_ESCALATE, Move.LOG_DISPUTE.value),
    Objection.VULNERABILITY.value: (_ESCALATE, _SIGNPOST, _FOLLOW_UP),
    Objection.ADVISER_IN_CHARGE.value: (
        Move.OPEN_QUESTION.value,
        _ESCALATE,
        _FOLLOW_UP,
        Move.SEND_DOCUMENTS.value,
    ),
    Objection.INSOLVENCY.value: (Move.OPEN_QUESTION.value, _ESCALATE),
    Objection.THIRD_PARTY.value: (_FOLLOW_UP, Move.OPEN_QUESTION.value, _SIGNPOST, _ESCALATE),
    Objection.NO_CONTACT.value: (
        Move.CONFIRM_AGREEMENT.value,
        Move.SEND_DOCUMENTS.value,
        Move.OPEN_QUESTION.value,
        _FOLLOW_UP,
        Move.ACKNOWLEDGE.value,
    ),
}


def _next_step(call: HeardCall) -> tuple[Hit, ...]:
    turn = recap(call) or call.first(_FOLLOW_UP)
    return at(turn, Move.CONFIRM_AGREEMENT.value, _FOLLOW_UP) if outcome_of(call) in GOOD else ()


def _identified(call: HeardCall) -> tuple[Hit, ...]:
    return at(call.first(_GREET, among=call.collector[:_OPENING]), _GREET)


def _to_record(call: HeardCall) -> tuple[str, ...]:
    return tuple(label for label in RECORDS if label in call.heard | call.protections)


def _recorded(call: HeardCall) -> tuple[Hit, ...]:
    wanted = _to_record(call)
    if not wanted:
        return whole(bool(call.clean))
    turn = call.first(*(move for label in wanted for move in RECORDS[label]))
    return at(turn, *(move for label in wanted for move in RECORDS[label]))


def _not_recorded(call: HeardCall) -> tuple[Hit, ...]:
    if not DISPUTES & call.heard or _recorded(call):
        return ()
    turn = next((t for t in call.client if t.did(*DISPUTES)), None)
    return at(turn, *sorted(DISPUTES))


def _closed(call: HeardCall) -> tuple[Hit, ...]:
    last = [turn for turn in call.collector[-_CLOSING:] if not turn.is_faulty]
    turn = next(
        (t for t in reversed(last) if t.did(Move.CLOSE_POLITELY.value) or _THANKS.search(t.text)),
        None,
    )
    return at(turn, Move.CLOSE_POLITELY.value)


def _in_order(call: HeardCall) -> tuple[Hit, ...]:
    fix, met = call.first_fix, first_interest(call) or first_ear(call)
    is_met = met is not None and (fix is None or met.place <= fix.place)
    summed = recap(call)
    return whole(is_met and (summed is None or fix is None or summed.place >= fix.place))


def _disclosed(call: HeardCall) -> tuple[Hit, ...]:
    told = tuple(Hit(turn.index, quote) for turn, quote in told_a_third_party(call))
    return each(call.collector, "disclose") or told


def _money_under_protocol(call: HeardCall) -> tuple[Hit, ...]:
    return tuple(Hit(turn.index, quote) for turn, quote in money_in_protocol(call))


PROCESS = (
    Rule(
        "identified",
        "process",
        30,
        "Said who is calling and checked who is speaking, within the first three turns.",
        "mission 2: CBE steps verify, identify, purpose [ZEN]; 3.5 opening",
        _identified,
        better="Good morning, Amina from Northgate Supplies. Is that Mr Keane?",
    ),
    Rule(
        "recorded",
        "process",
        20,
        "What had to be written down was: dispute logged, document sent, complaint or protection passed on; or there was nothing.",
        "mission 3.1: dispute per invoice; 3.7 protocols; 5c 000 written documentation",
        _recorded,
        better="I'm logging that as a dispute on invoice 4417 now, and that part is on hold.",
    ),
    Rule(
        "next_step_fixed",
        "process",
        25,
        "The call ends with the agreement summed up or the next contact fixed.",
        "mission 5c 001: next step; promise capture read back",
        _next_step,
        better="I'll send that in writing today and ring you on Friday at ten.",
    ),
    Rule(
        "closed_politely",
        "process",
        15,
        "Thanked and closed courteously.",
        "mission 2: CBE step close [ZEN]; 5c 001 rapport",
        _closed,
        better="Thanks for talking it through with me, Dermot. Mind yourself.",
    ),
    Rule(
        "in_order",
        "process",
        10,
        "Listened or met the client first, then proposed, then summed up.",
        "mission 2: CBE eight steps [ZEN]",
        _in_order,
        better="Identify, hear them, propose, sum up, close.",
    ),
    Rule(
        "disclosed",
        "process",
        -60,
        "Spoke of the debt to somebody not verified or not the debtor.",
        "mission 3.5 [FD-D]; 4.2 verify before disclose [DCA]",
        _disclosed,
        better="I may not discuss it, but I can leave a number.",
    ),
    Rule(
        "money_under_protocol",
        "process",
        -40,
        "Asked for money where a protocol rules.",
        "product 1.5; mission 3.6 breathing space, 3.7",
        _money_under_protocol,
    ),
    Rule(
        "unlawful_step",
        "process",
        -30,
        "Threatened a step that is not lawful or not intended.",
        "mission 3.5 [FD-E]",
        lambda call: each(call.collector, "threaten"),
    ),
    Rule(
        "not_recorded",
        "process",
        -15,
        "A dispute was heard and neither logged, looked into nor passed on.",
        "mission 3.1: dispute is logged per invoice",
        _not_recorded,
        better="Let me log that: which lines, and what was short?",
    ),
)
