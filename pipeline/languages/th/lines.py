"""Where a line of Thai may end: between words, never within one.

Comes in: a text. Goes out: its pieces, joined the text again, after each of which a line may end; or the text in lines for a message of plain text.
Refuses nothing. A name that no dictionary has stays whole as far as that can be seen: a letter that stands alone is part of its neighbour.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from pipeline.languages.th.tokens import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

CELLS = 72  # of a line of plain text; signs above and below a letter need none
_STRETCH = re.compile("[\u0e00-\u0e7f]+")
_BY_BLANKS = re.compile(r"\S*\s*")
_HANGING = frozenset("ๆฯะาำๅ")  # never at the beginning of a line
_MARKS = frozenset({"Mn", "Mc", "Me"})
_STUFFED = re.compile(r" |>|From ")


def pieces(text: str) -> list[str]:
    """Return the pieces of a stretch of Thai, after each of which a line may end.

    >>> pieces("งานที่ต้องเตรียมต่างๆ")
    ['งาน', 'ที่', 'ต้อง', 'เตรียม', 'ต่างๆ']
    """
    found: list[str] = []
    for word in words_of(text):
        if found and not (_ends_a_line(found[-1]) and _begins_a_line(word)):
            found[-1] += word
        else:
            found.append(word)
    return found


def flowed(text: str) -> str:
    r"""Return a text in lines that end between words, as a message has them that says ``format=flowed; delsp=yes`` (RFC 3676).

    A blank at the end of a line says that it goes on in the next: a program that knows it joins them again, not a sign more or less.

    >>> flowed("นัดประชุม\n> ส่งรายชื่อ")
    'นัดประชุม\n > ส่งรายชื่อ'
    """
    return "\n".join(piece for line in text.split("\n") for piece in _lines(line.rstrip()))


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of one that may be too long."""
    line, room = "", CELLS
    for piece in _unbroken(text):
        if line and _cells(piece.rstrip()) > room:
            yield f"{_stuffed(line)} "
            line, room = "", CELLS
        line += piece
        room -= _cells(piece)
    yield _stuffed(line)


def _unbroken(text: str) -> Iterator[str]:
    """Yield the pieces of any text: words of Thai, and what stands between blanks."""
    for found in _BY_BLANKS.findall(text):
        at = 0
        for stretch in _STRETCH.finditer(found):
            first, *others = pieces(stretch.group())
            if not others:
                continue
            yield found[at : stretch.start()] + first
            yield from others[:-1]
            at = stretch.end() - len(others[-1])
        yield found[at:]


def _stuffed(line: str) -> str:
    """Return a line with a blank before it where it would be taken for quoted or moved by a program that reads flowed lines."""
    return f" {line}" if _STUFFED.match(line) else line


def _cells(text: str) -> int:
    return sum(unicodedata.category(sign) not in _MARKS for sign in text)


def _ends_a_line(word: str) -> bool:
    return len(word) > 1 or word in _HANGING


def _begins_a_line(word: str) -> bool:
    return len(word) > 1 and word[0] not in _HANGING and unicodedata.category(word[0]) not in _MARKS
