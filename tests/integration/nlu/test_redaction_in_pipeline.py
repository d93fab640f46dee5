"""Secret numbers never come out of the recogniser, in no field of a reading."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest

from bot.core.labels import Speaker
from bot.core.reading import Reading

pytestmark = pytest.mark.rasa

TODAY = date(2026, 3, 10)

#: What is said, and the secret in it.
PLANTED = [
    ("I'll pay 500 pounds now, my card is 4111 1111 1111 1111 ok", "4111 1111 1111 1111"),
    ("take it from 5555555555554444 and leave me alone", "5555555555554444"),
    ("amex 378282246310005, expiry next month", "378282246310005"),
    ("refund me, sort code 20-00-00 account 55779911, you owe us", "55779911"),
    ("pay it to GB29 NWBK 6016 1331 9268 19 for invoice 4417", "6016 1331 9268"),
    ("it's four one one one one one one one one one one one one one one one", "one one one one"),
    ("my national insurance is AB 12 34 56 C and I'm on benefits", "12 34 56"),
    ("the security code is 737 and I'm paying in full on friday", "737"),
    ("routing number 021000021 for the two grand", "021000021"),
    ("\n my card\tis 4111-1111-1111-1111 \n", "4111-1111-1111-1111"),
    ("/card 4111 1111 1111 1111", "4111 1111 1111 1111"),
    ("card 4111\x001111\x0011111111 there", "11111111"),
]


def everything(reading: Reading) -> str:
    return json.dumps([reading.text, reading.as_json()], ensure_ascii=False)


@pytest.mark.parametrize("speaker", Speaker)
@pytest.mark.parametrize(("said", "secret"), PLANTED, ids=[secret for _, secret in PLANTED])
def test_a_planted_number_never_comes_out(
    recogniser: Any, said: str, secret: str, speaker: Speaker
) -> None:
    reading = recogniser.read(said, speaker, TODAY)
    shown = everything(reading)

    assert secret not in shown
    assert re.sub(r"\W", "", secret) not in re.sub(r"[^\w]", "", shown)
    assert "redacted" in reading.flags


def test_the_rest_of_the_turn_is_heard(recogniser: Any) -> None:
    said, _ = PLANTED[0]
    reading = recogniser.read(said, Speaker.CLIENT, TODAY)

    assert [e.value["amount"] for e in reading.entities if e.type == "money"] == ["500.00"]
    assert len(reading.text) == len(said)


def test_a_secret_behind_the_cut_of_an_overlong_turn_does_not_come_out(recogniser: Any) -> None:
    said = "I never got the invoice. " * 400 + "card 4111 1111 1111 1111"
    reading = recogniser.read(said, Speaker.CLIENT, TODAY)

    assert "4111" not in everything(reading)
    assert "truncated" in reading.flags


def test_sums_dates_and_invoice_numbers_stay(recogniser: Any) -> None:
    reading = recogniser.read("I'll pay £1,200 off invoice 4417 on 4 May", Speaker.CLIENT, TODAY)

    assert "redacted" not in reading.flags
    assert {"money", "invoice_number", "date"} <= {e.type for e in reading.entities}
