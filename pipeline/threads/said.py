"""A passage as threads see it: where in time it stands, its rare words, its days, owners, places and numbers.

Comes in: passages with their posts, and how often words stand in the collection. Goes out: `Said`. Refuses nothing.
"""

from __future__ import annotations

import math
import re
import sys
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from pipeline.languages.th.dates.calendar import NUMBER_WORD, number_of
from pipeline.languages.th.rarity import sampled
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
_KEYS = 16  # rare words by which a passage is found again
_AT_HAND = 2_048  # passages of which what is compared is kept at hand
_KEPT = 262_144  # quotes whose words are kept at hand: each kind of thread asks for them again
_words_kept: dict[str, tuple[str, ...]] = {}
FIRST_PERSON = frozenset({"ผม", "ดิฉัน", "หนู", "เรา", "พวกเรา", "ฉัน", "กระผม", "พี่", "ทีมงาน", "ทีม"})


@dataclass(frozen=True, slots=True)
class Told:
    """A passage and its place in time: the number of its post in the order of the collection, and the day of the post where it is known."""

    passage: Passage
    order: int
    day: date | None


class _Parts(NamedTuple):
    """What is compared of a passage beside its strings, its words and its figures."""

    owners: frozenset[str]
    own: tuple[float, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """What is compared of a passage, read when it is asked for: most passages of an archive are never compared again.

    `number` is its place in the whole collection, `in_post` that in its post.
    """

    told: Told
    number: int
    in_post: int
    rarity: Rarity

    @property
    def words(self) -> Mapping[str, float]:
        """The words that say something, each with its weight, together of length 1."""
        return self.rarity.weighed(self.told.passage.quote)

    @property
    def keys(self) -> Iterable[str]:
        """The rarest of its words, by which it is found again."""
        words = dict.fromkeys(telling_words(self.told.passage.quote))
        return words if len(words) <= _KEYS else sorted(self.words, key=lambda one: -self.words[one])[:_KEYS]

    @property
    def days(self) -> frozenset[date]:
        """The first days of the times that it names."""
        return days_of(self.told.passage)

    @property
    def owners(self) -> frozenset[str]:
        """Who shall act, and who is quoted."""
        return self.rarity.parts(self).owners

    @property
    def ordinals(self) -> frozenset[int]:
        """The how-manieth it speaks of (ครั้งที่ 3)."""
        quote = self.told.passage.quote
        return frozenset(number_of(found) for found in _ORDINAL.findall(quote)) if "ครั้งที่" in quote else frozenset()

    @property
    def figures(self) -> frozenset[str]:
        """The figures that it names."""
        return self.rarity.figures(self.told.passage.quote)

    @property
    def place(self) -> str | None:
        """Where it shall be done."""
        return self.told.passage.action.where if self.told.passage.action else None

    @property
    def own(self) -> tuple[float, ...]:
        """What is told of it itself, in the order of the features of each."""
        return self.rarity.parts(self).own

    @property
    def strings(self) -> Strings:
        """The strings of the collection."""
        return self.rarity.strings


class Rarity:
    """How rare words and strings are in a collection; what is compared of the latest passages is kept at hand."""

    def __init__(self, weights: Weights, strings: Strings) -> None:
        """Take the words and the strings of a collection."""
        self.strings = strings
        self.parts = lru_cache(maxsize=_AT_HAND)(_parts)
        self.weighed = lru_cache(maxsize=_AT_HAND)(weights.of_quote)
        self.figures = lru_cache(maxsize=_AT_HAND)(_figures)

    def rest(self) -> None:
        """Let go of the passages at hand: each holds the rarity that holds it, and only a sweep of memory would find both."""
        self.parts.cache_clear()


def _parts(said: Said) -> _Parts:
    passage = said.told.passage
    owners = {actor.name or actor.text for actor in passage.action.who if actor.text not in FIRST_PERSON} if passage.action else set()
    return _Parts(
        frozenset(owners | ({passage.speaker} if passage.voice == "quoted" and passage.speaker else set())),
        own_figures(passage, said.in_post),
    )


def _figures(quote: str) -> frozenset[str]:
    return frozenset(found.translate(_WESTERN) for found in _FIGURE.findall(quote))


class Weights:
    """How rare each word is in a collection of passages."""

    def __init__(self, quotes: Iterable[str]) -> None:
        """Count the words of each passage, each once."""
        counts, passages = Counter[str](), 0
        for quote in quotes:
            counts.update(set(telling_words(quote)))
            passages += 1
        self._rarity = {word: math.log((2 + passages) / (1 + count)) for word, count in counts.items()}
        self._of_no_passage = math.log(2 + passages)

    def of(self, words: Sequence[str]) -> dict[str, float]:
        """Return the weight of each word of a passage: rarer ones weigh more."""
        found = {word: self._rarity.get(word, self._of_no_passage) for word in words}
        length = math.sqrt(sum([weight * weight for weight in found.values()]))
        return {word: weight / length for word, weight in found.items()} if length else {}

    def of_quote(self, quote: str) -> Mapping[str, float]:
        """Return the weights of the telling words of a quote."""
        return self.of(telling_words(quote))


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
        forget_words()
    _words_kept.update((quote, tuple(map(sys.intern, found))) for quote, found in words.items())


def forget_words() -> None:
    """Let go of the words of quotes: what is followed is followed to the end."""
    _words_kept.clear()


def all_said(told: Sequence[Told]) -> Iterator[Said]:
    """Yield what is compared of each passage of a collection in its order; how rare a word is, some of them say (`sampled`)."""
    tell = [told[place].passage.quote for place in sampled(len(told))]
    rarity = Rarity(Weights(tell), Strings(tell))
    first, post = 0, None
    for number, one in enumerate(told):
        if one.passage.post != post:
            first, post = number, one.passage.post
        yield Said(one, number, number - first, rarity)
    rarity.rest()
