"""Firmness: a day and a sum asked for, with neither push nor surrender."""

from __future__ import annotations

from bot.core.labels import OFFERS, Move
from bot.core.rehearsal import cues
from bot.core.rehearsal.blockers import money_in_protocol
from bot.core.rehearsal.heard_call import (
    DISPUTES,
    OBJECTIONS,
    HeardCall,
    HeardTurn,
)
from bot.core.rehearsal.outcome import GOOD, agreement, outcome_of
from bot.core.rehearsal.rule import Hit, Rule, at, each, whole
from bot.core.rehearsal.rules.moments import first_ear, first_interest, recap
from bot.core.rehearsal.rules.requests import (
    asked_for_it,
    first_request,
    is_open_case,
    own_next_step,
)

_RECAP = Move.CONFIRM_AGREEMENT.value
_SEEK = Move.SEEK_COMMITMENT.value
_CONSEQUENCE = Move.STATE_CONSEQUENCE.value
_HELD_OFF = frozenset({"stalling", "refusal", "decline_offer"})
_AGREED = frozenset({"paid", "plan", "promise"})
#: A first request later than this collector turn, and in the last part of the call, is late.
_IN_TIME, _IN_TIME_PART = 5, 0.6


def _got_it(call: HeardCall) -> tuple[Hit, ...]:
    agreed = agreement(call)
    if agreed is None:
        is_dated = not call.is_about_money or is_open_case(call)
        step = own_next_step(call) if is_dated and outcome_of(call) in GOOD else None
        return at(step) if step and (step.has_day or not call.is_about_money or recap(call)) else ()
    fixed = agreed if agreed.has_day or agreed.has_sum else recap(call)
    before = [t for t in call.clean if t.place < agreed.place]
    if fixed is None and before and (before[-1].has_day or before[-1].has_sum):
        fixed = before[-1]
    return at(fixed, "promise_to_pay", _RECAP)


def _in_time(call: HeardCall) -> tuple[Hit, ...]:
    asked = first_request(call) or own_next_step(call)
    if asked is None:
        return ()
    rank = call.collector.index(asked) + 1
    return (
        at(asked, _SEEK, *OFFERS)
        if rank <= max(_IN_TIME, _IN_TIME_PART * len(call.collector))
        else ()
    )


def _is_abused(call: HeardCall) -> bool:
    return any(turn.heat == 3 for turn in call.client)


def _boundary(call: HeardCall) -> tuple[Hit, ...]:
    return at(call.first(Move.SET_BOUNDARY.value), Move.SET_BOUNDARY.value)


def _is_early(call: HeardCall, turn: HeardTurn) -> bool:
    lent = first_interest(call) or first_ear(call)
    held_off = any(t.did(*_HELD_OFF) and t.place < turn.place for t in call.client)
    return call.protected_from is not None or not lent or lent.place >= turn.place or not held_off


def _warned_late(call: HeardCall) -> tuple[Hit, ...]:
    turn = call.first(_CONSEQUENCE)
    return at(turn, _CONSEQUENCE) if turn and not _is_early(call, turn) else ()


def _warned_early(call: HeardCall) -> tuple[Hit, ...]:
    turn = call.first(_CONSEQUENCE, among=call.collector)
    lent = first_interest(call) or first_ear(call)
    return at(turn, _CONSEQUENCE) if turn and (not lent or lent.place >= turn.place) else ()


def _let_go(call: HeardCall) -> tuple[Hit, ...]:
    raised = any(OBJECTIONS & turn.acts.keys() for turn in call.client)
    is_lost = call.is_about_money and raised and not asked_for_it(call)
    return (
        at(call.collector[-1])
        if is_lost and call.collector and outcome_of(call) not in _AGREED
        else ()
    )


def _gave_away(call: HeardCall) -> tuple[Hit, ...]:
    given = call.first(Move.OFFER_CONCESSION.value)
    lent = first_interest(call) or first_ear(call)
    asked = any(
        t.did("plan_request", *DISPUTES) and given and t.place < given.place for t in call.client
    )
    early = call.is_about_money and given and not asked and (not lent or lent.place > given.place)
    return at(given, Move.OFFER_CONCESSION.value) if early else ()


