"""The words for everything that can be chosen in a form of the studio."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

#: What a map may be keyed by where the schema leaves it open: by the example of the key's shape.
MAP_KEYS: Mapping[str, tuple[str, ...]] = {
    "GBP": ("GBP", "EUR", "USD", "CAD"),
    "GB": ("GB", "IE", "FR", "DE", "NL", "BE", "ES", "IT", "AT", "PT", "PL"),
}

#: Words for values that do not speak for themselves once their underscores are gone.
_WORDS: Mapping[str, str] = {
    # what a client says
    "missing_paperwork": "Paperwork is missing",
    "payment_claimed": "Says it is paid",
    "cash_flow": "No money just now",
    "plan_request": "Asks for time or instalments",
    "stalling": "Puts it off",
    "wrong_contact": "Is the wrong person",
    "no_contact": "Wants no more calls",
    "abuse": "Insults or swears",
    "refusal": "Refuses outright",
    "legal_threat": "Threatens with law, press or police",
    "relationship_threat": "Threatens to leave",
    "manager_request": "Wants a manager",
    "vulnerability": "Is vulnerable",
    "adviser_in_charge": "An adviser acts for them",
    "third_party": "Somebody else is on the line",
    "promise_to_pay": "Promises to pay",
    "accept_offer": "Accepts an offer",
    "decline_offer": "Declines an offer",
    "account_question": "Asks about the account",
    "neutral": "Nothing of note",
    "out_of_scope": "Something else altogether",
    # what a collector does
    "greet_identify": "Greets and checks who is speaking",
    "acknowledge": "Acknowledges",
    "apologise": "Apologises",
    "open_question": "Asks an open question",
    "paraphrase": "Repeats back what was heard",
    "explain_terms": "Explains the terms",
    "log_dispute": "Logs a dispute",
    "send_documents": "Sends documents",
    "offer_plan": "Offers instalments or time",
    "offer_part_payment": "Offers a part payment",
    "offer_concession": "Offers a concession",
    "seek_commitment": "Asks for a day and a sum",
    "confirm_agreement": "Confirms what is agreed",
    "set_boundary": "Sets a calm boundary",
    "state_consequence": "States what comes next",
    "escalate": "Hands over",
    "schedule_follow_up": "Agrees the next contact",
    "close_politely": "Closes politely",
    "signpost": "Points to free advice",
    "threaten": "Threatens",
    "blame": "Blames",
    "dismiss": "Brushes aside",
    "argue": "Argues",
    "pressure": "Presses",
    "disclose": "Tells what must not be told",
    "money_in_protocol": "Speaks of money where a protocol rules",
    "beyond_authority": "Offers more than allowed",
    # what may be agreed, and good ends
    "undisputed_part": "The part that nobody contests",
    "extension": "More time",
    "fee_waiver": "The late fee is waived",
    "settlement_discount": "A discount for settling",
    "method_change": "Another way to pay",
    "return_or_credit": "Goods back or a credit note",
    "promise": "A promise to pay",
    "plan": "A payment plan",
    "dispute_logged": "The dispute is logged",
    "documents": "Documents are on their way",
    "handed_over": "The call is handed over",
    "protocol": "The protocol was followed",
    "signposted": "Pointed to free advice",
    "follow_up": "The next contact is agreed",
    # what may be asked
    "when_paid": "When will it be paid?",
    "how_pay": "How will it be paid?",
    "who_decides": "Who decides?",
    "what_wrong": "What is wrong?",
    "how_much": "How much?",
    "paperwork": "What paper is needed?",
    # how a line is said
    "clean": "As written",
    "asr": "As a machine writes down speech: no signs, no capitals",
    "terse": "In few words",
    "rambling": "At length",
    "regional": "In a dialect",
    "nonnative": "By somebody with another first language",
    # stances and heat
    "probe": "Asks",
    "propose": "Proposes",
    "heat_1": "Irritated",
    "heat_2": "Angry",
    "heat_3": "Abusive",
    "after_hard_call": "After a hard call",
    # accounts
    "none": "None",
    "statutory": "As the law has it",
    "contract": "As the contract has it",
    "U": "Not assessed",
    "first_party": "Our own debts",
    "vulnerable": "Vulnerable",
    "adviser": "An adviser acts",
    "moratorium": "A moratorium runs",
    "insolvent": "Insolvent",
    "contact_stopped": "Contact is stopped",
    # protocols
    "blake": "BLAKE: words of self-harm",
    "texas": "TEXAS: something hard was told",
    "carers": "CARERS: somebody else speaks for the client",
    # beats
    "greet": "Picks up the phone",
    "vent": "Lets it out",
    "soften": "Comes down a little",
    "thaw": "Opens up",
    "accept": "Says yes",
    "counter": "Says yes, but",
    "refuse": "Says no",
    "cannot_say": "Cannot say",
    "react_threaten": "After a threat",
    "react_blame": "After blame",
    "react_dismiss": "After being brushed aside",
    "react_argue": "After an argument",
    "react_pressure": "After pressure",
    "react_disclose": "After a word too many",
    "react_acknowledge": "After being acknowledged",
    "react_apologise": "After an apology",
    "react_paraphrase": "After being repeated back",
    "react_question": "After an open question",
    "react_explain": "After an explanation",
    "react_documents": "After documents are promised",
    "react_log_dispute": "After the dispute is logged",
    "react_boundary": "After a boundary",
    "react_consequence": "After a consequence is stated",
    "react_escalate": "After a hand-over is offered",
    "react_signpost": "After free advice is named",
    "silence": "Says nothing",
    "nudge": "Asks whether anybody is there",
    "puzzled": "Has not understood",
    "repeat_question": "Is asked the same again",
    "manager": "Wants a manager",
    "hang_up": "Hangs up",
    "close_warm": "Goodbye, on good terms",
    "close_cool": "Goodbye, coolly",
    "broken_word": "Reminded of a broken promise",
    "tired": "Patience runs out",
    "interrupt": "Interrupts",
    "small_talk": "Small talk",
    "recap_yes": "Agrees with a summary",
    "recap_no": "Corrects a summary",
}

HEATS = {0: "0, calm", 1: "1, irritated", 2: "2, angry", 3: "3, abusive"}
LEVELS = {1: "1, easy", 2: "2", 3: "3, hard"}


def choices_of(
    values: Iterable[Any], special: Mapping[Any, str] | None = None
) -> list[dict[str, Any]]:
    """Values with their words, as a form shows them."""
    return [{"value": x, "label": (special or {}).get(x) or words_of(x)} for x in values]


def words_of(value: Any) -> str:
    """The words for a value; its own, with spaces, where they say enough."""
    text = str(value)
    return _WORDS.get(text) or (text if len(text) < 3 or text.isupper() else _spaced(text))


def _spaced(text: str) -> str:
    return text.replace("_", " ").replace("-", " ").capitalize()
