"""One item of the queue with all that a page shows of it.

Comes in: an item of the queue, or its id. Goes out: `Item`. Refuses, as None: an item that is not in the queue, or whose post is not there.
Where two read the same item without seeing each other, the second sees what the first saw.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, get_args

from pipeline.anchoring import find
from pipeline.correcting.trials import TRAINED_AFTER, training_items
from pipeline.corrections import Filters, Queued, QueueItem, anchor_of, live
from pipeline.desk.trying import trial
from pipeline.labels import OTHER
from pipeline.links import reason_token
from pipeline.records import Passage, Post, Span
from pipeline.review.screen import cues_seen, paragraphs_around
from pipeline.review.suggest import choices
from pipeline.review.telling import speakers
from pipeline.review.verdicts import compared
from pipeline.review.visible import visible

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from pipeline.correcting.trials import TrainingItem
    from pipeline.corrections import Anchor, Correction
    from pipeline.review.asked import Asked
    from pipeline.review.screen import CueSeen, Paragraph
    from pipeline.review.suggest import Choices
    from pipeline.review.verdicts import Compared

TRIALS = frozenset({"training", "gold"})
_MARKED: tuple[Queued, ...] = get_args(Queued)
_TRIED = 3  # items of the queue that are looked at together: one whose post is gone is passed over


@dataclass(frozen=True, slots=True)
class Item:
    """What a page asks: `suggested` is the label that the machine gave, `version` how often the item was decided in this reviewer's lane.

    `mark` says why it is asked, so that only the server can read it.
    """

    queued: QueueItem
    version: int
    mark: str
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
    def speakers(self) -> tuple[str, ...]:
        """Return the names that may speak in the passage."""
        assert self.post
        assert self.passage
        return speakers(self.post, self.passage)

    @property
    def following(self) -> Passage | None:
        """Return the passage that follows in the same paragraph and could be merged with this one."""
        assert self.post
        assert self.passage
        end = self.passage.span.end
        after = min((other for other in self.others if other.span.start >= end), key=lambda other: other.span, default=None)
        return after if after and "\n\n" not in self.post.text[end : after.span.start].replace("\r", "") else None


def lane_of(asked: Asked, queued: QueueItem) -> str:
    """Return the lane in which a reviewer decides: one of their own for a trial, and where two read without seeing each other."""
    return asked.reviewer.id if queued.double or queued.reason in TRIALS else ""


def next_item(asked: Asked, filters: Filters, passing: Collection[str]) -> Item | None:
    """Return the next item for the reviewer: one to be trained on, a hidden trial where one is due, else the best that waits."""
    site, reviewer = asked.site, asked.reviewer
    if site.settings.review.training and reviewer.role == "reviewer" and (sentence := _sentence(asked, passing)):
        return _trained_on(asked, sentence)
    hidden = trial(site.store, reviewer.id) if filters == Filters() else None
    queued = [hidden] if hidden and hidden.item not in passing else []
    now, passed = datetime.fromtimestamp(site.clock(), UTC), [*passing]
    while queued := [*queued, *site.desk.next(reviewer.id, now, limit=_TRIED, filters=filters, passing=passed)]:
        if found := next((item for one in queued if (item := _item(asked, one, waiting=True))), None):
            return found
        passed += [one.item for one in queued]
        queued = []
    return None


def find_item(asked: Asked, item: str, mark: str | None = None, *, asking: bool = False, alone: bool = False) -> Item | None:
    """Return an item by its id, asked for the reason that its mark tells; `asking` where the reviewer opens it, `alone` without its neighbours."""
    if sentence := next((one for one in training_items() if one.id == item), None):
        return _trained_on(asked, sentence)
    store = asked.site.store
    queued = store.queue.item(item)
    if queued is None:
        passage = store.passage(item)
        queued = QueueItem(item, "passage", passage.post, "asked", 0.0, start=passage.span.start, label=passage.label) if passage else None
    if queued is None:
        return None
    if asking and not queued.double:
        queued = replace(queued, reason="asked")
    told = next((reason for reason in _MARKED if mark == reason_token(asked.site.keys, asked.reviewer.id, item, reason)), None)
    if told:
        queued = replace(queued, reason=told, double=queued.double and told != "gold", shown=queued.shown or told == "gold")
    return _item(asked, queued, alone=alone)


def _sentence(asked: Asked, passing: Collection[str]) -> TrainingItem | None:
    """Return the next sentence of the training: those that the page holds already are passed over."""
    decided = asked.site.store.reviewers.tallies.trained_on(asked.reviewer.id)
    held = {one.id for one in training_items() if one.id in passing} - decided
    if len(decided) + len(held) >= TRAINED_AFTER:
        return None
    return next((one for one in training_items() if one.id not in held | decided), None)


def _trained_on(asked: Asked, sentence: TrainingItem) -> Item:
    whole = Span(0, len(sentence.text))
    post = Post("training", "training", "", sentence.text, body=(whole,))
    queued = QueueItem(sentence.id, "passage", post.id, "training", 0.0, shown=False, details={"label": sentence.label, "why": sentence.why})
    passage = Passage(post.id, post.source, whole, sentence.text, "other", 0.0)
    version = asked.site.store.corrections.version(sentence.id, asked.reviewer.id)
    return Item(queued, version, _mark(asked, queued), post, passage, (), None, ())


def _mark(asked: Asked, queued: QueueItem) -> str:
    return reason_token(asked.site.keys, asked.reviewer.id, queued.item, queued.reason)


def _item(asked: Asked, queued: QueueItem, *, alone: bool = False, waiting: bool = False) -> Item | None:
    """Return an item with what is kept of it; none where it should be `waiting`, but somebody has decided since the queue was looked at."""
    store, lane, mark = asked.site.store, lane_of(asked, queued), _mark(asked, queued)
    decided = tuple(store.corrections.of_item(queued.item))
    version = max((one.version for one in decided if one.lane == lane), default=0)
    if waiting and any(one.lane == lane and (one.counts or queued.reason in TRIALS) for one in live(decided)):
        return None  # shown with its new version, it would be decided twice
    if queued.kind != "passage":
        both = compared(store, queued)
        return Item(queued, version, mark, None, None, (), None, (), both) if both else None
    post = store.posts_by_id([queued.post]).get(queued.post)
    if post is None:
        return None
    others = [found] if alone and (found := store.passage(queued.item)) else [] if alone else store.passages_of([post.id])[post.id]
    passage = _as_shown(queued, next((one for one in others if one.id == queued.item), None), decided, post)
    if passage is None:
        return None
    others = [other for other in others if other.id != passage.id and not other.span.overlap(passage.span)]
    return Item(queued, version, mark, post, passage, tuple(others), passage.label, decided)


def _near(queued: QueueItem, post: Post) -> Passage | None:
    """Return what the machine nearly found, as long as its words stand there."""
    details = queued.details or {}
    span = Span(queued.start, details.get("end", queued.start))
    if span.start == span.end or span.of(post.text) != details["quote"]:
        return None
    label, chance = details["second"]
    return Passage(post.id, post.source, span, details["quote"], OTHER, details["chance"], second=(label, chance))


def _as_shown(queued: QueueItem, now: Passage | None, decided: Sequence[Correction], post: Post) -> Passage | None:
    """Return the passage as the machine gave it, also where a decision has since changed or removed it."""
    if now is None and not decided and (near := _near(queued, post)):
        return near
    first = next((one for one in decided if one.anchor and one.field not in {"undo", "add"}), None)
    if now and not ((queued.double or queued.reason in TRIALS) and now.origin == "reviewer"):
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
