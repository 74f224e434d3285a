"""Words of a text on whose borders every passage begins and ends.

Comes in: a text, and spans in it. Goes out: borders of words. Refuses nothing: a word in which a span begins or ends is cut there.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from pipeline.languages import words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.records import Span


def cut_words(text: str, spans: Iterable[Span]) -> list[int]:
    """Return the borders of the words of a text, both ends and those of the spans included.

    >>> from pipeline.records import Span
    >>> cut_words("นัดกันวันศุกร์", [Span(0, 4)])
    [0, 3, 4, 6, 9, 14]
    """
    edges = {edge for span in spans for edge in (span.start, span.end)}
    return sorted({*accumulate(map(len, words_of(text)), initial=0), *edges})
