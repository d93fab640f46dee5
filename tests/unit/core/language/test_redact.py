"""Secrets that must never reach a log, and the numbers that must survive."""

from __future__ import annotations

import time

import pytest

from bot.core.language.redact import MASK, redact

SECRETS = [
    ("my card is 4111 1111 1111 1111 ok", "4111 1111 1111 1111", "card"),
    ("4111111111111111", "4111111111111111", "card"),
    ("4111-1111-1111-1111", "4111-1111-1111-1111", "card"),
    ("amex 378282246310005", "378282246310005", "card"),
    ("card number 4111 1111 1111", "4111 1111 1111", "card"),
    ("the card number is 4111 1111 1111 1112", "4111 1111 1111 1112", "card"),
    ("four" + " one" * 15, "four" + " one" * 15, "card"),
    (
        "four triple one double one double one" + " one" * 8,
        "four triple one double one double one" + " one" * 8,
        "card",
    ),
    (
        "four one one one um one one one one, one one one one, one one one one",
        "four one one one um one one one one, one one one one, one one one one",
        "card",
    ),
    (
        "it's 4111 one one one one 1111 one one one one",
        "4111 one one one one 1111 one one one one",
        "card",
    ),
    ("GB29 NWBK 6016 1331 9268 19 and then", "GB29 NWBK 6016 1331 9268 19", "bank"),
    ("gb29nwbk60161331926819", "gb29nwbk60161331926819", "bank"),
    ("DE89370400440532013000", "DE89370400440532013000", "bank"),
    ("sort code 20-00-00", "20-00-00", "bank"),
    ("my sort code is 200000", "200000", "bank"),
    ("sort code is two oh oh oh oh oh", "two oh oh oh oh oh", "bank"),
    ("account number is 55779911", "55779911", "bank"),
    (
        "account number five five seven seven double nine one one",
        "five five seven seven double nine one one",
        "bank",
    ),
    ("20-00-00 55779911", "20-00-00 55779911", "bank"),
    ("routing number 021000021", "021000021", "bank"),
    ("checking account 000123456789", "000123456789", "bank"),
    ("078-05-1120", "078-05-1120", "national_id"),
    ("my social is 078051120", "078051120", "national_id"),
    (
        "social security number oh seven eight oh five one one two oh",
        "oh seven eight oh five one one two oh",
        "national_id",
    ),
    ("AB 12 34 56 C", "AB 12 34 56 C", "national_id"),
    ("ab123456c", "ab123456c", "national_id"),
    ("cvv is 123", "123", "security_code"),
    ("the security code is four five six", "four five six", "security_code"),
    (
        "the last three digits on the back are... three digits on the back is 123",
        "123",
        "security_code",
    ),
    ("my pin is one two three four", "one two three four", "security_code"),
    ("password is hunter2", "hunter2", "security_code"),
    ("password: Tr0ub4dor&3", "Tr0ub4dor&3", "security_code"),
]
SURVIVORS = [
    "",
    "invoice 4417",
    "invoice 0000611365",
    "invoice 20230118001",
    "invoices 4417, 4431, 4490 and 4501",
    "invoice 4417 4431 4490 4501",
    "invoices four four one seven four four three one four four nine oh four five oh one",
    "PO 88213",
    "PO 12345678",
    "£1,200.00 and £4,750",
    "four thousand seven hundred and fifty pounds",
    "500 250 300 1000",
    "2026-12-04",
    "12-03-26",
    "dated 12-03-26 for £1,200.00 invoice 4417",
    "04/12/2026",
    "call 0161 496 0018",
    "+44 7700 900123",
    "write to accounts@smith-haulage.co.uk",
    "card ending 1881",
    "my account number is 10234",
    "twenty one, twenty two, twenty three",
    "one two three testing",
    "i forgot my password yesterday",
    "pay by card on the 30th",
    "the account is in dispute since 2019",
    "the code of conduct says 30 days",
    "one payment of 4,750 in 2026",
    "🙂 no numbers here 🙂",
]


@pytest.mark.parametrize(("text", "secret", "kind"), SECRETS)
def test_secret_is_masked_one_for_one(text: str, secret: str, kind: str) -> None:
    masked, kinds = redact(text)
    assert masked == text.replace(secret, MASK * len(secret))
    assert kinds == {kind}


@pytest.mark.parametrize("text", SURVIVORS)
def test_sums_numbers_and_days_survive(text: str) -> None:
    assert redact(text) == (text, frozenset())


@pytest.mark.parametrize("text", [text for text, _, _ in SECRETS])
def test_masking_twice_changes_nothing(text: str) -> None:
    masked, _ = redact(text)
    assert redact(masked) == (masked, frozenset())


def test_two_secrets_give_two_kinds() -> None:
    masked, kinds = redact("card 4111 1111 1111 1111 cvv 123 for invoice 4417 of £500")
    assert kinds == {"card", "security_code"}
    assert masked == f"card {MASK * 19} cvv {MASK * 3} for invoice 4417 of £500"


def test_two_hundred_kilobytes_are_read_in_half_a_second() -> None:
    text = (
        "we paid £1,200 on invoice 4417 by card 4111 1111 1111 1111 on the 3rd, check it " * 2_500
    )
    start = time.process_time()
    redact(text)
    assert time.process_time() - start < 0.5
