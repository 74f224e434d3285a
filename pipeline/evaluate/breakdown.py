"""The figures by domain, voice and length, the table of confusions, and how far a confidence can be believed.

Comes in: labelled posts and what was found in them. Goes out: scores for each group, counts, and bins of confidence against truth. Refuses
nothing. Groups of fewer than a handful of passages say little: their size stands beside every figure.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from pipeline.evaluate.errors import Judged
from pipeline.evaluate.scores import SAME_PLACE, count_post, overlap_share, score
from pipeline.labelled import GoldSpan
from pipeline.labels import OTHER, label_ids

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from pipeline.evaluate.scores import Scores
    from pipeline.labelled import LabelledPost
    from pipeline.records import Passage

_LENGTHS = (0, 60, 120, 200, 100_000)  # borders of the classes of length, in code points
_NAMES = ("under 60", "60 to 119", "120 to 199", "200 and more")

Read = tuple["LabelledPost", "Sequence[Passage]"]


@dataclass(frozen=True, slots=True)
class Lengths:
    """Passages of one class of length: how many are marked, how many of these were found, how many were given, how many of these are right."""

    marked: int
    found: int
    given: int
    right: int


@dataclass(frozen=True, slots=True)
class Bin:
    """Labels that were given with a confidence in one tenth: how many, their mean confidence, and the share that was right."""

    count: int
    confidence: float
    right: float


def judged(read: Read) -> Judged:
    """Return a labelled post and what was found in it in the form in which errors are looked for."""
    labelled, found = read
    return Judged(labelled.post.source, labelled.post.text, tuple(gold_of(labelled)), tuple(found))


def gold_of(labelled: LabelledPost) -> list[GoldSpan]:
    """Return the marks of a labelled post as gold spans of its text."""
    return [GoldSpan(passage.span, passage.label) for passage in labelled.passages]


def score_of(posts: Sequence[Read], draws: int = 1_000) -> Scores:
    """Return the figures over all posts."""
    return score([_counts(read) for read in posts], draws=draws)


def _counts(read: Read) -> NDArray[np.int64]:
    labelled, found = read
    return count_post(labelled.post.text, gold_of(labelled), [(passage.span, passage.label) for passage in found])


def by_domain(posts: Sequence[Read]) -> dict[str, Scores]:
    """Return the figures of each domain, in name order; posts whose domain nobody noted stand under "?"."""
    return _by_post(posts, lambda labelled: labelled.facts.domain if labelled.facts else "?")


def by_register(posts: Sequence[Read]) -> dict[str, Scores]:
    """Return the figures of each register, in name order."""
    return _by_post(posts, lambda labelled: labelled.facts.register if labelled.facts else "?")


def _by_post(posts: Sequence[Read], key: Callable[[LabelledPost], str]) -> dict[str, Scores]:
    groups: dict[str, list[Read]] = {}
    for read in posts:
        groups.setdefault(key(read[0]), []).append(read)
    return {name: score_of(group) for name, group in sorted(groups.items())}


def by_voice(posts: Sequence[Read]) -> dict[str, Scores]:
    """Return the figures of the author's text and of the comments, marks and finds of one against each other."""
    found = {}
    for name in ("author", "comments"):
        own = [
            (replace(labelled, passages=tuple(p for p in labelled.passages if _place(p) == name)), [p for p in given if _place(p) == name])
            for labelled, given in posts
        ]
        if any(labelled.passages or given for labelled, given in own):
            found[name] = score_of(own)
    return found


def _place(passage: Passage) -> str:
    return "comments" if passage.voice in {"commenter", "reply"} else "author"


def by_length(posts: Sequence[Read]) -> dict[str, Lengths]:
    """Return for each class of length how many of its marked passages were found, and how many of its finds were right."""
    marked: dict[str, list[bool]] = {name: [] for name in _NAMES}
    given: dict[str, list[bool]] = {name: [] for name in _NAMES}
    for labelled, found in posts:
        for mark in labelled.passages:
            marked[_length_class(mark)].append(any(_same(mark, passage) for passage in found))
        for passage in found:
            given[_length_class(passage)].append(any(_same(mark, passage) for mark in labelled.passages))
    return {name: Lengths(len(marked[name]), sum(marked[name]), len(given[name]), sum(given[name])) for name in _NAMES}


def _same(mark: Passage, passage: Passage) -> bool:
    return mark.label == passage.label and overlap_share(mark.span, passage.span) >= SAME_PLACE


def _length_class(passage: Passage) -> str:
    size = passage.span.end - passage.span.start
    return next(name for name, (low, high) in zip(_NAMES, pairwise(_LENGTHS), strict=True) if low <= size < high)


def confusion(posts: Sequence[Read]) -> dict[str, dict[str, int]]:
    """Return for each marked label how many characters that are not blank were found as which."""
    names = [*label_ids(), OTHER]
    table = np.zeros((len(names), len(names)), int)
    for labelled, found in posts:
        solid = np.array([not sign.isspace() for sign in labelled.post.text], bool)
        marked, said = (_codes(passages, len(solid), names) for passages in (labelled.passages, found))
        np.add.at(table, (marked[solid], said[solid]), 1)
    return {gold: dict(zip(names, map(int, row), strict=True)) for gold, row in zip(names, table, strict=True)}


def _codes(passages: Sequence[Passage], size: int, names: Sequence[str]) -> NDArray[np.int64]:
    codes = np.full(size, names.index(OTHER))
    for passage in passages:
        codes[passage.span.start : passage.span.end] = names.index(passage.label)
    return codes


def reliability(confidences: Sequence[float], right: Sequence[bool], bins: int = 10) -> list[Bin]:
    """Return the bins of confidence that hold anything, from unsure to sure."""
    sure, hit = np.asarray(confidences, float), np.asarray(right, float)
    drawer = np.minimum((sure * bins).astype(int), bins - 1)
    held = [drawer == number for number in range(bins)]
    return [Bin(int(own.sum()), float(sure[own].mean()), float(hit[own].mean())) for own in held if own.any()]


def calibration_error(found: Sequence[Bin]) -> float:
    """Return the expected calibration error: the mean gap between confidence and truth, from 0 to 1."""
    total = sum(one.count for one in found)
    return sum(one.count * abs(one.confidence - one.right) for one in found) / max(1, total)
