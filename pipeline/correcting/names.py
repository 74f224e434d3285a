"""Names of people that may be one person's, for a reviewer to say so, and passages told with the name that was chosen.

Comes in: passages, and decisions on names. Goes out: pairs of names, and passages. Refuses nothing. Two names are offered when they are the same
without their titles (ครูแดง, อ.แดง), or of four signs and more and differ in one: nothing is merged unasked.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from pipeline.folding import distance
from pipeline.languages import titles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pipeline.records import Passage

_LONG_ENOUGH = 4  # signs without the title, from which one that differs may be a slip
_SHORTEST = 2
_OPENING = 2  # signs that two names must share to be compared


def alike_names(passages: Iterable[Passage]) -> list[tuple[str, str]]:
    """Return pairs of names that may be one, the one that is told more often first.

    >>> [bare_name(name) for name in ("ครูแดง", "อ.แดง", "แดง")]
    ['แดง', 'แดง', 'แดง']
    """
    counts = Counter(name for passage in passages for name in names_in(passage))
    by_opening: dict[str, list[str]] = {}
    for name in sorted(counts):
        if len(bare_name(name)) >= _SHORTEST:
            by_opening.setdefault(bare_name(name)[:_OPENING], []).append(name)
    pairs = [pair for names in by_opening.values() for pair in combinations(names, 2) if _may_be_one(*pair)]
    return [(one, other) if counts[one] >= counts[other] else (other, one) for one, other in pairs]


def names_in(passage: Passage) -> Iterator[str]:
    """Yield the names of people that a passage tells: who speaks, and who shall act."""
    if passage.speaker:
        yield passage.speaker
    for who in passage.action.who if passage.action else ():
        if who.name or not who.role:
            yield who.name or who.text


@lru_cache(maxsize=4_096)
def bare_name(name: str) -> str:
    """Return a name without its titles."""
    bare = name.strip()
    while found := next((title for title in titles() if bare.startswith(title) and len(bare) > len(title) + 1), None):
        bare = bare[len(found) :].strip()
    return bare


def renamed(passage: Passage, told: Mapping[str, str]) -> Passage:
    """Return a passage told with the names that reviewers chose; what the text says stays as it is written."""
    speaker = told.get(passage.speaker or "", passage.speaker)
    action = passage.action
    if action and any((who.name or who.text) in told for who in action.who):
        action = replace(action, who=tuple(replace(who, name=told.get(who.name or who.text, who.name)) for who in action.who))
    return passage if speaker == passage.speaker and action is passage.action else replace(passage, speaker=speaker, action=action)


def _may_be_one(one: str, other: str) -> bool:
    first, second = bare_name(one), bare_name(other)
    long_enough = min(len(first), len(second)) >= _LONG_ENOUGH
    return first == second or (long_enough and abs(len(first) - len(second)) <= 1 and distance(first, second) == 1)
