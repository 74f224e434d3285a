"""The borders of Thai words on a finished page, where its lines may end.

Comes in: a page or a mail, escaped. Goes out: the same with ``<wbr>`` between the words of its texts. Refuses nothing. Browsers and mail programs
break Thai by dictionaries of their own and now and then take the wrong words (ต้องเต|รียม, ข|อง); a border that we know lets them begin anew behind
it. It is no sign of the text: who copies, searches or listens does not meet it. Styles, titles and pictures stay as they are.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.languages import pieces

_MARKUP = re.compile(r"(<style\b.*?</style>|<svg\b.*?</svg>|<title\b.*?</title>|<[^>]*>)", re.DOTALL)
_THAI = re.compile("[\u0e00-\u0e7f]{4,}")  # a shorter word has no border


def with_borders(page: str) -> str:
    """Return a page whose lines end between words.

    >>> with_borders('<p title="งานที่ต้องเตรียม">งานที่ต้องเตรียม</p>')
    '<p title="งานที่ต้องเตรียม">งาน<wbr>ที่<wbr>ต้อง<wbr>เตรียม</p>'
    """
    parts = _MARKUP.split(page)
    parts[::2] = [_THAI.sub(_bordered, text) for text in parts[::2]]
    return "".join(parts)


def _bordered(stretch: re.Match[str]) -> str:
    return _joined(stretch.group())


@lru_cache(maxsize=8_192)  # the same words stand in many forms
def _joined(words: str) -> str:
    return "<wbr>".join(pieces(words))
