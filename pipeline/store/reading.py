"""What a store gives out: posts, passages, and the figures and groups of a phase.

Comes in: the engine of a database. Goes out: records, as a reader sees them. Refuses: a database that cannot be read, as a `StoreError`. Nothing
is changed here.
"""

from __future__ import annotations

from contextlib import contextmanager
from itertools import groupby
from threading import Lock
from typing import TYPE_CHECKING, Any

from pipeline.languages import middle_day
from pipeline.records import Evidence, Span, short_hash
from pipeline.store import queries, seen
from pipeline.store.counts import PhaseSummary
from pipeline.store.failures import told
from pipeline.store.hand import Hand
from pipeline.store.kept import MOST, KeptPassages
from pipeline.store.rows import named, outline_of, passage_of, post_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from sqlalchemy import Connection, Engine, Row, Select

    from pipeline.records import Passage, Post
    from pipeline.store.hand import Held

    Rows = Select[tuple[Any, ...]]

_IDS_AT_ONCE = 500  # values in one statement: some builds of SQLite take no more than 999
_ROWS_AT_ONCE = 200  # rows in memory while streaming: a post is some tens of kilobytes


class ReadStore:
    """A database of posts and passages, to be read."""

    def __init__(self, engine: Engine, place: str) -> None:
        """Keep the engine, and how to name the database to people."""
        self._engine = engine
        self._writing_engine = engine.execution_options(writing=True)
        self._place = place
        self._turn = Lock()
        self._as_told: Callable[[Passage], Passage] = _as_it_is
        self.names_told = ""
        self._kept = KeptPassages()
        self._hand = Hand()

    # Records out

    def tell_as(self, told: Callable[[Passage], Passage], names: str) -> None:
        """Give out every passage from now on as `told` returns it, as with one name for one person; what is kept stays as it is.

        `names` are others where `told` is another.
        """
        self._as_told, self.names_told = told, names
        self._hand.drop()

    def posts(self) -> Iterator[Post]:
        """Yield every post that is not retired, in order of source and id."""
        for row in self._stream(queries.live_posts()):
            yield post_of(named(row))

    def outlines(self) -> Iterator[tuple[Post, str]]:
        """Yield the posts in the same order without their texts, each with the hash of its text, its sections and who wrote them."""
        return self._hand.outlines(_outlined(named(row)) for row in self._stream(queries.live_outlines()))

    def passages(self) -> Iterator[Passage]:
        """Yield every passage of the posts that are not retired, in order of source, start, end and id."""
        held = self._held()
        return map(self._as_told, held.passages if held else self._read())

    def count_posts(self) -> int:
        """Return how many posts are not retired."""
        with self._reading() as connection:
            return connection.execute(queries.how_many()).scalar_one()

    def posts_by_id(self, post_ids: Sequence[str]) -> dict[str, Post]:
        """Return those of the posts that the store knows, also retired ones."""
        with self._reading() as connection:
            return {row["id"]: post_of(row) for row in by_ids(connection, queries.POSTS_WITH_TEXT, post_ids)}

    def outlines_by_id(self, post_ids: Sequence[str]) -> dict[str, tuple[Post, str]]:
        """Return those of the posts that the store knows, as `outlines` tells them, also retired ones."""
        known = self._hand.outlines_of(post_ids)
        others = [post_id for post_id in post_ids if post_id not in known]
        with self._reading() as connection:
            return known | {row["id"]: _outlined(row) for row in by_ids(connection, queries.OUTLINES, others)}

    def standing(self, post_ids: Sequence[str]) -> dict[str, tuple[str, str]]:
        """Return the content hash and the source of those of the posts that are not retired."""
        with self._reading() as connection:
            return {row["id"]: (row["content_hash"], row["source"]) for row in by_ids(connection, queries.PLACES_OF_POSTS, post_ids)}

    def days(self) -> dict[str, date]:
        """Return the days on which the posts were written, by their ids, as far as they tell it."""
        with self._reading() as connection:
            return {row["id"]: row["posted_at"].date() for row in connection.execute(queries.days()).mappings()}

    def middle_day(self) -> date | None:
        """Return the middle one of the days on which the posts were written, as far as they tell it."""
        with self._reading() as connection:
            return middle_day(moment.date() for moment in connection.scalars(queries.moments()) if moment)

    def passages_of(self, post_ids: Sequence[str]) -> dict[str, list[Passage]]:
        """Return the passages of each of the posts, also of retired ones, in the order of the text."""
        held = self._held(read=False)
        known = held.by_post if held else {}
        found: dict[str, list[Passage]] = {post_id: list(map(self._as_told, known.get(post_id, ()))) for post_id in post_ids}
        with self._reading() as connection:
            for row in rows_by_ids(connection, queries.PASSAGES_OF_POSTS, [post_id for post_id in post_ids if post_id not in known]):
                found[row.post_id].append(self._as_told(self._kept.of(row)))
        return found

    def mark_of(self, passage: Passage) -> str:
        """Return a hash of all that is known of a passage, but its phase and its group."""
        return self._kept.mark(passage)

    def key_of(self, passage: Passage) -> str:
        """Return a hash of all that is known of a passage, as it is told."""
        return short_hash(self.mark_of(passage), str(passage.phase), passage.phase_by, str(passage.group), self.names_told)

    def keep_at_hand(self) -> None:
        """Keep what is read from now on at hand, for a run that asks for it again and again."""
        self._kept.keeps = self._hand.keeps = True

    def take_at_hand(self) -> None:
        """Read what a run will ask for again and again, if it keeps it."""
        self._held()

    def said_by_model(self) -> list[Passage]:
        """Return what the model said of the posts that are not retired, corrected or not, in order of post and start."""
        held = self._held()
        with self._reading() as connection:
            return seen.said_by_model(connection, held.by_id if held else {passage.id: passage for passage in self._read()})

    def shown_as_read(self) -> set[str]:
        """Return the ids of the passages that a reader sees as the model read them."""
        with self._reading() as connection:
            return set(connection.scalars(queries.IDS_AS_READ))

    def spans_by_post(self) -> dict[str, list[Span]]:
        """Return where passages stand, by post."""
        found: dict[str, list[Span]] = {}
        with self._reading() as connection:
            for post, start, end in connection.execute(queries.SPANS):
                found.setdefault(post, []).append(Span(start, end))
        return found

    def passage(self, passage_id: str) -> Passage | None:
        """Return a passage by its id, as a reader sees it."""
        with self._reading() as connection:
            row = connection.execute(queries.PASSAGE, {"id": passage_id}).mappings().first()
        return passage_of(row) if row else None

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
        held = self._held()
        if held:
            with self._reading() as connection:
                names = connection.execute(queries.best_groups(phase, label, limit, names=True)).all()
            if self._held(read=False) is held:  # else a reviewer has changed passages between both, and the names are of others
                yield from self._groups_at_hand(names, held)
                return
        rows = self._stream(queries.best_groups(phase, label, limit))
        for _, group in groupby(rows, key=lambda row: row.rank):
            yield [self._evidence(row) for row in group]

    def newest_groups(self, phase: str | None) -> list[tuple[str, str]]:
        """Return the label and the key of every group of a phase, the one that was told of last first."""
        with self._reading() as connection:
            return [(row.label, row.key) for row in connection.execute(queries.newest_groups(phase))]

    def groups_by_key(self, phase: str | None, keys: Sequence[str]) -> dict[str, list[Evidence]]:
        """Return these groups of a phase, each with its first 20 passages."""
        with self._reading() as connection:
            rows = list(rows_by_ids(connection, queries.groups_by_key(phase), keys))
        return {key: [self._evidence(row) for row in group][: queries.EVIDENCE_LIMIT] for key, group in groupby(rows, key=lambda row: row.key)}

    # Connections

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with told(self._place), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _changing(self) -> Iterator[Connection]:
        """Give a connection on which posts or passages are written: what is at hand of them is dropped."""
        try:
            with self._writing() as connection:
                yield connection
        finally:
            self._hand.drop()

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._turn, told(self._place), self._writing_engine.begin() as connection:  # SQLite lets those who wait overtake each other
            yield connection

    def _held(self, *, read: bool = True) -> Held | None:
        """Return the passages that are at hand, where a run asks for that and they are not too many; else they are read, unless they shall not be."""
        if not self._hand.keeps:
            return None
        with self._reading() as connection:
            count, last = connection.execute(queries.CORRECTIONS_SO_FAR).tuples().one()
            held = self._hand.held((count, last))
            if held or not read or connection.execute(queries.COUNT_OF_PASSAGES).scalar_one() > MOST:
                return held
        return self._hand.hold((count, last), self._read())

    def _read(self) -> Iterator[Passage]:
        return map(self._kept.of, self._stream(queries.live_passages()))

    def _groups_at_hand(self, names: Sequence[Row[Any]], held: Held) -> Iterator[list[Evidence]]:
        """Yield groups of which the passages were asked for by name."""
        posts = self.outlines_by_id(list({held.by_id[row.id].post for row in names}))
        for _, group in groupby(names, key=lambda row: row.rank):
            found = [held.by_id[row.id] for row in group]
            yield [_evidence_of(self._as_told(passage), posts[passage.post][0]) for passage in found]

    def _evidence(self, row: Row[Any]) -> Evidence:
        return Evidence(self._as_told(self._kept.of(row)), row.title, row.author, row.posted_at, row.url)

    def _stream(self, question: Rows) -> Iterator[Row[Any]]:
        with self._reading() as connection, connection.execution_options(yield_per=_ROWS_AT_ONCE).execute(question) as result:
            yield from result


def _outlined(row: Mapping[Any, Any]) -> tuple[Post, str]:
    return outline_of(row), short_hash(row["content_hash"], repr(row["sections"]))


def _evidence_of(passage: Passage, post: Post) -> Evidence:
    return Evidence(passage, post.title, post.author, post.posted_at, post.url)


def _as_it_is(passage: Passage) -> Passage:
    return passage


def by_ids(connection: Connection, question: Rows, ids: Sequence[str]) -> Iterator[Mapping[Any, Any]]:
    """Yield the rows that a question finds of these `ids`, by the names of their columns."""
    return (named(row) for row in rows_by_ids(connection, question, ids))


def rows_by_ids(connection: Connection, question: Rows, ids: Sequence[str]) -> Iterator[Row[Any]]:
    """Yield the rows that a question finds of these `ids`, some hundreds at a time."""
    for start in range(0, len(ids), _IDS_AT_ONCE):
        yield from connection.execute(question, {"ids": ids[start : start + _IDS_AT_ONCE]}).all()  # one by one they take longer
