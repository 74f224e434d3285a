"""Join the groups of different posts that say the same.

Comes in: a store whose posts are analysed. Goes out: the group of each passage, in the store. Refuses nothing. What is joined follows from the posts
that are there now, not from what was joined before: of posts that stand as they did it is only known already.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from pipeline.digest.alike import Before, Leader, joined, leader_of, longest_of
from pipeline.digest.groups import group
from pipeline.jobs.unchanged import program
from pipeline.records import short_hash

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.records import Passage, Post
    from pipeline.store.store import Store


_GROUPED = "grouped"


def join_groups(store: Store, limit: int) -> None:
    """Join the groups of all posts, which are read `limit` at a time; each is grouped by itself first."""
    known = store.known.every(_GROUPED)
    store.take_at_hand()
    made_of, rows, kept = _grouped(store, limit, known)
    told = {post: list(_leaders(row)) for post, (_, row) in known.items()}
    before = _before({post: row for post, (_, row) in known.items()}, told)
    leaders = longest_of(one for post, row in rows.items() for one in (told[post] if _stands(row, known.get(post)) else _leaders(row)))
    now = joined(leaders, before)
    for row in rows.values():
        row["rarity"] = now.rarity
        row["program"] = program()
        row["joins"] = {one[0]: now.joins[one[0]] for one in row["leaders"] if one[0] in now.joins}
    groups = {passage: now.joins.get(own, own) for row in rows.values() for passage, own in row["own"]}
    store.put_groups({passage: group for passage, group in groups.items() if group != kept[passage]})
    store.known.keep(_GROUPED, made_of, {post: row for post, row in rows.items() if known.get(post) != (made_of[post], row)})


def _stands(row: Mapping[str, Any], known: tuple[str, Any] | None) -> bool:
    """Say whether the leaders of a row are those that were read."""
    return known is not None and row["leaders"] is known[1]["leaders"]


def _grouped(
    store: Store, limit: int, known: Mapping[str, tuple[str, Any]]
) -> tuple[dict[str, str], dict[str, dict[str, Any]], dict[str, str | None]]:
    """Return of what each post's row is made, the rows in the order of time, and the groups that the store has now."""
    made_of: dict[str, str] = {}
    rows: dict[str, dict[str, Any]] = {}
    kept: dict[str, str | None] = {}
    posts = sorted((post for post, _ in store.outlines()), key=lambda post: (post.posted_at or datetime.min, post.source, post.id))  # noqa: DTZ901
    for start in range(0, len(posts), limit):
        some = posts[start : start + limit]
        passages = store.passages_of([post.id for post in some])
        for post in some:
            found = passages[post.id]
            made_of[post.id] = short_hash(program(), *map(store.mark_of, found))
            before = known.get(post.id)
            rows[post.id] = dict(before[1]) if before and before[0] == made_of[post.id] else _row(post, found)
            kept.update((passage.id, passage.group) for passage in found)
    return made_of, rows, kept


def _row(post: Post, passages: Sequence[Passage]) -> dict[str, Any]:
    """Return the passages of a post grouped by themselves, and the longest wording of each group."""
    own = group(post, passages)
    leaders = longest_of(map(leader_of, own))
    return {"own": [[passage.id, str(passage.group)] for passage in own], "leaders": [_told(leader) for leader in leaders]}


def _told(leader: Leader) -> list[Any]:
    return [*leader[:4], list(leader.words), list(leader.sketch)]


def _leaders(row: Mapping[str, Any]) -> Iterator[Leader]:
    for group_id, label, length, text, words, sketch in row["leaders"]:
        yield Leader(group_id, label, length, text, tuple(words), tuple(sketch))


def _before(rows: Mapping[str, Mapping[str, Any]], told: Mapping[str, Sequence[Leader]]) -> Before | None:
    """Return how groups were joined when the rows were kept; nothing where they were not kept together, or by another program."""
    if {row["program"] for row in rows.values()} != {program()} or len({row["rarity"] for row in rows.values()}) != 1:
        return None
    leaders = {one.group: one for one in longest_of(one for own in told.values() for one in own)}
    return Before(next(iter(rows.values()))["rarity"], leaders, {own: to for row in rows.values() for own, to in row["joins"].items()})
