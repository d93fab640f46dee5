"""Puts changed values into a YAML text: only the lines of what differs change, everything else stays byte for byte."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields

from bot.content.document_values import file_values, is_same
from bot.content.schema_walk import AnyField
from bot.content.yaml_editor import Editor, applied
from bot.content.yaml_lines import examine_yaml, parse_yaml
from bot.content.yaml_spans import spans_of
from bot.content.yaml_write import Manner


def with_values(text: str, schema: Schema, data: Mapping[str, Any], manner: Manner) -> str:
    """The text with these values; ContentError when it cannot be read. The same values give the same text."""
    before = parse_yaml(text, "the document").data
    whole = fields.Nested(schema)
    wanted = file_values(whole, data)
    if is_same(whole, before, wanted):
        return text
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    breaks = "\r\n" if "\r\n" in text else "\n"
    plain = text.removeprefix(mark).replace("\r\n", "\n")
    plain = plain if plain.endswith("\n") or not plain else plain + "\n"
    after = _edited(plain, whole, before, wanted, manner)
    return mark + after.replace("\n", breaks)


def _edited(text: str, whole: AnyField, before: Any, wanted: dict[str, Any], manner: Manner) -> str:
    root = spans_of(text)
    if isinstance(before, dict) and root is not None and root.entries and not root.is_flow:
        after = applied(text, Editor(text, manner).mapping(root, whole, wanted))
        read = examine_yaml(after, "the document")
        if read.document and not read.faults and is_same(whole, read.document.data, wanted):
            return after
    # An unusual layout, such as two lists begun on one line: written anew below its first comment.
    rows = text.split("\n")
    head = next((n for n, row in enumerate(rows) if not row.startswith("#")), len(rows))
    lead = "".join(f"{row}\n" for row in rows[:head])
    after = f"{lead}{manner.entries(_without_nothing(wanted), 0, whole)}\n"
    parse_yaml(after, "the document")
    return after


def _without_nothing(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_nothing(x) for key, x in value.items() if x is not None}
    return [_without_nothing(x) for x in value] if isinstance(value, list) else value
