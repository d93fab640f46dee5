"""The values of a document as a form has them: JSON-ready going out, and back to what the file holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from marshmallow import fields

from bot.content.schema_fields import Day, Figure, SaidYesNo, Whole
from bot.content.schema_walk import AnyField, inner_keys

_DIGITS = re.compile(r"[-+]?[0-9]{1,18}\Z")


def form_values(field: AnyField | None, value: Any) -> Any:
    """A value of a file as JSON can carry it: exact figures as text, yes and no as true and false."""
    if isinstance(value, dict):
        return {key: form_values(inside(field, key), x) for key, x in value.items()}
    if isinstance(value, list):
        inner = field.inner if isinstance(field, fields.List) else None
        return [form_values(inner, x) for x in value]
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(field, SaidYesNo) and value in ("yes", "no"):
        return value == "yes"
    return value


def file_values(field: AnyField | None, value: Any) -> Any:
    """A value of a form as the file is to hold it: whole numbers as such, figures without binary rounding."""
    if isinstance(value, Mapping):
        return {str(key): file_values(inside(field, str(key)), x) for key, x in value.items()}
    if isinstance(value, list | tuple):
        inner = field.inner if isinstance(field, fields.List) else None
        return [file_values(inner, x) for x in value]
    if isinstance(value, float):
        value = str(int(value)) if value.is_integer() else str(Decimal(repr(value)))
        return int(value) if _DIGITS.match(value) and not isinstance(field, Figure) else value
    if isinstance(value, Decimal):
        return str(value)
    whole = isinstance(field, Whole | Day | fields.Integer)
    if whole and isinstance(value, str) and _DIGITS.match(value.strip()):
        return int(value)
    return value


def is_same(field: AnyField | None, old: Any, new: Any) -> bool:
    """Whether a form's value is what the file has; an empty value and none at all are the same."""
    if isinstance(old, dict) and isinstance(new, dict):
        keys = old.keys() | new.keys()
        return all(is_same(inside(field, key), old.get(key), new.get(key)) for key in keys)
    if isinstance(old, list) and isinstance(new, list):
        inner = field.inner if isinstance(field, fields.List) else None
        return len(old) == len(new) and all(map(is_same, [inner] * len(old), old, new))
    if isinstance(field, Figure) and _is_figure(old) and _is_figure(new):
        return str(old) == str(new)
    shown = form_values(field, old)
    return type(shown) is type(new) and bool(shown == new)


def inside(field: AnyField | None, key: str) -> AnyField | None:
    """The field of a key in what a field describes."""
    if isinstance(field, fields.Dict):
        return field.value_field
    return inner_keys(field).get(key)


def _is_figure(value: Any) -> bool:
    return isinstance(value, int | str | Decimal) and not isinstance(value, bool)
