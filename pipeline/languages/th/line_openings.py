"""What a line of prose opens with: the mark of a list, a word, a name, somebody before a colon.

Comes in: a line. Goes out: what it opens with. Refuses nothing.
"""

from __future__ import annotations

import re

from pipeline.languages.th.names import name_at

# A letter alone counts in the order of the alphabet; other letters with a dot, and those that a word is glued to, open names (ต.นาดี, ผอ.วิภา, ก.ค.).
LIST_MARK = re.compile(
    r"^\s{0,4}(?:[-–•*]|\(?[\d๐-๙]{1,2}(?:\.\d{1,2})?[.)]?(?=\s)|\(?[\d๐-๙]{1,2}[ก-ฮ]?[.)]|\(?[ก-ฮ]\)|[กขคงจฉชซฌญ]\.(?=\s)"
    r"|(?:หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด)(?=\s))\s{0,2}"
)
_COLON = re.compile(r"^(?=[^:：]{1,80}[:：])[-–•*\s]{0,4}(?P<teller>[^\s:：\d\"“(][^:：\n\"“]{0,38}?)\s?(?:\([^)\n]{1,30}\)\s?)?[:：](?=\s?\S)")
_WORD_END = re.compile(r"[\s(:：]")
_OPENERS = frozenset(["title", "office", "role", "group"])
_ROOM = 70  # code points in which a line opens


def behind_mark(line: str) -> str:
    """Return a line without the mark of a list at its beginning.

    >>> behind_mark("- ลุงสี: น้ำมาแล้ว")
    'ลุงสี: น้ำมาแล้ว'
    """
    mark = LIST_MARK.match(line)
    return line[mark.end() :] if mark else line


def opening_word(line: str) -> str:
    """Return the word that opens a line, behind the mark of a list.

    >>> opening_word("- ลุงสี: น้ำมาแล้ว")
    'ลุงสี'
    """
    words = behind_mark(line).lstrip()[:_ROOM]
    end = _WORD_END.search(words)
    return words[: end.start()] if end else words


def opening_name(line: str) -> str | None:
    """Return the kind of the name that a line opens with, None where it opens with none.

    >>> opening_name("1. ปลัดเสนอให้เลื่อน"), opening_name("เมื่อวานฝนตก")
    ('title', None)
    """
    name = name_at(behind_mark(line).lstrip()[:_ROOM])
    return name.kind if name and name.kind in _OPENERS else None


def before_colon(line: str) -> str:
    """Return what stands before a colon that a line opens with, "" where there is none."""
    opened = opening_colon(line)
    return opened["teller"].strip() if opened else ""


def opening_colon(line: str) -> re.Match[str] | None:
    """Return what a line opens with before a colon; most lines have none, which is seen at once."""
    return _COLON.match(line) if ":" in line or "：" in line else None
