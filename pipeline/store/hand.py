"""What a run has read of posts and passages, held from step to step: each of them asks for all of it again.

Comes in: outlines and passages as they are read. Goes out: the same, as long as they stand. Refuses nothing. Posts are changed by the one run alone
that has the turn, which drops what it holds; passages by reviewers as well, with a correction in the same transaction: `state` counts those. Of an
archive that is too long to be held nothing is, and it is read each time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from pipeline.store.kept import MOST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pipeline.records import Passage, Post

    State = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class Held:
    """All passages of posts that are not retired, in their order, and the same by their ids and by their posts."""

    passages: tuple[Passage, ...]
    by_id: Mapping[str, Passage]
    by_post: Mapping[str, list[Passage]]


class Hand:
    """What is at hand; nothing is before somebody asks to have it `keeps`."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.keeps = False
        self._outlines: dict[str, tuple[Post, str]] | None = None
        self._held: tuple[State, Held] | None = None

    def drop(self) -> None:
        """Hold nothing of what was read: it is another now."""
        self._outlines = self._held = None

    def regroup(self, groups: Mapping[str, str]) -> None:
        """Put passages into other groups, as they are in the database now."""
        if self._held is not None:
            state, held = self._held
            self._held = state, _by_names(tuple(replace(one, group=groups[one.id]) if one.id in groups else one for one in held.passages))

    def outlines(self, read: Iterator[tuple[Post, str]]) -> Iterator[tuple[Post, str]]:
        """Yield the outlines that are held, else those that are read, which are held from then on."""
        if self._outlines is not None:
            yield from self._outlines.values()
            return
        some = list(islice(read, MOST)) if self.keeps else []
        self._outlines = {one[0].id: one for one in some} if self.keeps and len(some) < MOST else None
        yield from some
        yield from read

    def outlines_of(self, post_ids: Iterable[str]) -> dict[str, tuple[Post, str]]:
        """Return the outlines of these posts that are held."""
        held = self._outlines or {}
        return {post_id: held[post_id] for post_id in post_ids if post_id in held}

    def held(self, state: State) -> Held | None:
        """Return the passages that are held in this state."""
        return self._held[1] if self._held is not None and self._held[0] == state else None

    def hold(self, state: State, read: Iterable[Passage]) -> Held:
        """Hold the passages that are read in this state."""
        held = _by_names(tuple(read))
        self._held = state, held
        return held


def _by_names(passages: tuple[Passage, ...]) -> Held:
    by_post: dict[str, list[Passage]] = {}
    for passage in passages:
        by_post.setdefault(passage.post, []).append(passage)
    return Held(passages, {passage.id: passage for passage in passages}, by_post)
