"""The tables as the newest migration leaves them.

Comes in: nothing. Goes out: SQLAlchemy Core tables for posts, analyses, passages, digests, messages, feeds, runs and reviewers. Refuses nothing:
the tests compare them with the migrations. Names compare by code point on every database, so that an order or a smallest value never depends on
where it is computed. Long texts stand last in a row: SQLite reads a row from its front and leaves the rest on the disk.
"""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Boolean, Column, Date, DateTime, Double, ForeignKey, Index, Integer, MetaData, Table, Text
from sqlalchemy.dialects.postgresql import TEXT

REVISION = "0012"  # of the newest migration: a database that has it is opened without loading Alembic
REVISION_TABLE = "lessons_revision"  # a name of our own: other programs keep an `alembic_version`

WORD = Text().with_variant(TEXT(collation="C"), "postgresql")

metadata = MetaData(
    naming_convention={"ix": "ix_%(column_0_label)s", "pk": "pk_%(table_name)s", "fk": "fk_%(table_name)s_%(column_0_name)s"},
)

posts = Table(
    "posts",
    metadata,
    Column("id", WORD, primary_key=True),
    Column("source", WORD, nullable=False),
    Column("origin", WORD, nullable=False),
    Column("retired", Boolean, nullable=False),
    Column("content_hash", WORD, nullable=False),
    Column("posted_at", DateTime),
    Column("edited_at", DateTime),
    Column("author", WORD),
    Column("title", Text),
    Column("url", Text),
    Column("blog", Text),
    Column("licence", Text),
    Column("sections", JSON, nullable=False),
    Column("notes", JSON, nullable=False),
    Column("text", Text, nullable=False),
    Index("ix_posts_in_order", "retired", "source", "id", "content_hash"),
    Index("ix_posts_origin", "origin"),
)

analyses = Table(
    "analyses",
    metadata,
    Column("post_id", WORD, ForeignKey(posts.c.id), primary_key=True),
    Column("content_hash", WORD, nullable=False),
    Column("model", WORD, nullable=False),
    Column("phases_key", WORD, nullable=False),
    Column("middle_day", WORD),  # from which its times were told, where the post tells no day
)

passages = Table(
    "passages",
    metadata,
    Column("id", WORD, primary_key=True),
    Column("post_id", WORD, ForeignKey(posts.c.id), nullable=False),
    Column("source", WORD, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("label", WORD, nullable=False),
    Column("confidence", Double, nullable=False),
    Column("second", WORD),
    Column("second_confidence", Double),
    Column("phase", WORD),
    Column("phase_by", WORD, nullable=False),
    Column("group_id", WORD),
    Column("voice", WORD, nullable=False),
    Column("speaker", WORD),
    Column("model", WORD),
    Column("origin", WORD, nullable=False),
    Column("why", JSON, nullable=False),
    Column("also", JSON, nullable=False),
    Column("facets", JSON, nullable=False),
    Column("action", JSON(none_as_null=True)),
    Column("chain", JSON, nullable=False),
    Column("remarks", JSON, nullable=False),
    Column("quote", Text, nullable=False),
    Index("ix_passages_in_order", "source", "start", "end", "id"),
    Index("ix_passages_post", "post_id"),
    Index("ix_passages_phase", "phase", "label", "group_id"),
)

digests = Table(
    "digests",
    metadata,
    Column("phase", WORD, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("model", WORD, nullable=False),
    Column("posts", Integer, nullable=False),
    Column("last_post", Date),
    Column("matters", JSON, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("key", WORD, nullable=False),
    Column("recipient", WORD, nullable=False),
    Column("phase", WORD, nullable=False),
    Column("message_id", WORD, nullable=False),
    Column("subject", Text, nullable=False),
    Column("state", WORD, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("composed_at", DateTime, nullable=False),
    Column("next_try", DateTime, nullable=False),
    Column("claimed_at", DateTime),
    Column("claimed_by", WORD),
    Column("ended_at", DateTime),
    Column("said", Text),
    Column("seen", JSON, nullable=False),
    Column("message", Text),
    Index("ix_outbox_key", "key", unique=True),
    Index("ix_outbox_state", "state", "next_try"),
    Index("ix_outbox_reader", "recipient", "phase"),
)

addresses = Table(
    "addresses",
    metadata,
    Column("address", WORD, primary_key=True),
    Column("name", WORD, nullable=False),
    Column("stopped", WORD),
    Column("stopped_at", DateTime),
    Index("ix_addresses_name", "name", unique=True),
)

secrets = Table(
    "secrets",
    metadata,
    Column("purpose", WORD, primary_key=True),
    Column("secret", WORD, nullable=False),
)

journal = Table(
    "journal",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("began", DateTime, nullable=False),
    Column("ended", DateTime),
    Column("outcome", WORD, nullable=False),
    Column("counts", JSON, nullable=False),
)

feeds = Table(
    "feeds",
    metadata,
    Column("url", WORD, primary_key=True),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("checked_at", DateTime),
    Column("due_at", DateTime),
    Column("failures", Integer, nullable=False),
    Column("said", Text),
)

runs = Table(
    "runs",
    metadata,
    Column("id", WORD, primary_key=True),  # of what only one may do at a time
    Column("owner", WORD, nullable=False),
    Column("place", WORD, nullable=False),
    Column("started", WORD, nullable=False),
    Column("beat", Integer, nullable=False),
)

forgotten = Table(  # what shall not be kept any more, as `pipeline.forgotten` hashes it
    "forgotten",
    metadata,
    Column("kind", WORD, primary_key=True),
    Column("salt", WORD, nullable=False),
    Column("length", Integer, nullable=False),
    Column("quick", Integer, nullable=False),
    Column("digest", WORD, primary_key=True),
    Column("at", DateTime, nullable=False),
    Column("finished", Boolean, nullable=False),  # what was kept of it is gone, files too
)

reviewers = Table(
    "reviewers",
    metadata,
    Column("id", WORD, primary_key=True),
    Column("name", Text, nullable=False),
    Column("role", WORD, nullable=False),
    Column("email", WORD),
    Column("lang", WORD, nullable=False),
    Column("password", WORD),
    Column("made_at", BigInteger, nullable=False),
    Column("revoked_at", BigInteger),
    Column("preferences", JSON, nullable=False),
)

review_sessions = Table(
    "review_sessions",
    metadata,
    Column("id", WORD, primary_key=True),
    Column("reviewer", WORD, ForeignKey(reviewers.c.id), nullable=False),
    Column("by_link", Boolean, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Index("ix_review_sessions_reviewer", "reviewer"),
)

review_links = Table(
    "review_links",
    metadata,
    Column("id", WORD, primary_key=True),
    Column("reviewer", WORD, ForeignKey(reviewers.c.id), nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("redeemed", Integer, nullable=False),
    Column("revoked_at", BigInteger),
    Index("ix_review_links_reviewer", "reviewer"),
)
