"""The facts that a line may quote: which invoice is meant, and every placeholder that this account can fill."""

from __future__ import annotations

import calendar as months
import re
from collections.abc import Iterable
from datetime import date, timedelta

from bot.core.account import Account, Charge, Invoice, LegalForm
from bot.core.coaching.grievances import speaks_of_fee, speaks_of_stop
from bot.core.coaching.position import Position
from bot.core.dates import Calendar
from bot.core.labels import FAMILY_OF, Family, Objection, Signal
from bot.core.language.number_words import BELOW_TWENTY
from bot.core.money import Money
from bot.core.reading import Reading

DISPUTES = frozenset(o.value for o in Objection if FAMILY_OF[o] is Family.DISPUTED_TERMS)

#: Disputes that withhold payment of an invoice until they are settled.
_ON_AN_INVOICE = frozenset({Objection.INVOICE_DISPUTE.value, Objection.SERVICE_DISPUTE.value})

_NUMBER_WORDS = ["no", *BELOW_TWENTY, "twenty"]

_LONG_AGO = timedelta(days=300)

#: What may be said before we know that the right person is on the line.
_SAFE_FOR_STRANGERS = frozenset({"client", "contact", "today_plus_3"})
_SAFE_FOR_COLLEAGUES = _SAFE_FOR_STRANGERS | {"invoice", "po"}


def find_invoice(account: Account, spoken: str) -> Invoice | None:
    """The invoice that a spoken number means: equal, or its unmistakable ending."""
    wanted = _digits(spoken)
    if not wanted:
        return None
    numbers = [(invoice, _digits(invoice.number)) for invoice in account.invoices]
    exact = [invoice for invoice, digits in numbers if digits == wanted]
    if exact:
        return next((i for i in exact if i.balance.is_positive), exact[0])
    ends = [i for i, digits in numbers if len(wanted) >= 3 and digits.endswith(wanted)]
    return ends[0] if len(ends) == 1 else None


def named_invoice(account: Account, reading: Reading) -> Invoice | None:
    """The first invoice of this account that the turn names by number."""
    spoken = (str(e.value) for e in reading.entities if e.type == "invoice_number")
    return next((i for i in (find_invoice(account, s) for s in spoken) if i), None)


def meant_invoice(
    account: Account, position: Position, reading: Reading, spoken_of: str | None = None
) -> Invoice | None:
    """The invoice a line should name: the named one, the charged, the disputed, else the oldest.

    `spoken_of` is the number named earlier in the call.
    """
    named = named_invoice(account, reading)
    if named:
        return named
    earlier = find_invoice(account, spoken_of) if spoken_of else None
    if (
        Objection.TERMS_DISPUTE.value in reading.names
        and position.charges
        and not speaks_of_stop(reading)
    ):
        charge = _charge_meant(position, earlier)
        charged = find_invoice(account, charge.invoice_number) if charge else None
        if charged and (earlier is None or speaks_of_fee(reading)):
            return charged
    if earlier and earlier.balance.is_positive:
        return earlier
    overdue = position.overdue_invoices
    if DISPUTES.intersection(reading.names):
        in_dispute = next((i for i in overdue if i.disputed.is_positive), None)
        if in_dispute:
            return in_dispute
    # Asking for money that is in dispute would only reopen the dispute.
    clear = (i for i in overdue if i.disputed < i.balance)
    soonest = sorted((i for i in account.invoices if i.balance.is_positive), key=lambda i: i.due_on)
    return next(clear, None) or next(iter(overdue), None) or next(iter(soonest), None)


def facts_of(
    account: Account,
    position: Position,
    reading: Reading,
    calendar: Calendar,
    spoken_of: str | None = None,
) -> dict[str, str]:
    """Every placeholder that this account can fill for this turn."""
    today = position.today
    invoice = meant_invoice(account, position, reading, spoken_of)
    facts = {
        "client": account.name,
        "terms_days": str(account.terms.credit_days),
        "today_plus_3": day_in_words(calendar.add_working_days(today, 3), today),
        **({"contact": account.contacts[0].name} if account.contacts else {}),
        **_of_invoice(invoice, today),
        **_of_sums(position),
        **_of_charge(position, reading, invoice),
        **_of_dispute(position, reading, invoice),
        **_of_payment(account, today),
        **_of_promise(account, reading, today),
    }
    if Objection.WRONG_CONTACT.value in reading.names:
        private = account.legal_form in (LegalForm.CONSUMER, LegalForm.SOLE_TRADER)
        allowed = _SAFE_FOR_STRANGERS if private else _SAFE_FOR_COLLEAGUES
        return {name: fact for name, fact in facts.items() if name in allowed}
    return facts


