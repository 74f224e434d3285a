"""Search in passages by Thai words: with the full-text index of SQLite (FTS5) or of PostgreSQL, over our own words.

Comes in: passages as readers see them, and words that somebody looks for. Goes out: ids of passages. Refuses nothing. Neither database knows where a
Thai word ends, so each word is kept as a sign of its own (a hash), and the index sees words like any other. What no index finds, because it was cut
otherwise, is looked for letter by letter. The index is derived: it stands outside the migrations, and `refresh` brings it up to date.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import inspect, select, text

from pipeline.languages import words_of
from pipeline.records import short_hash
from pipeline.store.statements import run
from pipeline.store.tables import passages, posts
from pipeline.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection

    Connecting = Callable[[], AbstractContextManager[Connection]]

_TABLE = "passage_words"
_FEW = 100
_AT_ONCE = 500  # passages in memory while they are entered
_LIVE = select(passages.c.id, passages.c.quote).join(posts, posts.c.id == passages.c.post_id).where(~posts.c.retired)
_MOST = 500  # passages that are told
_MAKE = {
    "sqlite": ("CREATE VIRTUAL TABLE passage_words USING fts5(passage UNINDEXED, told UNINDEXED, words, tokenize = 'ascii')",),
    "postgresql": (
        "CREATE TABLE passage_words (passage text NOT NULL, told text NOT NULL, words tsvector NOT NULL)",
        "CREATE INDEX ix_passage_words ON passage_words USING gin (words)",
    ),
}
_ADD = {
    "sqlite": "INSERT INTO passage_words (passage, told, words) VALUES (:passage, :told, :words)",
    "postgresql": "INSERT INTO passage_words (passage, told, words) VALUES (:passage, :told, to_tsvector('simple', :words))",
}
_FIND = {
    "sqlite": "SELECT passage FROM passage_words WHERE passage_words MATCH :words LIMIT :most",
    "postgresql": "SELECT passage FROM passage_words WHERE words @@ phraseto_tsquery('simple', :words) LIMIT :most",
}


class PassageSearch:
    """The index of a database."""

    def __init__(self, reading: Connecting, writing: Connecting) -> None:
        """Keep how to reach the database."""
        self._reading = reading
        self._writing = writing

    def refresh(self) -> int:
        """Bring the index up to date with the passages, and return how many changed in it."""
        with self._writing() as connection:
            kind = connection.dialect.name
            if not inspect(connection).has_table(_TABLE):
                for statement in _MAKE[kind]:
                    connection.execute(text(statement))
            known = dict(connection.execute(text("SELECT passage, told FROM passage_words")).tuples().all())
            new = _others(connection, known)
            gone = list(known)
            if len(gone) > _FEW:  # each would be looked for through the whole index
                connection.execute(text("DELETE FROM passage_words"))
                new = _others(connection, {})
            elif gone:
                connection.execute(text("DELETE FROM passage_words WHERE passage = :passage"), [{"passage": id_} for id_ in gone])
            for start in range(0, len(new), _AT_ONCE):
                run(connection, text(_ADD[kind]), _entries(connection, new[start : start + _AT_ONCE]))
            return len(gone) + len(new)

    def find(self, words: str, limit: int = _MOST) -> list[str]:
        """Return the ids of the passages that hold these words side by side, those that hold them as whole words first.

        Words that stand apart are looked for each on its own: all of them must be there.
        """
        parts = [part for part in words.split() if part]
        if not parts:
            return []
        with self._reading() as connection:
            whole = _all_of([set(_indexed(connection, part)) for part in parts]) if inspect(connection).has_table(_TABLE) else set()
            some = _all_of([set(_by_letters(connection, part)) for part in parts])
            ordered = _in_order(connection, whole | some)
        return [*(id_ for id_ in ordered if id_ in whole), *(id_ for id_ in ordered if id_ not in whole)][:limit]


def _others(connection: Connection, known: dict[str, str]) -> list[str]:
    """Return the passages that the index knows otherwise or not at all; those that stand are taken out of what it knows."""
    others = []
    for id_, quote in connection.execute(_LIVE, execution_options={"yield_per": _AT_ONCE}).tuples():
        if known.get(id_) == short_hash(quote):
            del known[id_]
        else:
            others.append(id_)
    return others


def _entries(connection: Connection, ids: Sequence[str]) -> Iterator[dict[str, str]]:
    """Yield what the index holds of some passages."""
    quotes = dict(connection.execute(select(passages.c.id, passages.c.quote).where(passages.c.id.in_(ids))).tuples().all())
    for id_ in filter(quotes.__contains__, ids):  # a reviewer may have put others in their place since
        yield {"passage": id_, "told": short_hash(quotes[id_]), "words": _signs(quotes[id_])}


def _indexed(connection: Connection, part: str) -> Iterator[str]:
    signs = _signs(part)
    if signs:
        asked = {"words": f'"{signs}"' if connection.dialect.name == "sqlite" else signs, "most": _MOST}
        yield from connection.scalars(text(_FIND[connection.dialect.name]), asked)


def _by_letters(connection: Connection, part: str) -> Iterator[str]:
    yield from connection.scalars(select(passages.c.id).where(passages.c.quote.contains(part, autoescape=True)).limit(_MOST))


def _in_order(connection: Connection, ids: set[str]) -> Sequence[str]:
    """Return passages in order of source and start; those of retired posts are left out."""
    live = select(passages.c.id).join(posts, posts.c.id == passages.c.post_id).where(~posts.c.retired, passages.c.id.in_(sorted(ids)[: 2 * _MOST]))
    return connection.scalars(live.order_by(passages.c.source, passages.c.start, passages.c.id)).all()


def _all_of(found: Sequence[set[str]]) -> set[str]:
    return set.intersection(*found)


def _signs(words: str) -> str:
    """Return the words of a text, each as a sign that no database cuts."""
    return " ".join(f"w{short_hash(word.lower())[:12]}" for word in words_of(clean(words).text) if not word.isspace())
