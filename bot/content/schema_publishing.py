"""Reads data/house/publishing.yml: how much worse a new model may be and still go into service."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from marshmallow import Schema, fields

from bot.content.schema_coaching import DatedSchema, find_dated
from bot.content.schema_faults import Found, sound
from bot.content.schema_fields import Figure, Whole
from bot.content.yaml_lines import Document, read_yaml
from bot.core.studio.margins import Margins


class MarginsSchema(Schema):
    """The largest falls, as shares of one."""

    macro_f1 = Figure(0, 1, required=True)
    protected_recall = Figure(0, 1, required=True)
    protected_precision = Figure(0, 1, required=True)
    label_f1 = Figure(0, 1, required=True)
    least_turns = Whole(1, 1000, required=True)


class PublishingSchema(DatedSchema):
    """data/house/publishing.yml."""

    margins = fields.Nested(MarginsSchema, required=True)


PUBLISHING = PublishingSchema()


def read_publishing(path: Path, shown_as: str | None = None) -> Margins:
    """Read the margins of the gate; ContentError carries every fault of the file."""
    return sound(find_publishing(read_yaml(path, shown_as)))


def find_publishing(document: Document) -> Found[Margins]:
    """The margins that a document holds, with every fault."""
    return find_dated(document, PUBLISHING, lambda _: iter(()), _margins)


def _margins(data: dict[str, Any]) -> Margins:
    return Margins(**data["margins"])
