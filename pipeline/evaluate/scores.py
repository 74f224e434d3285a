"""The figures: found passages against marked ones, by characters and by whole passages.

Comes in: posts' texts, gold spans and found passages. Goes out: counts for each post, and from any sum of them precision, recall and F1,
with intervals by drawing posts again. Refuses nothing. Characters count where they are not blank; a whole passage counts when label and
place agree (intersection over union of 0.5 or more, matched one to one, best overlap first).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pipeline.labels import label_ids

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from pipeline.labelled import GoldSpan
    from pipeline.records import Span

ANY = "any"  # a passage counts whatever its label
SAME_PLACE = 0.5

Found = tuple["Span", str]  # where, and the label


@dataclass(frozen=True, slots=True)
class Figures:
    """Precision, recall and F1 of one label, from 0 to 1."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Scores:
    """Figures by label and for `ANY`, and the mean F1 over the labels with a 95 % interval."""

    characters: dict[str, Figures]
    passages: dict[str, Figures]
    character_f1: float
    passage_f1: float
    character_interval: tuple[float, float]
    passage_interval: tuple[float, float]
    gold: dict[str, int]


def count_post(text: str, gold: Sequence[GoldSpan], found: Sequence[Found]) -> NDArray[np.int64]:
    """Return the counts of one post: label x (character hits, found, gold; passage hits, found, gold)."""
    skipped = {i for mark in gold if mark.disputed for i in range(mark.span.start, mark.span.end)}
    firm = [mark for mark in gold if not mark.disputed]
    free = {place for place, (span, _) in enumerate(found) if any(overlap_share(span, mark.span) >= SAME_PLACE for mark in gold if mark.disputed)}
    rows = []
    for label in (*label_ids(), ANY):
        want = _characters(text, [mark.span for mark in firm if label in (ANY, mark.label)]) - skipped
        got = _characters(text, [span for span, said in found if label in (ANY, said)]) - skipped
        asked = [mark for mark in firm if label in (ANY, mark.label)]
        given = [span for place, (span, said) in enumerate(found) if label in (ANY, said) and place not in free]
        rows.append([len(want & got), len(got), len(want), _matches(given, asked), len(given), len(asked)])
    return np.array(rows, np.int64)


def overlap_share(a: Span, b: Span) -> float:
    """Return the intersection over the union of two spans, from 0 to 1."""
    return a.overlap(b) / max(1, max(a.end, b.end) - min(a.start, b.start))


def _characters(text: str, spans: Sequence[Span]) -> set[int]:
    return {i for span in spans for i in range(span.start, span.end) if not text[i].isspace()}


def _matches(given: Sequence[Span], asked: Sequence[GoldSpan]) -> int:
    pairs = []
    for i, span in enumerate(given):
        for k, mark in enumerate(asked):
            overlap = max(overlap_share(span, place) for place in (mark.span, mark.also) if place)
            if overlap >= SAME_PLACE:
                pairs.append((overlap, i, k))
    used_given: set[int] = set()
    used_asked: set[int] = set()
    for _, i, k in sorted(pairs, reverse=True):
        if i not in used_given and k not in used_asked:
            used_given.add(i)
            used_asked.add(k)
    return len(used_asked)


def score(counts: Sequence[NDArray[np.int64]], draws: int = 2_000, seed: int = 0) -> Scores:
    """Return the figures over all posts; the intervals come from `draws` drawings of posts with replacement."""
    table = np.stack(counts)
    total = table.sum(axis=0)
    labels = [*label_ids(), ANY]
    drawn = np.random.default_rng(seed).integers(0, len(table), (draws, len(table)))
    macro = np.array([macro_f1(table[rows].sum(axis=0)) for rows in drawn])
    low, high = np.percentile(macro, (2.5, 97.5), axis=0)
    character_f1, passage_f1 = macro_f1(total)
    return Scores(
        characters={label: _figures(*map(int, total[row, :3])) for row, label in enumerate(labels)},
        passages={label: _figures(*map(int, total[row, 3:])) for row, label in enumerate(labels)},
        character_f1=character_f1,
        passage_f1=passage_f1,
        character_interval=(float(low[0]), float(high[0])),
        passage_interval=(float(low[1]), float(high[1])),
        gold={label: int(total[row, 5]) for row, label in enumerate(labels)},
    )


def _figures(hits: int, found: int, gold: int) -> Figures:
    return Figures(hits / found if found else 0.0, hits / gold if gold else 0.0, 2 * hits / (found + gold) if found + gold else 0.0)


def macro_f1(total: NDArray[np.int64]) -> tuple[float, float]:
    """Return the mean F1 over the labels, by characters and by passages."""
    rows = total[: len(label_ids())]
    f1 = [2 * rows[:, hit] / np.maximum(1, rows[:, hit + 1] + rows[:, hit + 2]) for hit in (0, 3)]
    return float(f1[0].mean()), float(f1[1].mean())


def as_table(scores: Scores) -> str:
    """Return the figures as lines of text, one a label."""
    lines = [f"{'':8}{'char P':>8}{'R':>7}{'F1':>7}{'span P':>9}{'R':>7}{'F1':>7}{'gold':>7}"]
    for label in (*label_ids(), ANY):
        by_character, by_passage = scores.characters[label], scores.passages[label]
        lines.append(
            f"{label:8}{by_character.precision:8.3f}{by_character.recall:7.3f}{by_character.f1:7.3f}"
            f"{by_passage.precision:9.3f}{by_passage.recall:7.3f}{by_passage.f1:7.3f}{scores.gold[label]:7}"
        )
    lines.append(
        f"macro F1: char {scores.character_f1:.3f} ({scores.character_interval[0]:.3f}-{scores.character_interval[1]:.3f}), "
        f"span {scores.passage_f1:.3f} ({scores.passage_interval[0]:.3f}-{scores.passage_interval[1]:.3f}); 95 % intervals by post"
    )
    return "\n".join(lines)
