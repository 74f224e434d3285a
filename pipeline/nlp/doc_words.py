"""The words of a Doc as the readers of fields see them: without blanks, with what stands before each, the names among them, and their clauses.

Comes in: a Doc with words. Goes out: `Words`. Refuses nothing. Everything is worked out in whole arrays: word by word in Python would take longer
than the rest of the reading.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, compress
from typing import TYPE_CHECKING

import numpy as np
from spacy.strings import get_string_id

from pipeline.languages.th.borders import border_words
from pipeline.languages.th.names import KINDS, OPENING, find_names, first_names, openings
from pipeline.nlp.pieces import hashes_of, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from pipeline.nlp.pieces import Piece

    Hashes = NDArray[np.uint64]

MIX = np.uint64(0x9E3779B97F4A7C15)
EDGE = np.uint64(get_string_id("edge of the stretch"))
_WORDS = "words of fields"  # where a Doc keeps them
_KIND_NUMBERS = {kind: number for number, kind in enumerate(KINDS)}
_NAMES_BEFORE = 27  # words: as many as are looked at, and their surroundings
_SIGN, _TABLE = np.uint64(16), 16  # bits of a sign of a name; of the table of the openings of names
_SHIFT = np.uint64(64 - _TABLE)
_DISTANCES = (1, 2, 3, 4, 6, 9, 14)  # words since a run without spaces began: borders of the classes of distance
_FARTHEST = _DISTANCES[-1]
_CLASSES = np.digitize(np.arange(_FARTHEST + 1), _DISTANCES).astype(np.uint64)  # of each distance
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
    all_hashes = hashes_of(doc)
    is_blank = all_hashes == 0
    solid, blanks = np.flatnonzero(~is_blank), np.flatnonzero(is_blank)
    hashes = all_hashes[solid]
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
    kinds = bytearray(len(words))
    places = np.flatnonzero(needed)
    may_open = places[_may_open(text, bounds[0][places])]
    starts, ends, known = bounds[0][may_open].tolist(), bounds[1].tolist(), first_names()
    begins = dict(zip(starts, may_open.tolist(), strict=True))
    for name in find_names(text, starts, frozenset(ends)):
        first, kind = begins[name.start], 1 + 2 * _KIND_NUMBERS[name.kind]
        kinds[first] = kind
        if ends[first] < name.end:
            last = bisect_left(ends, name.end, first)
            kinds[first + 1 : last + 1] = [kind + 1] * (last - first)
    for place in places.tolist():
        if words[place] in known and not kinds[place]:
            kinds[place] = 1 + 2 * len(KINDS)
    return np.frombuffer(kinds, np.int8)


def _may_open(text: str, starts: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Say of each place of a text whether a name may begin there, by its first signs: at most places none does."""
    signs = np.frombuffer(f"{text}{chr(0) * OPENING}".encode("utf-32-le", "surrogatepass"), np.uint32)
    opening, found = np.zeros(len(starts), np.uint64), np.zeros(len(starts), bool)
    for place in range(OPENING):
        opening = opening << _SIGN | signs[starts + place]
        found |= _openings()[opening * MIX >> _SHIFT]
    return found


@lru_cache(maxsize=1)
def _openings() -> NDArray[np.bool_]:
    """Return a table in which the places of all that names begin with are set, and by chance those of few others."""
    codes = [sum(ord(sign) << int(_SIGN) * place for place, sign in enumerate(reversed(opening))) for opening in openings()]
    table = np.zeros(2**_TABLE, bool)
    table[np.array(codes, np.uint64) * MIX >> _SHIFT] = True
    return table


def _clause_signs(hashes: Hashes, spaced: NDArray[np.bool_]) -> Hashes:
    """Return what clause each word stands in: the words that open and close it, where its run without spaces begins, and who may do what in it."""
    here, seen = np.arange(len(hashes)), np.append(hashes, EDGE)
    hangs, does = (is_among(hashes, _openers(classes)) for classes in (_HANGS, _DOES))
    before, behind = _last_of(hangs), _next_of(hangs)
    run, next_run, doing = np.maximum(_last_of(spaced), 0), _next_of(spaced), _next_of(does)
    opened, closed = seen[before], seen[behind]
    near = (run <= before).astype(np.uint64), (behind < next_run).astype(np.uint64)
    in_run = _CLASSES.take(np.minimum(here - run, _FARTHEST))
    action = np.where(doing < next_run, seen[doing], EDGE)
    return np.stack(
        [
            *(opened, closed, opened * MIX ^ near[0], closed * MIX ^ near[1], (opened * MIX ^ closed) * MIX ^ (2 * near[0] + near[1])),
            *(seen[run], seen[run] * MIX ^ in_run, seen[next_run]),
            *(action, action * MIX ^ _CLASSES.take(np.minimum(doing - here, _FARTHEST)), action * MIX ^ (here == run).astype(np.uint64)),
        ]
    )


def is_among(hashes: Hashes, known: Hashes) -> NDArray[np.bool_]:
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
