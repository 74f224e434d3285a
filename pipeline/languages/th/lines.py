"""Where a line of Thai may end: between words, never within one.

Comes in: a text. Goes out: its pieces, joined the text again, after each of which a line may end; or the text in lines for a message of plain text.
Refuses nothing. A name that no dictionary has stays whole as far as that can be seen: a letter that stands alone is part of its neighbour. A title
stays with the name behind it, and in a message a day with its month and year.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from pythainlp.corpus.icu import thai_icu_words

from pipeline.languages.th.commonness import count_of
from pipeline.languages.th.dates.calendar import MONTH
from pipeline.languages.th.names import first_names, titles
from pipeline.languages.th.tokens import known_words, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PART, _LONGEST = 2, 24  # signs of a part of a word, and of a word that is cut otherwise
_NAME = 3  # words of which a first name seems to be made
CELLS = 72  # of a line of plain text; signs above and below a letter need none
_STRETCH = re.compile("[\u0e00-\u0e7f]+")
_BY_BLANKS = re.compile(r"\S*\s*")
_HELD = 24  # cells of what stays on one line
_OF_A_DAY = re.compile(rf"(?:[0-9\u0e50-\u0e59]{{1,2}}|{MONTH}|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{{0,6}}) ")
_HANGING = frozenset("ๆฯะาำๅ")  # never at the beginning of a line
_MARKS = frozenset({"Mn", "Mc", "Me"})
_STUFFED = re.compile(r" |>|From ")


def pieces(text: str) -> list[str]:
    """Return the pieces of a stretch of Thai, after each of which a line may end.

    >>> pieces("งานที่ต้องเตรียมต่างๆ")
    ['งาน', 'ที่', 'ต้อง', 'เตรียม', 'ต่างๆ']
    >>> pieces("พบคุณสมชายที่ศาลา")
    ['พบ', 'คุณสมชาย', 'ที่', 'ศาลา']
    """
    found: list[str] = []
    for word in _with_whole_names(_usual(words_of(text))):
        if found and (not (_ends_a_line(found[-1]) and _begins_a_line(word)) or found[-1] in leading_titles()):
            found[-1] += word
        else:
            found.append(word)
    return found


def _with_whole_names(words: list[str]) -> Iterator[str]:
    """Yield words of which a first name is one, at the beginning and behind a title."""
    at, before = 0, ""
    while at < len(words):
        longest = range(at + _NAME, at + 1, -1) if not before or before in leading_titles() else ()
        end = next((end for end in longest if "".join(words[at:end]) in first_names()), at + 1)
        before, at = "".join(words[at:end]), end
        yield before


@lru_cache(maxsize=1)
def leading_titles() -> frozenset[str]:
    """Return the titles that stay with what stands behind them; the shortest without a dot (ตา, อา) are more often words or parts of them."""
    return frozenset(title for title in titles() if title.endswith(".") or len(title) > _PART)


@lru_cache(maxsize=8_192)  # the same words stand everywhere
def is_parted(word: str) -> bool:
    """Say whether browsers would end a line within a word: their list (of the ICU, which most have) has only the words in it.

    >>> is_parted("คืบหน้า"), is_parted("ห้องสมุด"), is_parted("อำเภอ")
    (True, True, False)
    """
    return word not in _of_browsers() and any(word[:cut] in _of_browsers() for cut in range(_PART, len(word) - 1))


@lru_cache(maxsize=1)
def _of_browsers() -> frozenset[str]:
    return thai_icu_words()


def _usual(words: list[str]) -> list[str]:
    """Return words, cut otherwise where a word that nobody writes was taken for the rest of another: ชุม|ชนปี is ชุมชน|ปี."""
    found = words[:1]
    for word in words[1:]:
        if not (count_of(found[-1]) and count_of(word)):
            found[-1:] = _otherwise(found[-1], word)
        else:
            found.append(word)
    return found


def _otherwise(first: str, second: str) -> tuple[str, str]:
    """Return two neighbouring words cut where both are ones that people write, as common as can be; as they are where there is no such place."""
    both = first + second
    cuts = [
        (both[:cut], both[cut:]) for cut in range(_PART, min(len(both) - 1, _LONGEST)) if both[:cut] in known_words() and both[cut:] in known_words()
    ]
    best = max(cuts, key=lambda cut: min(map(count_of, cut)), default=(first, second))
    return best if all(map(count_of, best)) else (first, second)


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
    for piece in _together(_unbroken(text)):
        if line and cells(piece.rstrip()) > room:
            yield f"{_stuffed(line)} "
            line, room = "", CELLS
        line += piece
        room -= cells(piece)
    yield _stuffed(line)


def _together(pieces: Iterable[str]) -> Iterator[str]:
    """Yield pieces of which a title and the name behind its blank are one, and so are the number, the month and the year of a day."""
    held = ""
    for piece in pieces:
        held += piece
        if cells(held) > _HELD or not (piece.rstrip() in leading_titles() or _OF_A_DAY.fullmatch(piece)):
            yield held
            held = ""
    yield held


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


def cells(text: str) -> int:
    """Return how many cells of a line a text needs.

    >>> cells("ที่นี่")
    2
    """
    return sum(unicodedata.category(sign) not in _MARKS for sign in text)


def _ends_a_line(word: str) -> bool:
    return len(word) > 1 or word in _HANGING


def _begins_a_line(word: str) -> bool:
    return len(word) > 1 and word[0] not in _HANGING and unicodedata.category(word[0]) not in _MARKS
