"""Reads data/house/topics.yml: what collectors call an objection when they talk to the coach."""

from __future__ import annotations

from pathlib import Path

from marshmallow import Schema, fields, validate

from bot.content.schema_coaching import DatedSchema, read_dated
from bot.content.schema_fields import Words
from bot.core.coaching.topics import Topic, Topics
from bot.core.labels import CLIENT_LABELS


class TopicSchema(Schema):
    """One topic."""

    label = fields.String(required=True, validate=validate.OneOf(CLIENT_LABELS))
    words = fields.List(Words(), required=True, validate=validate.Length(min=1))


class TopicsSchema(DatedSchema):
    """data/house/topics.yml."""

    topics = fields.List(fields.Nested(TopicSchema), required=True)


def read_topics(path: Path, shown_as: str | None = None) -> Topics:
    """Read the topics; ContentError carries every fault of the file."""
    data = read_dated(path, shown_as, TopicsSchema(), lambda document: iter(()))
    return Topics(tuple(Topic(row["label"], tuple(row["words"])) for row in data["topics"]))
