"""Finds the changes that turn what a YAML text says into what it is wanted to say."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from marshmallow import fields

from bot.content.document_values import inside, is_same
from bot.content.list_matching import in_place, matched
from bot.content.schema_walk import AnyField, inner_keys
from bot.content.yaml_spans import Entry, Node
from bot.content.yaml_write import Manner, folded

#: A stretch of the text from one position to another, and what stands there instead.
Change = tuple[int, int, str]


def applied(text: str, changes: Iterable[Change], start: int = 0, end: int | None = None) -> str:
    """A stretch of a text with changes put in."""
    parts, at = [], start
    for first, last, new in sorted(changes, key=lambda change: change[:2]):
        parts += [text[at:first], new]
        at = last
    return "".join((*parts, text[at : len(text) if end is None else end]))


class Editor:
    """Finds the changes that turn what a text says into what is wanted."""

    def __init__(self, text: str, manner: Manner) -> None:
        self.text = text
        self.manner = manner

    def value(self, entry: Entry, field: AnyField | None, new: Any, indent: int) -> list[Change]:
        """Changes of one value of a mapping whose keys stand at an indent."""
        node = entry.node
        if is_same(field, node.value, new):
            return []
        if node.kind == "mapping" and isinstance(new, dict) and node.entries:
            return self.mapping(node, field, new)
        if node.kind == "sequence" and isinstance(new, list) and node.entries and new:
            changes = self.sequence(node, field, new)
            if changes is not None:
                return changes
        if node.is_flow and node.entries and isinstance(new, dict | list):
            return [(node.start, node.end, self.manner.inline(new, field, node))]
        if node.kind == "scalar" and not isinstance(new, dict | list):
            written = self._folded(node, new, indent) or self.manner.scalar(new, field, node)
            lead = "" if node.end > node.start else " "
            return [(node.start, node.end, lead + written)]
        return [(entry.key_end, node.end, ":" + self.manner.after_key(new, indent, field))]

    def mapping(self, node: Node, field: AnyField | None, new: dict[str, Any]) -> list[Change]:
        """Changes of a mapping with at least one key."""
        wanted = {key: x for key, x in new.items() if self._stays(node, field, key, x)}
        if not wanted:
            return [(node.start, node.end, "{}")]
        gone = [entry for entry in node.entries if entry.key not in wanted]
        added = [key for key in wanted if node.entry(key) is None]
        kept = [entry for entry in node.entries if entry.key in wanted]
        if node.is_flow and (gone or added):
            return self._flow_mapping(node, field, wanted)
        indent = self._column(node.entries[0].key_start)
        if not kept:
            return [(node.start, node.end, self.manner.entries(wanted, indent, field))]
        changes = self._removed(node, gone, kept[0])
        for entry in kept:
            changes += self._inner(entry, field, wanted[entry.key], indent, node.is_flow)
        for key in self._ordered(added, field, wanted):
            changes.append(self._added(kept, field, key, wanted, indent))
        return self._merged(changes)

    def sequence(self, node: Node, field: AnyField | None, new: list[Any]) -> list[Change] | None:
        """Changes of a list with at least one item before and after; None where its layout is unusual."""
        inner = field.inner if isinstance(field, fields.List) else None
        pairs = matched(inner, node.value, new)
        if node.is_flow:
            return self._flow_sequence(node, inner, new, pairs)
        if any(not self._begins_line(entry.dash) for entry in node.entries):
            return None
        indent = self._column(node.entries[0].dash)
        kept, changes, at = in_place(pairs), [], self._line_start(node.entries[0].dash)
        like = node.entries[0].node
        for index, old in enumerate(pairs):
            if old is not None and old in kept:
                changes += self._item(node.entries[old], inner, new[index], indent)
                at = self._line_end(node.entries[old].node.end)
                continue
            if old is None:
                written = " " * indent + self.manner.item(new[index], indent, inner, like) + "\n"
            else:
                written = self._moved(node.entries[old], inner, new[index], indent)
            changes.append((at, at, written))
        for position, entry in enumerate(node.entries):
            if position not in kept:
                span = (self._line_start(entry.dash), self._line_end(entry.node.end))
                changes.append((*span, ""))
        return self._merged(changes)

    def _item(self, entry: Entry, field: AnyField | None, new: Any, indent: int) -> list[Change]:
        node = entry.node
        if is_same(field, node.value, new):
            return []
        if node.kind == "mapping" and isinstance(new, dict) and node.entries:
            return self.mapping(node, field, new)
        if node.kind == "scalar" and not isinstance(new, dict | list):
            return [(entry.dash, node.end, f"- {self.manner.scalar(new, field, node)}")]
        return [(entry.dash, node.end, self.manner.item(new, indent, field, node))]

    def _moved(self, entry: Entry, field: AnyField | None, new: Any, indent: int) -> str:
        start, end = self._line_start(entry.dash), self._line_end(entry.node.end)
        return applied(self.text, self._item(entry, field, new, indent), start, end)

    def _inner(
        self, entry: Entry, field: AnyField | None, new: Any, indent: int, in_flow: bool
    ) -> list[Change]:
        known, node = inside(field, entry.key), entry.node
        if in_flow and not is_same(known, node.value, new):
            if node.kind == "mapping" and isinstance(new, dict) and node.entries:
                return self.mapping(node, known, new)
            if node.kind == "sequence" and isinstance(new, list) and node.entries and new:
                return self.sequence(node, known, new) or []
            lead = "" if node.end > node.start else " "
            return [(node.start, node.end, lead + self.manner.inline(new, known, node))]
        return self.value(entry, known, new, indent)

    def _flow_mapping(
        self, node: Node, field: AnyField | None, new: dict[str, Any]
    ) -> list[Change]:
        known = [entry.key for entry in node.entries if entry.key in new]
        rows = []
        for key in self._in_schema_order(known, field, new):
            entry = node.entry(key)
            if entry is None:
                rows.append(
                    f"{self.manner.key(key)}: {self.manner.inline(new[key], inside(field, key))}"
                )
            else:
                changes = self._inner(entry, field, new[key], 0, in_flow=True)
                rows.append(applied(self.text, changes, entry.key_start, entry.node.end))
        return [(node.start, node.end, f"{{{', '.join(rows)}}}")]

    def _flow_sequence(
        self, node: Node, field: AnyField | None, new: list[Any], pairs: list[int | None]
    ) -> list[Change]:
        like, rows = node.entries[0].node, []
        for index, old in enumerate(pairs):
            other = node.entries[old].node if old is not None else None
            if other is not None and is_same(field, other.value, new[index]):
                rows.append(self.text[other.start : other.end])
            elif other is not None and other.kind == "mapping" and isinstance(new[index], dict):
                changes = self.mapping(other, field, new[index])
                rows.append(applied(self.text, changes, other.start, other.end))
            else:
                rows.append(self.manner.inline(new[index], field, other or like))
        return [(node.start, node.end, f"[{', '.join(rows)}]")]

    def _added(
        self, kept: list[Entry], field: AnyField | None, key: str, new: dict[str, Any], indent: int
    ) -> Change:
        """A new key after the one that comes before it in the schema."""
        value = self.manner.after_key(new[key], indent, inside(field, key))
        written = f"{self.manner.key(key)}:{value}"
        present = [entry.key for entry in kept]
        order = self._in_schema_order(present, field, dict.fromkeys((*present, key)))
        place = order.index(key)
        if not place:
            first = kept[0].key_start
            return (first, first, f"{written}\n{' ' * indent}")
        at = self._line_end(kept[place - 1].node.end)
        return (at, at, f"{' ' * indent}{written}\n")

    def _removed(self, node: Node, gone: list[Entry], first_kept: Entry) -> list[Change]:
        changes: list[Change] = []
        first = node.entries[0]
        if first in gone and not self._begins_line(first.key_start):
            # It shares its line with a dash, which the first key that stays takes over.
            changes.append((first.key_start, first_kept.key_start, ""))
            gone = [entry for entry in gone if entry.key_start > first_kept.key_start]
        for entry in gone:
            span = (self._line_start(entry.key_start), self._line_end(entry.node.end))
            changes.append((*span, ""))
        return changes

    def _ordered(self, added: list[str], field: AnyField | None, new: dict[str, Any]) -> list[str]:
        return [key for key in self._in_schema_order([], field, new) if key in added]

    def _in_schema_order(
        self, present: list[str], field: AnyField | None, new: dict[str, Any]
    ) -> list[str]:
        """The keys as they stand, each new one after the one that comes before it in the schema."""
        schema = list(inner_keys(field)) or sorted(new)
        order = list(present)
        for key in (*(k for k in schema if k in new), *(k for k in new if k not in schema)):
            if key in order:
                continue
            before = schema[: schema.index(key)] if key in schema else order
            at = max((order.index(k) + 1 for k in before if k in order), default=0)
            order.insert(at, key)
        return order

    def _stays(self, node: Node, field: AnyField | None, key: str, value: Any) -> bool:
        if value is not None:
            return True
        known = inside(field, key)
        return node.entry(key) is not None and (known is None or known.allow_none)

    def _folded(self, node: Node, new: Any, indent: int) -> str | None:
        if node.style != ">" or not isinstance(new, str):
            return None
        mark = self.text[node.start : node.end].split("\n", 1)[0].strip()
        return folded(new, indent, mark)

    def _merged(self, changes: list[Change]) -> list[Change]:
        """Insertions at one place in their order, each before what is taken away there."""
        return [
            change
            for _, change in sorted(enumerate(changes), key=lambda x: (x[1][0], x[1][1], x[0]))
        ]

    def _column(self, position: int) -> int:
        return position - self._line_start(position)

    def _line_start(self, position: int) -> int:
        return self.text.rfind("\n", 0, position) + 1

    def _line_end(self, position: int) -> int:
        return self.text.find("\n", position) + 1 or len(self.text)

    def _begins_line(self, position: int) -> bool:
        return not self.text[self._line_start(position) : position].strip()
