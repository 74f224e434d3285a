"""What of a text is compared when its words are looked for again, with the way back; and how many signs two texts differ in.

Comes in: texts. Goes out: `Folded`, without blanks and invisible signs and with one spelling of sara am and sara ae, and edit distances. Refuses
nothing. Distances are counted with the bits of whole numbers (Myers 1999, as given by Hyyrö 2001): one step a sign, whatever the length of the
pattern.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.records import Span

_TONES = "\u0e48-\u0e4b"
_SPECIAL = re.compile(
    rf"(?P<blank>[\s\u00a0\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff]+)|(?P<before>[{_TONES}]?)\u0e4d(?P<after>[{_TONES}]?)\u0e32|(?P<ae>เเ)"
)
_KEPT_TEXTS = 128


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as it is compared; sign i stands for the signs of the raw text from ``starts[i]`` to ``ends[i]``."""

    text: str
    starts: list[int]
    ends: list[int]

    def raw(self, start: int, end: int) -> Span:
        """Return the raw stretch behind a stretch of the folded text that is not empty."""
        return Span(self.starts[start], self.ends[end - 1])


@lru_cache(maxsize=_KEPT_TEXTS)
def fold(text: str) -> Folded:
    """Return what is compared of a text.

    >>> fold("น\u0e4d\u0e49า\u00a0ใส").text == fold("น้ำ ใส").text
    True
    """
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for special in _SPECIAL.finditer(text):
        first, last = special.span()
        pieces.append(text[done:first])
        starts += range(done, first)
        ends += range(done + 1, first + 1)
        done = last
        if special["blank"]:
            continue
        meant = "แ" if special["ae"] else f"{special['before']}{special['after']}\u0e33"
        pieces.append(meant)
        starts += [first] * len(meant)
        ends += [last] * len(meant)
    pieces.append(text[done:])
    starts += range(done, len(text))
    ends += range(done + 1, len(text) + 1)
    return Folded("".join(pieces), starts, ends)


def ends_of(pattern: str, text: str) -> list[int]:
    """Return for each sign of a text the fewest differences of the pattern to any stretch that ends with it; the pattern is not empty.

    >>> ends_of("นัดกัน", "วันนี้นัดกันนะ")[11]
    0
    """
    return _errors(pattern, text, anywhere=True)


def distance(one: str, other: str) -> int:
    """Return in how many signs two texts differ: put in, left out or exchanged.

    >>> distance("ประชุม", "ประชุุม"), distance("", "นา")
    (1, 2)
    """
    if not one or not other or one == other:
        return 0 if one == other else max(len(one), len(other))
    return _errors(one, other, anywhere=False)[-1]


def _errors(pattern: str, text: str, *, anywhere: bool) -> list[int]:
    places: dict[str, int] = {}
    for number, sign in enumerate(pattern):
        places[sign] = places.get(sign, 0) | 1 << number
    mask, last, carried = (1 << len(pattern)) - 1, 1 << len(pattern) - 1, 0 if anywhere else 1
    more, less, errors = mask, 0, len(pattern)
    found = []
    for sign in text:
        same = places.get(sign, 0)
        down = same | less
        across = (((same & more) + more) ^ more) | same
        rise = less | ~(across | more) & mask
        fall = more & across
        errors += (1 if rise & last else 0) - (1 if fall & last else 0)
        rise = rise << 1 | carried
        fall <<= 1
        more = (fall | ~(down | rise)) & mask
        less = rise & down & mask
        found.append(errors)
    return found
