"""What the readers of fields see of words: each word of a stretch as a row of hashed signs, of itself and of its surroundings.

Comes in: a Doc with words, and stretches of it. Goes out: `Signs`, one row a word, the blanks left out, and one column a kind of sign. Refuses
nothing. Everything is worked out in whole arrays: word by word in Python would take longer than the rest of the reading.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, compress
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from spacy.attrs import IS_DIGIT, ORTH
from spacy.strings import get_string_id

from pipeline.languages.th.borders import border_words
from pipeline.languages.th.names import KINDS, find_names, first_names
from pipeline.nlp.pieces import text_of
from pipeline.nlp.ranges import ranges

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from pipeline.nlp.pieces import Piece

    Hashes = NDArray[np.uint64]

_WORDS = "words of fields"  # where a Doc keeps them
_MIX = np.uint64(0x9E3779B97F4A7C15)
_NUMBER = np.uint64(get_string_id("0"))
_KIND_NUMBERS = {kind: number for number, kind in enumerate(KINDS)}
_NAMES_BEFORE = 27  # words: as many as are looked at, and their surroundings
_BITS, _GREATEST = 64, np.uint64(2**64 - 1)
_MOST_SHARING = 8  # signs that share their first bits, up to which an index is faster than halving
_EDGE = np.uint64(get_string_id("edge of the stretch"))
_AROUND = range(-3, 4)
_KINDS_AROUND = range(-2, 3)
_FARTHEST = 3  # words away that are looked at
_PLACES = np.array([-30, -12, -5, -1, 0, 1, 2, 4, 8, 16])  # words from where the passage begins: borders of the classes of place
_DISTANCES = (1, 2, 3, 4, 6, 9, 14)  # words since a run without spaces began: borders of the classes of distance
_HANGS = frozenset({"contrast", "cause", "result", "addition", "sequence", "condition"})  # words by which one clause hangs on another
_DOES = frozenset({"modal", "verb", "negation"})  # words that follow whoever does something


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a Doc without blanks: offsets in its text, a hash each, and what stands before each (0 nothing, 1 a space, 2 a line end).

    `clauses` are signs of the clause that each word stands in, one row a kind of sign.
    """

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    hashes: Hashes
    gaps: NDArray[np.int8]
    kinds: NDArray[np.int8]
    clauses: Hashes


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
    found: Words | None = doc.user_data.get(_WORDS)
    if found is None:
        found = doc.user_data[_WORDS] = _words_of(doc, doc._.passages or () if pieces is None else pieces)
    return found


def _words_of(doc: Doc, pieces: Sequence[Piece]) -> Words:
    words: list[str] = doc._.words
    bounds = np.fromiter(accumulate(map(len, words), initial=0), np.int64, len(words) + 1)
    is_blank = np.fromiter(map(str.isspace, words), bool, len(words))
    solid, blanks = np.flatnonzero(~is_blank), np.flatnonzero(is_blank)
    signs = doc.to_array([ORTH, IS_DIGIT]).reshape(-1, 2)
    hashes = np.where(signs[:, 1] == 1, _NUMBER, signs[:, 0].astype(np.uint64))[solid]
    behind = np.zeros(len(words) + 1, np.int8)  # what stands before each word of the Doc; the first of all has nothing before it
    behind[blanks + 1] = [2 if "\n" in word or "\r" in word else 1 for word in compress(words, is_blank.tolist())]
    gaps = behind[solid]
    starts, ends = bounds[solid], bounds[solid + 1]
    return Words(
        starts,
        ends,
        hashes,
        gaps,
        _kinds(text_of(doc), [words[place] for place in solid.tolist()], (starts, ends), _near_labelled(pieces, starts, ends)),
        _clause_signs(hashes, gaps > 0),
    )


