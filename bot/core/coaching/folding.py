"""Folds a turn into the memory of the call, so that nothing of the past need be read again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from bot.core.account import Account
from bot.core.coaching.advice import OptionKind
from bot.core.coaching.facts import (
    DISPUTES,
    date_named,
    meant_invoice,
    named_invoice,
)
from bot.core.coaching.grievances import speaks_of_stop
from bot.core.coaching.memory import HEAT_KEPT, NOTES_KEPT, QUOTES_KEPT, CallMemory
from bot.core.coaching.position import Position
from bot.core.labels import FAULTS, SILENT, Move, Objection, Signal
from bot.core.reading import Reading

LONGEST_QUOTE = 200

#: What shows the client that they were heard.
ACKNOWLEDGING = frozenset({Move.ACKNOWLEDGE.value, Move.APOLOGISE.value, Move.PARAPHRASE.value})

_ABOUT_PAYING = re.compile(
    r"\b(?:pay|paying|payment|instal+ments?|bank details|card|direct debit|transfer)\b", re.I
)

_OFFER_BY_MOVE = {
    Move.OFFER_PLAN.value: OptionKind.INSTALMENTS,
    Move.OFFER_PART_PAYMENT.value: OptionKind.PART_PAYMENT,
    Move.LOG_DISPUTE.value: OptionKind.UNDISPUTED_PART,
}

#: A concession is known by its words; the first that fits.
_CONCESSIONS = (
    (re.compile(r"\b(?:waiv\w+|fees?|interest|charges?)\b", re.I), OptionKind.FEE_WAIVER),
    (re.compile(r"\b(?:discount|per ?cent|%|settle\w*)", re.I), OptionKind.SETTLEMENT_DISCOUNT),
    (
        re.compile(r"\b(?:credit note|replace\w*|return|collect)\b", re.I),
        OptionKind.RETURN_OR_CREDIT,
    ),
)

_DOCUMENTS = (
    (re.compile(r"\bstatements?\b", re.I), "statement"),
    (
        re.compile(r"\b(?:proof of delivery|pod|delivery notes?|signed note)\b", re.I),
        "proof_of_delivery",
    ),
    (re.compile(r"\b(?:p\.?o\.?|purchase order|order)(?: number)?\b", re.I), "purchase_order"),
    (re.compile(r"\bbank details\b", re.I), "bank_details"),
    (re.compile(r"\b(?:terms|contract|agreement)\b", re.I), "terms"),
    (re.compile(r"\b(?:supplier form|set ?up|vendor form|portal)\b", re.I), "supplier_form"),
)


def fold_client(
    memory: CallMemory, reading: Reading, account: Account, position: Position
) -> CallMemory:
    """Add a client turn: labels, heat, words, figures named, and what was promised or contested."""
    spoken = tuple(name for name in reading.names if name not in SILENT)
    hot = reading.heat >= 3
    named = named_invoice(account, reading)
    asks_to_pay = Objection.PLAN_REQUEST.value in spoken or (
        Signal.ACCOUNT_QUESTION.value in spoken and bool(_ABOUT_PAYING.search(reading.text))
    )
    return replace(
        memory,
        turns=memory.turns + 1,
        client_turns=memory.client_turns + 1,
        plan_asked=memory.plan_asked or asks_to_pay,
        heat_path=(*memory.heat_path, reading.heat)[-HEAT_KEPT:],
        heat_3_turns=memory.heat_3_turns + hot,
        heard=_counted(memory.heard, reading.names),
        quotes=(*memory.quotes, _quote(reading))[-QUOTES_KEPT:] if spoken else memory.quotes,
        invoice=named.number if named else memory.invoice,
        named={**(memory.named or {}), **_figures(reading)} or None,
        promise=_promise(memory, reading),
        disputes=_disputes(memory, reading, account, position),
        documents=_documents(memory, reading),
        **_answer_to_offer(memory, spoken),
    )


def fold_collector(memory: CallMemory, reading: Reading) -> CallMemory:
    """Add a collector turn: moves, acknowledgement, offers, documents promised and the next contact."""
    moves = set(reading.names)
    offers = tuple(_offers(reading))
    follow_up = date_named(reading) if Move.SCHEDULE_FOLLOW_UP.value in moves else None
    replied = bool(moves - FAULTS - {Move.NEUTRAL.value})
    return replace(
        memory,
        turns=memory.turns + 1,
        acknowledged=memory.acknowledged or bool(moves & ACKNOWLEDGING),
        identified=memory.identified or Move.GREET_IDENTIFY.value in moves,
        moves=_counted(memory.moves, reading.names),
        answered=memory.answered or replied,
        offered=_joined(memory.offered, offers),
        last_offer=offers[-1] if offers else memory.last_offer,
        documents=(
            _joined(memory.documents, _documents_in(reading.text) or ("invoice_copy",))
            if Move.SEND_DOCUMENTS.value in moves
            else memory.documents
        ),
        follow_up=follow_up.isoformat() if follow_up else memory.follow_up,
        agreed=memory.agreed or Move.CONFIRM_AGREEMENT.value in moves,
    )


def _counted(counts: dict[str, int] | None, names: Iterable[str]) -> dict[str, int]:
    added = dict(counts or {})
    for name in names:
        added[name] = added.get(name, 0) + 1
    return added


def _joined(kept: tuple[str, ...], new: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*kept, *new)))[:NOTES_KEPT]


def _quote(reading: Reading) -> str:
    words = " ".join(reading.text.split())
    return words if len(words) <= LONGEST_QUOTE else words[: LONGEST_QUOTE - 1].rstrip() + "…"


def _figures(reading: Reading) -> dict[str, Any]:
    """The last figure of each kind in the turn: people correct themselves as they speak."""
    found: dict[str, Any] = {}
    for entity in reading.entities:
        if entity.type == "money":
            found["amount"] = str(entity.value["amount"])
            found["currency"] = entity.value.get("currency")
        elif entity.type == "instalments":
            found["instalments"] = entity.value.get("count")
            found["frequency"] = entity.value.get("frequency")
        elif entity.type in ("date", "percentage", "payment_method"):
            found[entity.type] = entity.value
    return found


def _promise(memory: CallMemory, reading: Reading) -> dict[str, Any] | None:
    if Signal.PROMISE_TO_PAY.value not in reading.names:
        return memory.promise
    figures = _figures(reading)
    kept = memory.promise or {}
    return {
        "amount": figures.get("amount", kept.get("amount")),
        "currency": figures.get("currency", kept.get("currency")),
        "due_on": figures.get("date", kept.get("due_on")),
        "method": figures.get("payment_method", kept.get("method")),
        "words": reading.evidence_of(Signal.PROMISE_TO_PAY.value) or _quote(reading),
    }


def _disputes(
    memory: CallMemory, reading: Reading, account: Account, position: Position
) -> dict[str, str] | None:
    contested = [
        name
        for name in reading.names
        if name in DISPUTES
        and name not in (Objection.MISSING_PAPERWORK.value, Objection.PAYMENT_CLAIMED.value)
        and not (name == Objection.TERMS_DISPUTE.value and speaks_of_stop(reading))
    ]
    if not contested:
        return memory.disputes
    invoice = meant_invoice(account, position, reading, memory.invoice)
    kept = dict(memory.disputes or {})
    if invoice and (invoice.number in kept or len(kept) < NOTES_KEPT):
        kept[invoice.number] = contested[0]
    return kept


def _documents(memory: CallMemory, reading: Reading) -> tuple[str, ...]:
    if Objection.MISSING_PAPERWORK.value not in reading.names:
        return memory.documents
    return _joined(memory.documents, _documents_in(reading.text) or ("invoice_copy",))


def _documents_in(text: str) -> tuple[str, ...]:
    return tuple(kind for pattern, kind in _DOCUMENTS if pattern.search(text))


def offered_in(reading: Reading) -> tuple[str, ...]:
    """The kinds of option that a collector turn names by its words; a concession of no known kind is left out."""
    unnamed = OptionKind.EXTENSION.value
    return tuple(kind for kind in _offers(reading) if kind != unnamed)


def _offers(reading: Reading) -> Iterable[str]:
    for name in reading.names:
        if name in _OFFER_BY_MOVE:
            yield _OFFER_BY_MOVE[Move(name)].value
        elif name == Move.OFFER_CONCESSION.value:
            fitting = (kind for pattern, kind in _CONCESSIONS if pattern.search(reading.text))
            yield next(fitting, OptionKind.EXTENSION).value


def _answer_to_offer(memory: CallMemory, spoken: tuple[str, ...]) -> dict[str, Any]:
    if memory.last_offer is None:
        return {}
    if Signal.ACCEPT_OFFER.value in spoken:
        return {"accepted": _joined(memory.accepted, [memory.last_offer])}
    if Signal.DECLINE_OFFER.value in spoken:
        return {"refused": _joined(memory.refused, [memory.last_offer])}
    return {}
