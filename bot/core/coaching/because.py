"""Why the coach says what it says: the words heard, the rule, the fact in the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.core.account import Account, Invoice
from bot.core.coaching.advice import Option, OptionStatus
from bot.core.coaching.facts import count_in_words, day_in_words
from bot.core.coaching.law import LawPack
from bot.core.coaching.playbook import Play
from bot.core.coaching.position import Position
from bot.core.coaching.safety import Safeguard
from bot.core.coaching.wording import label_in_words
from bot.core.reading import Reading


def because_of_card(
    reading: Reading,
    plays: Sequence[Play],
    options: Sequence[Option],
    invoice: Invoice | None,
    account: Account,
    position: Position,
    law: LawPack,
) -> tuple[str, ...]:
    """The grounds of a card: heard, house or law, ledger, and a mark on what is stale."""
    found = [_heard(reading, play.label) for play in plays]
    best = next((option for option in options if option.status is not OptionStatus.CLOSED), None)
    if best:
        asks = f" (the {best.approver} must approve)" if best.approver else ""
        found.append(f"House rule: {best.title}{asks}. {best.why}")
    found += [f"Law: {rule.text} ({rule.source})" for rule in law.shown_for(reading.names)[:1]]
    if invoice:
        found.append(f"Ledger: {_ledger(invoice, position.today)}")
    elif position.overdue_invoices:
        found.append(f"Ledger: {position.overdue} overdue")
    if account.stale:
        stale = ", ".join(account.stale)
        found.append(f"Confirm before quoting, the record is old: {stale}")
    return tuple(found)


def because_of_safeguard(safeguard: Safeguard) -> tuple[str, ...]:
    """The grounds of a protocol: the words or the record, and where the protocol comes from."""
    found = []
    if safeguard.from_record:
        found.append(f"Record: {safeguard.evidence}")
    elif safeguard.evidence:
        found.append(f"Heard “{safeguard.evidence}”")
    if safeguard.card.source:
        found.append(f"Protocol: {safeguard.card.source}")
    return tuple(found)


def _heard(reading: Reading, label: str) -> str:
    words = reading.evidence_of(label)
    named = label_in_words(label)
    return f"Heard “{words}”: {named}" if words else f"Chosen: {named}"


def _ledger(invoice: Invoice, today: date) -> str:
    late = invoice.days_overdue(today)
    state = f", {count_in_words(late, 'day')} late" if late else ""
    held = f", {invoice.disputed} of it disputed" if invoice.disputed else ""
    due = day_in_words(invoice.due_on, today)
    return f"invoice {invoice.number}, {invoice.balance} open, due {due}{state}{held}"
