"""Days as clients say them, on a call of Monday 23 November 2026."""

from __future__ import annotations

import time
from datetime import date

import pytest

from bot.core.language.due_dates import DAY_RULES, find_dates

MONDAY = date(2026, 11, 23)

DAYS = [
    ("friday", "2026-11-27"),
    ("you'll have it friday", "2026-11-27"),
    ("Friday. All of it.", "2026-11-27"),
    ("wensday", "2026-11-25"),
    ("by thurs", "2026-11-26"),
    ("on sat", "2026-11-28"),
    ("monday", "2026-11-30"),
    ("first thing monday", "2026-11-30"),
    ("this friday", "2026-11-27"),
    ("this coming friday", "2026-11-27"),
    ("next friday", "2026-12-04"),
    ("friday next", "2026-12-04"),
    ("next tuesday", "2026-12-01"),
    ("friday week", "2026-12-04"),
    ("i'll see you right friday week", "2026-12-04"),
    ("monday week", "2026-12-07"),
    ("a week on friday", "2026-12-04"),
    ("week on friday", "2026-12-04"),
    ("a week friday", "2026-12-04"),
    ("a week from friday", "2026-12-04"),
    ("two weeks on monday", "2026-12-14"),
    ("a fortnight on monday", "2026-12-14"),
    ("friday fortnight", "2026-12-11"),
    ("the friday after next", "2026-12-11"),
    ("friday of next week", "2026-12-04"),
    ("next week on wednesday", "2026-12-02"),
    ("wednesday next week", "2026-12-02"),
    ("tuesday of the week after next", "2026-12-08"),
    ("friday gone", "2026-11-20"),
    ("last tuesday", "2026-11-17"),
    ("that went out last Tuesday, check your bank", "2026-11-17"),
    ("a week last tuesday", "2026-11-10"),
    ("it went out tuesday", "2026-11-17"),
    ("Posted it Tuesday, love.", "2026-11-17"),
    ("i sent it on friday", "2026-11-20"),
    ("get it paid on friday", "2026-11-27"),
    ("we get paid on friday", "2026-11-27"),
    ("it'll be sent friday", "2026-11-27"),
    ("close of play thursday", "2026-11-26"),
    ("cob friday", "2026-11-27"),
    ("before friday", "2026-11-27"),
    ("by close of play", "2026-11-23"),
    ("by the end of the day", "2026-11-23"),
    ("by eod", "2026-11-23"),
    ("today", "2026-11-23"),
    ("tonight", "2026-11-23"),
    ("this afternoon", "2026-11-23"),
    ("tomorrow", "2026-11-24"),
    ("Noon tomorrow.", "2026-11-24"),
    ("the morra", "2026-11-24"),
    ("tmrw", "2026-11-24"),
    ("the day after tomorrow", "2026-11-25"),
    ("day after tomorrow", "2026-11-25"),
    ("tomorrow week", "2026-12-01"),
    ("a week tomorrow", "2026-12-01"),
    ("today week", "2026-11-30"),
    ("a week today", "2026-11-30"),
    ("yesterday", "2026-11-22"),
    ("i paid it the day before yesterday", "2026-11-21"),
    ("in a fortnight", "2026-12-07"),
    ("in a fortnight's time", "2026-12-07"),
    ("within 7 days", "2026-11-30"),
    ("within seven days", "2026-11-30"),
    ("ten days' time", "2026-12-03"),
    ("in ten days’ time", "2026-12-03"),
    ("in ten days time", "2026-12-03"),
    ("a week's time", "2026-11-30"),
    ("in two weeks", "2026-12-07"),
    ("in two or three weeks", "2026-12-14"),
    ("in a couple of weeks", "2026-12-07"),
    ("in a month", "2026-12-23"),
    ("in six months", "2027-05-23"),
    ("30 days from today", "2026-12-23"),
    ("a month from today", "2026-12-23"),
    ("two weeks from now", "2026-12-07"),
    ("two weeks tomorrow", "2026-12-08"),
    ("in 48 hours", "2026-11-25"),
    ("within five working days", "2026-11-30"),
    ("in 3 business days", "2026-11-26"),
    ("this time next week", "2026-11-30"),
    ("three weeks ago", "2026-11-02"),
    ("a fortnight ago", "2026-11-09"),
    ("end of the week", "2026-11-27"),
    ("end of this week", "2026-11-27"),
    ("by the end of next week", "2026-12-04"),
    ("the back end of next week", "2026-12-04"),
    ("back end of next week like", "2026-12-04"),
    ("early next week", "2026-11-30"),
    ("start of next week", "2026-11-30"),
    ("first thing next week", "2026-11-30"),
    ("middle of next week", "2026-12-02"),
    ("midweek", "2026-11-25"),
    ("by the weekend", "2026-11-27"),
    ("at the weekend", "2026-11-28"),
    ("after the weekend", "2026-11-30"),
    ("next weekend", "2026-12-05"),
    ("month end", "2026-11-30"),
    ("month-end", "2026-11-30"),
    ("end of the month", "2026-11-30"),
    ("End of this month, guaranteed.", "2026-11-30"),
    ("eom", "2026-11-30"),
    ("end of next month", "2026-12-31"),
    ("next month end", "2026-12-31"),
    ("the last working day of the month", "2026-11-30"),
    ("last working day of next month", "2026-12-31"),
    ("end of january", "2027-01-31"),
    ("the back end of january", "2027-01-31"),
    ("end of feb", "2027-02-28"),
    ("december month end", "2026-12-31"),
    ("start of december", "2026-12-01"),
    ("beginning of next month", "2026-12-01"),
    ("mid january", "2027-01-15"),
    ("mid-january", "2027-01-15"),
    ("middle of december", "2026-12-15"),
    ("mid month", "2026-12-15"),
    ("end of last month", "2026-10-31"),
    ("the first of the month", "2026-12-01"),
    ("the 15th of next month", "2026-12-15"),
    ("15th of the month", "2026-12-15"),
    ("the 20th of last month", "2026-10-20"),
    ("the 30th", "2026-11-30"),
    ("by the 5th", "2026-12-05"),
    ("by the fifteenth", "2026-12-15"),
    ("on the twenty eighth", "2026-11-28"),
    ("the thirty first", "2026-12-31"),
    ("the balance on the thirty first write it down", "2026-12-31"),
    ("on the first", "2026-12-01"),
    ("by the second", "2026-12-02"),
    ("on the 28.", "2026-11-28"),
    ("it went out on the 3rd", "2026-11-03"),
    ("it went out of mums account on the first", "2026-11-01"),
    ("money left us the nineteenth", "2026-11-19"),
    ("the first of december", "2026-12-01"),
    ("the 4th of december", "2026-12-04"),
    ("4 december", "2026-12-04"),
    ("4th dec", "2026-12-04"),
    ("december the 4th", "2026-12-04"),
    ("december fourth", "2026-12-04"),
    ("dec 4", "2026-12-04"),
    ("4 December 2026", "2026-12-04"),
    ("December 4, 2026", "2026-12-04"),
    ("the 31st of january twenty twenty seven", "2027-01-31"),
    ("the fourth of the twelfth", "2026-12-04"),
    ("friday the 4th", "2026-12-04"),
    ("friday the 4th of december", "2026-12-04"),
    ("monday 30th november", "2026-11-30"),
    ("may 3rd", "2027-05-03"),
    ("3 may", "2027-05-03"),
    ("it was delivered on the 3rd of october", "2026-10-03"),
    ("that was paid on the 12th of may", "2026-05-12"),
    ("12/3", "2027-03-12"),
    ("on 4/12", "2026-12-04"),
    ("4/12/26", "2026-12-04"),
    ("04/12/2026", "2026-12-04"),
    ("04.12.2026", "2026-12-04"),
    ("4-12-2026", "2026-12-04"),
    ("12/25", "2026-12-25"),
    ("2026-12-04", "2026-12-04"),
    ("2026/12/04", "2026-12-04"),
    ("before christmas", "2026-12-24"),
    ("by christmas", "2026-12-25"),
    ("christmas eve", "2026-12-24"),
    ("by boxing day", "2026-12-26"),
    ("new year", "2027-01-01"),
    ("in the new year", "2027-01-01"),
    ("new year's eve", "2026-12-31"),
    ("good friday", "2027-03-26"),
    ("easter monday", "2027-03-29"),
    ("it's been paid since easter", "2026-04-05"),
    ("thanksgiving", "2026-11-26"),
    ("paddy's day", "2027-03-17"),
    ("quarter end", "2026-12-31"),
    ("the end of the quarter", "2026-12-31"),
    ("end of q1", "2027-03-31"),
    ("q1 end", "2027-03-31"),
    ("year end", "2026-12-31"),
    ("by the end of the year", "2026-12-31"),
    ("until march", "2027-03-01"),
    ("by january", "2027-01-01"),
    ("before january", "2026-12-31"),
    ("the last friday of the month", "2026-11-27"),
    ("the first monday in december", "2026-12-07"),
    ("the first tuesday of next month", "2026-12-01"),
    ("That was settled by BACS on the ninth", "2026-11-09"),
    ("I'll call you back on the seventeenth", "2026-12-17"),
    ("by the close of business on the 31st", "2026-12-31"),
    ("within the week", "2026-11-27"),
    ("on Wednesday.", "2026-11-25"),
    ("we paid half but the rest on the 30th", "2026-11-30"),
]
NO_DAYS = [
    "",
    "next week",
    "soon",
    "in a few days",
    "in a week or two",
    "every friday",
    "fridays are bad for me",
    "black friday was quiet",
    "at the end of the day it's your mistake",
    "24/7",
    "1/2 of it",
    "50/50",
    "31/02",
    "the 31st of february",
    "the first invoice",
    "the second time",
    "it's the third time you people got it wrong",
    "first thing",
    "you may 10 times",
    "we sat down",
    "the sun is out",
    "invoice 2023/118",
    "after christmas",
    "happy christmas",
    "the christmas party",
    "in six months we have had three deliveries",
    "payment is within 30 days of invoice",
    "sixty days",
    "comes sometimes in the day",
    "the first month",
    "in the months between",
    "our financial year end is a mess",
    "the 3rd payment",
    "version 2.3",
    "10.30",
    "march on",
    "a saturday kid",
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_day_is_resolved_against_the_call(text: str, day: str) -> None:
    assert [e.value for e in find_dates(text, MONDAY)] == [day]


@pytest.mark.parametrize("text", NO_DAYS)
def test_what_fixes_no_day_stays_unheard(text: str) -> None:
    assert find_dates(text, MONDAY) == ()


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("friday", date(2026, 11, 27), "2026-12-04"),
        ("this friday", date(2026, 11, 27), "2026-11-27"),
        ("next friday", date(2026, 11, 28), "2026-12-04"),
        ("next friday", date(2026, 11, 29), "2026-12-04"),
        ("end of the week", date(2026, 11, 28), "2026-12-04"),
        ("end of the week", date(2026, 11, 27), "2026-11-27"),
        ("the 30th", date(2026, 11, 30), "2026-11-30"),
        ("the 30th", date(2027, 2, 1), "2027-03-30"),
        ("the 31st", date(2026, 11, 1), "2026-12-31"),
        ("29 february", date(2026, 11, 1), "2028-02-29"),
        ("month end", date(2028, 2, 3), "2028-02-29"),
        ("in a month", date(2027, 1, 31), "2027-02-28"),
        ("end of november", date(2026, 12, 1), "2027-11-30"),
        ("new year", date(2027, 1, 1), "2027-01-01"),
        ("in 2 working days", date(2026, 11, 27), "2026-12-01"),
        ("end of next month", date(2026, 12, 31), "2027-01-31"),
        ("mid month", date(2026, 11, 10), "2026-11-15"),
        ("last friday", date(2026, 11, 27), "2026-11-20"),
    ],
)
def test_rules_hold_at_the_edges_of_week_month_and_year(text: str, today: date, day: str) -> None:
    assert [e.value for e in find_dates(text, today)] == [day]


@pytest.mark.parametrize(
    ("text", "day"),
    [("12/3", "2026-12-03"), ("12/3/2026", "2026-12-03"), ("25/12", "2026-12-25")],
)
def test_months_come_first_in_the_states(text: str, day: str) -> None:
    assert [e.value for e in find_dates(text, MONDAY, month_first=True)] == [day]


def test_several_days_in_one_turn_keep_their_order() -> None:
    text = "half on friday, a quarter by the 5th and the rest at the end of next month"
    days = ["2026-11-27", "2026-12-05", "2026-12-31"]
    assert [e.value for e in find_dates(text, MONDAY)] == days


def test_every_rule_says_what_it_means() -> None:
    assert all(rule.meaning and rule.needs for rule in DAY_RULES)


@pytest.mark.parametrize("today", [date.min, date.max])
def test_calendar_ends_without_an_error(today: date) -> None:
    for text, _ in DAYS:
        find_dates(text, today)


def test_two_hundred_kilobytes_are_read_in_half_a_second() -> None:
    text = "on friday week or the 30th or in a fortnight, and the rest at month end, so " * 2_600
    start = time.process_time()
    find_dates(text, MONDAY)
    assert time.process_time() - start < 0.5
