"""Where each of some patterns hits first, found in one walk through the words for all of them.

Comes in: patterns by name; then words. Goes out: the first hit of each that hits. Refuses nothing. A search for each pattern would walk through the
words again and again; here only the places are tried at which some pattern begins.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.languages.th.openings import branches, openings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

_OPENING, _KEY = 4, 2  # signs by which a place is found, and by which the patterns are that may begin there


class FirstHits:
    """Patterns by name, in an order."""

    def __init__(self, patterns: Mapping[str, str]) -> None:
        """Put the patterns in the order of what they begin with; what begins with anything is searched for alone."""
        self._patterns = {name: re.compile(pattern) for name, pattern in patterns.items()}
        self._alone: dict[str, re.Pattern[str]] = {}
        self._beginning: dict[str, list[str]] = {}
        signs: set[str] = set()
        for name, pattern in patterns.items():
            begins = {branch: {opening[:_OPENING] for opening in openings(branch)} for branch in branches(pattern)}
            if alone := [branch for branch, found in begins.items() if min(map(len, found)) < _KEY]:
                self._alone[name] = re.compile("|".join(alone))
            own = {opening for branch, found in begins.items() if branch not in alone for opening in found}
            signs |= own
            for key in sorted({opening[:_KEY] for opening in own}):
                self._beginning.setdefault(key, []).append(name)
        self._places = re.compile("|".join(_one_sign(sorted(signs))))

    def of(self, words: str, start: int = 0, without: Collection[str] = ()) -> dict[str, re.Match[str]]:
        """Return the first hit of each pattern from a place on, as `re.Pattern.search` finds it, in the order of the patterns.

        >>> hits = FirstHits({"later": "เดือนหน้า|ปีหน้า", "put off": "เลื่อน", "counted": "[0-9]+"}).of("เลื่อนไปปีหน้า")
        >>> {name: hit.span() for name, hit in hits.items()}
        {'later': (8, 14), 'put off': (0, 6)}
        """
        found: dict[str, re.Match[str]] = {}
        for place in self._places.finditer(words, start):
            at = place.start()
            for name in self._beginning[words[at : at + _KEY]]:
                if name not in found and (hit := self._patterns[name].match(words, at)):
                    found[name] = hit
        for name, alone in self._alone.items():
            hit = alone.search(words, start)
            if hit and (name not in found or hit.start() < found[name].start()):
                found[name] = hit
        return {name: found[name] for name in self._patterns if name in found and name not in without}


def _one_sign(signs: Iterable[str]) -> Iterable[str]:
    """Yield what finds the first sign of some openings where the others follow: only the first is taken, for the next may begin right behind it."""
    for first, opening in groupby(signs, key=lambda one: one[0]):
        yield f"{re.escape(first)}(?={_tree(one[1:] for one in opening)})"


def _tree(endings: Iterable[str]) -> str:
    """Return what finds one of some endings, in order, sign by sign."""
    tails = {first: [one[1:] for one in own] for first, own in groupby(endings, key=lambda one: one[:1])}
    if "" in tails:
        return ""
    branches = [re.escape(first) + _tree(own) for first, own in tails.items()]
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
