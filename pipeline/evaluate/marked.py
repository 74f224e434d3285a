"""Marked passages as pieces of their Docs, so that their fields can be read, learnt and judged without looking for the passages first.

Comes in: Docs with cues, and labelled posts. Goes out: `Marked` passages, and what a reader reads of their fields. Refuses nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pipeline.evaluate.fields import ReadFields
from pipeline.nlp.cues import cues_between
from pipeline.nlp.doc_words import words_of_doc
from pipeline.nlp.pieces import Piece, parts_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.tokens import Doc

    from pipeline.labelled import LabelledPost
    from pipeline.nlp.reader import Reader
    from pipeline.records import Passage


class Marked(NamedTuple):
    """A marked passage of a Doc, as a piece of it and as it was marked; `chained` says that its writer's chains are marked."""

    doc: Doc
    piece: Piece
    passage: Passage
    chained: bool


def chained_writers(posts: Iterable[LabelledPost]) -> frozenset[str]:
    """Return the writers in whose posts somebody marked chains."""
    return frozenset(labelled.writer for labelled in posts if any(passage.chain for passage in labelled.passages))


def marked_pieces(doc: Doc, labelled: LabelledPost, *, chained: bool) -> list[Marked]:
    """Return the marked passages of a post as pieces of its Doc, which knows its cues."""
    hits = doc._.hits
    starts = [hit.start for hit in hits]
    places = list(parts_of(doc))
    found = []
    for passage in labelled.passages:
        span = doc._.clean.from_raw(passage.span.start, passage.span.end)
        part, comment = next(((part, comment) for part, comment, whole in places if whole.start <= span.start < whole.end), ("body", None))
        line = text_of(doc).count("\n", 0, span.start)
        cues = cues_between(hits, starts, span.start, span.end)
        found.append(Marked(doc, Piece(span.start, span.end, 0, 0, part, comment, line, cues=cues, label=passage.label), passage, chained))
    words_of_doc(doc, [row.piece for row in found])  # from now on the Doc knows the names in and before them
    return found


def read_fields(reader: Reader, posts: Sequence[LabelledPost]) -> tuple[list[ReadFields], list[ReadFields]]:
    """Return the marked passages of posts with the fields that a reader reads of them: all, and those of writers whose chains are marked."""
    chained = chained_writers(posts)
    rows, in_chains = [], []
    for labelled in posts:
        with reader.batch():
            found = _fields_of(reader, labelled, chained=labelled.writer in chained)
        rows += found
        in_chains += found if labelled.writer in chained else []
    return rows, in_chains


def _fields_of(reader: Reader, labelled: LabelledPost, *, chained: bool) -> list[ReadFields]:
    doc = reader.prepare(labelled.post)
    marked = marked_pieces(doc, labelled, chained=chained)
    read = reader.read_fields(doc, [row.piece for row in marked])
    return [
        ReadFields(row.passage, piece, tuple((link.part, doc._.clean.to_raw(link.span.start, link.span.end)) for link in piece.chain))
        for row, piece in zip(marked, read, strict=True)
    ]
