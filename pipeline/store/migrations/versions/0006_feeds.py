"""Add what is remembered of the feeds that are collected from.

Comes in: the tables of revision 0003. Goes out: the table ``feeds``, empty: the next collecting asks each feed for all it has. Refuses nothing.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TEXT

revision = "0006"
down_revision = "0005"

WORD = sa.Text().with_variant(TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "feeds",
        sa.Column("url", WORD, nullable=False),
        sa.Column("etag", sa.Text()),
        sa.Column("last_modified", sa.Text()),
        sa.Column("checked_at", sa.DateTime()),
        sa.Column("due_at", sa.DateTime()),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("said", sa.Text()),
        sa.PrimaryKeyConstraint("url", name="pk_feeds"),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("feeds")
