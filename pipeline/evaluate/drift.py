"""Drift: whether what is read, and how well, is still as it was when the model was judged; month by month.

Comes in: what a model said of passages by the month of their posts, and what reviewers said of passages that chance alone drew. Goes out: a row for
each month, and what of it is out of bounds. Refuses nothing: a month of too few is told and raises no alarm. How often reviewers may overturn is what
the model itself promises: its confidence is a probability, and the error of that promise stands on its card.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, pstdev
from typing import TYPE_CHECKING, Literal, NamedTuple

from pipeline.languages import cue_set, find_cues, known_words, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

Kind = Literal["overturned", "confidence", "cued", "unknown"]
FEWEST_DECISIONS, FEWEST_PASSAGES = 20, 50  # of a month, under which nothing is alarmed
_SURE = 1.645  # standard errors: one-sided 95 %
_FAR = 3.0  # standard errors from the months before
_MUCH = 0.05  # and at least so much


class Said(NamedTuple):
    """A passage as the model said it: the first day of the month of its post, its words, the label, and the confidence."""

    month: date
    quote: str
    label: str
    confidence: float


class Judged(NamedTuple):
    """A decision on a passage that chance drew: the month in which it was made, whether the label was overturned, and the model's confidence."""

    month: date
    overturned: bool
    confidence: float


@dataclass(frozen=True, slots=True)
class Month:
    """The figures of a month: of passages, and of decisions on those drawn by chance, with how often these may be overturned; and the alarms."""

    month: date
    passages: int = 0
    confidence: float | None = None
    cued: float | None = None
    unknown: float | None = None
    decisions: int = 0
    overturned: float | None = None
    bound: float | None = None
    alarms: tuple[Kind, ...] = ()


def drift(said: Iterable[Said], judged: Iterable[Judged], calibration_error: float) -> list[Month]:
    """Return the figures of each month, the oldest first."""
    read, decided = defaultdict(list), defaultdict(list)
    for one in said:
        read[one.month].append((one.confidence, float(_is_cued(one)), _unknown(one.quote)))
    for other in judged:
        decided[other.month].append(other)
    months, before = [], _Before()
    for month in sorted({*read, *decided}):
        rows, decisions = read[month], decided[month]
        figures = [[row[column] for row in rows] for column in range(3)]
        confidence, cued, unknown = (fmean(column) if column else None for column in figures)
        overturned = fmean(one.overturned for one in decisions) if decisions else None
        bound = _bound(decisions, calibration_error)
        alarms = [*_overturned_too_often(decisions, overturned, bound), *before.alarms(figures)]
        months.append(Month(month, len(rows), confidence, cued, unknown, len(decisions), overturned, bound, tuple(alarms)))
    return months


def _is_cued(one: Said) -> bool:
    """Tell whether a cue in the words speaks for the label."""
    return any(cue_set()[hit.cue].votes == one.label for hit in find_cues(one.quote))


def _unknown(quote: str) -> float:
    """Return the share of words that no dictionary knows, blanks, signs and numbers left aside."""
    words = [word for word in words_of(quote) if len(word) > 1 and any(sign.isalpha() for sign in word)]
    return sum(word not in known_words() for word in words) / max(1, len(words))


def _bound(decisions: Sequence[Judged], calibration_error: float) -> float | None:
    """Return how large a share may be overturned: as the confidence promises, with the known error of the promise and with luck."""
    if not decisions:
        return None
    expected = min(1.0, 1 - fmean(one.confidence for one in decisions) + calibration_error)
    return min(1.0, expected + _SURE * sqrt(expected * (1 - expected) / len(decisions)))


def _overturned_too_often(decisions: Sequence[Judged], overturned: float | None, bound: float | None) -> list[Kind]:
    return ["overturned"] if overturned is not None and bound is not None and len(decisions) >= FEWEST_DECISIONS and overturned > bound else []


class _Before:
    """What was read in the months before."""

    _BAD: tuple[tuple[Kind, int], ...] = (("confidence", -1), ("cued", -1), ("unknown", 1))  # which way is worse

    def __init__(self) -> None:
        """Begin without any month."""
        self._figures: list[list[float]] = [[], [], []]

    def alarms(self, figures: Sequence[Sequence[float]]) -> list[Kind]:
        """Return what of a month is far worse than in all months before, and remember the month."""
        found: list[Kind] = []
        for (kind, worse), own, before in zip(self._BAD, figures, self._figures, strict=True):
            if min(len(own), len(before)) >= FEWEST_PASSAGES:
                error = pstdev(before) * sqrt(1 / len(own) + 1 / len(before))
                if worse * (fmean(own) - fmean(before)) > max(_MUCH, _FAR * error):
                    found.append(kind)
            before.extend(own)
        return found
