"""Tables of the clients: who they are, their terms, their people and every contact with them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.tables_base import At, Base, Id, Name, Ref, Short, Stamped, Word
from bot.db.types import Document, Exact


class ClientTable(Base):
    """A client; `external_key` is its key in `source`, the `…_as_of` columns say how fresh each fact is."""

    __tablename__ = "clients"
    __table_args__ = (UniqueConstraint("source", "external_key"),)

    id: Mapped[Id]
    source: Mapped[Short]
    external_key: Mapped[Name]
    content_hash: Mapped[str] = mapped_column(String(64), default="")
    name: Mapped[Name]
    search_key: Mapped[str] = mapped_column(Text)
    legal_form: Mapped[Word]
    country: Mapped[str] = mapped_column(String(2))
    vat_registered: Mapped[bool]
    industry: Mapped[Short]
    currency: Mapped[str] = mapped_column(String(3))
    risk_class: Mapped[str] = mapped_column(String(1))
    relationship_value: Mapped[Decimal] = mapped_column(Exact(3))
    owner_id: Mapped[str | None] = mapped_column(ForeignKey("users.id"), index=True)
    on_stop: Mapped[bool] = mapped_column(default=False)
    customer_since: Mapped[date | None]
    payment_methods: Mapped[list[Any] | None] = mapped_column(Document)
    notes: Mapped[str] = mapped_column(Text, default="")
    profile_as_of: Mapped[At | None]
    risk_as_of: Mapped[At | None]
    value_as_of: Mapped[At | None]
    balances_as_of: Mapped[At | None]
    created_at: Mapped[At]


class TermsTable(Stamped, Base):
    """The credit terms that bind from a day on."""

    __tablename__ = "terms"
    __table_args__ = (UniqueConstraint("client_id", "effective_from"),)

    id: Mapped[Id]
    client_id: Mapped[Ref] = mapped_column(ForeignKey("clients.id"))
    effective_from: Mapped[date]
    credit_days: Mapped[int]
    late_fee: Mapped[Decimal | None] = mapped_column(Exact(3))
    interest: Mapped[Word]
    interest_rate: Mapped[Decimal | None] = mapped_column(Exact(4))
    early_discount_percent: Mapped[Decimal | None] = mapped_column(Exact(4))
    early_discount_days: Mapped[int | None]
    credit_limit: Mapped[Decimal | None] = mapped_column(Exact(3))


class ContactTable(Stamped, Base):
    """A person at the client."""

    __tablename__ = "contacts"

    id: Mapped[Id]
    client_id: Mapped[Ref] = mapped_column(ForeignKey("clients.id"), index=True)
    name: Mapped[Name]
    role: Mapped[Name]
    phone: Mapped[str | None] = mapped_column(String(80))
    email: Mapped[str | None] = mapped_column(String(254))
    preferred_channel: Mapped[str | None] = mapped_column(String(30))


class ProtectionTable(Base):
    """Something that pauses collection; `until_on` ends it by itself, `ended_on` by a person's decision."""

    __tablename__ = "protections"

    id: Mapped[Id]
    client_id: Mapped[Ref] = mapped_column(ForeignKey("clients.id"), index=True)
    kind: Mapped[Word]
    recorded_on: Mapped[date]
    until_on: Mapped[date | None]
    named: Mapped[str | None] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(Text, default="")
    recorded_by: Mapped[Short]
    ended_on: Mapped[date | None]


class ContactLogTable(Base):
    """One earlier contact with the client."""

    __tablename__ = "contact_log"
    __table_args__ = (Index(None, "client_id", "contacted_at"),)

    id: Mapped[Id]
    client_id: Mapped[Ref] = mapped_column(ForeignKey("clients.id"))
    contacted_at: Mapped[At]
    channel: Mapped[Word]
    contacted_by: Mapped[Short]
    summary: Mapped[str] = mapped_column(Text)


class FollowUpTable(Base):
    """The next contact that somebody set."""

    __tablename__ = "follow_ups"

    id: Mapped[Id]
    client_id: Mapped[Ref] = mapped_column(ForeignKey("clients.id"), index=True)
    due_on: Mapped[date] = mapped_column(index=True)
    note: Mapped[str] = mapped_column(Text)
    set_by: Mapped[Short]
    set_at: Mapped[At]
    done_at: Mapped[At | None]


class DocumentTable(Base):
    """A document sent to the client or asked for by them."""

    __tablename__ = "documents"

    id: Mapped[Id]
    client_id: Mapped[Ref] = mapped_column(ForeignKey("clients.id"), index=True)
    kind: Mapped[Word]
    reference: Mapped[str | None] = mapped_column(String(80))
    status: Mapped[Word]
    noted_on: Mapped[date]
    noted_by: Mapped[Short]
