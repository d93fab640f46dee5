"""Reads one row of a ledger export into values, with every fault of the row at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from bot.services.csv_mapping import ColumnMapping, clean_text, is_formula
from bot.services.csv_values import read_amount, read_date
from bot.services.csv_words import read_country, read_flag, read_legal_form, read_risk_class
from bot.services.ledger_columns import ColumnStyles
from bot.services.ledger_rows import RowFault

#: Text fields with their longest length; the columns of the ledger hold no more.
_LENGTHS = {
    "client_key": 100,
    "client_name": 200,
    "invoice_number": 80,
    "po_number": 80,
    "description": 4000,
    "industry": 80,
    "contact_name": 200,
    "email": 254,
    "phone": 80,
}
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d+)?E[+-]?\d+", re.IGNORECASE)
#: The ledger holds eighteen digits; no invoice comes near this.
_LARGEST = Decimal("99999999999")


@dataclass(slots=True)
class ParsedRow:
    """The values of one row; a field that is missing, empty or faulty is not in `values`."""

    row: int
    values: dict[str, Any] = field(default_factory=dict)
    faults: list[RowFault] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)
    unknown_country: bool = False

    def get(self, name: str) -> Any:
        """A value, or None."""
        return self.values.get(name)

    def fault(self, column: str, message: str, remedy: str) -> None:
        """Note why this row cannot be used."""
        self.faults.append(RowFault(self.row, column, message, remedy))


class RowParser:
    """Reads the rows of one file by its mapping and the styles of its columns."""

    def __init__(self, mapping: ColumnMapping, styles: ColumnStyles, width: int) -> None:
        self._mapping = mapping
        self._styles = styles
        self._width = width

    def read(self, row: int, cells: Sequence[str]) -> ParsedRow:
        """Read one row; its faults are on it."""
        parsed = ParsedRow(row)
        if len(cells) > self._width and any(cell.strip() for cell in cells[self._width :]):
            parsed.fault(
                "",
                f"has {len(cells)} cells, the header has {self._width}",
                "put quotation marks around text that contains the delimiter",
            )
            return parsed
        for name, place in self._mapping.columns.items():
            text = cells[place].strip() if place < len(cells) else ""
            if text:
                self._read_cell(parsed, name, text)
        self._complete(parsed)
        return parsed

    def _read_cell(self, parsed: ParsedRow, name: str, text: str) -> None:
        column = self._mapping.headers[name]
        try:
            if name in self._styles.date_order:
                parsed.values[name] = read_date(text, self._styles.date_order[name])
            elif name in self._styles.decimal_mark:
                self._read_amount(parsed, name, text)
            elif name in _WORDS:
                parsed.values[name] = _WORDS[name](text)
            elif name == "country":
                parsed.values[name] = read_country(text)
                parsed.unknown_country = parsed.values[name] is None
            elif name == "vat_registered":
                # A VAT number says yes as well.
                parsed.values[name] = len(re.sub(r"\D", "", text)) >= 5 or read_flag(text)
            elif name == "credit_days":
                parsed.values[name] = _whole_number(text)
            elif name == "currency":
                parsed.values[name] = _currency(text)
            else:
                self._read_text(parsed, name, text)
        except ValueError as error:
            parsed.fault(column, str(error), _REMEDIES.get(name, "correct the cell"))

    def _read_amount(self, parsed: ParsedRow, name: str, text: str) -> None:
        amount, currency = read_amount(text, self._styles.decimal_mark[name])
        if abs(amount) > _LARGEST:
            raise ValueError(f"“{text[:40]}” is larger than the ledger can hold")
        parsed.values[name] = amount
        if currency and name in ("total", "balance", "paid", "unit_price"):
            stated = parsed.values.setdefault("sign_currency", currency)
            if stated != currency:
                raise ValueError(
                    f"“{text[:40]}” names another currency than the row's other amounts"
                )

    def _read_text(self, parsed: ParsedRow, name: str, text: str) -> None:
        plain = clean_text(text)
        if name in self._styles.float_ids:
            plain = plain.removesuffix(".0")
        elif name in ("client_key", "invoice_number") and _SCIENTIFIC.fullmatch(plain):
            raise ValueError(f"“{plain}” has lost digits to a spreadsheet's scientific notation")
        longest = _LENGTHS[name]
        if len(plain) > longest:
            raise ValueError(f"has {len(plain)} characters; {longest} are kept")
        if is_formula(text):
            parsed.formulas.append(name)
        if plain:
            parsed.values[name] = plain

    def _complete(self, parsed: ParsedRow) -> None:
        values = parsed.values
        faulty = {fault.column for fault in parsed.faults}
        if "client_key" not in values and "client_name" in values:
            values["client_key"] = " ".join(values["client_name"].casefold().split())[:100]
        if "due_on" not in values and {"issued_on", "credit_days"} <= values.keys():
            values["due_on"] = values["issued_on"] + timedelta(days=values["credit_days"])
        for name in ("client_key", "invoice_number", "due_on"):
            column = self._mapping.headers.get(name, name)
            if name not in values and column not in faulty:
                parsed.fault(column, "is empty", "fill the cell in")
        self._settle_currency(parsed)
        for name in ("issued_on", "due_on", "settled_on"):
            if name in values and not date(1990, 1, 1) <= values[name] <= date(2100, 1, 1):
                column = self._mapping.headers[name]
                parsed.fault(column, f"{values[name]} is no likely day", "correct the date")

    def _settle_currency(self, parsed: ParsedRow) -> None:
        values = parsed.values
        signed = values.pop("sign_currency", "")
        if "currency" not in values:
            values["currency"] = self._styles.currency
        if signed and signed != values["currency"]:
            parsed.fault(
                self._mapping.headers.get("currency", ""),
                f"the amount is marked {signed}, the row is in {values['currency']}",
                "make them agree",
            )


_WORDS: dict[str, Callable[[str], Any]] = {
    "disputed": read_flag,
    "legal_form": read_legal_form,
    "risk_class": read_risk_class,
}
_REMEDIES = {
    "issued_on": "write the date as 2026-03-31",
    "due_on": "write the date as 2026-03-31",
    "settled_on": "write the date as 2026-03-31",
    "total": "write the amount as 1234.56",
    "balance": "write the amount as 1234.56",
    "client_key": "format the column as text in the source and export again",
    "invoice_number": "format the column as text in the source and export again",
}


def _whole_number(text: str) -> int:
    found = re.fullmatch(r"(\d{1,3})(?:\.0)?(?: ?days)?", text, re.IGNORECASE)
    if not found:
        raise ValueError(f"“{text[:40]}” is not a number of days")
    return int(found[1])


def _currency(text: str) -> str:
    code = text.upper()
    if not re.fullmatch(r"[A-Z]{3}", code):
        raise ValueError(f"“{text[:40]}” is not a currency code such as GBP")
    return code
