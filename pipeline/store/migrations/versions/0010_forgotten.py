"""Add what shall not be kept any more, as hashes.

Comes in: the tables of the revision before. Goes out: the table ``forgotten``, empty. Refuses nothing.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TEXT

revision = "0010"
down_revision = "0009"

WORD = sa.Text().with_variant(TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "forgotten",
        sa.Column("kind", WORD, nullable=False),
        sa.Column("salt", WORD, nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("quick", sa.Integer(), nullable=False),
        sa.Column("digest", WORD, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("finished", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "digest", name="pk_forgotten"),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("forgotten")
