"""What trainers decide on corrections; feedback gets a name for its set of labels."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

from bot.db.types import Document, Instant

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table, add the column and fill it for what was said so far."""
    op.create_table(
        "correction_reviews",
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("turn_id", sa.String(40), sa.ForeignKey("turns.id"), nullable=False),
        sa.Column("labels_key", sa.Text(), nullable=False),
        sa.Column("decision", sa.String(30), nullable=False),
        sa.Column("reviewed_by", sa.String(40), sa.ForeignKey("users.id"), nullable=False),
        sa.Column("reviewed_at", Instant(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("line", Document),
        sa.UniqueConstraint("turn_id", "labels_key"),
    )
    op.add_column("turn_feedback", sa.Column("labels_key", sa.Text()))
    feedback = sa.table(
        "turn_feedback",
        sa.column("id", sa.String()),
        sa.column("labels", Document),
        sa.column("labels_key", sa.Text()),
    )
    connection = op.get_bind()
    rows = connection.execute(
        sa.select(feedback.c.id, feedback.c.labels).where(feedback.c.labels.is_not(None))
    ).all()
    for row in rows:
        labels = json.loads(row.labels) if isinstance(row.labels, str) else row.labels
        key = ",".join(sorted(set(labels)))
        connection.execute(
            sa.update(feedback).where(feedback.c.id == row.id).values(labels_key=key)
        )


def downgrade() -> None:
    """Drop both; the feedback itself stays."""
    op.drop_column("turn_feedback", "labels_key")
    op.drop_table("correction_reviews")
