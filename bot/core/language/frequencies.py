"""How often instalments come: weekly, fortnightly or monthly, in all the words for it."""

from __future__ import annotations

import re
from typing import Any

EVERY = (
    r"(?:a|an|per|each|every|ever|ivery) ?(?P<every>other week|2nd week|2 weeks|fortnight|week|wk|"
    r"month|mth|"
    r"(?:mon|tues|wednes|thurs|fri)day)\b|(?P<adverb>weekly|fortnightly|bi-?weekly|monthly|pcm|pw|"
    r"p/w|p/m)\b|"
    r"/ ?(?P<slash>week|wk|month|mth|mo)\b"
)
FREQUENCY = {
    "week": "weekly",
    "wk": "weekly",
    "weekly": "weekly",
    "pw": "weekly",
    "p/w": "weekly",
    "other week": "fortnightly",
    "2nd week": "fortnightly",
    "2 weeks": "fortnightly",
    "fortnight": "fortnightly",
    "fortnightly": "fortnightly",
    "biweekly": "fortnightly",
    "bi-weekly": "fortnightly",
    "month": "monthly",
    "mth": "monthly",
    "mo": "monthly",
    "monthly": "monthly",
    "pcm": "monthly",
    "p/m": "monthly",
} | {f"{day}day": "weekly" for day in ("mon", "tues", "wednes", "thurs", "fri")}


def plan_value(
    count: int | None, frequency: str | None, amount: dict[str, str] | None = None
) -> dict[str, Any]:
    """The JSON-ready value of an instalment plan."""
    plan: dict[str, Any] = {"count": count, "frequency": frequency}
    return plan | {"amount": amount} if amount else plan


def frequency_of(match: re.Match[str], *names: str) -> str | None:
    """The frequency that one of these groups of a match names."""
    groups = match.groupdict()
    return next((FREQUENCY[groups[name]] for name in names if groups.get(name)), None)
