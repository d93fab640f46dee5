"""Looks further where single fields are wrong: what several fields contradict is told in the same breath.

A scenario with a missing key and with sums that do not add up has two faults, and its author wants to hear of both. So
what cannot be read is put aside, the checks of the whole run on the rest, and whatever rests on something that
was put aside is not told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

from marshmallow import Schema, ValidationError, fields, missing, validate

from bot.content.schema_fields import Day, Figure, SaidYesNo, Whole, YesNo
from bot.content.schema_walk import AnyField, field_at
from bot.content.yaml_lines import MOST_FAULTS, Document, Place
from bot.core.errors import Fault

#: For a place (with * for any key or position) the places that what is said of it rests on.
RestsOn = Mapping[Place, Sequence[Place]]

_SOME_DAY = date(2000, 1, 1)


def load_partly(schema: Schema, data: Any) -> dict[str, Any]:
    """What can be read of some values, in the full shape of the schema: harmless values stand for the others."""
    given = data if isinstance(data, dict) else {}
    return {
        name: _value(field, given.get(field.data_key or name, missing))
        for name, field in schema.fields.items()
    }


def unharmed(
    document: Document,
    schema: Schema,
    found: Iterable[Fault],
    faults: Sequence[Fault],
    rests_on: RestsOn,
) -> Iterator[Fault]:
    """Those of the faults found in the whole that rest on nothing that a field's own fault has spoilt."""
    spoilt = [fault.place for fault in faults if _spoils(document, schema, fault.place)]
    for fault in islice(found, MOST_FAULTS):
        if not any(
            _touches(ground, place)
            for ground in _grounds(fault.place, rests_on)
            for place in spoilt
        ):
            yield fault


def _spoils(document: Document, schema: Schema, place: Place) -> bool:
    """A key too many harms nothing, nor does a list that is only too short or too long."""
    field, value = field_at(schema, place), document.value_of(place)
    if field is None:
        return False
    is_whole = isinstance(field, fields.List) and isinstance(value, list)
    return not (is_whole or (isinstance(field, fields.Dict) and isinstance(value, dict)))


def _grounds(place: Place, rests_on: RestsOn) -> Sequence[Place]:
    for pattern, grounds in rests_on.items():
        if _begins(place, pattern):
            return grounds
    last = max((i for i, step in enumerate(place) if isinstance(step, int)), default=None)
    return (place if last is None else place[: last + 1],)


def _begins(place: Place, pattern: Place) -> bool:
    return len(place) >= len(pattern) and all(
        want in ("*", step) for want, step in zip(pattern, place, strict=False)
    )


def _touches(ground: Place, place: Place) -> bool:
    """Whether one of two places lies in the other."""
    return all(want in ("*", step) for want, step in zip(ground, place, strict=False))


def _value(field: AnyField, value: Any) -> Any:
    if value is missing:
        return _instead(field)
    if value is None and field.allow_none:
        return None
    if isinstance(field, fields.Nested):
        return load_partly(field.schema, value)
    if isinstance(field, fields.List):
        return [_value(field.inner, x) for x in value] if isinstance(value, list) else []
    if isinstance(field, fields.Dict):
        return _entries(field, value)
    try:
        return field.deserialize(value)
    except ValidationError:
        return _instead(field, is_there=True)


def _entries(field: fields.Dict, value: Any) -> dict[Any, Any]:
    found = {}
    for key, inner in value.items() if isinstance(value, dict) else ():
        try:
            name = field.key_field.deserialize(key) if field.key_field else key
        except ValidationError:
            continue
        found[name] = _value(field.value_field, inner) if field.value_field else inner
    return found


def _instead(field: AnyField, is_there: bool = False) -> Any:
    if field.load_default is not missing and not is_there:
        return field.load_default() if callable(field.load_default) else field.load_default
    if isinstance(field, fields.Nested):
        return load_partly(field.schema, {})
    if isinstance(field, fields.List):
        return []
    if isinstance(field, fields.Dict):
        return {}
    if isinstance(field, fields.Enum):
        return next(member for member in field.enum)
    if isinstance(field, fields.Date):
        return _SOME_DAY
    if isinstance(field, Figure):
        return Decimal(max(0, field.least))
    if isinstance(field, Whole):
        return max(0, field.least)
    return _plain(field)


def _plain(field: AnyField) -> Any:
    if isinstance(field, Day | fields.Integer):
        return 0
    if isinstance(field, YesNo | SaidYesNo):
        return False
    choices = [rule for rule in field.validators if isinstance(rule, validate.OneOf)]
    return next(iter(choices[0].choices)) if choices else ""
