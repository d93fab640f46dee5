"""Moments of a call that several skills look at: the first ear, the first interest, the recap."""

from __future__ import annotations

from bot.core.labels import Move
from bot.core.rehearsal.heard_call import (
    HeardCall,
    HeardTurn,
)
from bot.core.rehearsal.outcome import agreement
from bot.core.rehearsal.rule import Hit

_ACKNOWLEDGE = Move.ACKNOWLEDGE.value
_APOLOGISE = Move.APOLOGISE.value
_QUESTION = Move.OPEN_QUESTION.value
_PARAPHRASE = Move.PARAPHRASE.value
_RECAP = Move.CONFIRM_AGREEMENT.value
#: A turn of more words than this is long; of more than that a monologue.
_LONG, _MONOLOGUE = 80, 110


def first_ear(call: HeardCall) -> HeardTurn | None:
    """The turn in which the collector first met what the client had said."""
    start = call.needed_ear.place if call.needed_ear else -1
    return call.first(_ACKNOWLEDGE, _APOLOGISE, after=start)


def first_interest(call: HeardCall) -> HeardTurn | None:
    """The first turn that asks openly or says back what was heard, once the client has spoken."""
    start = call.client[0].place if call.client else -1
    return call.first(_QUESTION, _PARAPHRASE, "echo", after=start)


def monologues(call: HeardCall) -> tuple[Hit, ...]:
    return tuple(
        Hit(t.index, " ".join(t.text.split()[:20])) for t in call.collector if t.words > _MONOLOGUE
    )


def recap(call: HeardCall) -> HeardTurn | None:
    """The turn that sums up what comes next: the agreement, or whatever was taken in hand."""
    agreed = agreement(call)
    said = call.first(_RECAP, after=agreed.place - 2 if agreed else 0)
    if said:
        return said
    steps = (
        Move.SEND_DOCUMENTS.value,
        Move.LOG_DISPUTE.value,
        Move.ESCALATE.value,
        Move.SCHEDULE_FOLLOW_UP.value,
        Move.SIGNPOST.value,
    )
    late = [t for t in call.clean if t.place >= len(call.turns) // 2]
    return next(
        (
            t
            for t in late
            if (agreed and t.place > agreed.place and (t.has_sum or t.has_day))
            or (not agreed and t.did(*steps) and (t.has_day or not call.is_about_money))
        ),
        None,
    )
