"""Units of prose and the gaps between them: what the cutter looks at.

Comes in: the words of a text and the stretch of one part of a post. Goes out: lines of units, and for each gap between two units
whether it can be a border at all and the features that speak for or against one. Refuses nothing. Offsets are code points of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate, compress, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.languages.th.borders import BARE_PLACE, GLUED_MARK, HEADING_PLACE, ITEM_NUMBER, LIST_MARK, MONTH, TITLE_STOP, border_words

if TYPE_CHECKING:
    from collections.abc import Callable

    Names = Callable[..., tuple[str, ...]]

LONG_UNIT = 160  # a unit without a space over this length may also be cut before a word that opens a clause
_LONG_STEP = 300  # and where no such word stands in it, after about so many characters
_CLAUSE_OPENERS = {"contrast", "cause", "result", "addition", "sequence", "condition"}
_SHORT_ITEM = 30  # an item of an inline list under this length stays with its neighbours; among longer ones each is a line of its own
_NO_CLOSER = ("-",)
_LENGTHS = (4, 8, 15, 25, 40, 60, 90)
_SHORT, _MIDDLE = 15, 45  # borders of the three length classes of a unit
_SHAPE = 24  # characters of a unit that may say what it is: a list mark, a month, a place
_SPEAKING_ENDS, _QUOTES = frozenset(")\"”'"), frozenset("\"“'")
_SPEAKING_OPENING = re.compile(f"{GLUED_MARK.pattern}|{MONTH.pattern}|{BARE_PLACE.pattern}|[{''.join(sorted(_QUOTES))}]")
WORD_KINDS = ("L1", "L2", "L3", "LL", "R1", "R2", "R3", "RR", "LR")  # features that are a word or a pair: ``L1=word``
_TWO = 2
_LOOK_BACK = 5  # how many units a condition may stand before its ก็
_OPENS_MARK = "(-•·●"  # or a digit
_NO_START = "(ๆ/-–+=:,."
_NO_END = "(/-–+=:"
_OPENS_PLACE = "ตจ"
_MAY_MARK = re.compile(r"\d[.)]|[-•·●]")  # stands in every mark that is glued to its item
_ENDS_SMALL_NUMBER = re.compile(r"(?:^|\D)\d{1,3}$")


class Unit(NamedTuple):
    """A stretch without white space; `words` are its words, `depth` the brackets still open behind it, `listed` an inline list begun by then."""

    start: int
    end: int
    first_word: int
    last_word: int
    text: str
    words: list[str]
    depth: int
    listed: bool = False


class Prose(NamedTuple):
    """A text, its words, and where each of them starts, with the end of the last."""

    text: str
    words: list[str]
    starts: list[int]


class Line(NamedTuple):
    """The units of one line of a post, or of one term of a list within it, the list mark taken off; `marked` says that there was one."""

    units: list[Unit]
    marked: bool


def lines_of(prose: Prose, start: int, end: int) -> list[Line]:
    """Return the lines of the stretch `start:end`."""
    words = prose.words
    lines: list[Line] = []
    runs: list[tuple[int, int]] = []
    first, last = _word_range(prose.starts, len(words), start, end)
    begin = first
    for blank in compress(range(first, last), map(str.isspace, words[first:last])):
        if begin < blank:
            runs.append((begin, blank))
        begin = blank + 1
        if "\n" in words[blank] or "\r" in words[blank]:
            lines += _line(prose, runs, start, end)
            runs = []
    if begin < last:
        runs.append((begin, last))
    return lines + _line(prose, runs, start, end)


def _word_range(starts: list[int], count: int, start: int, end: int) -> tuple[int, int]:
    """Return the words of a stretch, half-open; pages glue parts together, so that a word may reach over the border of one."""
    if start >= end:
        return 0, 0
    return bisect_right(starts, start) - 1, min(count, bisect_left(starts, end))


def _line(prose: Prose, runs: list[tuple[int, int]], start: int, end: int) -> list[Line]:
    if not runs:
        return []
    text, words, starts = prose
    units: list[Unit] = []
    depth, listed = 0, False
    whole = text[starts[runs[0][0]] : starts[runs[-1][1]]]
    may_be_listed, may_open = bool(_MAY_MARK.search(whole)), "(" in whole
    for run in runs:
        for first, last in [run] if starts[run[1]] - starts[run[0]] <= LONG_UNIT else _split_long(prose, run):
            begin, stop = max(start, starts[first]), min(end, starts[last])
            own = text[begin:stop]
            if may_open:
                depth = max(0, depth + own.count("(") - own.count(")"))
            if may_be_listed:
                listed = listed or (bool(GLUED_MARK.search(own)) and not _opens_item(units, own))
            units.append(Unit(begin, stop, first, last, own, words[first:last], depth, listed))
    if not may_be_listed:
        return [_unmarked(units)]
    borders = sorted({0, *_terms(units), len(units)})
    return [_unmarked(units[first:last]) for first, last in pairwise(borders)]


def _terms(units: list[Unit]) -> list[int]:
    """Return where the terms of a list within a line begin (… 1)… 2)… 3)…), as numbers of units; none where one is too short to be read alone."""
    found: list[int] = []
    for number, unit in enumerate(units):
        mark = ITEM_NUMBER.match(unit.text)
        if mark and int(mark["number"]) == len(found) + 1 and not (number and units[number - 1].depth):
            found.append(number)
    ends = [*(units[number - 1].end for number in found[1:]), units[-1].end] if found else []
    long = all(end - units[number].start >= _SHORT_ITEM for number, end in zip(found, ends, strict=True))
    return found if len(found) > 1 and long else []


def _unmarked(units: list[Unit]) -> Line:
    """Return a line, or a term of a list within one, without its mark."""
    if len(units) > 1 and _opens_item([], units[0].text):
        return Line(units[1:], marked=True)
    bare = _without_mark(units[0])
    return Line([bare, *units[1:]], marked=True) if bare else Line(units, marked=False)


def _without_mark(unit: Unit) -> Unit | None:
    """Return the unit without a list mark glued to its front ("2.จัดวงคุย"); None where there is none, or no word ends with it."""
    mark = GLUED_MARK.match(unit.text)
    ends = list(accumulate(map(len, unit.words))) if mark else []
    if not mark or mark.end() == len(unit.text) or ends[-1] != len(unit.text) or mark.end() not in ends:
        return None
    count = ends.index(mark.end()) + 1
    return unit._replace(start=unit.start + mark.end(), first_word=unit.first_word + count, text=unit.text[mark.end() :], words=unit.words[count:])


def _opens_item(before: list[Unit], text: str) -> bool:
    """Say whether a unit is the mark of a list item: nothing stands before it in its line."""
    return not before and bool(LIST_MARK.fullmatch(text))


def _split_long(prose: Prose, run: tuple[int, int]) -> list[tuple[int, int]]:
    """Cut a long run without spaces before words that open a clause, or at the least every so many characters."""
    first, last = run
    opener = border_words().opener
    parts, begin = [], first
    for number in range(first + 1, last):
        length = prose.starts[number] - prose.starts[begin]
        if (length > _MIDDLE and opener.get(prose.words[number]) in _CLAUSE_OPENERS) or length >= _LONG_STEP:
            parts.append((begin, number))
            begin = number
    return [*parts, (begin, last)]


def can_cut(units: list[Unit], gap: int) -> bool:
    """Say whether the gap behind unit number `gap` can be a border of an idea at all."""
    left, right = units[gap], units[gap + 1]
    first = right.text[0]
    if left.depth > 0 or first == "ฯ" or left.text[-1] in _NO_END:
        return False
    listed = (first in _OPENS_MARK or first.isdigit()) and GLUED_MARK.match(right.text)
    if not listed and (first in _NO_START or first.isdigit() or (first.isascii() and first.isalpha())):
        return False
    if listed and len(right.text) < _SHORT_ITEM and left.listed:
        return False
    known = border_words()
    if left.words[-1] in known.never_after or (left.text[-1] == "." and TITLE_STOP.search(left.text)) or BARE_PLACE.fullmatch(left.text):
        return False
    if right.words[0] in known.classifier and _ENDS_SMALL_NUMBER.search(left.text):
        return False
    return not (right.text.startswith("ก็") and _open_condition(units, gap))


def _open_condition(units: list[Unit], gap: int) -> bool:
    """Say whether a condition before the gap still waits for its ก็."""
    for unit in reversed(units[max(0, gap - _LOOK_BACK + 1) : gap + 1]):
        if unit.text.startswith(border_words().condition):
            return True
        if "ก็" in unit.text:
            return False
    return False


def opens_heading(units: list[Unit], gap: int) -> bool:
    """Say whether a place name that opens a new topic stands behind the gap ("… ต.ทุ่งใหญ่ ทีมงานจะ…")."""
    if gap + 2 >= len(units) or units[gap + 1].text[0] not in _OPENS_PLACE or not HEADING_PLACE.fullmatch(units[gap + 1].text):
        return False
    return units[gap + 2].text[0] != "(" and units[gap].words[-1] not in border_words().heading_barrier


def gap_features(units: list[Unit], gap: int) -> list[str]:
    """Return the names of the features of the gap behind unit number `gap`; each counts once."""
    of_words = [f"{kind}={value}" for kind, value in zip(WORD_KINDS, word_values(units, gap), strict=True) if value]
    return of_words + [name for names, key in zip(FEATURE_GROUPS, feature_keys(units, gap), strict=True) for name in names(*key)]


def word_values(units: list[Unit], gap: int) -> tuple[str | None, ...]:
    """Return a value for each of `WORD_KINDS`, None where there is none: the words before the gap, the last first, those behind it, and pairs."""
    a, b = units[gap].words, units[gap + 1].words
    a1, b1 = a[-1], b[0]
    a2, b2 = (a[-2] if len(a) > 1 else None), (b[1] if len(b) > 1 else None)
    a3, b3 = (a[-3] if len(a) > _TWO else None), (b[2] if len(b) > _TWO else None)
    return a1, a2, a3, a2 and f"{a2}_{a1}", b1, b2, b3, b2 and f"{b1}_{b2}", f"{a1}|{b1}"


def feature_keys(units: list[Unit], gap: int) -> tuple[tuple[Any, ...], ...]:
    """Return what each of the groups of features is asked about a gap, so that whoever weighs them may remember its answers."""
    left, right = units[gap], units[gap + 1]
    opener_of = border_words().opener.get
    closers = border_words().closer.get(left.words[-1], _NO_CLOSER)
    left_size, right_size, last = left.end - left.start, right.end - right.start, left.text[-1]
    return (
        (opener_of(left.words[0], "-"), closers, opener_of(right.words[0], "-"), _length_class(left_size), _length_class(right_size)),
        (left_size if left_size <= _LENGTHS[-1] else _LENGTHS[-1] + 1,),
        (right_size if right_size <= _LENGTHS[-1] else _LENGTHS[-1] + 1,),
        (
            right.start - left.end > 1,
            last if last in _SPEAKING_ENDS or last.isdigit() else "",
            *((right.text[:_SHAPE], closers[0]) if _SPEAKING_OPENING.match(right.text) else ("", "")),
        ),
    )


def _class_features(before: str, closers: tuple[str, ...], opener: str, left_class: str, right_class: str) -> tuple[str, ...]:
    found = [f"o={opener}", f"lo={before}", f"len={left_class}{right_class}"]
    found += [f"o|l={opener}|{left_class}", f"lo|o={before}|{opener}", f"o|r={opener}|{right_class}"]
    return (*found, *(f"{name}={closer}{tail}" for closer in closers for name, tail in (("c", ""), ("c|o", f"|{opener}"))))


def _left_length(size: int) -> tuple[str, ...]:
    return tuple(f"ll>{length}" for length in _LENGTHS if size > length)


def _right_length(size: int) -> tuple[str, ...]:
    return tuple(f"rl>{length}" for length in _LENGTHS if size > length)


def _length_class(size: int) -> str:
    return "S" if size < _SHORT else "M" if size < _MIDDLE else "L"


def _shape_features(wide: bool, last: str, opening: str, closer: str) -> tuple[str, ...]:
    found = ["wide"] if wide else []
    if GLUED_MARK.match(opening):
        found.append("list")
    if last.isdigit():
        found.append("number|")
    if MONTH.match(opening):
        found.append("|month")
    if last in _SPEAKING_ENDS:
        found.append(f"{last}|")
    if opening[:1] in _QUOTES:
        found.append(f"|{opening[0]}")
    if BARE_PLACE.match(opening):
        found += ["|place", f"{closer}|place"]
    return tuple(found)


FEATURE_GROUPS: tuple[Names, ...] = (_class_features, _left_length, _right_length, _shape_features)
