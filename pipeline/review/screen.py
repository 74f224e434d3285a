"""What the screen of one passage shows: its words in their post, with context, cues and neighbours.

Comes in: a post, the passage that is asked about and the others of the post. Goes out: paragraphs of words, each with its place in the post.
Refuses nothing: a passage that lies in no section is shown with the lines around it. Words are our own tokens, never the browser's; a border
never cuts a cluster.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from pipeline.correcting.edges import word_borders
from pipeline.languages import cue_set, find_cues
from pipeline.records import Span
from pipeline.render.post import paragraphs_of
from pipeline.review.visible import visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.records import Comment, Passage, Post

AROUND = 2  # paragraphs before and after
_MOST_SIGNS = 360  # of a paragraph around, from its near end


class Word(NamedTuple):  # a page has hundreds, and templates take tuples apart several times faster than they look up attributes
    """A word on the page: where it stands in the post, what is shown, whether the passage begins or ends with it; `sign` closes a cue."""

    start: int
    text: str
    kind: str = ""
    sign: str = ""
    opens: bool = False
    closes: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph on the page; `near` where the passage stands, `comment` where a reader of the blog wrote it."""

    span: Span
    words: tuple[Word, ...]
    near: bool
    comment: Comment | None = None
    cut_before: bool = False
    cut_after: bool = False


@dataclass(frozen=True, slots=True)
class CueSeen:
    """A cue in the passage: its words, the label it speaks for, and how strongly."""

    text: str
    votes: str
    weight: int


def paragraphs_around(post: Post, span: Span, label: str | None, others: Sequence[Passage]) -> list[Paragraph]:
    """Return the paragraphs that the passage stands in, and those around them."""
    found = _paragraphs(post)
    inside = [i for i, (paragraph, _) in enumerate(found) if paragraph.overlap(span)]
    if not inside:
        place = bisect_right([paragraph.start for paragraph, _ in found], span.start)
        found.insert(place, (span, None))
        inside = [place]
    text = visible(post.text)
    first, last = max(0, inside[0] - AROUND), inside[-1] + AROUND + 1
    signs = _cue_signs(post.text, span, label) if label else []  # where the suggestion is hidden, its reasons are too
    near = [other for other in others if other.span != span and other.label != "other"]
    return [
        Paragraph(
            shown,
            tuple(_words(post.text, text, shown, span, signs, near)),
            i in inside,
            comment,
            cut_before=shown.start > paragraph.start,
            cut_after=shown.end < paragraph.end,
        )
        for i, (paragraph, comment) in enumerate(found[first:last], first)
        for shown in [paragraph if i in inside else _near_end(post.text, paragraph, before=i < inside[0])]
    ]


def cues_seen(text: str, span: Span, label: str | None, most: int = 5) -> list[CueSeen]:
    """Return the strongest cues in the passage: those that speak for the label first."""
    quote = span.of(text)
    seen = {CueSeen(quote[hit.start : hit.end], cue_set()[hit.cue].votes, cue_set()[hit.cue].weight) for hit in find_cues(quote)}
    return sorted(seen, key=lambda cue: (cue.votes != label, -cue.weight, cue.text))[:most]


def _paragraphs(post: Post) -> list[tuple[Span, Comment | None]]:
    sections: list[tuple[Span, Comment | None]] = [(post.lead, None)] if post.lead else []
    sections += [(span, None) for span in post.body]
    sections += [(comment.span, comment) for comment in post.comments]
    return sorted(((paragraph, comment) for span, comment in sections for paragraph in paragraphs_of(post.text, span)), key=lambda pair: pair[0])


def _near_end(text: str, paragraph: Span, *, before: bool) -> Span:
    """Return the part of a long paragraph that is next to the passage."""
    if paragraph.end - paragraph.start <= _MOST_SIGNS:
        return paragraph
    borders = word_borders(text)
    if before:
        return Span(next(border for border in borders if border >= paragraph.end - _MOST_SIGNS), paragraph.end)
    return Span(paragraph.start, max(border for border in borders if border <= paragraph.start + _MOST_SIGNS))


def _cue_signs(text: str, span: Span, label: str | None) -> list[tuple[int, int, str]]:
    """Return where the cues of the passage stand: + for its label, - for another; a stronger one says so."""
    found = []
    for hit in find_cues(span.of(text)):
        cue = cue_set()[hit.cue]
        sign = "for" if cue.votes == label else "against"
        found.append((span.start + hit.start, span.start + hit.end, f"{sign} {'strong' if cue.weight > 1 else 'weak'}"))
    return found


def _words(  # noqa: PLR0913, PLR0917 - what a word on the page is made of
    raw: str, text: str, paragraph: Span, span: Span, signs: Sequence[tuple[int, int, str]], others: Sequence[Passage]
) -> list[Word]:
    edges = {edge for edge in (span.start, span.end) if paragraph.start < edge < paragraph.end}
    all_borders = word_borders(raw)
    between = all_borders[bisect_right(all_borders, paragraph.start) : bisect_left(all_borders, paragraph.end)]
    places = list(pairwise(sorted({paragraph.start, *between, *edges, paragraph.end})))
    beside = [other.span for other in others if other.span.overlap(paragraph)]
    cues = [_cue_at(signs, start, end) if span.start <= start and end <= span.end else "" for start, end in places]
    begins, stops = max(span.start, paragraph.start), min(span.end, paragraph.end)  # of the passage, in this paragraph
    words = []
    for (start, end), cue, following in zip(places, cues, [*cues[1:], ""], strict=True):
        last = cue if cue != following else ""
        near = any(other.start < end and start < other.end for other in beside)
        kind = " ".join(name for name in (cue, "beside" if near else "", "sign" if last else "") if name)
        sign = ("+" if last.startswith("for") else "−") if last else ""
        words.append(Word(start, text[start:end], kind, sign, start == begins and end <= span.end, end == stops and start >= span.start))
    return words


def _cue_at(signs: Sequence[tuple[int, int, str]], start: int, end: int) -> str:
    return next((sign for first, last, sign in signs if first < end and start < last), "")
