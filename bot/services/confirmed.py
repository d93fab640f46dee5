"""What a collector confirms at the end of a call, checked before any of it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bot.core.account import Account
from bot.core.coaching.facts import find_invoice
from bot.core.errors import InvalidInputError
from bot.core.labels import FAMILY_OF, Family, Objection
from bot.core.language.redact import redact
from bot.core.money import Money
from bot.services.ports import UnitOfWork

#: A promise or plan further off than this is a slip of the keyboard.
FURTHEST = timedelta(days=366 * 3)

_FIGURES = re.compile(r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,3}|[0-9]{1,12})(?:\.[0-9]{1,3})?")

_REASONS = tuple(o.value for o in Objection if FAMILY_OF[o] is Family.DISPUTED_TERMS)
_PAUSES = ("vulnerable", "adviser", "moratorium", "insolvent", "contact_stopped")
_SECTIONS = ("promise", "plan", "dispute", "document", "follow_up", "pause", "notes")


@dataclass(frozen=True)
class Confirmed:
    """The checked sections; a section that was left out is empty."""

    promise: tuple[Money, date] | None = None
    plan: tuple[tuple[Money, date], ...] = ()
    disputes: tuple[dict[str, Any], ...] = ()
    documents: tuple[dict[str, Any], ...] = ()
    follow_up: tuple[date, str] | None = None
    pauses: tuple[tuple[str, date], ...] = ()
    notes: str = ""


def checked(document: dict[str, Any], account: Account, today: date) -> Confirmed:
    """Read the sections promise, plan, dispute(s), document(s), follow_up, pause(s) and notes; InvalidInputError names the field."""
    unknown = [name for name in document if name not in _SECTIONS]
    if unknown:
        raise InvalidInputError(
            f"“{unknown[0]}” cannot be confirmed; the sections are {', '.join(_SECTIONS)}.",
            field=f"confirmed.{unknown[0]}",
        )
    return Confirmed(
        promise=_promise(_part(document, "promise"), account, today),
        plan=_plan(_part(document, "plan"), account, today),
        disputes=tuple(_dispute(item, account) for item in _parts(document, "dispute")),
        documents=tuple(_document(item) for item in _parts(document, "document")),
        follow_up=_follow_up(_part(document, "follow_up"), today),
        pauses=tuple((_pause(item), today) for item in _parts(document, "pause")),
        notes=masked_note(document.get("notes"), 4000),
    )


def write(
    confirmed: Confirmed, work: UnitOfWork, account: Account, by: str, call_id: str | None
) -> list[dict[str, str]]:
    """Write what was confirmed to the ledger; returns kind and id of each record."""
    accounts, written = work.accounts, []
    if confirmed.promise:
        amount, due = confirmed.promise
        made = accounts.add_promise(account.id, amount.plain(), amount.currency, due, by, call_id)
        written.append({"kind": "promise", "id": made})
    if confirmed.plan:
        schedule = [(amount.plain(), due) for amount, due in confirmed.plan]
        made = accounts.add_plan(account.id, schedule, account.currency, by, call_id)
        written.append({"kind": "plan", "id": made})
    for item in confirmed.disputes:
        made = accounts.add_dispute(
            account.id,
            item["invoice_number"],
            item["reason"],
            item["amount"],
            item["note"],
            by,
            call_id,
        )
        written.append({"kind": "dispute", "id": made})
    for item in confirmed.documents:
        made = accounts.add_document_request(account.id, item["kind"], item["reference"], by)
        written.append({"kind": "document", "id": made})
    for kind, on in confirmed.pauses:
        accounts.set_protection(account.id, kind, on, f"Confirmed after {call_id}", by)
        written.append({"kind": "pause", "id": kind})
    if confirmed.follow_up:
        due, note = confirmed.follow_up
        made = accounts.add_follow_up(account.id, due, note, by)
        written.append({"kind": "follow_up", "id": made})
    return written


def masked_note(words: Any, longest: int = 2000) -> str:
    """Free words as they may be kept: cut to a length, numbers of cards and bank accounts masked."""
    return redact(str(words or "")[:longest])[0]


def _promise(
    item: dict[str, Any] | None, account: Account, today: date
) -> tuple[Money, date] | None:
    if not item:
        return None
    amount = _money(item.get("amount"), account, "confirmed.promise.amount")
    if amount > account.exposure():
        raise InvalidInputError(
            f"The promise ({amount}) is more than the account owes ({account.exposure()}).",
            field="confirmed.promise.amount",
        )
    return amount, _day(item.get("due_on"), today, "confirmed.promise.due_on")


def _plan(
    item: dict[str, Any] | None, account: Account, today: date
) -> tuple[tuple[Money, date], ...]:
    if not item:
        return ()
    rows = item.get("schedule")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows) or not rows:
        raise InvalidInputError("A plan needs its payments.", field="confirmed.plan.schedule")
    schedule = tuple(
        (
            _money(row.get("amount"), account, f"confirmed.plan.schedule.{index}.amount"),
            _day(row.get("due"), today, f"confirmed.plan.schedule.{index}.due"),
        )
        for index, row in enumerate(rows)
    )
    total = Money.sum((amount for amount, _ in schedule), account.currency)
    if total > account.exposure():
        raise InvalidInputError(
            f"The plan adds up to {total}, more than the account owes ({account.exposure()}).",
            field="confirmed.plan.schedule",
        )
    return schedule


def _dispute(item: dict[str, Any], account: Account) -> dict[str, Any]:
    number = str(item.get("invoice_number") or "")
    invoice = find_invoice(account, number)
    if invoice is None:
        raise InvalidInputError(
            f"There is no invoice “{number}” on this account.",
            field="confirmed.dispute.invoice_number",
        )
    reason = item.get("reason")
    if reason not in _REASONS:
        raise InvalidInputError(
            f"The reason is one of {', '.join(_REASONS)}.", field="confirmed.dispute.reason"
        )
    if not invoice.balance.is_positive:
        raise InvalidInputError(
            f"Invoice {invoice.number} is paid: there is nothing left to dispute.",
            field="confirmed.dispute.invoice_number",
        )
    amount = None
    if item.get("amount") not in (None, ""):
        contested = _money(item["amount"], account, "confirmed.dispute.amount")
        if contested > invoice.balance:
            raise InvalidInputError(
                f"{contested} is more than is open on invoice {invoice.number} ({invoice.balance}).",
                field="confirmed.dispute.amount",
            )
        amount = contested.plain()
    return {
        "invoice_number": invoice.number,
        "reason": reason,
        "amount": amount,
        "note": masked_note(item.get("note")),
    }


def _pause(item: dict[str, Any]) -> str:
    kind = item.get("kind")
    if kind not in _PAUSES:
        raise InvalidInputError(
            f"A pause is one of {', '.join(_PAUSES)}.", field="confirmed.pause.kind"
        )
    return str(kind)


def _document(item: dict[str, Any]) -> dict[str, Any]:
    kind = str(item.get("kind") or "").strip()[:80]
    if not kind:
        raise InvalidInputError("Which document?", field="confirmed.document.kind")
    return {"kind": kind, "reference": str(item.get("reference") or "")[:80] or None}


def _follow_up(item: dict[str, Any] | None, today: date) -> tuple[date, str] | None:
    if not item:
        return None
    day = _day(item.get("due_on"), today, "confirmed.follow_up.due_on")
    return day, masked_note(item.get("note"))


def _part(document: dict[str, Any], name: str) -> dict[str, Any] | None:
    item = document.get(name)
    if item and not isinstance(item, dict):
        raise InvalidInputError("A confirmed record is an object.", field=f"confirmed.{name}")
    return item or None


def _parts(document: dict[str, Any], name: str) -> list[dict[str, Any]]:
    value = document.get(name)
    items = value if isinstance(value, list) else [value] if value else []
    if not all(isinstance(item, dict) for item in items):
        raise InvalidInputError("Each confirmed record is an object.", field=f"confirmed.{name}")
    return items


def _money(value: Any, account: Account, where: str) -> Money:
    text = str("" if value is None else value).strip()
    minor_digits = len(str(Money.unit(account.currency)).partition(".")[2])
    # "2,50" and "2.000" mean different sums in different countries, so neither is guessed at.
    if not _FIGURES.fullmatch(text) or len(text.partition(".")[2]) > minor_digits:
        raise InvalidInputError("Give the sum in figures, such as 2000 or 2000.50.", field=where)
    amount = Money.of(text.replace(",", ""), account.currency)
    if not amount.is_positive:
        raise InvalidInputError("The sum must be more than nothing.", field=where)
    return amount


def _day(value: Any, today: date, where: str) -> date:
    try:
        day = date.fromisoformat(str(value or ""))
    except ValueError as error:
        raise InvalidInputError("Give the day as year-month-day.", field=where) from error
    if day < today:
        raise InvalidInputError("The day has passed already.", field=where)
    if day - today > FURTHEST:
        raise InvalidInputError("The day is more than three years away.", field=where)
    return day
