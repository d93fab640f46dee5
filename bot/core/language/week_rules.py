"""Rules for days named by weekday, week or distance: "friday week", "in a fortnight", "back end of next week"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from re import Match

from bot.core.language.day_words import COUNT, SHORT_WEEKDAY, UNIT, WEEKDAY, DayRule
from bot.core.language.week_days import (
    ago,
    bare_weekday,
    near,
    on_today,
    stretch,
    stretch_then,
    week_edge,
    weekday_and_week,
    weekday_in_week,
    weekend,
    weeks_on_weekday,
    which_weekday,
)

_DAY = ("day", "tue", "wed", "thu", "fri")


def _rule(
    meaning: str,
    needs: tuple[str, ...],
    pattern: str,
    day: Callable[[Match[str], date, bool], date | None],
) -> DayRule:
    return DayRule(meaning, needs, re.compile(pattern), day)


_WEEK = r"(?P<week>(?:(?:the )?week after next|the week before last|(?:the )?(?:this|next|last|following|coming) week))"
_NOT_WE = r"(?! (?:i|we|you|they|he|she)(?:'?ve| have|'?d| had| never)\b)"

WEEK_RULES: tuple[DayRule, ...] = (
    _rule(
        "so many weeks on a weekday: the first one after today, and those weeks later; with "
        "“last” or “ago” before it",
        ("week", "fortnight"),
        rf"(?<!next )(?<!this )(?<!last )(?<!day )\b(?:(?P<count>[0-9]{{1,2}}|a|"
        rf"one) )?(?P<unit>weeks?|fortnight) (?:(?P<back>last|past|ago) |(?:on|from|come|coming|"
        rf"this|next|after)(?: this| next| the)? )?{WEEKDAY}",
        weeks_on_weekday,
    ),
    _rule(
        "weekday week or fortnight: one or two weeks after the first such day after today",
        ("day week", "fortnight", "week"),
        rf"\b(?:this |coming )?{WEEKDAY} (?P<unit>week|fortnight)\b(?! (?:commencing|beginning|of|"
        rf"after|before|ending))",
        weekday_and_week,
    ),
    _rule(
        "weekday of this, next or last week (weeks begin on Monday)",
        ("week",),
        rf"\b{WEEKDAY}(?: (?:of|in))? {_WEEK}\b",
        weekday_in_week,
    ),
    _rule(
        "next week on a weekday: that day of next week",
        ("week",),
        rf"\b{_WEEK},?(?: (?:on|by))?(?: the)? {SHORT_WEEKDAY}",
        weekday_in_week,
    ),
    _rule(
        "this friday is the first from today on; next friday is friday of next week; last friday "
        "the latest before today",
        _DAY,
        rf"\b(?P<before>(?:this|next|last|coming|previous|past)(?: coming| past| coming "
        rf"up)?) {SHORT_WEEKDAY}(?P<after> after next| gone| just gone| past)?",
        which_weekday,
    ),
    _rule(
        "friday gone, friday last, friday coming, the friday after next",
        _DAY,
        rf"\b(?P<before>the )?{WEEKDAY} (?P<after>after next|just gone|gone|just past|past|last|"
        rf"previous|coming|next)\b(?! (?:thing|minute|week|month|year|quarter|half|[0-9]))",
        which_weekday,
    ),
    _rule(
        "the end of a week is its friday, the start its monday, the middle its wednesday",
        ("week",),
        r"\b(?:the )?(?P<edge>(?:back|tail|very|rear) end|end|start|beginning|early(?: on)?|1st "
        r"thing|mid(?:dle)?|midweek)(?: of| in|-)? ?"
        r"(?:the )?(?P<week>(?:week after next|(?:this |next |last |following |"
        r"coming )?(?:working )?week))\b(?! ?end)",
        week_edge,
    ),
    _rule(
        "the week's end is friday; midweek is wednesday",
        ("week's end", "midweek", "mid-week"),
        r"\b(?P<week>this |next )?(?:week's end|(?P<edge>mid-?week))\b",
        week_edge,
    ),
    _rule(
        "the weekend is saturday; by or before it friday; after it monday",
        ("weekend",),
        r"\b(?:(?P<lead>by|before|after|over|at|on|for|until|till) )?(?P<which>the|this|next|last|"
        r"the coming|this coming) weekend\b",
        weekend,
    ),
    _rule(
        "so many days, weeks or months from now; two weeks tomorrow is one day more",
        ("from", "today", "tomorrow", "after"),
        rf"\b{COUNT} {UNIT} (?P<from>(?:from |after )?(?:now|today|tomorrow))\b",
        stretch_then,
    ),
    _rule(
        "so many days, weeks or months ago",
        ("ago", "back"),
        rf"\b{COUNT} {UNIT} (?:ago|back)\b(?! (?:on|in|to))",
        ago,
    ),
    _rule(
        "the day after tomorrow, tomorrow week, tomorrow; yesterday and the day before it",
        (
            "tomorrow",
            "yesterday",
            "tmrw",
            "tomoz",
            "2moro",
            "the morra",
            "the morrow",
            "tommorow",
            "tomorow",
        ),
        r"\b(?:(?:the )?day after tomm?orr?ow|(?:the )?day before yesterday|(?:tomm?orr?ow|tmrw|"
        r"tomoz|2moro|the morr(?:a|ow))(?: week| fortnight)?|yesterday)\b(?!'s (?:world|news))",
        near,
    ),
    _rule(
        "today, tonight, this morning; today week is in seven days",
        ("today", "tonight", "this "),
        r"\b(?:(?:today|this day) (?:week|fortnight)|(?:later |earlier )?today|tonight|"
        r"this (?:morning|afternoon|evening))\b",
        on_today,
    ),
    _rule(
        "in a fortnight, within 7 days, in 2 or 3 weeks (the later); within the week is its "
        "friday, within the month its end",
        ("in ", "within ", "inside "),
        r"\b(?:in|within|inside)(?: the next| the coming| about| around| roughly| another| maybe|"
        r" say| just| only| max(?:imum)?| under){0,2} "
        rf"(?:[0-9]{{1,3}} (?:or|to|-|,)? ?)?(?P<count>[0-9]{{1,3}}|a|an|another|the|half "
        rf"an) {UNIT}(?:'s|s'|')?(?: time)?\b"
        r"(?! (?:or (?:2|so|3)|of (?!today|now)|after|from (?:the )?(?:invoice|receipt|delivery|"
        r"date|order|statement))|ly)" + _NOT_WE + r"(?! a\b)",
        stretch,
    ),
    _rule(
        "ten days' time, a week's time",
        ("time",),
        rf"\b{COUNT} {UNIT}(?:'s|s'|')? time\b(?!s)",
        stretch,
    ),
    _rule(
        "this time next week or month: the same day then",
        ("this time", "same day", "this day"),
        r"\b(?:this time|this day|(?:the )?same day) (?P<count>next) (?P<unit>week|month|year)\b",
        stretch,
    ),
)

WEEKDAY_RULES: tuple[DayRule, ...] = (
    _rule(
        "a weekday is the first one after today; of something past the latest one before today",
        _DAY,
        rf"(?<!\bblack )(?<!\bgood )(?<!\bevery )(?<!\beach )(?<!\bper )(?<!\ba )(?<!\bthe "
        rf"odd )\b{WEEKDAY}"
        r"(?!s\b)(?! (?:kid|lad|girl|job|roast|times|league|club|mirror|"
        r"trade)\b)(?!-to-)(?! to (?:fri|sat|sun|thurs))",
        bare_weekday,
    ),
    _rule(
        "mon, sat and sun only after a preposition",
        ("mon", "sat", "sun"),
        r"\b(?:on|by|until|till|til|before|from|since|come) (?P<weekday>mon|sat|"
        r"sun)\b\.?(?! (?:the|down|on))",
        bare_weekday,
    ),
)

CLOSE_RULES: tuple[DayRule, ...] = (
    _rule(
        "by close of play or the end of the day is today",
        ("close", "play", "cob", "cop", "eod", "end of"),
        r"\b(?:by|before|at|til|till|until) (?:the )?(?:close of (?:play|business|day)|close|end "
        r"of (?:play|business|the (?:working )?day|day)|cob|eod)\b"
        r"(?! (?:of|on|tomorrow|next|this|the|mon|tue|wed|thu|fri|sat|sun))(?! ?[0-9])",
        lambda match, today, past: today if "at the end of the day" not in match.group() else None,
    ),
)
