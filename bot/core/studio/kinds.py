"""The kinds of documents that the studio edits, who may, and where each lives under data/."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.core.coaching.advice import Role
from bot.core.errors import InvalidInputError

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,62}[a-z0-9])?\Z")


class DocumentKind(StrEnum):
    """A kind of document; the value is the word in addresses and commands."""

    SCENARIO = "scenario"
    PERSONA = "persona"
    PLAYBOOK = "playbook"
    HOUSE = "house"
    LAW = "law"

    @property
    def folder(self) -> str:
        """The folder under data/ that holds the kind's files."""
        return _FOLDERS[self]

    @property
    def editors(self) -> tuple[Role, ...]:
        """The roles that may change and publish the kind: house rules and law belong to administrators."""
        if self in (DocumentKind.HOUSE, DocumentKind.LAW):
            return (Role.ADMIN,)
        return (Role.TRAINER, Role.ADMIN)

    @property
    def is_open(self) -> bool:
        """Whether new documents of the kind may be added; the others have a fixed set of files."""
        return self in (DocumentKind.SCENARIO, DocumentKind.PERSONA)


_FOLDERS = {
    DocumentKind.SCENARIO: "scenarios",
    DocumentKind.PERSONA: "personas",
    DocumentKind.PLAYBOOK: "playbook",
    DocumentKind.HOUSE: "house",
    DocumentKind.LAW: "law",
}


@dataclass(frozen=True, order=True)
class DocumentName:
    """One document; its slug is the file's name without the ending, and the scenario's or persona's id."""

    kind: DocumentKind
    slug: str

    def __post_init__(self) -> None:
        """Refuse a slug that is no plain file name: InvalidInputError says what a good one is."""
        if not _SLUG.match(self.slug):
            raise InvalidInputError(
                f"“{self.slug}” cannot name a document. Use small letters, digits and hyphens, 64 at most.",
                field="slug",
            )

    @property
    def path(self) -> str:
        """The file's place under data/, with forward slashes."""
        return f"{self.kind.folder}/{self.slug}.yml"

    def __str__(self) -> str:
        return f"{self.kind}:{self.slug}"

    @classmethod
    def parse(cls, text: str) -> DocumentName:
        """Read `kind:slug`, or a bare slug as a scenario's."""
        kind, colon, slug = text.partition(":")
        if not colon:
            return cls(DocumentKind.SCENARIO, text)
        try:
            return cls(DocumentKind(kind), slug)
        except ValueError:
            known = ", ".join(DocumentKind)
            raise InvalidInputError(
                f"“{kind}” is no kind of document. Known: {known}.", field="kind"
            ) from None