def _near_labelled(pieces: Sequence[Piece], starts: NDArray[np.int64], ends: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which words stand in a labelled piece or shortly before one."""
    near = np.zeros(len(starts), bool)
    for piece in pieces:
        if piece.label:
            first = int(np.searchsorted(ends, piece.start, "right"))
            near[max(0, first - _NAMES_BEFORE) : int(np.searchsorted(starts, piece.end))] = True
    return near


def _kinds(text: str, words: list[str], bounds: tuple[NDArray[np.int64], NDArray[np.int64]], needed: NDArray[np.bool_]) -> NDArray[np.int8]:
    """Return for each word what kind of name it begins or goes on, as a number; nought where it is in none, or not needed."""
    kinds = [0] * len(words)
    begins, finishes = (dict(zip(places.tolist(), range(len(words)), strict=True)) for places in bounds)
    for name in find_names(text, bounds[0][needed].tolist(), finishes):
        first, last = begins[name.start], finishes[name.end]
        kind = 1 + 2 * _KIND_NUMBERS[name.kind]
        kinds[first : last + 1] = [kind, *[kind + 1] * (last - first)]
    known = first_names()
    for place in np.flatnonzero(needed).tolist():
        if words[place] in known and not kinds[place]:
            kinds[place] = 1 + 2 * len(KINDS)
    return np.array(kinds, np.int8)


def signs_of(words: Words, start: int, end: int, before: int = 0) -> Signs | None:
    """Return the signs of the words of the stretch ``start:end`` and of up to so many words before it; None where it has no word."""
    return signs_of_all([(words, [(start, end)])], before)[0]


def signs_of_all(work: Sequence[tuple[Words, Sequence[tuple[int, int]]]], before: int = 0) -> list[Signs | None]:
    """Return the signs of each of some stretches of each of some Docs; all are worked out at once, which takes little longer than one of them."""
    bounds = [_bounds(words, stretches, before) for words, stretches in work]
    lengths = np.concatenate([counts for _, _, counts in bounds]) if bounds else np.empty(0, np.int64)
    bases = np.cumsum([_FARTHEST, *(len(words.hashes) + _FARTHEST for words, _ in work)])
    numbers = ranges(np.concatenate([first + base for (first, _, _), base in zip(bounds, bases.tolist(), strict=False)]) if bounds else (), lengths)
    own = np.concatenate([own + base for (_, own, _), base in zip(bounds, bases.tolist(), strict=False)]) if bounds else lengths
    rows, ends = _rows([words for words, _ in work], numbers, numbers - np.repeat(own, lengths)), lengths.cumsum().tolist()
    spans = zip((first for firsts, _, _ in bounds for first in firsts.tolist()), lengths.tolist(), ends, strict=True)
    return [Signs(begin, begin + length, rows[end - length : end]) if length else None for begin, length, end in spans]


def _bounds(words: Words, stretches: Sequence[tuple[int, int]], before: int) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return of each stretch the first word that is looked at, the first of its own, and how many are looked at: none without one of its own."""
    own, last = words.ends.searchsorted([start for start, _ in stretches], "right"), words.starts.searchsorted([end for _, end in stretches])
    first = np.maximum(0, own - before)
    return first, own, np.where(own < last, last - first, 0)


def _rows(docs: Sequence[Words], numbers: NDArray[np.int64], places: NDArray[np.int64]) -> Hashes:
    """Return the signs of words by their numbers in the Docs, each Doc behind an edge; `places` counts from where the passage of each begins."""
    hashes, kinds, gaps = (_behind_edges(values) for values in zip(*((one.hashes, one.kinds + 1, one.gaps) for one in docs), strict=True))
    columns = _around(hashes, numbers, _AROUND)
    here, back, ahead = columns[3], columns[2], columns[4]
    columns += [back * _MIX ^ here, here * _MIX ^ ahead, ahead * _MIX ^ columns[5], columns[1] * _MIX ^ back]
    around = _around(kinds, numbers, _KINDS_AROUND)
    columns += [*around, around[1] * _MIX ^ around[2], around[2] * _MIX ^ around[3], around[2] * _MIX ^ ahead, around[2] * _MIX ^ back]
    before, after = _around(gaps, numbers, (0, 1))
    place = _PLACES.searchsorted(places, "right").astype(np.uint64)
    edge = np.zeros((len(docs[0].clauses), _FARTHEST), np.uint64)
    clauses = np.concatenate([part for one in docs for part in (edge, one.clauses)], axis=1)
    columns += [before * _MIX ^ after, place, place * _MIX ^ around[2], before * _MIX ^ here, *clauses[:, numbers]]
    rows = np.empty((len(columns), len(numbers)), np.uint64)
    for number, column in enumerate(columns):
        np.bitwise_xor(column, np.uint64(number + 1), out=rows[number])
    rows *= _MIX
    return rows.T


def _clause_signs(hashes: Hashes, spaced: NDArray[np.bool_]) -> Hashes:
    """Return what clause each word stands in: the words that open and close it, where its run without spaces begins, and who may do what in it."""
    here, seen = np.arange(len(hashes)), np.append(hashes, _EDGE)
    hangs, does = (_is_among(hashes, _openers(classes)) for classes in (_HANGS, _DOES))
    before, behind = _last_of(hangs), _next_of(hangs)
    run, next_run, doing = np.maximum(_last_of(spaced), 0), _next_of(spaced), _next_of(does)
    opened, closed = seen[before], seen[behind]
    near = (run <= before).astype(np.uint64), (behind < next_run).astype(np.uint64)
    in_run = np.digitize(here - run, _DISTANCES).astype(np.uint64)
    action = np.where(doing < next_run, seen[doing], _EDGE)
    return np.stack(
        [
            *(opened, closed, opened * _MIX ^ near[0], closed * _MIX ^ near[1], (opened * _MIX ^ closed) * _MIX ^ (2 * near[0] + near[1])),
            *(seen[run], seen[run] * _MIX ^ in_run, seen[next_run]),
            *(action, action * _MIX ^ np.digitize(doing - here, _DISTANCES).astype(np.uint64), action * _MIX ^ (here == run).astype(np.uint64)),
        ]
    )


def _is_among(hashes: Hashes, known: Hashes) -> NDArray[np.bool_]:
    """Say of each hash whether it is one of some that are sorted."""
    found: NDArray[np.bool_] = known[np.minimum(known.searchsorted(hashes), len(known) - 1)] == hashes
    return found


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


def _behind_edges(values: Sequence[NDArray[np.integer[Any]]]) -> Hashes:
    """Return the values of the words of some Docs behind each other, with edges before, between and behind them: what lies outside a Doc."""
    edge = np.full(_FARTHEST, _EDGE)
    return np.concatenate([edge, *(part for one in values for part in (one.astype(np.uint64), edge))])


def _around(values: Hashes, numbers: NDArray[np.int64], offsets: Sequence[int]) -> list[Hashes]:
    """Return the values of the words so many places on from each word, for each offset."""
    return [values[numbers + offset] for offset in offsets]


def look_up(known: Hashes, rows: Hashes, index: Index | None = None) -> NDArray[np.int64]:
    """Return the number of each sign among the known ones, which are sorted; those that are not known get the number behind the last."""
    if not len(known):
        return np.zeros(rows.shape, np.int64)
    if index:
        return index.places_of(rows)
    places = np.minimum(known.searchsorted(rows), len(known) - 1)
    found: NDArray[np.int64] = np.where(known[places] == rows, places, len(known))
    return found


class Index(NamedTuple):
    """Where among sorted signs those begin that share their first bits, so that a sign is found in very few steps; `shift` takes the other bits off.

    `known` has one sign more at its end, the greatest that there can be, and `most` is how many signs share their first bits at the most.
    """

    known: Hashes
    first: NDArray[np.int32]
    shift: np.uint64
    most: int

    def places_of(self, rows: Hashes) -> NDArray[np.int64]:
        """Return the number of each sign, as `look_up` does."""
        places = self.first[rows >> self.shift]
        for _ in range(self.most):
            later = self.known[places] < rows
            if not later.any():
                break
            places += later
        found: NDArray[np.int64] = np.where(self.known[places] == rows, places, np.int64(len(self.known) - 1))
        return found


def index_of(known: Hashes) -> Index | None:
    """Return an index of sorted signs; None where too many share their first bits, as the signs of kinds of names do."""
    bits = len(known).bit_length() + 1
    shift = np.uint64(_BITS - bits)
    first = known.searchsorted(np.arange(2**bits, dtype=np.uint64) << shift).astype(np.int32)
    most = int(np.diff(first, append=len(known)).max())
    return Index(np.append(known, _GREATEST), first, shift, most) if most <= _MOST_SHARING else None


def frequent(rows: Sequence[Hashes], least: int) -> Hashes:
    """Return the signs that stand in at least so many rows, sorted."""
    if not rows:
        return np.empty(0, np.uint64)
    signs, counts = np.unique(np.concatenate([row.ravel() for row in rows]), return_counts=True)
    kept: Hashes = signs[counts >= least]
    return kept
