"""Listening: whether the cause was asked for, said back and answered."""

from __future__ import annotations

from bot.core.labels import OFFERS, Move, Signal
from bot.core.rehearsal.echo import content_words
from bot.core.rehearsal.heard_call import (
    EAR,
    OBJECTIONS,
    HeardCall,
    HeardTurn,
)
from bot.core.rehearsal.outcome import agreement
from bot.core.rehearsal.rule import Hit, Rule, at, each, whole
from bot.core.rehearsal.rules.moments import first_interest, monologues

_QUESTION = Move.OPEN_QUESTION.value
_PARAPHRASE = Move.PARAPHRASE.value
_RECAP = Move.CONFIRM_AGREEMENT.value
#: A turn of more words than this is long; of more than that a monologue.
_LONG, _MONOLOGUE = 80, 110
#: Two questions are the same when they share this part of their words.
_SAME = 0.8
_ANSWERS = (
    Move.EXPLAIN_TERMS.value,
    Move.SEND_DOCUMENTS.value,
    _PARAPHRASE,
    "echo",
    *OFFERS,
    Move.LOG_DISPUTE.value,
    Move.ESCALATE.value,
    Move.SIGNPOST.value,
    _RECAP,
    Move.SCHEDULE_FOLLOW_UP.value,
)
_MEETS = (*EAR, *_ANSWERS, _QUESTION, Move.SET_BOUNDARY.value, Move.OFFER_CONCESSION.value)


def _asked(call: HeardCall) -> tuple[Hit, ...]:
    # With somebody in distress, or with nothing in the way, a closed question does.
    start = call.protected_from or 0 if call.protections else -1
    gentle = (
        call.first("asked", after=start) if call.protections or _is_plain_sailing(call) else None
    )
    return at(call.first(_QUESTION) or gentle, _QUESTION, "asked")


def _asked_before_proposing(call: HeardCall) -> tuple[Hit, ...]:
    asked, fix = call.first(_QUESTION) or first_interest(call), call.first_fix
    asked = asked or (call.first("asked") if call.protections else None)
    return (
        at(asked, _QUESTION, _PARAPHRASE, "echo")
        if asked and (not fix or asked.place <= fix.place)
        else ()
    )


def _said_back(call: HeardCall) -> tuple[Hit, ...]:
    found = at(call.first(_PARAPHRASE) or _echo(call), _PARAPHRASE, "echo")
    return found or whole(_is_plain_sailing(call))


def _is_plain_sailing(call: HeardCall) -> bool:
    """Whether the client raised nothing and agreed: there is nothing to probe or to say back."""
    return not OBJECTIONS & call.heard and agreement(call) is not None


def _echo(call: HeardCall) -> HeardTurn | None:
    named = next(
        (
            turn
            for turn in call.clean
            if turn.place and (last := call.last_client(turn.place)) and turn.values & last.values
        ),
        None,
    )
    return call.first("echo") or named


def _questions_of_client(call: HeardCall) -> tuple[HeardTurn, ...]:
    return tuple(turn for turn in call.client if turn.did(Signal.ACCOUNT_QUESTION.value))


def _is_answered(call: HeardCall, turn: HeardTurn) -> bool:
    answer = call.next_collector(turn.place)
    return (
        answer is not None
        and not answer.is_faulty
        and (answer.did(*_ANSWERS) or answer.has_sum or answer.has_day)
    )


def _answered(call: HeardCall) -> tuple[Hit, ...]:
    return whole(
        bool(call.clean) and all(_is_answered(call, t) for t in _questions_of_client(call))
    )


def _left_unanswered(call: HeardCall) -> tuple[Hit, ...]:
    return tuple(
        Hit(turn.index, turn.quote(Signal.ACCOUNT_QUESTION.value))
        for turn in _questions_of_client(call)
        if call.next_collector(turn.place) and not _is_answered(call, turn)
    )


def _short_turns(call: HeardCall) -> tuple[Hit, ...]:
    return whole(len(call.collector) > 1 and all(turn.words <= _LONG for turn in call.collector))


