"""Finds sums of money: "£1,200 odd", "two and a half grand", "eleven hundred euros", "do you 500 on Friday".

Rules
- A currency mark or word, "grand" or "k" makes any number a sum. Without currency the account's own is meant.
- A bare number is a sum only where it is spoken like one: built with "hundred" or "thousand", written with
  thousands or pence ("4,750", "123.45"), said per period ("500 a month") or after a verb of paying ("pay 500"),
  and followed by nothing that it could count. Years, times, percentages, references and phone numbers never are.
- "Twelve fifty" needs a currency word and is then twelve hundred and fifty, as in "seven fifty" for 750;
  "twelve pounds fifty" is £12.50.
- "A few hundred" and "a couple of quid" name no sum. Of "two or three grand" only the three is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from bot.core.language.figures import Figures, in_figures
from bot.core.language.money_words import (
    FIGURE,
    FIGURE_END,
    FIGURE_START,
    MARK,
    PERIOD_NEXT,
    SCALE,
    UNIT,
    currency_of,
    goes_on_like_money,
    is_small_coin,
    money_value,
    read_figure,
    scale_by,
)
from bot.core.language.schedules import find_schedules
from bot.core.language.spans import keep_apart
from bot.core.reading import Entity

__all__ = ["find_amounts", "find_schedules"]

_SUM = re.compile(
    rf"(?:(?P<mark>{MARK}) ?|{FIGURE_START})(?P<figure>{FIGURE}){FIGURE_END}"
    rf"(?: ?(?P<scale>{SCALE})(?P<half> and a "
    rf"half)?)?(?: ?-?odd\b)?(?: ?(?P<unit>{UNIT}))?(?: ?-?odd\b)?"
)
_TAIL = re.compile(
    r"(?P<joint> and | )(?P<coins>[0-9]{1,3})(?P<word> ?(?:p|pence|cents?))?(?![a-z0-9.,·])"
)
_PERCENT = re.compile(r" ?(?:%|per ?-?cent|pc\b)")
_WORD_SUM = re.compile(
    r"\b(?:(?P<half>half a)|(?P<one>a|another|the)|(?P<count>[0-9]{1,2})) (?P<what>grand|k|fiver|"
    r"tenner)s?\b(?P<more> and a half)?"
)
_WORTH = {"grand": 1000, "k": 1000, "fiver": 5, "tenner": 10}
_PAYING = re.compile(
    r"\b(?:pay|pays|paying|paid|transfer|transferring|send you|sending|give (?:you|ye|yous|yez)|"
    r"giving you|"
    r"do (?:you|ye|yous|us)|put|putting|put down|note down|owe|owes|owed|afford|offer|offering|"
    r"settle|manage|stretch|"
    r"scrape together|find (?:you|ye)|have (?:you|ye)|let you have|knock|take|clear|go to|i can "
    r"do|we can do|could do|"
    r"can you do|would you take|you have|you get|you'll get|you'll have|make it|call it|ill do|"
    r"i'll do|we'll do|reduce it|"
    r"down for|balance is|balance of|total of|total is|comes to|bill for|lump sum of|amount of|"
    r"sum of|deposit of)"
    r"(?: (?:you|ye|us|them|it|about|around|roughly|another|the|an|only|maybe|say|at|to|up|down|"
    r"for|least|most|just|over|"
    r"first|1st|whole|full|other|remaining|all|of|me|him|her|cash|back|extra|last|"
    r"a)){0,4} $"
)
_NAMED = re.compile(
    r"\b(?:invoices?|inv|in voice|number|numbers|no\.?|nr|po|p\.?o|order|reference|ref|account|"
    r"code|extension|ext|room|"
    r"unit|page|clause|section|paragraph|act|form|line|item|job|docket|ticket|case|policy|version|"
    r"windows|model|part|"
    r"since|year|class of|season|suite|flat|apartment|highway|route|area|top|fortune|iso|covid|"
    r"rev|thanks)(?: (?:number|no|is|was|in|of))? ?#?$"
)
_AT_TIME = re.compile(r"\b(?:at|by|before|after|until|till|from|about|around|past|since) $")
_CLOCK = re.compile(
    r" ?(?:am\b|pm\b|a\.m|p\.m|a m\b|p m\b|o'?clock|hours\b|hrs\b|h\b|(?:in the |"
    r"this )?(?:morning|afternoon|evening))"
)
_SPOKEN_SCALE = re.compile(r"hundred|thousand|million|\bgrand", re.IGNORECASE)
_GRAND_WORDS = re.compile(r"\b(?:grand|k|fiver|tenner)s?\b")
_ANY_DIGIT = re.compile(r"[0-9]")


def find_amounts(text: str, currency: str = "GBP") -> tuple[Entity, ...]:
    """Every sum of money in the text; one without a currency of its own is in the account's."""
    figures = in_figures(text)
    found: list[Entity] = []
    if _ANY_DIGIT.search(figures.text):
        found.extend(_numbers(figures, currency))
    if _GRAND_WORDS.search(figures.text):
        found.extend(_words(figures, currency))
    return keep_apart(found)


