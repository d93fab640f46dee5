"""Names and numbers that lead to somebody are taken out of a turn, and nothing else."""

from __future__ import annotations

import pytest

from bot.core.language.disguise import Disguised, disguise


def disguised(text: str) -> Disguised:
    return disguise(
        text,
        clients=["Hartley Joinery Ltd"],
        people=["Ruth Mercer", "Will Castle", "Mrs Zoë O'Brien", "Accounts Payable"],
        seed="turn_1",
    )


@pytest.mark.parametrize(
    "text",
    [
        "this is hartley joinery speaking",
        "Hartley Joinery Limited has paid.",
        "HARTLEY'S not paying",
        "you'll find it at hartleyjoinery.co.uk",
        "Ask Ruth Mercer.",
        "ask ruth",
        "Mercer said so",
        "it was zoe who signed",
        "it was Zoë O’Brien who signed",
        "Not Will, the other one",
        "mail r.mercer@hartleyjoinery.co.uk",
        "it is accounts at hartley dot co dot uk",
    ],
)
def test_a_name_in_any_form_is_replaced_and_told(text: str) -> None:
    result = disguised(text)

    low = result.text.lower()
    assert not any(n in low for n in ("hartley", "ruth", "mercer", "zo", "brien", "not will"))
    assert result.replacements


@pytest.mark.parametrize(
    "text",
    [
        "will you pay on Friday",
        "Will you take a card?",
        "that is joinery for you, and payable to the castle accounts",
        "I owe £14,250.00 since 03/04/2026, or 1,200,000 pounds",
        "three payments of four hundred and fifty, the first on 2026-11-20",
        "it's 20 per cent in 30 days",
        "••••••••",
        "",
    ],
)
def test_what_names_nobody_stays(text: str) -> None:
    assert disguised(text) == Disguised(text, ())


@pytest.mark.parametrize(
    ("text", "shape"),
    [
        ("invoice 4417 is wrong", r"invoice \d{4} is wrong"),
        ("inv-2023/118", r"inv-\d{4}/\d{3}"),
        ("on PO 88213 then", r"on PO \d{5} then"),
        ("4417 and 4431 are paid", r"\d{4} and \d{4} are paid"),
        ("in voice four four one seven", r"in voice (\w+) (\w+) (\w+) (\w+)"),
        ("ring 07700 900123", r"ring 0\d{4} \d{6}"),
        ("ring +44 20 7946 0000", r"ring \+44 \d\d \d{4} \d{4}"),
        ("customer number 99120", r"customer number \d{5}"),
    ],
)
def test_a_number_keeps_its_shape_and_changes_its_digits(text: str, shape: str) -> None:
    import re

    result = disguised(text)

    assert re.fullmatch(shape, result.text), result.text
    assert result.text != text
    for each in result.replacements:
        assert each.was in text
        assert each.now in result.text
        assert each.was != each.now


def test_the_same_number_gets_the_same_stand_in() -> None:
    result = disguised("invoice 4417, yes, invoice 4417")
    first, second = (part[-4:] for part in result.text.split(", yes, "))

    assert first == second != "4417"


def test_the_same_turn_is_disguised_alike_and_another_differently() -> None:
    text = "invoice 4417123"

    assert disguised(text) == disguised(text)
    assert disguise(text, seed="turn_1").text != disguise(text, seed="turn_2").text


def test_small_letters_stay_small() -> None:
    result = disguised("ask ruth mercer at hartley joinery")

    assert result.text == result.text.lower()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Gareth Bracken t/a Brackenfell Roofing", "brackenfell here, it's gareth"),
        ("Quayside Fishmongers (Tate & Rowe)", "Tate and Rowe never got it"),
        ("J & M Westerby, Sunhill Farm", "we're at sunhill farm, westerby"),
        ("Stainforth Textiles Ltd (in administration)", "stainforth textiles is done"),
        ("Penrose & Daughter Bakery Ltd", "penrose and daughter bakery"),
    ],
)
def test_every_part_of_a_trading_name_counts(name: str, text: str) -> None:
    result = disguise(text, clients=[name], seed="x").text.lower()

    named = ("bracken", "gareth", "tate", "rowe", "sunhill", "westerby", "stainforth", "penrose")
    assert not any(part in result for part in named), result
