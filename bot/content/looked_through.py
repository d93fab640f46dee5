"""Looks through one text as the document that it is to be: its object, its values for a form, and every fault."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from marshmallow import fields

from bot.content.checks import RASA_KEYS
from bot.content.document_schemas import HOUSE_FILES, reader_of
from bot.content.document_values import form_values
from bot.content.schema_faults import in_order
from bot.content.yaml_lines import MOST_FAULTS, Document, examine_yaml
from bot.content.yaml_text import UNSEEN
from bot.core.errors import Fault
from bot.core.studio.kinds import DocumentName

#: Texts larger than this are not kept in memory.
_WORTH_KEEPING = 100_000


@dataclass(frozen=True)
class Looked:
    """What a text holds: `part` is complete only when there is no fault, `document` is None when nothing could be read."""

    name: DocumentName
    document: Document | None
    part: Any
    faults: tuple[Fault, ...]
    is_readable: bool

    @property
    def values(self) -> dict[str, Any] | None:
        """The values for a form; None when the text cannot be read."""
        if self.document is None or not self.is_readable:
            return None
        reader, data = reader_of(self.name), self.document.data
        if reader is None or not isinstance(data, dict):
            return None
        shown: dict[str, Any] = form_values(fields.Nested(reader.schema), data)
        return shown


def look_through(name: DocumentName, text: str | bytes) -> Looked:
    """Look through a text; the same text is looked through once."""
    return (_kept if len(text) <= _WORTH_KEEPING else _look)(name, text)


def look_through_file(name: DocumentName, path: Path) -> Looked:
    """Look through a file, again only when it has changed."""
    stat = path.stat()
    return _of_file(name, path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=256)  # the stamps are in the key
def _of_file(name: DocumentName, path: Path, changed: int, size: int) -> Looked:
    return _look(name, path.read_bytes())


def _look(name: DocumentName, text: str | bytes) -> Looked:
    file, reader = f"data/{name.path}", reader_of(name)
    if reader is None:
        known = ", ".join(HOUSE_FILES)
        fault = Fault(file, 1, f"There is no file “{name.slug}” of the house.", f"One of: {known}.")
        return Looked(name, None, None, (fault,), is_readable=False)
    examined = examine_yaml(text, file)
    document = examined.document
    if document is None:
        return Looked(name, None, None, in_order(examined.faults), is_readable=False)
    part, faults = reader.find(document, name.slug)
    told = {fault.place for fault in examined.faults if fault.place}
    reserved = [*_reserved(document), *_unseen(document)]
    told |= {fault.place for fault in reserved}
    rest = (f for f in faults if not any(f.place[: len(place)] == place for place in told))
    return Looked(
        name,
        document,
        part,
        in_order(dict.fromkeys((*examined.faults, *reserved, *rest))),
        is_readable=not examined.faults,
    )


def _unseen(document: Document) -> list[Fault]:
    """A fault for every text with a sign that was written as an escape because nothing can show it."""
    return [
        document.fault(
            place,
            "This holds a character that cannot be shown.",
            "Take out what is not to be seen here, such as \\0.",
        )
        for place in document.lines
        if isinstance(value := document.value_of(place), str) and UNSEEN.search(value)
    ][:MOST_FAULTS]


_kept = lru_cache(maxsize=128)(_look)


def _reserved(document: Document) -> list[Fault]:
    """A fault for every key at the top that Rasa would take for its own."""
    data = document.data if isinstance(document.data, dict) else {}
    return [
        document.fault((key,), f"“{key}” is a key that Rasa reads as its own.", "Use another key.")
        for key in data
        if key in RASA_KEYS
    ]
