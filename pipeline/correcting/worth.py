"""How much a reviewer's decision on a passage would teach, and why it is asked.

Comes in: a passage and what is known of it. Goes out: a value and the reason that counts most. Refuses nothing. The value is the doubt of the model,
weighted by label, and by how far the words are from what was decided before; what is disputed, suspected, changed or about to be sent is raised.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.languages import stop_words, words_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from pipeline.corrections import Queued
    from pipeline.records import Passage

LABEL_WEIGHTS = {"action": 2.0, "issue": 1.5, "lesson": 1.0, "other": 0.5}
BONUS: dict[Queued, float] = {"disputed": 1.0, "suspected": 1.0, "changed": 1.0, "due": 0.5}
_NOVEL_FROM = 0.9  # from which a passage that the model is sure of is asked for its novelty
_SURE = 0.3  # doubt below which the model is sure
_SHORTEST = 2  # signs of a word that says something


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside passages: groups that were decided in different ways, and which ones are suspected or about to be sent."""

    disputed_groups: Collection[str] = frozenset()
    suspected: Collection[str] = frozenset()
    due: Collection[str] = frozenset()


def doubt(passage: Passage) -> float:
    """Return how unsure the model is, from 0 to 1: one less the margin of its best label over the next.

    >>> from pipeline.records import Passage, Span
    >>> doubt(Passage("1", "1.txt", Span(0, 2), "นา", "issue", 0.5, second=("lesson", 0.4)))
    0.9
    """
    margin = passage.confidence - passage.second[1] if passage.second else 2 * passage.confidence - 1
    return round(1 - max(0.0, margin), 6)


def worth(passage: Passage, novelty: float, known: Known) -> tuple[float, Queued]:
    """Return the value of a decision on a passage, and why it is asked."""
    told: list[Queued] = []
    if passage.group in known.disputed_groups:
        told.append("disputed")
    if passage.id in known.suspected:
        told.append("suspected")
    if passage.id in known.due:
        told.append("due")
    unsure = doubt(passage)
    value = unsure * LABEL_WEIGHTS.get(passage.label, 1.0) * novelty + sum(BONUS[reason] for reason in told)
    return round(value, 6), told[0] if told else "novel" if novelty >= _NOVEL_FROM and unsure < _SURE else "uncertain"


class Novelty:
    """How far words are from those that were decided before: one less the greatest share of words in common (Jaccard)."""

    def __init__(self, decided: Iterable[str]) -> None:
        """Remember the words of what was decided."""
        self._sizes: list[int] = []
        self._with: dict[str, list[int]] = {}
        for number, quote in enumerate(decided):
            words = telling_words(quote)
            self._sizes.append(len(words))
            for word in words:
                self._with.setdefault(word, []).append(number)

    def of(self, quote: str) -> float:
        """Return the novelty of some words, from 0 to 1.

        >>> Novelty(["ซ่อมท่อน้ำ"]).of("ซ่อมท่อน้ำ"), Novelty([]).of("ซ่อมท่อน้ำ")
        (0.0, 1.0)
        """
        if not self._sizes:
            return 1.0
        words = telling_words(quote)
        common: dict[int, int] = {}
        for word in words:
            for number in self._with.get(word, ()):
                common[number] = common.get(number, 0) + 1
        return 1 - max((both / (len(words) + self._sizes[number] - both) for number, both in common.items()), default=0.0)


@lru_cache(maxsize=2**13)
def telling_words(quote: str) -> frozenset[str]:
    """Return the words of a passage that say something."""
    return frozenset(word for word in words_of(quote) if len(word) >= _SHORTEST and not word.isspace() and word not in stop_words())


def disputed_groups(decided: Iterable[tuple[str | None, str]], labels: Mapping[str, str]) -> set[str]:
    """Return the groups of passages that say the same and were decided differently, or otherwise than the model labels the group."""
    by_group: dict[str, set[str]] = {}
    for group, label in decided:
        if group:
            by_group.setdefault(group, set()).add(label)
    return {group for group, found in by_group.items() if len(found | {labels[group]} if group in labels else found) > 1}
