"""What a database forgets: posts go, names become ▮ wherever words are kept, messages and addresses of a reader go.

Comes in: hashes of what shall be forgotten, and what tells whether something is it. Goes out: counts. Refuses, as `StoreError`, a database that
cannot be read or written. Erasing is one transaction and may be repeated; `scrub` then removes what the database still holds in pages that it no
longer uses. Corrections, which nothing else may change, change here alone: their guards are lifted within the transaction.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import delete, func, inspect, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from pipeline.forgotten import Erased, Forgotten, ForgottenKind
from pipeline.store.failures import told
from pipeline.store.rows import post_of
from pipeline.store.tables import addresses, analyses, forgotten, outbox, passages, posts, reviewers
from pipeline.store.tables_of_review import corrections, model_passages, near_misses, queue

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import datetime

    from sqlalchemy import Connection, Engine, Table

    Connecting = Callable[[], AbstractContextManager[Connection]]
    Row = Mapping[Any, Any]

_WORDS: dict[Table, tuple[str, ...]] = {  # the columns in which a name may stand
    posts: ("author", "title", "url", "blog", "licence", "sections", "notes", "text"),
    passages: ("speaker", "why", "action", "chain", "remarks", "quote"),
    model_passages: ("passage",),
    corrections: ("anchor", "further", "before", "after", "note"),
    queue: ("details",),
    reviewers: ("name",),
    outbox: ("subject",),
}
_KEYS = frozenset({"id", "post_id", "source", "model", "group_id"})  # of a passage that is kept as JSON: other tables know it by them
_MADE_ON_DEMAND = ("passage_words", "known")  # outside the migrations: the index of words, and what was worked out of single posts
_AT_ONCE = 500


class Eraser(Protocol):
    """Tells what is to be forgotten."""

    kinds: frozenset[ForgottenKind]

    def cover_in(self, value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
        """Return a value without any forgotten name."""

    def forgets_post(self, post_id: str, url: str | None) -> bool:
        """Tell whether a post is one of the forgotten."""

    def forgets_reader(self, address: str) -> bool:
        """Tell whether an address is one of the forgotten."""


@dataclass(slots=True)
class _Tally:
    rows: dict[str, int] = field(default_factory=dict)
    origins: set[str] = field(default_factory=set)

    def add(self, name: str, count: int) -> None:
        self.rows[name] = self.rows.get(name, 0) + count


class Forgetting:
    """What a store forgets; it borrows the store's connections."""

    def __init__(self, reading: Connecting, writing: Connecting, engine: Engine, place: str) -> None:
        """Keep how to reach the database."""
        self._reading = reading
        self._writing = writing
        self._engine = engine
        self._place = place

    def rows(self) -> list[Forgotten]:
        """Return all that was ever forgotten."""
        with self._reading() as connection:
            return _rows(connection)

    def is_open(self) -> bool:
        """Tell whether something was asked to be forgotten and is not wholly gone yet."""
        with self._reading() as connection:
            return connection.scalar(select(forgotten.c.digest).where(~forgotten.c.finished).limit(1)) is not None

    def remember(self, rows: Sequence[Forgotten], now: datetime) -> None:
        """Keep what shall be forgotten from now on; asking again begins again."""
        with self._writing() as connection:
            dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
            for row in rows:
                values = {name: getattr(row, name) for name in ("kind", "salt", "length", "digest", "quick")} | {"at": now, "finished": False}
                put = dialect.insert(forgotten).values(values)
                connection.execute(put.on_conflict_do_update(index_elements=list(forgotten.primary_key), set_={"finished": False}))

    def finish(self) -> None:
        """Keep that all of it is gone, files too."""
        with self._writing() as connection:
            connection.execute(update(forgotten).values(finished=True))

    def look(self, eraser: Eraser) -> Erased:
        """Return what would go."""
        with self._reading() as connection:
            return _erase(connection, eraser, write=False)

    def erase(self, eraser: Eraser) -> Erased:
        """Let it go, and return what went."""
        with self._writing() as connection, _unguarded(connection):
            return _erase(connection, eraser, write=True)

    def scrub(self) -> None:
        """Remove what the database keeps of former states: in free pages and in the log of SQLite, in dead rows of PostgreSQL."""
        with told(self._place):
            if self._engine.dialect.name == "postgresql":
                with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                    connection.execute(text("VACUUM"))
                return
            raw = self._engine.raw_connection()
            try:
                raw.cursor().execute("VACUUM")
                raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                raw.close()


def _rows(connection: Connection) -> list[Forgotten]:
    found = connection.execute(select(forgotten).order_by(forgotten.c.at, forgotten.c.digest))
    return [Forgotten(row.kind, row.salt, row.length, row.digest, row.quick) for row in found]


def _erase(connection: Connection, eraser: Eraser, *, write: bool) -> Erased:
    tally = _Tally()
    gone = _forgotten_posts(connection, eraser, tally) if "post" in eraser.kinds else []
    if gone:
        _drop_posts(connection, gone, tally, write=write)
    if "person" in eraser.kinds:
        for table in _WORDS:
            _cover_table(connection, table, eraser, set(gone), tally, write=write)
    if tally.rows:
        _drop_messages(connection, tally, write=write)
    if "reader" in eraser.kinds:
        _drop_readers(connection, eraser, tally, write=write)
    for name in _MADE_ON_DEMAND if write else ():
        if inspect(connection).has_table(name):
            connection.execute(text(f"DELETE FROM {name}"))  # noqa: S608 - a constant of ours
    names = ("posts", "passages", "corrections", "messages", "readers")
    return Erased(**{name: tally.rows.get(name, 0) for name in names}, origins=tuple(sorted(tally.origins)))


