"""Sums, instalments and percentages as clients say them."""

from __future__ import annotations

import time

import pytest

from bot.core.language.amounts import find_amounts, find_schedules

SUMS = [
    ("£1,200 odd", "1200.00"),
    ("it's £1,200-odd I make it", "1200.00"),
    ("two and a half grand", "2500.00"),
    ("i can do two and a half grand friday", "2500.00"),
    ("call it 2 and a half grand", "2500.00"),
    ("1.5k by friday", "1500.00"),
    ("1.5K", "1500.00"),
    ("four thousand seven hundred and fifty pounds", "4750.00"),
    ("four thousand, seven hundred and fifty pounds", "4750.00"),
    ("Four Thousand Seven Hundred Fifty pounds", "4750.00"),
    ("fifty quid", "50.00"),
    ("knock fifty quid off it", "50.00"),
    ("3 grand", "3000.00"),
    ("three grand", "3000.00"),
    ("a couple of hundred", "200.00"),
    ("I could scrape together a couple of hundred", "200.00"),
    ("a couple of grand", "2000.00"),
    ("half a grand", "500.00"),
    ("ninety-nine p", "0.99"),
    ("99p", "0.99"),
    ("fifty pence", "0.50"),
    ("three pound fifty", "3.50"),
    ("three pounds and fifty pence", "3.50"),
    ("£5 and 20p", "5.20"),
    ("two grand five hundred", "2500.00"),
    ("a grand", "1000.00"),
    ("i can give you a grand on monday", "1000.00"),
    ("a grand and a half", "1500.00"),
    ("twelve fifty quid", "1250.00"),
    ("seven fifty pounds", "750.00"),
    ("put down 2,000 for Friday", "2000.00"),
    ("i can pay 500 on friday", "500.00"),
    ("we'll do you 750 now", "750.00"),
    ("Four hundred is too heavy for me, sorry", "400.00"),
    ("friday too thousand the balance on the thirty first", "2000.00"),
    ("nine hundred and eighty", "980.00"),
    ("itll leave us first thing monday nine hundred and eighty", "980.00"),
    ("the full 1,310 on the 28th", "1310.00"),
    ("I have set it to go out, 2,075.40 in total", "2075.40"),
    ("put me down for fifteen hundred on the twenty eighth", "1500.00"),
    ("i'll do you a hundred today off the card", "100.00"),
    ("I'll do your thousand and forty then", "1040.00"),
    ("you'll have all 3,075.", "3075.00"),
    ("he's offering two hundred now", "200.00"),
    ("twenty pound a week", "20.00"),
    ("500 a month", "500.00"),
    ("£3k", "3000.00"),
    ("£1.2 million", "1200000.00"),
    ("half a million", "500000.00"),
    ("a hundred and five pounds", "105.00"),
    ("£0.99", "0.99"),
    ("six thousand two hundred and something", "6200.00"),
    ("a tenner", "10.00"),
    ("another fiver, will that do", "5.00"),
    ("GBP 4,750.00", "4750.00"),
    ("4750 GBP", "4750.00"),
    ("4750 pounds sterling", "4750.00"),
    ("£ 4,750", "4750.00"),
    ("£4,750.50", "4750.50"),
    ("£12.50", "12.50"),
    ("one point five million quid", "1500000.00"),
    ("seven-fifty quid", "750.00"),
    ("ah sure I'd manage three hundred quid so I would", "300.00"),
    ("ye'll have yer four hundred pound the morra", "400.00"),
    ("two thousands five hundreds pounds I can", "2500.00"),
    ("2 thousand 5 hundred pounds", "2500.00"),
    ("twenty two hundred", "2200.00"),
    ("one hundred and twenty three thousand four hundred and fifty six pounds", "123456.00"),
    ("🙂 £250 🙂", "250.00"),
    ("we owe about eleven hundred", "1100.00"),
    ("a hundred-odd quid", "100.00"),
    ("£1200odd", "1200.00"),
]
OTHER_CURRENCIES = [
    ("eleven hundred euros", "1100.00", "EUR"),
    ("eleven hundred euro, no more", "1100.00", "EUR"),
    ("1.234,56 EUR", "1234.56", "EUR"),
    ("€1.234,56", "1234.56", "EUR"),
    ("1 234,56 €", "1234.56", "EUR"),
    ("12,50 €", "12.50", "EUR"),
    ("4.750 euros", "4750.00", "EUR"),
    ("$3,000", "3000.00", "USD"),
    ("3000$", "3000.00", "USD"),
    ("nine thousand four hundred dollars", "9400.00", "USD"),
    ("twenty bucks", "20.00", "USD"),
    ("99 cents", "0.99", "USD"),
    ("US$1,250.50", "1250.50", "USD"),
    ("C$900", "900.00", "CAD"),
    ("A$ 1,500", "1500.00", "AUD"),
    ("1500 chf", "1500.00", "CHF"),
    ("$6,204.18 tonight", "6204.18", "USD"),
    ("five pounds fifty", "5.50", "GBP"),
]
NO_SUMS = [
    "",
    "   ",
    "twelve fifty",
    "since 2019 we have traded",
    "in two thousand and nineteen",
    "since two thousand and nineteen",
    "call me on 0161 496 0018",
    "my number is 07700 900123",
    "invoice 4417",
    "invoice number 2000",
    "i paid invoice 4417 on friday",
    "200 pallets",
    "four hundred pallets were crushed",
    "60 days",
    "our terms are sixty days not thirty",
    "at 10.30",
    "at half past ten",
    "10.30 am",
    "ring me at ten thirty",
    "15%",
    "fifteen per cent",
    "2026-12-04",
    "12/03/2026",
    "a grand job so it is",
    "everything is grand",
    "a few hundred",
    "a couple of quid",
    "fifty pounds of flour",
    "p o four five",
    "at 4 p m",
    "4 p.m.",
    "you charged us for 40 we had 35",
    "nine times i have asked",
    "forty-two people work here",
    "the 30th",
    "order number 5521",
    "room 200",
    "a hundred times i told you",
    "a hundred percent",
    "two hundred boxes",
    "thousand apologies",
    "ref 10443",
    "thanks a million",
    "he pays me in ninety?",
    "a5 paper",
    "the 4x4 broke down",
]


