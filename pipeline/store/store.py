"""The store: the posts that were read, and what was found in them.

Comes in: posts, and the passages of analysed posts. Goes out: the same records, what still waits for an analysis, and the figures and groups
of a phase. Refuses: a database that cannot be opened, read or written, as a `StoreError`. Each method that writes is one transaction and may
be repeated. What a post's text no longer says is not kept: a changed text loses the model's passages until it is analysed again.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any, Self

from pipeline.store import memory, queries, seen, statements, tables
from pipeline.store.corrections import CorrectionBook
from pipeline.store.counts import PutCounts
from pipeline.store.failures import told
from pipeline.store.feeds import FeedMemory
from pipeline.store.fingerprint import fingerprint
from pipeline.store.forgetting import Forgetting
from pipeline.store.journal import Journal
from pipeline.store.known import Known
from pipeline.store.near import NearMisses
from pipeline.store.opening import bring_up_to_date, make_engine, place_of, read_url
from pipeline.store.outbox import Outbox
from pipeline.store.reading import ReadStore, by_ids
from pipeline.store.reviewers import Reviewers
from pipeline.store.rows import passage_row, post_of, post_row
from pipeline.store.search import PassageSearch
from pipeline.store.standing import Reviewing, failing_feeds, reviewing, size
from pipeline.store.turns import Turns
from pipeline.store.waiting import WaitingQueue

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime

    from sqlalchemy import ColumnElement, Connection, Engine, Select

    from pipeline.records import Passage, Post
    from pipeline.remembered import Remembered

    Row = Mapping[Any, Any]
    Rows = Select[tuple[Any, ...]]
    Analysed = Sequence[tuple[Post, Sequence[Passage]]]

_IDS_AT_ONCE = 500  # values in one statement: some builds of SQLite take no more than 999
_ROWS_AT_ONCE = 200  # rows in memory while streaming: a post is some tens of kilobytes


class Store(ReadStore):
    """A database of posts and passages; a context manager that closes it."""

    def __init__(self, engine: Engine, place: str) -> None:
        """Keep the engine, how to name the database to people, and what stands beside the posts."""
        super().__init__(engine, place)
        self.corrections = CorrectionBook(self._reading, self._changing)
        self.queue = WaitingQueue(self._reading, self._writing)
        self.near = NearMisses(self._reading, self._writing)
        self.known = Known(self._reading, self._writing)
        self.search = PassageSearch(self._reading, self._writing)
        self.turns = Turns(self._reading, self._writing)
        self.reviewers = Reviewers(self._reading, self._writing)
        self.forgetting = Forgetting(self._reading, self._changing, engine, place)

    @classmethod
    def open(cls, url: str, timeout: float = 10.0) -> Store:
        """Open the database and bring it up to date; wait at most `timeout` seconds for a lock.

        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder, Store.open(f"sqlite:///{folder}/lessons.db") as store:
        ...     store.count_waiting("cues-1")
        0
        """
        address = read_url(url)
        engine = make_engine(address, timeout)
        place = place_of(address)
        try:
            with told(place):
                bring_up_to_date(engine, place, timeout)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine, place)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        """Return the store itself."""
        return self

    def __exit__(self, *_failure: object) -> None:
        """Close it."""
        self.close()

    # Posts in

    def put_posts(self, put: Sequence[Post]) -> PutCounts:
        """Keep the posts; of two with one id the later counts. Any field makes a change, only the content hash asks for a new analysis."""
        rows = {post.id: post_row(post) for post in put}
        with self._changing() as connection:
            known = {row["id"]: row for row in by_ids(connection, queries.POSTS_WITHOUT_TEXT, list(rows))}
            new = [row for key, row in rows.items() if key not in known]
            changed = [rows[key] for key, before in known.items() if any(before[name] != rows[key][name] for name in before)]
            statements.put(
                connection, tables.posts, sorted([*new, *changed], key=itemgetter("id"))
            )  # in one order: two writers must not wait in a ring
            other_text = [{"post": row["id"]} for row in changed if row["content_hash"] != known[row["id"]]["content_hash"]]
            statements.run(connection, statements.DROP_ANALYSIS, other_text)
            seen.forget_seen(connection, [row["post"] for row in other_text])
            moved = [{"post": row["id"], "new_source": row["source"]} for row in changed if row["source"] != known[row["id"]]["source"]]
            statements.run(connection, statements.MOVE_PASSAGES, moved)
        return PutCounts(new=len(new), changed=len(changed), unchanged=len(rows) - len(new) - len(changed))

    def retire_missing(self, origin: str, ids: Collection[str]) -> int:
        """Retire the posts from `origin` that are not among `ids`, and return how many.

        The lines of a file (``FILE:3``) and the files in a folder belong to it.
        """
        there = set(ids)
        with self._changing() as connection:
            missing = [{"missing": row.id} for row in connection.execute(queries.from_origin(origin)) if not row.retired and row.id not in there]
            statements.run(connection, statements.RETIRE, missing)
        return len(missing)

    # Analysis

    def model(self) -> str | None:
        """Return the model that analysed most posts, None where none did."""
        with self._reading() as connection:
            return connection.scalar(queries.most_used_model())

    def count_waiting(self, model: str, middle_day: date | None = None) -> int:
        """Return how many posts `model` has not analysed as they are now, or told from another middle day of the collection."""
        with self._reading() as connection:
            return connection.execute(queries.how_many(queries.without_analysis(model, _day_key(middle_day)))).scalar_one()

    def waiting(self, model: str, limit: int, middle_day: date | None = None, besides: Collection[str] = ()) -> list[Post]:
        """Return the first posts, in order of source and id, that `model` has not analysed as they are now, or told from another middle day.

        `besides` are posts that are left out: their texts are not read.
        """
        with self._reading() as connection:
            return _first_posts(connection, queries.without_analysis(model, _day_key(middle_day)), limit, besides)

    def put_analysis(self, model: str, phases_key: str, analysed: Analysed, undated: Collection[str] = (), middle_day: date | None = None) -> None:
        """Replace the model's passages of these posts and record the analysis; times of the `undated` posts were told from the middle day.

        A post whose text has changed since it was read is left waiting; a passage that a reviewer set on the same span stays.
        """
        with self._changing() as connection:
            stored = {row["id"]: row["content_hash"] for row in by_ids(connection, queries.POSTS_WITHOUT_TEXT, [post.id for post, _ in analysed])}
            present = [(post, found) for post, found in analysed if stored.get(post.id, post.content_hash) == post.content_hash]
            statements.run(connection, statements.DROP_MODEL_PASSAGES, [{"post": post.id} for post, _ in present])
            reviewed = {row["id"] for row in by_ids(connection, queries.PASSAGES_OF_POSTS, [post.id for post, _ in present])}
            rows = [passage_row(passage) for _, found in present for passage in found if passage.id not in reviewed]
            statements.run(connection, statements.ADD_PASSAGE, rows)
            seen.keep_what_is_corrected(connection, {post.id: found for post, found in present})
            known = {"model": model, "phases_key": phases_key}
            days = {post_id: _day_key(middle_day) for post_id in undated}
            done = [{"post_id": post.id, "content_hash": post.content_hash, "middle_day": days.get(post.id), **known} for post, _ in present]
            statements.put(connection, tables.analyses, done)

    def stale_phases(self, phases_key: str, limit: int) -> list[tuple[Post, list[Passage]]]:
        """Return the first analysed posts whose phases other settings have set, with their passages."""
        with self._reading() as connection:
            stale = _first_posts(connection, queries.other_phases(phases_key), limit)
        found = self.passages_of([post.id for post in stale])
        return [(post, found[post.id]) for post in stale]

    def put_phases(self, phases_key: str, placed: Sequence[tuple[Post, Sequence[Passage]]]) -> None:
        """Keep the phases of these passages, and with which settings they were set."""
        phases = [{"passage": passage.id, "new_phase": passage.phase, "new_by": passage.phase_by} for _, found in placed for passage in found]
        keys = [{"post": post.id, "read_hash": post.content_hash, "new_key": phases_key} for post, _ in placed]
        with self._changing() as connection:
            statements.run(connection, statements.SET_PHASE, phases)
            statements.run(connection, statements.SET_PHASES_KEY, keys)

    def put_groups(self, groups: Mapping[str, str]) -> None:
        """Keep the groups of these passages."""
        with self._writing() as connection:
            statements.run(connection, statements.SET_GROUP, ({"passage": passage, "new_group": group} for passage, group in groups.items()))
        self._hand.regroup(groups)

    # What was told before

    def last_digests(self, phase: str) -> list[Remembered]:
        """Return what is remembered of the last digests of a phase, the newest first; no two that follow each other are the same."""
        with self._reading() as connection:
            return [found for _, found in memory.remembered(connection, phase)]

    def remember_digest(self, phase: str, now: Remembered) -> None:
        """Keep what a digest holds, unless the last one holds the same."""
        with self._writing() as connection:
            memory.remember(connection, phase, now)

    # Beside the posts

    @property
    def outbox(self) -> Outbox:
        """Return the messages to readers."""
        return Outbox(self._reading, self._writing)

    @property
    def journal(self) -> Journal:
        """Return the journal of runs."""
        return Journal(self._reading, self._writing)

    def fingerprint(self) -> str:
        """Return the hash of all of which the digests tell, for a run that keeps at hand what it reads."""
        with self._reading() as connection:
            return fingerprint(connection, map(self.key_of, self.passages()))

    def reviewing(self, since: datetime) -> Reviewing:
        """Return how the reviewers stand, what they did counted from a moment on."""
        with self._reading() as connection:
            return reviewing(connection, since)

    def failing_feeds(self, least: int) -> list[tuple[str, int]]:
        """Return the feeds that failed at least so often in a row, and how often."""
        with self._reading() as connection:
            return failing_feeds(connection, least)

    def size(self) -> int:
        """Return how many bytes the database takes."""
        with self._reading() as connection:
            return size(connection)

    @property
    def feeds(self) -> FeedMemory:
        """Return what is remembered of the feeds."""
        return FeedMemory(self._reading, self._writing)


def _day_key(middle_day: date | None) -> str:
    """Return how a middle day is kept; a collection without any day has none, which is also something that can change."""
    return middle_day.isoformat() if middle_day else "none"


def _first_posts(connection: Connection, condition: ColumnElement[bool], limit: int, besides: Collection[str] = ()) -> list[Post]:
    found_ids = connection.scalars(queries.ids_in_order(condition, limit + len(besides)))
    ids = [post_id for post_id in found_ids if post_id not in besides][:limit]
    found = {row["id"]: post_of(row) for row in by_ids(connection, queries.POSTS_WITH_TEXT, ids)}
    return [found[post_id] for post_id in ids]
