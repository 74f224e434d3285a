"""The pull quote (lead) that a page shows between title and body.

Comes in: the title and the lines below it. Goes out: the line that is the lead, or None. Refuses to guess: a doubtful line is the first
paragraph of the body, and both are read anyway.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.sources.lines import Line

SHORTEST_REPEAT = 12  # code points without white space: fewer can stand twice by chance
LONGEST_UNREPEATED = 120
DEEP_INDENT = 3  # white space that sets the body apart from an unrepeated lead

_EDGES = "\"'“”‘’«».…"
_SPOKEN = re.compile('ครับ|ค่ะ|คะ(?![ก-ฮะ-ู])|จ้ะ|จ้า|ผม|ดิฉัน|ฉัน|หนู|ข้าพเจ้า|พวกเรา|วันนี้|เมื่อวาน|สวัสดี|ขอบคุณ|[?!"“]|^(?:เรียน|ถึง|ตอบ|\\()')
_LIST_ITEM = re.compile(r"[-•*·]|\(?\d{1,3}[.)]")


def find_lead(title: str | None, lines: Sequence[Line]) -> Line | None:
    """Return the lead: the line below the title, where the body repeats it or where its shape leaves no doubt."""
    written = [line for line in lines if line.text]
    if title is None or len(written) < 2:  # noqa: PLR2004 -- a lead and something below it
        return None
    first = written[0]
    quote = _without_space(first.text).strip(_EDGES)
    below = _without_space("".join(line.text for line in written[1:]))
    repeated = len(quote) >= SHORTEST_REPEAT and quote in below
    return first if repeated or _has_the_shape(first, written[1], lines) else None


def _has_the_shape(first: Line, second: Line, lines: Sequence[Line]) -> bool:
    """Say whether a line is set apart like a lead: short, unspoken, at the left edge, a blank line below it, then an indented body."""
    apart = any(line.row == first.row + 1 and not line.text for line in lines)
    short = SHORTEST_REPEAT <= len(first.text) <= LONGEST_UNREPEATED and not first.indent
    longer = second.indent >= DEEP_INDENT and len(second.text) > len(first.text)
    return apart and short and longer and not _SPOKEN.search(first.text) and not _LIST_ITEM.match(first.text)


def _without_space(text: str) -> str:
    """Return the text without any white space."""
    return "".join(text.split())
