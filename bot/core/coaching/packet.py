"""The hand-over packet: everything the next person needs to decide, so that the client need not say it again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from bot.core.account import Account, Invoice
from bot.core.coaching.advice import EscalationAdvice
from bot.core.coaching.escalation import EscalationRules
from bot.core.coaching.ladder import NeutralVerdict, neutral_parties
from bot.core.coaching.memory import CallMemory
from bot.core.coaching.position import Position, position_of
from bot.core.coaching.wording import HEAT_WORDS, PAUSE_WORDS, label_in_words
from bot.core.labels import SILENT
from bot.core.money import Money

#: How long the receiver has to acknowledge a packet.
ANSWER_WITHIN_DAYS = 2


def hand_over_packet(
    memory: CallMemory,
    account: Account,
    escalation: EscalationAdvice,
    today: date,
    *,
    decision: str | None = None,
    note: str = "",
    rules: EscalationRules | None = None,
) -> dict[str, Any]:
    """Put the packet together as a JSON-ready document; `decision` is what the collector asks for."""
    position = position_of(account, today)
    return {
        "client": _client(account),
        "reason": escalation.reason,
        "state": escalation.state,
        "hand_to": escalation.hand_to or "supervisor",
        "exposure": _exposure(account, position),
        "invoices": [_invoice(i, today) for i in position.overdue_invoices],
        "charges": [
            {"kind": c.kind, "invoice": c.invoice_number, "amount": c.amount.plain()}
            for c in position.charges
        ],
        "disputes": _disputes(memory, account),
        "promises": {
            "kept": account.promises_kept(),
            "broken": account.promises_broken(),
            "pending": _promise(account),
            "made_in_this_call": memory.promise,
        },
        "offered": list(memory.offered),
        "refused": list(memory.refused),
        "accepted": list(memory.accepted),
        "untried": list(escalation.untried),
        "heard": {
            label_in_words(name): count
            for name, count in (memory.heard or {}).items()
            if name not in SILENT
        },
        "client_words": list(memory.quotes),
        "heat_path": list(memory.heat_path),
        "heat_highest": HEAT_WORDS[max(memory.heat_path, default=0)],
        "flags": _flags(memory, account),
        "neutral_parties": [
            _neutral(v) for v in neutral_parties(rules.neutral if rules else (), account, today)
        ],
        "decision_asked_for": decision or _decision(memory, escalation),
        "answer_by": (today + timedelta(days=ANSWER_WITHIN_DAYS)).isoformat(),
        "note": note,
        "stale_facts": list(account.stale),
        "figures_as_of": account.as_of.isoformat(),
    }


def _client(account: Account) -> dict[str, Any]:
    return {
        "id": account.id,
        "name": account.name,
        "legal_form": account.legal_form.value,
        "country": account.country,
        "industry": account.industry,
        "risk_class": account.risk_class.value,
        "relationship_value": account.relationship_value.plain(),
        "owner": account.owner,
        "on_stop": account.on_stop,
        "contacts": [{"name": c.name, "role": c.role, "phone": c.phone} for c in account.contacts],
    }


def _exposure(account: Account, position: Position) -> dict[str, Any]:
    return {
        "currency": account.currency,
        "total": position.exposure.plain(),
        "overdue": position.overdue.plain(),
        "charges": position.charged.plain(),
        "disputed": position.disputed.plain(),
        "undisputed": position.undisputed.plain(),
        "oldest_days": position.oldest_days,
    }


def _invoice(invoice: Invoice, today: date) -> dict[str, Any]:
    return {
        "number": invoice.number,
        "due_on": invoice.due_on.isoformat(),
        "days_late": invoice.days_overdue(today),
        "total": invoice.total.plain(),
        "balance": invoice.balance.plain(),
        "disputed": invoice.disputed.plain(),
        "undisputed": (invoice.balance - invoice.disputed).plain(),
        "po_number": invoice.po_number,
    }


def _disputes(memory: CallMemory, account: Account) -> list[dict[str, Any]]:
    recorded = [
        {
            "invoice": d.invoice_number,
            "reason": d.reason,
            "amount": d.amount.plain(),
            "opened_on": d.opened_on.isoformat(),
            "owner": d.owner,
            "new": False,
        }
        for d in account.disputes
        if d.is_open
    ]
    known = {dispute["invoice"] for dispute in recorded}
    new = [
        {
            "invoice": number,
            "reason": reason,
            # How much of it is contested nobody has said yet; more than is open it cannot be.
            "amount": None,
            "at_most": _balance(account, number),
            "new": True,
        }
        for number, reason in (memory.disputes or {}).items()
        if number not in known
    ]
    return recorded + new


def _balance(account: Account, number: str) -> str:
    found = (i.balance for i in account.invoices if i.number == number)
    return next(found, Money.zero(account.currency)).plain()


def _promise(account: Account) -> dict[str, Any] | None:
    promise = account.pending_promise()
    if promise is None:
        return None
    return {"amount": promise.amount.plain(), "due_on": promise.due_on.isoformat()}


def _flags(memory: CallMemory, account: Account) -> list[str]:
    protections = account.protections
    recorded = (
        ("vulnerable", protections.vulnerable_since),
        ("adviser", protections.adviser_since),
        ("moratorium", protections.moratorium_until),
        ("insolvent", protections.insolvent_since),
        ("contact_stopped", protections.contact_stopped_since),
    )
    kinds = [kind for kind, since in recorded if since]
    flags = [PAUSE_WORDS[kind] for kind in dict.fromkeys((*kinds, *memory.pauses))]
    legal = [label_in_words(n) for n in ("legal_threat", "formal_complaint") if memory.count(n)]
    return [*flags, *legal, *(["account on stop"] if account.on_stop else [])]


def _neutral(verdict: NeutralVerdict) -> dict[str, Any]:
    return {
        "title": verdict.title,
        "open": verdict.is_open,
        "why": verdict.why,
        "confirm": list(verdict.confirm),
    }


def _decision(memory: CallMemory, escalation: EscalationAdvice) -> str:
    if memory.pauses or memory.protocol:
        return "Confirm the pause and say who speaks with the client from now on."
    if "authority_exceeded" in memory.triggers:
        named = memory.named or {}
        wish = " ".join(
            str(named[key])
            for key in ("amount", "currency", "instalments", "frequency", "date")
            if named.get(key)
        )
        return f"Approve or refuse terms beyond the collector's limit{f': {wish}' if wish else ''}."
    return f"Take the call over: {escalation.reason or 'the collector asks for help'}"
