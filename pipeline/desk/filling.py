"""Fill the queue: what the store holds becomes what waits for reviewers.

Comes in: a store, the threads of a run where one has just followed them, and what is suspected or about to be sent. Goes out: nothing but the queue
in the store, and how many wait. Refuses nothing. What was decided before stays decided; without threads the links that wait stay as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.correcting.apply import held
from pipeline.correcting.names import alike_names, names_in
from pipeline.correcting.queue import Facts, link_items, moved_items, name_items, near_items, passage_items, ranked
from pipeline.correcting.worth import Known, disputed_groups
from pipeline.corrections import live, name_pair

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from pipeline.correcting.queue import Order
    from pipeline.corrections import Asked, Correction, QueueItem
    from pipeline.followed import Thread
    from pipeline.records import Passage
    from pipeline.store.store import Store


def fill_queue(
    store: Store,
    threads: Sequence[Thread] | None = None,
    *,
    suspected: Collection[str] = frozenset(),
    due: Collection[str] = frozenset(),
    order: Order = "random",
) -> int:
    """Make the queue anew and return how many items it has."""
    every = list(store.corrections.every())
    standing = [one for one in live(every) if one.counts]
    asked, decided = _to_ask(store, every), {one.item for one in standing if one.field in {"label", "add"}}
    groups = {passage.group: passage.label for passage in asked if passage.group and passage.id not in decided}
    labelled = [one for one in standing if one.field in {"label", "add"} and one.anchor]
    by_item = {passage.id: passage.group for passage in asked}
    known = Known(disputed_groups(((by_item.get(one.item), str(one.after)) for one in labelled), groups), suspected, due)
    days = {post.id: post.posted_at.date() if post.posted_at else None for post, _ in store.outlines()}
    facts = Facts(days, [one.anchor.exact for one in labelled if one.anchor], len(labelled))
    items: list[Asked] = [*passage_items(asked, facts, known), *near_items(_nearly(store, every), facts)]
    items += [*_moved(store, standing), *_names(asked, standing), *(store.queue.links() if threads is None else link_items(threads))]
    store.queue.refill(ranked(items, len(labelled), order))
    return len(items)


def _to_ask(store: Store, corrections: Sequence[Correction]) -> list[Passage]:
    """Return the passages of the model that may be asked: not those that a reviewer has changed under another name or swallowed in another."""
    touched = {one.item for one in corrections}
    shown = store.shown_as_read()
    return [passage for passage in store.said_by_model() if passage.id in touched or passage.id in shown]


def _nearly(store: Store, corrections: Sequence[Correction]) -> Iterator[Passage]:
    """Yield what the model nearly found, and no reviewer has found otherwise."""
    touched = {one.item for one in corrections}
    seen = store.spans_by_post()
    return (one for one in store.near.every() if one.id in touched or not any(one.span.overlap(other) for other in seen.get(one.post, ())))


def _moved(store: Store, standing: Sequence[Correction]) -> list[QueueItem]:
    named = sorted({one.post for one in standing if one.post})
    of_now = store.corrections.names_of_now(named)
    items: list[QueueItem] = []
    for post_id, post in store.posts_by_id(sorted(set(of_now.values()))).items():
        items += moved_items(held(post, [one for one in standing if one.post and of_now.get(one.post) == post_id]))
    return items


def _names(passages: Sequence[Passage], standing: Sequence[Correction]) -> list[QueueItem]:
    decided = {one.item for one in standing if one.field == "same-name"}
    first: dict[str, str] = {}
    for passage in passages:
        for name in names_in(passage):
            first.setdefault(name, passage.post)
    return name_items([pair for pair in alike_names(passages) if name_pair(*pair) not in decided], first)
