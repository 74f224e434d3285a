"""The voice component: who speaks in a piece.

Comes in: a Doc with labelled pieces. Goes out: each labelled piece with `voice` and `speaker`. Refuses nothing. The borders of the comments say who
speaks; which of them are answers of the post's author is told by `replies`. An author that the page does not name stays unknown (None). With trained
readers of fields, reported speech is known too ("ท่านปลัดฝากว่า…"), and its speaker is named where the post does (`speech`, `speakers`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from spacy.language import Language

from pipeline.nlp.fields import BEFORE
from pipeline.nlp.replies import find_replies, replies_of
from pipeline.nlp.spans import stretches_in
from pipeline.nlp.speakers import find_speaker, tagged_speaker
from pipeline.nlp.speech import hear
from pipeline.nlp.speech_signs import Page

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pipeline.nlp.fields import FieldModels
    from pipeline.nlp.pieces import Piece
    from pipeline.records import Post, Voice

_TOLD = 0.45  # chance of told words: set on writers left out of teaching, and on those of the validation


class VoiceFinder:
    """Set the voice and the speaker of each labelled piece."""

    def __init__(self, models: FieldModels | None = None) -> None:
        """Keep the trained readers; without them nothing is taken for reported speech."""
        self.models = models

    def __call__(self, doc: Doc) -> Doc:
        """Set them in `doc`."""
        post = doc._.post
        replies = replies_of(post)
        pieces = [_with_voice(post, replies, piece) if piece.label else piece for piece in doc._.passages]
        doc._.passages = self._with_reported(self.models, doc, pieces) if self.models else pieces
        return doc

    @staticmethod
    def _with_reported(models: FieldModels, doc: Doc, pieces: list[Piece]) -> list[Piece]:
        """Return the pieces, those in which somebody else's words are told with that voice and speaker."""
        labelled = [place for place, piece in enumerate(pieces) if piece.label]
        if not labelled:
            return pieces
        post, page = doc._.post, Page(doc)
        quoted = models.speech.chances(hear(doc, page, [pieces[place] for place in labelled]))
        replies = find_replies(models.replies, doc) if any(pieces[place].comment is not None for place in labelled) else frozenset()
        told = (quoted > _TOLD).tolist()
        reported = [pieces[place] for place, is_told in zip(labelled, told, strict=True) if is_told]
        tagged = stretches_in(models.speakers, doc, [_where_seen(page, piece) for piece in reported], "speakers", BEFORE)
        found, last = list(pieces), None
        for place, is_told in zip(labelled, told, strict=True):
            piece = pieces[place]
            if is_told:
                goes_on = last is not None and last[0] == place - 1 and pieces[place - 1].line == piece.line
                speaker = find_speaker(page, piece, tagged_speaker(doc, next(tagged)), last[1] if last and goes_on else None)
                found[place] = replace(piece, voice="quoted", speaker=speaker)
                last = (place, speaker)
            elif piece.voice == "commenter" and piece.comment in replies:
                found[place] = replace(piece, voice="reply", speaker=piece.speaker or post.author)
        return found


def _where_seen(page: Page, piece: Piece) -> Piece:
    start, end = page.place_of(piece)
    return replace(piece, start=start, end=end)


def _with_voice(post: Post, replies: frozenset[int], piece: Piece) -> Piece:
    if piece.comment is None:
        return replace(piece, voice="author", speaker=post.author)
    author = post.comments[piece.comment].author
    voice: Voice = "reply" if piece.comment in replies else "commenter"
    return replace(piece, voice=voice, speaker=author)


@Language.factory("lessons_voice")
def make_voice_finder(nlp: Language, name: str) -> VoiceFinder:  # noqa: ARG001 - spaCy passes both
    """Return the component that spaCy's configuration names."""
    return VoiceFinder()