def _talked_past(call: HeardCall) -> tuple[Hit, ...]:
    found = []
    for turn in call.client:
        answer = call.next_collector(turn.place)
        is_weighty = turn.words > 3 and (OBJECTIONS & turn.acts.keys() or turn.heat >= 2)
        if is_weighty and answer and (answer.is_faulty or not answer.did(*_MEETS)):
            found.append(Hit(answer.index, answer.text[:160]))
    return tuple(found)


def _asked_again(call: HeardCall) -> tuple[Hit, ...]:
    seen: list[frozenset[str]] = []
    found = []
    for turn in call.collector:
        words = content_words(turn.text)
        if len(words) >= 3 and any(len(words & old) / len(words | old) >= _SAME for old in seen):
            found.append(Hit(turn.index, turn.text[:160]))
        seen.append(words)
    return tuple(found)


def _unheard(call: HeardCall) -> tuple[Hit, ...]:
    started = call.collector[0].place if call.collector else 0
    return each((t for t in call.client if t.place > started + 1), "unheard")


LISTENING = (
    Rule(
        "asked_open",
        "listening",
        30,
        "Asked an open question for the cause, the need or what is possible.",
        "mission 5c 000: identify pain points; 004: know how they can pay",
        _asked,
        better="What would have to happen on your side for this to be paid?",
    ),
    Rule(
        "asked_before_proposing",
        "listening",
        15,
        "Asked, or said back what was heard, before the first proposal or request.",
        "mission 5c 000: acknowledge, clarify, repeat back; CaSiNo [CAS]: probing interests",
        _asked_before_proposing,
        better="Before I suggest anything: what has changed since the last order?",
    ),
    Rule(
        "said_back",
        "listening",
        25,
        "Said back what the client had said, in a paraphrase or in their own words or figures.",
        "mission 4.3: MITI reflections to questions [MITI]; ClientBot [CLI]",
        _said_back,
        better="So you're waiting on your own customer until the tenth; have I got that right?",
    ),
    Rule(
        "answered",
        "listening",
        15,
        "Every question of the client was answered in the next turn; or none was asked.",
        "mission 5c 000: respond promptly",
        _answered,
        better="Answer the question first, in one sentence with the figure in it, then go on.",
    ),
    Rule(
        "short_turns",
        "listening",
        15,
        f"No turn of more than {_LONG} words: the client had room.",
        "mission 5c 000: listen without interrupting, long-turn notes",
        _short_turns,
        better="Two sentences, then wait.",
    ),
    Rule(
        "said_to_be_unheard",
        "listening",
        -15,
        "The client says that nobody listens, or has to say it again.",
        "mission 5c 000: listen without interrupting",
        _unheard,
        2,
        better="You're right, you said that already. Let me repeat it so that I have it: …",
    ),
    Rule(
        "talked_past",
        "listening",
        -12,
        "An objection or an outburst was answered with neither acknowledgement, question, explanation nor remedy.",
        "mission 5c 000: acknowledge, clarify, repeat back",
        _talked_past,
        3,
        better="Take up what they have just said before you go on.",
    ),
    Rule(
        "left_unanswered",
        "listening",
        -10,
        "A question about the account was passed over.",
        "mission 5c 000: respond promptly",
        _left_unanswered,
        2,
        better="The balance is … Would you like me to send the statement?",
    ),
    Rule(
        "asked_again",
        "listening",
        -10,
        "Said nearly the same thing again.",
        "taxonomy: repeated question tires; persona rule repeat_question",
        _asked_again,
        2,
    ),
    Rule(
        "monologue",
        "listening",
        -15,
        f"A turn of more than {_MONOLOGUE} words.",
        "mission 5c 000: long-turn notes",
        monologues,
        better="Cut it after the second sentence and let them speak.",
    ),
    Rule(
        "did_not_hear",
        "listening",
        -25,
        "Brushed the concern aside instead of hearing it.",
        "mission 5c 001: never dismiss",
        lambda call: each(call.collector, "dismiss"),
        2,
    ),
    Rule(
        "contradicted",
        "listening",
        -10,
        "Argued instead of asking.",
        "mission 5c 001: never get defensive",
        lambda call: each(call.collector, "argue"),
        2,
    ),
)
