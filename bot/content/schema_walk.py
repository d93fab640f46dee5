"""Walks marshmallow schemas by the names that keys have in files."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from marshmallow import Schema, fields

from bot.content.yaml_lines import Place

AnyField = fields.Field[Any]


def keyed(schema: Schema) -> dict[str, AnyField]:
    """The fields of a set of keys by their names in the file, in the order of the schema."""
    return {field.data_key or name: field for name, field in schema.fields.items()}


def inner_keys(field: AnyField | None) -> Mapping[str, AnyField]:
    """The fields inside a nested set of keys; none for any other field."""
    return _inner(field.schema) if isinstance(field, fields.Nested) else {}


def field_at(schema: Schema, place: Place) -> AnyField | None:
    """The field that describes the value at a place; None where the schema knows of none."""
    inside: AnyField | None = fields.Nested(schema)
    for step in place:
        if isinstance(inside, fields.Nested):
            inside = inner_keys(inside).get(str(step))
        elif isinstance(inside, fields.List):
            inside = inside.inner
        elif isinstance(inside, fields.Dict):
            inside = inside.value_field
        else:
            return None
    return inside


def fields_at(schema: Schema, place: Place) -> dict[str, AnyField]:
    """The fields that a set of keys at a place may have."""
    inside = field_at(schema, place)
    while isinstance(inside, fields.List):
        inside = inside.inner
    return dict(inner_keys(inside))


@lru_cache(maxsize=512)
def _inner(schema: Schema) -> dict[str, AnyField]:
    return keyed(schema)
