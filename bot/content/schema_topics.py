"""Reads data/house/topics.yml: what collectors call an objection when they talk to the coach."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from marshmallow import Schema, fields, validate

from bot.content.schema_coaching import DatedSchema, find_dated
from bot.content.schema_faults import Found, sound
from bot.content.schema_fields import Words
from bot.content.yaml_lines import Document, read_yaml
from bot.core.coaching.topics import Topic, Topics
from bot.core.labels import CLIENT_LABELS


class TopicSchema(Schema):
    """One topic."""

    label = fields.String(required=True, validate=validate.OneOf(CLIENT_LABELS))
    words = fields.List(Words(), required=True, validate=validate.Length(min=1))


class TopicsSchema(DatedSchema):
    """data/house/topics.yml."""

    topics = fields.List(fields.Nested(TopicSchema), required=True)


TOPICS = TopicsSchema()


def read_topics(path: Path, shown_as: str | None = None) -> Topics:
    """Read the topics; ContentError carries every fault of the file."""
    return sound(find_topics(read_yaml(path, shown_as)))


def find_topics(document: Document) -> Found[Topics]:
    """The topics that a document holds, with every fault."""
    return find_dated(document, TOPICS, lambda _: iter(()), _topics)


def _topics(data: dict[str, Any]) -> Topics:
    return Topics(tuple(Topic(row["label"], tuple(row["words"])) for row in data["topics"]))
