"""Writes figures and dates the way people read them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_currency

LOCALE = "en_GB"


def money(amount: str | Decimal, currency: str) -> str:
    """An amount with its sign: £14,250.00."""
    return str(format_currency(Decimal(amount), currency, locale=LOCALE))


def day(value: str | date) -> str:
    """A day: 4 Dec 2026."""
    return str(format_date(_day(value), "d MMM y", locale=LOCALE))


def moment(value: str | datetime) -> str:
    """An instant on this desk's clock: 4 Dec 2026, 09:15."""
    instant = _local(value)
    return f"{day(instant.date())}, {instant:%H:%M}"


def clock(value: str | datetime) -> str:
    """The time of an instant on this desk's clock: 09:15."""
    return f"{_local(value):%H:%M}"


def _local(value: str | datetime) -> datetime:
    instant = datetime.fromisoformat(value) if isinstance(value, str) else value
    return instant.astimezone()


def _day(value: str | date) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value
