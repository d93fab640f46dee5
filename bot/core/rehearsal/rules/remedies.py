"""What answers an objection: the moves that fit it, and the first turn that made one."""

from __future__ import annotations

from bot.core.labels import OFFERS, Move, Objection
from bot.core.rehearsal.heard_call import (
    OBJECTIONS,
    HeardCall,
    HeardTurn,
)

_RECAP = Move.CONFIRM_AGREEMENT.value
_SEEK = Move.SEEK_COMMITMENT.value


#: The moves that answer an objection, beside the offers that answer any which is about money.
REMEDIES: dict[str, tuple[str, ...]] = {
    Objection.TERMS_DISPUTE.value: (
        Move.LOG_DISPUTE.value,
        Move.EXPLAIN_TERMS.value,
        Move.SEND_DOCUMENTS.value,
        Move.OFFER_CONCESSION.value,
        Move.ESCALATE.value,
    ),
    Objection.INVOICE_DISPUTE.value: (
        Move.LOG_DISPUTE.value,
        Move.SEND_DOCUMENTS.value,
        Move.EXPLAIN_TERMS.value,
        Move.ESCALATE.value,
    ),
    Objection.SERVICE_DISPUTE.value: (
        Move.LOG_DISPUTE.value,
        Move.SEND_DOCUMENTS.value,
        Move.ESCALATE.value,
        Move.OFFER_CONCESSION.value,
    ),
    Objection.MISSING_PAPERWORK.value: (Move.SEND_DOCUMENTS.value,),
    Objection.PAYMENT_CLAIMED.value: (
        Move.SEND_DOCUMENTS.value,
        Move.LOG_DISPUTE.value,
        Move.SCHEDULE_FOLLOW_UP.value,
        Move.OPEN_QUESTION.value,
    ),
    Objection.FORMAL_COMPLAINT.value: (Move.ESCALATE.value, Move.LOG_DISPUTE.value),
    Objection.LEGAL_THREAT.value: (
        Move.LOG_DISPUTE.value,
        Move.ESCALATE.value,
        Move.SEND_DOCUMENTS.value,
    ),
    Objection.MANAGER_REQUEST.value: (Move.ESCALATE.value, Move.LOG_DISPUTE.value),
    Objection.WRONG_CONTACT.value: (
        Move.OPEN_QUESTION.value,
        Move.SCHEDULE_FOLLOW_UP.value,
        Move.SEND_DOCUMENTS.value,
        Move.CLOSE_POLITELY.value,
    ),
    Objection.NO_CONTACT.value: (
        Move.SEND_DOCUMENTS.value,
        Move.SCHEDULE_FOLLOW_UP.value,
        Move.OPEN_QUESTION.value,
        _RECAP,
    ),
    Objection.INSOLVENCY.value: (
        Move.ESCALATE.value,
        Move.OPEN_QUESTION.value,
        Move.SCHEDULE_FOLLOW_UP.value,
    ),
    Objection.VULNERABILITY.value: (
        Move.SIGNPOST.value,
        Move.ESCALATE.value,
        Move.OFFER_CONCESSION.value,
        Move.SCHEDULE_FOLLOW_UP.value,
    ),
    Objection.ADVISER_IN_CHARGE.value: (
        Move.ESCALATE.value,
        Move.OPEN_QUESTION.value,
        Move.SCHEDULE_FOLLOW_UP.value,
        Move.SEND_DOCUMENTS.value,
    ),
    Objection.THIRD_PARTY.value: (
        Move.SCHEDULE_FOLLOW_UP.value,
        Move.OPEN_QUESTION.value,
        Move.SIGNPOST.value,
        Move.ESCALATE.value,
        Move.EXPLAIN_TERMS.value,
    ),
}


_ON_MONEY = (*sorted(OFFERS), _SEEK)


def remedy(call: HeardCall) -> HeardTurn | None:
    """The first faultless turn that answers an objection with something that fits it."""
    raised = [label for label in REMEDIES if label in call.heard]
    fitting = {move for label in raised for move in REMEDIES[label]}
    start = next((t.place for t in call.client if OBJECTIONS & t.acts.keys()), 0)
    if call.is_about_money:
        fitting |= {*_ON_MONEY, _RECAP} if not raised else {*OFFERS}
    return call.first(*sorted(fitting), after=start) if fitting else None
