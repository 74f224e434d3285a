"""What the readers of fields see of words: each word of a stretch as a row of hashed signs, of itself and of its surroundings.

Comes in: a Doc with words, and stretches of it. Goes out: `Signs`, one row a word, the blanks left out, and one column a kind of sign. Refuses
nothing. Everything is worked out in whole arrays: word by word in Python would take longer than the rest of the reading.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np
from spacy.attrs import IS_DIGIT, ORTH
from spacy.strings import get_string_id

from pipeline.languages.th.borders import border_words
from pipeline.languages.th.names import KINDS, find_names, is_first_name
from pipeline.nlp.pieces import text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from pipeline.nlp.pieces import Piece

    Hashes = NDArray[np.uint64]

_MIX = np.uint64(0x9E3779B97F4A7C15)
_NUMBER = np.uint64(get_string_id("0"))
_NAMES_BEFORE = 27  # words: as many as are looked at, and their surroundings
_EDGE = np.uint64(get_string_id("edge of the stretch"))
_AROUND = range(-3, 4)
_KINDS_AROUND = range(-2, 3)
_DISTANCES = (1, 2, 3, 4, 6, 9, 14)  # words since a run without spaces began: borders of the classes of distance
_HANGS = frozenset({"contrast", "cause", "result", "addition", "sequence", "condition"})  # words by which one clause hangs on another
_DOES = frozenset({"modal", "verb", "negation"})  # words that follow whoever does something
_PLACES = (-30, -12, -5, -1, 0, 1, 2, 4, 8, 16)  # words from where the passage begins: borders of the classes of place


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a Doc without blanks: offsets in its text, a hash each, and what stands before each (0 nothing, 1 a space, 2 a line end)."""

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    hashes: Hashes
    gaps: NDArray[np.int64]
    kinds: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs of the words of one stretch: `rows` words x kinds of sign, `first` and `last` the words' numbers in the Doc's `Words`, half-open."""

    first: int
    last: int
    rows: Hashes


def words_of_doc(doc: Doc, pieces: Sequence[Piece] | None = None) -> Words:
    """Return the words of a Doc as the readers of fields see them; they are worked out once.

    Names are looked for in and before labelled pieces only, those of the Doc unless others are given.
    """
    if doc._.signs is None:
        doc._.signs = _words_of(doc, doc._.passages or () if pieces is None else pieces)
    found: Words = doc._.signs
    return found


def _words_of(doc: Doc, pieces: Sequence[Piece]) -> Words:
    words: list[str] = doc._.words
    bounds = np.fromiter(accumulate(map(len, words), initial=0), np.int64, len(words) + 1)
    solid = np.flatnonzero(~np.fromiter(map(str.isspace, words), bool, len(words)))
    signs = doc.to_array([ORTH, IS_DIGIT]).reshape(-1, 2)
    hashes = np.where(signs[:, 1] == 1, _NUMBER, signs[:, 0].astype(np.uint64))[solid]
    gaps = np.zeros(len(solid), np.int64)
    for place in np.flatnonzero(np.diff(solid, prepend=-1) > 1).tolist():
        before = words[solid[place] - 1]
        gaps[place] = 2 if "\n" in before or "\r" in before else 1
    starts, ends = bounds[solid], bounds[solid + 1]
    return Words(
        starts,
        ends,
        hashes,
        gaps,
        _kinds(text_of(doc), [words[place] for place in solid.tolist()], (starts, ends), _near_labelled(pieces, starts, ends)),
    )


def _near_labelled(pieces: Sequence[Piece], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which words stand in a labelled piece or shortly before one."""
    near = np.zeros(len(starts), bool)
    for piece in pieces:
        if piece.label:
            first = int(np.searchsorted(ends, piece.start, "right"))
            near[max(0, first - _NAMES_BEFORE) : int(np.searchsorted(starts, piece.end))] = True
    return near


