"""Describes the form of a document from its schema: every key that a file may have, with words for people.

A field's path is that of the value from the top of the document, with dots; members of groups and of list items are named
from what they are in. It is also the place that a fault of the value names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from marshmallow import fields, missing, validate

from bot.content.document_schemas import reader_of
from bot.content.form_choices import MAP_KEYS, choices_of
from bot.content.form_wording import Words
from bot.content.form_words import SECTIONS, words_for
from bot.content.schema_fields import Day, Figure, Matching, SaidYesNo, Whole, YesNo
from bot.content.schema_walk import AnyField, field_at, inner_keys, keyed
from bot.core.errors import NotFoundError
from bot.core.studio.kinds import DocumentKind, DocumentName

#: A list of so many choices or fewer numbers is ticked, not typed.
_MOST_TICKS = 10


def form_of(kind: DocumentKind, slug: str = "") -> dict[str, Any]:
    """The sections and fields of a kind's form; a file of the house is named by its slug."""
    name = DocumentName(kind, slug or ("limits" if kind is DocumentKind.HOUSE else "any"))
    reader = reader_of(name)
    if reader is None:
        raise NotFoundError(f"There is no file “{slug}” of the house.")
    about = f"{kind}/{name.slug}" if kind is DocumentKind.HOUSE else kind.value
    sections = []
    for section in SECTIONS[about]:
        paths = section.paths or tuple(keyed(reader.schema))
        shown = [
            _field(about, path, path, field_at(reader.schema, tuple(path.split("."))))
            for path in paths
        ]
        sections.append(
            {"id": section.id, "title": section.title, "hint": section.hint, "fields": shown}
        )
    return {"kind": kind.value, "slug": slug, "sections": sections}


def _field(about: str, path: str, own: str, field: AnyField | None) -> dict[str, Any]:
    """One field; `path` is how the words for it are found, `own` how it is named where it stands."""
    if field is None:
        raise KeyError(f"{about} has no key {path}")
    words = words_for(about, path)
    shown: dict[str, Any] = {
        "path": own,
        "label": words.label,
        "hint": words.hint,
        "required": field.required,
        **_shape(about, path, field, words),
    }
    default = _default(field)
    if default is not None:
        shown["default"] = default
    return shown


def _shape(about: str, path: str, field: AnyField, words: Words) -> dict[str, Any]:
    if isinstance(field, fields.Nested):
        return {"type": "group", "item": _members(about, path, inner_keys(field))}
    if isinstance(field, fields.Dict):
        return _map(about, path, field, words)
    if isinstance(field, fields.List):
        return _list(about, path, field, words)
    return {**_single(field), **({"type": words.type} if words.type else {})}


def _members(about: str, path: str, inner: Mapping[str, AnyField]) -> list[dict[str, Any]]:
    return [_field(about, f"{path}.{key}", key, field) for key, field in inner.items()]


def _map(about: str, path: str, field: fields.Dict, words: Words) -> dict[str, Any]:
    keys, value = _choices(field.key_field), field.value_field
    item: dict[str, Any] = {"type": "long_text"}
    if value is not None:
        item = {"required": field.required and words.all_keys, **_shape(about, path, value, words)}
    if keys == ["1", "2", "3"]:
        return {"type": "by_level", "item": item}
    return {"type": "map", "choices": choices_of(keys or MAP_KEYS[_shape_of(field)]), "item": item}


def _list(about: str, path: str, field: fields.List[Any], words: Words) -> dict[str, Any]:
    bounds = _length(field)
    inner = field.inner
    if isinstance(inner, fields.Nested):
        members = _members(about, path, inner_keys(inner))
        return {"type": "list", **bounds, "item": members, "item_title": words.item_title}
    values: list[Any] = list(_choices(inner))
    if isinstance(inner, Whole) and inner.most - inner.least < _MOST_TICKS:
        values = list(range(inner.least, inner.most + 1))
    if values:
        return {"type": "choices", "choices": choices_of(values, words.choices)}
    return {"type": "list", **bounds, "item": {**_single(inner), "type": words.type or "text"}}


def _single(field: AnyField | None) -> dict[str, Any]:
    if isinstance(field, YesNo | SaidYesNo):
        return {"type": "yes_no"}
    if isinstance(field, Day):
        return {"type": "day"}
    if isinstance(field, Whole):
        return {"type": "number", "least": field.least, "most": field.most}
    if isinstance(field, Figure):
        return {"type": "money", "least": field.least, "most": field.most}
    if isinstance(field, fields.Integer):
        return {"type": "number"}
    choices = _choices(field)
    return {"type": "choice", "choices": choices_of(choices)} if choices else {"type": "text"}


def _choices(field: AnyField | None) -> list[str]:
    if isinstance(field, fields.Enum):
        return [str(member.value) for member in field.enum]
    rules: Iterable[Any] = field.validators if field is not None else ()
    return [str(x) for rule in rules if isinstance(rule, validate.OneOf) for x in rule.choices]


def _length(field: AnyField) -> dict[str, int]:
    found: dict[str, int] = {}
    for rule in field.validators:
        if isinstance(rule, validate.Length):
            found |= {"least": rule.min} if rule.min is not None else {}
            found |= {"most": rule.max} if rule.max is not None else {}
    return found


def _shape_of(field: fields.Dict) -> str:
    key = field.key_field
    return key.example if isinstance(key, Matching) else ""


def _default(field: AnyField) -> Any:
    if field.load_default is missing:
        return None
    value = field.load_default() if callable(field.load_default) else field.load_default
    if isinstance(field, fields.Nested) or value in ([], {}, ""):
        return None
    return str(value) if isinstance(value, Decimal) else value
