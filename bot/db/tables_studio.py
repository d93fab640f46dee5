"""Tables of the studio: drafts with their revisions, published versions, and publications."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.tables_base import At, Base, Id, Ref, Short, Word
from bot.db.types import Document


class StudioDraftTable(Base):
    """The one draft of a document."""

    __tablename__ = "studio_drafts"
    __table_args__ = (UniqueConstraint("kind", "slug"),)

    id: Mapped[Id]
    kind: Mapped[Word]
    slug: Mapped[Short]
    text: Mapped[str] = mapped_column(Text)
    revision: Mapped[int]
    created_by: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[At]
    edited_by: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    edited_at: Mapped[At]
    base_digest: Mapped[str | None] = mapped_column(String(64))


class StudioRevisionTable(Base):
    """What a draft was after one save."""

    __tablename__ = "studio_revisions"

    draft_id: Mapped[Ref] = mapped_column(ForeignKey("studio_drafts.id"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str] = mapped_column(Text)
    edited_by: Mapped[Ref] = mapped_column(ForeignKey("users.id"))
    edited_at: Mapped[At]


class StudioPublicationTable(Base):
    """One publication; `slot` is set while it runs and nobody else's then, so that one runs at a time."""

    __tablename__ = "studio_publications"

    id: Mapped[Id]
    status: Mapped[Word] = mapped_column(index=True)
    stage: Mapped[Word]
    progress: Mapped[int]
    note: Mapped[str] = mapped_column(Text)
    requested_by: Mapped[Ref]
    requested_at: Mapped[At]
    started_at: Mapped[At | None]
    heartbeat_at: Mapped[At | None]
    finished_at: Mapped[At | None]
    model_before: Mapped[str | None] = mapped_column(String(200))
    model_after: Mapped[str | None] = mapped_column(String(200))
    report: Mapped[dict[str, Any] | None] = mapped_column(Document)
    faults: Mapped[list[Any]] = mapped_column(Document)
    error: Mapped[str | None] = mapped_column(Text)
    override_reason: Mapped[str | None] = mapped_column(Text)
    rolled_back_by: Mapped[str | None] = mapped_column(String(40))
    rolled_back_at: Mapped[At | None]
    slot: Mapped[str | None] = mapped_column(String(30), unique=True)


class StudioPublicationDocumentTable(Base):
    """A document of a publication; `held` names it until the publication has ended, so that no other takes it."""

    __tablename__ = "studio_publication_documents"

    publication_id: Mapped[Ref] = mapped_column(
        ForeignKey("studio_publications.id"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[Word]
    slug: Mapped[Short]
    text: Mapped[str] = mapped_column(Text)
    before: Mapped[str | None] = mapped_column(Text)
    draft_id: Mapped[str | None] = mapped_column(String(40))
    revision: Mapped[int | None]
    held: Mapped[str | None] = mapped_column(String(120), unique=True)


class StudioVersionTable(Base):
    """A text that was in service; never changed. Without text the document was taken away."""

    __tablename__ = "studio_versions"

    kind: Mapped[Word] = mapped_column(primary_key=True)
    slug: Mapped[Short] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str | None] = mapped_column(Text)
    published_by: Mapped[str | None] = mapped_column(String(40))
    published_at: Mapped[At]
    note: Mapped[str] = mapped_column(Text)
    publication_id: Mapped[str | None] = mapped_column(
        ForeignKey("studio_publications.id"), index=True
    )
