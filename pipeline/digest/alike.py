"""Which groups of different posts say the same.

Comes in: the leading wordings of the groups, and how they were joined before. Goes out: for each group that joins another the id of that one. Refuses
nothing. The longest wording leads; one joins it that is a large part of it, nearly equal, or, of lessons and issues, the same in other words: most of
the rare words are in both. Two that differ in a number or in a "not" are never joined, nor is one label to another. An index of a few strings and of
the rarest words of each leader finds what can be the same: only what a new wording touches is compared again, the rest is as it was.
"""

from __future__ import annotations

import math
import zlib
from array import array
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from heapq import nsmallest
from sys import intern
from typing import TYPE_CHECKING, NamedTuple

from pipeline.digest.groups import NOT, Wording, folded, may_be_near, share_most, strings_of, worded
from pipeline.languages import counted, stop_words, words_of
from pipeline.records import short_hash

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pipeline.records import Passage

    _Key = tuple[str, int | str]  # a label with a string or a word
    _Listed = dict[int | str, str | list[str]]  # the groups of a string or a word: most have one alone

_SKETCH = 8  # strings of a wording by which it is found again
_STRINGS = 2  # of them, what two that are nearly equal surely share
_WORDS = 2  # rare words that two must share to be compared
_RAREST = 4  # words of it, of which another must have two
_COMMON = 40  # what more leaders have says nothing
_PART, _PART_OF = 30, 0.4  # signs of a part, and its share of the whole, from which it says the same in another post
_IN_OTHER_WORDS, _LEAST = 0.6, 4  # cosine of rare words, and how many must be shared
_KEPT_WORDINGS = 4_000  # folded texts of which what is compared is kept at hand
_KEPT_WORDS = 500  # quotes whose words are kept at hand
_REWORDED = frozenset({"lesson", "issue"})


class Leader(NamedTuple):
    """The longest wording of a group: what is compared of it, its telling words where it may be reworded, and by what it is found again."""

    group: str
    label: str
    length: int
    text: str
    words: tuple[str, ...]
    sketch: array[int]


@dataclass(frozen=True, slots=True)
class Before:
    """How groups were joined before, and by which rarity of words; nothing of it is taken over where that is another now."""

    rarity: str = ""
    leaders: Mapping[str, Leader] = field(default_factory=dict)
    joins: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Index:
    """The groups that joined no other, by label, by the strings and the words by which they are found again."""

    leaders: Mapping[str, Leader]
    found_by: dict[str, _Listed] = field(default_factory=dict)

    def enter(self, leader: Leader, rarity: Rarity) -> None:
        listed = self.found_by.setdefault(leader.label, {})
        for _, sign in _found_by(leader, rarity):
            known = listed.setdefault(sign, leader.group)
            if isinstance(known, list):
                known.append(leader.group)
            elif known is not leader.group:
                listed[sign] = [known, leader.group]

    def nearest(self, label: str, signs: Iterable[int | str]) -> list[tuple[Leader, int]]:
        """Return the leaders that share most of some strings or words, and how many; what very many share says nothing."""
        groups = Counter(group for sign in signs for group in self._few((label, sign)))
        return [(self.leaders[group], shared) for group, shared in groups.most_common(_COMMON)]

    def under(self, key: _Key) -> Sequence[str]:
        """Return the groups that are entered under a key."""
        label, sign = key
        found = self.found_by.get(label, {}).get(sign, [])
        return found if isinstance(found, list) else [found]

    def _few(self, key: _Key) -> Sequence[str]:
        listed = self.under(key)
        return listed if len(listed) <= _COMMON else []


@dataclass(slots=True)
class _Changed:
    """Which groups are found under a key that were not before, or no longer, and how many more; `gone` are the keys of those that are no more."""

    gone: set[_Key]
    groups: dict[_Key, list[str]] = field(default_factory=dict)
    more: dict[_Key, int] = field(default_factory=dict)

    def add(self, leader: Leader, rarity: Rarity, more: int) -> None:
        for key in _found_by(leader, rarity):
            self.groups.setdefault(key, []).append(leader.group)
            self.more[key] = self.more.get(key, 0) + more

    def bears_on(self, leader: Leader, index: _Index) -> bool:
        """Say whether a leader may find another than before: a changed group that shares enough with it, or a key that says something only now."""
        if not (self.gone or self.groups):
            return False
        strings = [(leader.label, string) for string in leader.sketch]
        return self._among(strings, min(_STRINGS, len(strings)), index) or self._among([(leader.label, word) for word in leader.words], _WORDS, index)

    def _among(self, keys: Iterable[_Key], least: int, index: _Index) -> bool:
        shared: Counter[str] = Counter()
        for key in keys:
            if key in self.gone:
                return True
            if key in self.groups:
                now = len(index.under(key))
                if (now > _COMMON) != (now - self.more[key] > _COMMON):
                    return True
                shared.update(self.groups[key] if now <= _COMMON else ())
        return any(count >= least for count in shared.values())


