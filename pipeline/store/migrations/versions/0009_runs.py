"""Add who runs at the moment, and from which middle day an analysis told the times of a post without a day.

Comes in: the tables of the revision before. Goes out: the table ``runs``, empty, and the column ``analyses.middle_day``: posts without a day that
were analysed before are read once more, because nobody wrote down from which day their times were told. Refuses nothing.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TEXT

revision = "0009"
down_revision = "0005"

WORD = sa.Text().with_variant(TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the table and the column."""
    op.create_table(
        "runs",
        sa.Column("id", WORD, nullable=False),
        sa.Column("owner", WORD, nullable=False),
        sa.Column("place", WORD, nullable=False),
        sa.Column("started", WORD, nullable=False),
        sa.Column("beat", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_runs"),
    )
    op.add_column("analyses", sa.Column("middle_day", WORD))
    op.execute("UPDATE analyses SET middle_day = 'unknown' WHERE post_id IN (SELECT id FROM posts WHERE posted_at IS NULL)")


def downgrade() -> None:
    """Drop both."""
    op.drop_column("analyses", "middle_day")
    op.drop_table("runs")
