"""Signs as readers see them: where a text may be cut without taking a vowel or a tone mark from its consonant.

Comes in: a text and an offset. Goes out: whether a cut there falls inside a grapheme cluster. Refuses nothing.
The rules are those of Unicode (UAX 29) as far as scraped Thai posts need them: marks that combine, sara am, joined emoji, flags, CR LF.
"""

from __future__ import annotations

import unicodedata

_JOINER = "\u200d"
_BESIDE = frozenset("\u0e33\u0eb3\u200c" + _JOINER)  # sara am stands beside its consonant and belongs to it, and so do joiners
_SKIN = range(0x1F3FB, 0x1F400)
_FLAG = range(0x1F1E6, 0x1F200)
_TAGS = range(0xE0020, 0xE0080)


def is_inside(text: str, offset: int) -> bool:
    """Tell whether a cut at an offset would fall inside a sign.

    >>> is_inside("น้ำ", 1), is_inside("น้ำ", 2), is_inside("น้ำใจ", 3)
    (True, True, False)
    """
    if not 0 < offset < len(text):
        return False
    before, after = text[offset - 1], text[offset]
    if before in "\r\n\v\f" or after in "\r\n\v\f":
        return before == "\r" and after == "\n"
    if _extends(after):
        return unicodedata.category(before) != "Cc"
    if before == _JOINER:
        return _is_pictured(after)
    return ord(after) in _FLAG and _flags_before(text, offset) % 2 == 1


def nearest_border(text: str, offset: int, step: int) -> int:
    """Return the first offset from this one on, forward (1) or back (-1), at which a cut falls inside no sign."""
    while is_inside(text, offset):
        offset += step
    return offset


def _extends(sign: str) -> bool:
    code = ord(sign)
    return sign in _BESIDE or unicodedata.category(sign) in {"Mn", "Me", "Mc"} or code in _SKIN or code in _TAGS


def _is_pictured(sign: str) -> bool:
    return unicodedata.category(sign) in {"So", "Sk"} or ord(sign) in {0x2640, 0x2642, 0x2695, 0x2764}


def _flags_before(text: str, offset: int) -> int:
    start = offset
    while start and ord(text[start - 1]) in _FLAG:
        start -= 1
    return offset - start
