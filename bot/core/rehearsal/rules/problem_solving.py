"""Problem solving: a remedy that fits the objection, concrete, and taken up by the client."""

from __future__ import annotations

from bot.core.labels import OFFERS, Move
from bot.core.rehearsal.heard_call import (
    HeardCall,
)
from bot.core.rehearsal.outcome import GOOD, agreement, outcome_of
from bot.core.rehearsal.rule import Hit, Rule, at, each, whole
from bot.core.rehearsal.rules.moments import first_ear, first_interest
from bot.core.rehearsal.rules.remedies import remedy

_RECAP = Move.CONFIRM_AGREEMENT.value
_SEEK = Move.SEEK_COMMITMENT.value
_AGREED = frozenset({"paid", "plan", "promise"})
_ON_MONEY = (*sorted(OFFERS), _SEEK)


def _remedy(call: HeardCall) -> tuple[Hit, ...]:
    turn = remedy(call)
    return at(turn, *(act for act in (turn.acts if turn else ())))


def _cause_first(call: HeardCall) -> tuple[Hit, ...]:
    asked, fix = first_interest(call) or call.first(Move.OPEN_QUESTION.value), remedy(call)
    met = asked or first_ear(call)
    return (
        at(met, Move.OPEN_QUESTION.value, Move.PARAPHRASE.value, "echo")
        if met and fix and met.place <= fix.place
        else ()
    )


def _concrete(call: HeardCall) -> tuple[Hit, ...]:
    asks = (
        *_ON_MONEY,
        _RECAP,
        Move.LOG_DISPUTE.value,
        Move.SEND_DOCUMENTS.value,
        Move.SCHEDULE_FOLLOW_UP.value,
        Move.ESCALATE.value,
    )
    turn = next(
        (t for t in call.clean if t.place and t.did(*asks) and (t.has_sum or t.has_day)), None
    )
    other = call.first(Move.SIGNPOST.value, Move.ESCALATE.value, Move.SEND_DOCUMENTS.value)
    return at(turn or (None if call.is_about_money else other), *asks)


def _own_step(call: HeardCall) -> tuple[Hit, ...]:
    steps = (
        Move.SEND_DOCUMENTS.value,
        Move.LOG_DISPUTE.value,
        Move.SCHEDULE_FOLLOW_UP.value,
        Move.ESCALATE.value,
        Move.SIGNPOST.value,
        _RECAP,
    )
    return at(call.first(*steps), *steps)


def _agreed(call: HeardCall) -> tuple[Hit, ...]:
    return (
        at(agreement(call), "promise_to_pay", "accept_offer") if outcome_of(call) in _AGREED else ()
    )


def _settled(call: HeardCall) -> tuple[Hit, ...]:
    good = GOOD - _AGREED - {"follow_up"}
    is_calm = not call.client or call.heat_change <= 0
    return whole(outcome_of(call) in good and is_calm and remedy(call) is not None)


def _half_way(call: HeardCall) -> tuple[Hit, ...]:
    return whole(outcome_of(call) == "follow_up" and call.heat_change <= 0)


def _nothing(call: HeardCall) -> tuple[Hit, ...]:
    return whole(outcome_of(call) not in GOOD)


def _same_offer(call: HeardCall) -> tuple[Hit, ...]:
    found = []
    for turn in call.client:
        answer = call.next_collector(turn.place)
        before = [t for t in call.collector if t.place < turn.place]
        if not turn.did("decline_offer") or answer is None or not before:
            continue
        again = {*_ON_MONEY} & answer.acts.keys() & before[-1].acts.keys()
        if (
            again
            and not answer.did(Move.OPEN_QUESTION.value, Move.ACKNOWLEDGE.value, "echo")
            and answer.values <= before[-1].values
        ):
            found.append(Hit(answer.index, answer.quote(*again)))
    return tuple(found)


PROBLEM_SOLVING = (
    Rule(
        "fitting_remedy",
        "problem_solving",
        35,
        "Answered the objection with something that fits it: an offer, the dispute logged, the document, the right team.",
        "mission 5c 000: solution mindset; 3.1: one-click remedies",
        _remedy,
        better="Choose what answers their point: log the dispute, send the paper, or offer a plan with a date.",
    ),
    Rule(
        "cause_first",
        "problem_solving",
        15,
        "The cause was asked for, said back or met before the remedy.",
        "mission 5c 000: time to first option after the cause is known",
        _cause_first,
        better="What's behind it, is it the invoice itself or the cash to pay it?",
    ),
    Rule(
        "concrete_offer",
        "problem_solving",
        15,
        "The offer or step has a sum or a day in it.",
        "mission 4.3 [CONC-L]; 5c 001: payment plans",
        _concrete,
        better="Three payments of £1,583 on the first of each month, starting 1 December.",
    ),
    Rule(
        "own_step",
        "problem_solving",
        10,
        "The collector takes on a step of their own.",
        "mission 5c 001: take responsibility for our part",
        _own_step,
        better="I'll send the statement this afternoon and ring you on Thursday.",
    ),
    Rule(
        "agreed",
        "problem_solving",
        30,
        "The client agreed or promised, and did not take it back.",
        "mission 5c 000: win-win: graded on recovery and client acceptance",
        _agreed,
        better="Put one proposal to them, then wait for the yes or the no.",
    ),
    Rule(
        "settled",
        "problem_solving",
        30,
        "The case went where it belongs (dispute logged, documents, handed over, protocol), and the client was no hotter for it.",
        "mission 5c 001: escalation protocol; 3.7 protocols",
        _settled,
        applies=lambda call: outcome_of(call) not in _AGREED,
        better="Say where their case goes from here, and when they hear from us.",
    ),
    Rule(
        "half_way",
        "problem_solving",
        15,
        "At least the next contact is fixed.",
        "mission 5c 000: open line, periodic check-ins",
        _half_way,
        applies=lambda call: outcome_of(call) not in _AGREED,
    ),
    Rule(
        "nothing_reached",
        "problem_solving",
        -20,
        "The call ended with nothing: no agreement, no step, no next contact.",
        "mission 5c 001: score needs a next step",
        _nothing,
        better="Never hang up without one next step: a day, a document, a name.",
    ),
    Rule(
        "same_offer_again",
        "problem_solving",
        -15,
        "After a no, the same was proposed again.",
        "mission 4.3: negotiation aspects [DCN], CaSiNo [CAS]",
        _same_offer,
        2,
        better="What about it doesn't work, the sum or the day?",
    ),
    Rule(
        "pressed",
        "problem_solving",
        -20,
        "Pushed to borrow, sell, or decide this minute.",
        "mission 3.6: CONC 7.3 [CONC-7.3]",
        lambda call: each(call.collector, "pressure"),
        better="What could you manage without putting yourself in difficulty?",
    ),
)
