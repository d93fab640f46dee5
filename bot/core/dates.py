"""Days as creditors count them: working days, month ends and steps of weeks or months."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from bot.core.errors import InvalidInputError

SATURDAY = 5


def month_end(day: date) -> date:
    """The last day of the month that a day is in."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def add_months(day: date, months: int) -> date:
    """The same day of the month so many months on, or that month's last day if it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def half_year(day: date) -> str:
    """The half-year that a day is in, as rate tables name it: `2026H1`."""
    return f"{day.year}H{1 if day.month <= 6 else 2}"


def half_year_end(day: date) -> date:
    """The last day of the half-year that a day is in: 30 June or 31 December."""
    return date(day.year, 6, 30) if day.month <= 6 else date(day.year, 12, 31)


def step(day: date, frequency: str, times: int) -> date:
    """The day so many weeks, fortnights or months on."""
    if frequency == "weekly":
        return day + timedelta(weeks=times)
    if frequency == "fortnightly":
        return day + timedelta(weeks=2 * times)
    if frequency == "monthly":
        return add_months(day, times)
    raise InvalidInputError(
        f"“{frequency}” is not weekly, fortnightly or monthly.", field="frequency"
    )


def in_words(day: date) -> str:
    """A day as people read it: `4 December 2026`."""
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"


@dataclass(frozen=True)
class Calendar:
    """Which days banks work: Monday to Friday without the holidays."""

    holidays: frozenset[date] = frozenset()

    def is_working_day(self, day: date) -> bool:
        """Whether a payment can reach us on this day."""
        return day.weekday() < SATURDAY and day not in self.holidays

    def next_working_day(self, day: date) -> date:
        """The day itself when it is a working day, else the first one after it."""
        while not self.is_working_day(day):
            day += timedelta(days=1)
        return day

    def previous_working_day(self, day: date) -> date:
        """The day itself when it is a working day, else the last one before it."""
        while not self.is_working_day(day):
            day -= timedelta(days=1)
        return day

    def add_working_days(self, day: date, count: int) -> date:
        """The day that comes so many working days after (or, below zero, before) a day."""
        forward = timedelta(days=1 if count >= 0 else -1)
        for _ in range(abs(count)):
            day += forward
            while not self.is_working_day(day):
                day += forward
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days lie after `start` up to and including `end`."""
        days = range(1, (end - start).days + 1)
        return sum(self.is_working_day(start + timedelta(days=n)) for n in days)

    def last_working_day_of_month(self, day: date) -> date:
        """The last working day of the month that a day is in."""
        return self.previous_working_day(month_end(day))

    def working_day_within(self, wished: date, earliest: date, latest: date) -> date | None:
        """The working day nearest after (else before) the wished one inside the window, if there is one."""
        later = self.next_working_day(max(wished, earliest))
        if later <= latest:
            return later
        sooner = self.previous_working_day(latest)
        return sooner if sooner >= earliest else None
