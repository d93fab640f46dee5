"""Which client a collector means, whatever else they say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.find_account import find_account, invoice_number
from bot.services.ports import AccountRow


def a_row(name: str, industry: str) -> AccountRow:
    """A client in a list."""
    key = name.split()[0].casefold()
    return AccountRow(f"cli_{key}", name, industry, "GB", "GBP", "0.00", 0, 0, "B", "sam")


ROWS = (
    a_row("Hartley Joinery Ltd", "joinery"),
    a_row("Penrose & Daughter Bakery Ltd", "bakery"),
    a_row("Lark Print Services", "print shop"),
    a_row("Inkwell Print Shop Ltd", "print shop"),
    a_row("Café Möwe GmbH", "café"),
    a_row("Brightwell Analytics Inc", "software"),
)
BY_NAME = {row.name: row for row in ROWS}


def found(text: str) -> list[str]:
    return [row.name.split()[0] for row in find_account(text, ROWS)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("brief me on Hartley", ["Hartley"]),
        ("the joiner's on the line", ["Hartley"]),
        ("the joiners", ["Hartley"]),
        ("the bakery I'm ringing next", ["Penrose"]),
        ("print shop", ["Inkwell"]),
        ("Lark Print Services", ["Lark"]),
        ("café möwe", ["Café"]),
        ("analytics", ["Brightwell"]),
        ("cli_hartley", ["Hartley"]),
        ("the company I need to call", []),
        ("ltd gmbh inc", []),
        ("", []),
    ],
)
def test_the_words_decide(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_words_that_fit_two_give_both() -> None:
    assert found("the printers, print something") == ["Lark", "Inkwell"]


@given(st.sampled_from(ROWS), st.sampled_from(["", "brief me on ", "what about ", "💥 "]))
def test_a_whole_name_is_always_found(row: AccountRow, before: str) -> None:
    assert find_account(f"{before}{row.name.upper()}, please", ROWS) == (row,)


@given(st.text(max_size=80))
def test_any_text_is_answered_with_known_rows_in_any_order(text: str) -> None:
    fitting = set(find_account(text, ROWS))
    assert fitting <= set(ROWS)
    assert fitting == set(find_account(text, ROWS[::-1]))
    assert not find_account(text, ())


@given(st.text(max_size=40), st.sampled_from(ROWS))
def test_shouting_finds_the_same(text: str, row: AccountRow) -> None:
    request = f"{row.name.split()[0]} {text}"
    assert find_account(request, ROWS) == find_account(request.casefold(), ROWS)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("invoice 4417", "4417"),
        ("it's about Invoice no. INV-2026/17, the late one", "INV-2026/17"),
        ("inv #4417?", "4417"),
        ("invoice number: 4417.", "4417"),
        ("the invoice is late", None),
        ("invoices", None),
        ("4417", None),
        ("invent 3 things", None),
    ],
)
def test_an_invoice_is_named_by_its_number(text: str, number: str | None) -> None:
    assert invoice_number(text) == number
