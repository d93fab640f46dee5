"""How dates and amounts of ledger exports are read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bot.services.csv_values import amount_choice, date_choice, read_amount, read_date


@pytest.mark.parametrize(
    ("text", "mark", "value"),
    [
        ("1,234.56", ".", "1234.56"),
        ("1.234,56 €", ",", "1234.56"),
        ("(1,234.56)", ".", "-1234.56"),
        ("£ 12", "", "12"),
        ("1'234.50", ".", "1234.50"),
        ("1\u202f234,50", ",", "1234.50"),
        ("99.90-", ".", "-99.90"),
        ("\u22125.00", ".", "-5.00"),
        ("12.5 CR", ".", "-12.5"),
        ("2309.7899999999995", ".", "2309.7899999999995"),
        ("0.125", ".", "0.125"),
        (".72", ".", "0.72"),
        ("1.234", "?", "1.234"),
    ],
)
def test_amounts_are_read_as_ledgers_print_them(text: str, mark: str, value: str) -> None:
    assert amount_choice(text) == mark
    assert read_amount(text, "," if mark == "," else ".")[0] == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "abc", "1,23.4,5", "1.2.3", "12,34,5", "1E+05", "=1+1", "9" * 90]
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not an amount"):
        read_amount(text, ".")


@pytest.mark.parametrize(
    ("text", "choice", "day"),
    [
        ("2026-04-10", "", date(2026, 4, 10)),
        ("2026-04-10T00:00:00Z", "", date(2026, 4, 10)),
        ("20260410.0", "", date(2026, 4, 10)),
        ("3/4/2026", "?", date(2026, 4, 3)),
        ("13.4.26", "dmy", date(2026, 4, 13)),
        ("5 Sept 2026", "", date(2026, 9, 5)),
        ("Apr 3, 2026", "", date(2026, 4, 3)),
    ],
)
def test_dates_are_read_as_ledgers_print_them(text: str, choice: str, day: date) -> None:
    assert (date_choice(text), read_date(text, "dmy")) == (choice, day)


@pytest.mark.parametrize(
    "text", ["31/2/2026", "2026-13-01", "43921", "soon", "5 Foo 2026", "1/2/3/4"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="“"):
        read_date(text, "dmy")