def leader_of(passage: Passage) -> Leader:
    """Return a passage as what may lead its group."""
    text = folded(passage.quote)
    words = tuple(map(intern, sorted(_telling(passage.quote)))) if passage.label in _REWORDED else ()
    return Leader(str(passage.group), passage.label, len(passage.quote), text, words, _sketch(text))


def longest_of(leaders: Iterable[Leader]) -> list[Leader]:
    """Return of each group the longest wording, in the order in which the groups are told first."""
    longest: dict[str, Leader] = {}
    for one in leaders:
        known = longest.setdefault(one.group, one)
        if (-one.length, one.words) < (-known.length, known.words):
            longest[one.group] = one
    return list(longest.values())


def joined(leaders: Sequence[Leader], before: Before | None = None) -> Before:
    """Return which groups say the same as a longer one, by its id; what nothing new can change is as it was before.

    The leaders come in the order in which they are told: the first of many say how rare a word is.
    """
    rarity = Rarity(leaders)
    known = before if before and before.rarity == rarity.key else Before()
    now = {one.group: one for one in leaders}
    gone = (one for group, one in known.leaders.items() if group not in known.joins and now.get(group) != one)
    changed = _Changed({key for one in gone for key in _found_by(one, rarity)})
    index, joins = _Index(now), dict[str, str]()
    for one in sorted(leaders, key=lambda one: (-len(one.text), one.text, one.group)):
        is_known = known.leaders.get(one.group) == one
        stands = is_known and not changed.bears_on(one, index)
        found = known.joins.get(one.group) if stands else _same(one, index, rarity)
        if known.leaders and not stands and (found is None) != (is_known and one.group not in known.joins):
            changed.add(one, rarity, -1 if found else 1)
        if found:
            joins[one.group] = found
        else:
            index.enter(one, rarity)
    return Before(rarity.key, now, joins)


class Rarity:
    """How rare each word is among the leaders that may be reworded; of many of them the first say it."""

    def __init__(self, leaders: Iterable[Leader]) -> None:
        """Count the words."""
        reworded = [one for one in leaders if one.label in _REWORDED]
        first = reworded[: counted(len(reworded))]
        counts = Counter(word for one in first for word in one.words)
        self.key = short_hash(*(word for one in first for word in (one.group, *one.words)))
        self._unseen = math.log(2 + len(first))
        self._rarity = {word: math.log((2 + len(first)) / (1 + count)) for word, count in counts.items()}

    def weighed(self, leader: Leader) -> dict[str, float]:
        """Return the weights of a leader's words, together of length 1; none of one whose words decide nothing."""
        found = {word: self._rarity.get(word, self._unseen) for word in leader.words}
        length = math.sqrt(sum(weight * weight for weight in found.values()))
        return {word: weight / length for word, weight in found.items()} if length else {}

    def rarest(self, leader: Leader) -> list[str]:
        """Return the words of a leader by which it is found again."""
        return nsmallest(_RAREST, leader.words, key=lambda word: (-self._rarity.get(word, self._unseen), word))


def _found_by(leader: Leader, rarity: Rarity) -> list[_Key]:
    """Return the keys under which a leader is entered."""
    return [*((leader.label, string) for string in leader.sketch), *((leader.label, word) for word in rarity.rarest(leader))]


def _same(leader: Leader, index: _Index, rarity: Rarity) -> str | None:
    """Return the group of the longer wording that says the same as this one; the first of them, by the strings, else by the words."""
    strings = strings_of(leader.text)
    own = worded(leader.text, strings)
    for other in (found for found, shared in index.nearest(leader.label, leader.sketch) if shared >= min(_STRINGS, len(leader.sketch))):
        part = len(leader.text) >= max(_PART, _PART_OF * len(other.text)) and leader.text in other.text and NOT + leader.text not in other.text
        if part or (may_be_near(own, _worded(other.text)) and share_most(strings, strings_of(other.text))):
            return other.group
    words = rarity.weighed(leader)
    for other, shared in index.nearest(leader.label, leader.words):
        theirs = rarity.weighed(other) if shared >= _WORDS else {}
        both = sorted(words.keys() & theirs.keys())
        alike = len(both) >= _LEAST and sum(words[word] * theirs[word] for word in both) >= _IN_OTHER_WORDS
        if alike and _worded(other.text).facts == own.facts:
            return other.group
    return None


@lru_cache(maxsize=_KEPT_WORDINGS)
def _worded(text: str) -> Wording:
    return worded(text, strings_of(text))


def _sketch(text: str) -> array[int]:
    """Return the smallest hashes of the strings of a text: texts that share most of their strings share some of these."""
    return array("I", nsmallest(_SKETCH, {zlib.crc32(string.encode("utf-8", "surrogatepass")) for string in strings_of(text)}))


@lru_cache(maxsize=_KEPT_WORDS)
def _telling(quote: str) -> frozenset[str]:
    return frozenset(word for word in words_of(quote) if len(word) > 1 and any(sign.isalpha() for sign in word)) - stop_words()
