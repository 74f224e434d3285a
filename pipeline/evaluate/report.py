"""Everything that is measured of a reader on marked posts, as one record.

Comes in: labelled posts, what a reader found in them, and the pieces that it cut them into. Goes out: `Report`. Refuses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from pipeline.evaluate import breakdown
from pipeline.evaluate.ceiling import perfect_labels, true_label
from pipeline.evaluate.errors import count_kinds, worst_errors
from pipeline.evaluate.fields import score_fields
from pipeline.evaluate.marked import read_fields
from pipeline.evaluate.scores import count_post, score

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.evaluate.breakdown import Bin, Lengths
    from pipeline.evaluate.errors import Kind, ReadingError
    from pipeline.evaluate.fields import FieldScores
    from pipeline.evaluate.scores import Scores
    from pipeline.labelled import LabelledPost
    from pipeline.nlp.reader import Reader
    from pipeline.records import Passage, Span

_BATCH = 100


class ReadPost(NamedTuple):
    """A labelled post, the passages found in it, and the pieces it was cut into, in code points of the post as scraped."""

    labelled: LabelledPost
    found: list[Passage]
    pieces: list[Span]


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of a reader; the confidence of a passage is held against whether its label is right."""

    posts: int
    scores: Scores
    ceiling: Scores
    bins: list[Bin]
    calibration_error: float
    by_domain: dict[str, Scores]
    by_register: dict[str, Scores]
    by_voice: dict[str, Scores]
    by_length: dict[str, Lengths]
    confusion: dict[str, dict[str, int]]
    kinds: dict[Kind, int]
    worst: list[ReadingError]
    fields: FieldScores | None = None


def judge_reader(reader: Reader, posts: Sequence[LabelledPost]) -> Report:
    """Return all figures of a reader on labelled posts: of its passages, and of the fields of the passages that are marked."""
    return replace(report_on(read_all(reader, posts)), fields=score_fields(*read_fields(reader, posts)))


def read_all(reader: Reader, posts: Sequence[LabelledPost]) -> list[ReadPost]:
    """Return what the reader finds in the posts."""
    read = []
    for first in range(0, len(posts), _BATCH):
        batch = posts[first : first + _BATCH]
        with reader.batch():
            docs = reader.tokenize(labelled.post for labelled in batch)
            found = reader.classify(docs)
            read += [ReadPost(labelled, passages, reader.pieces(doc)) for labelled, passages, doc in zip(batch, found, docs, strict=True)]
    return read


def report_on(read: Sequence[ReadPost]) -> Report:
    """Return all figures of what was read."""
    pairs = [(row.labelled, row.found) for row in read]
    gold = [breakdown.gold_of(row.labelled) for row in read]
    judged = [breakdown.judged(pair) for pair in pairs]
    found = [(passage, marks) for row, marks in zip(read, gold, strict=True) for passage in row.found]
    told = [(passage.confidence, true_label(passage.span, marks) == passage.label) for passage, marks in found]
    bins = breakdown.reliability([sure for sure, _ in told], [right for _, right in told])
    ceiling = [count_post(row.labelled.post.text, marks, perfect_labels(row.pieces, marks)) for row, marks in zip(read, gold, strict=True)]
    return Report(
        posts=len(read),
        scores=breakdown.score_of(pairs),
        ceiling=score(ceiling, draws=1_000),
        bins=bins,
        calibration_error=breakdown.calibration_error(bins),
        by_domain=breakdown.by_domain(pairs),
        by_register=breakdown.by_register(pairs),
        by_voice=breakdown.by_voice(pairs),
        by_length=breakdown.by_length(pairs),
        confusion=breakdown.confusion(pairs),
        kinds=count_kinds(judged),
        worst=worst_errors(judged),
    )
