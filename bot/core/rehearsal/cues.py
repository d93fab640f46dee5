"""Words that witness beside the recogniser's labels: days, sums, paying, the debt itself, and how a quote is cut.

A recogniser misses a label now and then. These patterns are plain enough to be read by a trainer; the quote of each
is the sentence in which it stands.
"""

from __future__ import annotations

import re

from bot.core.rehearsal.scorecard import ScoredTurn

#: More of a turn than this is not searched for words.
READ_AT_MOST = 6_000

#: Apostrophes as they are typed and as they are printed, or left out by a speech recogniser.
_AP = "['\u2019]?"


def words(pattern: str) -> re.Pattern[str]:
    """A pattern over spoken words, in any case and however an apostrophe is written, or left out."""
    return re.compile(pattern.replace("'", _AP), re.IGNORECASE)


#: A day as it is spoken; for patterns that need one.
DAY_WORDS = (
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|tonight|tomorrow|this (?:morning|afternoon|week)"
    r"|(?:\d{1,2}|first|second|third|fifth|tenth|twelfth|fifteenth|twentieth|thirtieth)(?:st|nd|rd|th)?"
    r" (?:of )?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*"
    r"|(?:january|february|march|april|june|july|august|september|october|november|december) \d"
    r"|the \d{1,2}(?:st|nd|rd|th)|\d{1,2}/\d{1,2}|end of (?:the |this |next )?(?:week|month)|month end"
    r"|(?:one|two|three|four|five|seven|ten|fourteen|thirty|\d{1,2}) (?:working )?(?:days|weeks)"
)
#: A day that can be written into a diary.
DAY = words(rf"\b(?:{DAY_WORDS})\b")
#: A sum of money in figures or words.
SUM = words(
    r"[£€$]\s?\d|\b\d[\d,.]{0,14}\s?(?:k|grand|pounds?|quid|euros?|dollars?|gbp|eur|usd|pence)\b"
    r"|\b(?:hundred|thousand|fifty|grand)(?: and \w+)?(?: \w+)? (?:pounds?|quid|euros?|dollars?)\b"
    r"|\b(?:\w+ )(?:hundred|thousand|grand)\b|\bhalf (?:now|today|of it|on|by)\b"
    r"|\b(?:ten|twenty|thirty|forty|fifty|sixty|eighty|hundred) (?:now|today|for|on|by) (?:mon|tues|wednes|thurs|fri|satur|sun|the |to|and)"
)
#: Words that are about paying, whatever else the sentence does.
ABOUT_PAYING = words(
    r"[£€$]|\b(?:pay\w*|paid|instal\w+|settle\w*|owe[sd]?|owing|afford|transfer|card|amounts?|balance|arrears"
    r"|half (?:now|of (?:it|that)|today|the (?:bill|amount|balance))|money|clear (?:it|this|the)|pounds?|quid)\b"
)
#: The debt itself, which only the debtor may hear.
ABOUT_THE_DEBT = words(
    r"[£€$]\s?\d|\b(?:owe[sd]?|owing|debt|arrears|overdue|unpaid|outstanding|behind (?:with|on)|in default"
    r"|hasn't paid|not paid|missed (?:a |his |her |their |the |two |three )?(?:payments?|instal\w+)"
    r"|(?:pounds?|quid|hundred|thousand) (?:due|late|behind))\b"
)
#: Money named only to say that it is not asked for.
NO_MONEY_ASKED = words(
    r"\b(?:no|not|won't|don't|isn't|aren't|without|never|nothing|nobody|stop|rather than|instead of|leave|leaving|put(?:ting)?"
    r"|hold(?:ing)?|pause|pausing|set(?:ting)?|forget)\b[^.?!]{0,60}"
    r"\b(?:pay\w*|money|balance|account|invoices?|amounts?|debt|bill|figures|instal\w+|collect\w*|chas\w+|aside|on hold)\b"
)
#: Refusing to speak of the account, which names it without telling anything.
MAY_NOT_TELL = words(
    r"\b(?:can't|cannot|not able to|unable to|may not|mustn't|not allowed to|won't)[^.?!]{0,30}\b(?:discuss|say|confirm|share|talk|speak|tell|go into|disclose)\b"
    r"|\b(?:personal|private|confidential) (?:matter|business|call)\b"
)
#: Words that put the next step nowhere.
VAGUE = words(
    r"\b(?:as soon as (?:possible|you can)|asap|at some (?:point|stage)|in due course|when(?:ever)? you (?:can|get a chance|get round)|some ?time|one of these days|no rush)\b"
)
#: Words of the trade that a client need not know.
JARGON = words(
    r"\b(?:dunning|pursuant|hereby|aforementioned|remittance advice|aged debt|ageing|ledger (?:reconciliation|position)|without prejudice|forbearance|in lieu|dso|ptp|delinquen\w+|"
    r"write-?off|allocat(?:e|ed|ion) (?:cash|unapplied)|unallocated|counterparty|net thirty eom|instrument of payment|s75|lba)\b"
)
#: Sorry for asking at all.
SORRY_TO_ASK = words(
    r"\bsorry (?:to (?:bother|chase|trouble|pester|have to ask|be a pain|nag|hassle)|for (?:bothering|chasing|pestering))\b|\bi hate to (?:ask|bring)"
)
#: A quote longer than this is cut around the words that count.
_LONGEST = 160
_CONCRETE = frozenset({"money", "date", "instalments"})


def names_sum_or_day(turn: ScoredTurn, text: str) -> bool:
    """Whether a turn holds a sum, a day or a number of instalments."""
    known = any(entity.type in _CONCRETE for entity in turn.entities)
    return known or bool(SUM.search(text) or DAY.search(text))


def sentence_of(text: str, start: int, end: int) -> str:
    """The sentence in which a stretch of text stands, short enough to be quoted."""
    left = max((text.rfind(mark, 0, start) for mark in ".?!\n"), default=-1) + 1
    ends = [place for mark in ".?!\n" if (place := text.find(mark, max(end - 1, start))) >= 0]
    right = min(ends, default=len(text) - 1) + 1
    if right - left > _LONGEST:
        left, right = max(left, start - 40), min(right, max(end, start + _LONGEST - 40))
        right = min(right, left + _LONGEST)
    return " ".join(text[left:right].split())
