"""What the tagger sees of a Doc: its words without the blanks, each with the gap before it, cut into stretches that overlap.

Comes in: Docs with posts, words and hits of cues. Goes out: `Seen`, arrays with one row a word, and windows of them. Refuses nothing. Offsets
are code points of ``Doc.text``. Only what is read of a page has words here: lead, body and comments, one behind the other.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from pipeline.languages.th.cues import cue_set
from pipeline.nlp.pieces import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from pipeline.nlp.pieces import Part
    from pipeline.nlp.word_table import WordTable

GLUED, SPACE, LINE, UNSEEN = 0, 1, 2, 3  # the gap before a word; unseen where it is hidden in training
GAPS = 4
_PARTS: tuple[Part, ...] = ("lead", "body", "comment")
STRETCH, OVERLAP = 768, 80  # words of a window at most, and words that two windows share at least


@dataclass(frozen=True, slots=True)
class Seen:
    """The words of a Doc without blanks: row in the word table, gap before, start, end, and beside them 0 or 1 for each cue and each part."""

    rows: NDArray[np.int64]
    gaps: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    signs: NDArray[np.uint8]

    def __len__(self) -> int:
        """Return how many words there are."""
        return len(self.rows)


def sign_count() -> int:
    """Return how many signs stand beside a word."""
    return len(cue_set()) + len(_PARTS)


def sign_of_part(part: Part) -> int:
    """Return the number of the sign that says in which part a word stands."""
    return len(cue_set()) + _PARTS.index(part)


def seen_words(doc: Doc, table: WordTable) -> Seen:
    """Return the words of a Doc as the tagger sees them."""
    words: list[str] = doc._.words
    starts = np.fromiter(accumulate(map(len, words), initial=0), np.int64, len(words) + 1)
    kept: list[NDArray[np.int64]] = []
    parts: list[NDArray[np.int64]] = []
    blank = np.fromiter(map(str.isspace, words), bool, len(words))
    bounds = []
    for part, _, span in parts_of(doc):
        if span.start >= span.end:
            continue
        first, last = int(np.searchsorted(starts, span.start, "right")) - 1, int(np.searchsorted(starts, span.end))
        solid = np.arange(first, last)[~blank[first:last]]
        kept.append(solid)
        parts.append(np.full(len(solid), _PARTS.index(part)))
        bounds.append((span, len(solid)))
    index = np.concatenate(kept) if kept else np.empty(0, np.int64)
    part_of = np.concatenate(parts) if parts else np.empty(0, np.int64)
    signs = np.zeros((len(index), sign_count()), np.uint8)  # a byte each: a long post has many
    signs[np.arange(len(index)), len(cue_set()) + part_of] = 1
    low = np.repeat([span.start for span, _ in bounds], [count for _, count in bounds]).astype(np.int64)
    high = np.repeat([span.end for span, _ in bounds], [count for _, count in bounds]).astype(np.int64)
    found_starts, found_ends = np.maximum(starts[index], low), np.minimum(starts[index + 1], high)
    for hit in doc._.hits:
        signs[np.searchsorted(found_starts, hit.start) : np.searchsorted(found_starts, hit.end), hit.cue] = 1
    return Seen(table.rows_of(words[number] for number in index), _gaps(words, index, part_of), found_starts, found_ends, signs)


def _gaps(words: list[str], index: NDArray[np.int64], parts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return what stands before each word: nothing, a blank, or the end of a line or of a part."""
    gaps = np.full(len(index), GLUED)
    for place in np.flatnonzero(np.diff(index, prepend=-1) > 1).tolist():
        blanks = "".join(words[(int(index[place - 1]) + 1 if place else 0) : int(index[place])])
        gaps[place] = LINE if "\n" in blanks or "\r" in blanks else SPACE
    gaps[np.diff(parts, prepend=-1) != 0] = LINE
    return gaps


def windows(length: int, stretch: int = STRETCH, overlap: int = OVERLAP) -> Iterator[tuple[int, int]]:
    """Yield as few stretches, half-open and of one size, as cover a text of so many words and overlap by at least so many.

    >>> list(windows(10, 6, 3)), list(windows(4, 6, 3)), list(windows(0))
    ([(0, 6), (2, 8), (4, 10)], [(0, 4)], [])
    """
    if length <= stretch:
        yield from [(0, length)] if length else []
        return
    count = math.ceil((length - overlap) / (stretch - overlap))
    size = math.ceil((length + (count - 1) * overlap) / count)
    for number in range(count):
        start = number * (length - size) // (count - 1)
        yield start, start + size
