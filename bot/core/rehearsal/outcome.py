"""How a call ended, from what both said: agreed, handed over, logged, or nothing."""

from __future__ import annotations

from bot.core.labels import OFFERS, Move, Objection, Signal
from bot.core.rehearsal import client_cues, cues
from bot.core.rehearsal.heard_call import DISPUTES, HARDSHIP, HeardCall, HeardTurn

_CLAIMED = Objection.PAYMENT_CLAIMED.value
_ANGRY = 2
_PROMISE = Signal.PROMISE_TO_PAY.value
_ACCEPT = Signal.ACCEPT_OFFER.value
_DECLINE = Signal.DECLINE_OFFER.value
#: The client turns at the end in which words of ending the call are believed.
_LAST_TURNS = 2
#: What the simulated client's own end says, where it says it for certain.
_ENDS = {"hung_up": "hung_up", "contact_stopped": "hung_up"}
#: Ends of the simulated client that no angry word can unsay.
_SETTLED = frozenset({"agreed", "protected_close", "handed_over"})

GOOD = frozenset(
    {
        "protocol",
        "paid",
        "plan",
        "promise",
        "handed_over",
        "dispute_logged",
        "documents",
        "signposted",
        "follow_up",
    }
)


def outcome_of(call: HeardCall) -> str:
    """Name the end of a call; the first that holds, in the order of OUTCOMES."""
    known = _ENDS.get(call.situation.ended or "")
    if known or hung_up(call):
        return known or "hung_up"
    if call.protections:
        return _protected_end(call)
    agreed = agreement(call)
    if agreed is None and call.situation.ended == "agreed" and call.client:
        agreed = call.client[-1]
    if agreed:
        return _kind_of_agreement(call, agreed)
    return _own_end(call)


def hung_up(call: HeardCall) -> bool:
    """Whether the client broke the call off."""
    if agreement(call) is not None or call.situation.ended in _SETTLED:
        return False
    last = call.client[-_LAST_TURNS:]
    return any(
        turn.did("hung_up") and turn.place >= len(call.turns) - _LAST_TURNS - 1 for turn in last
    )


def agreement(call: HeardCall) -> HeardTurn | None:
    """The client turn that agreed to pay and was not taken back, if there is one."""
    found: HeardTurn | None = None
    for turn in call.client:
        if turn.did(_DECLINE) and not turn.did(_PROMISE):
            found = None
        elif _is_promise(call, turn) or (turn.did(_ACCEPT) and _was_offered_money(call, turn)):
            found = found if _is_sour(turn) else turn
        elif found and turn.did(Objection.REFUSAL.value, "hung_up") and turn.heat >= _ANGRY:
            found = None
    return found


def _is_promise(call: HeardCall, turn: HeardTurn) -> bool:
    if not turn.did(_PROMISE) or not (turn.has_day or turn.has_sum):
        return False
    # After "I paid that in October", a bare date is when it was paid, not when it will be.
    before = [t for t in call.client if t.place < turn.place][-2:]
    claimed = turn.did(_CLAIMED) or any(t.did(_CLAIMED) for t in before)
    return not claimed or bool(client_cues.SIGNALS[_PROMISE].search(turn.text))


def _is_sour(turn: HeardTurn) -> bool:
    return turn.did(Objection.LEGAL_THREAT.value, Objection.ABUSE.value)


def _was_offered_money(call: HeardCall, turn: HeardTurn) -> bool:
    before = [t for t in call.collector if t.place < turn.place]
    if turn.did(Objection.STALLING.value) and not turn.has_day:
        return False
    return bool(before) and (
        before[-1].did(*OFFERS, Move.SEEK_COMMITMENT.value)
        or (
            before[-1].did(Move.CONFIRM_AGREEMENT.value, Move.LOG_DISPUTE.value)
            and bool(before[-1].has_sum or cues.ABOUT_PAYING.search(before[-1].text))
        )
    )


def _kind_of_agreement(call: HeardCall, agreed: HeardTurn) -> str:
    offered = call.first(Move.OFFER_PLAN.value, Move.OFFER_PART_PAYMENT.value, among=call.collector)
    paid = client_cues.PAID_NOW.search(" ".join(turn.text for turn in call.turns[agreed.place :]))
    if paid:
        return "paid"
    split = offered or any(turn.did(Objection.PLAN_REQUEST.value) for turn in call.client)
    return "plan" if split else "promise"


def _protected_end(call: HeardCall) -> str:
    safe: tuple[str, ...] = (
        Move.SIGNPOST.value,
        Move.ESCALATE.value,
        Move.SCHEDULE_FOLLOW_UP.value,
        Move.LOG_DISPUTE.value,
        Move.OFFER_CONCESSION.value,
        Move.SEND_DOCUMENTS.value,
    )
    start = call.protected_from or 0
    if Objection.THIRD_PARTY.value in call.protections:
        # Towards a third party it is enough to ask when the debtor can be reached, and to tell nothing.
        safe = (*safe, Move.OPEN_QUESTION.value, "asked")
    kept = call.first(*safe, after=start) or _held(call, start)
    return "protocol" if kept else "nothing"


def _held(call: HeardCall, start: int) -> HeardTurn | None:
    return next(
        (t for t in call.clean if t.place > start and cues.NO_MONEY_ASKED.search(t.text)), None
    )


def _own_end(call: HeardCall) -> str:
    """What the collector took in hand when nothing was agreed; refused hand-overs do not count."""
    ends: list[tuple[str, str]] = [(Move.ESCALATE.value, "handed_over")]
    if DISPUTES & call.heard or Objection.FORMAL_COMPLAINT.value in call.heard:
        ends.append((Move.LOG_DISPUTE.value, "dispute_logged"))
    ends += [
        (Move.SEND_DOCUMENTS.value, "documents"),
        (Move.LOG_DISPUTE.value, "dispute_logged"),
        *([(Move.SIGNPOST.value, "signposted")] if HARDSHIP & call.heard else []),
        (Move.SCHEDULE_FOLLOW_UP.value, "follow_up"),
    ]
    return next((end for move, end in ends if call.first(move)), "nothing")
