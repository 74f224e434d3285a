"""Add corrections, which are never changed and never deleted, the queue of reviewers, and the second guess of the model.

Comes in: the tables of revision 0003. Goes out: the tables ``corrections``, ``model_passages`` and ``queue``, empty; ``passages.second`` and
``passages.second_confidence``, empty until the next run with a new model. Refuses nothing.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TEXT

revision = "0004"
down_revision = "0003"

WORD = sa.Text().with_variant(TEXT(collation="C"), "postgresql")
_KEPT = "corrections are never changed and never deleted: take one back with a new one"


def upgrade() -> None:
    """Add the tables and the columns."""
    op.add_column("passages", sa.Column("second", WORD))
    op.add_column("passages", sa.Column("second_confidence", sa.Double()))
    _create_corrections()
    _guard_corrections()
    _create_model_passages()
    _create_queue()


def downgrade() -> None:
    """Drop the tables and the columns."""
    for table in ("queue", "model_passages", "corrections"):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION keep_corrections()")
    op.drop_column("passages", "second_confidence")
    op.drop_column("passages", "second")


def _create_corrections() -> None:
    op.create_table(
        "corrections",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("item", WORD, nullable=False),
        sa.Column("lane", WORD, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("field", WORD, nullable=False),
        sa.Column("post_id", WORD),
        sa.Column("reviewer", WORD, nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("key", WORD, nullable=False),
        sa.Column("undoes", WORD),
        sa.Column("basis", WORD, nullable=False),
        sa.Column("queued", WORD, nullable=False),
        sa.Column("suggestion_shown", sa.Boolean(), nullable=False),
        sa.Column("model", WORD),
        sa.Column("guideline", WORD, nullable=False),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.Column("anchor", sa.JSON()),
        sa.Column("further", sa.JSON(), nullable=False),
        sa.Column("before", sa.JSON()),
        sa.Column("after", sa.JSON()),
        sa.Column("note", sa.Text()),
        sa.PrimaryKeyConstraint("number", name="pk_corrections"),
    )
    op.create_index("ix_corrections_key", "corrections", ["key"], unique=True)
    op.create_index("ix_corrections_item", "corrections", ["item", "lane", "version"], unique=True)
    op.create_index("ix_corrections_post", "corrections", ["post_id"])
    op.create_index("ix_corrections_reviewer", "corrections", ["reviewer", "number"])


def _guard_corrections() -> None:
    """Let the database itself refuse to change or delete a correction."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"CREATE FUNCTION keep_corrections() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION '{_KEPT}'; END $$")
        changes = "BEFORE UPDATE OR DELETE OR TRUNCATE ON corrections"
        op.execute(f"CREATE TRIGGER keep_corrections {changes} FOR EACH STATEMENT EXECUTE FUNCTION keep_corrections()")
        return
    for change in ("UPDATE", "DELETE"):
        op.execute(f"CREATE TRIGGER keep_corrections_{change.lower()} BEFORE {change} ON corrections BEGIN SELECT RAISE(ABORT, '{_KEPT}'); END")


def _create_model_passages() -> None:
    op.create_table(
        "model_passages",
        sa.Column("id", WORD, nullable=False),
        sa.Column("post_id", WORD, nullable=False),
        sa.Column("passage", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_model_passages"),
    )
    op.create_index("ix_model_passages_post", "model_passages", ["post_id"])


def _create_queue() -> None:
    op.create_table(
        "queue",
        sa.Column("item", WORD, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("post_id", WORD, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("reason", WORD, nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("label", WORD),
        sa.Column("phase", WORD),
        sa.Column("place", WORD),
        sa.Column("day", sa.Date()),
        sa.Column("double", sa.Boolean(), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("wanted", sa.Integer(), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("first_reader", WORD),
        sa.Column("leased_to", WORD),
        sa.Column("leased_until", sa.DateTime()),
        sa.Column("details", sa.JSON()),
        sa.PrimaryKeyConstraint("item", name="pk_queue"),
    )
    op.create_index("ix_queue_open", "queue", ["open", "rank"])
    op.create_index("ix_queue_post", "queue", ["post_id"])
