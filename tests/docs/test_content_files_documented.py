"""Every key of every content file is documented under its file."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from marshmallow import Schema, fields

from bot.content.schema_coaching import ChecklistSchema, CorrectionsSchema, ProtocolsSchema
from bot.content.schema_escalation import EscalationSchema
from bot.content.schema_house import HouseSchema
from bot.content.schema_law import LawPackSchema
from bot.content.schema_persona import PersonaSchema
from bot.content.schema_playbook import PlaySchema
from bot.content.schema_player import PlayerSchema
from bot.content.schema_publishing import PublishingSchema
from bot.content.schema_reference import DirectorySchema, GlossarySchema
from bot.content.schema_scenario import ScenarioSchema
from bot.content.schema_topics import TopicsSchema
from bot.core.coaching.playbook import PLACEHOLDERS
from bot.core.rehearsal.lines import CLIENT_PLACEHOLDERS
from bot.core.rehearsal.player_script import PLAYER_PLACEHOLDERS
from tests.docs.pages import ROOT, code_words, read, section

PAGE = read("docs/reference/content-files.md")
SCHEMAS: dict[str, type[Schema]] = {
    "data/playbook/<label>.yml": PlaySchema,
    "data/house/limits.yml": HouseSchema,
    "data/house/escalation.yml": EscalationSchema,
    "data/house/protocols.yml": ProtocolsSchema,
    "data/house/checklist.yml": ChecklistSchema,
    "data/house/corrections.yml": CorrectionsSchema,
    "data/house/glossary.yml": GlossarySchema,
    "data/house/directory.yml": DirectorySchema,
    "data/house/topics.yml": TopicsSchema,
    "data/house/publishing.yml": PublishingSchema,
    "data/law/<pack>.yml": LawPackSchema,
    "data/personas/<id>.yml": PersonaSchema,
    "data/scenarios/<id>.yml": ScenarioSchema,
    "data/players/<player>.yml": PlayerSchema,
}


def _keys(schema: Schema) -> Iterator[str]:
    for name, field in schema.fields.items():
        yield field.data_key or name
        inside: object = field
        while isinstance(inside, fields.List | fields.Dict):
            inside = inside.inner if isinstance(inside, fields.List) else inside.value_field
        if isinstance(inside, fields.Nested):
            yield from _keys(inside.schema)


@pytest.mark.parametrize("file", SCHEMAS)
def test_every_key_of_a_file_is_documented(file: str) -> None:
    missing = set(_keys(SCHEMAS[file]())) - set(code_words(section(PAGE, f"## `{file}`")))
    assert not missing


def test_every_file_of_the_house_has_a_section() -> None:
    for path in (ROOT / "data" / "house").glob("*.yml"):
        assert f"## `data/house/{path.name}`" in PAGE


def test_every_folder_of_content_is_described() -> None:
    for folder in (path for path in (ROOT / "data").iterdir() if path.is_dir()):
        assert f"`data/{folder.name}/" in PAGE, folder.name


def test_every_placeholder_is_named() -> None:
    assert set(re.findall(r"`\{(\w+)\}`", PAGE)) == (
        PLACEHOLDERS | CLIENT_PLACEHOLDERS | PLAYER_PLACEHOLDERS | {"consequence"}
    )
