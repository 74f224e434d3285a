"""Add the chains of passages (what set a lesson or an issue off, its cause, effect and remedy) and how they are put.

Comes in: the tables of the first release. Goes out: ``passages.chain`` and ``passages.remarks``, empty for passages read before; the next run
with a new model fills it. Refuses nothing.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the column."""
    op.add_column("passages", sa.Column("chain", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("passages", sa.Column("remarks", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("passages", "remarks")
    op.drop_column("passages", "chain")
