"""The voice component: who speaks in a piece.

Comes in: a Doc with labelled pieces. Goes out: each labelled piece with `voice` and `speaker`. Refuses nothing. The borders of the comments say who
speaks; which of them are answers of the post's author is told by `replies`. An author that the page does not name stays unknown (None). With trained
readers of fields, reported speech is known too ("ท่านปลัดฝากว่า…"), and its speaker is named where the post does (`speech`, `speakers`).
"""

from __future__ import annotations

from itertools import compress
from typing import TYPE_CHECKING, NamedTuple

from spacy.language import Language

from pipeline.nlp.fields import BEFORE
from pipeline.nlp.pieces import batched
from pipeline.nlp.replies import find_replies, replies_of
from pipeline.nlp.spans import stretches_in
from pipeline.nlp.speakers import find_speaker, tagged_speaker
from pipeline.nlp.speech import hear
from pipeline.nlp.speech_signs import Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.tokens import Doc

    from pipeline.nlp.fields import FieldModels
    from pipeline.nlp.pieces import Piece
    from pipeline.nlp.spans import Found
    from pipeline.records import Post, Voice

_TOLD = 0.45  # chance of told words: set on writers left out of teaching, and on those of the validation


class VoiceFinder:
    """Set the voice and the speaker of each labelled piece."""

    def __init__(self, models: FieldModels | None = None) -> None:
        """Keep the trained readers; without them nothing is taken for reported speech."""
        self.models = models

    def __call__(self, doc: Doc) -> Doc:
        """Set them in `doc`."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """Set them in a stream of Docs; those of a batch are weighed at once."""
        for docs in batched(stream, batch_size):
            for doc in docs:
                post: Post = doc._.post
                replies = replies_of(post)
                doc._.passages = [_with_voice(post, replies, piece) if piece.label else piece for piece in doc._.passages]
            if self.models:
                self._report(self.models, docs)
            yield from docs

    @staticmethod
    def _report(models: FieldModels, docs: Sequence[Doc]) -> None:
        """Set the voice and the speaker of the pieces in which somebody else's words are told."""
        pages = [_Heard(doc, Page(doc), labelled) for doc in docs if (labelled := [piece for piece in doc._.passages if piece.label])]
        chances = iter(models.speech.chances([one for page in pages for one in hear(*page)]).tolist())
        told = [[next(chances) > _TOLD for _ in page.labelled] for page in pages]
        seen = [(page.doc, [_where_seen(page.page, piece) for piece in compress(page.labelled, own)]) for page, own in zip(pages, told, strict=True)]
        tagged = stretches_in(models.speakers, seen, "speakers", BEFORE)
        replies = find_replies(models.replies, [page.doc for page in pages if any(piece.voice == "commenter" for piece in page.labelled)])
        for page, own in zip(pages, told, strict=True):
            _set_voices(page, iter(own), tagged, replies.get(page.doc, frozenset()))


class _Heard(NamedTuple):
    """A Doc, its lines, and its labelled pieces."""

    doc: Doc
    page: Page
    labelled: list[Piece]


def _set_voices(heard: _Heard, told: Iterator[bool], tagged: Iterator[Found], replies: frozenset[int]) -> None:
    """Set who speaks in the labelled pieces of a Doc that are `told`, and that the author does in these comments."""
    doc, page, _ = heard
    pieces: list[Piece] = doc._.passages
    found, last = list(pieces), None
    for place, piece in enumerate(pieces):
        if not piece.label:
            continue
        if next(told):
            goes_on = last is not None and last[0] == place - 1 and pieces[place - 1].line == piece.line
            speaker = find_speaker(page, piece, tagged_speaker(doc, next(tagged)), last[1] if last and goes_on else None)
            found[place] = piece._replace(voice="quoted", speaker=speaker)
            last = (place, speaker)
        elif piece.voice == "commenter" and piece.comment in replies:
            found[place] = piece._replace(voice="reply", speaker=piece.speaker or doc._.post.author)
    doc._.passages = found


def _where_seen(page: Page, piece: Piece) -> Piece:
    start, end = page.place_of(piece)
    return piece._replace(start=start, end=end)


def _with_voice(post: Post, replies: frozenset[int], piece: Piece) -> Piece:
    if piece.comment is None:
        return piece._replace(voice="author", speaker=post.author)
    author = post.comments[piece.comment].author
    voice: Voice = "reply" if piece.comment in replies else "commenter"
    return piece._replace(voice=voice, speaker=author)


@Language.factory("lessons_voice")
def make_voice_finder(nlp: Language, name: str) -> VoiceFinder:  # noqa: ARG001 - spaCy passes both
    """Return the component that spaCy's configuration names."""
    return VoiceFinder()
