"""One item of the queue with all that a page shows of it.

Comes in: an item of the queue, or its id. Goes out: `Item`. Refuses, as None: an item that is not in the queue, or whose post is not there. Where two read the
same item without seeing each other, the second sees what the first saw.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pipeline.anchoring import find
from pipeline.corrections import anchor_of
from pipeline.records import Passage, Span
from pipeline.review.screen import cues_seen, paragraphs_around
from pipeline.review.suggest import choices
from pipeline.review.verdicts import compared
from pipeline.review.visible import visible

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from pipeline.corrections import Anchor, Correction, Filters, QueueItem
    from pipeline.records import Post
    from pipeline.review.asked import Asked
    from pipeline.review.screen import CueSeen, Paragraph
    from pipeline.review.suggest import Choices
    from pipeline.review.verdicts import Compared


@dataclass(frozen=True, slots=True)
class Item:
    """What a page asks: `suggested` is the label that the machine gave, `version` how often the item was decided in this reviewer's lane."""

    queued: QueueItem
    version: int
    post: Post | None
    passage: Passage | None
    others: tuple[Passage, ...]
    suggested: str | None
    decided: tuple[Correction, ...]
    both: Compared | None = None

    @property
    def anchor(self) -> Anchor | None:
        """Return where the passage stands, as corrections keep it."""
        return anchor_of(self.post.text, self.passage.span) if self.post and self.passage else None

    @property
    def paragraphs(self) -> list[Paragraph]:
        """Return the passage in its post."""
        assert self.post
        assert self.passage
        return paragraphs_around(self.post, self.passage.span, self.suggested if self.queued.shown else None, self.others)

    @property
    def cues(self) -> list[CueSeen]:
        """Return the cues of the passage."""
        assert self.post
        assert self.passage
        return cues_seen(visible(self.post.text), self.passage.span, self.suggested)

    @property
    def choices(self) -> Choices:
        """Return what its fields may hold."""
        assert self.post
        assert self.passage
        return choices(self.post, self.passage)

    @property
    def following(self) -> Passage | None:
        """Return the passage that follows in the same paragraph and could be merged with this one."""
        assert self.post
        assert self.passage
        end = self.passage.span.end
        after = min((other for other in self.others if other.span.start >= end), key=lambda other: other.span, default=None)
        return after if after and "\n\n" not in self.post.text[end : after.span.start].replace("\r", "") else None


def lane_of(asked: Asked, queued: QueueItem) -> str:
    """Return the lane in which a reviewer decides: one of their own where two read without seeing each other."""
    return asked.reviewer.id if queued.double else ""


def next_items(asked: Asked, filters: Filters, passing: Collection[str], limit: int = 1) -> list[Item]:
    """Return the next items for the reviewer."""
    now = datetime.fromtimestamp(asked.site.clock(), UTC)
    queued = asked.site.desk.next(asked.reviewer.id, now, limit=limit, filters=filters, passing=passing)
    return [item for one in queued if (item := _item(asked, one))]


def find_item(asked: Asked, item: str) -> Item | None:
    """Return an item of the queue by its id."""
    queued = asked.site.store.queue.item(item)
    return _item(asked, queued) if queued else None


def _item(asked: Asked, queued: QueueItem) -> Item | None:
    store = asked.site.store
    decided = tuple(store.corrections.of_item(queued.item))
    version = store.corrections.version(queued.item, lane_of(asked, queued))
    if queued.kind != "passage":
        both = compared(store, queued)
        return Item(queued, version, None, None, (), None, decided, both) if both else None
    post = store.posts_by_id([queued.post]).get(queued.post)
    if post is None:
        return None
    others = store.passages_of([post.id])[post.id]
    passage = _as_shown(queued, next((one for one in others if one.id == queued.item), None), decided, post)
    if passage is None:
        return None
    others = [other for other in others if other.id != passage.id and not other.span.overlap(passage.span)]
    return Item(queued, version, post, passage, tuple(others), passage.label, decided)


def _as_shown(queued: QueueItem, now: Passage | None, decided: Sequence[Correction], post: Post) -> Passage | None:
    """Return the passage as the machine gave it, also where a decision has since changed or removed it."""
    first = next((one for one in decided if one.anchor and one.field not in {"undo", "add"}), None)
    if now and not (queued.double and now.origin == "reviewer"):
        return now
    if first is None or first.anchor is None:
        return now
    place = find(first.anchor, post.text)
    span = place.span if place else Span(0, 0)
    if span.end <= span.start:
        return now
    label = queued.label or (first.before if isinstance(first.before, str) else None) or "other"
    plain = now or Passage(post.id, post.source, span, span.of(post.text), label, 1.0, model=first.model)
    return replace(plain, span=span, quote=span.of(post.text), label=label, confidence=1.0, action=None, second=None)
