"""The store: the posts that were read, and what was found in them.

Comes in: posts, and the passages of analysed posts. Goes out: the same records, what still waits for an analysis, and the figures and groups
of a phase. Refuses: a database that cannot be opened, read or written, as a `StoreError`. Each method that writes is one transaction and may
be repeated. What a post's text no longer says is not kept: a changed text loses the model's passages until it is analysed again.
"""

from __future__ import annotations

from contextlib import contextmanager
from itertools import groupby
from typing import TYPE_CHECKING, Any, Self

from pipeline.languages.th.dates.calendar import middle_day
from pipeline.store import memory, queries, statements, tables
from pipeline.store.counts import PhaseSummary, PutCounts
from pipeline.store.failures import told
from pipeline.store.fingerprint import fingerprint
from pipeline.store.journal import Journal
from pipeline.store.opening import bring_up_to_date, make_engine, place_of, read_url
from pipeline.store.outbox import Outbox
from pipeline.store.rows import evidence_of, passage_of, passage_row, post_of, post_row

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, Connection, Engine, Select

    from pipeline.records import Evidence, Passage, Post
    from pipeline.remembered import Remembered

    Row = Mapping[Any, Any]
    Rows = Select[tuple[Any, ...]]

_IDS_AT_ONCE = 500  # values in one statement: some builds of SQLite take no more than 999
_ROWS_AT_ONCE = 200  # rows in memory while streaming: a post is some tens of kilobytes


