"""Rehearsals with their branches and turns, scores, and what trainers have set."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.db.types import Document, Instant

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, those first that others point at."""
    op.create_table(
        "assignments",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("scenario_id", sa.String(80), nullable=False),
        sa.Column("level", sa.Integer()),
        sa.Column("mode", sa.String(30), nullable=False),
        sa.Column("user_id", sa.String(40), sa.ForeignKey("users.id"), index=True),
        sa.Column("role", sa.String(30)),
        sa.Column("seniority", sa.String(30)),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("set_by", sa.String(40), sa.ForeignKey("users.id"), nullable=False),
        sa.Column("set_at", Instant(), nullable=False),
        sa.Column("withdrawn_at", Instant()),
    )
    op.create_table(
        "rehearsals",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("user_id", sa.String(40), sa.ForeignKey("users.id"), nullable=False, index=True),
        sa.Column("scenario_id", sa.String(80), nullable=False),
        sa.Column("scenario_version", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(30), nullable=False),
        sa.Column("seed", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(30), nullable=False),
        sa.Column("branch", sa.String(30), nullable=False),
        sa.Column("branch_count", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.String(40), sa.ForeignKey("assignments.id"), index=True),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("started_at", Instant(), nullable=False),
        sa.Column("touched_at", Instant(), nullable=False),
        sa.Column("finished_at", Instant()),
    )
    op.create_table(
        "rehearsal_branches",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("rehearsal_id", sa.String(40), sa.ForeignKey("rehearsals.id"), nullable=False),
        sa.Column("name", sa.String(30), nullable=False),
        sa.Column("header", Document, nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.UniqueConstraint("rehearsal_id", "name"),
    )
    op.create_table(
        "rehearsal_turns",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("rehearsal_id", sa.String(40), sa.ForeignKey("rehearsals.id"), nullable=False),
        sa.Column("branch", sa.String(30), nullable=False),
        sa.Column("turn_index", sa.Integer(), nullable=False),
        sa.Column("segment_id", sa.String(200)),
        sa.Column("speaker", sa.String(30), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("said_at", Instant(), nullable=False),
        sa.Column("document", Document),
        sa.UniqueConstraint("rehearsal_id", "branch", "turn_index"),
        sa.UniqueConstraint("rehearsal_id", "segment_id"),
    )
    op.create_table(
        "rehearsal_scores",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("rehearsal_id", sa.String(40), sa.ForeignKey("rehearsals.id"), nullable=False),
        sa.Column("branch", sa.String(30), nullable=False),
        sa.Column("user_id", sa.String(40), sa.ForeignKey("users.id"), nullable=False, index=True),
        sa.Column("scenario_id", sa.String(80), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("mode", sa.String(30), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.String(30), nullable=False),
        sa.Column("hints", sa.Integer(), nullable=False),
        sa.Column("rubric_version", sa.Integer(), nullable=False),
        sa.Column("scorecard", Document, nullable=False),
        sa.Column("debrief", Document, nullable=False),
        sa.Column("scored_at", Instant(), nullable=False),
        sa.UniqueConstraint("rehearsal_id", "branch"),
    )


def downgrade() -> None:
    """Drop them, those first that point at others."""
    for table in (
        "rehearsal_scores",
        "rehearsal_turns",
        "rehearsal_branches",
        "rehearsals",
        "assignments",
    ):
        op.drop_table(table)
