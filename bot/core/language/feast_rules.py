"""Rules for days with a name of their own: Christmas, New Year, Easter, the bank holidays that people pay around."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.core.language.day_words import easter, next_weekday

_FIXED = {
    "christmas eve": (12, 24),
    "boxing day": (12, 26),
    "stephen": (12, 26),
    "stephens": (12, 26),
    "new year's eve": (12, 31),
    "new years eve": (12, 31),
    "hogmanay": (12, 31),
    "halloween": (10, 31),
    "paddy": (3, 17),
    "patrick": (3, 17),
    "valentine": (2, 14),
    "independence day": (7, 4),
    "christmas": (12, 25),
    "xmas": (12, 25),
    "crimbo": (12, 25),
    "new year": (1, 1),
}
_FROM_EASTER = {"good friday": -2, "easter monday": 1, "easter": 0}

#: "Before Christmas" is the day before it; "after Christmas" names no day and is left out.
FEAST = re.compile(
    r"\b(?:(?P<lead>before|after|since|last|happy|merry|over|during|all) )?(?:the )?"
    r"(?P<feast>christmas(?: eve| day)?|xmas(?: eve| day)?|crimbo|boxing day|"
    r"st\.? stephen'?s'?(?: day)?|new year'?s eve|"
    r"new year(?:'?s(?: day)?)?|hogmanay|good friday|easter(?: monday| sunday)?|halloween|"
    r"(?:st\.? )?paddy'?s(?: day)?|st\.? patrick'?s(?: day)?|valentine'?s(?: day)?|thanksgiving|"
    r"independence day)\b"
    r"(?!'|! )(?! (?:party|parties|rush|stock|trade|trading|season|period|orders?|shutdown|break|"
    r"holidays?|card|cards|bonus|"
    r"tree|lights|market|menu|menus|sale|sales|do|present|presents|box|club|eggs?|weekend|"
    r"resolution|to you|wishes|hamper|hampers|week))"
)
#: Pieces of text without one of which no feast is named.
FEAST_NEEDS = (
    "christmas",
    "xmas",
    "crimbo",
    "new year",
    "boxing",
    "stephen",
    "easter",
    "good friday",
    "hogmanay",
    "hallow",
    "paddy",
    "patrick",
    "valentine",
    "thanksgiving",
    "independence",
)


def feast_day(match: re.Match[str], today: date, past: bool) -> date | None:
    """The feast's next day from today on; since or last one, the latest up to today."""
    lead = match["lead"] or ""
    if lead in ("after", "happy", "merry", "over", "during", "all"):
        return None
    past = past or lead in ("since", "last")
    step = -1 if past else 1
    for year in (today.year, today.year + step):
        day = _in_year(match["feast"].replace("st.", "st"), year)
        if (day <= today) if past else (day >= today):
            return day - timedelta(days=1) if lead == "before" else day
    return None


def _in_year(feast: str, year: int) -> date:
    for name, days in _FROM_EASTER.items():
        if name in feast:
            return easter(year) + timedelta(days=days)
    if feast == "thanksgiving":
        return next_weekday(date(year, 10, 31), 3) + timedelta(weeks=3)
    name = next(name for name in _FIXED if name in feast)
    return date(year, *_FIXED["christmas eve" if feast.endswith("as eve") else name])
