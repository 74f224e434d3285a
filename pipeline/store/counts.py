"""The figures that the store answers with.

Comes in: numbers from the database. Goes out: frozen records. Refuses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@dataclass(frozen=True, slots=True)
class PutCounts:
    """How many of the posts put were not known, known with something else in them, and known exactly so."""

    new: int
    changed: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class PhaseSummary:
    """What one phase holds: `authors` counts known names only, `totals` the groups of passages by label."""

    posts: int
    authors: int
    passages: int
    unsure: int
    first_post: date | None
    last_post: date | None
    totals: Mapping[str, int] = field(default_factory=dict)
