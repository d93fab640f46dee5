"""Reads what is looked up, glossary and directory, under data/house/."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from marshmallow import Schema, fields

from bot.content.schema_coaching import DatedSchema, find_dated
from bot.content.schema_escalation import names_of, repeated_ids
from bot.content.schema_faults import Found, sound
from bot.content.schema_fields import Words
from bot.content.yaml_lines import Document, read_yaml
from bot.core.coaching.reference import Directory, Glossary, GlossaryTerm, InsideHelp
from bot.core.errors import Fault
from bot.core.labels import CLIENT_LABELS


class TermSchema(Schema):
    """One term."""

    term = Words(required=True)
    plain = Words(required=True)
    also = fields.List(Words(), load_default=list)
    instead = Words(load_default=None)
    source = Words(load_default="")


class GlossarySchema(DatedSchema):
    """data/house/glossary.yml."""

    glossary = fields.List(fields.Nested(TermSchema), required=True)


class HelpSchema(Schema):
    """One place to turn to."""

    id = Words(required=True)
    problem = Words(required=True)
    team = Words(required=True)
    helps_with = Words(required=True)
    have_ready = Words(required=True)
    labels = names_of(CLIENT_LABELS)
    words = fields.List(Words(), load_default=list)


class DirectorySchema(DatedSchema):
    """data/house/directory.yml."""

    help = fields.List(fields.Nested(HelpSchema), required=True)


GLOSSARY, DIRECTORY = GlossarySchema(), DirectorySchema()


def read_glossary(path: Path, shown_as: str | None = None) -> Glossary:
    """Read the glossary; ContentError carries every fault of the file."""
    return sound(find_glossary(read_yaml(path, shown_as)))


def find_glossary(document: Document) -> Found[Glossary]:
    """The glossary that a document holds, with every fault."""
    return find_dated(document, GLOSSARY, _glossary_faults, _glossary)


def read_directory(path: Path, shown_as: str | None = None) -> Directory:
    """Read the directory of inside help; ContentError carries every fault of the file."""
    return sound(find_directory(read_yaml(path, shown_as)))


def find_directory(document: Document) -> Found[Directory]:
    """The directory that a document holds, with every fault."""
    return find_dated(document, DIRECTORY, lambda d: repeated_ids(d, "help"), _directory)


def _glossary(data: dict[str, Any]) -> Glossary:
    terms = (GlossaryTerm(**{**row, "also": tuple(row["also"])}) for row in data["glossary"])
    return Glossary(tuple(terms), data["reviewed_on"])


def _directory(data: dict[str, Any]) -> Directory:
    return Directory(
        tuple(
            InsideHelp(**{**row, "labels": frozenset(row["labels"]), "words": tuple(row["words"])})
            for row in data["help"]
        )
    )


def _names(row: dict[str, Any]) -> list[Any]:
    also = row.get("also")
    return [row.get("term"), *(also if isinstance(also, list) else [])]


def _glossary_faults(document: Document) -> Iterator[Fault]:
    data = document.data if isinstance(document.data, dict) else {}
    rows = data.get("glossary")
    seen: dict[str, int] = {}
    for index, row in enumerate(rows if isinstance(rows, list) else []):
        names = _names(row) if isinstance(row, dict) else []
        for name in (n.casefold() for n in names if isinstance(n, str)):
            if name in seen:
                yield document.fault(
                    ("glossary", index),
                    f"“{name}” is explained on line {seen[name]} already.",
                    "Keep one of them.",
                )
            seen.setdefault(name, document.line_of(("glossary", index)))
