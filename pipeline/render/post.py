"""A post as a page, with its passages marked where they stand.

Comes in: a post and its passages. Goes out: the page, and the name of its file. Refuses nothing: a passage outside the title, lead,
body and comments (page furniture) is not shown, one that leaves a section is marked as far as the section goes, and passages that
overlap are marks inside marks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.records import Comment, Passage, Post, Span, short_hash
from pipeline.render.display import mask
from pipeline.render.pages import page, web_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PLAIN_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
_DEVICE = re.compile(r"(?i)con|prn|aux|nul|(?:com|lpt)\d")
_LINE = re.compile(r"[^\r\n]+")
_LINE_END = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage around a piece of text; `opens` where its first piece is: there stand its anchor and its label's name."""

    passage: Passage
    opens: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that the same passages cover."""

    text: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the post: its paragraphs, each a list of pieces; `comment` where a reader wrote it."""

    kind: str
    paragraphs: tuple[tuple[Piece, ...], ...]
    comment: Comment | None = None


def page_name(post_id: str) -> str:
    """Return a name for the post's page that every file system takes, without its ending.

    >>> page_name("81204")
    '81204'
    >>> page_name("../etc/passwd")
    '7fef78f53440346c'
    """
    plain = _PLAIN_NAME.fullmatch(post_id) and not _DEVICE.fullmatch(post_id) and mask(post_id) == post_id
    return post_id if plain else short_hash(post_id)


def post_page(post: Post, passages: Sequence[Passage]) -> str:
    """Return the page of a post."""
    ordered = sorted(passages, key=lambda passage: (passage.span.start, -passage.span.end))
    marker = _Marker(mask(post.text), ordered)
    parts = [Part("lead", marker.paragraphs(post.lead))] if post.lead else []
    parts += [Part("body", marker.paragraphs(span)) for span in post.body]
    parts += [Part("comment", marker.paragraphs(comment.span), comment) for comment in post.comments]
    return page(
        "post.html",
        weights=(400,),
        post=replace(post, url=web_address(post.url)),
        parts=parts,
        marked=marker.opened,
    )


class _Marker:
    """Cuts spans of one text into paragraphs and pieces, and remembers which passages it has opened."""

    def __init__(self, text: str, passages: Sequence[Passage]) -> None:
        """Keep the masked text and the passages in order."""
        self._text = text
        self._passages = passages
        self.opened: set[str] = set()

    def paragraphs(self, span: Span) -> tuple[tuple[Piece, ...], ...]:
        """Return the paragraphs of a section: what blank lines divide."""
        return tuple(tuple(self._pieces(paragraph)) for paragraph in paragraphs_of(self._text, span))

    def _pieces(self, paragraph: Span) -> Iterator[Piece]:
        """Yield the pieces of a paragraph, cut wherever a passage begins or ends."""
        inside = [passage for passage in self._passages if passage.span.overlap(paragraph)]
        cuts = {paragraph.start, paragraph.end}
        for passage in inside:
            cuts |= {max(passage.span.start, paragraph.start), min(passage.span.end, paragraph.end)}
        for start, end in pairwise(sorted(cuts)):
            piece = Span(start, end)
            yield Piece(piece.of(self._text), tuple(self._mark(passage) for passage in inside if passage.span.overlap(piece)))

    def _mark(self, passage: Passage) -> Mark:
        """Return the mark of a passage, and open it if this is its first piece."""
        opens = passage.id not in self.opened
        self.opened.add(passage.id)
        return Mark(passage, opens)


def paragraphs_of(text: str, span: Span) -> Iterator[Span]:
    """Yield the paragraphs of a section, without the white space around them."""
    start = end = -1
    for line in _LINE.finditer(text, span.start, span.end):
        words = line.group().strip()
        if start >= 0 and (not words or len(_LINE_END.findall(text, end, line.start())) > 1):
            yield Span(start, end)
            start = -1
        if words:
            begin = line.start() + line.group().index(words)
            start = begin if start < 0 else start
            end = begin + len(words)
    if start >= 0:
        yield Span(start, end)
