"""Add the people who review, the sessions in which they work, and the links by which they enter.

Comes in: the tables of the revision before. Goes out: ``reviewers``, ``review_sessions`` and ``review_links``, empty. Refuses nothing.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TEXT

revision = "0007"
down_revision = "0006"

WORD = sa.Text().with_variant(TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """Add the tables."""
    _create_reviewers()
    _create_sessions()
    _create_links()


def downgrade() -> None:
    """Drop the tables."""
    for table in ("review_links", "review_sessions", "reviewers"):
        op.drop_table(table)


def _create_reviewers() -> None:
    op.create_table(
        "reviewers",
        sa.Column("id", WORD, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", WORD, nullable=False),
        sa.Column("email", WORD),
        sa.Column("lang", WORD, nullable=False),
        sa.Column("password", WORD),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("revoked_at", sa.BigInteger()),
        sa.Column("preferences", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reviewers"),
    )


def _create_sessions() -> None:
    op.create_table(
        "review_sessions",
        sa.Column("id", WORD, nullable=False),
        sa.Column("reviewer", WORD, nullable=False),
        sa.Column("by_link", sa.Boolean(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_review_sessions"),
        sa.ForeignKeyConstraint(["reviewer"], ["reviewers.id"], name="fk_review_sessions_reviewer"),
    )
    op.create_index("ix_review_sessions_reviewer", "review_sessions", ["reviewer"])


def _create_links() -> None:
    op.create_table(
        "review_links",
        sa.Column("id", WORD, nullable=False),
        sa.Column("reviewer", WORD, nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("redeemed", sa.Integer(), nullable=False),
        sa.Column("revoked_at", sa.BigInteger()),
        sa.PrimaryKeyConstraint("id", name="pk_review_links"),
        sa.ForeignKeyConstraint(["reviewer"], ["reviewers.id"], name="fk_review_links_reviewer"),
    )
    op.create_index("ix_review_links_reviewer", "review_links", ["reviewer"])