class Store:
    """A database of posts and passages; a context manager that closes it."""

    def __init__(self, engine: Engine, place: str) -> None:
        """Keep the engine, and how to name the database to people."""
        self._engine = engine
        self._writing_engine = engine.execution_options(writing=True)
        self._place = place

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
        with self._writing() as connection:
            known = {row["id"]: row for row in _by_ids(connection, queries.posts_without_text, list(rows))}
            new = [row for key, row in rows.items() if key not in known]
            changed = [rows[key] for key, before in known.items() if any(before[name] != rows[key][name] for name in before)]
            statements.put(connection, tables.posts, [*new, *changed])
            other_text = [{"post": row["id"]} for row in changed if row["content_hash"] != known[row["id"]]["content_hash"]]
            statements.run(connection, statements.DROP_ANALYSIS, other_text)
            statements.run(connection, statements.DROP_MODEL_PASSAGES, other_text)
            moved = [{"post": row["id"], "new_source": row["source"]} for row in changed if row["source"] != known[row["id"]]["source"]]
            statements.run(connection, statements.MOVE_PASSAGES, moved)
        return PutCounts(new=len(new), changed=len(changed), unchanged=len(rows) - len(new) - len(changed))

    def retire_missing(self, origin: str, ids: Collection[str]) -> int:
        """Retire the posts from `origin` that are not among `ids`, and return how many.

        The lines of a file (``FILE:3``) and the files in a folder belong to it.
        """
        there = set(ids)
        with self._writing() as connection:
            missing = [{"missing": row.id} for row in connection.execute(queries.from_origin(origin)) if not row.retired and row.id not in there]
            statements.run(connection, statements.RETIRE, missing)
        return len(missing)

    # Analysis

    def model(self) -> str | None:
        """Return the model that analysed most posts, None where none did."""
        with self._reading() as connection:
            return connection.scalar(queries.most_used_model())

    def count_waiting(self, model: str) -> int:
        """Return how many posts `model` has not analysed as they are now."""
        with self._reading() as connection:
            return connection.execute(queries.how_many(queries.without_analysis(model))).scalar_one()

    def waiting(self, model: str, limit: int) -> list[Post]:
        """Return the first posts, in order of source and id, that `model` has not analysed as they are now."""
        with self._reading() as connection:
            return _first_posts(connection, queries.without_analysis(model), limit)

    def put_analysis(self, model: str, phases_key: str, analysed: Sequence[tuple[Post, Sequence[Passage]]]) -> None:
        """Replace the model's passages of these posts and record the analysis.

        A post whose text has changed since it was read is left waiting; a passage that a reviewer set on the same span stays.
        """
        with self._writing() as connection:
            stored = {row["id"]: row["content_hash"] for row in _by_ids(connection, queries.posts_without_text, [post.id for post, _ in analysed])}
            present = [(post, found) for post, found in analysed if stored.get(post.id, post.content_hash) == post.content_hash]
            statements.run(connection, statements.DROP_MODEL_PASSAGES, [{"post": post.id} for post, _ in present])
            reviewed = {row["id"] for row in _by_ids(connection, queries.passages_of_posts, [post.id for post, _ in present])}
            rows = [passage_row(passage) for _, found in present for passage in found if passage.id not in reviewed]
            statements.run(connection, statements.ADD_PASSAGE, rows)
            done = [{"post_id": post.id, "content_hash": post.content_hash, "model": model, "phases_key": phases_key} for post, _ in present]
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
        with self._writing() as connection:
            statements.run(connection, statements.SET_PHASE, phases)
            statements.run(connection, statements.SET_PHASES_KEY, keys)

    def put_groups(self, groups: Mapping[str, str]) -> None:
        """Keep the groups of these passages."""
        with self._writing() as connection:
            statements.run(connection, statements.SET_GROUP, [{"passage": passage, "new_group": group} for passage, group in groups.items()])

    # Records out

    def posts(self) -> Iterator[Post]:
        """Yield every post that is not retired, in order of source and id."""
        for row in self._stream(queries.live_posts()):
            yield post_of(row)

    def passages(self) -> Iterator[Passage]:
        """Yield every passage of the posts that are not retired, in order of source, start, end and id."""
        for row in self._stream(queries.live_passages()):
            yield passage_of(row)

    def count_posts(self) -> int:
        """Return how many posts are not retired."""
        with self._reading() as connection:
            return connection.execute(queries.how_many()).scalar_one()

    def posts_by_id(self, post_ids: Sequence[str]) -> dict[str, Post]:
        """Return those of the posts that the store knows, also retired ones."""
        with self._reading() as connection:
            return {row["id"]: post_of(row) for row in _by_ids(connection, queries.posts_with_text, post_ids)}

    def middle_day(self) -> date | None:
        """Return the middle one of the days on which the posts were written, as far as they tell it."""
        with self._reading() as connection:
            return middle_day(moment.date() for moment in connection.scalars(queries.moments()) if moment)

    def passages_of(self, post_ids: Sequence[str]) -> dict[str, list[Passage]]:
        """Return the passages of each of the posts, also of retired ones, in the order of the text."""
        found: dict[str, list[Passage]] = {post_id: [] for post_id in post_ids}
        with self._reading() as connection:
            for row in _by_ids(connection, queries.passages_of_posts, post_ids):
                found[row["post_id"]].append(passage_of(row))
        return found

    # Phases out

    def phase_ids(self) -> list[str | None]:
        """Return the phases that occur in passages, None last."""
        with self._reading() as connection:
            return sorted(connection.scalars(queries.phases()), key=lambda phase: (phase is None, phase or ""))

    def phase_summary(self, phase: str | None, unsure_below: float) -> PhaseSummary:
        """Return the figures of the phase; None stands for the passages without one."""
        with self._reading() as connection:
            figures = dict(connection.execute(queries.phase_figures(phase, unsure_below)).mappings().one())
            totals = {row.label: row.groups for row in connection.execute(queries.group_totals(phase))}
        days = {name: figures[name] and figures[name].date() for name in ("first_post", "last_post")}
        return PhaseSummary(**{**figures, **days}, totals=totals)

    def posts_in_phase(self, phase: str | None) -> list[str]:
        """Return the ids of the posts with passages in a phase."""
        with self._reading() as connection:
            return list(connection.scalars(queries.posts_in_phase(phase)))

    def top_groups(self, phase: str | None, label: str, limit: int) -> list[list[Evidence]]:
        """Return the groups that most posts speak for, each with its first 20 passages in order of source and start.

        Ranked by different posts, then passages, then the highest confidence, then the place of the first passage.
        """
        return list(self.groups(phase, label, limit))

    def groups(self, phase: str | None, label: str, limit: int) -> Iterator[list[Evidence]]:
        """Yield what `top_groups` returns, one group after another, so that many need no more memory than one."""
        rows = self._stream(queries.best_groups(phase, label, limit))
        for _, group in groupby(rows, key=lambda row: row["rank"]):
            yield [evidence_of(row) for row in group]

    def newest_groups(self, phase: str | None) -> list[tuple[str, str]]:
        """Return the label and the key of every group of a phase, the one that was told of last first."""
        with self._reading() as connection:
            return [(row.label, row.key) for row in connection.execute(queries.newest_groups(phase))]

    def groups_by_key(self, phase: str | None, keys: Sequence[str]) -> dict[str, list[Evidence]]:
        """Return these groups of a phase, each with its first 20 passages."""
        with self._reading() as connection:
            rows = list(_by_ids(connection, lambda some: queries.groups_by_key(phase, some), keys))
        return {key: [evidence_of(row) for row in group][: queries.EVIDENCE_LIMIT] for key, group in groupby(rows, key=lambda row: row["key"])}

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
        """Return the hash of all of which the digests tell."""
        with self._reading() as connection:
            return fingerprint(connection)

    # Connections

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with told(self._place), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with told(self._place), self._writing_engine.begin() as connection:
            yield connection

    def _stream(self, question: Rows) -> Iterator[Row]:
        with self._reading() as connection, connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(question) as result:
            yield from result.mappings()


def _first_posts(connection: Connection, condition: ColumnElement[bool], limit: int) -> list[Post]:
    ids = connection.scalars(queries.ids_in_order(condition, limit)).all()
    found = {row["id"]: post_of(row) for row in _by_ids(connection, queries.posts_with_text, ids)}
    return [found[post_id] for post_id in ids]


def _by_ids(connection: Connection, question: Callable[[Sequence[str]], Rows], ids: Sequence[str]) -> Iterator[Row]:
    for start in range(0, len(ids), _IDS_AT_ONCE):
        yield from connection.execute(question(ids[start : start + _IDS_AT_ONCE])).mappings()
