"""What was decided of passages before, so that a night follows new ones alone: of which threads each is news, and which it leaves in doubt.

Comes in: passages in the order of time, and the linker. Goes out: for each post a hash of all that its decisions follow from: every passage before
it and its own, the words by which rarity is told, the linker. Refuses nothing. Decisions name threads by their number in the order of opening: after
the same passages it is the same.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from pipeline.languages.th.rarity import sampled
from pipeline.records import short_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pipeline.records import Passage
    from pipeline.threads.linker import Linker
    from pipeline.threads.said import Told


class Decision(NamedTuple):
    """The threads of which a passage is news, those of them that it may not close, and those of which it may be news, by number."""

    news: Sequence[int]
    unsure: Sequence[int]
    doubted: Sequence[int]


@dataclass(frozen=True, slots=True)
class Decided:
    """Decisions by post, in the order of its passages: those known before, and those of posts that were decided now."""

    before: Mapping[str, Sequence[Decision]] = field(default_factory=dict)
    now: dict[str, list[Decision]] = field(default_factory=dict)

    def known(self, told: Told, place: int) -> Decision | None:
        """Return what was decided of the passage at a place among those of its post that were decided at all."""
        decisions = self.before.get(told.passage.post)
        return decisions[place] if decisions is not None else None

    def keep(self, told: Told, decision: Decision) -> None:
        """Remember what was decided now."""
        self.now.setdefault(told.passage.post, []).append(decision)


def decided_by(told: Sequence[Told], linker: Linker, mark_of: Callable[[Passage], str]) -> dict[str, str]:
    """Return by post the hash of all that the decisions on its passages follow from; `mark_of` tells another where a passage is."""
    so_far, rarity = hashlib.sha256(), hashlib.sha256()
    for place in sampled(len(told)):
        rarity.update(told[place].passage.quote.encode("utf-8", "surrogatepass") + b"\0")
    after: dict[str, str] = {}
    groups: dict[tuple[str, str], int] = {}
    for number, one in enumerate(told, start=1):
        passage = one.passage
        within = groups.setdefault((passage.post, passage.group or passage.id), number)  # another post may give a group another name
        so_far.update(f"{one.order} {one.day} {passage.post} {mark_of(passage)} {within}\0".encode("utf-8", "surrogatepass"))
        after[passage.post] = so_far.hexdigest()
    basis = short_hash(repr(linker), rarity.hexdigest())
    return {post: short_hash(basis, rolled) for post, rolled in after.items()}
