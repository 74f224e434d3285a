"""What the classifier sees of a piece: words, characters, cues and position.

Comes in: Docs with pieces and cues. Goes out: a sparse matrix, one row a piece, in blocks whose places are fixed by a `Vocabulary`.
Refuses nothing. Words and character strings are looked up by hash in whole Docs at once: scikit-learn's own analysers, word by word in
Python, would take most of the time of a run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from pipeline.languages.th.cues import cue_set
from pipeline.nlp.pieces import hashes_of, text_of
from pipeline.nlp.ranges import ranges
from pipeline.nlp.signs import index_of, look_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from pipeline.nlp.pieces import Piece
    from pipeline.nlp.signs import Index

    Matrix = Any  # scipy ships no types: a csr_matrix of float64

CHARACTER_BUCKETS = 2**16
_OTHER_BITS = np.uint64(48)  # of a hash, those that name no bucket
_CHARACTER_STRINGS = (2, 3, 4)
_POSITION = 0.5
_CUE = 0.25  # best on writers left out: passage F1 0.560, 0.563, 0.549, 0.530 with 0.12, 0.25, 0.5, 1
_CUE_CEILING = 2  # more hits of one cue say no more
_MIX = np.uint64(0x9E3779B97F4A7C15)  # 2**64 over the golden ratio: spreads neighbouring hashes


@dataclass(frozen=True)
class Vocabulary:
    """The known words (1 and 2 in a row) as sorted hashes, each with its inverse document frequency.

    Without `characters` a piece's strings of characters are not looked at, which takes most of the time.
    """

    words: NDArray[np.uint64]
    word_idf: NDArray[np.float64]
    characters: bool = True

    @cached_property
    def index(self) -> Index | None:
        """Return how a word is found among the known ones."""
        return index_of(self.words) if len(self.words) else None

    @property
    def first_cue(self) -> int:
        """Return the column of the first cue."""
        return len(self.words) + CHARACTER_BUCKETS * self.characters


@dataclass(frozen=True, slots=True)
class PieceWords:
    """The words of every piece of some Docs as hashes, with the row of the piece they stand in; `pairs` are two in a row."""

    rows: int
    word_row: NDArray[np.int64]
    word: NDArray[np.uint64]
    pair_row: NDArray[np.int64]
    pair: NDArray[np.uint64]


def words_in(docs: Sequence[Doc]) -> PieceWords:
    """Return the hashed words of all pieces of `docs`."""
    pieces = [doc._.passages for doc in docs]
    firsts = np.array([piece.first_word for own in pieces for piece in own], np.int64)
    lengths = np.array([piece.last_word for own in pieces for piece in own], np.int64) - firsts
    hashes = [hashes_of(doc) for doc in docs]
    bases = np.cumsum([0, *map(len, hashes)])[:-1]
    index = ranges(firsts + np.repeat(bases, [*map(len, pieces)]), lengths)
    rows = np.repeat(np.arange(len(firsts)), lengths)
    found = np.concatenate([np.empty(0, np.uint64), *hashes])[index]
    solid = found != 0
    word_row, word = rows[solid], found[solid]
    same = word_row[1:] == word_row[:-1]
    return PieceWords(len(firsts), word_row, word, word_row[1:][same], (word[:-1][same] * _MIX) ^ word[1:][same])


@dataclass(frozen=True, slots=True)
class SeenPieces:
    """What is seen of pieces before it is known which words count; `characters` is None where they are not looked at, `marks` are cues and place."""

    words: PieceWords
    characters: Matrix | None
    marks: Matrix


def see(docs: Sequence[Doc], *, characters: bool = True) -> SeenPieces:
    """Return what is seen of all pieces of `docs`."""
    words = words_in(docs)
    marks = _beside([_cue_counts(docs, words.rows) * _CUE, _positions(docs) * _POSITION])
    return SeenPieces(words, _characters(docs, words.rows) if characters else None, marks)


def learn_vocabulary(docs: Sequence[Doc], rare_word: int = 2, *, characters: bool = True) -> Vocabulary:
    """Return the words that stand in at least so many pieces, with their inverse document frequencies."""
    return vocabulary_of(words_in(docs), rare_word, characters=characters)


def vocabulary_of(found: PieceWords, rare_word: int = 2, *, characters: bool = True) -> Vocabulary:
    """Return the words that stand in at least so many of these pieces, with their inverse document frequencies."""
    rows, hashes = _words_and_pairs(found)
    known, number = np.unique(hashes, return_inverse=True)
    in_pieces = np.bincount(np.unique(rows * len(known) + number) % max(1, len(known)), minlength=len(known))
    kept = in_pieces >= rare_word
    return Vocabulary(known[kept], np.log((1 + found.rows) / (1 + in_pieces[kept])) + 1, characters)


def _words_and_pairs(found: PieceWords) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    return np.concatenate((found.word_row, found.pair_row)), np.concatenate((found.word, found.pair))


def make_features(docs: Sequence[Doc], vocabulary: Vocabulary) -> Matrix:
    """Return the matrix of all pieces of `docs`: words | characters | cues | position."""
    return as_features(see(docs, characters=vocabulary.characters), vocabulary)


def as_features(seen: SeenPieces, vocabulary: Vocabulary) -> Matrix:
    """Return the matrix of pieces that were seen before, with the words that count now."""
    return _beside(as_blocks(seen, vocabulary))


def as_blocks(seen: SeenPieces, vocabulary: Vocabulary) -> list[Matrix]:
    """Return the blocks of that matrix from left to right."""
    characters = [seen.characters] if vocabulary.characters else []
    return [_weighted(*_words_and_pairs(seen.words), vocabulary, seen.words.rows), *characters, seen.marks]


def _beside(blocks: Sequence[Matrix]) -> Matrix:
    """Return blocks beside each other in one matrix; scipy's own way takes every number of them apart first."""
    sizes = [np.diff(block.indptr) for block in blocks]
    ends = np.cumsum([0, *sum(sizes)])
    data, columns = np.empty(ends[-1], blocks[0].dtype), np.empty(ends[-1], np.int32)
    starts, width = ends[:-1].copy(), 0
    for block, size in zip(blocks, sizes, strict=True):
        places = ranges(starts, size)
        data[places], columns[places] = block.data, block.indices + np.int32(width)
        starts += size
        width += block.shape[1]
    return sparse.csr_matrix((data, columns, ends), shape=(len(starts), width))


