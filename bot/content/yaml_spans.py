"""Finds where every value of a YAML text begins and ends, so that one can be changed and the rest left alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from ruamel.yaml.events import (
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from bot.content.yaml_events import parsed_events
from bot.content.yaml_lines import plain_value


@dataclass
class Entry:
    """A value in its collection: with its key in a mapping, with the position of its dash in a list of lines."""

    node: Node
    key: str = ""
    key_start: int = 0
    key_end: int = 0
    dash: int = 0


@dataclass
class Node:
    """A value with its place in the text: from its first character to the one after its last."""

    kind: Literal["scalar", "mapping", "sequence"]
    start: int
    end: int
    value: Any = None
    style: str = ""
    is_flow: bool = False
    entries: list[Entry] = field(default_factory=list)

    def entry(self, key: str) -> Entry | None:
        """The entry of a key in a mapping."""
        return next((entry for entry in self.entries if entry.key == key), None)

    def child(self, key: str) -> Node | None:
        """The value of a key in a mapping."""
        entry = self.entry(key)
        return entry.node if entry else None


def spans_of(text: str) -> Node | None:
    """The values of a text that is known to be good YAML; None when it holds nothing."""
    events = parsed_events(text)
    for event in events:
        if isinstance(event, MappingStartEvent | ScalarEvent | SequenceStartEvent):
            return _node(event, events, text)
    return None


def _node(event: Any, events: Iterator[Any], text: str) -> Node:
    start, end = event.start_mark.index, event.end_mark.index
    if isinstance(event, ScalarEvent):
        if event.style in ("|", ">"):
            end = start + len(text[start:end].rstrip())
        return Node("scalar", start, end, plain_value(event), event.style or "")
    is_mapping = isinstance(event, MappingStartEvent)
    node = Node("mapping" if is_mapping else "sequence", start, end, is_flow=bool(event.flow_style))
    last = _mapping(node, events, text) if is_mapping else _sequence(node, events, text)
    node.end = last if node.is_flow else node.entries[-1].node.end
    return node


def _mapping(node: Node, events: Iterator[Any], text: str) -> int:
    node.value = {}
    for event in events:
        if isinstance(event, MappingEndEvent):
            return int(event.end_mark.index)
        key = str(event.value)
        inner = _node(next(events), events, text)
        node.value[key] = inner.value
        ends = (event.start_mark.index, event.end_mark.index)
        node.entries.append(Entry(inner, key, *ends))
    return node.end


def _sequence(node: Node, events: Iterator[Any], text: str) -> int:
    node.value = []
    since = node.start
    for event in events:
        if isinstance(event, SequenceEndEvent):
            return int(event.end_mark.index)
        inner = _node(event, events, text)
        node.value.append(inner.value)
        dash = since if not node.entries else text.rfind("-", since, inner.start)
        node.entries.append(Entry(inner, dash=dash))
        since = inner.end
    return node.end
