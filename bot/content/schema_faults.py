"""Checks a document against a marshmallow schema and turns what it finds into faults with lines."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

from marshmallow import Schema, ValidationError, fields

from bot.content.yaml_lines import Document, Place
from bot.core.errors import Fault

_REMEDIES = {
    "Missing data for required field.": ("“{key}” is missing.", "Add it."),
    "Field may not be null.": ("“{key}” is empty.", "Give it a value or leave the key out."),
    "Not a valid string.": ("“{key}” is not text.", "Put the value in quotes."),
    "Not a valid integer.": ("“{key}” is not a whole number.", "Write digits only."),
    "Not a valid number.": ("“{key}” is not a figure.", "Write a figure such as 2.5."),
    "Not a valid date.": ("“{key}” is not a date.", "Write it as 2026-11-30."),
    "Not a valid boolean.": ("“{key}” is not true or false.", "Write true or false."),
    "Not a valid list.": ("“{key}” is not a list.", "Write it as [one, two] or as lines with -."),
    "Not a valid mapping type.": ("“{key}” is not a set of keys.", "Write key: value lines."),
    "Invalid input type.": ("“{key}” is not a set of keys.", "Write key: value lines."),
}


def check(document: Document, schema: Schema) -> tuple[dict[str, Any], tuple[Fault, ...]]:
    """Load a document by its schema: what could be loaded, and every fault that was found."""
    try:
        return dict(schema.load(document.data)), ()
    except ValidationError as error:
        messages = error.normalized_messages()
        found = [_fault(document, schema, place, message) for place, message in _flat(messages, ())]
        valid = error.valid_data if isinstance(error.valid_data, dict) else {}
        return valid, tuple(sorted(found, key=lambda fault: fault.line))


def _flat(messages: Any, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(messages, dict):
        for key, inner in messages.items():
            # marshmallow puts errors of a Dict field's entries under "key" and "value", and whole-object ones under "_schema".
            yield from _flat(inner, place if key in ("_schema", "value") else (*place, key))
    elif isinstance(messages, list | tuple):
        for message in messages:
            yield from _flat(message, place)
    else:
        yield place, str(messages)


def _fault(document: Document, schema: Schema, place: Place, message: str) -> Fault:
    entry_key = len(place) > 1 and place[-1] == "key"
    if entry_key:
        place = place[:-1]
    key = place[-1] if place else "the file"
    if message == "Unknown field.":
        return document.fault(
            place, f"“{key}” is not a key that is known here.", _likely(schema, place)
        )
    if message in _REMEDIES and not entry_key:
        said, remedy = _REMEDIES[message]
        return document.fault(place, said.format(key=key), remedy)
    return document.fault(place, f"“{key}”: {message}", "Correct it.")


def _likely(schema: Schema, place: Place) -> str:
    known = list(_fields_at(schema, place[:-1]))
    close = difflib.get_close_matches(str(place[-1]), known, 1)
    if close:
        return f"Did you mean “{close[0]}”?"
    return f"Known keys: {', '.join(known)}." if known else "Take it out."


def _fields_at(schema: Schema, place: Place) -> dict[str, fields.Field[Any]]:
    inside: Any = fields.Nested(schema)
    for step in place:
        if isinstance(inside, fields.Nested):
            inside = inside.schema.fields.get(str(step))
        elif isinstance(inside, fields.List):
            inside = inside.inner
        elif isinstance(inside, fields.Dict):
            inside = inside.value_field
        else:
            return {}
    while isinstance(inside, fields.List):
        inside = inside.inner
    return dict(inside.schema.fields) if isinstance(inside, fields.Nested) else {}
