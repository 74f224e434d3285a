"""The working record of the spaCy pipeline: one stretch of a post, as the components know it so far.

Comes in: nothing. Goes out: `Piece`, and the extension attributes that every component shares. Offsets of a piece are code points of
``Doc.text``, the repaired text; the way back to the post as scraped is ``doc._.clean``. Refuses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np
from spacy.attrs import IS_DIGIT, IS_SPACE, ORTH
from spacy.strings import get_string_id
from spacy.tokens import Doc

from pipeline.records import NO_REMARKS, Remarks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from pipeline.languages.th.cues import Hit
    from pipeline.records import ActionFields, ChainLink, Span, Voice

_TEXT, _HASHES = "clean text", "hashes"  # where a Doc keeps them, which is found faster than an extension
_NUMBER, _BLANK = np.uint64(get_string_id("0")), np.uint64(0)
Part = Literal["lead", "body", "comment"]


class Piece(NamedTuple):  # each component makes new ones of thousands: a dataclass takes four times as long
    """A stretch that holds one idea, with what each component has added; `first_word`/`last_word` index the Doc, half-open."""

    start: int
    end: int
    first_word: int
    last_word: int
    part: Part
    comment: int | None = None
    line: int = 0
    marked: bool = False
    cues: tuple[Hit, ...] = ()
    label: str | None = None
    confidence: float = 0.0
    why: tuple[str, ...] = ()
    voice: Voice = "author"
    speaker: str | None = None
    action: ActionFields | None = None
    chain: tuple[ChainLink, ...] = ()
    facets: tuple[str, ...] = ()
    remarks: Remarks = NO_REMARKS
    second: tuple[str, float] | None = None


@dataclass(frozen=True, slots=True)
class Tagged:
    """What a tagger says of a Doc: where each word that is no blank starts and ends, and the log-probability of each tag (words x tags).

    The first tag is "outside"; then come "begins" for each label, then "continues" for each, in the order of the label set. `heads` are the
    log-probabilities of all that the network says of a word, in the columns of `pipeline.nlp.heads`.
    """

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    chances: NDArray[np.float32]
    heads: NDArray[np.float32]


def declare_extensions() -> None:
    """Declare once a process what components share: the post, its clean text, the words, hits of cues, tags, and the pieces."""
    for name in ("post", "clean", "words", "hits", "tagged", "passages"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)


declare_extensions()


def text_of(doc: Doc) -> str:
    """Return ``Doc.text`` without joining its words again, which spaCy does at every call."""
    found: str | None = doc.user_data.get(_TEXT)
    if found is None:
        found = doc.user_data[_TEXT] = doc._.clean.text
    return found


def hashes_of(doc: Doc) -> NDArray[np.uint64]:
    """Return a hash of each word, every number being one word, and nought for blanks; they are worked out once."""
    found: NDArray[np.uint64] | None = doc.user_data.get(_HASHES)
    if found is None:
        orths, digits, blanks = doc.to_array([ORTH, IS_DIGIT, IS_SPACE]).reshape(-1, 3).T
        found = doc.user_data[_HASHES] = np.where(blanks, _BLANK, np.where(digits, _NUMBER, orths))
    return found


def parts_of(doc: Doc) -> Iterator[tuple[Part, int | None, Span]]:
    """Return the parts of a post that are read, each with its comment's number, as spans of the Doc's text."""
    post, clean = doc._.post, doc._.clean
    if post.lead:
        yield "lead", None, clean.from_raw(post.lead.start, post.lead.end)
    for span in post.body:
        yield "body", None, clean.from_raw(span.start, span.end)
    for number, comment in enumerate(post.comments):
        yield "comment", number, clean.from_raw(comment.span.start, comment.span.end)


def batched(stream: Iterable[Doc], size: int) -> Iterator[list[Doc]]:
    """Yield a stream of Docs in batches."""
    docs = iter(stream)
    while batch := list(islice(docs, size)):
        yield batch
