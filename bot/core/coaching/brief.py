"""The brief before a call: who, how much, how they pay, what to expect, what to put right first, how to open."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from bot.core.account import Account
from bot.core.coaching.desk import Desk
from bot.core.coaching.expectations import (
    early_warnings,
    expected_labels,
    habit_of_paying,
    invoice_faults,
    strategy_for,
)
from bot.core.coaching.facts import count_in_words, day_in_words
from bot.core.coaching.ladder import next_lawful_step, pause_of
from bot.core.coaching.law import law_for
from bot.core.coaching.memory import CallMemory
from bot.core.coaching.position import Position, position_of
from bot.core.coaching.wording import label_in_words
from bot.core.dates import in_words
from bot.core.money import Money

#: Days late, as ageing lists cut them.
AGE_BANDS = ((1, 30), (31, 60), (61, 90), (91, None))
CONTACTS_SHOWN = 3


@dataclass(frozen=True)
class Brief:
    """What to know before dialling; every field is ready to be shown or read out."""

    who: str
    standing: str
    ageing: dict[str, str]
    habit: str
    promises: str
    disputes: tuple[str, ...]
    last_contacts: tuple[str, ...]
    expect: tuple[str, ...]
    invoice_faults: tuple[str, ...]
    early_warnings: tuple[str, ...]
    at_risk: str
    relationship: str
    strategy: str
    opening_line: str
    purpose_line: str
    law: str
    next_step: str | None
    paused: str | None
    stale: tuple[str, ...]
    as_of: str

    def as_json(self) -> dict[str, Any]:
        """The brief as the interface publishes it."""
        return asdict(self)


def brief(account: Account, desk: Desk, today: date) -> Brief:
    """Put the brief together from the ledger."""
    position = position_of(account, today)
    step = next_lawful_step(desk.escalation.rungs, account, position, desk.calendar)
    paused = pause_of(CallMemory(), account, position)
    expected = expected_labels(account, position)
    return Brief(
        who=_who(account),
        standing=_standing(position),
        ageing=ageing(account, today),
        habit=habit_of_paying(account, today),
        promises=_promises(account),
        disputes=_disputes(account),
        last_contacts=_last_contacts(account),
        expect=tuple(f"{label_in_words(label)}: {why}" for label, why in expected),
        invoice_faults=invoice_faults(account, position),
        early_warnings=early_warnings(account, position),
        at_risk=f"{position.exposure} open, risk class {account.risk_class.value}",
        relationship=f"{account.relationship_value} a year{_since(account)}",
        strategy=strategy_for(account, position, paused),
        opening_line=opening_line(account),
        purpose_line=purpose_line(account, position, paused),
        law=law_for(account, desk.laws, today).title,
        next_step=step.text if step and not paused else None,
        paused=paused,
        stale=account.stale,
        as_of=account.as_of.isoformat(),
    )


def ageing(account: Account, today: date) -> dict[str, str]:
    """The overdue sum by days late, as decimal texts."""
    bands: dict[str, str] = {}
    for first, last in AGE_BANDS:
        name = f"{first}-{last}" if last else f"over {first - 1}"
        inside = (
            i.balance
            for i in account.overdue_invoices(today)
            if first <= i.days_overdue(today) and (last is None or i.days_overdue(today) <= last)
        )
        bands[name] = Money.sum(inside, account.currency).plain()
    return bands


def opening_line(account: Account) -> str:
    """The first sentence: it asks for the person and says nothing of the debt, for anybody may have answered."""
    if account.protections.any:
        return "Stop: this account is protected. Read the protocol before you dial."
    person = account.contacts[0].name if account.contacts else "the person who pays your suppliers"
    return f"May I speak to {person}, please?"


def purpose_line(account: Account, position: Position, paused: str | None = None) -> str:
    """The second sentence, once the right person is on the line: which invoices, how much, since when."""
    if account.protections.any:
        return ""
    overdue = position.overdue_invoices
    if not overdue:
        return "I'm ringing to see that everything on your account is in order."
    if paused:
        return "I'm following up what we agreed, and nothing else is being asked for today."
    first = overdue[0]
    due = day_in_words(first.due_on, position.today)
    if len(overdue) == 1:
        return f"It's about invoice {first.number} for {first.balance}, due on {due}."
    many = count_in_words(len(overdue), "invoice")
    return f"It's about {many}, {position.overdue} in all, the oldest due on {due}."


def _who(account: Account) -> str:
    form = account.legal_form.value.replace("_", " ")
    vat = "VAT registered" if account.vat_registered else "not VAT registered"
    return f"{account.name}: {form}, {account.industry}, {account.country}, {vat}"


def _since(account: Account) -> str:
    return f", client since {account.customer_since.year}" if account.customer_since else ""


def _standing(position: Position) -> str:
    if not position.overdue_invoices:
        return f"Nothing overdue; {position.exposure} open."
    many = count_in_words(len(position.overdue_invoices), "invoice")
    late = count_in_words(position.oldest_days, "day")
    extra = f", {position.charged} in charges" if position.charged else ""
    held = f", {position.disputed} of it disputed" if position.disputed else ""
    return f"{position.overdue} overdue on {many}, oldest {late} late{held}{extra}."


def _promises(account: Account) -> str:
    kept, broken = account.promises_kept(), account.promises_broken()
    pending = account.pending_promise()
    text = f"kept {kept} of {kept + broken}" if kept + broken else "no promises so far"
    if pending:
        text += f"; {pending.amount} promised for {in_words(pending.due_on)}"
    return text


def _disputes(account: Account) -> tuple[str, ...]:
    return tuple(
        f"invoice {d.invoice_number}: {label_in_words(d.reason)}, {d.amount}, open since "
        f"{in_words(d.opened_on)}{f', with {d.owner}' if d.owner else ', nobody owns it'}"
        for d in account.disputes
        if d.is_open
    )


def _last_contacts(account: Account) -> tuple[str, ...]:
    latest = sorted(account.contact_log, key=lambda entry: entry.at, reverse=True)
    return tuple(
        f"{in_words(e.at.date())}, {e.channel}, {e.by}: {e.summary}"
        for e in latest[:CONTACTS_SHOWN]
    )
