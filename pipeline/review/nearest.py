"""The passage most like one that is asked about, among those that reviewers have decided.

Comes in: a store and an item. Goes out: the nearest decided passage, or None where nothing is near. Refuses nothing. Nearness is the share of
common words.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline.corrections import live
from pipeline.languages import stop_words, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.review.asking import Item
    from pipeline.store.store import Store

_NEAR = 0.12  # share of common words from which two passages are told as alike
_LOOKED_AT = 400


class Decided(NamedTuple):
    """A passage that was decided: its words and its label."""

    quote: str
    label: str


def nearest_decided(store: Store, item: Item) -> Decided | None:
    """Return the nearest one."""
    assert item.passage
    own = _words(item.passage.quote)
    scored = [(_share(own, _words(one.quote)), one) for one in _decided(store, item.queued.item)]
    best = max(scored, key=lambda pair: pair[0], default=None)
    return best[1] if best and best[0] >= _NEAR else None


def _decided(store: Store, but: str) -> Iterator[Decided]:
    for one in live(store.corrections.newest("label", _LOOKED_AT)):
        if one.anchor and one.item != but:
            yield Decided(one.anchor.exact, str(one.after))


@lru_cache(maxsize=4_096)  # the same decisions are looked at for every item
def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in words_of(text) if word.strip() and word not in stop_words())


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 0.0
