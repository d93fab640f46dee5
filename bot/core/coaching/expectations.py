"""What the ledger lets us expect of a call: habits, objections likely to come, our own faults, early warnings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from statistics import mean

from bot.core.account import Account, Invoice, Payment, PromiseStatus, RiskClass
from bot.core.coaching.facts import count_in_words
from bot.core.coaching.position import Position
from bot.core.labels import Objection

#: A slip of this many days in the way a client pays is worth a word.
SLIPPING_DAYS = 7
RECENT = timedelta(days=120)


def days_late_of_payments(account: Account) -> tuple[tuple[date, int], ...]:
    """For each payment that names its invoice: the day it came and how many days late it was."""
    due = {invoice.number: invoice.due_on for invoice in account.invoices}
    paid: Iterator[Payment] = (p for p in account.payments if p.invoice_number in due)
    return tuple(
        sorted((p.received_on, (p.received_on - due[p.invoice_number or ""]).days) for p in paid)
    )


def habit_of_paying(account: Account, today: date) -> str:
    """How this client pays, in words."""
    late = [days for _, days in days_late_of_payments(account)]
    if not late:
        return "no payments matched to invoices yet"
    average = round(mean(late))
    last = max(p.received_on for p in account.payments)
    ago = count_in_words(max(0, (today - last).days), "day")
    if average > 0:
        return f"pays {count_in_words(average, 'day')} late on average; last payment {ago} ago"
    return f"pays on time; last payment {ago} ago"


def expected_labels(account: Account, position: Position) -> tuple[tuple[str, str], ...]:
    """The objections to be ready for, likeliest first, each with its ground in the ledger."""
    return tuple(_expected(account, position))[:4]


def _expected(account: Account, position: Position) -> Iterator[tuple[str, str]]:
    for dispute in account.disputes:
        if dispute.is_open:
            yield dispute.reason, f"open on invoice {dispute.invoice_number}"
    if position.charges:
        charge = position.charges[-1]
        kind = charge.kind.replace("_", " ")
        yield Objection.TERMS_DISPUTE.value, f"{kind} of {charge.amount} on {charge.invoice_number}"
    missing = [i for i in position.overdue_invoices if not i.po_number]
    if missing and any(i.po_number for i in account.invoices):
        yield Objection.MISSING_PAPERWORK.value, f"no PO number on invoice {missing[0].number}"
    if account.on_stop:
        yield Objection.TERMS_DISPUTE.value, "the account is on stop"
    if account.promises_broken() > account.promises_kept():
        broken = account.promises_broken()
        yield Objection.STALLING.value, f"{broken} promise{'' if broken == 1 else 's'} broken"
    if account.risk_class in (RiskClass.C, RiskClass.D):
        yield Objection.CASH_FLOW.value, f"risk class {account.risk_class.value}"


def invoice_faults(account: Account, position: Position) -> tuple[str, ...]:
    """What is wrong with our own invoices: put right first, it saves the dispute."""
    with_po = any(i.po_number for i in account.invoices)
    seen: dict[tuple[str, date], str] = {}
    found: list[str] = []
    for invoice in position.overdue_invoices:
        found += _faults_of(invoice, account, with_po)
        key = (invoice.total.plain(), invoice.issued_on)
        if key in seen:
            found.append(f"invoice {invoice.number} looks like a duplicate of {seen[key]}")
        seen.setdefault(key, invoice.number)
    return tuple(found)


def _faults_of(invoice: Invoice, account: Account, with_po: bool) -> Iterator[str]:
    if with_po and not invoice.po_number:
        yield f"invoice {invoice.number} has no PO number, others have"
    lines = [line.total.amount for line in invoice.lines]
    if lines and sum(lines) > invoice.total.amount:
        yield f"invoice {invoice.number}: its lines add up to more than its total"
    terms = account.terms
    agreed = invoice.issued_on + timedelta(days=terms.credit_days)
    if invoice.issued_on >= terms.effective_from and invoice.due_on < agreed:
        yield f"invoice {invoice.number} falls due before the {terms.credit_days} days agreed"


def early_warnings(account: Account, position: Position) -> tuple[str, ...]:
    """The signs that an account is getting worse."""
    return tuple(_warnings(account, position))


def _warnings(account: Account, position: Position) -> Iterator[str]:
    today = position.today
    late = days_late_of_payments(account)
    recent = [days for day, days in late if day >= today - RECENT]
    before = [days for day, days in late if day < today - RECENT]
    if recent and before and mean(recent) - mean(before) >= SLIPPING_DAYS:
        slip = count_in_words(round(mean(recent) - mean(before)), "day")
        yield f"pays {slip} later than before"
    broken = [p for p in account.promises if p.status is PromiseStatus.BROKEN]
    if any(p.due_on >= today - RECENT for p in broken):
        yield "a promise was broken lately"
    opened = [d for d in account.disputes if d.opened_on >= today - RECENT]
    if len(opened) > 1:
        yield f"{count_in_words(len(opened), 'dispute')} opened lately"
    limit = account.terms.credit_limit
    if limit and position.exposure > limit:
        yield f"{position.exposure - limit} over the credit limit of {limit}"
    if account.on_stop:
        yield "on stop"


def strategy_for(account: Account, position: Position, paused: str | None) -> str:
    """The way to go about this call, from risk, habit and what stands in between."""
    if account.protections.any:
        return "Do not collect. Follow the protocol and leave money out of it."
    if paused:
        return f"{paused} Keep in touch, ask for nothing more today."
    if not position.overdue_invoices:
        return "A friendly check that nothing stands in the way of the next payment."
    if position.disputed:
        return "Settle the dispute first, with an owner and a date; ask for the undisputed part."
    struggling = account.risk_class in (RiskClass.C, RiskClass.D)
    broken = account.promises_broken()
    if broken >= 2 and struggling:
        return (
            "Ask what they can really pay; a short plan with the first payment now, no new promise."
        )
    if broken >= 2:
        return (
            "They can pay and put it off: ask for one day and one sum, and confirm it in writing."
        )
    if struggling:
        return "Money looks short: ask first, then a plan they can keep."
    if account.relationship_value > position.overdue * 10:
        return "A good client with a late bill: ask what went wrong, offer help, keep it warm."
    return "Ask for the whole sum and a day; listen for the reason before any offer."
