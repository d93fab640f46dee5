"""The studio: drafts, versions and publications; assignments say how many attempts are wanted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.db.types import Document, Instant

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, those first that others point at, and the column."""
    op.create_table(
        "studio_drafts",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("slug", sa.String(80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_by", sa.String(40), sa.ForeignKey("users.id"), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("edited_by", sa.String(40), sa.ForeignKey("users.id"), nullable=False),
        sa.Column("edited_at", Instant(), nullable=False),
        sa.Column("base_digest", sa.String(64)),
        sa.UniqueConstraint("kind", "slug"),
    )
    op.create_table(
        "studio_revisions",
        sa.Column("draft_id", sa.String(40), sa.ForeignKey("studio_drafts.id"), primary_key=True),
        sa.Column("revision", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("edited_by", sa.String(40), sa.ForeignKey("users.id"), nullable=False),
        sa.Column("edited_at", Instant(), nullable=False),
    )
    _make_publications()
    op.create_table(
        "studio_versions",
        sa.Column("kind", sa.String(30), primary_key=True),
        sa.Column("slug", sa.String(80), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("text", sa.Text()),
        sa.Column("published_by", sa.String(40)),
        sa.Column("published_at", Instant(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column(
            "publication_id", sa.String(40), sa.ForeignKey("studio_publications.id"), index=True
        ),
    )
    op.add_column(
        "assignments",
        sa.Column("attempts_wanted", sa.Integer(), nullable=False, server_default="1"),
    )


def _make_publications() -> None:
    op.create_table(
        "studio_publications",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("status", sa.String(30), nullable=False, index=True),
        sa.Column("stage", sa.String(30), nullable=False),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("requested_by", sa.String(40), nullable=False),
        sa.Column("requested_at", Instant(), nullable=False),
        sa.Column("started_at", Instant()),
        sa.Column("heartbeat_at", Instant()),
        sa.Column("finished_at", Instant()),
        sa.Column("model_before", sa.String(200)),
        sa.Column("model_after", sa.String(200)),
        sa.Column("report", Document),
        sa.Column("faults", Document, nullable=False),
        sa.Column("error", sa.Text()),
        sa.Column("override_reason", sa.Text()),
        sa.Column("rolled_back_by", sa.String(40)),
        sa.Column("rolled_back_at", Instant()),
        sa.Column("slot", sa.String(30), unique=True),
    )
    op.create_table(
        "studio_publication_documents",
        sa.Column(
            "publication_id",
            sa.String(40),
            sa.ForeignKey("studio_publications.id"),
            primary_key=True,
        ),
        sa.Column("position", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("slug", sa.String(80), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("before", sa.Text()),
        sa.Column("draft_id", sa.String(40)),
        sa.Column("revision", sa.Integer()),
        sa.Column("held", sa.String(120), unique=True),
    )


def downgrade() -> None:
    """Drop them, those first that point at others."""
    op.drop_column("assignments", "attempts_wanted")
    for table in (
        "studio_versions",
        "studio_publication_documents",
        "studio_publications",
        "studio_revisions",
        "studio_drafts",
    ):
        op.drop_table(table)
