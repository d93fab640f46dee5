"""Plain words for the labels, kinds and states of the contract, as the core's sentences use them."""

from __future__ import annotations

from bot.core.labels import Move, Objection, Signal

LABEL_WORDS: dict[str, str] = {
    Objection.TERMS_DISPUTE.value: "agreed terms contested",
    Objection.INVOICE_DISPUTE.value: "bill contested",
    Objection.SERVICE_DISPUTE.value: "goods or service complained of",
    Objection.MISSING_PAPERWORK.value: "paperwork missing",
    Objection.PAYMENT_CLAIMED.value: "says it is paid",
    Objection.CASH_FLOW.value: "money is short",
    Objection.PLAN_REQUEST.value: "asks for easier terms",
    Objection.INSOLVENCY.value: "insolvency",
    Objection.STALLING.value: "puts it off",
    Objection.WRONG_CONTACT.value: "wrong person",
    Objection.NO_CONTACT.value: "wants no calls",
    Objection.ABUSE.value: "abuse",
    Objection.REFUSAL.value: "refuses outright",
    Objection.LEGAL_THREAT.value: "legal threat",
    Objection.RELATIONSHIP_THREAT.value: "threatens to leave",
    Objection.MANAGER_REQUEST.value: "asks for a manager",
    Objection.FORMAL_COMPLAINT.value: "formal complaint",
    Objection.VULNERABILITY.value: "vulnerability",
    Objection.ADVISER_IN_CHARGE.value: "an adviser is in charge",
    Objection.THIRD_PARTY.value: "somebody else is speaking",
    Signal.PROMISE_TO_PAY.value: "promise to pay",
    Signal.ACCEPT_OFFER.value: "offer accepted",
    Signal.DECLINE_OFFER.value: "offer declined",
    Signal.ACCOUNT_QUESTION.value: "question on the account",
    Signal.NEUTRAL.value: "small talk",
    Signal.OUT_OF_SCOPE.value: "not about the account",
}

FAULT_WORDS: dict[str, str] = {
    Move.THREATEN.value: "improper threat",
    Move.BLAME.value: "blame",
    Move.DISMISS.value: "brushed aside",
    Move.ARGUE.value: "arguing",
    Move.PRESSURE.value: "pressure",
    Move.DISCLOSE.value: "told the wrong person",
}

HEAT_WORDS = ("calm", "irritated", "angry", "abusive")

#: What a pause recorded on the account is called.
PAUSE_WORDS: dict[str, str] = {
    "vulnerable": "vulnerability recorded",
    "adviser": "an adviser is in charge",
    "moratorium": "a moratorium (breathing space) runs",
    "insolvent": "insolvency recorded",
    "contact_stopped": "contact stopped at the client's wish",
}


def label_in_words(label: str) -> str:
    """A label as a person would call it."""
    return LABEL_WORDS.get(label, label.replace("_", " "))
