"""How much of a text is quoted around a find.

Comes in: a text and a stretch of it. Goes out: the stretch with the words around it, to the borders of a line or to gaps between words,
long enough to be understood and no longer than a reader takes in at once. Refuses nothing: a find that is longer is quoted whole.
"""

from __future__ import annotations

import re

from pipeline.languages.th.tokens import words_of

_WHOLE_LINE, _ENOUGH, _MOST = 200, 110, 220  # code points
_GAP = re.compile(r"(?<![0-9๐-๙])\s+(?![0-9๐-๙])")
_FAR = 500  # how far the borders of a line are looked for: a quotation is shorter
_NEAR = 80  # how far a word's border is looked for where no gap is


def around(text: str, start: int, end: int) -> tuple[int, int]:
    r"""Return where the quotation of a stretch begins and ends.

    >>> text = "เมื่อวานไปวัด\n  ครูมาลีบอกว่าพร้อม  "
    >>> "".join(text[slice(*around(text, 18, 22))])
    'ครูมาลีบอกว่าพร้อม'
    """
    near = max(0, start - _FAR), min(len(text), end + _FAR)
    first, last = text.rfind("\n", near[0], start) + 1, text.find("\n", end, near[1])
    line = first or near[0], last if last >= 0 else near[1]  # as far as it matters
    first, last = _grown(text, *line, (start, end)) if line[1] - line[0] > _WHOLE_LINE else line
    while first < start and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return first, last


def _grown(text: str, first: int, last: int, find: tuple[int, int]) -> tuple[int, int]:
    """Return the find grown by whole stretches between gaps, first to its own, then on both sides in turn."""
    gaps = [first, *(gap.end() for gap in _GAP.finditer(text, first, last)), last]
    begin = max((gap for gap in gaps if gap <= find[0]), default=first)
    end = min((gap for gap in gaps if gap >= find[1]), default=last)
    if end - begin > _MOST:
        return _cut(text, max(begin, find[0] - _NEAR), min(end, find[1] + _NEAR), (begin, end))
    while end - begin < _ENOUGH:
        after = min((gap for gap in gaps if gap > end and gap - begin <= _MOST), default=end)
        before = max((gap for gap in gaps if gap < begin and after - gap <= _MOST), default=begin)
        if (before, after) == (begin, end):
            break
        begin, end = (begin, after) if after > end else (before, end)
    return begin, end


def _cut(text: str, near_first: int, near_last: int, whole: tuple[int, int]) -> tuple[int, int]:
    """Return the stretch cut at the borders of words, where no gap is near."""
    borders = [whole[0]]
    for word in words_of(text[whole[0] : min(whole[1], near_last + _MOST)]):
        borders.append(borders[-1] + len(word))
    return max(b for b in borders if b <= near_first), min((b for b in borders if b >= near_last), default=whole[1])
