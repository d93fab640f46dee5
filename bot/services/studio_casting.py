"""Casts a draft for a trial: which scenario meets which persona, at which revision, and what keeps it from being played."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.core.errors import ConflictError, ContentError, Fault, InvalidInputError
from bot.core.rehearsal.persona import Persona
from bot.core.rehearsal.scenario import Scenario
from bot.core.studio.kinds import DocumentKind, DocumentName
from bot.services.ports import UnitOfWork
from bot.services.studio_ports import ContentDesk, DraftRecord


@dataclass(frozen=True)
class TrialCast:
    """What is played: the draft, the other document it meets, and both as core objects."""

    draft: DraftRecord
    scenario: Scenario
    persona: Persona
    other: DocumentName
    other_revision: int | None


@dataclass(frozen=True)
class Unplayable:
    """A draft that cannot be played, with every fault that keeps it from it."""

    draft: DraftRecord
    faults: tuple[Fault, ...]


def plays_document(cast: TrialCast | Unplayable) -> dict[str, Any]:
    """Which revision of what is played; the other document stands as published unless a revision is named."""
    draft = cast.draft
    played: dict[str, Any] = {
        "draft": {"name": str(draft.name), "revision": draft.revision},
        "other": None,
    }
    if isinstance(cast, TrialCast):
        title = cast.persona.name
        if cast.other.kind is DocumentKind.SCENARIO:
            title = cast.scenario.title
        played["other"] = {
            "name": str(cast.other),
            "title": title,
            "revision": cast.other_revision,
        }
    return played


def cast_of(desk: ContentDesk, draft: DraftRecord, work: UnitOfWork) -> TrialCast | Unplayable:
    """Cast a scenario or persona draft; ConflictError for kinds that nobody plays."""
    if draft.name.kind is DocumentKind.SCENARIO:
        return _of_scenario(desk, draft, work)
    if draft.name.kind is DocumentKind.PERSONA:
        return _of_persona(desk, draft)
    raise ConflictError("Only scenarios and personas are played; see here what a card advises.")


def _of_scenario(desk: ContentDesk, draft: DraftRecord, work: UnitOfWork) -> TrialCast | Unplayable:
    texts, revision = {draft.name: draft.text}, None
    persona = _persona_named(desk, draft)
    if persona is not None and desk.text(persona) is None:
        # A persona that is not in service yet can only be the one that somebody is writing.
        other = work.drafts.of(persona)
        if other is not None:
            texts[persona], revision = other.text, other.revision
    return _cast(desk, draft, texts, draft.name.slug, persona, revision)


def _of_persona(desk: ContentDesk, draft: DraftRecord) -> TrialCast | Unplayable:
    """A persona meets the first scenario that names it, else it stands in for another one's."""
    scenarios = [name for name in desk.names() if name.kind is DocumentKind.SCENARIO]
    named = _naming(desk, scenarios, draft.name.slug)
    name = named or next(iter(scenarios), None)
    text = desk.text(name) if name is not None else None
    if name is None or text is None:
        raise ConflictError("There is no scenario yet that this persona could be played in.")
    texts = {draft.name: draft.text}
    if named is None:
        data = dict(desk.check(name, text).data or {})
        texts[name] = desk.with_data(name, text, {**data, "persona": draft.name.slug})
    return _cast(desk, draft, texts, name.slug, name, None)


def _cast(
    desk: ContentDesk,
    draft: DraftRecord,
    texts: Mapping[DocumentName, str],
    slug: str,
    other: DocumentName | None,
    revision: int | None,
) -> TrialCast | Unplayable:
    try:
        scenario, persona = desk.scenario_parts(texts, slug)
    except ContentError as error:
        return Unplayable(draft, error.faults)
    met = other or DocumentName(DocumentKind.PERSONA, persona.id)
    return TrialCast(draft, scenario, persona, met, revision)


def _persona_named(desk: ContentDesk, draft: DraftRecord) -> DocumentName | None:
    slug = (desk.check(draft.name, draft.text).data or {}).get("persona")
    try:
        return DocumentName(DocumentKind.PERSONA, slug) if isinstance(slug, str) else None
    except InvalidInputError:
        return None


def _naming(desk: ContentDesk, scenarios: list[DocumentName], persona: str) -> DocumentName | None:
    """The first scenario that names a persona; the line is looked for, because reading every file takes seconds."""
    for name in scenarios:
        rows = (desk.text(name) or "").split("\n")
        if any(row.split("#")[0].strip().replace('"', "") == f"persona: {persona}" for row in rows):
            return name
    return None
