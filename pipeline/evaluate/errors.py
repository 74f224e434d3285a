"""What goes wrong, by kind: the wrong label, the wrong border, missed, or nothing there.

Comes in: gold spans and found passages of posts. Goes out: counts of each kind, and the worst errors with their words. Refuses nothing.
A gold passage is found when label and place agree (intersection over union of 0.5 or more); disputed ones are neither asked for nor punished.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pipeline.evaluate.scores import SAME_PLACE, overlap_share
from pipeline.labels import OTHER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.labelled import GoldSpan
    from pipeline.records import Passage, Span

Kind = Literal["found", "wrong label", "border", "missed", "false alarm"]
KINDS: tuple[Kind, ...] = ("found", "wrong label", "border", "missed", "false alarm")


@dataclass(frozen=True, slots=True)
class Judged:
    """A post as it was marked and as it was read."""

    source: str
    text: str
    gold: tuple[GoldSpan, ...]
    found: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class ReadingError:
    """One error: what a reader marked, what was found, how sure that was, the words, and what spoke for it."""

    kind: Kind
    source: str
    gold: str
    found: str
    confidence: float
    quote: str
    why: tuple[str, ...]


def count_kinds(posts: Sequence[Judged]) -> dict[Kind, int]:
    """Return how often each kind occurs: each firm gold passage has one, and each found passage that touches none is a false alarm."""
    kinds = Counter(error.kind for post in posts for error in errors_of(post))
    kinds["found"] = sum(1 for post in posts for mark in post.gold if not mark.disputed) - sum(
        kinds[kind] for kind in ("wrong label", "border", "missed")
    )
    return {kind: kinds[kind] for kind in KINDS}


def worst_errors(posts: Sequence[Judged], count: int = 20) -> list[ReadingError]:
    """Return the errors of which the reader was surest, then the longest passages that it missed, half of each."""
    errors = list({(error.source, error.quote): error for post in posts for error in errors_of(post)}.values())
    sure = sorted((error for error in errors if error.kind != "missed"), key=lambda error: (-error.confidence, error.source))
    missed = sorted((error for error in errors if error.kind == "missed"), key=lambda error: (-len(error.quote), error.source))
    half = count // 2
    return sure[: max(half, count - len(missed))] + missed[: max(half, count - len(sure))]


def errors_of(post: Judged) -> list[ReadingError]:
    """Return the errors of one post, in the order of its text."""
    firm = [mark for mark in post.gold if not mark.disputed]
    errors = [error for mark in firm if (error := _of_gold(post, mark))]
    errors += [
        _error("false alarm", post, OTHER, passage) for passage in post.found if not any(passage.span.overlap(mark.span) for mark in post.gold)
    ]
    return errors


def _of_gold(post: Judged, mark: GoldSpan) -> ReadingError | None:
    """Return what went wrong with a gold passage: None where it was found."""
    near = [passage for passage in post.found if passage.span.overlap(mark.span)]
    there = [passage for passage in near if _same_place(passage.span, mark)]
    if any(passage.label == mark.label for passage in there):
        return None
    if there:
        return _error("wrong label", post, mark.label, max(there, key=lambda passage: passage.confidence))
    same = [passage for passage in near if passage.label == mark.label]
    if same:
        return _error("border", post, mark.label, max(same, key=lambda passage: passage.span.overlap(mark.span)))
    return ReadingError("missed", post.source, mark.label, OTHER, 0.0, mark.span.of(post.text), ())


def _same_place(span: Span, mark: GoldSpan) -> bool:
    return any(overlap_share(span, place) >= SAME_PLACE for place in (mark.span, mark.also) if place)


def _error(kind: Kind, post: Judged, gold: str, passage: Passage) -> ReadingError:
    return ReadingError(kind, post.source, gold, passage.label, passage.confidence, passage.quote, passage.why)
