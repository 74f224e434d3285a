"""What the whole app shares: the store, the keys, where it is found, the present time.

Comes in: the parts, when the app is made. Goes out: the same to every request. Refuses nothing.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.desk import Desk
from pipeline.review.limits import Limits
from pipeline.review.standing import Standing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pipeline.settings import Settings
    from pipeline.store.reviewers import Reviewers
    from pipeline.store.store import Store


@dataclass(frozen=True, slots=True)
class Site:
    """What every request may use; `out` is the folder of the last run."""

    store: Store
    settings: Settings
    keys: tuple[str, ...]
    base_url: str
    out: Path
    proxy: str | None = None
    clock: Callable[[], float] = time.time
    limits: Limits = field(default_factory=Limits)
    effect: Callable[[str], list[str]] = lambda _language: []  # what the last model became that corrections taught, in lines
    standing: Standing = field(default_factory=Standing)

    @property
    def secure(self) -> bool:
        """Tell whether browsers reach the app by TLS."""
        return self.base_url.startswith("https://")

    @property
    def desk(self) -> Desk:
        """Return what reviewers do, on this store."""
        return Desk(self.store)

    @property
    def reviewers(self) -> Reviewers:
        """Return who may review."""
        return self.store.reviewers

    def now(self) -> int:
        """Return the seconds since 1970."""
        return int(self.clock())
