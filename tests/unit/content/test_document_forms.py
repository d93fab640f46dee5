"""A form has every key that its file may have, in plain words, and what ships fits it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from marshmallow import fields

from bot.content.document_schemas import HOUSE_FILES, reader_of
from bot.content.schema_walk import AnyField, inner_keys, keyed
from bot.content.studio_desk import StudioDesk
from bot.core.studio.kinds import DocumentKind, DocumentName
from tests.broken_documents.documents import BROKEN, DATA

DESK = StudioDesk(DATA)
FORMS = [
    *((kind, "") for kind in DocumentKind if kind is not DocumentKind.HOUSE),
    *((DocumentKind.HOUSE, slug) for slug in HOUSE_FILES),
]
TYPES = {
    *("text", "long_text", "number", "money", "day", "choice", "choices", "yes_no"),
    *("list", "group", "by_level", "map"),
}


def shown(form: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Every field of a form by its path from the top, list positions and keys of maps left out."""
    found: dict[str, dict[str, Any]] = {}
    for section in form["sections"]:
        for field in section["fields"]:
            found |= dict(within(field, field["path"]))
    return found


def within(field: dict[str, Any], path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    yield path, field
    item = field.get("item")
    members = item if isinstance(item, list) else (item or {}).get("item") or []
    for member in members if isinstance(members, list) else []:
        yield from within(member, f"{path}.{member['path']}")


def in_schema(field: AnyField | None, path: str) -> Iterator[str]:
    while isinstance(field, fields.List | fields.Dict):
        field = field.inner if isinstance(field, fields.List) else field.value_field
    for key, inner in inner_keys(field).items():
        yield f"{path}.{key}"
        yield from in_schema(inner, f"{path}.{key}")


@pytest.mark.parametrize(("kind", "slug"), FORMS)
def test_every_key_of_the_schema_is_in_the_form(kind: DocumentKind, slug: str) -> None:
    reader = reader_of(DocumentName(kind, slug or "any"))
    assert reader is not None
    wanted = set()
    for key, field in keyed(reader.schema).items():
        inner = set(in_schema(field, key))
        wanted |= inner | {key}
    there = set(shown(DESK.form(kind, slug)))

    # A group whose members stand in the section itself needs no field of its own.
    missing = {
        path for path in wanted - there if not any(other.startswith(f"{path}.") for other in there)
    }
    assert not missing
    assert there <= wanted


@pytest.mark.parametrize(("kind", "slug"), FORMS)
def test_every_field_has_words_and_a_known_type(kind: DocumentKind, slug: str) -> None:
    form = DESK.form(kind, slug)
    sections = form["sections"]

    assert json.loads(json.dumps(form)) == form
    assert len({section["id"] for section in sections}) == len(sections)
    for path, field in shown(form).items():
        assert field["type"] in TYPES, path
        assert is_plain(field["label"]), path
        if field["type"] == "list" and isinstance(field["item"], list):
            assert field["item_title"] in [member["path"] for member in field["item"]], path
        for choice in field.get("choices", ()):
            assert is_plain(choice["label"]), path


@pytest.mark.parametrize("name", DESK.names(), ids=str)
def test_every_value_that_ships_fits_its_field(name: DocumentName) -> None:
    form = DESK.form(name.kind, name.slug if name.kind is DocumentKind.HOUSE else "")
    data = DESK.check(name, DESK.text(name) or "").data
    for path, field in shown(form).items():
        for value in values_at(data, path.split(".")):
            assert fits(field, value), f"{path}: {value!r}"


def test_the_place_of_a_fault_is_that_of_a_field() -> None:
    for broken in BROKEN:
        try:
            text = broken.text
        except UnicodeDecodeError:
            continue
        form = shown(DESK.form(broken.name.kind, broken.name.slug))
        for fault in DESK.check(broken.name, text).faults:
            if any(words in fault.message for words in ("not a key", "Rasa", "alias", "anchor")):
                continue
            path = ".".join(str(step) for step in fault.place if isinstance(step, str))
            assert not path or any(
                f"{path}.".startswith(f"{other}.") or other.startswith(f"{path}.") for other in form
            ), path


def is_plain(words: str) -> bool:
    return bool(words) and "_" not in words


def values_at(value: Any, path: list[str]) -> Iterator[Any]:
    """Every value at a path, in each item of lists and under each key of maps on the way."""
    if isinstance(value, list):
        for item in value:
            yield from values_at(item, path)
    elif not path:
        yield value
    elif isinstance(value, dict):
        if path[0] in value:
            yield from values_in(value[path[0]], path[1:])
        else:
            for inner in value.values():
                if isinstance(inner, dict) and path[0] in inner:
                    yield from values_in(inner[path[0]], path[1:])


def values_in(value: Any, path: list[str]) -> Iterator[Any]:
    if path:
        yield from values_at(value, path)
    else:
        yield value


def fits(field: dict[str, Any], value: Any) -> bool:
    """Whether the control of a field can show a value."""
    kind, choices = field["type"], [choice["value"] for choice in field.get("choices", ())]
    if value is None:
        return not field["required"]
    match kind:
        case "text" | "long_text":
            return isinstance(value, str)
        case "number" | "money":
            return isinstance(value, int | str) and not isinstance(value, bool)
        case "day":
            return isinstance(value, int)
        case "yes_no":
            return isinstance(value, bool)
        case "choice":
            return value in choices
        case "choices":
            return isinstance(value, list) and all(item in choices for item in value)
        case "list":
            return isinstance(value, list)
        case "map":
            return isinstance(value, dict) and set(value) <= set(choices)
        case "by_level":
            return isinstance(value, dict) and set(value) <= {"1", "2", "3"}
        case _:
            return isinstance(value, dict)
