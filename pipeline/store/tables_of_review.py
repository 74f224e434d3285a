"""The tables of what reviewers decide and of what waits for them, as migrations 0004 and 0012 leave them.

Comes in: nothing. Goes out: SQLAlchemy Core tables. Refuses nothing: triggers in the database refuse to change or delete a correction. The queue and
the model's own passages are derived: they can be made anew from posts, passages and corrections.
"""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, DateTime, Double, Index, Integer, Table, Text

from pipeline.store.tables import WORD, metadata

corrections = Table(
    "corrections",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("item", WORD, nullable=False),
    Column("lane", WORD, nullable=False),
    Column("version", Integer, nullable=False),
    Column("field", WORD, nullable=False),
    Column("post_id", WORD),
    Column("reviewer", WORD, nullable=False),
    Column("at", DateTime, nullable=False),
    Column("key", WORD, nullable=False),
    Column("undoes", WORD),
    Column("basis", WORD, nullable=False),
    Column("queued", WORD, nullable=False),
    Column("suggestion_shown", Boolean, nullable=False),
    Column("model", WORD),
    Column("guideline", WORD, nullable=False),
    Column("milliseconds", Integer, nullable=False),
    Column("anchor", JSON(none_as_null=True)),
    Column("further", JSON, nullable=False),
    Column("before", JSON),
    Column("after", JSON),
    Column("note", Text),
    Index("ix_corrections_key", "key", unique=True),
    Index("ix_corrections_item", "item", "lane", "version", unique=True),
    Index("ix_corrections_post", "post_id"),
    Index("ix_corrections_reviewer", "reviewer", "number"),
)

model_passages = Table(  # what the model said of posts that were corrected; `passages` has what a reader sees
    "model_passages",
    metadata,
    Column("id", WORD, primary_key=True),
    Column("post_id", WORD, nullable=False),
    Column("passage", JSON, nullable=False),
    Index("ix_model_passages_post", "post_id"),
)

near_misses = Table(  # where the model nearly found a passage
    "near_misses",
    metadata,
    Column("id", WORD, primary_key=True),
    Column("post_id", WORD, nullable=False),
    Column("content_hash", WORD, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("label", WORD, nullable=False),
    Column("chance", Double, nullable=False),
    Column("confidence", Double, nullable=False),
    Column("model", WORD),
    Index("ix_near_misses_post", "post_id"),
)

queue = Table(
    "queue",
    metadata,
    Column("item", WORD, primary_key=True),
    Column("kind", WORD, nullable=False),
    Column("post_id", WORD, nullable=False),
    Column("start", Integer, nullable=False),
    Column("reason", WORD, nullable=False),
    Column("value", Double, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("label", WORD),
    Column("phase", WORD),
    Column("place", WORD),
    Column("day", Date),
    Column("double", Boolean, nullable=False),
    Column("shown", Boolean, nullable=False),
    Column("wanted", Integer, nullable=False),
    Column("open", Boolean, nullable=False),  # whether any reading is still to come
    Column("first_reader", WORD),
    Column("leased_to", WORD),
    Column("leased_until", DateTime),
    Column("details", JSON),
    Column("truth", WORD),  # what is known to be its label
    Index("ix_queue_open", "open", "rank"),
    Index("ix_queue_truth", "truth", "item"),
    Index("ix_queue_post", "post_id"),
)
