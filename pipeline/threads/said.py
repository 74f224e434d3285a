"""A passage as threads see it: where in time it stands, its rare words, its days, owners, places and numbers.

Comes in: passages with their posts, and how often words stand in the collection. Goes out: `Said`. Refuses nothing.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.languages.th.dates.calendar import NUMBER_WORD, number_of
from pipeline.languages.th.tokens import stop_words, words_of
from pipeline.threads.openers import days_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from pipeline.records import Passage

_WORD = re.compile(r"[ก-๙A-Za-z]{2,}")
_ORDINAL = re.compile(rf"ครั้งที่\s{{0,2}}([0-9๐-๙]{{1,3}}|{NUMBER_WORD})")
_GRAM = 3
_FIRST_PERSON = frozenset({"ผม", "ดิฉัน", "หนู", "เรา", "พวกเรา", "ฉัน", "กระผม", "พี่", "ทีมงาน", "ทีม"})


@dataclass(frozen=True, slots=True)
class Told:
    """A passage and its place in time: the number of its post in the order of the collection, and the day of the post where it is known."""

    passage: Passage
    order: int
    day: date | None


@dataclass(frozen=True, slots=True)
class Said:
    """What is compared of a passage. `words` are those that say something, each with its weight, together of length 1."""

    told: Told
    words: Mapping[str, float]
    grams: frozenset[str]
    days: frozenset[date]
    owners: frozenset[str]
    ordinals: frozenset[int]


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


def telling_words(quote: str) -> list[str]:
    """Return the words of a passage that say what it is about."""
    return [word for word in words_of(quote) if _WORD.fullmatch(word) and word not in stop_words()]


def said_of(told: Told, words: Sequence[str], weights: Weights) -> Said:
    """Return what is compared of a passage; `words` are its telling words."""
    passage = told.passage
    action = passage.action
    folded = "".join(passage.quote.split())
    owners = {actor.name or actor.text for actor in action.who if actor.text not in _FIRST_PERSON} if action else set()
    return Said(
        told,
        weights.of(words),
        frozenset(folded[place : place + _GRAM] for place in range(len(folded) - _GRAM + 1)),
        days_of(passage),
        frozenset(owners | ({passage.speaker} if passage.voice == "quoted" and passage.speaker else set())),
        frozenset(number_of(found) for found in _ORDINAL.findall(passage.quote)),
    )
