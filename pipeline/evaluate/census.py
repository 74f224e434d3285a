"""What a labelled corpus holds: posts, characters, passages by label, series and voices, for each writer and for all.

Comes in: labelled posts. Goes out: counts, and the table of the data card. Refuses nothing. Characters are code points without the marks;
"other" is the share of them that lies in no passage.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from pipeline.labels import label_ids

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.labelled import LabelledPost


@dataclass(frozen=True, slots=True)
class Census:
    """The counts of some posts; `middle` is the median length of a passage in code points."""

    posts: int
    characters: int
    labels: dict[str, int]
    in_passages: int
    middle: float
    empty: int
    with_comments: int
    domains: tuple[str, ...]
    voices: int
    series: int
    in_series: int

    @property
    def passages(self) -> int:
        """Return how many passages there are."""
        return sum(self.labels.values())

    @property
    def other(self) -> float:
        """Return the share of the characters in no passage, from 0 to 1."""
        return 1 - self.in_passages / self.characters if self.characters else 1.0


def count(posts: Sequence[LabelledPost]) -> Census:
    """Return the counts of the posts."""
    passages = [passage for labelled in posts for passage in labelled.passages]
    lengths = [passage.span.end - passage.span.start for passage in passages]
    labels = Counter(passage.label for passage in passages)
    facts = [(labelled.writer, labelled.facts) for labelled in posts if labelled.facts]
    series = [fact.series for _, fact in facts if fact.series]
    return Census(
        posts=len(posts),
        characters=sum(len(labelled.post.text) for labelled in posts),
        labels={label: labels[label] for label in label_ids()},
        in_passages=sum(lengths),
        middle=median(lengths) if lengths else 0.0,
        empty=sum(1 for labelled in posts if not labelled.passages),
        with_comments=sum(1 for labelled in posts if labelled.post.comments),
        domains=tuple(sorted({fact.domain for _, fact in facts})),
        voices=len({(writer, fact.persona) for writer, fact in facts}),
        series=len(set(series)),
        in_series=len(series),
    )


def as_table(posts: Sequence[LabelledPost]) -> str:
    """Return the table of the data card in Markdown: a row for each writer, in the order of their numbers, and one for all."""
    names = label_ids()
    head = f"| writer | posts | characters | {' | '.join(names)} | passages | middle | other |"
    lines = [head, "| --- " + "| ---: " * (head.count("|") - 2) + "|"]
    writers = sorted({labelled.writer for labelled in posts}, key=lambda writer: (len(writer), writer))
    lines += [_row(writer, count([labelled for labelled in posts if labelled.writer == writer])) for writer in writers]
    return "\n".join([*lines, _row("**all**", count(posts))])


def _row(name: str, found: Census) -> str:
    labels = " | ".join(f"{number:,}" for number in found.labels.values())
    return f"| {name} | {found.posts} | {found.characters:,} | {labels} | {found.passages:,} | {found.middle:.0f} | {found.other:.1%} |"
