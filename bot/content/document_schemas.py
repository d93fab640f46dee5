"""Which schema a document has, and what looks through its values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema

from bot.content.schema_coaching import (
    CHECKLIST,
    CORRECTIONS,
    PROTOCOLS,
    find_checklist,
    find_corrections,
    find_protocols,
)
from bot.content.schema_escalation import ESCALATION, find_escalation
from bot.content.schema_faults import Found
from bot.content.schema_house import HOUSE, find_house_rules
from bot.content.schema_law import LAW_PACK, find_law_pack
from bot.content.schema_persona import PERSONA, find_persona
from bot.content.schema_playbook import PLAY, find_play
from bot.content.schema_publishing import PUBLISHING, find_publishing
from bot.content.schema_reference import DIRECTORY, GLOSSARY, find_directory, find_glossary
from bot.content.schema_scenario import SCENARIO, find_scenario
from bot.content.schema_topics import TOPICS, find_topics
from bot.content.yaml_lines import Document
from bot.core.studio.kinds import DocumentKind, DocumentName


@dataclass(frozen=True)
class Reader:
    """A schema, and the function that makes an object of a document and tells every fault."""

    schema: Schema
    find: Callable[[Document, str], Found[Any]]


def _alone(find: Callable[[Document], Found[Any]]) -> Callable[[Document, str], Found[Any]]:
    return lambda document, _: find(document)


#: The files of the house, each with a schema of its own.
HOUSE_FILES: Mapping[str, Reader] = {
    "limits": Reader(HOUSE, _alone(find_house_rules)),
    "escalation": Reader(ESCALATION, _alone(find_escalation)),
    "protocols": Reader(PROTOCOLS, _alone(find_protocols)),
    "checklist": Reader(CHECKLIST, _alone(find_checklist)),
    "corrections": Reader(CORRECTIONS, _alone(find_corrections)),
    "glossary": Reader(GLOSSARY, _alone(find_glossary)),
    "directory": Reader(DIRECTORY, _alone(find_directory)),
    "topics": Reader(TOPICS, _alone(find_topics)),
    "publishing": Reader(PUBLISHING, _alone(find_publishing)),
}

_BY_KIND: Mapping[DocumentKind, Reader] = {
    DocumentKind.SCENARIO: Reader(SCENARIO, find_scenario),
    DocumentKind.PERSONA: Reader(PERSONA, find_persona),
    DocumentKind.PLAYBOOK: Reader(PLAY, find_play),
    DocumentKind.LAW: Reader(LAW_PACK, find_law_pack),
}


def reader_of(name: DocumentName) -> Reader | None:
    """How a document is read; None for a file of the house that nobody knows."""
    return _BY_KIND.get(name.kind) or HOUSE_FILES.get(name.slug)
