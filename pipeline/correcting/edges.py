"""The edges of passages: between which words they may lie, and which are refused.

Comes in: the text of a post and spans in it. Goes out: the offsets between our own words, and spans that are allowed. Refuses, as
`CorrectionRefused`: a span outside the text, one with nothing but blanks in it, and one that would cut a vowel or a tone mark from its consonant.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import accumulate

from pipeline.errors import CorrectionRefused
from pipeline.languages import is_inside, words_of
from pipeline.records import Span
from pipeline.text import clean

_KEPT_TEXTS = 64


@lru_cache(maxsize=_KEPT_TEXTS)
def word_borders(text: str) -> tuple[int, ...]:
    """Return the offsets of a post between our own words, both ends included, but none inside a sign.

    The words are those of the repaired text, as the model reads them.

    >>> word_borders("นัดกันวันศุกร์")
    (0, 3, 6, 9, 14)
    """
    cleaned = clean(text)
    ends = accumulate(map(len, words_of(cleaned.text)))
    offsets = {0, len(text), *(cleaned.to_raw(end - 1, end).end for end in ends)}
    return tuple(sorted(offset for offset in offsets if not is_inside(text, offset)))


def allowed(text: str, span: Span) -> Span:
    """Return the span without the blanks at its ends.

    Raises:
        CorrectionRefused: when a passage may not stand there.
    """
    if span.end > len(text):
        raise CorrectionRefused(
            en=f"A passage must lie inside its post, which has {len(text)} signs. Got {span.start} to {span.end}. Choose it again.",
            th=f"ข้อความต้องอยู่ภายในบันทึก ซึ่งยาว {len(text)} ตัวอักษร แต่ได้รับช่วง {span.start} ถึง {span.end} โปรดเลือกใหม่",
        )
    quote = span.of(text)
    start, end = span.start + len(quote) - len(quote.lstrip()), span.end - len(quote) + len(quote.rstrip())
    if start >= end:
        raise CorrectionRefused(
            en="A passage must hold words. Got none between its ends. Choose a longer stretch.",
            th="ข้อความต้องมีถ้อยคำอยู่ข้างใน แต่ช่วงที่เลือกว่างเปล่า โปรดเลือกช่วงที่ยาวขึ้น",
        )
    for offset in (start, end):
        if is_inside(text, offset):
            raise CorrectionRefused(
                en=f"A passage must begin and end between whole signs. Got a cut inside one at {offset}. Move the edge by a word.",
                th=f"ขอบของข้อความต้องไม่ตัดสระหรือวรรณยุกต์ออกจากพยัญชนะ แต่ตำแหน่งที่ {offset} อยู่กลางตัวอักษร โปรดเลื่อนขอบทีละคำ",
            )
    return Span(start, end)


def moved(text: str, offset: int, words: int) -> int:
    """Return an edge moved by so many words, back if below nought; it stays within the text.

    >>> moved("นัดกันวันศุกร์", 6, 1), moved("นัดกันวันศุกร์", 6, -9)
    (9, 0)
    """
    borders = word_borders(text)
    if words >= 0:
        ahead = [border for border in borders if border > offset]
        return offset if not words or not ahead else ahead[min(words, len(ahead)) - 1]
    behind = [border for border in borders if border < offset]
    return behind[max(0, len(behind) + words)] if behind else offset
