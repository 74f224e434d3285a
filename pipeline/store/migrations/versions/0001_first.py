"""Create the tables of the first release: posts, analyses, passages.

Comes in: an empty database. Goes out: the three tables with their indexes. Refuses: a database where a table of the same name is.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TEXT

revision = "0001"
down_revision = None

WORD = sa.Text().with_variant(TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    """Create everything."""
    _create_posts()
    _create_analyses()
    _create_passages()


def downgrade() -> None:
    """Drop everything."""
    for table in ("passages", "analyses", "posts"):
        op.drop_table(table)


def _create_posts() -> None:
    op.create_table(
        "posts",
        sa.Column("id", WORD, nullable=False),
        sa.Column("source", WORD, nullable=False),
        sa.Column("origin", WORD, nullable=False),
        sa.Column("retired", sa.Boolean(), nullable=False),
        sa.Column("content_hash", WORD, nullable=False),
        sa.Column("posted_at", sa.DateTime()),
        sa.Column("edited_at", sa.DateTime()),
        sa.Column("author", WORD),
        sa.Column("title", sa.Text()),
        sa.Column("url", sa.Text()),
        sa.Column("blog", sa.Text()),
        sa.Column("licence", sa.Text()),
        sa.Column("sections", sa.JSON(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_posts"),
    )
    op.create_index("ix_posts_in_order", "posts", ["retired", "source", "id", "content_hash"])
    op.create_index("ix_posts_origin", "posts", ["origin"])


def _create_analyses() -> None:
    op.create_table(
        "analyses",
        sa.Column("post_id", WORD, nullable=False),
        sa.Column("content_hash", WORD, nullable=False),
        sa.Column("model", WORD, nullable=False),
        sa.Column("phases_key", WORD, nullable=False),
        sa.PrimaryKeyConstraint("post_id", name="pk_analyses"),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name="fk_analyses_post_id"),
    )


def _create_passages() -> None:
    op.create_table(
        "passages",
        sa.Column("id", WORD, nullable=False),
        sa.Column("post_id", WORD, nullable=False),
        sa.Column("source", WORD, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("label", WORD, nullable=False),
        sa.Column("confidence", sa.Double(), nullable=False),
        sa.Column("phase", WORD),
        sa.Column("phase_by", WORD, nullable=False),
        sa.Column("group_id", WORD),
        sa.Column("voice", WORD, nullable=False),
        sa.Column("speaker", WORD),
        sa.Column("model", WORD),
        sa.Column("origin", WORD, nullable=False),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.Column("also", sa.JSON(), nullable=False),
        sa.Column("facets", sa.JSON(), nullable=False),
        sa.Column("action", sa.JSON()),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_passages"),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"], name="fk_passages_post_id"),
    )
    op.create_index("ix_passages_in_order", "passages", ["source", "start", "end", "id"])
    op.create_index("ix_passages_post", "passages", ["post_id"])
    op.create_index("ix_passages_phase", "passages", ["phase", "label", "group_id"])
