"""What a reader sees of a corrected post: the model's passages with the corrections applied, kept beside what the model said.

Comes in: a connection inside a writing transaction, ids of posts, and the function that applies corrections. Goes out: nothing but the change in
``passages`` and ``model_passages``. Refuses nothing. It may be repeated: the model's own passages are kept as long as a correction stands.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy import and_, bindparam, case, delete, func, insert, or_, select

from pipeline.corrections import live
from pipeline.store import queries
from pipeline.store.correction_rows import correction_of
from pipeline.store.rows import passage_of, passage_row, post_of
from pipeline.store.statements import run
from pipeline.store.tables import passages, posts
from pipeline.store.tables_of_review import corrections, model_passages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sqlalchemy import Connection

    from pipeline.corrections import Correction
    from pipeline.records import Passage, Post

    Apply = Callable[[Post, Sequence[Passage], Sequence[Correction]], Sequence[Passage]]

_OLD, _NEW = posts.alias("old"), posts.alias("new")
_NAMES_OF_NOW = (
    select(_OLD.c.id, case((_OLD.c.retired, func.coalesce(_NEW.c.id, _OLD.c.id)), else_=_OLD.c.id))
    .select_from(_OLD.outerjoin(_NEW, and_(_OLD.c.origin == _NEW.c.origin, _OLD.c.retired, ~_NEW.c.retired)))
    .where(_OLD.c.id.in_(queries.IDS))
)
_NAMES_UNTIL_NOW = select(_OLD.c.id).join(_NEW, _OLD.c.origin == _NEW.c.origin).where(_NEW.c.id == bindparam("post"), _OLD.c.retired)
_LOCKED_POST = queries.POSTS_WITH_TEXT.with_for_update()
_CORRECTIONS = (
    select(corrections)
    .where(or_(corrections.c.post_id == bindparam("post"), corrections.c.post_id.in_(_NAMES_UNTIL_NOW)))
    .order_by(corrections.c.number)
)
_MODELS = select(model_passages.c.passage).where(model_passages.c.post_id == bindparam("post"))
_ADD_PASSAGE, _ADD_MODELS = insert(passages), insert(model_passages)
_DROP_SEEN = delete(passages).where(passages.c.post_id == bindparam("post"))
_DROP_PASSAGE = delete(passages).where(passages.c.id == bindparam("passage"))
_DROP_MODELS = delete(model_passages).where(model_passages.c.post_id == bindparam("post"))
_IDS_AT_ONCE = 500


def show_corrected(connection: Connection, post_ids: Iterable[str], apply: Apply) -> None:
    """Make the passages of these posts those that a reader shall see."""
    for post_id in sorted(set(names_of_now(connection, list(post_ids)).values())):
        row = connection.execute(_LOCKED_POST, {"ids": [post_id]}).mappings().one()
        standing = [one for one in live(corrections_of(connection, post_id)) if one.counts]
        shown = {row["id"]: passage_of(row) for row in connection.execute(queries.PASSAGES_OF_POSTS, {"ids": [post_id]}).mappings()}
        base, kept = _said_by_model(connection, post_id, shown)
        seen = apply(post_of(row), base, standing) if standing else base
        if kept and not standing:
            run(connection, _DROP_MODELS, [{"post": post_id}])
        elif standing and not kept:
            keep_models(connection, base)
        _show(connection, shown, seen)


def _show(connection: Connection, shown: Mapping[str, Passage], seen: Sequence[Passage]) -> None:
    """Write what differs from what is shown: of a long post one passage, as a rule."""
    wanted = {passage.id: passage for passage in seen}
    other = [passage for id_, passage in wanted.items() if shown.get(id_) != passage]
    gone = [{"passage": id_} for id_ in shown if id_ not in wanted or shown[id_] != wanted[id_]]
    run(connection, _DROP_PASSAGE, gone)
    run(connection, _ADD_PASSAGE, [passage_row(passage) for passage in other])


def corrections_of(connection: Connection, post_id: str) -> list[Correction]:
    """Return every correction of a post, also those made under a name that it had before, in the order in which they were made."""
    return [correction_of(row) for row in connection.execute(_CORRECTIONS, {"post": post_id}).mappings()]


def keep_models(connection: Connection, said: Sequence[Passage]) -> None:
    """Keep what the model said of a post, beside what a reader sees."""
    rows = [{"id": passage.id, "post_id": passage.post, "passage": passage_row(passage)} for passage in said]
    run(connection, _ADD_MODELS, rows)


def keep_what_is_corrected(connection: Connection, analysed: Mapping[str, Sequence[Passage]]) -> None:
    """Keep what a new analysis says of those posts that somebody has corrected, in place of what the one before said."""
    for post_id in analysed.keys() & set(corrected_posts(connection)):
        forget_models(connection, [post_id])
        keep_models(connection, analysed[post_id])


def forget_models(connection: Connection, post_ids: Sequence[str]) -> None:
    """Forget what an earlier model said of these posts."""
    run(connection, _DROP_MODELS, [{"post": post_id} for post_id in post_ids])


def forget_seen(connection: Connection, post_ids: Sequence[str]) -> None:
    """Forget all passages of posts whose text has changed: what reviewers decided is found again in the new text."""
    run(connection, _DROP_SEEN, [{"post": post_id} for post_id in post_ids])
    forget_models(connection, post_ids)


def corrected_posts(connection: Connection) -> list[str]:
    """Return the posts that somebody has corrected, as they are named now."""
    named = list(connection.scalars(select(corrections.c.post_id).where(corrections.c.post_id.is_not(None)).distinct()))
    return sorted(set(names_of_now(connection, named).values()))


def said_by_model(connection: Connection, shown: Mapping[str, Passage]) -> list[Passage]:
    """Return what the model said of the posts that are not retired, in the phases and groups of now, in order of post and start.

    `shown` are their passages as a reader sees them, by their ids.
    """
    of_live = select(model_passages.c.passage).join(posts, posts.c.id == model_passages.c.post_id).where(~posts.c.retired)
    corrected = [_placed(passage_of(row), shown) for row in connection.scalars(of_live)]
    known = {passage.post for passage in corrected}
    plain = [passage for passage in shown.values() if passage.origin == "model" and passage.post not in known]
    return sorted([*plain, *corrected], key=lambda passage: (passage.post, passage.span, passage.id))


def names_of_now(connection: Connection, post_ids: Sequence[str]) -> dict[str, str]:
    """Return the id that each post has now: one that is named by its text has another when that changes, in the same place."""
    found = {}
    for start in range(0, len(post_ids), _IDS_AT_ONCE):
        found.update(dict(connection.execute(_NAMES_OF_NOW, {"ids": post_ids[start : start + _IDS_AT_ONCE]}).tuples().all()))
    return found


def _said_by_model(connection: Connection, post_id: str, shown: Mapping[str, Passage]) -> tuple[list[Passage], bool]:
    """Return the model's passages of a post in the order of the text, in the phases and groups of now, and whether they are kept beside."""
    kept = connection.scalars(_MODELS, {"post": post_id}).all()
    if not kept:
        return [passage for passage in shown.values() if passage.origin == "model"], False
    said = [_placed(passage_of(row), shown) for row in kept]
    return sorted(said, key=lambda passage: (passage.span, passage.id)), True


def _placed(passage: Passage, shown: Mapping[str, Passage]) -> Passage:
    """Return a passage in the phase and the group that a later step of a run has set; a phase that a reviewer set is none of the model's."""
    now = shown.get(passage.id)
    if now is None:
        return passage
    return (
        replace(passage, group=now.group) if now.phase_by == "reviewer" else replace(passage, phase=now.phase, phase_by=now.phase_by, group=now.group)
    )