def _sorry_to_ask(call: HeardCall) -> tuple[Hit, ...]:
    return tuple(
        Hit(turn.index, cues.sentence_of(turn.text, *found.span()))
        for turn in call.collector
        if (found := cues.SORRY_TO_ASK.search(turn.text))
    )


def _protocol_broken(call: HeardCall) -> tuple[Hit, ...]:
    return tuple(Hit(turn.index, quote) for turn, quote in money_in_protocol(call))


FIRMNESS = (
    Rule(
        "asked_for_it",
        "firmness",
        40,
        "Asked for a day or a sum, or proposed both; in an open dispute, fixed the day; in a protected call, left money alone and kept to the protocol.",
        "mission 5c 000: firm but professional: commitment asked",
        asked_for_it,
        better="Which day this week can we put that down for?",
    ),
    Rule(
        "got_it_fixed",
        "firmness",
        25,
        "A day or a sum was fixed, by the client or in the recap.",
        "mission 3.1: promise to pay: amount, date",
        _got_it,
        better="So Friday, £500, by transfer. Shall I note that as agreed?",
    ),
    Rule(
        "asked_in_time",
        "firmness",
        15,
        "The request came within the first five turns or the first three fifths of the call.",
        "mission 5c 004: confident ask within the first minutes",
        _in_time,
        better="Ask once you have heard them out; don't save it for the end.",
    ),
    Rule(
        "boundary",
        "firmness",
        20,
        "At heat 3, set a calm boundary instead of arguing.",
        "mission 3.3: heat 3 twice; taxonomy set_boundary",
        _boundary,
        applies=_is_abused,
        better="I want to sort this out with you, and I can if we keep it civil.",
    ),
    Rule(
        "no_boundary_needed",
        "firmness",
        20,
        "Nobody was abusive, and the collector held the line.",
        "house rule: no skill is marked down for what a call did not ask for",
        lambda call: whole(not _is_abused(call) and bool(asked_for_it(call))),
        applies=lambda call: not _is_abused(call),
    ),
    Rule(
        "lawful_warning",
        "firmness",
        10,
        "A consequence was stated, lawfully and late: after listening, and after the client had put it off or refused.",
        "mission 5c 000: consequences for non-compliance",
        _warned_late,
        applies=lambda call: bool(_HELD_OFF & call.heard),
        better="If we can't fix a day, the next step is a letter; I'd rather fix it with you.",
    ),
    Rule(
        "warned_too_early",
        "firmness",
        -20,
        "A consequence was stated before anything was asked or heard.",
        "mission 5c 001: last resort; 3.3 ladder",
        _warned_early,
        better="Keep the consequence until they have been heard and have put you off.",
    ),
    Rule(
        "let_go",
        "firmness",
        -30,
        "Let the client go without asking for a day or a sum.",
        "mission 5c 004: payment is part of the relationship; no apology for asking",
        _let_go,
        better="Before we go: which day, and how much?",
    ),
    Rule(
        "gave_away",
        "firmness",
        -15,
        "A concession before anything was asked for or heard.",
        "mission 4.3: models over-concede [DCN]; 3.2 authority",
        _gave_away,
        better="Find out what they can do before you give anything.",
    ),
    Rule(
        "sorry_to_ask",
        "firmness",
        -10,
        "Apologised for asking.",
        "mission 5c 004: no apology for asking",
        _sorry_to_ask,
        better="I'm ringing about …, plainly and kindly.",
    ),
    Rule(
        "pushed",
        "firmness",
        -30,
        "Pressure is not firmness.",
        "mission 3.6: CONC 7.3 [CONC-7.3]",
        lambda call: each(call.collector, "pressure"),
    ),
    Rule(
        "threat_is_not_firm",
        "firmness",
        -50,
        "A threat is not firmness.",
        "mission 3.5 [FD-E]",
        lambda call: each(call.collector, "threaten"),
    ),
    Rule(
        "protocol_broken",
        "firmness",
        -40,
        "Money was asked for where a protocol rules.",
        "product 1.5: protection outranks collection; mission 3.6, 3.7",
        _protocol_broken,
        better="We leave the account alone today. Let me tell you who can help.",
    ),
)
