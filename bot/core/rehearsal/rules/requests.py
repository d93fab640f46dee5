"""Whether a call asks for a day, a sum or a next step: what firmness rests on."""

from __future__ import annotations

from bot.core.labels import OFFERS, Move
from bot.core.rehearsal.blockers import money_in_protocol
from bot.core.rehearsal.heard_call import (
    DISPUTES,
    HeardCall,
    HeardTurn,
)
from bot.core.rehearsal.outcome import GOOD, outcome_of
from bot.core.rehearsal.rule import Hit, at, whole

_SEEK = Move.SEEK_COMMITMENT.value
_RECAP = Move.CONFIRM_AGREEMENT.value


def first_request(call: HeardCall) -> HeardTurn | None:
    """The first turn that asks for a day or a sum, or proposes both."""
    start = 0 if call.collector and call.collector[0].place == 0 else -1
    asked = call.first(_SEEK, after=start)
    proposed = next(
        (t for t in call.clean if t.did(*OFFERS, _RECAP) and t.has_day and t.place > start), None
    )
    both = [turn for turn in (asked, proposed) if turn]
    return min(both, key=lambda turn: turn.place) if both else None


def own_next_step(call: HeardCall) -> HeardTurn | None:
    steps = (
        Move.SCHEDULE_FOLLOW_UP.value,
        Move.ESCALATE.value,
        Move.SIGNPOST.value,
        Move.LOG_DISPUTE.value,
        Move.SEND_DOCUMENTS.value,
    )
    return call.first(*steps)


def is_open_case(call: HeardCall) -> bool:
    """Whether the call cannot end with all of the money: a dispute, missing paper, a complaint, a payment to be traced."""
    return bool(
        {
            *DISPUTES,
            "missing_paperwork",
            "payment_claimed",
            "formal_complaint",
            "manager_request",
            "legal_threat",
        }
        & call.heard
    )


def asked_for_it(call: HeardCall) -> tuple[Hit, ...]:
    if not call.is_about_money:
        left = not money_in_protocol(call) and bool(call.clean)
        return whole(left and outcome_of(call) in GOOD)
    dated = next(
        (
            t
            for t in call.clean
            if t.place
            and t.has_day
            and t.did(
                Move.SCHEDULE_FOLLOW_UP.value,
                Move.SEND_DOCUMENTS.value,
                Move.LOG_DISPUTE.value,
                Move.ESCALATE.value,
            )
        ),
        None,
    )
    return at(
        first_request(call) or (dated if is_open_case(call) else None), _SEEK, *OFFERS, _RECAP
    )
