"""Where the model nearly found a passage: kept beside the passages, so that reviewers can be asked about what it may have missed.

Comes in: what a model gave the label "other", and which label came next. Goes out: the same, of posts whose text is as it was read. Refuses nothing.
No words stand here, only places: the words are those of the post.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, func, insert, select

from pipeline.labels import OTHER
from pipeline.records import Passage, Span
from pipeline.store.statements import run
from pipeline.store.tables import posts
from pipeline.store.tables_of_review import near_misses

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection

    Connecting = Callable[[], AbstractContextManager[Connection]]

_DROP = delete(near_misses).where(near_misses.c.post_id == bindparam("post"))
_QUOTE = func.substr(posts.c.text, near_misses.c.start + 1, near_misses.c.end - near_misses.c.start)  # the whole text of each post would be told
_ALL = (
    select(near_misses, posts.c.source, _QUOTE.label("quote"))
    .join(posts, posts.c.id == near_misses.c.post_id)
    .where(~posts.c.retired, posts.c.content_hash == near_misses.c.content_hash)
    .order_by(near_misses.c.post_id, near_misses.c.start, near_misses.c.id)
)


class NearMisses:
    """The near misses of a database."""

    def __init__(self, reading: Connecting, writing: Connecting) -> None:
        """Keep how to reach the database."""
        self._reading = reading
        self._writing = writing

    def put(self, found: Mapping[str, Sequence[Passage]], hashes: Mapping[str, str]) -> None:
        """Keep what a model nearly found in these posts, in place of what was kept of them; `hashes` are those of the texts that it read."""
        rows = {one.id: _row(one, hashes[one.post]) for passages in found.values() for one in passages}
        with self._writing() as connection:
            run(connection, _DROP, [{"post": post_id} for post_id in found])
            run(connection, insert(near_misses), list(rows.values()))

    def every(self) -> Iterator[Passage]:
        """Yield what was nearly found, in order of post and place, with the label "other" and the one that came next."""
        with self._reading() as connection:
            for row in connection.execute(_ALL).mappings():
                span = Span(row["start"], row["end"])
                second = (row["label"], row["chance"])
                yield Passage(row["post_id"], row["source"], span, row["quote"], OTHER, row["confidence"], second=second, model=row["model"])


def _row(passage: Passage, content_hash: str) -> dict[str, object]:
    label, chance = passage.second or (OTHER, 0.0)
    place = {"id": passage.id, "post_id": passage.post, "content_hash": content_hash, "start": passage.span.start, "end": passage.span.end}
    return place | {"label": label, "chance": chance, "confidence": passage.confidence, "model": passage.model}