@pytest.mark.parametrize(("text", "amount"), SUMS)
def test_sum_is_heard_exactly_in_the_accounts_currency(text: str, amount: str) -> None:
    assert [e.value for e in find_amounts(text)] == [{"amount": amount, "currency": "GBP"}]


@pytest.mark.parametrize(("text", "amount", "currency"), OTHER_CURRENCIES)
def test_currency_that_is_said_wins_over_the_accounts(
    text: str, amount: str, currency: str
) -> None:
    assert [e.value for e in find_amounts(text)] == [{"amount": amount, "currency": currency}]


@pytest.mark.parametrize("text", NO_SUMS)
def test_what_is_no_money_stays_unheard(text: str) -> None:
    assert find_amounts(text) == ()


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("500 on friday and the other 750 at month end, so pay 1,250 in all", ["1250.00"]),
        ("£500 now and £700 later", ["500.00", "700.00"]),
        ("the twelfth you have six hundred and the twelfth after that six hundred", ["600.00"] * 2),
        ("between one hundred and two hundred pounds", ["100.00", "200.00"]),
        ("between two and three grand", ["3000.00"]),
        ("it was four thousand but the quote said three thousand", ["4000.00", "3000.00"]),
    ],
)
def test_several_sums_in_one_turn(text: str, amounts: list[str]) -> None:
    found = [e.value["amount"] for e in find_amounts(text)]
    assert [a for a in found if a in amounts] == amounts


def test_dollars_are_the_accounts_own_dollars() -> None:
    assert find_amounts("200 dollars", "CAD")[0].value["currency"] == "CAD"
    assert find_amounts("200 dollars", "GBP")[0].value["currency"] == "USD"
    assert find_amounts("two hundred", "EUR")[0].value["currency"] == "EUR"


def test_sum_is_quoted_in_the_clients_own_words() -> None:
    text = "Right, it's Two And A Half grand — no more."
    (found,) = find_amounts(text)
    assert (found.text, text[found.start : found.end]) == ("Two And A Half grand",) * 2


