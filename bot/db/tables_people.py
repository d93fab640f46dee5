"""Tables of the people who use Parley and the trail of what they did."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.tables_base import At, Base, Id, Name, Ref, Short, Word
from bot.db.types import Document


class UserTable(Base):
    """A person who signs in."""

    __tablename__ = "users"

    id: Mapped[Id]
    name: Mapped[Short] = mapped_column(unique=True)
    full_name: Mapped[Name]
    role: Mapped[Word]
    seniority: Mapped[Word]
    password_hash: Mapped[str | None] = mapped_column(String(200))
    active: Mapped[bool] = mapped_column(default=True)


class TokenTable(Base):
    """A bearer token; only its hash is kept."""

    __tablename__ = "tokens"

    id: Mapped[Id]
    user_id: Mapped[Ref] = mapped_column(ForeignKey("users.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(128), unique=True)
    note: Mapped[Name] = mapped_column(default="")
    created_at: Mapped[At]
    expires_at: Mapped[At | None]
    withdrawn_at: Mapped[At | None]


class AuditTable(Base):
    """One line of who did or saw what; never changed."""

    __tablename__ = "audit_events"
    __table_args__ = (Index(None, "subject", "happened_at"),)

    id: Mapped[Id]
    happened_at: Mapped[At] = mapped_column(index=True)
    event: Mapped[Short]
    user_id: Mapped[str | None] = mapped_column(String(40))
    subject: Mapped[Short]
    detail: Mapped[dict[str, Any] | None] = mapped_column(Document)


class ImportTable(Base):
    """One file that was taken in: what it was and what it did."""

    __tablename__ = "imports"
    __table_args__ = (Index(None, "source", "digest"),)

    id: Mapped[Id]
    source: Mapped[Short]
    digest: Mapped[str] = mapped_column(String(64))
    file_name: Mapped[Name]
    imported_at: Mapped[At]
    imported_by: Mapped[Short]
    counts: Mapped[dict[str, Any]] = mapped_column(Document)