def feature_families(vocabulary: Vocabulary) -> dict[str, slice]:
    """Return the columns of each family of features: words, characters (where they are looked at), patterns, place."""
    words, first_cue, places = len(vocabulary.words), vocabulary.first_cue, vocabulary.first_cue + len(cue_set())
    families = {"words": slice(0, words), "characters": slice(words, first_cue), "patterns": slice(first_cue, places), "place": slice(places, None)}
    return {name: columns for name, columns in families.items() if name != "characters" or vocabulary.characters}


def _weighted(rows: NDArray[np.int64], hashes: NDArray[np.uint64], known: Vocabulary, count: int) -> Matrix:
    """Return TF-IDF rows: 1 + log of the count, times the inverse document frequency, each row of length 1."""
    place = look_up(known.words, hashes, known.index)
    hit = place < len(known.words)
    matrix = _counted(rows[hit], place[hit], (count, len(known.words)))
    matrix.data = 1 + np.log(matrix.data)
    matrix.data *= known.word_idf[matrix.indices]
    return _unit_rows(matrix)


def _counted(rows: NDArray[np.int64], columns: NDArray[np.int64], shape: tuple[int, int]) -> Matrix:
    """Return how often each column stands in each row; one sort of plain numbers, where scipy's own way sorts row by row."""
    width = max(1, shape[1])
    small = shape[0] * width < np.iinfo(np.int32).max  # which is sorted twice as fast
    cells = (rows * width + columns).astype(np.int32 if small else np.int64)
    cells.sort()
    new = np.flatnonzero(np.concatenate(([True], cells[1:] != cells[:-1]))[: len(cells)])
    counts, cells = np.diff(new, append=len(cells)).astype(float), cells[new]
    starts = np.arange(shape[0] + 1) * width
    ends = cells.searchsorted(starts.astype(cells.dtype))
    column = cells - np.repeat(starts[:-1].astype(cells.dtype), np.diff(ends))
    return sparse.csr_matrix((counts, column, ends), shape=shape)


