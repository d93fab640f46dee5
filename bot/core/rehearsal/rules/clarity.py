"""Clarity: whether words were concrete, plain and few."""

from __future__ import annotations

from bot.core.labels import OFFERS, Move
from bot.core.rehearsal import cues
from bot.core.rehearsal.heard_call import (
    HeardCall,
    HeardTurn,
)
from bot.core.rehearsal.outcome import outcome_of
from bot.core.rehearsal.rule import Hit, Rule, at, whole
from bot.core.rehearsal.rules.moments import monologues, recap

_RECAP = Move.CONFIRM_AGREEMENT.value
#: A turn of more words than this is long; of more than that a monologue.
_LONG, _MONOLOGUE = 80, 110
#: Turns of more words than this on average are not plain.
_MEAN_WORDS = 45


def _purpose(call: HeardCall) -> tuple[Hit, ...]:
    if not call.is_about_money and "third_party" in call.heard | call.protections:
        return whole(not any(turn.did("disclose") for turn in call.collector) and bool(call.clean))
    turn = next((t for t in call.clean[:3] if t.has_reference or t.has_sum), None)
    return at(turn, Move.GREET_IDENTIFY.value)


def _after_opening(call: HeardCall) -> tuple[HeardTurn, ...]:
    start = call.client[0].place if call.client else 0
    return tuple(turn for turn in call.clean if turn.place > start)


def _figures(call: HeardCall) -> tuple[Hit, ...]:
    turn = next((t for t in _after_opening(call) if t.has_sum), None)
    other = next((t for t in _after_opening(call) if t.has_reference or t.values), None)
    if turn or (call.is_about_money and not _is_settled_without_a_sum(call)):
        return at(turn, *OFFERS, _RECAP, Move.SEEK_COMMITMENT.value)
    return at(other) or whole(not call.is_about_money and bool(call.clean))


def _is_settled_without_a_sum(call: HeardCall) -> bool:
    return outcome_of(call) in ("dispute_logged", "documents", "handed_over", "promise")


def _days(call: HeardCall) -> tuple[Hit, ...]:
    turn = next((t for t in _after_opening(call) if t.has_day), None)
    if turn is None and not call.is_about_money:
        turn = call.first(Move.ESCALATE.value, Move.SIGNPOST.value, Move.SCHEDULE_FOLLOW_UP.value)
    return at(turn, *OFFERS, _RECAP, Move.SEEK_COMMITMENT.value, Move.SCHEDULE_FOLLOW_UP.value)


def _recapped(call: HeardCall) -> tuple[Hit, ...]:
    return at(recap(call), _RECAP)


def _plain(call: HeardCall) -> tuple[Hit, ...]:
    total = sum(turn.words for turn in call.collector)
    is_short = bool(call.collector) and total <= _MEAN_WORDS * len(call.collector)
    return whole(is_short and not _jargon(call) and total > 0)


def _jargon(call: HeardCall) -> tuple[Hit, ...]:
    return tuple(
        Hit(t.index, found.group()) for t in call.collector if (found := cues.JARGON.search(t.text))
    )


def _vague(call: HeardCall) -> tuple[Hit, ...]:
    return tuple(
        Hit(t.index, cues.sentence_of(t.text, *found.span()))
        for t in call.collector
        if not t.has_day and (found := cues.VAGUE.search(t.text))
    )


def _explained(call: HeardCall) -> tuple[Hit, ...]:
    return at(call.first(Move.EXPLAIN_TERMS.value), Move.EXPLAIN_TERMS.value)


CLARITY = (
    Rule(
        "purpose_named",
        "clarity",
        20,
        "Named the invoice or the sum in the opening; towards a third party, kept it private.",
        "mission 5c 000: expectations from the start; 3.7 CARERS",
        _purpose,
        better="I'm ringing about invoice 4417 for £4,750, due on the third.",
    ),
    Rule(
        "figures",
        "clarity",
        25,
        "Spoke in sums once the client had answered; where no sum is called for, named the thing.",
        "mission 4.3: concrete language makes clients feel heard [CONC-L]",
        _figures,
        better="That would be £1,000 today and £3,750 on 12 December.",
    ),
    Rule(
        "days",
        "clarity",
        25,
        "Named a day; where no day is called for, who takes it on.",
        "mission 4.3 [CONC-L]; 5c 000: deadlines from the start",
        _days,
        better="Friday the 4th, by transfer: does that hold?",
    ),
    Rule(
        "recapped",
        "clarity",
        20,
        "Summed up what was agreed, or what happens next.",
        "mission 5c 001: lay out the steps; promise capture read back",
        _recapped,
        better="So that's £1,000 today by card and the rest on the twelfth; I'll e-mail it now.",
    ),
    Rule(
        "plain_and_short",
        "clarity",
        20,
        f"Turns of at most {_MEAN_WORDS} words on average, and no word of the trade.",
        "mission 5c 000: explain terms simply, no jargon; 001: short phrases",
        _plain,
        better="Say it in two short sentences, without the words of our trade.",
    ),
    Rule(
        "explained",
        "clarity",
        10,
        "Explained a term, a fee or the balance.",
        "mission 5c 000: explain terms simply",
        _explained,
        applies=lambda call: bool(
            {"terms_dispute", "invoice_dispute", "account_question"} & call.heard
        ),
        better="The fee is £70; it comes from clause 8 of the terms of 1 July.",
    ),
    Rule(
        "vague",
        "clarity",
        -10,
        "Put the next step nowhere: “as soon as you can”.",
        "mission 4.3 [CONC-L]",
        _vague,
        2,
        better="Name the day instead.",
    ),
    Rule(
        "jargon",
        "clarity",
        -8,
        "Used a word of the trade.",
        "mission 5c 000: no jargon, with swap",
        _jargon,
        2,
    ),
    Rule(
        "buried",
        "clarity",
        -10,
        f"Buried the point in more than {_MONOLOGUE} words.",
        "mission 5c 001: phrases of at most 25 words",
        monologues,
    ),
)
