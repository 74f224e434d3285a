"""Which groups of different posts say the same.

Comes in: passages, grouped within their posts. Goes out: for each group of a post that joins one of another post, the group that it joins. Refuses
nothing. The longest wording leads; one joins it that is a large part of it, nearly equal, or, of lessons and issues, the same in other words: most of
the rare words are in both. Two that differ in a number or in a "not" are never joined, nor is one label to another. An index of a few strings and of
the rarest words of each leader finds what can be the same, so that the cost grows with the archive and not with its square.
"""

from __future__ import annotations

import math
import zlib
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from heapq import nsmallest
from typing import TYPE_CHECKING

from pipeline.digest.groups import GRAM, NOT, SAME_FROM, Wording, fold, is_near, worded
from pipeline.languages.th.tokens import stop_words, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pipeline.records import Passage

_SKETCH = 8  # strings of a wording by which it is found again
_STRINGS = 2  # of them, what two that are nearly equal surely share
_RAREST = 4  # words of it, of which another must have two
_COMMON = 40  # what more leaders have says nothing
_PART, _PART_OF = 30, 0.4  # signs of a part, and its share of the whole, from which it says the same in another post
_IN_OTHER_WORDS, _LEAST = 0.6, 4  # cosine of rare words, and how many must be shared
_KEPT_WORDINGS = 4_000  # folded texts whose strings are kept at hand
_KEPT_WORDS = 20_000  # quotes whose words are kept at hand
_REWORDED = frozenset({"lesson", "issue"})


@dataclass(frozen=True, slots=True, eq=False)
class _Leader:
    group: str
    label: str
    quote: str
    text: str


@dataclass(slots=True)
class _Index:
    by_string: dict[tuple[str, int], list[_Leader]] = field(default_factory=dict)
    by_word: dict[tuple[str, str], list[_Leader]] = field(default_factory=dict)


def joined(passages: Iterable[Passage]) -> dict[str, str]:
    """Return for each group that says the same as a longer one of any post the id of that one."""
    longest: dict[str, _Leader] = {}
    for passage in passages:
        if passage.group and (passage.group not in longest or len(passage.quote) > len(longest[passage.group].quote)):
            longest[passage.group] = _Leader(passage.group, passage.label, passage.quote, fold(passage.quote) or passage.quote)
    leaders = sorted(longest.values(), key=lambda one: (-len(one.text), one.text, one.group))
    rarity = _rarity(leaders)
    index, joins = _Index(), dict[str, str]()
    for leader in leaders:
        words = _weighed(leader, rarity)
        sketch, rarest = _sketch(leader.text), sorted(words, key=lambda word: (-words[word], word))[:_RAREST]
        if found := _same(leader, words, index, sketch, rarity):
            joins[leader.group] = found.group
            continue
        for string in sketch:
            index.by_string.setdefault((leader.label, string), []).append(leader)
        for word in rarest:
            index.by_word.setdefault((leader.label, word), []).append(leader)
    return joins


def _same(leader: _Leader, words: Mapping[str, float], index: _Index, sketch: Sequence[int], rarity: Mapping[str, float]) -> _Leader | None:
    """Return the longer wording that says the same as this one; the first of them, by the strings, else by the words."""
    own = _worded(leader.text)
    strings = Counter(other for string in sketch for other in _few(index.by_string.get((leader.label, string), [])))
    for other in (found for found, shared in strings.most_common(_COMMON) if shared >= min(_STRINGS, len(sketch))):
        part = len(leader.text) >= max(_PART, _PART_OF * len(other.text)) and leader.text in other.text and NOT + leader.text not in other.text
        if part or is_near(own, _worded(other.text), SAME_FROM):
            return other
    counts = Counter(other for word in sorted(words) for other in _few(index.by_word.get((leader.label, word), [])))
    for other, shared in counts.most_common(_COMMON):
        theirs = _weighed(other, rarity) if shared > 1 else {}
        both = words.keys() & theirs.keys()
        alike = len(both) >= _LEAST and sum(words[word] * theirs[word] for word in both) >= _IN_OTHER_WORDS
        if alike and _worded(other.text).facts == own.facts:
            return other
    return None


@lru_cache(maxsize=_KEPT_WORDINGS)
def _worded(text: str) -> Wording:
    return worded(text)


def _few(listed: list[_Leader]) -> list[_Leader]:
    return listed if len(listed) <= _COMMON else []


def _sketch(text: str) -> list[int]:
    """Return the smallest hashes of the strings of a text: texts that share most of their strings share some of these."""
    return nsmallest(
        _SKETCH, {zlib.crc32(text[start : start + GRAM].encode("utf-8", "surrogatepass")) for start in range(max(1, len(text) - GRAM + 1))}
    )


def _rarity(leaders: Iterable[_Leader]) -> dict[str, float]:
    """Return how rare each word is among the leaders that may be reworded."""
    counts: Counter[str] = Counter()
    number = 0
    for leader in leaders:
        if leader.label in _REWORDED:
            counts.update(_telling(leader.quote))
            number += 1
    return {word: math.log((2 + number) / (1 + count)) for word, count in counts.items()}


def _weighed(leader: _Leader, rarity: Mapping[str, float]) -> dict[str, float]:
    """Return the weights of a leader's words, together of length 1; none of one whose words decide nothing."""
    if leader.label not in _REWORDED:
        return {}
    found = {word: rarity[word] for word in _telling(leader.quote)}
    length = math.sqrt(sum(weight * weight for weight in found.values()))
    return {word: weight / length for word, weight in found.items()} if length else {}


@lru_cache(maxsize=_KEPT_WORDS)
def _telling(quote: str) -> frozenset[str]:
    return frozenset(word for word in words_of(quote) if len(word) > 1 and any(sign.isalpha() for sign in word)) - stop_words()
