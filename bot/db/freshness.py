"""How old a fact may be before it is marked: the coach has it confirmed before quoting it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

#: Days that a fact stays fresh, by the name under which an account lists it as stale.
DAYS_FRESH: dict[str, int] = {
    # Money moves daily; three days cover a weekend between two ledger runs.
    "balances": 3,
    # Credit files are renewed once a year.
    "risk_class": 365,
    # People change desks: a year and a month, so that a yearly check does not lapse while it is under way.
    "contacts": 400,
    # Terms bind until changed, but two years unread is long enough for somebody to have agreed otherwise.
    "terms": 730,
    # Legal form, country and VAT registration choose the law; they change rarely.
    "legal_form": 730,
    # Last year's turnover says little about this year's after a quarter more.
    "relationship_value": 455,
}


def stale_facts(stamps: Mapping[str, datetime | None], today: date) -> tuple[str, ...]:
    """Name the facts that are older than they should be, or were assumed and never confirmed."""
    return tuple(
        fact
        for fact, days in DAYS_FRESH.items()
        if fact in stamps and _is_stale(stamps[fact], days, today)
    )


def _is_stale(as_of: datetime | None, days: int, today: date) -> bool:
    return as_of is None or (today - as_of.date()).days > days
