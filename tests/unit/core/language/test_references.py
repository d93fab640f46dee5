"""Invoice numbers, order numbers and ways to pay as clients say them."""

from __future__ import annotations

import time

import pytest

from bot.core.language.references import find_references

INVOICES = [
    ("invoice 4417", "4417"),
    ("log that invoice 4417 is disputed", "4417"),
    ("Invoice no. 4417", "4417"),
    ("invoice #4417", "4417"),
    ("invoice number is 4417", "4417"),
    ("invoice number 7", "7"),
    ("inv 4417", "4417"),
    ("inv-2023/118", "INV-2023/118"),
    ("INV0042", "INV0042"),
    ("SI-10443", "SI-10443"),
    ("invoice SI-10443", "SI-10443"),
    ("your ref AB/1234", "AB/1234"),
    ("in voice four four one seven", "4417"),
    ("in voice number four four one seven", "4417"),
    ("number double four one seven", "4417"),
    ("invoice forty-four seventeen", "4417"),
    ("invoice number seven oh two", "702"),
    ("invoice treble nine four", "9994"),
    ("invoice number 44 17", "4417"),
    ("invoice 4 4 1 7", "4417"),
    ("the invoice is um 4417", "4417"),
    ("that 4417 invoice was wrong", "4417"),
    ("the 4417 one", "4417"),
    ("#4417", "4417"),
    ("bill number 88120", "88120"),
    ("invoice 0000611365", "0000611365"),
    ("invoice two thousand and six", "2006"),
]
ORDERS = [
    ("PO 88213", "88213"),
    ("P.O. 88213", "88213"),
    ("PO number 88213", "88213"),
    ("PO-2231", "PO-2231"),
    ("po number is 77129", "77129"),
    ("purchase order 5521", "5521"),
    ("purchase order number seven oh two", "702"),
    ("p o four five", "45"),
    ("order number 5521", "5521"),
    ("the po is 45", "45"),
]
METHODS = [
    ("by bacs", "bank_transfer"),
    ("B A C S", "bank_transfer"),
    ("faster payment", "bank_transfer"),
    ("faster payments", "bank_transfer"),
    ("by wire transfer", "bank_transfer"),
    ("i'll wire it", "bank_transfer"),
    ("ach", "bank_transfer"),
    ("chaps", "bank_transfer"),
    ("bank transfer", "bank_transfer"),
    ("it was transfered by transfer", "bank_transfer"),
    ("with online banking", "bank_transfer"),
    ("Zelle okay?", "bank_transfer"),
    ("i'll transfer it now", "bank_transfer"),
    ("on the company card", "card"),
    ("do you take card", "card"),
    ("by credit card", "card"),
    ("can i use amex", "card"),
    ("direct debit", "direct_debit"),
    ("set up a dd", "direct_debit"),
    ("autopay", "direct_debit"),
    ("standing order", "standing_order"),
    ("I've written the cheque", "cheque"),
    ("the check is in the mail", "cheque"),
    ("i cut you a check", "cheque"),
    ("by check", "cheque"),
    ("i'll pay cash", "cash"),
    ("200 in cash", "cash"),
    ("seven fifty quid cash on saturday", "cash"),
    ("send me a payment link", "payment_link"),
    ("paypal", "paypal"),
]
NOTHING = [
    "",
    "let me check",
    "check your bank",
    "cash flow is tight",
    "cashflow",
    "here is my business card",
    "it's on the cards",
    "my phone number 02079460018",
    "account number 10234",
    "po box 45",
    "two invoices",
    "the 2 invoices from march",
    "paid 2000 and 3000",
    "in 2019 and 2020",
    "the invoice of 2026-12-04",
    "number one",
    "200 pallets and 300 boxes",
    "wire mesh",
    "house number 4417",
    "the first invoice",
    "invoice for 4,750",
    "we waited 60 days",
    "nine times",
    "Ninety days? No. One-eighty.",
    "i'd transfer you to the team",
]


@pytest.mark.parametrize(("text", "number"), INVOICES)
def test_invoice_number_is_heard_written_or_spoken(text: str, number: str) -> None:
    assert [(e.type, e.value) for e in find_references(text)] == [("invoice_number", number)]


@pytest.mark.parametrize(("text", "number"), ORDERS)
def test_order_number_is_heard_written_or_spoken(text: str, number: str) -> None:
    assert [(e.type, e.value) for e in find_references(text)] == [("po_number", number)]


@pytest.mark.parametrize(("text", "method"), METHODS)
def test_payment_method_goes_by_one_name(text: str, method: str) -> None:
    found = find_references(text)
    assert [e.value for e in found if e.type == "payment_method"] == [method]


@pytest.mark.parametrize("text", NOTHING)
def test_what_is_no_reference_stays_unheard(text: str) -> None:
    assert find_references(text) == ()


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("4417 and 4431", ["4417", "4431"]),
        ("invoices 4417, 4431 and 4490", ["4417", "4431", "4490"]),
        ("invoices four four one seven and four four three one", ["4417", "4431"]),
        ("invoice 4417 or maybe invoice 4431", ["4417", "4431"]),
        ("invoice 4417 and 500 quid", ["4417"]),
        ("invoice 4417 and 200 pallets", ["4417"]),
        ("invoice 4417 for 4,750", ["4417"]),
        ("PO 88213 is on invoice 4417", ["88213", "4417"]),
    ],
)
def test_list_of_numbers_ends_at_sums_and_counts(text: str, numbers: list[str]) -> None:
    assert [e.value for e in find_references(text)] == numbers


def test_two_hundred_kilobytes_are_read_in_half_a_second() -> None:
    text = "invoice 4417 and 4431 by bacs or PO 88213 and number four four one seven " * 2_700
    start = time.process_time()
    find_references(text)
    assert time.process_time() - start < 0.5
