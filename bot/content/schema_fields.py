"""Fields that content schemas share: exact figures, whole numbers, words, currencies."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from marshmallow import ValidationError, fields

from bot.core.errors import MoneyError
from bot.core.money import decimal


class Figure(fields.Field[Decimal]):
    """An exact figure between two bounds, both included."""

    def __init__(self, least: int = 0, most: int | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.least = least
        self.most = most

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Decimal:
        if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
            raise ValidationError("Not a valid number.")
        try:
            figure = decimal(value)
        except MoneyError as error:
            raise ValidationError("Not a valid number.") from error
        if figure < self.least:
            raise ValidationError(f"{figure} is below {self.least}.")
        if self.most is not None and figure > self.most:
            raise ValidationError(f"{figure} is above {self.most}.")
        return figure


class Whole(fields.Field[int]):
    """A whole number between two bounds, both included."""

    def __init__(self, least: int = 0, most: int = 100_000, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.least = least
        self.most = most

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise ValidationError("Not a valid integer.")
        if not self.least <= value <= self.most:
            raise ValidationError(f"{value} is not between {self.least} and {self.most}.")
        return value


class Words(fields.String):
    """Text that says something."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs).strip()
        if not text:
            raise ValidationError("There are no words here.")
        return text


class YesNo(fields.Field[bool]):
    """true or false, and nothing that merely looks like it."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise ValidationError("Not a valid boolean.")
        return value


class SaidYesNo(fields.Field[bool]):
    """yes or no as people write it; true and false mean the same."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> bool:
        said = {"yes": True, "no": False}.get(value) if isinstance(value, str) else value
        if not isinstance(said, bool):
            raise ValidationError("Write yes or no.")
        return said


class Day(fields.Field[int]):
    """Days from the day of the call: below zero in the past."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise ValidationError("Not a valid integer.")
        if not -20_000 <= value <= 4_000:
            raise ValidationError(f"{value} is no number of days from the call.")
        return value


class Matching(fields.String):
    """Text of a fixed shape, such as a currency or a half-year."""

    def __init__(self, shape: str, example: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.shape = re.compile(shape)
        self.example = example

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if not self.shape.fullmatch(text):
            raise ValidationError(f"“{text}” does not look like {self.example}.")
        return text


def currency(**kwargs: Any) -> Matching:
    """An ISO 4217 code."""
    return Matching("[A-Z]{3}", "GBP", **kwargs)


def country(**kwargs: Any) -> Matching:
    """An ISO 3166 code of two letters."""
    return Matching("[A-Z]{2}", "GB", **kwargs)


def half_year(**kwargs: Any) -> Matching:
    """A half-year."""
    return Matching("20[0-9]{2}H[12]", "2026H1", **kwargs)
