"""What a reader sees of a corrected post: the model's passages with the corrections applied, kept beside what the model said.

Comes in: a connection inside a writing transaction, ids of posts, and the function that applies corrections. Goes out: nothing but the change in
``passages`` and ``model_passages``. Refuses nothing. It may be repeated: the model's own passages are kept as long as a correction stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import bindparam, delete, insert, select

from pipeline.corrections import live
from pipeline.store import queries
from pipeline.store.correction_rows import correction_of
from pipeline.store.rows import passage_of, passage_row, post_of
from pipeline.store.statements import run
from pipeline.store.tables import passages
from pipeline.store.tables_of_review import corrections, model_passages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sqlalchemy import Connection

    from pipeline.corrections import Correction
    from pipeline.records import Passage, Post

    Apply = Callable[[Post, Sequence[Passage], Sequence[Correction]], Sequence[Passage]]

_DROP_SEEN = delete(passages).where(passages.c.post_id == bindparam("post"))
_DROP_MODELS = delete(model_passages).where(model_passages.c.post_id == bindparam("post"))
_OF_PLACE = ("phase", "phase_by", "group_id")  # what later steps of a run set anew


def show_corrected(connection: Connection, post_ids: Iterable[str], apply: Apply) -> None:
    """Make the passages of these posts those that a reader shall see."""
    for post_id in sorted(set(post_ids)):
        row = connection.execute(queries.posts_with_text([post_id]).with_for_update()).mappings().first()
        if row is None:
            continue  # corrections that came before their post wait for it
        standing = [one for one in live(corrections_of(connection, post_id)) if one.counts]
        base = _said_by_model(connection, post_id)
        seen = apply(post_of(row), base, standing) if standing else base
        run(connection, _DROP_MODELS, [{"post": post_id}])
        if standing:
            keep_models(connection, base)
        run(connection, _DROP_SEEN, [{"post": post_id}])
        run(connection, insert(passages), [passage_row(passage) for passage in seen])


def corrections_of(connection: Connection, post_id: str) -> list[Correction]:
    """Return every correction of a post, in the order in which they were made."""
    question = select(corrections).where(corrections.c.post_id == post_id).order_by(corrections.c.number)
    return [correction_of(row) for row in connection.execute(question).mappings()]


def keep_models(connection: Connection, said: Sequence[Passage]) -> None:
    """Keep what the model said of a post, beside what a reader sees."""
    rows = [{"id": passage.id, "post_id": passage.post, "passage": passage_row(passage)} for passage in said]
    run(connection, insert(model_passages), rows)


def keep_what_is_corrected(connection: Connection, analysed: Mapping[str, Sequence[Passage]]) -> None:
    """Keep what a new analysis says of those posts that somebody has corrected, in place of what the one before said."""
    for post_id in corrected_posts(connection, list(analysed)):
        forget_models(connection, [post_id])
        keep_models(connection, analysed[post_id])


def forget_models(connection: Connection, post_ids: Sequence[str]) -> None:
    """Forget what an earlier model said of these posts."""
    run(connection, _DROP_MODELS, [{"post": post_id} for post_id in post_ids])


def forget_seen(connection: Connection, post_ids: Sequence[str]) -> None:
    """Forget all passages of posts whose text has changed: what reviewers decided is found again in the new text."""
    run(connection, _DROP_SEEN, [{"post": post_id} for post_id in post_ids])
    forget_models(connection, post_ids)


def corrected_posts(connection: Connection, post_ids: Sequence[str] | None = None) -> list[str]:
    """Return which posts, of these or of all, somebody has corrected."""
    question = select(corrections.c.post_id).where(corrections.c.post_id.is_not(None)).distinct().order_by(corrections.c.post_id)
    return list(connection.scalars(question if post_ids is None else question.where(corrections.c.post_id.in_(post_ids))))


def _said_by_model(connection: Connection, post_id: str) -> list[Passage]:
    """Return the model's passages of a post in the order of the text, where they stand now and in the groups of now."""
    seen = list(connection.execute(queries.passages_of_posts([post_id])).mappings())
    place = {row["id"]: {name: row[name] for name in _OF_PLACE} for row in seen}
    kept = connection.scalars(select(model_passages.c.passage).where(model_passages.c.post_id == post_id)).all()
    if not kept:
        return [passage_of(row) for row in seen if row["origin"] == "model"]
    said = [passage_of({**row, **place.get(row["id"], {})}) for row in kept]
    return sorted(said, key=lambda passage: (passage.span, passage.id))
