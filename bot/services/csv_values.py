"""Reads dates and amounts as ledgers print them; what a column leaves open is asked, never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ][\d:.,Z+ -]*)?")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:\.0)?")
_NUMERIC = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d\d)(?: [\d:]+(?: ?[AaPp][Mm])?)?")
_DAY_NAMED = re.compile(r"(\d{1,2})[-/ ]([A-Za-z]{3,9})\.?[-/, ]+(\d{4}|\d\d)")
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})")
_SERIAL = re.compile(r"[2-5]\d{4}(?:\.0)?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_SIGNS = {"£": "GBP", "€": "EUR", "$": "", "US$": "USD", "¥": ""}
_AMOUNT = re.compile(
    r"(?P<before>[A-Z]{3}|US\$|[£€$¥])?\s*(?P<sign>[-+])?\s*(?P<before2>US\$|[£€$¥])?\s*"
    r"(?P<digits>(?:\d[\d.,' ]*)?\d|[.,]\d+)(?:[.,])?\s*(?P<after>[A-Z]{3}|[£€$¥])?\s*(?P<trail>-|CR|DR)?"
)
#: No amount is longer; a longer text is none.
_LONGEST = 80
_GROUPED = r"\d{1,3}(?:%s\d{2,3})*%s\d{3}|\d+"


@dataclass
class Evidence:
    """What the cells of one column say about their style: for each choice the first row that proves it."""

    proofs: dict[str, int]
    open_row: int = 0

    def __init__(self) -> None:
        self.proofs = {}

    def note(self, row: int, choice: str) -> None:
        """Take one cell's word: a choice, "?" for undecided, or "" for nothing to decide."""
        if choice == "?":
            self.open_row = self.open_row or row
        elif choice:
            self.proofs.setdefault(choice, row)


def date_choice(text: str) -> str:
    """Say which order a date proves: `dmy`, `mdy`, "?" when both fit, "" when it is plain."""
    found = _NUMERIC.fullmatch(text)
    if not found:
        return ""
    first, second = int(found[1]), int(found[3])
    if first > 12:
        return "dmy" if second <= 12 else ""
    if second > 12:
        return "mdy"
    # Nobody writes the month first with points.
    return "dmy" if found[2] == "." else "" if first == second else "?"


def read_date(text: str, order: str) -> date:
    """Read a date; ValueError says why not. `order` decides between 3/4 in April and in March."""
    try:
        if found := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _NUMERIC.fullmatch(text):
            first, second = int(found[1]), int(found[3])
            day, month = (second, first) if order == "mdy" else (first, second)
            return date(_year(found[4]), month, day)
        if found := _DAY_NAMED.fullmatch(text):
            return date(_year(found[3]), _month(found[2]), int(found[1]))
        if found := _MONTH_FIRST.fullmatch(text):
            return date(int(found[3]), _month(found[1]), int(found[2]))
    except ValueError as error:
        raise ValueError(f"“{text}” is not a day of the calendar") from error
    if _SERIAL.fullmatch(text):
        raise ValueError(f"“{text}” looks like a spreadsheet's day number, not a date")
    raise ValueError(f"“{text}” is not a date")


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _month(text: str) -> int:
    return _MONTHS.index(text[:3].lower()) + 1


def amount_choice(text: str) -> str:
    """Say which decimal mark an amount proves: `.` or `,`, "?" when both fit, "" when it has neither."""
    plain, _ = _unwrapped(text)
    found = _AMOUNT.fullmatch(plain)
    if not found:
        return ""
    digits = re.sub(r"[' ]", "", found["digits"])
    dots, commas = digits.count("."), digits.count(",")
    if dots and commas:
        return "." if digits.rindex(".") > digits.rindex(",") else ","
    if not dots and not commas:
        return ""
    mark = "." if dots else ","
    other = "," if dots else "."
    if dots + commas > 1:
        return other
    before, after = digits.split(mark)
    if len(after) != 3 or len(before) > 3 or before in ("", "0"):
        return mark
    return "?"


def read_amount(text: str, mark: str) -> tuple[Decimal, str]:
    """Read an amount and the currency its sign names (or ""); ValueError says why not."""
    plain, inside = _unwrapped(text)
    found = _AMOUNT.fullmatch(plain)
    if not found:
        raise ValueError(f"“{text[:40]}” is not an amount")
    digits = re.sub(r"[' ]", "", found["digits"])
    group = "," if mark == "." else "."
    whole, _, fraction = digits.partition(mark)
    if mark in fraction or group in fraction:
        raise ValueError(f"“{text[:40]}” is not an amount with “{mark}” before the pennies")
    escaped = re.escape(group)
    if whole and not re.fullmatch(_GROUPED % (escaped, escaped), whole):
        raise ValueError(f"“{text[:40]}” is not an amount with “{mark}” before the pennies")
    value = Decimal(f"{whole.replace(group, '') or '0'}.{fraction or '0'}")
    negative = inside or found["sign"] == "-" or found["trail"] in ("-", "CR")
    named = found["before"] or found["before2"] or found["after"] or ""
    return (-value if negative else value), _SIGNS.get(named, named)


def _unwrapped(text: str) -> tuple[str, bool]:
    # Ledgers print no-break spaces, typographic minus signs and apostrophes, and brackets for less than nothing.
    plain = re.sub(r"[\u00a0\u202f\u2009]", " ", text if len(text) <= _LONGEST else "")
    plain = plain.replace("\u2212", "-").replace("\u2019", "'").strip()
    inside = plain.startswith("(") and plain.endswith(")")
    return (plain[1:-1].strip() if inside else plain), inside