def _numbers(figures: Figures, house: str) -> Iterator[Entity]:
    text = figures.text
    at = 0
    while match := _SUM.search(text, at):
        at = match.end()
        mark, scale, unit = (match[name] or "" for name in ("mark", "scale", "unit"))
        if _PERCENT.match(text, match.end("figure")):
            continue
        value = read_figure(match["figure"], scaled=bool(scale))
        if value is None or (scale in ("m", "mil", "mill", "g") and not mark and not unit):
            continue
        if not (mark or unit or scale) and not _is_bare_sum(figures, match, value):
            continue
        if match["half"]:
            value += Decimal("0.5")
        if scale:
            value = scale_by(value, scale)
        if is_small_coin(unit) and not mark:
            value = value / 100
        more, at = _tail(text, match, is_small_coin(unit))
        name = currency_of(mark, unit, house)
        yield figures.entity("money", money_value(value + more, name), match.start(), at)


def _tail(text: str, match: re.Match[str], coins_only: bool) -> tuple[Decimal, int]:
    """ "three pounds fifty", "£5 and 20p", "two grand five hundred"."""
    tail = None if coins_only else _TAIL.match(text, match.end())
    if tail is None or "." in match["figure"]:
        return Decimal(0), match.end()
    coins = Decimal(tail["coins"])
    if tail["word"] and coins < 100 and (match["unit"] or match["mark"]):
        return coins / 100, tail.end()
    if tail["joint"] == " and " or tail["word"] or not goes_on_like_money(text, tail.end()):
        return Decimal(0), match.end()
    if match["scale"] and not match["unit"] and not match["mark"] and coins >= 10:
        return coins, tail.end()
    if match["unit"] and not match["scale"] and len(tail["coins"]) == 2:
        return coins / 100, tail.end()
    return Decimal(0), match.end()


def _is_bare_sum(figures: Figures, match: re.Match[str], value: Decimal) -> bool:
    """Whether a number without any currency word is spoken like a sum."""
    text, figure = figures.text, match["figure"]
    if "·" in figure or (figure[0] == "0" and figure[:2] != "0.") or value < 10:
        return False
    if not goes_on_like_money(text, match.end()):
        return False
    before = text[max(0, match.start() - 48) : match.start()]
    if _NAMED.search(before) or _CLOCK.match(text, match.end()):
        return False
    spelled = bool(_SPOKEN_SCALE.search(figures.said(match.start("figure"), match.end("figure"))))
    paying = bool(_PAYING.search(before))
    whole = "." not in figure and "," not in figure
    if whole and 1950 <= value <= 2060 and not (spelled and value <= 2000):
        return paying and value % 50 == 0
    if not whole and value < 24 and value % 1 < Decimal("0.60") and _AT_TIME.search(before):
        return False
    if spelled or not whole or re.compile(PERIOD_NEXT).match(text, match.end()):
        return True
    return paying and value >= 20 and (value < 1000 or value % 10 == 0)


def _words(figures: Figures, house: str) -> Iterator[Entity]:
    """ "half a grand", "a grand", "a tenner"; "a grand job" is no money."""
    for match in _WORD_SUM.finditer(figures.text):
        what = match["what"]
        if match["count"] and what in ("grand", "k"):
            continue
        if match["one"] == "the" or not (
            match["half"] or goes_on_like_money(figures.text, match.end())
        ):
            continue
        value = Decimal(_WORTH[what] * int(match["count"] or 1))
        value = value / 2 if match["half"] else value * Decimal("1.5") if match["more"] else value
        yield figures.entity("money", money_value(value, house), match.start(), match.end())
