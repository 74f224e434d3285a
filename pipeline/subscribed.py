"""What is known of a feed that is collected from, between one night and the next.

Comes in: nothing. Goes out: `FeedState`. Refuses nothing. Moments are UTC without a zone, as a database keeps them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


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
