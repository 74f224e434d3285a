"""Add to what waits for reviewers the label that is known of it, so that a hidden trial is found without reading every decision; and near misses.

Comes in: the tables of the revision before. Goes out: the column ``queue.truth``, empty until the next decision or the next run, with its index;
the table ``near_misses``, empty until posts are read again. Refuses nothing.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TEXT

revision = "0012"
down_revision = "0010"

WORD = sa.Text().with_variant(TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the column and the table."""
    op.add_column("queue", sa.Column("truth", WORD))
    op.create_index("ix_queue_truth", "queue", ["truth", "item"])
    op.create_table(
        "near_misses",
        sa.Column("id", WORD, nullable=False),
        sa.Column("post_id", WORD, nullable=False),
        sa.Column("content_hash", WORD, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("label", WORD, nullable=False),
        sa.Column("chance", sa.Double(), nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("model", WORD),
        sa.PrimaryKeyConstraint("id", name="pk_near_misses"),
    )
    op.create_index("ix_near_misses_post", "near_misses", ["post_id"])


def downgrade() -> None:
    """Drop both."""
    op.drop_table("near_misses")
    op.drop_index("ix_queue_truth", "queue")
    op.drop_column("queue", "truth")
