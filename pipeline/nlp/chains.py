"""The chain component: what set a lesson or an issue off, its cause and effect, the remedy, the condition, and who is affected.

Comes in: a Doc with labelled pieces. Goes out: lessons and issues with `chain`, each link a stretch of the piece. Refuses nothing: where the piece
is silent a part stays empty, and without trained readers of fields every part does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from spacy.language import Language

from pipeline.nlp.doc_words import words_of_doc
from pipeline.nlp.pieces import batched, text_of
from pipeline.nlp.spans import stretches_of_each
from pipeline.records import ChainLink, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.tokens import Doc

    from pipeline.nlp.fields import FieldModels
    from pipeline.nlp.pieces import Piece
    from pipeline.nlp.spans import Found
    from pipeline.records import ChainPart

CHAINED = frozenset({"lesson", "issue"})


class ChainReader:
    """Give each lesson and issue its chain; spans are code points of the Doc's text until the reader maps them back."""

    def __init__(self, models: FieldModels | None = None) -> None:
        """Keep the trained readers; without them chains stay empty."""
        self.models = models

    def __call__(self, doc: Doc) -> Doc:
        """Set them in `doc`."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """Set them in a stream of Docs; those of a batch are read at once."""
        for docs in batched(stream, batch_size):
            if self.models:
                self._read(self.models, docs)
            yield from docs

    @staticmethod
    def _read(models: FieldModels, docs: Sequence[Doc]) -> None:
        chained = [(doc, [piece for piece in doc._.passages if piece.label in CHAINED]) for doc in docs]
        found = stretches_of_each([(models.chains, "chains"), (models.affected, None)], chained)
        for doc in docs:
            doc._.passages = [piece._replace(chain=_chain(doc, piece, *next(found))) if piece.label in CHAINED else piece for piece in doc._.passages]


def _chain(doc: Doc, piece: Piece, parts: Found, affected: Found) -> tuple[ChainLink, ...]:
    words, text = words_of_doc(doc), text_of(doc)
    links = []
    for first_word, stretch in ((found.first_word, one) for found in (parts, affected) for one in found.stretches):
        start = max(piece.start, int(words.starts[first_word + stretch.first]))
        end = min(piece.end, int(words.ends[first_word + stretch.last - 1]))
        links.append(ChainLink(cast("ChainPart", stretch.kind), Span(start, end), text[start:end]))
    return tuple(sorted(links, key=lambda link: (link.span.start, -link.span.end)))


@Language.factory("lessons_chains")
def make_chain_reader(nlp: Language, name: str) -> ChainReader:  # noqa: ARG001 - spaCy passes both
    """Return a component that leaves chains empty until a model is given to it."""
    return ChainReader()
