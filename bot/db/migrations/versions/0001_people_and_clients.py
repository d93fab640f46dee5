"""People, clients and every contact with them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.db.types import Document, Exact, Instant

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

#: In the order of their foreign keys.
_TABLES = (
    "users",
    "tokens",
    "audit_events",
    "imports",
    "clients",
    "terms",
    "contacts",
    "protections",
    "contact_log",
    "follow_ups",
    "documents",
)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "users",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("full_name", sa.String(200), nullable=False),
        sa.Column("role", sa.String(30), nullable=False),
        sa.Column("seniority", sa.String(30), nullable=False),
        sa.Column("password_hash", sa.String(200)),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("name"),
    )
    op.create_table(
        "tokens",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("user_id", sa.String(40), sa.ForeignKey("users.id"), nullable=False),
        sa.Column("token_hash", sa.String(128), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant()),
        sa.Column("withdrawn_at", Instant()),
        sa.UniqueConstraint("token_hash"),
    )
    op.create_index(None, "tokens", ["user_id"])
    op.create_table(
        "audit_events",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("happened_at", Instant(), nullable=False),
        sa.Column("event", sa.String(80), nullable=False),
        sa.Column("user_id", sa.String(40)),
        sa.Column("subject", sa.String(80), nullable=False),
        sa.Column("detail", Document),
    )
    op.create_index(None, "audit_events", ["happened_at"])
    op.create_index(None, "audit_events", ["subject", "happened_at"])
    op.create_table(
        "imports",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("source", sa.String(80), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("file_name", sa.String(200), nullable=False),
        sa.Column("imported_at", Instant(), nullable=False),
        sa.Column("imported_by", sa.String(80), nullable=False),
        sa.Column("counts", Document, nullable=False),
    )
    op.create_index(None, "imports", ["source", "digest"])
    op.create_table(
        "clients",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("source", sa.String(80), nullable=False),
        sa.Column("external_key", sa.String(200), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("search_key", sa.Text(), nullable=False),
        sa.Column("legal_form", sa.String(30), nullable=False),
        sa.Column("country", sa.String(2), nullable=False),
        sa.Column("vat_registered", sa.Boolean(), nullable=False),
        sa.Column("industry", sa.String(80), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("risk_class", sa.String(1), nullable=False),
        sa.Column("relationship_value", Exact(3), nullable=False),
        sa.Column("owner_id", sa.String(40), sa.ForeignKey("users.id")),
        sa.Column("on_stop", sa.Boolean(), nullable=False),
        sa.Column("customer_since", sa.Date()),
        sa.Column("payment_methods", Document),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("profile_as_of", Instant()),
        sa.Column("risk_as_of", Instant()),
        sa.Column("value_as_of", Instant()),
        sa.Column("balances_as_of", Instant()),
        sa.Column("created_at", Instant(), nullable=False),
        sa.UniqueConstraint("source", "external_key"),
    )
    op.create_index(None, "clients", ["owner_id"])
    op.create_table(
        "terms",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("client_id", sa.String(40), sa.ForeignKey("clients.id"), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("credit_days", sa.Integer(), nullable=False),
        sa.Column("late_fee", Exact(3)),
        sa.Column("interest", sa.String(30), nullable=False),
        sa.Column("interest_rate", Exact(4)),
        sa.Column("early_discount_percent", Exact(4)),
        sa.Column("early_discount_days", sa.Integer()),
        sa.Column("credit_limit", Exact(3)),
        sa.Column("source", sa.String(80), nullable=False),
        sa.Column("as_of", Instant()),
        sa.UniqueConstraint("client_id", "effective_from"),
    )
    op.create_table(
        "contacts",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("client_id", sa.String(40), sa.ForeignKey("clients.id"), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("role", sa.String(200), nullable=False),
        sa.Column("phone", sa.String(80)),
        sa.Column("email", sa.String(254)),
        sa.Column("preferred_channel", sa.String(30)),
        sa.Column("source", sa.String(80), nullable=False),
        sa.Column("as_of", Instant()),
    )
    op.create_index(None, "contacts", ["client_id"])
    op.create_table(
        "protections",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("client_id", sa.String(40), sa.ForeignKey("clients.id"), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date()),
        sa.Column("named", sa.String(200)),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.String(80), nullable=False),
        sa.Column("ended_on", sa.Date()),
    )
    op.create_index(None, "protections", ["client_id"])
    op.create_table(
        "contact_log",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("client_id", sa.String(40), sa.ForeignKey("clients.id"), nullable=False),
        sa.Column("contacted_at", Instant(), nullable=False),
        sa.Column("channel", sa.String(30), nullable=False),
        sa.Column("contacted_by", sa.String(80), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
    )
    op.create_index(None, "contact_log", ["client_id", "contacted_at"])
    op.create_table(
        "follow_ups",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("client_id", sa.String(40), sa.ForeignKey("clients.id"), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("set_by", sa.String(80), nullable=False),
        sa.Column("set_at", Instant(), nullable=False),
        sa.Column("done_at", Instant()),
    )
    op.create_index(None, "follow_ups", ["client_id"])
    op.create_index(None, "follow_ups", ["due_on"])
    op.create_table(
        "documents",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("client_id", sa.String(40), sa.ForeignKey("clients.id"), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("reference", sa.String(80)),
        sa.Column("status", sa.String(30), nullable=False),
        sa.Column("noted_on", sa.Date(), nullable=False),
        sa.Column("noted_by", sa.String(80), nullable=False),
    )
    op.create_index(None, "documents", ["client_id"])


def downgrade() -> None:
    """Drop them, the last made first."""
    for table in reversed(_TABLES):
        op.drop_table(table)
