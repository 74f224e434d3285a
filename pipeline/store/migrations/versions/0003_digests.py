"""Add what is remembered of the last digests of a phase.

Comes in: the tables of revision 0002. Goes out: the table ``digests``, empty: the next run writes a first digest, and the one after it compares.
Refuses nothing.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TEXT

revision = "0003"
down_revision = "0002"

WORD = sa.Text().with_variant(TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "digests",
        sa.Column("phase", WORD, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("model", WORD, nullable=False),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.Column("last_post", sa.Date()),
        sa.Column("matters", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("phase", "number", name="pk_digests"),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("digests")
