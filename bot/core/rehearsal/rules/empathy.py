"""Empathy: whether the client was met before the matter."""

from __future__ import annotations

import re

from bot.core.labels import Move
from bot.core.rehearsal import collector_cues, cues
from bot.core.rehearsal.heard_call import (
    EAR,
    OBJECTIONS,
    HeardCall,
    HeardTurn,
)
from bot.core.rehearsal.outcome import GOOD, agreement, outcome_of
from bot.core.rehearsal.rule import Hit, Rule, at, each, whole
from bot.core.rehearsal.rules.moments import first_ear

_ACKNOWLEDGE = Move.ACKNOWLEDGE.value
_APOLOGISE = Move.APOLOGISE.value
_THANKS = re.compile(r"\b(?:thank(?:s| you)|appreciate|sorry|apolog\w+|please|cheers)\b", re.I)


def _acknowledged(call: HeardCall) -> tuple[Hit, ...]:
    ear = first_ear(call) or call.first(_ACKNOWLEDGE, _APOLOGISE)
    return at(ear, _ACKNOWLEDGE, _APOLOGISE) or whole(call.needed_ear is None and bool(call.clean))


def _acknowledged_first(call: HeardCall) -> tuple[Hit, ...]:
    if call.needed_ear is None:
        return whole(bool(call.clean))
    ear = first_ear(call)
    fix = _first_fix_after(call, call.needed_ear.place)
    return at(ear, _ACKNOWLEDGE, _APOLOGISE) if ear and (not fix or ear.place <= fix.place) else ()


def _first_fix_after(call: HeardCall, place: int) -> HeardTurn | None:
    fixes = (
        Move.OFFER_PLAN.value,
        Move.OFFER_PART_PAYMENT.value,
        Move.OFFER_CONCESSION.value,
        Move.SEEK_COMMITMENT.value,
        Move.STATE_CONSEQUENCE.value,
    )
    return call.first(*fixes, after=place, among=call.collector)


def _options_before_ear(call: HeardCall) -> tuple[Hit, ...]:
    if call.needed_ear is None:
        return ()
    fix, ear = _first_fix_after(call, call.needed_ear.place), first_ear(call)
    # A question or the client's own words said back is an ear too, if a smaller one.
    lent = call.first(*EAR, Move.OPEN_QUESTION.value, "echo", after=call.needed_ear.place)
    early = fix and (not ear or ear.place > fix.place) and (not lent or lent.place > fix.place)
    return at(fix) if early else ()


def _courteous(call: HeardCall) -> tuple[Hit, ...]:
    turn = next((t for t in call.clean if _THANKS.search(t.text)), None)
    return at(turn, _APOLOGISE, _ACKNOWLEDGE, Move.CLOSE_POLITELY.value)


def _client_eased(call: HeardCall) -> tuple[Hit, ...]:
    start = call.needed_ear
    after = start.place if start else -1
    eased = next(
        (
            t
            for t in call.client
            if t.place > after and t.heat <= 1 and t.did("eased", "accept_offer")
        ),
        None,
    )
    if eased:
        return at(eased, "eased", "accept_offer")
    cooler = next(
        (t for t in call.client if start and t.place > after and t.heat < start.heat), None
    )
    fine = not OBJECTIONS & {*(call.client[-1].acts if call.client else ())}
    return at(cooler or agreement(call)) if outcome_of(call) in GOOD and fine else ()


def _taken_back(call: HeardCall) -> tuple[Hit, ...]:
    return tuple(
        Hit(turn.index, cues.sentence_of(turn.text, *found.span()))
        for turn in call.collector
        if (found := collector_cues.TAKEN_BACK.search(turn.text))
        and not turn.did(_ACKNOWLEDGE, _APOLOGISE)
    )


EMPATHY = (
    Rule(
        "acknowledged",
        "empathy",
        40,
        "Acknowledged the feeling or the difficulty, or apologised for our part; or there was nothing that called for it.",
        "mission 5c 001: empathy as foundation",
        _acknowledged,
        better="That's a hard spot to be in. Thank you for telling me straight.",
    ),
    Rule(
        "acknowledged_first",
        "empathy",
        30,
        "The acknowledgement came before the first option, request or consequence.",
        "mission 4.3: active listening and empathy calm before any remedy [HER]; product 1.3",
        _acknowledged_first,
        better="Before we talk about money: that sounds like a rough few weeks.",
    ),
    Rule(
        "courteous",
        "empathy",
        10,
        "Thanked, apologised or asked politely.",
        "mission 5c 001: rapport: name use, thanks",
        _courteous,
    ),
    Rule(
        "client_eased",
        "empathy",
        20,
        "The client grew easier: thanked, agreed, or cooled after being met.",
        "mission 5c 003: feel good; 001: heat not above the start",
        _client_eased,
        better="Ask at the end whether that settles it for them, and wait for the answer.",
    ),
    Rule(
        "options_before_ear",
        "empathy",
        -25,
        "Went for the money before the upset client was met in any way.",
        "mission 5c 000: nudge when a proposal precedes the first acknowledgement",
        _options_before_ear,
        better="First: I'm sorry it has come to this for you. Then the question.",
    ),
    Rule(
        "empathy_taken_back",
        "empathy",
        -15,
        "“I understand, but …”: empathy cancelled in the same breath.",
        "taxonomy 6: cancelled in the same breath is no acknowledgement",
        _taken_back,
        2,
        better="I understand. Full stop. Then ask your question in a sentence of its own.",
    ),
    Rule(
        "brushed_aside_feeling",
        "empathy",
        -30,
        "Brushed the concern aside.",
        "mission 5c 001: never dismiss",
        lambda call: each(call.collector, "dismiss"),
        2,
    ),
    Rule(
        "blamed_person",
        "empathy",
        -25,
        "Blamed, belittled or mocked the client.",
        "mission 5c 003: people versus situation",
        lambda call: each(call.collector, "blame"),
        2,
    ),
    Rule(
        "argued_with_feeling",
        "empathy",
        -15,
        "Argued with the client.",
        "mission 5c 001: never get defensive",
        lambda call: each(call.collector, "argue"),
        2,
    ),
    Rule(
        "threat_felt",
        "empathy",
        -40,
        "Threatened the client.",
        "mission 3.5 [FD-E]",
        lambda call: each(call.collector, "threaten"),
    ),
    Rule(
        "pressure_felt",
        "empathy",
        -20,
        "Pushed for more than the client can carry.",
        "mission 3.6: CONC 7.3, never press for unreasonable payments [CONC-7.3]",
        lambda call: each(call.collector, "pressure"),
    ),
)