def _kinds(text: str, words: list[str], bounds: tuple[NDArray[np.int64], NDArray[np.int64]], needed: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return for each word what kind of name it begins or goes on, as a number; nought where it is in none, or not needed."""
    kinds = np.zeros(len(words), np.int64)
    begins, finishes = ({place: number for number, place in enumerate(places.tolist())} for places in bounds)
    for name in find_names(text, bounds[0][needed].tolist(), finishes):
        first, last = begins[name.start], finishes[name.end]
        kinds[first] = 1 + 2 * KINDS.index(name.kind)
        kinds[first + 1 : last + 1] = kinds[first] + 1
    for place in np.flatnonzero(needed & (kinds == 0)).tolist():
        if _is_name(words[place]):
            kinds[place] = 1 + 2 * len(KINDS)
    return kinds


@lru_cache(maxsize=2**15)
def _is_name(word: str) -> bool:
    return is_first_name(word)


def signs_of(words: Words, start: int, end: int, before: int = 0) -> Signs | None:
    """Return the signs of the words of the stretch ``start:end`` and of up to so many words before it; None where it has no word."""
    own, last = int(np.searchsorted(words.ends, start, "right")), int(np.searchsorted(words.starts, end))
    if own >= last:
        return None
    first = max(0, own - before)
    columns = [_around(words.hashes, first, last, offset) for offset in _AROUND]
    here, back, ahead = columns[3], columns[2], columns[4]
    columns += [back * _MIX ^ here, here * _MIX ^ ahead, ahead * _MIX ^ columns[5], columns[1] * _MIX ^ back]
    kinds = words.kinds.astype(np.uint64) + np.uint64(1)
    around = [_around(kinds, first, last, offset) for offset in _KINDS_AROUND]
    columns += [*around, around[1] * _MIX ^ around[2], around[2] * _MIX ^ around[3], around[2] * _MIX ^ ahead, around[2] * _MIX ^ back]
    gaps = words.gaps[first:last].astype(np.uint64)
    after = _around(words.gaps.astype(np.uint64), first, last, 1)
    place = np.digitize(np.arange(first - own, last - own), _PLACES).astype(np.uint64)
    columns += [gaps * _MIX ^ after, place, place * _MIX ^ around[2], gaps * _MIX ^ here]
    columns += _clause_signs(here, words.gaps[first:last] > 0)
    rows = np.stack([(column ^ np.uint64(number + 1)) * _MIX for number, column in enumerate(columns)], axis=1)
    return Signs(first, last, rows)


def _clause_signs(hashes: Hashes, spaced: NDArray[np.bool_]) -> list[Hashes]:
    """Return what clause each word stands in: the words that open and close it, where its run without spaces begins, and who may do what in it."""
    here, seen = np.arange(len(hashes)), np.append(hashes, _EDGE)
    hangs, does = (np.isin(hashes, _openers(classes)) for classes in (_HANGS, _DOES))
    before, behind = _last_of(hangs), _next_of(hangs)
    run, next_run, doing = np.maximum(_last_of(spaced), 0), _next_of(spaced), _next_of(does)
    opened, closed = seen[before], seen[behind]
    near = (run <= before).astype(np.uint64), (behind < next_run).astype(np.uint64)
    in_run = np.digitize(here - run, _DISTANCES).astype(np.uint64)
    action = np.where(doing < next_run, seen[doing], _EDGE)
    return [
        *(opened, closed, opened * _MIX ^ near[0], closed * _MIX ^ near[1], (opened * _MIX ^ closed) * _MIX ^ (2 * near[0] + near[1])),
        *(seen[run], seen[run] * _MIX ^ in_run, seen[next_run]),
        *(action, action * _MIX ^ np.digitize(doing - here, _DISTANCES).astype(np.uint64), action * _MIX ^ (here == run).astype(np.uint64)),
    ]


def _last_of(flags: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return for each word the number of the last one that is flagged, itself or before it, -1 where there is none."""
    found: NDArray[np.int64] = np.maximum.accumulate(np.where(flags, np.arange(len(flags)), -1))
    return found


def _next_of(flags: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return for each word the number of the next one behind it that is flagged, their count where there is none."""
    places = np.where(flags, np.arange(len(flags)), len(flags))
    found: NDArray[np.int64] = np.append(np.minimum.accumulate(places[::-1])[::-1][1:], len(flags))
    return found


@lru_cache
def _openers(classes: frozenset[str]) -> Hashes:
    return np.array(sorted(get_string_id(word) for word, name in border_words().opener.items() if name in classes), np.uint64)


def whole_name(words: Words, last: int) -> int:
    """Return where a name ends of which `last` is the word behind: a lone sign that is glued to it is no word and belongs to it (พี่หมา|น)."""
    scrap = last < len(words.starts) and words.gaps[last] == 0 and words.ends[last] - words.starts[last] == 1
    return int(words.ends[last if scrap else last - 1])


def _around(values: Hashes, first: int, last: int, offset: int) -> Hashes:
    """Return the values of the words so many places on from each word of a stretch; one value stands for what lies outside the Doc."""
    found = np.full(last - first, _EDGE)
    low, high = max(0, first + offset), min(len(values), last + offset)
    if low < high:
        found[low - first - offset : high - first - offset] = values[low:high]
    return found


def look_up(known: Hashes, rows: Hashes) -> NDArray[np.int64]:
    """Return the number of each sign among the known ones, which are sorted; those that are not known get the number behind the last."""
    if not len(known):
        return np.zeros(rows.shape, np.int64)
    places = np.minimum(known.searchsorted(rows), len(known) - 1)
    found: NDArray[np.int64] = np.where(known[places] == rows, places, len(known))
    return found


def frequent(rows: Sequence[Hashes], least: int) -> Hashes:
    """Return the signs that stand in at least so many rows, sorted."""
    if not rows:
        return np.empty(0, np.uint64)
    signs, counts = np.unique(np.concatenate([row.ravel() for row in rows]), return_counts=True)
    kept: Hashes = signs[counts >= least]
    return kept
