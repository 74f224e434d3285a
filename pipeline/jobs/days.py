"""When each post tells of what: the event that it is about, and the day on which it stands in time.

Comes in: a store. Goes out: `Days`, which is worked out once and asked often. Refuses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.events import PostEvent, event_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from pipeline.records import Post
    from pipeline.store.store import Store


@dataclass(frozen=True, slots=True)
class Days:
    """The event of each post, and the day of its page, by the post's id."""

    events: Mapping[str, PostEvent]
    posted: Mapping[str, date]

    def of(self, post: str) -> date | None:
        """Return the day of a post: that of its page, else that of the event it tells of."""
        return self.posted.get(post) or self.events[post].day

    @property
    def last(self) -> date | None:
        """Return the last day of which a post tells."""
        return max((day for post in self.events if (day := self.of(post))), default=None)


def days_in(store: Store) -> Days:
    """Return when the posts of a store tell of what."""
    events: dict[str, PostEvent] = {}
    posted: dict[str, date] = {}
    for post in store.posts():
        events[post.id] = event_of(post)
        if post.posted_at:
            posted[post.id] = post.posted_at.date()
    return Days(events, posted)


def day_of(post: Post) -> date | None:
    """Return the day of a post: that of its page, else that of the event it tells of."""
    return post.posted_at.date() if post.posted_at else event_of(post).day
