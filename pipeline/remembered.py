"""What is remembered of a digest, so that the next one can tell what changed, and the words for changes.

Comes in: nothing. Goes out: a frozen record. Refuses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from datetime import date

ChangeBasis = Literal["first", "reread", "compared"]
ChangeKind = Literal["moved", "doubted", "closed", "news", "opened"]


class Standing(NamedTuple):
    """How a followed matter stood: its state, the day that was set, as ISO 8601 (with ? where it is in doubt), and how many passages told of it."""

    state: str
    due: str | None
    events: int


@dataclass(frozen=True, slots=True)
class Remembered:
    """A digest's matters: the ids of its groups, and how each thread stood; by which model, from how many posts, up to which day."""

    model: str
    posts: int
    last_post: date | None
    groups: frozenset[str]
    threads: dict[str, Standing]

    def is_same(self, other: Remembered) -> bool:
        """Tell whether both hold the same matters, however many posts were read."""
        return (self.model, self.groups, self.threads) == (other.model, other.groups, other.threads)
