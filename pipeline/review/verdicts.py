"""Items that are answered yes, no or not sure: a link of two passages, two names that may be one, a passage that moved with its post.

Comes in: an item of the queue. Goes out: the two sides that the page shows, and the correction that a verdict is. Refuses, as None: an item of which
one side is not there any more; as `CorrectionRefused` the answer that links alone have, for anything else.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pipeline.anchoring import find
from pipeline.correcting.apply import held
from pipeline.correcting.names import names_in
from pipeline.corrections import anchor_of
from pipeline.errors import CorrectionRefused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.corrections import Correction, Held, QueueItem
    from pipeline.records import Passage, Post
    from pipeline.store.store import Store

_MENTIONS = 3
_MAKES = {"done": "thread_ends", "answers": "thread_ends", "refers": "thread_refers", "moved": "thread_moves"}  # of news that are confirmed


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two that are compared: its words, and where they stand; of a name the name, with passages that tell it."""

    post: Post
    quote: str
    passage: Passage | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """Two sides; of a moved passage the correction that moved, with where its words are found now.

    `makes` is the word for what a yes makes of the matter, where it does more than to add news.
    """

    sides: tuple[tuple[Side, ...], tuple[Side, ...]]
    moved: Held | None = None
    makes: str | None = None


def compared(store: Store, queued: QueueItem) -> Compared | None:
    """Return the two sides of an item."""
    details = queued.details or {}
    if queued.kind == "thread":
        return _link(store, details)
    if queued.kind == "name":
        return _names(store, details)
    return _moved(store, queued, details)


def verdict_of(common: Correction, queued: QueueItem, both: Compared, verdict: str) -> Correction:
    """Return the correction that a verdict is."""
    first, second = both.sides[0][0], both.sides[1][0]
    if queued.kind == "thread":
        assert first.passage
        assert second.passage
        anchors = [anchor_of(side.post.text, side.passage.span) for side in (first, second) if side.passage]
        return replace(common, field="thread", post=first.post.id, anchor=anchors[0], further=(anchors[1],), before=second.post.id, after=verdict)
    if verdict == "related":
        raise CorrectionRefused(
            en='The answer "same matter, nothing changes" must be one to a link of two passages. Got it for another question. Choose another.',
            th="คำตอบ “เรื่องเดียวกัน แต่ไม่มีอะไรเปลี่ยน” ใช้ได้กับเรื่องสืบเนื่องเท่านั้น โปรดเลือกคำตอบอื่น",
        )
    if queued.kind == "name":
        return replace(common, field="same-name", post=None, anchor=None, before=list(queued.details["names"]), after=verdict)
    assert both.moved
    return _of_moved(common, second.post, both.moved, verdict)


def _of_moved(common: Correction, post: Post, moved: Held, verdict: str) -> Correction:
    """Return the decision again where its words are now, or the taking back of it."""
    before = moved.correction
    if verdict != "confirm":
        return replace(common, field="undo", post=post.id, undoes=before.key, anchor=None, before=None, after=None)
    places = [place.span for anchor in before.further if (place := find(anchor, post.text))]
    return replace(
        common,
        field=before.field,
        post=post.id,
        anchor=anchor_of(post.text, moved.span) if moved.span else before.anchor,
        further=tuple(anchor_of(post.text, span) for span in places),
        before=before.before,
        after=before.after,
        basis=before.basis,
    )


def _link(store: Store, details: dict[str, Any]) -> Compared | None:
    passages = [store.passage(details[name]) for name in ("opener", "news")]
    posts = store.posts_by_id(sorted({passage.post for passage in passages if passage}))
    sides = [Side(posts[passage.post], passage.quote, passage) for passage in passages if passage and passage.post in posts]
    if len(sides) != len(passages):
        return None
    news, relation = passages[1], details.get("relation", "")
    called_off = relation == "problem" and news and news.action and news.action.state == "cancelled"
    return Compared(((sides[0],), (sides[1],)), makes="thread_ends" if called_off else _MAKES.get(relation))


def _names(store: Store, details: dict[str, Any]) -> Compared | None:
    first, second = (_mentions(store, name) for name in details["names"])
    return Compared((first, second)) if first and second else None


def _mentions(store: Store, name: str) -> tuple[Side, ...]:
    found: list[Passage] = []
    for passage in store.passages():
        if name in names_in(passage):
            found.append(passage)
        if len(found) == _MENTIONS:
            break
    posts = store.posts_by_id(sorted({passage.post for passage in found}))
    return tuple(Side(posts[passage.post], passage.quote, passage, name) for passage in found if passage.post in posts)


def _moved(store: Store, queued: QueueItem, details: dict[str, Any]) -> Compared | None:
    post = store.posts_by_id([queued.post]).get(queued.post)
    standing: Sequence[Correction] = [one for one in store.corrections.of_post(queued.post) if one.key == details["key"]]
    found = held(post, standing) if post else []
    if not post or not found or found[0].span is None or found[0].correction.anchor is None:
        return None
    before, now = Side(post, found[0].correction.anchor.exact), Side(post, found[0].span.of(post.text))
    return Compared(((before,), (now,)), found[0])
