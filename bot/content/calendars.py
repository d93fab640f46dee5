"""Working-day calendars by country, from the public holidays of the `holidays` library."""

from __future__ import annotations

from collections.abc import Iterable

import holidays

from bot.core.dates import Calendar

#: Where a country's parts differ, the part whose bank holidays we keep.
_PART_KEPT = {"GB": "ENG"}


def calendar_for(country: str, years: Iterable[int]) -> Calendar:
    """The calendar of a country (ISO code) for these years; one we know nothing of has weekends only."""
    try:
        days = holidays.country_holidays(
            country, subdiv=_PART_KEPT.get(country), years=tuple(years), expand=False
        )
    except NotImplementedError:
        return Calendar(frozenset())
    return Calendar(frozenset(days))
