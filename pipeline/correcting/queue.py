"""What waits for reviewers, in the order in which it is asked.

Comes in: passages as the model gave them, and what it nearly gave, with what is known of their posts; corrections that moved with their posts;
doubtful links; names. Goes out: `QueueItem` records in their order. Refuses nothing. By value, posts come by their most valuable passage, and a
post's passages together, so that it is read once. In every order one in five is drawn by chance alone: only those tell how good the reading is. The
same items give the same draw.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Literal, TypeGuard

from pipeline.correcting.worth import BONUS, Known, Novelty, worth
from pipeline.corrections import LinkItem, QueueItem, name_pair
from pipeline.records import short_hash

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from pipeline.corrections import Asked, Held, Queued
    from pipeline.followed import Thread
    from pipeline.records import Passage

Order = Literal["value", "random"]

RANDOM_SHARE = 0.20  # of the passages, drawn by chance alone
DOUBLE_SHARE = 0.15  # read by two who do not see each other
HIDDEN_SHARE = 0.50  # of those, without the suggestion of the model: whether it pulls readers along is measured
FIRST_BY_CHANCE = 100  # decisions before which a model's doubt says little: passages are drawn for being different
_NAME_VALUE = 0.5
_STEP = round(1 / RANDOM_SHARE)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the queue tells of a post: its day, and what was decided so far."""

    days: Mapping[str, date | None]
    decided_quotes: Sequence[str] = ()
    decisions: int = 0


def chance(item: str, purpose: str) -> float:
    """Return a number from 0 to 1 that an item always draws for a purpose.

    >>> chance("a1", "random") == chance("a1", "random"), 0 <= chance("a1", "double") < 1
    (True, True)
    """
    return int(short_hash(purpose, item), 16) / 16**16


def passage_items(passages: Iterable[Passage], facts: Facts, known: Known) -> list[QueueItem]:
    """Return passages as items with their value and reason; a decision that may be wrong is read by a second, who does not see the first."""
    return [item for _, item in _of_passages(passages, facts, known)]


def near_items(nearly: Iterable[Passage], facts: Facts) -> list[QueueItem]:
    """Return what the model nearly found as items; the queue holds where it stands, because it is no passage."""
    return [
        replace(item, reason="near", details={"end": one.span.end, "quote": one.quote, "chance": one.confidence, "second": list(one.second or ())})
        for one, item in _of_passages(nearly, facts, Known())
    ]


def _of_passages(passages: Iterable[Passage], facts: Facts, known: Known) -> Iterator[tuple[Passage, QueueItem]]:
    novelty = Novelty(facts.decided_quotes)
    for one in passages:
        value, reason = worth(one, novelty.of(one.quote), known)
        yield one, _item(one, facts.days.get(one.post), value, reason, doubted=one.id in known.suspected)


def moved_items(held: Iterable[Held]) -> list[QueueItem]:
    """Return the corrections that moved with their posts and must be confirmed."""
    return [
        QueueItem(moved_item(one), "moved", str(one.correction.post), "changed", 2.0, start=one.span.start, details={"key": one.correction.key})
        for one in held
        if one.holding == "to confirm" and one.span
    ]


def moved_item(one: Held) -> str:
    """Return the id under which it is asked whether a correction holds where it is found now."""
    return short_hash("moved", one.correction.key, *(str(edge) for edge in ((one.span.start, one.span.end) if one.span else ())))


def link_items(threads: Iterable[Thread]) -> list[LinkItem]:
    """Return the doubtful links of threads."""
    return [
        LinkItem(thread.id, thread.opened_by.id, thread.last.passage, thread.kind, thread.last.relation)
        for thread in threads
        if thread.state == "candidate"
    ]


def name_items(pairs: Iterable[tuple[str, str]], posts: Mapping[str, str]) -> list[QueueItem]:
    """Return pairs of names that may be one; `posts` says in which post each name is told first."""
    return [QueueItem(name_pair(*pair), "name", posts[pair[0]], "uncertain", _NAME_VALUE, details={"names": list(pair)}) for pair in pairs]


def ranked(items: Iterable[Asked], decisions: int, order: Order = "value") -> list[Asked]:
    """Return the items in the order in which they are asked.

    `order` "random" asks first what is disputed, suspected, changed or about to be sent, then by chance, one passage of a post before the second.
    Until enough is decided everything is asked by chance.
    """
    drawn: list[QueueItem] = []
    valued: list[Asked] = []
    for item in items:
        if _is_drawn(item):
            drawn.append(item)
        else:
            valued.append(item)
    drawn.sort(key=lambda item: chance(item.item, "random"))
    first = _different_first(valued) if decisions < FIRST_BY_CHANCE else _by_value(valued) if order == "value" else _raised_first(valued)
    return list(_merged(first, [replace(item, reason="random") for item in drawn]))


def _item(passage: Passage, day: date | None, value: float, reason: Queued, *, doubted: bool) -> QueueItem:
    double = doubted or chance(passage.id, "double") < DOUBLE_SHARE
    return QueueItem(
        passage.id,
        "passage",
        passage.post,
        reason,
        value,
        start=passage.span.start,
        label=passage.label,
        phase=passage.phase,
        place=passage.action.where if passage.action else None,
        day=day,
        double=double,
        shown=not doubted and (not double or chance(passage.id, "hidden") >= HIDDEN_SHARE),
    )


def _is_drawn(item: Asked) -> TypeGuard[QueueItem]:
    return item.kind == "passage" and item.reason != "near" and chance(item.item, "random") < RANDOM_SHARE


def _by_value(items: Sequence[Asked]) -> list[Asked]:
    best: dict[str, float] = {}
    for item in items:
        best[item.post] = max(item.value, best.get(item.post, 0.0))
    return sorted(items, key=lambda item: (-best[item.post], item.post, item.start, item.item))


def _raised_first(items: Sequence[Asked]) -> list[Asked]:
    """Return what is disputed, suspected, changed or about to be sent by value, then the rest by chance."""
    return [*_by_value([item for item in items if item.reason in BONUS]), *_different_first([item for item in items if item.reason not in BONUS])]


def _different_first(items: Sequence[Asked]) -> list[Asked]:
    """Return items by chance, the first of every post and label before the second."""
    seen: dict[tuple[str, str | None], int] = {}
    turns: list[list[Asked]] = []
    for item in sorted(items, key=lambda item: chance(item.item, "order")):
        key = (item.post, item.label)
        turn = seen[key] = seen.get(key, -1) + 1
        if turn == len(turns):
            turns.append([])
        turns[turn].append(item)
    return [item for turn in turns for item in turn]


def _merged(first: Sequence[Asked], drawn: Sequence[QueueItem]) -> Iterator[Asked]:
    """Yield the items, one in five of them drawn by chance, as long as there are any."""
    left = iter(drawn)
    for number, item in enumerate(first):
        if number % (_STEP - 1) == 0:
            yield from islice(left, 1)
        yield item
    yield from left
