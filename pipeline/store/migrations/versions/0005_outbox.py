"""Add the post: messages, addresses that get none, secrets of signatures, and a line for each run.

Comes in: the tables of revision 0003. Goes out: the tables ``outbox``, ``addresses``, ``secrets`` and ``journal``, empty. Refuses nothing.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TEXT

revision = "0005"
down_revision = "0003"

WORD = sa.Text().with_variant(TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "outbox",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("key", WORD, nullable=False),
        sa.Column("recipient", WORD, nullable=False),
        sa.Column("phase", WORD, nullable=False),
        sa.Column("message_id", WORD, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("composed_at", sa.DateTime(), nullable=False),
        sa.Column("next_try", sa.DateTime(), nullable=False),
        sa.Column("claimed_at", sa.DateTime()),
        sa.Column("claimed_by", WORD),
        sa.Column("ended_at", sa.DateTime()),
        sa.Column("said", sa.Text()),
        sa.Column("seen", sa.JSON(), nullable=False),
        sa.Column("message", sa.Text()),
        sa.PrimaryKeyConstraint("number", name="pk_outbox"),
    )
    op.create_index("ix_outbox_key", "outbox", ["key"], unique=True)
    op.create_index("ix_outbox_state", "outbox", ["state", "next_try"])
    op.create_index("ix_outbox_reader", "outbox", ["recipient", "phase"])
    _beside_the_outbox()


def downgrade() -> None:
    """Drop the tables."""
    for table in ("journal", "secrets", "addresses", "outbox"):
        op.drop_table(table)


def _beside_the_outbox() -> None:
    op.create_table(
        "addresses",
        sa.Column("address", WORD, nullable=False),
        sa.Column("name", WORD, nullable=False),
        sa.Column("stopped", WORD),
        sa.Column("stopped_at", sa.DateTime()),
        sa.PrimaryKeyConstraint("address", name="pk_addresses"),
    )
    op.create_index("ix_addresses_name", "addresses", ["name"], unique=True)
    op.create_table(
        "secrets",
        sa.Column("purpose", WORD, nullable=False),
        sa.Column("secret", WORD, nullable=False),
        sa.PrimaryKeyConstraint("purpose", name="pk_secrets"),
    )
    op.create_table(
        "journal",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("began", sa.DateTime(), nullable=False),
        sa.Column("ended", sa.DateTime()),
        sa.Column("outcome", WORD, nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_journal"),
    )
