"""Rules for days named by month, number or quarter: "month end", "the 30th", "12/3", "the first of december"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from re import Match

from bot.core.language.day_words import MONTH, SHORT_WEEKDAY, WEEKDAY, WHICH, DayRule
from bot.core.language.month_days import (
    bare_day_of_month,
    by_month,
    day_number,
    day_of_month_name,
    day_of_number,
    day_of_which,
    iso,
    month_edge,
    nth_weekday,
    quarter,
    weekday_the_day,
    year_end,
)

_TH = r"(?:st|nd|rd|th)"
_YEAR = r"(?:,? (?P<year>(?:19|20)(?:[0-9]{2}|·[0-9]{2})|'[0-9]{2}))?"
_SHORT_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
#: What a number with "th" may count instead of a day.
_COUNTED = (
    r"(?:invoices?|payments?|time|times|one|ones|instal?lments?|party|calls?|letters?|reminders?|"
    r"emails?|e-mails?|floor|week|weeks|"
    r"month|months|quarter|person|people|thing|things|half|part|place|parts|go|goes|order|orders|"
    r"delivery|deliveries|class|hand|"
    r"anniversary|birthday|century|attempt|notice|accounts?|year|years|day|days|stage|step|line|"
    r"item|copy|load|lorry|batch|"
    r"request|complaint|bill|statement|choice|chance|opinion|thought|thoughts|name|rate|lot|bit|"
    r"of|or 2nd|or 3rd|man|"
    r"woman|bloke|guy|lady|agent|collector|chap|company|firm|offer|point|issue|problem|pallet|box|"
    r"shipment|aid|hundred|grade|look|2|3|few|"
    r"i've|i heard|we've|to|avenue|street|generation|tranche|consignment|visit|job|dunning|mail|"
    r"message|fella|proposal|sign|edition|instance)\b"
)


def _rule(
    meaning: str,
    needs: tuple[str, ...],
    pattern: str,
    day: Callable[[Match[str], date, bool], date | None],
) -> DayRule:
    return DayRule(meaning, needs, re.compile(pattern), day)


#: The one rule that depends on the country; see `numeric_day`.
NUMERIC = re.compile(
    r"(?:\b(?P<lead>on|by|before|until|till|for|due|dated|"
    r"the) )?(?<![0-9a-z/.•$£€-])(?<!inv )(?<!invoice )(?<!number )(?<!ref )(?<!po )"
    r"(?P<first>[0-9]{1,2})(?P<mark>[/.-])(?P<second>[0-9]{1,2})(?:(?P=mark)(?P<year>[0-9]{4}|"
    r"[0-9]{2}))?(?![0-9a-z/•%-]|[.,][0-9])"
)
ISO_RULES: tuple[DayRule, ...] = (
    _rule(
        "2026-12-04 is year, month, day",
        ("20", "19"),
        r"(?<![0-9a-z/-])((?:19|20)[0-9]{2})[-/]([0-9]{1,2})[-/]([0-9]{1,2})(?![0-9/-])",
        iso,
    ),
)

_EDGE = r"(?P<edge>(?:back|tail|very|rear) end|end|last (?:(?:working|business|banking) )?day|start|beginning|1st day|mid(?:dle)?)"
_WD = rf"(?:{WEEKDAY},? (?:the )?)?"

MONTH_RULES: tuple[DayRule, ...] = (
    _rule(
        "the 4th of december, 4 dec 2026: the next one, of something past the latest one, or that "
        "of the year said",
        _SHORT_NAMES,
        rf"(?<![0-9a-z.,/£$€•-]){_WD}(?:the )?(?P<day>[0-9]{{1,2}}){_TH}?(?: day)?(?: of|"
        rf"-)? ?{MONTH}(?! (?:be|not|have|well|need|as well|end)\b){_YEAR}",
        day_of_month_name,
    ),
    _rule(
        "december the 4th, dec 4",
        _SHORT_NAMES,
        rf"\b{_WD}{MONTH} (?:(?:the )?(?P<day>[0-9]{{1,2}}){_TH}|"
        rf"(?<!may )(?<!march )(?P<bare>[0-9]{{1,2}}))(?![0-9·]|[.,:/-][0-9]| ?(?:%|k\b|grand|"
        rf"pounds|quid|euros|days|weeks|months|pallets|units|boxes|times|hours|invoices|percent|"
        rf"per cent|of\b)){_YEAR}",
        bare_day_of_month,
    ),
    _rule(
        "the 4th of the 12th: day and month by number",
        ("of the",),
        rf"\bthe (?P<day>[0-9]{{1,2}}){_TH} of the (?P<number>[0-9]{{1,2}}){_TH}\b",
        day_of_number,
    ),
    _rule(
        "the 15th of this, next or last month; the first of the month is the next one from today "
        "on",
        ("month",),
        rf"\b(?:the )?(?P<day>[0-9]{{1,2}}){_TH} (?:day )?(?:(?:of|in) |(?=(?:this|next|"
        rf"last) month))(?:the )?"
        r"(?:(?P<which>this|next|last|following|coming|current|same|previous|each|every) )?month\b",
        day_of_which,
    ),
    _rule(
        "the first, third or last friday of the month: of the next month once it is past",
        ("day",),
        rf"\b(?:the )?(?P<nth>1st|2nd|3rd|4th|last) {SHORT_WEEKDAY} (?:of|"
        rf"in) (?:the )?{WHICH}(?:month|{MONTH})",
        nth_weekday,
    ),
    _rule(
        "the end of a month is its last day (last working day: monday to friday), the start its "
        "first, the middle its 15th",
        ("end", "mid", "start", "beginning", "1st day", "last "),
        rf"\b(?:the )?{_EDGE}(?:-| of | in | )(?:the )?{WHICH}(?:month(?! ?end)|"
        rf"{MONTH}){_YEAR}(?: after next)?(?:'s)?\b",
        month_edge,
    ),
    _rule(
        "november's end, end november",
        _SHORT_NAMES,
        rf"\b{WHICH}{MONTH}(?:'s|s)?[ -](?:month[ -]?)?end\b",
        month_edge,
    ),
    _rule(
        "month end, next month end, december end, eom",
        ("month", "eom", *_SHORT_NAMES),
        rf"\b(?:the )?{WHICH}(?:month(?:'s|s)?(?: of)?[ -]?(?:the )?end(?: {MONTH})?|eom)\b",
        month_edge,
    ),
    _rule(
        "quarter end is that of the calendar quarter; q1 to q4 the next of that number",
        ("quarter", "q1", "q2", "q3", "q4"),
        rf"\b(?:(?:the )?(?:(?:back|very) )?end (?:of )?(?:the )?{WHICH}(?:quarter|"
        rf"q(?P<number>[1-4]))|{WHICH.replace('which', 'which_too')}(?:quarter(?:'s)?|"
        rf"q(?P<number_too>[1-4]))[ -]?end)\b",
        quarter,
    ),
    _rule(
        "year end is 31 december; a financial or tax year is not guessed",
        ("year",),
        rf"(?<!financial )(?<!fiscal )(?<!tax )\b(?:(?:the )?(?:(?:back|"
        rf"very) )?end (?:of )?(?:the )?(?:calendar )?{WHICH}year|"
        rf"{WHICH.replace('which', 'which_too')}year[ -]?end)\b",
        year_end,
    ),
    _rule(
        "friday the 4th: the next month in which both agree",
        ("day", "fri", "thu", "tue", "wed"),
        rf"\b{WEEKDAY},?(?: the)? (?P<day>[0-9]{{1,2}}){_TH}\b(?! {_COUNTED})",
        weekday_the_day,
    ),
    _rule(
        "the 30th: the next day of that number from today on, of something past the latest one",
        ("th", "st", "nd", "rd"),
        rf"\b(?:the|on|by|until|till|til|before|from|for|dated|w/c|"
        rf"commencing)(?: the)? (?P<day>(?:[4-9]|[12][0-9]|3[01])){_TH}\b(?! {_COUNTED})(?!-)",
        day_number,
    ),
    _rule(
        "the first, second and third only after a preposition, because they count so many other "
        "things",
        ("st", "nd", "rd"),
        rf"\b(?:on|by|until|till|til|before|from|dated|commencing|"
        rf"since) (?:the )?(?P<day>[1-3]){_TH}\b(?! {_COUNTED})(?!-)",
        day_number,
    ),
    _rule(
        "on the 28: a number without “th” only at the end of a clause",
        ("the ",),
        r"\b(?:on|by|until|till|before) the (?P<day>[1-9]|[12][0-9]|3[01])(?= ?(?:$|"
        r"[.;!?,](?![0-9])| (?:please|then|ok|latest|if|and)\b))",
        day_number,
    ),
    _rule(
        "by january is its first day, before january the last day of december",
        _SHORT_NAMES,
        rf"\b(?P<lead>by|until|till|before) (?!may\b|mar\b){MONTH}(?!'| ?[0-9])",
        by_month,
    ),
)
