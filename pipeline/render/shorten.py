"""A text made short enough for a line, cut where a word ends.

Comes in: a text, and how many code points it may have. Goes out: the text as a page shows it, or its first words and …. Refuses nothing.
What must be hidden is hidden before the cut: half an address is an address still.
"""

from __future__ import annotations

import unicodedata

from pipeline.languages.th.tokens import words_of
from pipeline.render.display import on_one_line

ELLIPSIS = "…"
_READ_ON = 4  # a word is looked for in so many times the length; what follows is of no account
_MARKS = frozenset({"Mn", "Mc", "Me"})
_BEFORE = frozenset("เแโใไ")  # vowels written before the consonant that they belong to


def shortened(text: str, most: int) -> str:
    """Return the text, at most `most` code points long.

    >>> shortened("คุณอำนวยนัดกันวันศุกร์", 16)
    'คุณอำนวยนัดกัน…'
    """
    shown = on_one_line(text)
    if len(shown) <= most:
        return shown
    kept = ""
    for word in words_of(shown[: most * _READ_ON]):
        if len(kept) + len(word) >= most:
            break
        kept += word
    return (kept.rstrip() or _first_signs(shown, most - 1)) + ELLIPSIS


def _first_signs(text: str, most: int) -> str:
    """Return the beginning of a word that is too long, with no mark cut from its letter."""
    while most > 1 and (unicodedata.category(text[most]) in _MARKS or text[most] == "ำ" or text[most - 1] in _BEFORE):
        most -= 1
    return text[:most]
