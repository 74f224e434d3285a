"""Which passages of one post say the same.

Comes in: a post and its passages. Goes out: the passages in the same order, each with `group` set. Refuses: a passage of another
post. The longest wording leads a group; a shorter one joins the first leader of its label that it equals, is part of, or nearly
equals. Two wordings that differ in a number or in a "not" never nearly equal: they are two meetings, or two opinions.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.records import Passage, Post, short_hash

if TYPE_CHECKING:
    from collections.abc import Sequence

SAME_FROM = 0.6  # Jaccard similarity of character 4-grams from which two wordings say the same
GRAM = 4
SHORTEST_PART = 12  # a shorter part of a longer passage is a phrase that any passage could hold, not a mention of it
NOT = "ไม่"
_KEPT = frozenset("LMN")  # letters, marks (Thai vowels and tones among them) and digits, by Unicode category
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Wording:
    """A passage's folded text and what is compared of it: how many different strings it has, its numbers and how often it says "not"."""

    text: str
    strings: int
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Leader:
    """The longest wording of a group, its strings, held as long as its post is grouped, and the group's id."""

    wording: Wording
    strings: frozenset[str]
    group: str


def group(post: Post, passages: Sequence[Passage]) -> list[Passage]:
    """Return the passages of `post` with `group` set: those of one label that say the same share it."""
    leaders: dict[str, list[_Leader]] = {}
    groups: dict[int, str] = {}
    texts = [folded(passage.quote) for passage in passages]
    for i in sorted(range(len(passages)), key=lambda i: (-len(texts[i]), texts[i])):
        if passages[i].post != post.id:
            message = f"Every passage must be of post {post.id}. Got one of post {passages[i].post} instead."
            raise ValueError(message)
        label, strings = passages[i].label, strings_of(texts[i])
        own = worded(texts[i], strings)
        found = next((leader for leader in leaders.get(label, []) if _says_the_same(own, strings, leader)), None)
        if found is None:
            found = _Leader(own, strings, short_hash(label, own.text))
            leaders.setdefault(label, []).append(found)
        groups[i] = found.group
    return [replace(passage, group=groups[i]) for i, passage in enumerate(passages)]


def fold(text: str) -> str:
    """Return what is compared of a text: its letters, vowels, tone marks and digits, in one form and one case.

    >>> fold("ครั้งที่ ๓ … “ทำ KM”")
    'ครั้งที่3ทําkm'
    """
    return "".join(map(_kept, unicodedata.normalize("NFKC", text).casefold()))


@lru_cache(maxsize=4_096)  # it is asked of every sign of every passage
def _kept(sign: str) -> str:
    return str(unicodedata.decimal(sign, sign)) if unicodedata.category(sign)[0] in _KEPT else ""


def folded(quote: str) -> str:
    """Fold a quote; one of signs alone stands for itself, or it would be part of every other."""
    return fold(quote) or quote


def strings_of(text: str) -> frozenset[str]:
    """Return the strings by which a text that was folded is compared; one that is too short to have any is its own."""
    return frozenset(text[i : i + GRAM] for i in range(max(1, len(text) - GRAM + 1)))


def worded(text: str, strings: frozenset[str]) -> Wording:
    """Return what is compared of a text that was folded, without its strings: they take many times the room of the text."""
    return Wording(text, len(strings), (str(text.count(NOT)), *sorted(_NUMBER.findall(text))))


def _says_the_same(shorter: Wording, strings: frozenset[str], leader: _Leader) -> bool:
    """Tell whether the two are equal, one part of the other, or nearly equal."""
    longer = leader.wording
    if shorter.text == longer.text or _is_part(shorter.text, longer.text):
        return True
    return may_be_near(shorter, longer) and share_most(strings, leader.strings)


def may_be_near(one: Wording, other: Wording) -> bool:
    """Tell whether two wordings could share most of their strings, which is cheap to see, and differ in no number and no "not"."""
    few, many = sorted((one.strings, other.strings))
    return one.facts == other.facts and few >= SAME_FROM * many


def share_most(strings: frozenset[str], others: frozenset[str]) -> bool:
    """Tell whether two wordings share most of all their strings; to look for each in a text takes many times as long as to make them."""
    shared = len(strings & others)
    return shared >= SAME_FROM * (len(strings) + len(others) - shared)


def _is_part(shorter: str, longer: str) -> bool:
    """Tell whether `longer` holds `shorter`, and not with a "not" right before it, which turns it round."""
    return len(shorter) >= SHORTEST_PART and shorter in longer and NOT + shorter not in longer
