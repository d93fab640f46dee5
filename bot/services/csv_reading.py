"""Opens a CSV file of unknown make: finds encoding and delimiter, counts rows as a spreadsheet does."""

from __future__ import annotations

import codecs
import csv
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from bot.core.errors import InvalidInputError, TooLargeError

MAX_BYTES = 100_000_000
MAX_COLUMNS = 500
#: One cell; the csv module's own limit, stated so that it does not depend on who changed it.
MAX_CELL = 131_072

_DELIMITERS = (",", ";", "\t", "|")
_CHUNK = 1 << 20
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True)
class CsvTable:
    """An opened file: its header and a way to walk its rows, as often as needed."""

    file: BinaryIO
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    digest: str

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Walk the rows that hold anything, each with its number; the header is row 1."""
        for number, cells in _records(self.file, self.encoding, self.delimiter):
            if number > 1 and any(cell.strip() for cell in cells):
                yield number, cells


def open_table(file: BinaryIO) -> CsvTable:
    """Look into a seekable file; InvalidInputError or TooLargeError says what is wrong with it."""
    _check_size(file)
    digest = _digest(file)
    encoding = _encoding(file)
    delimiter = _delimiter(file, encoding)
    first = next(_records(file, encoding, delimiter), None)
    if first is None:
        raise InvalidInputError("The file is empty.", field="file")
    header = tuple(cell.strip() for cell in first[1])
    if len(header) > MAX_COLUMNS:
        raise TooLargeError(
            f"The file has {len(header)} columns; {MAX_COLUMNS} are accepted.", field="file"
        )
    if not any(header):
        raise InvalidInputError("The first row must name the columns; it is empty.", field="file")
    return CsvTable(file, encoding, delimiter, header, digest)


def _check_size(file: BinaryIO) -> None:
    size = file.seek(0, io.SEEK_END)
    if size > MAX_BYTES:
        raise TooLargeError(
            f"The file has {size / 1e6:,.0f} MB; {MAX_BYTES / 1e6:.0f} MB are accepted. Split it.",
            field="file",
        )


def _digest(file: BinaryIO) -> str:
    file.seek(0)
    seen = hashlib.sha256()
    while chunk := file.read(_CHUNK):
        seen.update(chunk)
    return seen.hexdigest()


def _encoding(file: BinaryIO) -> str:
    file.seek(0)
    start = file.read(_CHUNK)
    for mark, name in _BYTE_ORDER_MARKS:
        if start.startswith(mark):
            return name
    if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise InvalidInputError("This is a spreadsheet file; save it as CSV first.", field="file")
    if b"\x00" in start:
        raise InvalidInputError("This is not a text file; export it as CSV.", field="file")
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        chunk = start
        while chunk:
            decoder.decode(chunk)
            chunk = file.read(_CHUNK)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        # What spreadsheets in western Europe write when they do not write UTF-8.
        return "cp1252"
    return "utf-8"


def _delimiter(file: BinaryIO, encoding: str) -> str:
    best, best_score = ",", (0, 0)
    for delimiter in _DELIMITERS:
        widths = []
        for number, cells in _records(file, encoding, delimiter):
            widths.append(len(cells))
            if number >= 20:
                break
        # The right one splits the header, and the rows below it into as many cells.
        width = widths[0] if widths else 1
        score = (sum(w == width for w in widths) if width > 1 else 0, width)
        best, best_score = (delimiter, score) if score > best_score else (best, best_score)
    return best


def _records(file: BinaryIO, encoding: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, errors="replace", newline="")
    csv.field_size_limit(MAX_CELL)
    number = 0
    try:
        for cells in csv.reader(text, delimiter=delimiter):
            number += 1
            yield number, cells
    except csv.Error as error:
        raise InvalidInputError(
            f"Row {number + 1} cannot be read ({error}). A quotation mark may be missing before it.",
            field="file",
        ) from error
    finally:
        text.detach()
