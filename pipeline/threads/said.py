"""A passage as threads see it: where in time it stands, its rare words, its days, owners, places and numbers.

Comes in: passages with their posts, and how often words stand in the collection. Goes out: `Said`. Refuses nothing.
"""

from __future__ import annotations

import math
import re
import sys
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.languages.th.dates.calendar import NUMBER_WORD, number_of
from pipeline.languages.th.rarity import counted
from pipeline.languages.th.tokens import stop_words, words_of
from pipeline.threads.openers import days_of
from pipeline.threads.own import own_figures
from pipeline.threads.strings import Strings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from pipeline.records import Passage

_WORD = re.compile(r"[ก-๙A-Za-z]{2,}")
_ORDINAL = re.compile(rf"ครั้งที่\s{{0,2}}([0-9๐-๙]{{1,3}}|{NUMBER_WORD})")
_FIGURE = re.compile(r"[0-9๐-๙]+(?:[,.][0-9๐-๙]+)*")
_WESTERN = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789", ",")
_KEPT = 65_536  # quotes whose words are kept at hand: each kind of thread asks for them again
_words_kept: dict[str, tuple[str, ...]] = {}
FIRST_PERSON = frozenset({"ผม", "ดิฉัน", "หนู", "เรา", "พวกเรา", "ฉัน", "กระผม", "พี่", "ทีมงาน", "ทีม"})


@dataclass(frozen=True, slots=True)
class Told:
    """A passage and its place in time: the number of its post in the order of the collection, and the day of the post where it is known."""

    passage: Passage
    order: int
    day: date | None


@dataclass(frozen=True, slots=True)
class Said:
    """What is compared of a passage. `words` are those that say something, each with its weight, together of length 1.

    `number` is its place in the whole collection, `own` what is told of it itself, `strings` those of the collection.
    """

    told: Told
    words: Mapping[str, float]
    days: frozenset[date]
    owners: frozenset[str]
    ordinals: frozenset[int]
    figures: frozenset[str]
    place: str | None
    number: int
    own: tuple[float, ...]
    strings: Strings


class Weights:
    """How rare each word is in a collection of passages, which grows."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._counts: Counter[str] = Counter()
        self._passages = 0

    def add(self, words: Iterable[str]) -> None:
        """Count the words of one more passage, each once."""
        self._counts.update(words)
        self._passages += 1

    def of(self, words: Sequence[str]) -> dict[str, float]:
        """Return the weight of each word of a passage: rarer ones weigh more."""
        found = {word: math.log((2 + self._passages) / (1 + self._counts[word])) for word in dict.fromkeys(words)}
        length = math.sqrt(sum(weight * weight for weight in found.values()))
        return {word: weight / length for word, weight in found.items()} if length else {}


def telling_words(quote: str) -> tuple[str, ...]:
    """Return the words of a passage that say what it is about."""
    found = _words_kept.get(quote)
    if found is None:
        found = tuple(sys.intern(word) for word in words_of(quote) if _WORD.fullmatch(word) and word not in stop_words())
        remember_words({quote: found})
    return found


def remember_words(words: Mapping[str, Iterable[str]]) -> None:
    """Take the words of quotes that were cut before: they are not cut again."""
    if len(_words_kept) + len(words) > _KEPT:
        _words_kept.clear()
    _words_kept.update((quote, tuple(map(sys.intern, found))) for quote, found in words.items())


def all_said(told: Sequence[Told]) -> Iterator[Said]:
    """Yield what is compared of each passage of a collection in its order; how rare a word is, the first of them say (`counted`)."""
    words = [telling_words(one.passage.quote) for one in told]
    weights, count = Weights(), counted(len(told))
    for row in words[:count]:
        weights.add(set(row))
    strings = Strings((one.passage.quote for one in told), count)
    first, post = 0, None
    for number, (one, row) in enumerate(zip(told, words, strict=True)):
        if one.passage.post != post:
            first, post = number, one.passage.post
        yield _said_of(one, row, (weights, strings), number, number - first)


def _said_of(told: Told, words: Sequence[str], rarity: tuple[Weights, Strings], number: int, in_post: int) -> Said:
    """Return what is compared of a passage; `words` are its telling words, `number` and `in_post` its place in the collection and its post."""
    passage = told.passage
    action = passage.action
    owners = {actor.name or actor.text for actor in action.who if actor.text not in FIRST_PERSON} if action else set()
    return Said(
        told,
        rarity[0].of(words),
        days_of(passage),
        frozenset(owners | ({passage.speaker} if passage.voice == "quoted" and passage.speaker else set())),
        frozenset(number_of(found) for found in _ORDINAL.findall(passage.quote)),
        frozenset(found.translate(_WESTERN) for found in _FIGURE.findall(passage.quote)),
        action.where if action else None,
        number,
        own_figures(passage, in_post),
        rarity[1],
    )
