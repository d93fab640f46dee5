"""Finds how a sum is to be spread: instalments with their count, frequency and size, and percentages.

Rules
- "Three goes", "four equal weekly payments", "in thirds", "split it in two", "half now, half next month" give a count.
- "Over six months" is six monthly payments, "over a year" twelve; "over six weeks ago" and "been over a year" are not.
- "500 a month", "£50 every Friday" give frequency and size; "for three months" after it gives the count.
- Frequencies are weekly, fortnightly and monthly; what fits none of them has none (null).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.language.figures import Figures, in_figures
from bot.core.language.frequencies import EVERY, FREQUENCY, frequency_of, plan_value
from bot.core.language.money_words import (
    FIGURE,
    FIGURE_END,
    FIGURE_START,
    MARK,
    SCALE,
    UNIT,
    currency_of,
    is_small_coin,
    money_value,
    read_figure,
    scale_by,
)
from bot.core.language.percentages import find_percentages
from bot.core.language.spans import keep_apart
from bot.core.money import decimal
from bot.core.reading import Entity

_SUM = (
    rf"(?:(?P<mark>{MARK}) ?|{FIGURE_START})(?P<figure>{FIGURE}){FIGURE_END}"
    rf"(?: ?(?P<scale>{SCALE}))?(?: ?(?P<unit>{UNIT}))?"
)
_HOW = (
    r"equal|even|monthly|weekly|fortnightly|bi-?weekly|quarterly|more|small|smaller|regular|"
    r"separate|easy|straight|"
    r"wee|little|decent|manageable|interest-free"
)
_COUNTED = re.compile(
    rf"\b(?P<lead>(?:in|into|over|by|of|with|have|make it|do it in|do|across|want|for|(?:split|"
    rf"divide|cut)(?: it| that| this)?(?: up)?) )?(?:about |maybe |say |just )?"
    rf"(?P<count>[0-9]{{1,2}}) (?P<how>(?:(?:{_HOW}) ){{0,3}})"
    r"(?:(?P<sure>goes|instal?lments?|payments?|tranches|repayments?)|"
    r"(?P<rather>parts|bits|chunks|bites|lumps|stages|slices|portions|halves|drops|steps|cheques|"
    r"pieces|times|ways|shots|gos))\b"
    r"(?! (?:late|missed|already|bounced|ago|short|behind|overdue|missing|a day|before))"
    rf"(?: (?:{EVERY}))?(?: (?:of|at) (?:about |around )?{_SUM})?"
)
_SPREAD = re.compile(
    r"\b(?:over|across|through|throughout|spread (?:it |that |this )?(?:out )?(?:over|across)?) "
    r"(?:(?:the|a period of|about|say|maybe|around|next|coming|following|my|let's say) ){0,3}"
    r"(?P<count>[0-9]{1,2}|a|half a|few|the)? ?-?(?P<period>weeks?|fortnights?|months?|quarters?|"
    r"years?)\b"
    r"(?! (?:ago|late|old|overdue|now|behind|since|waiting|past|we've|i've|you've|end))"
)
_NOT_SPREAD = re.compile(
    r"\b(?:been|waited|waiting|for|well|just|it's|its|ago|took|taken|after|late|since|that's|"
    r"thats|is|was|owed|"
    r"overdue|open|outstanding|out|left|carried|gone)(?: (?:now|owing|at|us))? $"
)
_PER = {
    "week": (1, "weekly"),
    "fortnight": (1, "fortnightly"),
    "month": (1, "monthly"),
    "quarter": (3, "monthly"),
    "year": (12, "monthly"),
}
_SIZED = re.compile(
    rf"{_SUM}(?: (?:pounds?|quid))?,? (?:{EVERY})(?:,? (?:for|over) (?:the next |"
    rf"about )?(?P<times>[0-9]{{1,2}}) (?P<long>week|month|fortnight)s)?"
)
_SLASHED = re.compile(rf"{_SUM} ?/ ?(?P<slashed>week|wk|month|mth|mo)\b")
_SHARED = re.compile(
    r"\b(?:(?:split|break|divide|chop|cut|spread|pay|do|clear|settle|take|have)(?:ting|"
    r"ing)? (?:(?:it|that|this|them|the lot|the bill|the rest|the balance|up|down|ye|you) ){0,2})?"
    r"(?:in|into|by|over|between) (?:(?P<count>[0-9]{1,2})(?! ?(?:[a-z%£€$:]|[0-9]))|"
    r"(?P<part>halves|thirds|quarters|3rds|half(?! an| a| the| past)))"
    r"(?: (?P<adverb>weekly|fortnightly|monthly))?\b"
)
_SHARE_VERB = re.compile(r"^(?:split|break|divide|chop|cut|spread|pay|do|clear|settle|take)")
_NOW = r"(?:(?:of it |of that |the money )?(?:now|today|tonight|tomorrow|up ?-?front|this|straight|down|by|on|at|next|monday|tuesday|wednesday|thursday|friday))"
_HALVES = re.compile(
    rf"\bhalf {_NOW}[^.;?!]{{0,40}}?\b(?:half|rest|balance|remainder)\b(?: (?P<gap>next month|a "
    rf"month|next week|a week|in a fortnight|the month after|the week after))?"
)
_THIRDS = re.compile(
    rf"\ba (?:3rd|third) {_NOW}[^.;?!]{{0,60}}?\ba (?:3rd|third)\b(?:[^.;?!]{{0,40}}?\ba (?:3rd|"
    rf"third)\b)?"
)
_REGULAR = re.compile(
    r"\b(?:(?P<adverb>weekly|fortnightly|bi-?weekly|monthly) (?:instal?lments?|payments?|"
    r"repayments?|plan|direct debits?|standing order|amounts?|sums?)"
    r"|(?:pay|paying|clear|clearing|settle) (?:it |you |this |that |off ){0,2}(?P<after>weekly|"
    r"fortnightly|monthly)"
    r"|(?:something|a bit|a little|bits?|some|so much|a wee bit|the same|equal|money|a payment|"
    r"one|instal?lments?|payments?) (?:off )?(?:a|each|every|per) (?P<every>other week|fortnight|"
    r"week|month)"
    r"|(?:in|by|with) instal?lments)\b"
)
_PART_COUNT = {"halves": 2, "half": 2, "thirds": 3, "3rds": 3, "quarters": 4}


def find_schedules(text: str, currency: str = "GBP") -> tuple[Entity, ...]:
    """Every instalment plan and percentage in the text."""
    figures = in_figures(text)
    low = figures.text
    found: list[Entity] = []
    if "cent" in low or "%" in low or "pct" in low:
        found.extend(find_percentages(figures))
    if any(
        word in low
        for word in (
            "week",
            "month",
            "fortnight",
            "quarter",
            "year",
            "day",
            "pcm",
            "pw",
            "p/",
            "/mo",
        )
    ):
        found.extend(_sized(figures, currency))
    found.extend(_counted(figures, currency))
    if "half" in low or "hal" in low or "3rd" in low or "third" in low:
        found.extend(_fractions(figures))
    found.extend(_spread(figures))
    found.extend(_shared(figures))
    found.extend(_regular(figures))
    return keep_apart(found)


def _amount(match: re.Match[str], house: str) -> dict[str, str] | None:
    if not match["figure"]:
        return None
    mark, scale, unit = (match[name] or "" for name in ("mark", "scale", "unit"))
    value = read_figure(match["figure"], scaled=bool(scale))
    if value is None or (scale in ("m", "mil", "g")):
        return None
    value = scale_by(value, scale) if scale else value
    value = value / 100 if is_small_coin(unit) else value
    return money_value(value, currency_of(mark, unit, house))


def _sized(figures: Figures, house: str) -> Iterator[Entity]:
    for pattern in (_SIZED, _SLASHED):
        for match in pattern.finditer(figures.text):
            amount = _amount(match, house)
            named = match["mark"] or match["unit"] or match["scale"]
            if amount is None or not (named or decimal(amount["amount"]) >= 10):
                continue
            frequency = frequency_of(match, "every", "adverb", "slash", "slashed")
            groups = match.groupdict()
            fits = groups.get("times") and FREQUENCY[groups["long"]] == frequency
            plan = plan_value(int(groups["times"]) if fits else None, frequency, amount)
            yield figures.entity("instalments", plan, match.start(), match.end())


def _counted(figures: Figures, house: str) -> Iterator[Entity]:
    for match in _COUNTED.finditer(figures.text):
        count = int(match["count"])
        if not (match["sure"] or match["lead"]) or not 2 <= count <= 60:
            continue
        if match["rather"] == "times" and match["lead"] not in ("in ", "over "):
            continue
        how = next((word for word in match["how"].split() if word in FREQUENCY), "")
        frequency = FREQUENCY.get(how) or frequency_of(match, "every", "adverb", "slash")
        start = match.start("count") if match["sure"] else match.start()
        yield figures.entity(
            "instalments", plan_value(count, frequency, _amount(match, house)), start, match.end()
        )


def _fractions(figures: Figures) -> Iterator[Entity]:
    for match in _HALVES.finditer(figures.text):
        gap = match["gap"] or ""
        frequency = "monthly" if "month" in gap else "weekly" if "week" in gap else None
        frequency = "fortnightly" if "fortnight" in gap else frequency
        yield figures.entity("instalments", plan_value(2, frequency), match.start(), match.end())
    for match in _THIRDS.finditer(figures.text):
        yield figures.entity("instalments", plan_value(3, None), match.start(), match.end())


def _spread(figures: Figures) -> Iterator[Entity]:
    for match in _SPREAD.finditer(figures.text):
        before = figures.text[max(0, match.start() - 24) : match.start()]
        if _NOT_SPREAD.search(before) and not match.group().startswith("spread"):
            continue
        each, frequency = _PER[match["period"].rstrip("s")]
        said = match["count"] or ""
        if not said and not match["period"].endswith("s") and each == 1:
            continue
        many = {"half a": each // 2 or 1, "few": 0}.get(
            said, each * int(said) if said.isdigit() else each
        )
        vague = not said and match["period"].endswith("s")
        count = None if vague or many < 2 else many
        yield figures.entity(
            "instalments", plan_value(count, frequency), match.start(), match.end()
        )


def _shared(figures: Figures) -> Iterator[Entity]:
    for match in _SHARED.finditer(figures.text):
        count = _PART_COUNT.get(match["part"] or "") or int(match["count"] or 0)
        verb = bool(_SHARE_VERB.match(match.group()))
        if not 2 <= count <= 60 or (
            not verb and match["part"] not in ("thirds", "3rds", "quarters", "halves")
        ):
            continue
        plan = plan_value(count, frequency_of(match, "adverb"))
        yield figures.entity("instalments", plan, match.start(), match.end())


def _regular(figures: Figures) -> Iterator[Entity]:
    for match in _REGULAR.finditer(figures.text):
        plan = plan_value(None, frequency_of(match, "adverb", "after", "every"))
        yield figures.entity("instalments", plan, match.start(), match.end())
