"""How far two readers of the same posts agree.

Comes in: for each post its text and the marks of either reader, or both labelled posts. Goes out: Cohen's kappa for each label and over all of them,
by characters, and the F1 of one reader's passages against the other's; in how many passages both hear the same voice, and name the same owners.
Refuses nothing. Characters count where they are not blank.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from sklearn.metrics import cohen_kappa_score

from pipeline.evaluate.fields import alike, matched
from pipeline.evaluate.scores import ANY, count_post, score
from pipeline.labels import OTHER, label_ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from pipeline.evaluate.fields import Found
    from pipeline.evaluate.scores import Scores
    from pipeline.labelled import GoldSpan, LabelledPost, SecondFields
    from pipeline.records import Passage

Readings = tuple[str, "Sequence[GoldSpan]", "Sequence[GoldSpan]"]  # text, first reader, second reader


@dataclass(frozen=True, slots=True)
class Agreement:
    """Kappa by label and for all labels together (`ANY`), from -1 to 1; `scores` hold the second reader's marks against the first's."""

    posts: int
    kappa: dict[str, float]
    scores: Scores


def agreement(readings: Sequence[Readings]) -> Agreement:
    """Return how far the second readings agree with the first."""
    first = np.array([label for text, marks, _ in readings for label in _labels(text, marks)])
    second = np.array([label for text, _, marks in readings for label in _labels(text, marks)])
    kappa = {label: _kappa(first == label, second == label) for label in label_ids()}
    kappa[ANY] = _kappa(first, second)
    counts = [count_post(text, marks, [(mark.span, mark.label) for mark in other]) for text, marks, other in readings]
    return Agreement(len(readings), kappa, score(counts))


def _labels(text: str, marks: Sequence[GoldSpan]) -> list[str]:
    """Return the label of each character that is not blank."""
    labels = [OTHER] * len(text)
    for mark in marks:
        labels[mark.span.start : mark.span.end] = [mark.label] * (mark.span.end - mark.span.start)
    return [label for label, sign in zip(labels, text, strict=True) if not sign.isspace()]


def _kappa(first: NDArray[np.generic], second: NDArray[np.generic]) -> float:
    """Return Cohen's kappa: agreement beyond chance; 1 where both readers say the same one thing throughout."""
    return 1.0 if bool((first == second).all()) else float(cohen_kappa_score(first, second))


class Voices(NamedTuple):
    """Passages that both readers marked, and in how many of them both heard the same voice; then without those that either took for an answer."""

    passages: int
    same: int
    told: int
    same_told: int


def voices_heard(readings: Iterable[tuple[LabelledPost, LabelledPost]]) -> Voices:
    """Return how far two readers agree on who speaks; a passage is the same where the two share half of what both cover."""
    pairs = [
        (passage.voice, other.voice) for first, second in readings for passage in first.passages if (other := _same_passage(passage, second.passages))
    ]
    told = [pair for pair in pairs if "reply" not in pair]
    return Voices(len(pairs), sum(one == other for one, other in pairs), len(told), sum(one == other for one, other in told))


def _same_passage(passage: Passage, others: Sequence[Passage]) -> Passage | None:
    best = max(others, key=lambda other: passage.span.overlap(other.span), default=None)
    if best is None:
        return None
    covered = max(passage.span.end, best.span.end) - min(passage.span.start, best.span.start)
    return best if 2 * passage.span.overlap(best.span) >= covered else None


def voices_line(found: Voices) -> str:
    """Return the agreement on who speaks as a line of text."""
    return (
        f"voice: the same in {found.same} of {found.passages} passages that both marked ({found.same / max(1, found.passages):.3f}); "
        f"{found.same_told} of {found.told} ({found.same_told / max(1, found.told):.3f}) where neither saw an answer of the author"
    )


class FieldsAgreed(NamedTuple):
    """How a second reading of fields stands to the marks: passages and the same voice; owners; actions that name nobody to one reader alone.

    `nameless` are the actions whose marks name nobody, in `named_by_second` of which the second reader named somebody; `named` and
    `nameless_to_second` are the others, the other way round.
    """

    passages: int
    same_voice: int
    who: Found
    nameless: int
    named_by_second: int
    named: int
    nameless_to_second: int


def fields_agreed(posts: Iterable[LabelledPost], second: Mapping[tuple[str, int], SecondFields]) -> FieldsAgreed:
    """Return how far a second reader's owners and voices agree with the marks of the passages that were read twice."""
    rows = [
        (passage, second[key]) for labelled in posts for passage in labelled.passages if (key := (labelled.post.source, passage.span.start)) in second
    ]
    owners = [([one.text for one in passage.action.who], list(read.who)) for passage, read in rows if passage.action]
    return FieldsAgreed(
        len(rows),
        sum(passage.voice == read.voice for passage, read in rows),
        matched(owners, alike),
        nameless=sum(not marked for marked, _ in owners),
        named_by_second=sum(not marked and bool(read) for marked, read in owners),
        named=sum(bool(marked) for marked, _ in owners),
        nameless_to_second=sum(bool(marked) and not read for marked, read in owners),
    )


def fields_lines(found: FieldsAgreed) -> str:
    """Return the agreement on fields as lines of text."""
    voice, who = found.same_voice / max(1, found.passages), found.who
    return (
        f"fields of {found.passages} passages read a second time: voice the same in {found.same_voice} ({voice:.3f})\n"
        f"owners against the marks: P {who.precision:.3f} R {who.recall:.3f} of {who.marked} marked; somebody named in "
        f"{found.named_by_second} of {found.nameless} actions whose marks name nobody, nobody in {found.nameless_to_second} of {found.named} others"
    )


def as_table(found: Agreement) -> str:
    """Return the agreement as lines of text, one a label."""
    lines = [f"{'':8}{'kappa':>8}{'char F1':>9}{'span F1':>9}{'marks':>7}"]
    lines += [
        f"{label:8}{found.kappa[label]:8.3f}{found.scores.characters[label].f1:9.3f}{found.scores.passages[label].f1:9.3f}"
        f"{found.scores.gold[label]:7}"
        for label in (*label_ids(), ANY)
    ]
    return "\n".join([*lines, f"{found.posts} posts read twice"])