def _unit_rows(matrix: Matrix) -> Matrix:
    squares = np.add.reduceat(np.append(matrix.data**2, 0.0), np.minimum(matrix.indptr[:-1], len(matrix.data)))
    lengths = np.diff(matrix.indptr)
    norms = np.where(lengths > 0, np.sqrt(squares), 1.0)
    matrix.data /= np.repeat(norms, lengths)
    return matrix


def _characters(docs: Sequence[Doc], rows: int) -> Matrix:
    """Return the strings of 2 to 4 characters of each piece, hashed into buckets; square roots of counts, each row of length 1."""
    texts = [text_of(doc) for doc in docs]
    signs = np.frombuffer("".join(texts).encode("utf-32-le"), np.uint32).astype(np.uint64)
    bases = np.cumsum([0, *map(len, texts)])
    spans = [(piece.start + base, piece.end + base) for doc, base in zip(docs, bases.tolist(), strict=False) for piece in doc._.passages]
    starts, ends = np.array(spans, np.int64).reshape(-1, 2).T
    all_rows, buckets = [], []
    for length in _CHARACTER_STRINGS:
        counts = np.maximum(0, ends - starts - length + 1)
        places = max(0, len(signs) - length + 1)
        mixed = np.full(places, length, np.uint64)
        for offset in range(length):
            mixed ^= signs[offset : offset + places]
            mixed *= _MIX
        buckets.append((mixed >> _OTHER_BITS).astype(np.int64)[ranges(starts, counts)])
        all_rows.append(np.repeat(np.arange(rows), counts))
    matrix = _counted(np.concatenate(all_rows), np.concatenate(buckets), (rows, CHARACTER_BUCKETS))
    matrix.data = np.sqrt(matrix.data)
    return _unit_rows(matrix)


def _cue_counts(docs: Sequence[Doc], rows: int) -> Matrix:
    cues = [piece.cues for doc in docs for piece in doc._.passages]
    row = np.repeat(np.arange(rows), [*map(len, cues)])
    matrix = _counted(row, np.array([hit.cue for hits in cues for hit in hits], np.int64), (rows, len(cue_set())))
    matrix.data = np.minimum(matrix.data, _CUE_CEILING)
    return matrix


_LENGTHS = (20, 40, 80, 150)
PLACES = 8 + len(_LENGTHS)  # columns that say where and what a piece is
_BRIEF = 5  # a post of fewer pieces has no opening that only greets and narrates: its place says nothing
_DIGIT = re.compile(r"\d")


def _positions(docs: Sequence[Doc]) -> Matrix:
    """Return where and what a piece is: comment, lead, place in the post, length classes, list item, question, number."""
    rows = []
    for doc in docs:
        pieces: list[Piece] = doc._.passages
        whole = text_of(doc)
        brief = len(pieces) < _BRIEF
        for place, piece in enumerate(pieces):
            text = whole[piece.start : piece.end]
            size = piece.end - piece.start
            rows.append(
                [
                    piece.part == "comment",
                    piece.part == "lead",
                    0.5 if brief else place / len(pieces),
                    place == 0 and not brief,
                    *(size > length for length in _LENGTHS),
                    piece.marked,
                    not brief and (place == 0 or pieces[place - 1].line != piece.line),
                    text.endswith("?"),
                    bool(_DIGIT.search(text)),
                ]
            )
    return sparse.csr_matrix(np.array(rows, float).reshape(-1, PLACES))
