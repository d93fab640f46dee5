"""Which files can be opened, and what the others are told."""

from __future__ import annotations

import io

import pytest

from bot.core.errors import InvalidInputError, TooLargeError
from bot.services import csv_reading
from bot.services.csv_reading import open_table

HEADER = "Customer ID,Customer Name,Invoice Number,Due Date,Total\n"
ROW = "C1,Bäckerei Grün,1001,2026-10-01,120.00\n"


def opened(content: str | bytes) -> csv_reading.CsvTable:
    """A text opened as a file."""
    return open_table(io.BytesIO(content.encode() if isinstance(content, str) else content))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_are_recognised(encoding: str) -> None:
    ((number, cells),) = opened((HEADER + ROW).encode(encoding)).rows()
    assert (number, cells[1]) == (2, "Bäckerei Grün")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_are_recognised(delimiter: str) -> None:
    table = opened((HEADER + ROW).replace(",", delimiter))
    assert (table.delimiter, table.header[0]) == (delimiter, "Customer ID")


def test_rows_count_as_a_spreadsheet_shows_them() -> None:
    table = opened(HEADER + '\nC1,"two\nlines",1,2026-10-01,1\n' + ROW)
    assert [number for number, _ in table.rows()] == [3, 4]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04zip", b"\x89PNG\x00\x00", b"\n\n"])
def test_what_is_no_ledger_gets_a_clear_answer(content: bytes) -> None:
    with pytest.raises(InvalidInputError):
        opened(content)


def test_a_cell_of_endless_text_gets_a_clear_answer() -> None:
    with pytest.raises(InvalidInputError, match="quotation mark"):
        opened(HEADER + '"' + "x" * 200_000)


def test_too_many_columns_and_too_large_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TooLargeError):
        opened(",".join(f"c{n}" for n in range(501)) + "\n1\n")
    monkeypatch.setattr(csv_reading, "MAX_BYTES", 10)
    with pytest.raises(TooLargeError):
        opened(HEADER + ROW)
