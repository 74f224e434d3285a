"""How many items a reviewer has decided today, in the team's time zone.

Comes in: who asks. Goes out: a number. Refuses nothing.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from pipeline.review.asked import Asked
    from pipeline.review.site import Site


def midnight(site: Site) -> datetime:
    """Return when today began where the team works."""
    now = datetime.fromtimestamp(site.clock(), UTC).astimezone(ZoneInfo(site.settings.project.timezone))
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


def decided_today(asked: Asked) -> int:
    """Return how many items the reviewer has decided today and not taken back."""
    return asked.site.store.reviewers.tallies.decided_since(asked.reviewer.id, midnight(asked.site))
