"""Names of days and months as patterns, and the steps between days that the rules of speech need."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from re import Match, Pattern

from bot.core.dates import SATURDAY, add_months, month_end

MONDAY, WEDNESDAY, FRIDAY = 0, 2, 4

_MONTHS = [
    "jan(?:uary)?",
    "feb(?:ruary)?",
    "mar(?:ch)?",
    "apr(?:il)?",
    "may",
    "june?",
    "july?",
    "aug(?:ust)?",
    "sept?(?:ember)?",
    "oct(?:ober)?",
    "nov(?:ember)?",
    "dec(?:ember)?",
]
#: A month's name; the caller takes care of "may" and "march" as verbs.
MONTH = r"(?P<month>" + "|".join(_MONTHS) + r")\b\.?"
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FULL = "monday|munday|tuesday|tusday|wednesday|wensday|wedensday|wenesday|thursday|thersday|friday|saturday|sunday"
#: A weekday, also misspelt; short forms only where nothing else can be meant.
WEEKDAY = rf"(?P<weekday>{_FULL}|tues?|weds?|thurs?|thur|fri)\b\.?"
#: Short forms that are words of their own as well ("mon", "sat", "sun"), for use after a preposition.
SHORT_WEEKDAY = rf"(?P<weekday>{_FULL}|mon|tues?|weds?|thurs?|thur|fri|sat|sun)\b\.?"
#: The count before a unit: a figure, or "a", "another".
COUNT = r"(?P<count>[0-9]{1,4}|a|an|another|one)"
UNIT = (
    r"(?P<unit>(?:working|business|banking|clear|calendar) days?|days?|weeks?|wks?|fortnights?|"
    r"months?|mths?|"
    r"quarters?|years?|hours?|hrs?|minutes?|mins?)"
)
#: What stands before "month" or "week" and says which one.
WHICH = r"(?:(?P<which>this|next|last|following|coming|current|same|previous) )?"


@dataclass(frozen=True)
class DayRule:
    """One way to name a day: what it means in words, how it is spoken, and the day it gives.

    `needs` are pieces of text without one of which the pattern cannot match; they keep the search quick.
    `day` answers None when the words turn out not to name a day.
    """

    meaning: str
    needs: tuple[str, ...]
    pattern: Pattern[str]
    day: Callable[[Match[str], date, bool], date | None]


def weekday_number(name: str) -> int:
    """Monday is 0; misspellings count by what they begin with."""
    low = name.rstrip(".").replace("mun", "mon").replace("tus", "tue").replace("ther", "thu")
    low = "wed" if low.startswith("we") else low
    return _WEEKDAYS.index(low[:3])


def month_number(name: str) -> int:
    """January is 1."""
    return next(n for n in range(1, 13) if name.startswith(calendar.month_name[n][:3].lower()))


def next_weekday(day: date, weekday: int) -> date:
    """The first such weekday after the day itself."""
    return day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)


def last_weekday(day: date, weekday: int) -> date:
    """The latest such weekday before the day itself."""
    return day - timedelta(days=(day.weekday() - weekday - 1) % 7 + 1)


def in_week(day: date, weekday: int, weeks_on: int = 0) -> date:
    """A weekday in the week (Monday to Sunday) of the day, or so many weeks on."""
    return day + timedelta(days=weekday - day.weekday() + 7 * weeks_on)


def of_month(today: date, month: int, day: int, *, past: bool = False) -> date:
    """The next such day from today on, or with `past` the latest one up to today; 29 February waits for its year."""
    step = -1 if past else 1
    for year in range(today.year, today.year + step * 9, step):
        if day <= calendar.monthrange(year, month)[1]:
            found = date(year, month, day)
            if (found <= today) if past else (found >= today):
                return found
    raise ValueError(f"There is no {day}.{month}. near {today}.")


def monthly_day(today: date, day: int, *, past: bool = False) -> date:
    """The next month's day of this number from today on (or the latest one up to today)."""
    step = -1 if past else 1
    for months in range(13):
        first = add_months(today.replace(day=1), step * months)
        if day <= calendar.monthrange(first.year, first.month)[1]:
            found = first.replace(day=day)
            if (found <= today) if past else (found >= today):
                return found
    raise ValueError(f"No month has a day {day}.")


def working_days_on(day: date, count: int) -> date:
    """So many days from Monday to Friday on; bank holidays are for the calendar of the account's country."""
    weeks, rest = divmod(count, 5)
    if day.weekday() >= SATURDAY:
        day = in_week(day, FRIDAY)
    day += timedelta(weeks=weeks)
    for _ in range(rest):
        day += timedelta(days=3 if day.weekday() == FRIDAY else 1)
    return day


def stretch_on(today: date, count: int, unit: str, sign: int = 1) -> date:
    """So many days, weeks, months or hours on (or back with `sign` -1); hours and minutes round up to days."""
    unit = unit.rstrip("s")
    if unit.split()[0] in ("working", "business", "banking"):
        return working_days_on(today, count) if sign > 0 else today - timedelta(days=count)
    if unit.startswith(("month", "mth")):
        return add_months(today, sign * count)
    if unit in ("quarter", "year"):
        return add_months(today, sign * count * (3 if unit == "quarter" else 12))
    if unit.startswith(("hour", "hr", "min")):
        return today + sign * timedelta(days=count // 24 if unit[0] == "h" else 0)
    return today + sign * timedelta(days=count * {"week": 7, "wk": 7, "fortnight": 14}.get(unit, 1))


def count_of(word: str | None) -> int:
    """ "a", "another" and nothing are one."""
    return int(word) if word and word.isdigit() else 1


def quarter_end(day: date) -> date:
    """The last day of the calendar quarter that a day is in."""
    return month_end(date(day.year, (day.month + 2) // 3 * 3, 1))


def easter(year: int) -> date:
    """Easter Sunday (Gregorian, by the anonymous algorithm)."""
    century, of_century = divmod(year, 100)
    epact = (19 * (year % 19) + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    to_sunday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - epact - of_century % 4) % 7
    shift = (year % 19 + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * shift + 114, 31)
    return date(year, month, day + 1)
