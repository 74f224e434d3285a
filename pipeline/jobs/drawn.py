"""What the charts of a digest are drawn from, as far as the digest itself does not hold it.

Comes in: the groups of a phase as they stream by, and the days of all posts. Goes out: the groups that a digest shows, how many actions there are of
each state and day, and the days of the posts. Refuses nothing.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pipeline.digest.charts import UNTOLD
from pipeline.digest.digest import make_item
from pipeline.labels import label_ids

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from pipeline.jobs.days import Days
    from pipeline.records import DigestItem, Evidence
    from pipeline.store.store import Store

ITEMS = 100  # items of one label in a digest; all passages are in passages.jsonl
_ACTION = "action"
_ALL = 10_000_000  # groups of one label: they stream by


def groups_and_actions(store: Store, phase: str | None, days: Days) -> tuple[dict[str, list[list[Evidence]]], Counter[tuple[str, date | None]]]:
    """Return the first groups of each label, and how many of all actions have which state and which day."""
    groups: dict[str, list[list[Evidence]]] = {label: [] for label in label_ids()}
    actions: Counter[tuple[str, date | None]] = Counter()
    for label, kept in groups.items():
        for group in store.groups(phase, label, _ALL if label == _ACTION else ITEMS):
            if label == _ACTION:
                actions[_state_and_day(make_item(label, group), days)] += 1
            if len(kept) < ITEMS:
                kept.append(group)
    return groups, actions


def _state_and_day(item: DigestItem, days: Days) -> tuple[str, date | None]:
    """Return the state of an action as its line tells it, and the day of the post that tells it so."""
    passage = item.evidence[0].passage
    return (passage.action.state if passage.action else None) or UNTOLD, days.of(passage.post)


def days_of_posts(posts: Iterable[str], days: Days) -> tuple[list[date | None], int]:
    """Return the days of some posts, and of how many only the event tells it."""
    found = [(post, days.of(post)) for post in posts]
    return [day for _, day in found], sum(day is not None and post not in days.posted for post, day in found)
