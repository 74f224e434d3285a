"""One text of a post and its comments: one offset space for both.

Comes in: the text of a post, and what each comment says, by whom and when. Goes out: the text with its comments, a blank line between them, and
each `Comment` as a span of it. Refuses nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.records import Comment, Span

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

BETWEEN = "\n\n"


class Said(NamedTuple):
    """A comment that has no place in a text yet."""

    text: str
    author: str | None = None
    posted_at: datetime | None = None


def join(text: str, said: Sequence[Said]) -> tuple[str, tuple[Comment, ...]]:
    r"""Return the one text and the comments in it.

    >>> join("ก", [Said("ข", "ป้านิด")])
    ('ก\n\nข', (Comment(span=Span(start=3, end=4), author='ป้านิด', posted_at=None),))
    """
    parts, length = [text], len(text)
    comments = []
    for one in said:
        start = length + len(BETWEEN)
        length = start + len(one.text)
        parts.append(one.text)
        comments.append(Comment(Span(start, length), one.author, one.posted_at))
    return BETWEEN.join(parts), tuple(comments)
