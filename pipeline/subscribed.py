"""What is known of a feed that is collected from, between one night and the next.

Comes in: nothing. Goes out: `FeedState`, and `FeedReport` of an asking. Refuses nothing. Moments are UTC without a zone, as a database keeps them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

Outcome = Literal["read", "unchanged", "waiting", "failed"]


@dataclass(frozen=True, slots=True)
class FeedState:
    """How the last asking went: the marks of what was read, when to ask again at the earliest, how often in a row it failed and why."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    checked_at: datetime | None = None
    due_at: datetime | None = None
    failures: int = 0
    said: str | None = None


@dataclass(frozen=True, slots=True)
class FeedReport:
    """What came of a feed; `said` are sentences on what could not be had or read."""

    id: str
    url: str
    outcome: Outcome
    new: int = 0
    changed: int = 0
    said: tuple[str, ...] = ()
