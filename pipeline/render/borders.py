"""The borders of Thai words on a finished page, where its lines may end.

Comes in: a page or a mail, escaped. Goes out: the same with ``<wbr>`` between the words of its texts, and ``<nobr>`` around a word that they would
part, around a day with its month and around a title with its name; Thai on a page in another language is marked. Refuses nothing. Browsers and mail
programs break Thai by dictionaries of their own and now and then take the wrong words (ต้องเต|รียม, ข|อง), or part one that they do not know
(คืบ|หน้า); a border that we know lets them begin anew behind it. Neither is a sign of the text: who copies, searches or listens does not meet it.
Styles, titles and pictures stay as they are.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.languages import is_parted, pieces
from pipeline.render.kept_together import days, titles_joined
from pipeline.render.thai_parts import MARKUP, with_thai_marked

_THAI = re.compile("[\u0e00-\u0e7f]{4,}")  # a shorter word has no border
_NAME = r"(?:<nobr>)?([\u0e01-\u0e2e\u0e40-\u0e44][\u0e00-\u0e7f.]{0,15})(?![\u0e00-\u0e7f.])(?:</nobr>)?"
_LONGEST = 16  # signs of a word that stays on one line: a longer one may be wider than a column


def with_borders(page: str) -> str:
    """Return a page whose lines end between words, and whose Thai is marked where the page is in another language.

    >>> with_borders('<p title="งานที่ต้องเตรียม">งานที่ต้องเตรียม</p>')
    '<p title="งานที่ต้องเตรียม">งาน<wbr>ที่<wbr>ต้อง<wbr>เตรียม</p>'
    """
    parts = MARKUP.split(with_thai_marked(page))
    parts[::2] = map(_in_text, parts[::2])
    return "".join(parts)


def _in_text(text: str) -> str:
    """Return a text between two tags with its borders; a day with its month has none."""
    parts = days().split(text)
    parts[::2] = [titles_joined(_THAI.sub(_bordered, part), _NAME, r"<nobr>\1 \2</nobr>") for part in parts[::2]]
    parts[1::2] = [f"<nobr>{day}</nobr>" for day in parts[1::2]]
    return "".join(parts)


def _bordered(stretch: re.Match[str]) -> str:
    return _joined(stretch.group())


@lru_cache(maxsize=32_768)  # the same words stand in many forms, and those of all posts in their pages
def _joined(words: str) -> str:
    return "<wbr>".join(f"<nobr>{piece}</nobr>" if len(piece) <= _LONGEST and is_parted(piece) else piece for piece in pieces(words))
