"""Invoices and what was paid, charged, promised, agreed and contested on them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.db.types import Exact, Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

#: In the order of their foreign keys.
_TABLES = (
    "invoices",
    "invoice_lines",
    "charges",
    "payments",
    "promises",
    "plans",
    "instalments",
    "disputes",
)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "invoices",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("client_id", sa.String(40), sa.ForeignKey("clients.id"), nullable=False),
        sa.Column("external_key", sa.String(300), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("number", sa.String(80), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("total", Exact(3), nullable=False),
        sa.Column("balance", Exact(3), nullable=False),
        sa.Column("po_number", sa.String(80)),
        sa.Column("source", sa.String(80), nullable=False),
        sa.Column("as_of", Instant()),
        sa.CheckConstraint("balance >= 0", name="balance_not_negative"),
        sa.UniqueConstraint("client_id", "number"),
        sa.UniqueConstraint("source", "external_key"),
    )
    op.create_index(None, "invoices", ["client_id", "due_on"])
    op.create_index(None, "invoices", ["number"])
    op.create_table(
        "invoice_lines",
        sa.Column("invoice_id", sa.String(40), sa.ForeignKey("invoices.id"), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("quantity", Exact(4), nullable=False),
        sa.Column("unit_price", Exact(3), nullable=False),
        sa.Column("total", Exact(3), nullable=False),
    )
    op.create_table(
        "charges",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("client_id", sa.String(40), sa.ForeignKey("clients.id"), nullable=False),
        sa.Column("invoice_id", sa.String(40), sa.ForeignKey("invoices.id"), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("amount", Exact(3), nullable=False),
        sa.Column("charged_on", sa.Date(), nullable=False),
        sa.Column("waived_on", sa.Date()),
        sa.Column("source", sa.String(80), nullable=False),
        sa.Column("as_of", Instant()),
    )
    op.create_index(None, "charges", ["client_id"])
    op.create_table(
        "payments",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("client_id", sa.String(40), sa.ForeignKey("clients.id"), nullable=False),
        sa.Column("invoice_id", sa.String(40), sa.ForeignKey("invoices.id")),
        sa.Column("external_key", sa.String(300)),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("amount", Exact(3), nullable=False),
        sa.Column("method", sa.String(30), nullable=False),
        sa.Column("source", sa.String(80), nullable=False),
        sa.Column("as_of", Instant()),
        sa.UniqueConstraint("source", "external_key"),
    )
    op.create_index(None, "payments", ["client_id", "received_on"])
    op.create_table(
        "promises",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("client_id", sa.String(40), sa.ForeignKey("clients.id"), nullable=False),
        sa.Column("call_id", sa.String(40), sa.ForeignKey("calls.id")),
        sa.Column("amount", Exact(3), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(30), nullable=False),
        sa.Column("noted_by", sa.String(80), nullable=False),
        sa.CheckConstraint("amount > 0", name="amount_positive"),
    )
    op.create_index(None, "promises", ["client_id"])
    op.create_table(
        "plans",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("client_id", sa.String(40), sa.ForeignKey("clients.id"), nullable=False),
        sa.Column("call_id", sa.String(40), sa.ForeignKey("calls.id")),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(30), nullable=False),
        sa.Column("noted_by", sa.String(80), nullable=False),
    )
    op.create_index(None, "plans", ["client_id"])
    op.create_table(
        "instalments",
        sa.Column("plan_id", sa.String(40), sa.ForeignKey("plans.id"), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("amount", Exact(3), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
    )
    op.create_table(
        "disputes",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("client_id", sa.String(40), sa.ForeignKey("clients.id"), nullable=False),
        sa.Column("invoice_id", sa.String(40), sa.ForeignKey("invoices.id"), nullable=False),
        sa.Column("call_id", sa.String(40), sa.ForeignKey("calls.id")),
        sa.Column("source", sa.String(80), nullable=False),
        sa.Column("external_key", sa.String(300)),
        sa.Column("reason", sa.String(30), nullable=False),
        sa.Column("amount", Exact(3), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(80)),
        sa.Column("resolved_on", sa.Date()),
        sa.Column("noted_by", sa.String(80), nullable=False),
        sa.UniqueConstraint("source", "external_key"),
    )
    op.create_index(None, "disputes", ["client_id"])


def downgrade() -> None:
    """Drop them, the last made first."""
    for table in reversed(_TABLES):
        op.drop_table(table)
