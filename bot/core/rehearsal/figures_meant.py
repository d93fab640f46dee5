"""Which of the sums and days in a trainee's turn are payments: not what is put aside, a fee in passing, or our own doing.

"I'm keeping the £1,872 on hold; could you pay the other £5,256 in six days?" names one payment, and "I'll e-mail it
today" none. Told from the words around each figure, within its clause.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.core.coaching.position import Position
from bot.core.money import Money
from bot.core.reading import Entity, Reading

_PUTS_ASIDE = re.compile(
    r"(?:\b(?:log|flag|park|freez|query|dispute|contest|challeng)\w*"
    r"|(?<!on )\bhold\w*|\b(?:query|dispute|claim) (?:for|of|over|about))"
    r"(?:(?!\bpa(?:y|id)|\bput towards|[£€$]).)*$",
    re.I,
)
_ASIDE = re.compile(
    r"^[^£€$]{0,30}\b(?:on hold|on ice|in (?:dispute|query)|disputed|queried|aside|out of (?:it|this)|on file)\b",
    re.I,
)
_NOT = re.compile(r"\b(?:not|nobody|never|isn['’]?t|aren['’]?t|undisputed)\b", re.I)
_FEE = re.compile(r"\b(?:fees?|charges?|interest|penalt\w+)\b", re.I)
_PAYS = re.compile(
    r"\b(?:pay\w*|paid|settle|clear|transfer|instal\w+|rest|balance|half)\b|[£€$]", re.I
)
_PAYS_IT = re.compile(r"\b(?:pay|paying|transfer|settle|send us)\b[^£€$]*$", re.I)
#: What we do ourselves, so that a day beside it is ours.
_OUR_DOING = re.compile(
    r"\b(?:i|we|he|she|my (?:manager|supervisor|colleague)|our (?:team|manager)|somebody|someone|nobody|you[’']?ll (?:hear|have|get))\b"
    r"[^,]{0,30}?\b(?:e-?mail|send|post|ring|call|phone|log|put|not(?:e|ing)|pass|hand|check|look|speak|talk|touch|come back|get back|get"
    r"|confirm|rais|updat|waiv|tak(?:e|ing)|deliver|ship|collect|chas|hear|have|my call|word from)\w*",
    re.I,
)
_BREAK = re.compile(
    r"[.;?!:]|,|\s[–-]\s|\b(?:and|so|but|then|if|while)\s+(?=(?:that\s+)?(?:you|can|could|would|will|shall|i|we|i['’]?ll|we['’]?ll)\b)",
    re.I,
)
#: Words further away than this say nothing about a figure.
_NEAR = 160
#: Whoever names more sums or days than this in one breath is not heard out.
_MOST_FIGURES = 24


@dataclass(frozen=True)
class SumsMeant:
    """The sums that are payments (or what is owed), and those that are put aside."""

    to_pay: tuple[Money, ...]
    aside: tuple[Money, ...]


def sums_meant(reading: Reading, position: Position, currency: str) -> SumsMeant:
    """Sort the sums of a turn into what is to be paid and what is logged, held or only mentioned."""
    sums = (
        (Money.of(str(e.value["amount"]), currency), e)
        for e in _figures(reading, "money")
        if e.value.get("currency") in (currency, None)
    )
    named = [(amount, entity) for amount, entity in sums if amount.is_positive]
    fees = {position.charged, *(charge.amount for charge in position.charges)}
    to_pay: list[Money] = []
    aside: list[Money] = []
    for amount, entity in named:
        if _is_put_aside(reading.text, entity) or amount == position.disputed:
            aside.append(amount)
        elif amount not in fees or not _in_passing(reading.text, entity, len(named) > 1):
            to_pay.append(amount)
    return SumsMeant(tuple(to_pay), tuple(aside))


def days_meant(reading: Reading, today: date) -> list[date]:
    """The days on which something is to be paid, in their order; past days are due dates."""
    named = [e for e in _figures(reading, "date") if not _is_ours(reading.text, e)]
    days = (date.fromisoformat(str(entity.value)) for entity in named)
    return list(dict.fromkeys(day for day in days if day >= today))


def _figures(reading: Reading, kind: str) -> list[Entity]:
    return [entity for entity in reading.entities if entity.type == kind][:_MOST_FIGURES]


def _is_put_aside(text: str, entity: Entity) -> bool:
    before, after = _clause(text, entity)
    said = _ASIDE.search(after)
    return not _NOT.search(said.group()) if said else bool(_PUTS_ASIDE.search(before))


def _in_passing(text: str, entity: Entity, has_others: bool) -> bool:
    """Whether a sum that is the fee is only spoken of, not asked for."""
    before, after = _clause(text, entity)
    if _PAYS_IT.search(before) and not has_others:
        return False
    return has_others or bool(_FEE.search(before) or _FEE.search(after))


def _is_ours(text: str, entity: Entity) -> bool:
    before, after = _clause(text, entity)
    done = next(reversed(list(_OUR_DOING.finditer(before))), None)
    if done is not None:
        return not _PAYS.search(before[done.end() :])
    # "Today I'll e-mail it": the day comes first.
    opens = not before.strip(" ,\n")
    return opens and bool(_OUR_DOING.match(after.lstrip(" ,")))


def _clause(text: str, entity: Entity) -> tuple[str, str]:
    """What stands near a figure, before and after it, in its own clause."""
    start, end = min(entity.start, len(text)), min(entity.end, len(text))
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    first = [found.end() for found in _BREAK.finditer(before) if not _in_number(before, found)]
    last = [found.start() for found in _BREAK.finditer(after) if not _in_number(after, found)]
    return before[max(first, default=0) :], after[: min(last, default=len(after))]


def _in_number(text: str, found: re.Match[str]) -> bool:
    around = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
    return found.group() in ",.:" and all(x.isdigit() for x in around)
