"""Calls, their turns, what people thought of them, and hand-overs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.db.types import Document, Instant

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

#: In the order of their foreign keys.
_TABLES = ("calls", "turns", "turn_feedback", "escalations")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "calls",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("client_id", sa.String(40), sa.ForeignKey("clients.id"), nullable=False),
        sa.Column("user_id", sa.String(40), sa.ForeignKey("users.id"), nullable=False),
        sa.Column("status", sa.String(30), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("closed_at", Instant()),
        sa.Column("turn_count", sa.Integer(), nullable=False),
        sa.Column("memory", Document, nullable=False),
        sa.Column("summary", Document),
        sa.Column("packet", Document),
    )
    op.create_index(None, "calls", ["client_id"])
    op.create_index(None, "calls", ["user_id"])
    op.create_table(
        "turns",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("call_id", sa.String(40), sa.ForeignKey("calls.id"), nullable=False),
        sa.Column("turn_index", sa.Integer(), nullable=False),
        sa.Column("segment_id", sa.String(200)),
        sa.Column("speaker", sa.String(30), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("said_at", Instant(), nullable=False),
        sa.Column("reading", Document),
        sa.Column("advice", Document),
        sa.UniqueConstraint("call_id", "segment_id"),
        sa.UniqueConstraint("call_id", "turn_index"),
    )
    op.create_table(
        "turn_feedback",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("turn_id", sa.String(40), sa.ForeignKey("turns.id"), nullable=False),
        sa.Column("user_id", sa.String(40), sa.ForeignKey("users.id"), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("line_id", sa.String(80)),
        sa.Column("labels", Document),
        sa.Column("given_at", Instant(), nullable=False),
    )
    op.create_index(None, "turn_feedback", ["turn_id"])
    op.create_table(
        "escalations",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("client_id", sa.String(40), sa.ForeignKey("clients.id"), nullable=False),
        sa.Column("call_id", sa.String(40), sa.ForeignKey("calls.id")),
        sa.Column("state", sa.String(30), nullable=False),
        sa.Column("packet", Document, nullable=False),
        sa.Column("raised_by", sa.String(80), nullable=False),
        sa.Column("raised_at", Instant(), nullable=False),
        sa.Column("acknowledged_by", sa.String(80)),
        sa.Column("acknowledged_at", Instant()),
    )
    op.create_index(None, "escalations", ["client_id"])


def downgrade() -> None:
    """Drop them, the last made first."""
    for table in reversed(_TABLES):
        op.drop_table(table)
