"""The label contract as enums: what a client, a collector and a collector-to-coach turn can mean."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Speaker(StrEnum):
    """Who said the turn; labels of one speaker never compete with another's."""

    CLIENT = "client"
    COLLECTOR = "collector"
    COACH = "coach"  # the collector, talking to the coach


class Family(StrEnum):
    """The groups that objections fall into."""

    DISPUTED_TERMS = "disputed_terms"
    CASH_FLOW_HARDSHIP = "cash_flow_hardship"
    AVOIDANCE = "avoidance"
    HOSTILITY = "hostility"
    PROTECTED = "protected"


class Objection(StrEnum):
    """What a client puts in the way of payment."""

    TERMS_DISPUTE = "terms_dispute"
    INVOICE_DISPUTE = "invoice_dispute"
    SERVICE_DISPUTE = "service_dispute"
    MISSING_PAPERWORK = "missing_paperwork"
    PAYMENT_CLAIMED = "payment_claimed"
    CASH_FLOW = "cash_flow"
    PLAN_REQUEST = "plan_request"
    INSOLVENCY = "insolvency"
    STALLING = "stalling"
    WRONG_CONTACT = "wrong_contact"
    NO_CONTACT = "no_contact"
    ABUSE = "abuse"
    REFUSAL = "refusal"
    LEGAL_THREAT = "legal_threat"
    RELATIONSHIP_THREAT = "relationship_threat"
    MANAGER_REQUEST = "manager_request"
    FORMAL_COMPLAINT = "formal_complaint"
    VULNERABILITY = "vulnerability"
    ADVISER_IN_CHARGE = "adviser_in_charge"
    THIRD_PARTY = "third_party"


class Signal(StrEnum):
    """What a client says that is not an objection."""

    PROMISE_TO_PAY = "promise_to_pay"
    ACCEPT_OFFER = "accept_offer"
    DECLINE_OFFER = "decline_offer"
    ACCOUNT_QUESTION = "account_question"
    NEUTRAL = "neutral"
    OUT_OF_SCOPE = "out_of_scope"


class Move(StrEnum):
    """What a collector does in a turn; the last six before `neutral` are faults."""

    GREET_IDENTIFY = "greet_identify"
    ACKNOWLEDGE = "acknowledge"
    APOLOGISE = "apologise"
    OPEN_QUESTION = "open_question"
    PARAPHRASE = "paraphrase"
    EXPLAIN_TERMS = "explain_terms"
    LOG_DISPUTE = "log_dispute"
    SEND_DOCUMENTS = "send_documents"
    OFFER_PLAN = "offer_plan"
    OFFER_PART_PAYMENT = "offer_part_payment"
    OFFER_CONCESSION = "offer_concession"
    SEEK_COMMITMENT = "seek_commitment"
    CONFIRM_AGREEMENT = "confirm_agreement"
    SET_BOUNDARY = "set_boundary"
    STATE_CONSEQUENCE = "state_consequence"
    ESCALATE = "escalate"
    SCHEDULE_FOLLOW_UP = "schedule_follow_up"
    CLOSE_POLITELY = "close_politely"
    SIGNPOST = "signpost"
    THREATEN = "threaten"
    BLAME = "blame"
    DISMISS = "dismiss"
    ARGUE = "argue"
    PRESSURE = "pressure"
    DISCLOSE = "disclose"
    NEUTRAL = "neutral"


class CoachRequest(StrEnum):
    """What a collector asks of the coach."""

    ASK_BRIEF = "ask_brief"
    ASK_PHRASING = "ask_phrasing"
    ASK_OPTIONS = "ask_options"
    ASK_ESCALATION = "ask_escalation"
    ASK_MEANING = "ask_meaning"
    ASK_FEEDBACK = "ask_feedback"
    ASK_HINT = "ask_hint"
    START_REHEARSAL = "start_rehearsal"
    END_REHEARSAL = "end_rehearsal"
    RECORD_PROMISE = "record_promise"
    RECORD_DISPUTE = "record_dispute"
    REQUEST_HANDOVER = "request_handover"
    HELP = "help"
    GREET = "greet"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    AFFIRM = "affirm"
    DENY = "deny"
    OUT_OF_SCOPE = "out_of_scope"


class Heat(IntEnum):
    """How hostile a client turn is, whatever it is about."""

    CALM = 0
    IRRITATED = 1
    ANGRY = 2
    ABUSIVE = 3


FAMILY_OF: dict[Objection, Family] = {
    Objection.TERMS_DISPUTE: Family.DISPUTED_TERMS,
    Objection.INVOICE_DISPUTE: Family.DISPUTED_TERMS,
    Objection.SERVICE_DISPUTE: Family.DISPUTED_TERMS,
    Objection.MISSING_PAPERWORK: Family.DISPUTED_TERMS,
    Objection.PAYMENT_CLAIMED: Family.DISPUTED_TERMS,
    Objection.CASH_FLOW: Family.CASH_FLOW_HARDSHIP,
    Objection.PLAN_REQUEST: Family.CASH_FLOW_HARDSHIP,
    Objection.INSOLVENCY: Family.CASH_FLOW_HARDSHIP,
    Objection.STALLING: Family.AVOIDANCE,
    Objection.WRONG_CONTACT: Family.AVOIDANCE,
    Objection.NO_CONTACT: Family.AVOIDANCE,
    Objection.ABUSE: Family.HOSTILITY,
    Objection.REFUSAL: Family.HOSTILITY,
    Objection.LEGAL_THREAT: Family.HOSTILITY,
    Objection.RELATIONSHIP_THREAT: Family.HOSTILITY,
    Objection.MANAGER_REQUEST: Family.HOSTILITY,
    Objection.FORMAL_COMPLAINT: Family.HOSTILITY,
    Objection.VULNERABILITY: Family.PROTECTED,
    Objection.ADVISER_IN_CHARGE: Family.PROTECTED,
    Objection.THIRD_PARTY: Family.PROTECTED,
}

PROTECTED = frozenset(label for label, family in FAMILY_OF.items() if family is Family.PROTECTED)

FAULTS = frozenset(
    {Move.THREATEN, Move.BLAME, Move.DISMISS, Move.ARGUE, Move.PRESSURE, Move.DISCLOSE}
)

#: Moves that put a way of paying, or of paying less, on the table.
OFFERS = frozenset({Move.OFFER_PLAN, Move.OFFER_PART_PAYMENT, Move.OFFER_CONCESSION})

#: Moves that put a way of paying, or of paying less, on the table.
OFFERS = frozenset({Move.OFFER_PLAN, Move.OFFER_PART_PAYMENT, Move.OFFER_CONCESSION})

SILENT = frozenset({Signal.NEUTRAL, Signal.OUT_OF_SCOPE})

CLIENT_LABELS: tuple[str, ...] = (*(o.value for o in Objection), *(s.value for s in Signal))


def labels_of(speaker: Speaker) -> tuple[str, ...]:
    """Name every label that a turn of this speaker can carry, in contract order."""
    if speaker is Speaker.CLIENT:
        return CLIENT_LABELS
    if speaker is Speaker.COLLECTOR:
        return tuple(move.value for move in Move)
    return tuple(request.value for request in CoachRequest)
