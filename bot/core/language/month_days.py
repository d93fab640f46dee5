"""What the rules about months answer: the day behind a match, seen from the day of the call."""

from __future__ import annotations

import calendar
from datetime import date
from re import Match

from bot.core.dates import add_months, month_end
from bot.core.language.day_words import (
    month_number,
    monthly_day,
    of_month,
    quarter_end,
    weekday_number,
)

_MONTHS_ON = {"next": 1, "following": 1, "last": -1, "previous": -1}
_FRACTIONS = frozenset(("1/2", "1/3", "2/3", "1/4", "3/4", "24/7", "9/10", "1/8", "1/5", "1/10"))


def _year(text: str) -> int:
    text = text.replace("·", "")
    return 2000 + int(text[1:]) if text[0] == "'" else int(text)


def iso(match: Match[str], today: date, past: bool) -> date:
    """Year, month and day as written."""
    return date(int(match[1]), int(match[2]), int(match[3]))


def numeric_day(match: Match[str], today: date, past: bool, month_first: bool) -> date | None:
    """ "12/3" as day and month, or month and day; the other way round where only that gives a date."""
    fraction = match.group()[len(match["lead"] or "") :].strip() in _FRACTIONS
    if not match["year"] and (match["mark"] != "/" or (fraction and not match["lead"])):
        return None
    first, second = int(match["first"]), int(match["second"])
    day, month = (second, first) if month_first else (first, second)
    if month > 12 >= day:
        day, month = month, day
    if not match["year"]:
        return of_month(today, month, day, past=past)
    year = int(match["year"])
    return date(year + 2000 if year < 100 else year, month, day)


def day_of_month_name(match: Match[str], today: date, past: bool) -> date:
    """ "The 4th of december": of the year said, else the next or latest one."""
    day, month = int(match["day"]), month_number(match["month"])
    year = match["year"]
    return date(_year(year), month, day) if year else of_month(today, month, day, past=past)


def day_of_number(match: Match[str], today: date, past: bool) -> date:
    """ "The 4th of the 12th"."""
    return of_month(today, int(match["number"]), int(match["day"]), past=past)


def day_of_which(match: Match[str], today: date, past: bool) -> date | None:
    """ "The 15th of next month"; "of every month" is no day."""
    which, day = match["which"] or "", int(match["day"])
    if which in ("each", "every"):
        return None
    if not which or which in ("coming", "same"):
        return monthly_day(today, day, past=past)
    first = add_months(today.replace(day=1), _MONTHS_ON.get(which, 0))
    return first.replace(day=day)


def _on_edge(first: date, edge: str) -> date:
    if "mid" in edge:
        return first.replace(day=15)
    if "end" in edge or "last" in edge:
        last = month_end(first)
        off = max(0, last.weekday() - 4) if "working" in edge or "business" in edge else 0
        return last.replace(day=last.day - off)
    return first


def month_edge(match: Match[str], today: date, past: bool) -> date:
    """The end, start or middle of a month."""
    groups = match.groupdict()
    edge, which, name = groups.get("edge") or "end", groups["which"] or "", groups.get("month")
    if name:
        year = groups.get("year")
        first = today.replace(day=1, month=month_number(name))
        if year:
            return _on_edge(first.replace(year=_year(year)), edge)
        day = _on_edge(first, edge)
        on = (
            -1
            if (past or which == "last") and day > today
            else 1
            if not past and day < today
            else 0
        )
        return _on_edge(first.replace(year=first.year + on), edge)
    on = 2 if "after next" in match.group() else _MONTHS_ON.get(which, 0)
    day = _on_edge(add_months(today.replace(day=1), on), edge)
    if which in ("", "coming") and on == 0 and day < today and not past:
        day = _on_edge(add_months(today.replace(day=1), 1), edge)
    return day


def nth_weekday(match: Match[str], today: date, past: bool) -> date:
    """ "The last friday of the month"; of the next month once it is past."""
    weekday, nth = weekday_number(match["weekday"]), match["nth"]
    which, name = match["which"] or "", match["month"]
    first = today.replace(day=1)
    if name:
        first = first.replace(month=month_number(name))
        if month_end(first) < today:
            first = first.replace(year=first.year + 1)
    else:
        first = add_months(first, _MONTHS_ON.get(which, 0))
    for _ in range(2):
        days = [
            first.replace(day=n)
            for n in range(1, month_end(first).day + 1)
            if first.replace(day=n).weekday() == weekday
        ]
        day = days[-1] if nth == "last" else days[int(nth[0]) - 1]
        if day >= today or which or past:
            return day
        first = add_months(first, 12 if name else 1)
    return day


def weekday_the_day(match: Match[str], today: date, past: bool) -> date:
    """ "Friday the 4th": the nearest month in which both agree."""
    day, weekday = int(match["day"]), weekday_number(match["weekday"])
    first = today.replace(day=1)
    for months in range(12):
        month = add_months(first, -months if past else months)
        if day <= calendar.monthrange(month.year, month.month)[1]:
            found = month.replace(day=day)
            if found.weekday() == weekday and ((found <= today) if past else (found >= today)):
                return found
    return monthly_day(today, day, past=past)


def bare_day_of_month(match: Match[str], today: date, past: bool) -> date:
    """ "December 4"."""
    day = int(match["day"] or match["bare"])
    month, year = month_number(match["month"]), match["year"]
    return date(_year(year), month, day) if year else of_month(today, month, day, past=past)


def quarter(match: Match[str], today: date, past: bool) -> date:
    """The end of this or next quarter, or of one by number."""
    number = match["number"] or match["number_too"]
    if number:
        day = month_end(date(today.year, 3 * int(number), 1))
        return day if day >= today or past else month_end(add_months(day, 12))
    which = match["which"] or match["which_too"] or ""
    return quarter_end(add_months(today.replace(day=1), 3 * _MONTHS_ON.get(which, 0)))


def year_end(match: Match[str], today: date, past: bool) -> date:
    """31 December."""
    which = match["which"] or match["which_too"] or ""
    return date(today.year + _MONTHS_ON.get(which, 0), 12, 31)


def by_month(match: Match[str], today: date, past: bool) -> date:
    """ "By january" is its first day, "before january" the day before that."""
    day = of_month(today, month_number(match["month"]), 1)
    return month_end(add_months(day, -1)) if match["lead"] == "before" else day


def day_number(match: Match[str], today: date, past: bool) -> date:
    """ "The 30th"."""
    return monthly_day(today, int(match["day"]), past=past)
