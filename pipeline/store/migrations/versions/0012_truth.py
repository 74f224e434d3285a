"""Add to what waits for reviewers the label that is known of it, so that a hidden trial is found without reading every decision.

Comes in: the tables of the revision before. Goes out: the column ``queue.truth``, empty until the next decision or the next run, with its index.
Refuses nothing.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TEXT

revision = "0012"
down_revision = "0009"

WORD = sa.Text().with_variant(TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the column and the index."""
    op.add_column("queue", sa.Column("truth", WORD))
    op.create_index("ix_queue_truth", "queue", ["truth", "item"])


def downgrade() -> None:
    """Drop both."""
    op.drop_index("ix_queue_truth", "queue")
    op.drop_column("queue", "truth")
