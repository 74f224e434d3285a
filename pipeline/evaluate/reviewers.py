"""How far reviewers agree with each other, and whether a shown suggestion pulls them along.

Comes in: readings, the labels that reviewers gave the same item without seeing each other. Goes out: Krippendorff's alpha for each label and over
all of them, with an interval from draws of whole posts, for passages of one post are not independent. Refuses nothing: without two readings there is
no figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pipeline.evaluate.scores import ANY
from pipeline.labels import OTHER, label_ids

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

DRAWS = 1_000
_SEED = 20_260_105
_TWO = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """The labels that reviewers gave an item of a post; `shown` says whether they saw the suggestion of the model, `suggested`."""

    post: str
    labels: tuple[str, ...]
    shown: bool = True
    suggested: str | None = None


@dataclass(frozen=True, slots=True)
class Alpha:
    """Krippendorff's alpha with its 95 % interval, over so many items; None where chance cannot be told from agreement."""

    value: float | None
    low: float | None
    high: float | None
    items: int


def agreement_of(readings: Sequence[Reading]) -> dict[str, Alpha]:
    """Return alpha for each label against all others, and for all labels together (`ANY`)."""
    several = [one for one in readings if len(one.labels) >= _TWO]
    found = {label: _alpha(several, lambda given, own=label: given == own) for label in (*label_ids(), OTHER)}  # type: ignore[misc]
    return {**found, ANY: _alpha(several, lambda given: given)}


def pull_of_suggestions(readings: Sequence[Reading]) -> float | None:
    """Return by how much more often readers agree with the model where they see its suggestion; None where one of the two was never tried."""
    shares = []
    for shown in (True, False):
        rows = [given == one.suggested for one in readings if one.shown is shown and one.suggested for given in one.labels]
        if not rows:
            return None
        shares.append(sum(rows) / len(rows))
    return round(shares[0] - shares[1], 4)


def alpha(units: Sequence[Sequence[object]]) -> float | None:
    """Return Krippendorff's alpha of nominal values: 1 is agreement throughout, 0 is chance.

    >>> alpha([("a", "a"), ("b", "b"), ("a", "b"), ("b", "b")])
    0.5333
    """
    values = sorted({str(value) for unit in units for value in unit})
    counts = np.array([[sum(str(value) == known for value in unit) for known in values] for unit in units], float).reshape(len(units), len(values))
    return _alpha_of_counts(counts)


def _alpha_of_counts(counts: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> float | None:
    """Return alpha from how often each value was given to each unit (units x values)."""
    sizes = counts.sum(axis=1)
    counts, sizes = counts[sizes >= _TWO], sizes[sizes >= _TWO]
    totals = counts.sum(axis=0)
    everything = totals.sum()
    expected = everything**2 - (totals**2).sum()
    if not expected:
        return None
    differing = ((sizes**2 - (counts**2).sum(axis=1)) / (sizes - 1)).sum()
    return round(float(1 - (everything - 1) * differing / expected), 4)


def _alpha(readings: Sequence[Reading], seen: Callable[[str], object]) -> Alpha:
    """Return alpha of what is seen of labels, and its interval from draws of posts."""
    units = [[str(seen(label)) for label in one.labels] for one in readings]
    values = sorted({value for unit in units for value in unit})
    counts = np.array([[unit.count(value) for value in values] for unit in units], float).reshape(len(units), len(values))
    rows: dict[str, list[int]] = {}
    for row, one in enumerate(readings):
        rows.setdefault(one.post, []).append(row)
    posts = [np.array(own) for own in rows.values()]
    draw = np.random.default_rng(_SEED)
    drawn = []
    for _ in range(DRAWS if posts else 0):
        found = _alpha_of_counts(counts[np.concatenate([posts[number] for number in draw.integers(0, len(posts), len(posts))])])
        drawn += [found] if found is not None else []
    low, high = (round(float(edge), 4) for edge in np.quantile(drawn, (0.025, 0.975))) if drawn else (None, None)
    return Alpha(_alpha_of_counts(counts), low, high, len(units))


def readings_of(
    labels: Mapping[str, Mapping[str, str]], posts: Mapping[str, str], shown: Mapping[str, bool], suggested: Mapping[str, str]
) -> list[Reading]:
    """Return readings from the labels by item and reviewer, in the order of items."""
    return [
        Reading(posts[item], tuple(given[reviewer] for reviewer in sorted(given)), shown.get(item, True), suggested.get(item))
        for item, given in sorted(labels.items())
    ]
