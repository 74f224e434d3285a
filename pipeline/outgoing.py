"""The words of the post: a message that is composed, how it stands, and what its reader had seen when it was composed.

Comes in: nothing. Goes out: frozen records. Refuses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

MailState = Literal["waiting", "sending", "sent", "filed", "aside", "dropped"]
"""waiting: not handed over yet; sending: handed over, the answer is not known; sent: the server took it; filed: written as a file;
aside: the server refuses it for good; dropped: shall not be sent."""
STATES: tuple[MailState, ...] = ("waiting", "sending", "sent", "filed", "aside", "dropped")
REACHED: tuple[MailState, ...] = ("waiting", "sending", "sent", "filed")  # what such a message tells, its reader knows or will know

StopReason = Literal["bounced", "unsubscribed"]


class Standing(NamedTuple):
    """How a followed matter stood in a message: its state, its day as ISO 8601 (with ? where in doubt), and the last passage that told of it."""

    state: str
    due: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Seen:
    """What a reader has seen of a phase: by which model, from how many posts, up to which day; which items, and how each matter stood."""

    model: str
    posts: int
    last_post: date | None
    items: frozenset[str] = frozenset()
    lines: Mapping[str, Standing] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as it was composed, once for its `key`; `message` are its bytes in ASCII, `seen` is what its reader knows with it."""

    key: str
    recipient: str
    phase: str
    message_id: str
    subject: str
    message: str
    seen: Seen


@dataclass(frozen=True, slots=True)
class Posted:
    """How a message stands; `tries` counts the answers of a server, `said` is the last of them."""

    number: int
    key: str
    recipient: str
    phase: str
    message_id: str
    subject: str
    state: MailState
    tries: int
    composed_at: datetime
    next_try: datetime
    claimed_at: datetime | None
    ended_at: datetime | None
    said: str | None


@dataclass(frozen=True, slots=True)
class Ran:
    """A run: when it began and ended, None while it goes on or where it was cut off, how it ended, and its figures."""

    number: int
    began: datetime
    ended: datetime | None
    outcome: str
    counts: Mapping[str, int]
