"""How often each cue is found, how often its vote is right, and which cues stand beside it or against it.

Comes in: pieces, each with the cues in it and its true label. Goes out: a record for each cue and for each two that meet in a piece, and the
table of them. Refuses nothing: a cue that nobody met has no hits, and its figures are nought. A cue counts once in a piece, however often
it is found there.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from pipeline.evaluate.ceiling import true_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.labelled import GoldSpan
    from pipeline.languages import Cue
    from pipeline.nlp.pieces import Piece
    from pipeline.text import CleanText


@dataclass(frozen=True, slots=True)
class JudgedPiece:
    """A piece as far as its cues are judged by it: its true label, and the number of the cue of each hit."""

    label: str
    cues: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What one cue does; every share is from 0 to 1.

    `coverage` is the share of all pieces that hold it; of those, `precision` is the share whose label is its vote, `overlap` the share that
    holds another cue with the same vote, and `conflict` the share that holds one with another vote. `lift` is the precision over that of a
    cue that stands anywhere: under 1 the vote is worse than chance.
    """

    cue: str
    family: str
    votes: str
    hits: int
    pieces: int
    coverage: float
    precision: float
    lift: float
    overlap: float
    conflict: float


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two cues in one piece: in how many pieces, and whether their votes differ."""

    first: str
    second: str
    pieces: int
    conflict: bool


def judged(pieces: Iterable[Piece], clean: CleanText, gold: Sequence[GoldSpan]) -> Iterator[JudgedPiece]:
    """Yield the pieces of a Doc with their true labels; those that lie for half or more in a disputed mark are left out."""
    for piece in pieces:
        span = clean.to_raw(piece.start, piece.end)
        if not any(mark.disputed and 2 * span.overlap(mark.span) >= max(1, span.end - span.start) for mark in gold):
            yield JudgedPiece(true_label(span, gold), tuple(hit.cue for hit in piece.cues))


def coverage(pieces: Sequence[JudgedPiece], cues: Sequence[Cue]) -> tuple[Coverage, ...]:
    """Return what each cue does in the pieces, in the order of the cues."""
    hits = Counter(number for piece in pieces for number in piece.cues)
    labels = Counter(piece.label for piece in pieces)
    holders: list[list[JudgedPiece]] = [[] for _ in cues]
    for piece in pieces:
        for number in set(piece.cues):
            holders[number].append(piece)
    return tuple(_coverage(number, cues, hits[number], holders[number], labels) for number in range(len(cues)))


def _coverage(number: int, cues: Sequence[Cue], hits: int, held: Sequence[JudgedPiece], labels: Counter[str]) -> Coverage:
    cue, total = cues[number], sum(labels.values())
    others = [{cues[other].votes for other in piece.cues if other != number} for piece in held]
    precision = _share(sum(piece.label == cue.votes for piece in held), len(held))
    return Coverage(
        cue=cue.name,
        family=cue.family,
        votes=cue.votes,
        hits=hits,
        pieces=len(held),
        coverage=_share(len(held), total),
        precision=precision,
        lift=precision * total / labels[cue.votes] if labels[cue.votes] else 0.0,
        overlap=_share(sum(cue.votes in votes for votes in others), len(held)),
        conflict=_share(sum(bool(votes - {cue.votes}) for votes in others), len(held)),
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def meetings(pieces: Iterable[JudgedPiece], cues: Sequence[Cue]) -> tuple[Meeting, ...]:
    """Return every two cues that stand together in a piece, those that do so most often first."""
    pairs = Counter(pair for piece in pieces for pair in combinations(sorted(set(piece.cues)), 2))
    ranked = sorted(pairs.items(), key=lambda row: (-row[1], row[0]))
    return tuple(Meeting(cues[one].name, cues[two].name, count, cues[one].votes != cues[two].votes) for (one, two), count in ranked)


def as_table(found: Sequence[Coverage]) -> str:
    """Return the figures as lines of text, one a cue."""
    width = max([len("cue"), *(len(row.cue) for row in found)])
    lines = [f"{'cue':{width}}  votes   {'hits':>6}{'pieces':>8}{'cover':>8}{'right':>8}{'lift':>7}{'with':>8}{'against':>9}"]
    lines += [
        f"{row.cue:{width}}  {row.votes:7}{row.hits:7}{row.pieces:8}{row.coverage:8.1%}{row.precision:8.1%}{row.lift:7.2f}"
        f"{row.overlap:8.1%}{row.conflict:9.1%}"
        for row in found
    ]
    return "\n".join(lines)


def conflict_table(found: Sequence[Meeting], most: int = 30) -> str:
    """Return the pairs of cues that meet most often and vote differently, as lines of text."""
    against = [row for row in found if row.conflict][:most]
    return "\n".join([f"{'pieces':>6}  cues that vote against each other", *(f"{row.pieces:6}  {row.first} | {row.second}" for row in against)])
