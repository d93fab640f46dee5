"""What a call tells of the case: who speaks for whom, the invoices and sums that were named, and what the client could pay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.core.labels import Objection, Signal, Speaker
from bot.core.reading import Reading

#: What an invoice is taken to be when nothing was said of its days.
_ISSUED_BEFORE, _LATE = 30, 30
_LONGEST_AGO, _LONGEST_ON = 400, 400
_MOST_INVOICES = 5

_CAP = r"[A-ZÀ-ÖØ-Þ][\w'’&-]+"
_I_AM = re.compile(rf"\b(?:my name is|this is|it's|it is|I'm) (?P<name>{_CAP}(?: {_CAP})?)")
_FROM = re.compile(rf"\b(?:from|at) (?P<name>{_CAP}(?: (?:{_CAP}|&|and))*)")
_YOU_ARE = re.compile(
    rf"\b(?:[Hh]ello|[Hh]i|[Mm]orning|[Aa]fternoon|[Ss]peak(?:ing)? (?:to|with)|[Ii]s that|[Tt]hanks|[Tt]hank you),? "
    rf"(?P<name>(?:(?:Mr|Mrs|Ms|Miss|Dr) )?{_CAP}(?: {_CAP})?)"
)
_SPEAKING = re.compile(rf"(?P<name>{_CAP}(?: {_CAP})?) (?:speaking|here)\b")
_FIRM = re.compile(rf"^(?P<name>{_CAP}(?: (?:{_CAP}|&|and))+)[,.]")
_NOBODY = frozenset(
    ("the", "that", "there", "good", "hello", "yes", "no", "who", "what", "well", "right", "sorry")
)


@dataclass(frozen=True)
class Parties:
    """Who speaks for whom; empty where the call does not say."""

    collector: str = ""
    company: str = ""
    contact: str = ""
    client: str = ""


def parties_of(readings: Sequence[Reading]) -> Parties:
    """The names that both sides give themselves and each other, as masked in the call."""
    ours = [r.text for r in readings if r.speaker is Speaker.COLLECTOR]
    theirs = [r.text for r in readings if r.speaker is Speaker.CLIENT]
    collector, company = _first(_I_AM, ours), _first(_FROM, ours)
    contact = _first(_SPEAKING, theirs) or _first(_YOU_ARE, ours) or _first(_I_AM, theirs)
    client = _first(_FIRM, theirs)
    return Parties(collector, company if company != collector else "", contact, client or contact)


def invoices_of(readings: Sequence[Reading], today: date) -> list[dict[str, Any]]:
    """The invoices that were named, with the sum and the day of the same breath as far as they were said."""
    found: dict[str, dict[str, Any]] = {}
    for reading in sorted(readings, key=lambda r: r.speaker is not Speaker.COLLECTOR):
        numbers = [str(e.value) for e in reading.entities if e.type == "invoice_number"]
        sums = sums_in(reading)
        for place, number in enumerate(numbers):
            total = sums[place] if place < len(sums) else None
            row = found.setdefault(number, _invoice(number, None, None))
            if "total" not in row and total is not None:
                row.update(_invoice(number, total, _past_day(reading, today)))
    if not found:
        largest = max((s for r in readings for s in sums_in(r)), default=None)
        found["1001"] = _invoice("1001", largest, None)
    return list(found.values())[:_MOST_INVOICES]


def currency_of(readings: Sequence[Reading]) -> str:
    """The currency that was spoken of first."""
    named = (e.value for r in readings for e in r.entities if e.type == "money")
    return next((str(value.get("currency") or "GBP") for value in named), "GBP")


def sums_in(reading: Reading) -> list[Decimal]:
    """The sums of a turn, in order."""
    return list(_sums(reading))


def limits_of(readings: Sequence[Reading], today: date) -> dict[str, Any]:
    """What the client seems able to do, by what it promised and asked for; the rest is the trainer's to say."""
    limits: dict[str, Any] = {
        "today": "0.00",
        "full_on": 30,
        "per_instalment": "0.00",
        "first_day": 0,
        "longest": 1,
        "accepts": ["full_payment", "extension"],
        "needs": {"trust": 40, "temper_below": 60},
        "wants": [],
    }
    theirs = [r for r in readings if r.speaker is Speaker.CLIENT]
    promise = next((r for r in theirs if Signal.PROMISE_TO_PAY.value in r.names), None)
    if promise is not None:
        days, sums = _coming_day(promise, today), sums_in(promise)
        if days == 0 and sums:
            limits["today"] = _figure(sums[0])
            limits["accepts"] = ["part_payment", *limits["accepts"]]
        elif days is not None:
            limits["full_on"] = days
    asked = next((r for r in theirs if Objection.PLAN_REQUEST.value in r.names), None)
    if asked is not None:
        limits["wants"] = ["instalments"]
        each = sums_in(asked)
        count = next((e.value.get("count") for e in asked.entities if e.type == "instalments"), 3)
        if each:
            limits["per_instalment"] = _figure(each[-1])
            limits["longest"] = min(12, max(2, int(count or 3)))
            limits["accepts"] = ["instalments", *limits["accepts"]]
    return limits


def _first(pattern: re.Pattern[str], texts: Sequence[str]) -> str:
    for text in texts:
        for match in pattern.finditer(text):
            name = match["name"].strip(" ,.&")
            name = re.sub(r"(?:['’]s| and| about)$", "", name)
            if name.split()[0].lower() not in _NOBODY:
                return name
    return ""


def _invoice(number: str, total: Decimal | None, due: int | None) -> dict[str, Any]:
    day = -_LATE if due is None else due
    row: dict[str, Any] = {"number": number, "issued": day - _ISSUED_BEFORE, "due": day}
    if total is not None:
        row |= {"total": _figure(total), "balance": _figure(total), "disputed": "0.00"}
    return row


def _sums(reading: Reading) -> Iterator[Decimal]:
    for entity in reading.entities:
        if entity.type == "money":
            try:
                amount = Decimal(str(entity.value["amount"]))
            except (InvalidOperation, KeyError, TypeError):
                continue
            if amount > 0:
                yield amount


def _figure(amount: Decimal) -> str:
    return f"{amount:.2f}"


def _past_day(reading: Reading, today: date) -> int | None:
    days = (day for day in _days(reading, today) if -_LONGEST_AGO <= day < 0)
    return next(days, None)


def _coming_day(reading: Reading, today: date) -> int | None:
    days = (day for day in _days(reading, today) if 0 <= day <= _LONGEST_ON)
    return next(days, None)


def _days(reading: Reading, today: date) -> Iterator[int]:
    for entity in reading.entities:
        if entity.type == "date":
            try:
                yield (date.fromisoformat(str(entity.value)) - today).days
            except ValueError:
                continue
