"""What the rules about weeks answer: the day behind a match, seen from the day of the call."""

from __future__ import annotations

from datetime import date, timedelta
from re import Match

from bot.core.dates import month_end
from bot.core.language.day_words import (
    FRIDAY,
    MONDAY,
    WEDNESDAY,
    count_of,
    in_week,
    last_weekday,
    next_weekday,
    stretch_on,
    weekday_number,
)

_SATURDAY = 5
_WEEKS_ON = {"this": 0, "next": 1, "last": -1, "following": 1, "coming": 1, "previous": -1}


def _week_of(words: str) -> int:
    if "after next" in words:
        return 2
    if "before last" in words:
        return -2
    return next((on for word, on in _WEEKS_ON.items() if word in words), 0)


def weeks_on_weekday(match: Match[str], today: date, past: bool) -> date:
    """ "A week on friday", "a week last tuesday"."""
    day = next_weekday(today, weekday_number(match["weekday"]))
    if match["back"]:
        day = last_weekday(today, weekday_number(match["weekday"]))
    weeks = count_of(match["count"]) * (2 if match["unit"].startswith("fortnight") else 1)
    return day + timedelta(weeks=-weeks if match["back"] else weeks)


def weekday_and_week(match: Match[str], today: date, past: bool) -> date:
    """ "Friday week", "friday fortnight"."""
    weeks = 2 if match["unit"] == "fortnight" else 1
    return next_weekday(today, weekday_number(match["weekday"])) + timedelta(weeks=weeks)


def weekday_in_week(match: Match[str], today: date, past: bool) -> date:
    """ "Friday of next week"."""
    return in_week(today, weekday_number(match["weekday"]), _week_of(match["week"]))


def which_weekday(match: Match[str], today: date, past: bool) -> date:
    """ "Next friday", "friday gone"."""
    weekday = weekday_number(match["weekday"])
    words = f"{match['before'] or ''} {match['after'] or ''}"
    if any(word in words for word in ("last", "past", "gone", "previous")):
        return last_weekday(today, weekday)
    if "after next" in words:
        return in_week(today, weekday, 2)
    if "next" in words:
        return in_week(today, weekday, 1)
    return today if "this" in words and today.weekday() == weekday else next_weekday(today, weekday)


def bare_weekday(match: Match[str], today: date, past: bool) -> date:
    """ "Friday"."""
    weekday = weekday_number(match["weekday"])
    return last_weekday(today, weekday) if past else next_weekday(today, weekday)


def week_edge(match: Match[str], today: date, past: bool) -> date:
    """The end, start or middle of a week; of this week only while it is still to come."""
    weeks, edge = _week_of(match["week"] or ""), match["edge"] or "end"
    weekday = WEDNESDAY if "mid" in edge else FRIDAY if "end" in edge else MONDAY
    day = in_week(today, weekday, weeks)
    return day + timedelta(weeks=1) if day < today and weeks == 0 else day


def weekend(match: Match[str], today: date, past: bool) -> date:
    """Saturday, or the working day beside it."""
    lead, which = match["lead"] or "", match["which"] or ""
    if "last" in which or past:
        return last_weekday(today, _SATURDAY)
    saturday = in_week(today, _SATURDAY, 1 if "next" in which else 0)
    saturday = max(saturday, today)
    return saturday + timedelta(days={"before": -1, "by": -1, "after": 2}.get(lead, 0))


def near(match: Match[str], today: date, past: bool) -> date:
    """Tomorrow, yesterday and the days beyond them."""
    words = match.group()
    if "day after" in words or "before" in words:
        days = 2
    else:
        days = 8 if words.endswith(" week") else 15 if words.endswith(" fortnight") else 1
    return today + timedelta(days=-days if "yesterday" in words else days)


def on_today(match: Match[str], today: date, past: bool) -> date:
    """Today, or one or two weeks from it."""
    words = match.group()
    return today + timedelta(
        days=14 if "fortnight" in words else 7 if words.endswith("week") else 0
    )


def stretch(match: Match[str], today: date, past: bool) -> date | None:
    """So much time on from today."""
    unit, said = match["unit"], match["count"]
    if said == "the":
        if unit not in ("week", "month") or match.group().startswith("in "):
            return None
        return max(in_week(today, FRIDAY), today) if unit == "week" else month_end(today)
    return stretch_on(today, count_of(said), unit)


def stretch_then(match: Match[str], today: date, past: bool) -> date:
    """So much time on from today or tomorrow."""
    extra = 1 if match["from"].endswith("tomorrow") else 0
    return stretch_on(today, count_of(match["count"]), match["unit"]) + timedelta(days=extra)


def ago(match: Match[str], today: date, past: bool) -> date:
    """So much time back from today."""
    return stretch_on(today, count_of(match["count"]), match["unit"], -1)
