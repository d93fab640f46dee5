"""Reads a YAML file into plain values and remembers the line of every one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from bot.core.errors import ContentError, Fault

LARGEST_FILE = 1_000_000
DEEPEST_NESTING = 20

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

    def fault(self, path: Place, message: str, remedy: str) -> Fault:
        """A fault at a value of this file."""
        return Fault(self.file, self.line_of(path), message, remedy)


def read_yaml(path: Path, shown_as: str | None = None) -> Document:
    """Read one file; ContentError lists what keeps it from being read. `shown_as` names it in messages."""
    file = shown_as or str(path)
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise _refusal(file, 1, "The file is larger than 1 MB.", "Split it into smaller files.")
        raw = path.read_bytes()
    except OSError as error:
        raise _refusal(
            file, 1, f"The file cannot be read: {error.strerror}.", "Check that it exists."
        ) from error
    return parse_yaml(raw, file)


def parse_yaml(raw: bytes | str, file: str) -> Document:
    """Read YAML from memory, as `read_yaml` does from a file."""
    text = _text_of(raw, file)
    faults = [
        Fault(file, number, "The line is indented with a tab.", "Indent with spaces.")
        for number, line in enumerate(text.split("\n"), 1)
        if "\t" in line[: len(line) - len(line.lstrip())] and line.strip()
    ]
    if faults:
        raise ContentError(tuple(faults))
    try:
        reader = _Reader(file, YAML(typ="safe", pure=True).parse(text))
        data = reader.document()
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        what = error.problem or error.context or "it cannot be understood"
        raise _refusal(
            file, line, f"This is not YAML: {what}.", "Check quotes, colons and indentation here."
        ) from error
    except YAMLError as error:
        raise _refusal(
            file, 1, "The file holds a character that YAML does not allow.", "Remove it."
        ) from error
    if reader.faults:
        raise ContentError(tuple(reader.faults))
    return Document(file, data, reader.lines)


def _text_of(raw: bytes | str, file: str) -> str:
    if isinstance(raw, str):
        raw = raw.encode("utf-8", "surrogatepass")
    if len(raw) > LARGEST_FILE:
        raise _refusal(file, 1, "The file is larger than 1 MB.", "Split it into smaller files.")
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _refusal(file, line, "The file is not UTF-8.", "Save it as UTF-8.") from error


def _refusal(file: str, line: int, message: str, remedy: str) -> ContentError:
    return ContentError((Fault(file, line, message, remedy),))


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
                    self._fault(event, "A second document starts here.", "Keep one in each file.")
            elif isinstance(
                event, AliasEvent | MappingStartEvent | ScalarEvent | SequenceStartEvent
            ):
                data = self._value(event, ())
        return data

    def _value(self, event: Any, path: Place) -> Any:
        self.lines.setdefault(path, event.start_mark.line + 1)
        if isinstance(event, AliasEvent):
            self._fault(event, f"“*{event.anchor}” is an alias.", "Write the value out.")
            return None
        if event.anchor:
            self._fault(event, f"“&{event.anchor}” is an anchor.", "Leave it out.")
        if event.tag and event.tag != "!":
            self._fault(event, f"“{event.tag}” is a tag.", "Write the plain value.")
        if isinstance(event, ScalarEvent):
            return _scalar(event)
        return self._collection(event, path)

    def _collection(self, event: Any, path: Place) -> Any:
        self.depth += 1
        if self.depth > DEEPEST_NESTING:
            raise _refusal(
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
                self._fault(event, "A key must be a plain word.", "Write the key as text.")
                self._value(event, (*path, "?"))
                self._value(next(self.events), (*path, "?"))
                continue
            key = str(event.value)
            if key in found:
                first = self.lines[(*path, key)]
                self._fault(
                    event, f"“{key}” is given twice (first on line {first}).", "Keep one of them."
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

    def _fault(self, event: Any, message: str, remedy: str) -> None:
        self.faults.append(Fault(self.file, event.start_mark.line + 1, message, remedy))


def _scalar(event: ScalarEvent) -> Any:
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