def day_in_words(day: date, today: date) -> str:
    """A day as it is said: `4 December`, with the year only when it is far off."""
    words = f"{day.day} {months.month_name[day.month]}"
    return f"{words} {day.year}" if abs(day - today) > _LONG_AGO else words


def count_in_words(count: int, noun: str) -> str:
    """A number of things as it is said: `three invoices`."""
    number = _NUMBER_WORDS[count] if count < len(_NUMBER_WORDS) else str(count)
    return f"{number} {noun}" if count == 1 else f"{number} {noun}s"


def money_named(reading: Reading, currency: str) -> Money | None:
    """The first amount the turn names in the account's currency."""
    for entity in reading.entities:
        if entity.type == "money" and entity.value.get("currency") in (currency, None):
            return Money.of(str(entity.value["amount"]), currency)
    return None


def date_named(reading: Reading) -> date | None:
    """The last date the turn names: people correct themselves as they speak."""
    days = [date.fromisoformat(e.value) for e in reading.entities if e.type == "date"]
    return days[-1] if days else None


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number).lstrip("0")


def _charge_meant(position: Position, earlier: Invoice | None) -> Charge | None:
    same = (c for c in position.charges if earlier and c.invoice_number == earlier.number)
    return next(same, None) or max(
        position.charges, key=lambda c: (c.charged_on, c.amount.amount), default=None
    )


def _of_invoice(invoice: Invoice | None, today: date) -> dict[str, str]:
    if invoice is None:
        return {}
    facts = {
        "invoice": f"invoice {invoice.number}",
        "due_date": day_in_words(invoice.due_on, today),
    }
    if invoice.balance.is_positive:
        facts["amount"] = str(invoice.balance)
    if invoice.days_overdue(today):
        facts["days"] = str(invoice.days_overdue(today))
    if invoice.po_number:
        facts["po"] = invoice.po_number
    return facts


def _of_sums(position: Position) -> dict[str, str]:
    if not position.overdue_invoices:
        return {}
    return {
        "overdue": str(position.overdue),
        "count": count_in_words(len(position.overdue_invoices), "invoice"),
    }


def _of_charge(position: Position, reading: Reading, invoice: Invoice | None) -> dict[str, str]:
    charge = _charge_meant(position, invoice)
    # Who contests the due date has not heard of the fee yet: naming it would add a grievance.
    other_terms = Objection.TERMS_DISPUTE.value in reading.names and not speaks_of_fee(reading)
    if charge is None or other_terms:
        return {}
    return {"fee": str(charge.amount), "fee_invoice": f"invoice {charge.invoice_number}"}


def _of_dispute(position: Position, reading: Reading, invoice: Invoice | None) -> dict[str, str]:
    disputed = position.disputed
    if invoice and _ON_AN_INVOICE.intersection(reading.names):
        if invoice.due_on < position.today and not invoice.disputed:
            disputed = disputed + invoice.balance
    elif speaks_of_fee(reading):
        disputed = disputed + position.charged
    undisputed = position.due_now - disputed
    if not disputed.is_positive:
        return {}
    facts = {"disputed": str(disputed)}
    return {**facts, "undisputed": str(undisputed)} if undisputed.is_positive else facts


def _of_payment(account: Account, today: date) -> dict[str, str]:
    last = max(account.payments, key=lambda p: p.received_on, default=None)
    # A stale payment record may lack the very payment the client speaks of.
    if last is None or "payments" in account.stale:
        return {}
    return {
        "last_payment": str(last.amount),
        "last_payment_date": day_in_words(last.received_on, today),
    }


def _of_promise(account: Account, reading: Reading, today: date) -> dict[str, str]:
    if Signal.PROMISE_TO_PAY.value in reading.names:
        amount, day = money_named(reading, account.currency), date_named(reading)
        spoken: Iterable[tuple[str, str | None]] = (
            ("promise_amount", str(amount) if amount else None),
            ("promise_date", day_in_words(day, today) if day else None),
        )
        return {name: words for name, words in spoken if words}
    pending = account.pending_promise()
    if pending is None:
        return {}
    return {
        "promise_amount": str(pending.amount),
        "promise_date": day_in_words(pending.due_on, today),
    }
