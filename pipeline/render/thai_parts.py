"""Thai on a page that is in another language: quotations, titles and names, marked so that whoever reads aloud reads them in Thai.

Comes in: a page or a mail, escaped. Goes out: the same, with ``lang="th"`` on every stretch of Thai that has it not from around it (WCAG 3.1.2).
Refuses nothing. A page in Thai stays as it is, and so do styles, the title of a page and pictures.
"""

from __future__ import annotations

import re

from pipeline.render.words import language

MARKUP = re.compile(r"(<style\b.*?</style>|<svg\b.*?</svg>|<title\b.*?</title>|<[^<>]*>)", re.DOTALL)
_STRETCH = re.compile(r"[“(]?[\u0e00-\u0e7f](?:[^a-zA-Z<]*[\u0e00-\u0e7f])?[”)]?")
_TAG = re.compile(r"<(/?)(\w+)[^>]*>")  # a picture and a style stand whole, with their end
_MARK = ' lang="th"'


def with_thai_marked(page: str) -> str:
    """Return a page on which all Thai says that it is.

    >>> from pipeline.render.words import speaking
    >>> with speaking("en"):
    ...     with_thai_marked('<p>Who: กำนัน ศรี, Mr. A <q lang="th">นัด <i>กัน</i></q></p>')
    '<p>Who: <span lang="th">กำนัน ศรี</span>, Mr. A <q lang="th">นัด <i>กัน</i></q></p>'
    """
    if language() == "th":
        return page
    parts, around, depth = MARKUP.split(page), "", 0
    for place, part in enumerate(parts):
        if place % 2 == 0:
            parts[place] = part if depth else _STRETCH.sub(rf"<span{_MARK}>\g<0></span>", part)
        elif tag := _TAG.fullmatch(part):
            closing, name = tag.groups()
            if depth and name == around:
                depth += -1 if closing else 1
            elif not depth and _MARK in part:
                around, depth = name, 1
    return "".join(parts)
