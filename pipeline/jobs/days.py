"""When each post tells of what: the event that it is about, and the day on which it stands in time.

Comes in: a store. Goes out: `Days`, which is worked out once and asked often. Refuses nothing.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from pipeline.events import PostEvent, event_of
from pipeline.jobs.unchanged import program
from pipeline.records import short_hash

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.records import Post
    from pipeline.store.store import Store

_EVENT = "event"
_DAYS = frozenset({"day", "last_day"})
_AT_ONCE = 200


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
    """Return when the posts of a store tell of what; only what is new or changed is read for it."""
    posted: dict[str, date] = {}
    titles: dict[str, str | None] = {}
    made_of: dict[str, str] = {}
    for post, content in store.outlines():
        titles[post.id] = post.title
        made_of[post.id] = short_hash(program(), content, str(post.title))
        if post.posted_at:
            posted[post.id] = post.posted_at.date()
    store.known.forget_other_posts(made_of.keys())
    told = {post: _event(row) for post, row in store.known.of(_EVENT, made_of).items()}
    new = [post for post in made_of if post not in told]
    for start in range(0, len(new), _AT_ONCE):
        found = {post_id: event_of(post) for post_id, post in store.posts_by_id(new[start : start + _AT_ONCE]).items()}
        store.known.keep(_EVENT, made_of, {post: _row(event) for post, event in found.items()})
        told |= found
    return Days({post: replace(told[post], what=titles[post]) for post in made_of}, posted)


def _row(event: PostEvent) -> dict[str, Any]:
    """Return an event as JSON has it; its name is that of its post."""
    told = {name: value for name, value in asdict(event).items() if value is not None and name != "what"}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in told.items()}


def _event(row: dict[str, Any]) -> PostEvent:
    fields: dict[str, Any] = {name: date.fromisoformat(value) if name in _DAYS else value for name, value in row.items()}
    return PostEvent(**fields)


def day_of(post: Post) -> date | None:
    """Return the day of a post: that of its page, else that of the event it tells of."""
    return post.posted_at.date() if post.posted_at else event_of(post).day
