"""Reads a YAML file into plain values and remembers the line of every one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from bot.content.yaml_events import parsed_events, syntax_faults
from bot.content.yaml_text import LARGEST_FILE, decoded, mended, refusal, text_faults
from bot.core.errors import ContentError, Fault

DEEPEST_NESTING = 20

#: More values than twenty of our largest files have; whoever pastes a ledger hears so at once instead of waiting.
MOST_VALUES = 20_000

#: A text with more faults than this is no document; the first ones are enough to see why.
MOST_FAULTS = 500

#: Where a value is in a document: keys and list positions from the top, such as ("say", 0, "text").
Place = tuple[str | int, ...]

_INTEGER = re.compile(r"[-+]?[0-9]{1,18}\Z")
_FIGURE = re.compile(r"[-+]?[0-9]{1,18}\.[0-9]{1,18}\Z")
_WORDS: dict[str, Any] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


@dataclass(frozen=True)
class Document:
    """A file's values (dict, list, str, int, Decimal, bool, None; keys always text) and their lines."""

    file: str
    data: Any
    lines: dict[Place, int] = field(repr=False)

    def line_of(self, path: Place = ()) -> int:
        """The line of a value, or of the nearest thing around it that is in the file."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def value_of(self, path: Place) -> Any:
        """The value at a place; None when there is none."""
        value = self.data
        for step in path:
            try:
                value = value[step]
            except (KeyError, IndexError, TypeError):
                return None
        return value

    def fault(self, path: Place, message: str, remedy: str) -> Fault:
        """A fault at a value of this file."""
        return Fault(self.file, self.line_of(path), message, remedy, path)


@dataclass(frozen=True)
class Examined:
    """A text with everything that keeps it from being read; a document all the same where one could be made of it."""

    document: Document | None
    faults: tuple[Fault, ...]


def read_yaml(path: Path, shown_as: str | None = None) -> Document:
    """Read one file; ContentError lists what keeps it from being read. `shown_as` names it in messages."""
    file = shown_as or str(path)
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise refusal(file, 1, "The file is larger than 1 MB.", "Split it into smaller files.")
        raw = path.read_bytes()
    except OSError as error:
        raise refusal(
            file, 1, f"The file cannot be read: {error.strerror}.", "Check that it exists."
        ) from error
    return parse_yaml(raw, file)


def parse_yaml(raw: bytes | str, file: str) -> Document:
    """Read YAML from memory, as `read_yaml` does from a file."""
    examined = examine_yaml(raw, file)
    if examined.document is None or examined.faults:
        raise ContentError(examined.faults)
    return examined.document


def examine_yaml(raw: bytes | str, file: str) -> Examined:
    """Read YAML as far as it goes: faults of the text do not hide what else is wrong with it."""
    try:
        text = decoded(raw, file)
    except ContentError as error:
        return Examined(None, error.faults)
    found = text_faults(text, file)
    for attempt in mended(text) if found else (text,):
        try:
            reader = _Reader(file, parsed_events(attempt))
            data = reader.document()
        except (ContentError, YAMLError) as error:
            if not found:
                return Examined(None, syntax_faults(error, file))
            continue
        return Examined(Document(file, data, reader.lines), (*found, *reader.faults))
    return Examined(None, tuple(found))


class _Reader:
    """Builds values from parser events, so that aliases never expand and each line is known."""

    def __init__(self, file: str, events: Iterator[Any]) -> None:
        self.file = file
        self.events = events
        self.lines: dict[Place, int] = {}
        self.faults: list[Fault] = []
        self.depth = 0

    def document(self) -> Any:
        data: Any = None
        documents = 0
        for event in self.events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._fault(
                        event, (), "A second document starts here.", "Keep one in each file."
                    )
            elif isinstance(
                event, AliasEvent | MappingStartEvent | ScalarEvent | SequenceStartEvent
            ):
                value = self._value(event, ())
                data = value if documents < 2 else data
        return data

    def _value(self, event: Any, path: Place) -> Any:
        self.lines.setdefault(path, event.start_mark.line + 1)
        if len(self.lines) > MOST_VALUES:
            raise refusal(
                self.file,
                event.start_mark.line + 1,
                f"The file holds more than {MOST_VALUES:,} values.",
                "Split it into smaller files.",
            )
        if isinstance(event, AliasEvent):
            self._fault(event, path, f"“*{event.anchor}” is an alias.", "Write the value out.")
            return None
        if event.anchor:
            self._fault(event, path, f"“&{event.anchor}” is an anchor.", "Leave it out.")
        if event.tag and event.tag != "!":
            self._fault(event, path, f"“{event.tag}” is a tag.", "Write the plain value.")
        if isinstance(event, ScalarEvent):
            return plain_value(event)
        return self._collection(event, path)

    def _collection(self, event: Any, path: Place) -> Any:
        self.depth += 1
        if self.depth > DEEPEST_NESTING:
            raise refusal(
                self.file,
                event.start_mark.line + 1,
                f"Values are nested more than {DEEPEST_NESTING} deep.",
                "Flatten the file.",
            )
        mapping = isinstance(event, MappingStartEvent)
        value = self._mapping(path) if mapping else self._sequence(path)
        self.depth -= 1
        return value

    def _mapping(self, path: Place) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for event in self.events:
            if isinstance(event, MappingEndEvent):
                break
            if not isinstance(event, ScalarEvent):
                self._fault(event, path, "A key must be a plain word.", "Write the key as text.")
                self._value(event, (*path, "?"))
                self._value(next(self.events), (*path, "?"))
                continue
            key = str(event.value)
            if key in found:
                first = self.lines[(*path, key)]
                self._fault(
                    event,
                    (*path, key),
                    f"“{key}” is given twice (first on line {first}).",
                    "Keep one of them.",
                )
            self.lines.setdefault((*path, key), event.start_mark.line + 1)
            found[key] = self._value(next(self.events), (*path, key))
        return found

    def _sequence(self, path: Place) -> list[Any]:
        found: list[Any] = []
        for event in self.events:
            if isinstance(event, SequenceEndEvent):
                break
            found.append(self._value(event, (*path, len(found))))
        return found

    def _fault(self, event: Any, path: Place, message: str, remedy: str) -> None:
        if len(self.faults) < MOST_FAULTS:
            line = event.start_mark.line + 1
            self.faults.append(Fault(self.file, line, message, remedy, path))


def plain_value(event: ScalarEvent) -> Any:
    """What a scalar stands for: text, whole number, exact figure, true or false, or nothing."""
    text = str(event.value)
    if not event.implicit[0]:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.match(text):
        return int(text)
    if _FIGURE.match(text):
        return Decimal(text)
    return text
