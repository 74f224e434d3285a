"""The rows that a classifier learns from: pieces of posts as they are seen, with their labels and how much each counts.

Comes in: labelled posts, and posts of which reviewers said something here and there. Goes out: `Rows`, also to and from a file, since looking at the
whole corpus takes longer than learning from it. Refuses nothing: a file that does not hold the rows asked for counts as none.
"""

from __future__ import annotations

import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy import sparse

from pipeline.evaluate.ceiling import true_label
from pipeline.labelled import GoldSpan
from pipeline.labels import OTHER, label_ids
from pipeline.nlp.features import PieceWords, SeenPieces, see
from pipeline.records import Span
from pipeline.train.half_made import half_made
from pipeline.train.model import cut_docs, prepare, true_labels

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from pipeline.labelled import LabelledPost, Taught, TaughtPost
    from pipeline.nlp.passages import CutterWeights

LABELS = (*label_ids(), OTHER)
_POSTS_AT_ONCE = 100


class Rows(NamedTuple):
    """Pieces as they are seen; for each the number of its label in `LABELS`, how much it counts, and who is behind it."""

    seen: SeenPieces
    labels: NDArray[np.int64]
    weights: NDArray[np.float64]
    writers: NDArray[np.str_]

    @property
    def names(self) -> list[str]:
        """Return the label of each row."""
        return [LABELS[number] for number in self.labels]


def rows_of_corpus(posts: Sequence[LabelledPost], cutter: CutterWeights) -> Rows:
    """Return every piece of labelled posts; what nobody marked is "other"."""
    found = []
    for start in range(0, len(posts), _POSTS_AT_ONCE):
        some = posts[start : start + _POSTS_AT_ONCE]
        read = prepare(some)
        cut_docs(read.docs, cutter, None)
        labels = np.array([LABELS.index(label) for label in true_labels(read)], np.int64)
        counts = [len(doc._.passages) for doc in read.docs]
        writers = np.repeat(np.array([row.writer for row in some]), counts)
        found.append(Rows(_lighter(see(read.docs)), labels, np.ones(len(labels)), writers))
    return together(found)


class Place(NamedTuple):
    """Where a row of the reviews comes from: the post, and what was said of which stretch of it."""

    post: str
    said: Taught


def rows_of_reviews(posts: Sequence[TaughtPost], cutter: CutterWeights) -> tuple[Rows, list[Place]]:
    """Return the pieces of posts that lie in a stretch of which a reviewer said something, with their places; the others teach nothing."""
    if not posts:
        return _nothing(), []
    read = prepare([row.labelled for row in posts])
    cut_docs(read.docs, cutter, None)
    kept: list[int] = []
    places: list[Place] = []
    count = 0
    for doc, post in zip(read.docs, posts, strict=True):
        spans = [doc._.clean.from_raw(one.span.start, one.span.end) for one in post.taught]
        marks = [GoldSpan(span, str(number)) for number, span in enumerate(spans)]  # the "label" names the stretch: others must be told from none
        for piece in doc._.passages:
            if (found := true_label(Span(piece.start, piece.end), marks)) != OTHER:
                kept.append(count)
                places.append(Place(post.labelled.post.id, post.taught[int(found)]))
            count += 1
    every = Rows(_lighter(see(read.docs)), np.zeros(count, np.int64), np.ones(count), np.full(count, ""))
    said = [place.said for place in places]
    labels, weights = np.array([LABELS.index(one.label) for one in said], np.int64), np.array([one.weight for one in said], float)
    writers = np.array([one.reviewer for one in said], np.str_)
    return chosen(every, np.array(kept, np.int64))._replace(labels=labels, weights=weights, writers=writers), places


def together(parts: Sequence[Rows]) -> Rows:
    """Return the rows of all parts, one after the other."""
    starts = np.cumsum([0, *(part.seen.words.rows for part in parts)])
    words = [part.seen.words for part in parts]

    def joined(rows: Callable[[PieceWords], NDArray[np.int64]]) -> NDArray[np.int64]:
        return np.concatenate([rows(one) + start for one, start in zip(words, starts[:-1], strict=True)])

    held = PieceWords(
        int(starts[-1]),
        joined(lambda one: one.word_row),
        np.concatenate([one.word for one in words]),
        joined(lambda one: one.pair_row),
        np.concatenate([one.pair for one in words]),
    )
    looked_at = all(part.seen.characters is not None for part in parts)
    characters = sparse.vstack([part.seen.characters for part in parts], format="csr") if looked_at else None
    seen = SeenPieces(held, characters, sparse.vstack([part.seen.marks for part in parts], format="csr"))
    labels, weights, writers = (np.concatenate([part[column] for part in parts]) for column in (1, 2, 3))
    return Rows(seen, labels, weights, writers)


def chosen(rows: Rows, kept: NDArray[np.int64]) -> Rows:
    """Return the rows with these numbers, which rise."""
    new = np.full(rows.seen.words.rows, -1)
    new[kept] = np.arange(len(kept))
    words = rows.seen.words
    own, pair = new[words.word_row] >= 0, new[words.pair_row] >= 0
    held = PieceWords(len(kept), new[words.word_row[own]], words.word[own], new[words.pair_row[pair]], words.pair[pair])
    characters = rows.seen.characters
    seen = SeenPieces(held, None if characters is None else characters[kept], rows.seen.marks[kept])
    return Rows(seen, rows.labels[kept], rows.weights[kept], rows.writers[kept])


def _nothing() -> Rows:
    """Return no rows at all."""
    empty = np.empty(0, np.int64)
    return Rows(_lighter(see([])), empty, np.empty(0), np.empty(0, np.str_))


def _lighter(seen: SeenPieces) -> SeenPieces:
    """Return what is seen in single precision, as the file of it holds it: the same rows teach the same, read from a file or not."""
    assert seen.characters is not None
    return replace(seen, characters=seen.characters.astype(np.float32), marks=seen.marks.astype(np.float32))


def save_rows(rows: Rows, key: str, file: Path) -> None:
    """Write rows under a key that says of what they are."""
    words, characters, marks = rows.seen.words, rows.seen.characters, rows.seen.marks
    assert characters is not None
    parts = {f"{name}_{part}": getattr(matrix, part) for name, matrix in (("characters", characters), ("marks", marks)) for part in _CSR}
    with half_made(file.parent) as place:
        np.savez(
            place / file.name,
            key=np.array(key),
            rows=np.array(words.rows),
            words=words.word,
            pairs=words.pair,
            word_row=words.word_row,
            pair_row=words.pair_row,
            labels=rows.labels,
            weights=rows.weights,
            writers=rows.writers,
            **parts,
        )
        (place / file.name).replace(file)


_CSR = ("data", "indices", "indptr", "shape")


def load_rows(key: str, file: Path) -> Rows | None:
    """Return the rows of a file, None where it does not hold those of the key."""
    try:
        with file.open("rb") as opened, np.load(opened, allow_pickle=False) as found:
            if str(found["key"]) != key:
                return None
            words = PieceWords(int(found["rows"]), found["word_row"], found["words"], found["pair_row"], found["pairs"])
            characters, marks = (
                sparse.csr_matrix(tuple(found[f"{name}_{part}"] for part in _CSR[:3]), shape=tuple(found[f"{name}_shape"]))
                for name in ("characters", "marks")
            )
            return Rows(SeenPieces(words, characters, marks), found["labels"], found["weights"], found["writers"])
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):  # an empty file ends too soon
        return None