PLANS = [
    ("could we do it in three goes", 3, None),
    ("three goes", 3, None),
    ("over six months", 6, "monthly"),
    ("could you spread it over six months", 6, "monthly"),
    ("over the next three months", 3, "monthly"),
    ("in thirds", 3, None),
    ("split it in two", 2, None),
    ("could ye split it three ways", 3, None),
    ("half now half next month", 2, "monthly"),
    ("half now, half next month", 2, "monthly"),
    ("half on friday and the rest next week", 2, "weekly"),
    ("half now and the balance on the 30th", 2, None),
    ("four equal weekly payments", 4, "weekly"),
    ("six monthly instalments", 6, "monthly"),
    ("two installments", 2, None),
    ("Two instalments won't do it for us", 2, None),
    ("three monthly goes", 3, "monthly"),
    ("in four bites", 4, None),
    ("Any chance of three bites?", 3, None),
    ("would yous take it in four bits", 4, None),
    ("twelve payments", 12, None),
    ("over a year", 12, "monthly"),
    ("over the quarter", 3, "monthly"),
    ("over eight weeks", 8, "weekly"),
    ("monthly payments", None, "monthly"),
    ("weekly instalments", None, "weekly"),
    ("i could pay weekly", None, "weekly"),
    ("something every month", None, "monthly"),
    ("a bit each week", None, "weekly"),
    ("in instalments", None, None),
    ("over the next few months", None, "monthly"),
    ("a third now a third in december a third in january", 3, None),
    ("fortnightly payments", None, "fortnightly"),
    ("3 payments every two weeks", 3, "fortnightly"),
    ("over a couple of months", 2, "monthly"),
]
SIZED = [
    ("500 a month", None, "monthly", "500.00"),
    ("twenty pound a week", None, "weekly", "20.00"),
    ("£200 every friday", None, "weekly", "200.00"),
    ("£100/month", None, "monthly", "100.00"),
    ("two hundred every two weeks", None, "fortnightly", "200.00"),
    ("50 quid a fortnight", None, "fortnightly", "50.00"),
    ("a hundred a month for six months", 6, "monthly", "100.00"),
    ("six monthly payments of 250", 6, "monthly", "250.00"),
    ("three payments of £1,000", 3, None, "1000.00"),
    ("one and a half grand per month", None, "monthly", "1500.00"),
    ("£75 pcm", None, "monthly", "75.00"),
]
NO_PLANS = [
    "been over six months",
    "over two weeks ago",
    "we have waited over three months for that part",
    "it is over 60 days old",
    "you ring me three times a week",
    "three parts missing",
    "two late invoices",
    "a hundred percent sure",
    "40 hours a week",
    "every friday",
    "i pay my bills",
    "half the pallets arrived crushed",
]
PERCENTAGES = [
    ("ten per cent", "10"),
    ("knock 10% off", "10"),
    ("two and a half percent", "2.5"),
    ("2.5%", "2.5"),
    ("2,5 %", "2.5"),
    ("half a percent", "0.5"),
    ("nought point five per cent", "0.5"),
    ("a sixty per cent payment", "60"),
    ("eight percent interest", "8"),
    ("12.50 percent", "12.5"),
]


@pytest.mark.parametrize(("text", "count", "frequency"), PLANS)
def test_instalments_are_counted(text: str, count: int | None, frequency: str | None) -> None:
    found = [e for e in find_schedules(text) if e.type == "instalments"]
    assert [e.value for e in found] == [{"count": count, "frequency": frequency}]


@pytest.mark.parametrize(("text", "count", "frequency", "amount"), SIZED)
def test_instalments_carry_their_size(
    text: str, count: int | None, frequency: str | None, amount: str
) -> None:
    (found,) = find_schedules(text)
    money = {"amount": amount, "currency": "GBP"}
    assert found.value == {"count": count, "frequency": frequency, "amount": money}


@pytest.mark.parametrize("text", NO_PLANS)
def test_what_is_no_plan_stays_unheard(text: str) -> None:
    assert find_schedules(text) == ()


@pytest.mark.parametrize(("text", "value"), PERCENTAGES)
def test_percentages_are_plain_numbers(text: str, value: str) -> None:
    assert [e.value for e in find_schedules(text) if e.type == "percentage"] == [value]


def test_two_hundred_kilobytes_are_read_in_half_a_second() -> None:
    text = (
        "we will do two and a half grand in three goes over six months at ten per cent, so " * 2_500
    )
    start = time.process_time()
    find_amounts(text)
    find_schedules(text)
    assert time.process_time() - start < 1.0


@pytest.mark.parametrize("words", ["two thousand ", "two million ", "a hundred thousand "])
def test_a_number_that_never_ends_is_read_without_going_deeper_with_every_word(words: str) -> None:
    assert find_amounts(words * 600) == find_amounts(words * 600)