def _forgotten_posts(connection: Connection, eraser: Eraser, tally: _Tally) -> list[str]:
    """Return the ids of the posts, also those that they had while their text was another."""
    rows = connection.execute(select(posts.c.id, posts.c.url, posts.c.origin, posts.c.retired)).all()
    named = {row.id for row in rows if eraser.forgets_post(row.id, row.url)}
    origins = {row.origin for row in rows if row.id in named}
    found = [row.id for row in rows if row.id in named or (row.retired and row.origin in origins)]
    tally.origins |= origins
    if found:
        tally.add("posts", len(found))
    return found


def _drop_posts(connection: Connection, ids: Sequence[str], tally: _Tally, *, write: bool) -> None:
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        texts = list(connection.scalars(select(posts.c.text).where(posts.c.id.in_(some))))
        tally.add("passages", connection.scalar(select(func.count()).select_from(passages).where(passages.c.post_id.in_(some))) or 0)
        of_post = set(connection.scalars(select(corrections.c.number).where(corrections.c.post_id.in_(some))))
        of_post |= {number for number, quoted in _quoted_elsewhere(connection) if any(words in body for words in quoted if words for body in texts)}
        tally.add("corrections", len(of_post))
        if write:
            connection.execute(delete(corrections).where(corrections.c.number.in_(sorted(of_post))))
            for table in (passages, analyses, model_passages, near_misses, queue):
                connection.execute(delete(table).where(table.c.post_id.in_(some)))
            connection.execute(delete(posts).where(posts.c.id.in_(some)))


def _quoted_elsewhere(connection: Connection) -> Iterator[tuple[int, list[str]]]:
    """Yield the corrections that speak of several passages, with the words by which each of those is found."""
    for number, further in connection.execute(select(corrections.c.number, corrections.c.further)).tuples():
        if further:
            yield number, [f"{prefix}{exact}{suffix}" for _, _, exact, prefix, suffix, *_ in further]


def _cover_table(connection: Connection, table: Table, eraser: Eraser, gone: set[str], tally: _Tally, *, write: bool) -> None:  # noqa: PLR0913
    """Cover the names in the rows of a table; only the rows in which one stands are held in memory."""
    [key] = table.primary_key.columns
    changed: list[tuple[Row, dict[str, Any]]] = []
    with connection.execute(select(table), execution_options={"yield_per": _AT_ONCE}) as rows:
        for row in rows.mappings():
            if row.get("post_id") in gone or (table is posts and row["id"] in gone):
                continue
            new = {column: _covered(row[column], eraser, table) for column in _WORDS[table]}
            if any(new[column] != row[column] for column in new):
                changed.append((row, new))
    for old, new in changed:
        if table is posts:
            tally.origins.add(old["origin"])
            new["content_hash"] = post_of({**old, **new}).content_hash
        if write:
            connection.execute(update(table).where(key == old[key.name]).values(**new))
    if changed:
        tally.add(table.name, len(changed))


def _covered(value: Any, eraser: Eraser, table: Table) -> Any:  # noqa: ANN401 - whatever the column holds
    if table is model_passages:
        return {name: part if name in _KEYS else eraser.cover_in(part) for name, part in value.items()}
    return eraser.cover_in(value)


def _drop_messages(connection: Connection, tally: _Tally, *, write: bool) -> None:
    """Forget what messages say: any may quote what goes. What waits is composed anew; that the others were sent stays known."""
    tally.add("messages", connection.scalar(select(func.count()).select_from(outbox).where(outbox.c.message.is_not(None))) or 0)
    if write:
        connection.execute(delete(outbox).where(outbox.c.state == "waiting"))
        connection.execute(update(outbox).where(outbox.c.state == "aside").values(state="dropped"))
        connection.execute(update(outbox).values(message=None))


def _drop_readers(connection: Connection, eraser: Eraser, tally: _Tally, *, write: bool) -> None:
    known = {*connection.scalars(select(outbox.c.recipient).distinct()), *connection.scalars(select(addresses.c.address))}
    own = {address for address in connection.scalars(select(reviewers.c.email)) if address and eraser.forgets_reader(address)}
    found = sorted(address for address in known if eraser.forgets_reader(address))
    tally.add("readers", len({*found, *own}))
    of_reader = outbox.c.recipient.in_(found)
    tally.add("messages", connection.scalar(select(func.count()).select_from(outbox).where(of_reader)) or 0)
    if write:
        connection.execute(delete(outbox).where(of_reader))
        connection.execute(delete(addresses).where(addresses.c.address.in_(found)))
        connection.execute(update(reviewers).where(reviewers.c.email.in_(sorted(own))).values(email=None))


@contextmanager
def _unguarded(connection: Connection) -> Iterator[None]:
    """Lift the guards of the corrections within this transaction: if it fails, they stand as before."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("ALTER TABLE corrections DISABLE TRIGGER keep_corrections"))
        yield
        connection.execute(text("ALTER TABLE corrections ENABLE TRIGGER keep_corrections"))
        return
    guards = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'corrections'")).tuples().all()
    for name, _ in guards:
        connection.execute(text(f"DROP TRIGGER {name}"))
    yield
    for _, made in guards:
        connection.exec_driver_sql(made)
