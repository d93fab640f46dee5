"""Decides for whole columns how their dates and amounts are written, and asks where the file does not tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.services.csv_mapping import AMOUNT_FIELDS, DATE_FIELDS, ColumnMapping
from bot.services.csv_reading import CsvTable
from bot.services.csv_values import Evidence, amount_choice, date_choice
from bot.services.ledger_rows import ImportRequest, Question

_FLOAT_ID = re.compile(r"\d+\.0")


@dataclass(frozen=True)
class ColumnStyles:
    """How the cells of this file are to be read."""

    date_order: dict[str, str]
    decimal_mark: dict[str, str]
    float_ids: frozenset[str]
    currency: str
    row_count: int


def find_styles(
    table: CsvTable, mapping: ColumnMapping, request: ImportRequest
) -> tuple[ColumnStyles, tuple[Question, ...]]:
    """Walk the file once and settle the style of each column; what stays open comes back as questions."""
    dates = {field: Evidence() for field in DATE_FIELDS if field in mapping.columns}
    amounts = {field: Evidence() for field in AMOUNT_FIELDS if field in mapping.columns}
    ids = {field for field in ("client_key", "invoice_number") if field in mapping.columns}
    currencies = 0
    row_count = 0
    for number, cells in table.rows():
        row_count += 1
        _note(dates, mapping, number, cells, date_choice)
        _note(amounts, mapping, number, cells, amount_choice)
        ids = {f for f in ids if _FLOAT_ID.fullmatch(_cell(mapping, cells, f) or "0.0")}
        currencies += bool(_cell(mapping, cells, "currency"))
    date_order, date_questions = _settle(
        dates, request.date_order, mapping, _date_question, silent="dmy"
    )
    decimal_mark, mark_questions = _settle(
        amounts, request.decimal_mark, mapping, _amount_question, silent="."
    )
    currency, currency_questions = _currency(mapping, request, currencies, row_count)
    styles = ColumnStyles(date_order, decimal_mark, frozenset(ids), currency, row_count)
    return styles, (*date_questions, *mark_questions, *currency_questions)


def _note(
    columns: dict[str, Evidence],
    mapping: ColumnMapping,
    number: int,
    cells: Sequence[str],
    choice: Callable[[str], str],
) -> None:
    for field, evidence in columns.items():
        cell = _cell(mapping, cells, field)
        if cell:
            evidence.note(number, choice(cell))


def _cell(mapping: ColumnMapping, cells: Sequence[str], field: str) -> str:
    place = mapping.columns.get(field, len(cells))
    return cells[place].strip() if place < len(cells) else ""


def _settle(
    columns: dict[str, Evidence],
    given: str,
    mapping: ColumnMapping,
    ask: Callable[[str, Evidence], Question],
    *,
    silent: str,
) -> tuple[dict[str, str], tuple[Question, ...]]:
    if given:
        return dict.fromkeys(columns, given), ()
    # One program wrote the whole file: a column that leaves it open follows those that prove a style.
    proven = {choice for evidence in columns.values() for choice in evidence.proofs}
    shared = next(iter(proven)) if len(proven) == 1 else ""
    settled, questions = {}, []
    for field, evidence in columns.items():
        if len(evidence.proofs) == 1:
            settled[field] = next(iter(evidence.proofs))
        elif evidence.proofs or (evidence.open_row and not shared):
            questions.append(ask(mapping.headers[field], evidence))
        else:
            settled[field] = shared or silent
    return settled, tuple(questions)


def _date_question(column: str, evidence: Evidence) -> Question:
    choices = ("dmy", "mdy")
    if evidence.proofs:
        rows = _rows(evidence.proofs.values())
        text = f"“{column}” has days first and months first (rows {rows}). Which is right?"
        return Question("date_order", text, choices)
    text = f"“{column}” fits day/month and month/day alike (row {evidence.open_row}). Which is it?"
    return Question("date_order", text, choices)


def _amount_question(column: str, evidence: Evidence) -> Question:
    choices = (".", ",")
    if evidence.proofs:
        rows = _rows(evidence.proofs.values())
        text = f"“{column}” has pennies after a point and after a comma (rows {rows}). Which?"
        return Question("decimal_mark", text, choices)
    text = (
        f"In “{column}”, does the mark stand before pennies or thousands (row {evidence.open_row})?"
    )
    return Question("decimal_mark", text, choices)


def _rows(numbers: Iterable[int]) -> str:
    return " and ".join(str(number) for number in sorted(numbers))


def _currency(
    mapping: ColumnMapping, request: ImportRequest, filled: int, row_count: int
) -> tuple[str, tuple[Question, ...]]:
    header = mapping.headers.get("balance", "")
    if re.sub(r"\W|_", "", header.casefold()) == "convertedusd":
        return "USD", ()
    if request.default_currency or filled == row_count:
        return request.default_currency.upper(), ()
    text = f"{row_count - filled} rows name no currency. Which currency are they in?"
    return "", (Question("default_currency", text, ("GBP", "EUR", "USD")),)
