"""Finds days in a turn against the day of the call; the rules with their meanings are in the rule modules.

Rules that hold for all of them
- Without a year a day is the next one from the call's day on. In a clause about something past ("it went out on
  Tuesday", "you had it on the 3rd") it is the latest one up to that day.
- A weekday alone is never the call's own day: on a Friday "Friday" is in a week, and people say "today".
- "12/3" is the 12th of March, or December 3rd where months come first; whichever of the two exists if only one does.
- What fixes no day is left out: "next week", "in the new year" is its first day, but "after Christmas", "early January",
  "in a few days" and "every Friday" are nothing. "By", "on" and "before" a day all name that day; only before a feast,
  a month or the weekend the day before is meant.
- Impossible days (31/02) and years beyond the calendar are left out.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from datetime import date

from bot.core.language.day_words import DayRule
from bot.core.language.feast_rules import FEAST, FEAST_NEEDS, feast_day
from bot.core.language.figures import Figures, in_figures
from bot.core.language.month_days import numeric_day
from bot.core.language.month_rules import ISO_RULES, MONTH_RULES, NUMERIC
from bot.core.language.spans import keep_apart
from bot.core.language.week_rules import CLOSE_RULES, WEEK_RULES, WEEKDAY_RULES
from bot.core.reading import Entity

_FEAST_RULES = (
    DayRule("a feast is its next day; before it, the day before", FEAST_NEEDS, FEAST, feast_day),
)
#: In the order in which they are asked; an earlier rule keeps its words.
DAY_RULES: tuple[DayRule, ...] = (
    *ISO_RULES,
    *_FEAST_RULES,
    *MONTH_RULES[:7],
    *WEEK_RULES,
    *MONTH_RULES[7:],
    *WEEKDAY_RULES,
    *CLOSE_RULES,
)

#: How far before a day a word of tense still counts.
_REACH = 64
_TENSE = re.compile(
    r"(?P<clause>[.;?!:]|\b(?:but|so|then)\b)|\b(?:(?P<past>went|was(?!n)|were(?!n)|came|arrived|"
    r"left|sent|paid|payed|posted|delivered|received|raised|cleared|transferred|"
    r"gone|ordered|had|been|since|ran|returned|cancelled|dated|issued|wired|mailed|bounced|landed|"
    r"rang|called|emailed|"
    r"spoke|signed|closed|shut|died|started|lost|as of|debited|already|processed|settled|"
    r"put it through)"
    r"|(?P<future>will|i'?ll|we'?ll|you'?ll|it'?ll|ye'?ll|he'?ll|she'?ll|they'?ll|gonna|going to|"
    r"can|could|shall|would|want|"
    r"plan|planning|expect|promise|should|won't|let me|until|till|til|before|due|scheduled|"
    r"booked|set up|coming|next|get|gets|send|pay|have))(?![a-z'])"
)
#: After these, "sent" or "paid" is not past: "get it paid on Friday", "it's sent on Monday".
_NOT_PAST_AFTER = re.compile(
    r"(?:\b(?:be|get|gets|getting|it|that|them|this|is|are|being|am|all|these|those|the rest|"
    r"money|everything|not|have it|half)|'s|'re|'m|n't) $"
)
_ANY_DIGIT = re.compile(r"[0-9]")
_PARTICIPLES = frozenset(
    [
        "sent",
        "paid",
        "payed",
        "posted",
        "delivered",
        "received",
        "raised",
        "cleared",
        "transferred",
        "returned",
        "cancelled",
        "issued",
        "wired",
        "mailed",
        "processed",
        "settled",
        "signed",
        "closed",
        "shut",
    ]
)


class _Tense:
    """The words of tense and the clause marks of a text, found once and asked by place."""

    def __init__(self, text: str) -> None:
        self._places: list[int] = []
        self._past: list[bool] = []
        for match in _TENSE.finditer(text):
            word, at = match["past"], match.start()
            if word in _PARTICIPLES and _NOT_PAST_AFTER.search(text, max(0, at - 16), at):
                continue
            self._places.append(at)
            self._past.append(bool(word))

    def is_past(self, at: int) -> bool:
        """Whether the clause before this place is about something past: the nearest word decides."""
        index = bisect_left(self._places, at) - 1
        return index >= 0 and at - self._places[index] <= _REACH and self._past[index]


def find_dates(text: str, today: date, *, month_first: bool = False) -> tuple[Entity, ...]:
    """Every day named in the text, as ISO dates seen from the day of the call."""
    figures = in_figures(text)
    rules = [rule for rule in DAY_RULES if any(piece in figures.text for piece in rule.needs)]
    numeric = bool(_ANY_DIGIT.search(figures.text))
    if not rules and not numeric:
        return ()
    tense = _Tense(figures.text)
    found = list(_numeric(figures, today, tense, month_first)) if numeric else []
    for rule in rules:
        found.extend(_by_rule(rule, figures, today, tense))
    return keep_apart(found)


def _numeric(figures: Figures, today: date, tense: _Tense, month_first: bool) -> Iterator[Entity]:
    for match in NUMERIC.finditer(figures.text):
        try:
            day = numeric_day(match, today, tense.is_past(match.start()), month_first)
        except (ValueError, OverflowError):
            continue
        if day:
            yield figures.entity("date", day.isoformat(), match.start("first"), match.end())


def _by_rule(rule: DayRule, figures: Figures, today: date, tense: _Tense) -> Iterator[Entity]:
    for match in rule.pattern.finditer(figures.text):
        try:
            day = rule.day(match, today, tense.is_past(match.start()))
        except (ValueError, OverflowError, IndexError):
            continue  # no such day: 31 February, or beyond the calendar
        if day:
            end = match.end() - match.group().endswith(".")  # "Fri." may also end a sentence
            yield figures.entity("date", day.isoformat(), match.start(), end)
