"""Tables of the money: invoices and what was paid, charged, promised, agreed and contested on them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from bot.db.tables_base import Base, Id, Ref, Short, Stamped, Word
from bot.db.types import Exact


class InvoiceTable(Stamped, Base):
    """An invoice in its client's currency; `balance` is what is still open."""

    __tablename__ = "invoices"
    __table_args__ = (
        UniqueConstraint("client_id", "number"),
        UniqueConstraint("source", "external_key"),
        Index(None, "client_id", "due_on"),
        CheckConstraint("balance >= 0", name="balance_not_negative"),
    )

    id: Mapped[Id]
    client_id: Mapped[Ref] = mapped_column(ForeignKey("clients.id"))
    external_key: Mapped[str] = mapped_column(String(300))
    content_hash: Mapped[str] = mapped_column(String(64), default="")
    number: Mapped[Short] = mapped_column(index=True)
    issued_on: Mapped[date]
    due_on: Mapped[date]
    total: Mapped[Decimal] = mapped_column(Exact(3))
    balance: Mapped[Decimal] = mapped_column(Exact(3))
    po_number: Mapped[str | None] = mapped_column(String(80))


class InvoiceLineTable(Base):
    """One line of an invoice."""

    __tablename__ = "invoice_lines"

    invoice_id: Mapped[str] = mapped_column(String(40), ForeignKey("invoices.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    description: Mapped[str] = mapped_column(Text)
    quantity: Mapped[Decimal] = mapped_column(Exact(4))
    unit_price: Mapped[Decimal] = mapped_column(Exact(3))
    total: Mapped[Decimal] = mapped_column(Exact(3))


class ChargeTable(Stamped, Base):
    """A late fee or interest put on an invoice."""

    __tablename__ = "charges"

    id: Mapped[Id]
    client_id: Mapped[Ref] = mapped_column(ForeignKey("clients.id"), index=True)
    invoice_id: Mapped[Ref] = mapped_column(ForeignKey("invoices.id"))
    kind: Mapped[Word]
    amount: Mapped[Decimal] = mapped_column(Exact(3))
    charged_on: Mapped[date]
    waived_on: Mapped[date | None]


class PaymentTable(Stamped, Base):
    """Money that came in."""

    __tablename__ = "payments"
    __table_args__ = (
        UniqueConstraint("source", "external_key"),
        Index(None, "client_id", "received_on"),
    )

    id: Mapped[Id]
    client_id: Mapped[Ref] = mapped_column(ForeignKey("clients.id"))
    invoice_id: Mapped[str | None] = mapped_column(ForeignKey("invoices.id"))
    external_key: Mapped[str | None] = mapped_column(String(300))
    received_on: Mapped[date]
    amount: Mapped[Decimal] = mapped_column(Exact(3))
    method: Mapped[Word]


class PromiseTable(Base):
    """A promise to pay an amount on a day."""

    __tablename__ = "promises"
    __table_args__ = (CheckConstraint("amount > 0", name="amount_positive"),)

    id: Mapped[Id]
    client_id: Mapped[Ref] = mapped_column(ForeignKey("clients.id"), index=True)
    call_id: Mapped[str | None] = mapped_column(ForeignKey("calls.id"))
    amount: Mapped[Decimal] = mapped_column(Exact(3))
    due_on: Mapped[date]
    made_on: Mapped[date]
    status: Mapped[Word]
    noted_by: Mapped[Short]


class PlanTable(Base):
    """An agreed payment plan."""

    __tablename__ = "plans"

    id: Mapped[Id]
    client_id: Mapped[Ref] = mapped_column(ForeignKey("clients.id"), index=True)
    call_id: Mapped[str | None] = mapped_column(ForeignKey("calls.id"))
    agreed_on: Mapped[date]
    status: Mapped[Word]
    noted_by: Mapped[Short]


class InstalmentTable(Base):
    """One payment of a plan."""

    __tablename__ = "instalments"

    plan_id: Mapped[str] = mapped_column(String(40), ForeignKey("plans.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    amount: Mapped[Decimal] = mapped_column(Exact(3))
    due_on: Mapped[date]


class DisputeTable(Base):
    """A dispute on one invoice; `reason` is a label of the disputed-terms family."""

    __tablename__ = "disputes"
    __table_args__ = (UniqueConstraint("source", "external_key"),)

    id: Mapped[Id]
    client_id: Mapped[Ref] = mapped_column(ForeignKey("clients.id"), index=True)
    invoice_id: Mapped[Ref] = mapped_column(ForeignKey("invoices.id"))
    call_id: Mapped[str | None] = mapped_column(ForeignKey("calls.id"))
    source: Mapped[Short] = mapped_column(default="parley")
    external_key: Mapped[str | None] = mapped_column(String(300))
    reason: Mapped[Word]
    amount: Mapped[Decimal] = mapped_column(Exact(3))
    opened_on: Mapped[date]
    note: Mapped[str] = mapped_column(Text, default="")
    owner: Mapped[str | None] = mapped_column(String(80))
    resolved_on: Mapped[date | None]
    noted_by: Mapped[Short]
