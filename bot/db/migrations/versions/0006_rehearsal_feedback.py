"""What trainees say was misheard in a rehearsal, and what trainers decide on it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from bot.db.types import Document, Instant

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "rehearsal_feedback",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column(
            "rehearsal_id",
            sa.String(40),
            sa.ForeignKey("rehearsals.id"),
            nullable=False,
            index=True,
        ),
        sa.Column("turn_id", sa.String(40), sa.ForeignKey("rehearsal_turns.id"), nullable=False),
        sa.Column("user_id", sa.String(40), sa.ForeignKey("users.id"), nullable=False),
        sa.Column("labels", Document, nullable=False),
        sa.Column("labels_key", sa.Text(), nullable=False),
        sa.Column("given_at", Instant(), nullable=False),
        sa.Column("decision", sa.String(30)),
        sa.Column("reviewed_by", sa.String(40), sa.ForeignKey("users.id")),
        sa.Column("reviewed_at", Instant()),
        sa.Column("reason", sa.Text()),
        sa.Column("line", Document),
        sa.UniqueConstraint("turn_id", "labels_key", "user_id"),
    )


def downgrade() -> None:
    """Drop it; the rehearsals stay."""
    op.drop_table("rehearsal_feedback")
