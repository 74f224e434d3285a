"""Join the groups of different posts that say the same.

Comes in: a store whose posts are analysed. Goes out: the group of each passage, in the store. Refuses nothing. What is joined follows from the posts
that are there now, not from what was joined before: of posts that stand as they did it is only known already.
"""

from __future__ import annotations

from array import array
from datetime import datetime
from sys import intern
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.digest.alike import Before, Leader, joined, leader_of, longest_of
from pipeline.digest.groups import group
from pipeline.jobs.unchanged import program
from pipeline.records import short_hash

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.records import Passage, Post
    from pipeline.store.store import Store

_GROUPED = "grouped"


class _Grouped(NamedTuple):
    """A post grouped by itself: the own group of each passage, what leads each group, and to what those were joined when it was kept."""

    made_of: str
    own: tuple[str, ...]
    leaders: tuple[Leader, ...]
    joined: int | None = None


class _Post(NamedTuple):
    """A post with the names of its passages, and the groups in which the store has them."""

    id: str
    passages: tuple[str, ...]
    kept: tuple[str | None, ...]
    grouped: _Grouped


def join_groups(store: Store, limit: int) -> None:
    """Join the groups of all posts, which are read `limit` at a time; each is grouped by itself first."""
    known, before = _known(store)
    store.take_at_hand()
    posts = list(_grouped(store, limit, known))
    now = joined(longest_of(one for post in posts for one in post.grouped.leaders), before)
    store.put_groups(
        {
            passage: group
            for post in posts
            for passage, own, kept in zip(post.passages, post.grouped.own, post.kept, strict=True)
            if (group := now.joins.get(own, own)) != kept
        }
    )
    other = (post for post in posts if post.grouped.joined != _joined(now.rarity, _joins(post.grouped.leaders, now.joins)))
    store.known.keep_each(_GROUPED, ((post.id, post.grouped.made_of, _row(post, now)) for post in other))


def _known(store: Store) -> tuple[dict[str, _Grouped], Before | None]:
    """Return what is known of each post, and how groups were joined then; nothing where they were not kept together, or by another program."""
    known: dict[str, _Grouped] = {}
    by, joins, names = set[tuple[str, str]](), dict[str, str](), dict[str, str]()
    for post, made_of, row in store.known.every(_GROUPED):
        own = tuple(names.setdefault(group, group) for _, group in row["own"])
        leaders = tuple(
            Leader(names[group], intern(label), length, text, tuple(map(intern, words)), array("I", sketch))
            for group, label, length, text, words, sketch in row["leaders"]
        )
        joins |= {names[group]: names.setdefault(to, to) for group, to in row["joins"].items()}
        by.add((row["program"], row["rarity"]))
        known[post] = _Grouped(made_of, own, leaders, _joined(row["rarity"], row["joins"]) if row["program"] == program() else None)
    if {one for one, _ in by} != {program()} or len(by) != 1:
        return known, None
    [(_, rarity)] = by
    return known, Before(rarity, {one.group: one for one in longest_of(one for post in known.values() for one in post.leaders)}, joins)


def _joined(rarity: str, joins: Mapping[str, str]) -> int:
    """Return a number that is another where the groups of a post are joined otherwise, or by another rarity of words."""
    return hash((rarity, *joins.items()))


def _grouped(store: Store, limit: int, known: Mapping[str, _Grouped]) -> Iterator[_Post]:
    """Yield the posts in the order of time."""
    posts = sorted((post for post, _ in store.outlines()), key=lambda post: (post.posted_at or datetime.min, post.source, post.id))  # noqa: DTZ901
    for start in range(0, len(posts), limit):
        some = posts[start : start + limit]
        passages = store.passages_of([post.id for post in some])
        for post in some:
            found = passages[post.id]
            made_of = short_hash(program(), *map(store.mark_of, found))
            before = known.get(post.id)
            grouped = before if before and before.made_of == made_of else _by_itself(post, found, made_of)
            yield _Post(post.id, tuple(passage.id for passage in found), tuple(passage.group for passage in found), grouped)


def _by_itself(post: Post, passages: Sequence[Passage], made_of: str) -> _Grouped:
    """Return the groups of the passages of a post, and the longest wording of each."""
    own = group(post, passages)
    return _Grouped(made_of, tuple(str(passage.group) for passage in own), tuple(longest_of(map(leader_of, own))))


def _row(post: _Post, now: Before) -> dict[str, Any]:
    """Return what is kept of a post, as JSON has it."""
    return {
        "own": list(map(list, zip(post.passages, post.grouped.own, strict=True))),
        "leaders": [[*leader[:4], list(leader.words), list(leader.sketch)] for leader in post.grouped.leaders],
        "rarity": now.rarity,
        "program": program(),
        "joins": _joins(post.grouped.leaders, now.joins),
    }


def _joins(leaders: Sequence[Leader], joins: Mapping[str, str]) -> dict[str, str]:
    return {one.group: joins[one.group] for one in leaders if one.group in joins}
