"""A post read for the registers.

Comes in: a post, its passages, and the states of the threads that they opened. Goes out: the sightings of all registers, in the order of
the text. Refuses nothing. Only the body and the comments are read: the lead repeats the body, and the rest of a page is furniture.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from pipeline.registers.areas import find_areas
from pipeline.registers.card import find_card
from pipeline.registers.further import find_further
from pipeline.registers.partners import find_partners
from pipeline.registers.practices import find_practices
from pipeline.registers.sighting import Part, Sighting
from pipeline.registers.terms import find_terms
from pipeline.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.records import Comment, Passage, Post, Span, Voice


def read_post(post: Post, passages: Sequence[Passage], threads: Mapping[str, str]) -> Iterator[Sighting]:
    """Yield what a post tells for the registers."""
    for part in _parts(post, passages):
        yield from find_areas(part, threads)
        yield from chain(find_partners(part), find_practices(part), find_terms(part), find_card(part), find_further(part))


def _parts(post: Post, passages: Sequence[Passage]) -> Iterator[Part]:
    for span in post.body:
        yield _part(post, span, passages, "author", post.author)
    for comment in post.comments:
        voice, speaker = _who_speaks(post, comment, passages)
        yield _part(post, comment.span, passages, voice, speaker)


def _part(post: Post, span: Span, passages: Sequence[Passage], voice: Voice, speaker: str | None) -> Part:
    inside = [one for one in passages if span.start <= one.span.start and one.span.end <= span.end]
    return Part(post, span.start, clean(span.of(post.text)), voice, speaker, inside)


def _who_speaks(post: Post, comment: Comment, passages: Sequence[Passage]) -> tuple[Voice, str | None]:
    """Return whose words a comment is, as its passages were read; without one, as its author's name says."""
    read = next((one for one in passages if comment.span.overlap(one.span) and one.voice in {"commenter", "reply"}), None)
    if read:
        return read.voice, read.speaker
    return "reply" if comment.author and comment.author == post.author else "commenter", comment.author
