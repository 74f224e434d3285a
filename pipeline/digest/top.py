"""The things to know first: at most three items of a digest.

Comes in: the items of a digest, which of them are new, the threads of the phase and the day of the last post. Goes out: `Highlight` records, the
weightiest first. Refuses nothing, and fills nothing up: where little is worth it, few or none are named.

What weighs: how many independent voices say it, whether the last digest had it and how late it was told, how near its day is, and whether that was
moved; a day weighs less where unconfirmed news may have settled the matter. What is doubtful, was settled, cannot be read alone, is small talk, or is
told by one comment alone is left out. A second item of the same label must weigh clearly more than the first of another; two that are about the same
never stand together.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pipeline.digest.digest import UNSURE_BELOW, leans_on_others, place_of
from pipeline.digest.following import LATE
from pipeline.digest.groups import GRAM, fold
from pipeline.followed import MEETINGS, SETTLED
from pipeline.languages import is_small_talk
from pipeline.records import Highlight

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import date

    from pipeline.followed import Thread
    from pipeline.records import DigestItem

MOST = 3
_SURE = 0.6  # a single voice is named from this confidence on
_VOICES_COUNT = 4  # further voices add nothing
_SOON, _COMING, _JUST_LATE = timedelta(days=14), timedelta(days=60), timedelta(days=30)
_MOVED = 0.5  # who knew the old day has to hear of the new one
_GONE_BY = 0.4  # of what a day weighs that is over, where it is that of a meeting: it was held, or is no more
_MAY_BE_OVER = 0.4  # of what a day weighs, where news would settle the matter that nobody has confirmed: six in ten are right (decision 79)
_SMALL = 0.5  # of what a day weighs, where only a comment or a reply sets it
_FRESH = timedelta(days=45)
_SAME_LABEL = 1.25  # what another item of a label that is named already loses
_ALIKE = 0.3  # share of common strings of letters from which two items are about the same
_FIRM = {"resolved": 0.5, "assigned": 0.4, "proposal": 0.1}
_SHORTEST = 25
_CHATTING = frozenset({"commenter", "reply"})  # what one of them says alone stands first only where a day presses


@dataclass(frozen=True, slots=True, eq=False)
class _Candidate:
    highlight: Highlight
    weight: float


def highlights(items: Iterable[DigestItem], new: Collection[str], threads: Sequence[Thread], today: date | None) -> tuple[Highlight, ...]:
    """Return the things to know; `new` are ids of groups, `today` is the day of the last post."""
    by_passage = {thread.opened_by.id: thread for thread in threads if thread.state != "candidate"}
    left = [found for item in items if (found := _candidate(item, new, by_passage, today))]
    left.sort(key=lambda one: (-one.weight, *place_of(one.highlight.item.evidence[0])))
    chosen: list[Highlight] = []
    said: list[frozenset[str]] = []
    while left and len(chosen) < MOST:
        labels = {one.item.label for one in chosen}
        passed: set[_Candidate] = set()
        for best in sorted(left, key=lambda one: _SAME_LABEL * (one.highlight.item.label in labels) - one.weight):
            passed.add(best)
            quote = best.highlight.item.evidence[0].passage.quote
            grams = _grams(quote)  # of hundreds of items those few are compared that come into question
            if not is_small_talk(quote) and not any(_are_alike(grams, other) for other in said):
                chosen.append(best.highlight)
                said.append(grams)
                break
        left = [one for one in left if one not in passed]
    return tuple(chosen)


def _candidate(item: DigestItem, new: Collection[str], threads: Mapping[str, Thread], today: date | None) -> _Candidate | None:
    """Return an item with its weight; None where it cannot be named first."""
    thread = next((threads[one.passage.id] for one in item.evidence if one.passage.id in threads), None)
    first = item.evidence[0].passage
    if (thread and thread.state in SETTLED) or first.confidence < UNSURE_BELOW:
        return None
    if leans_on_others(first.quote) or len(first.quote.strip()) < _SHORTEST:
        return None
    is_new = any((one.passage.group or one.passage.id) in new for one in item.evidence)
    due = thread.own_day if thread and not thread.day_doubt else None
    gone_by = bool(due and today and due <= today and thread and thread.kind in MEETINGS)
    may_end = (thread.kind, thread.end_doubt.relation) if thread and thread.end_doubt else None
    urgency = _urgency(due, today) * (_GONE_BY if gone_by else 1) * (_MAY_BE_OVER if may_end else 1)
    voices = max(item.sources, item.posts)
    presses = urgency and today  # whether a day is near is known only where some post has one
    if voices == 1 and not presses and (first.confidence < _SURE or first.voice in _CHATTING):
        return None
    own = first.voice != "commenter"  # of two that weigh the same the one who did the work
    moved = bool(thread and any(event.relation == "moved" for event in thread.events))
    weight = (
        0.2 * own
        + 0.5 * min(voices, _VOICES_COUNT)
        + 0.8 * is_new
        + 0.5 * _is_fresh(item, today)
        + urgency * (_SMALL if first.voice in _CHATTING else 1)
        + _MOVED * moved
        + 0.5 * first.confidence
        + _firmness(item)
    )
    return _Candidate(Highlight(item, is_new, due, moved, may_end), weight)


def _urgency(due: date | None, today: date | None) -> float:
    """Return how pressing a day is: what can still be done before what is late; without a today, a day that is set counts a little."""
    if due is None:
        return 0.0
    if today is None:
        return 0.5
    if due < today:
        return 0.5 if today - due <= _JUST_LATE else 0.3 if today - due <= LATE else 0.0
    return 1.2 if due - today <= _SOON else 0.6 if due - today <= _COMING else 0.3


def _is_fresh(item: DigestItem, today: date | None) -> bool:
    days = [one.posted_at.date() for one in item.evidence if isinstance(one.posted_at, datetime)]
    return bool(today and days and today - max(days) <= _FRESH)


def _firmness(item: DigestItem) -> float:
    action = item.evidence[0].passage.action
    return _FIRM.get(action.strength or "", 0.0) if action else 0.3 if item.evidence[0].passage.chain else 0.0


def _grams(quote: str) -> frozenset[str]:
    text = fold(quote)
    return frozenset(text[i : i + GRAM] for i in range(max(1, len(text) - GRAM + 1)))


def _are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _ALIKE * min(len(one), len(other))
