"""Checks a document against a marshmallow schema and turns what it finds into faults with lines."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

from marshmallow import Schema, ValidationError

from bot.content.schema_walk import fields_at
from bot.content.yaml_lines import MOST_FAULTS, Document, Place
from bot.core.errors import ContentError, Fault

Part = TypeVar("Part")
#: What a document holds, if it could be made, and every fault.
Found = tuple[Part | None, tuple[Fault, ...]]

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
    "There are no words here.": ("“{key}” is empty.", "Write what belongs here."),
    "Invalid value.": ("“{key}” does not fit here.", "Correct it."),
    "Invalid input type.": ("“{key}” is not a set of keys.", "Write key: value lines."),
}

_CHOICES = "Must be one of: "
_TOO_FEW_OR_MANY = re.compile(
    r"Shorter than minimum length (\d+)|Longer than maximum length (\d+)"
    r"|Length must be between (\d+) and (\d+)"
)


def check(document: Document, schema: Schema) -> tuple[dict[str, Any], tuple[Fault, ...]]:
    """Load a document by its schema: what could be loaded, and every fault that was found."""
    try:
        return dict(schema.load(document.data)), ()
    except ValidationError as error:
        messages = error.normalized_messages()  # type: ignore[no-untyped-call]
        flat = sorted(_flat(messages, ()), key=lambda one: document.line_of(one[0]))
        found = [_fault(document, schema, place, said) for place, said in flat[:MOST_FAULTS]]
        if len(flat) > MOST_FAULTS:
            more = f"There are {len(flat) - MOST_FAULTS} more faults from here on."
            found.append(document.fault(flat[MOST_FAULTS][0], more, "Mend the first ones first."))
        valid = error.valid_data if isinstance(error.valid_data, dict) else {}
        return valid, tuple(sorted(found, key=lambda fault: fault.line))


def sound(found: Found[Part]) -> Part:
    """What was found in a document; ContentError when it has faults."""
    part, faults = found
    if faults or part is None:
        raise ContentError(faults)
    return part


def in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Faults by their lines."""
    return tuple(sorted(faults, key=lambda fault: fault.line))


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
    key = _named(place)
    if message == "Unknown field.":
        return document.fault(
            place, f"“{key}” is not a key that is known here.", _likely(schema, place)
        )
    if not place and document.data is None:
        return document.fault((), "The file is empty.", "Begin it as a copy of another one.")
    if message in _REMEDIES and not entry_key:
        said, remedy = _REMEDIES[message]
        return document.fault(place, said.format(key=key), remedy)
    if match := _TOO_FEW_OR_MANY.match(message):
        return _size_fault(document, place, match)
    if message.startswith(_CHOICES):
        value = place[-1] if entry_key else document.value_of(place)
        return document.fault(place, f"“{key}”: {message}", _closest(value, message))
    return document.fault(place, f"“{key}”: {message}", "Correct it.")


def _size_fault(document: Document, place: Place, match: re.Match[str]) -> Fault:
    few, many, low, high = match.groups()
    value = document.value_of(place)
    has = len(value) if isinstance(value, list) else 0
    wanted = f"at least {few}" if few else f"at most {many}" if many else f"{low} to {high}"
    is_short = has < int(few or low or 0)
    return document.fault(
        place,
        f"“{_named(place)}” has {has} entries; it needs {wanted}.",
        "Add some." if is_short else "Take some out.",
    )


def _named(place: Place) -> str:
    """A value as a message names it: by its key, in a list or for a level by what it is in too."""
    if not place:
        return "the file"
    last = str(place[-1])
    if len(place) > 1 and last.isdigit():
        return f"{place[-2]} {int(last) + isinstance(place[-1], int)}"
    return last


def _closest(value: Any, message: str) -> str:
    known = message.removeprefix(_CHOICES).rstrip(".").split(", ")
    close = difflib.get_close_matches(str(value), known, 1)
    return f"Did you mean “{close[0]}”?" if close else "Choose one of these."


def _likely(schema: Schema, place: Place) -> str:
    known = list(fields_at(schema, place[:-1]))
    close = difflib.get_close_matches(str(place[-1]), known, 1)
    if close:
        return f"Did you mean “{close[0]}”?"
    return f"Known keys: {', '.join(known)}." if known else "Take it out."
