"""The voice component: who speaks in a piece.

Comes in: a Doc with labelled pieces. Goes out: each labelled piece with `voice` and `speaker`. Refuses nothing. The borders of the
comments say who speaks; an answer of the post's author is known by the author's name, or by its form: it opens by calling an earlier
commenter by name ("คุณมาลี ครับ", "เรียน หมอวิทย์"). An author that the page does not name stays unknown (None). With trained readers of
fields, reported speech is known too ("ท่านปลัดฝากว่า…"), and its speaker is named where the piece or the words before it do.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from spacy.language import Language

from pipeline.nlp.choices import piece_signs
from pipeline.nlp.fields import BEFORE, QUOTED
from pipeline.nlp.pieces import text_of
from pipeline.nlp.signs import signs_of, words_of_doc

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pipeline.nlp.fields import FieldModels
    from pipeline.nlp.pieces import Piece
    from pipeline.nlp.signs import Words
    from pipeline.records import Post, Voice

_CALLS_BY_NAME = re.compile(
    r"\s*(?:สวัสดี(?:ครับ|ค่ะ|คะ)?\s*)?(?:เรียน|ตอบ|ถึง)?\s*(?:คุณ|น้อง|พี่|อ\.|อาจารย์|ครู|หมอ|ท่าน)\s?(?P<called>[^\s]{2,40}?)\s*(?:ครับ|ค่ะ|คะ|จ๊ะ|จ้ะ)?\s*(?:\n|\r|$)"
)


def replies_of(post: Post) -> frozenset[int]:
    """Return the numbers of the comments in which the post's author answers."""
    by_name = {n for n, comment in enumerate(post.comments) if comment.author and comment.author == post.author}
    by_form = {n for n in range(1, len(post.comments)) if _calls_earlier_commenter(post, n)}
    return frozenset(by_name | by_form)


def _calls_earlier_commenter(post: Post, number: int) -> bool:
    """Say whether a comment without a name opens by calling somebody who can only be an earlier commenter.

    Where earlier comments carry names, the called one must be among them; where none does, it must not be the post's author.
    """
    call = _CALLS_BY_NAME.match(post.comments[number].span.of(post.text))
    if call is None or post.comments[number].author:
        return False
    called = call["called"].strip()
    names = [comment.author for comment in post.comments[:number] if comment.author]
    if names:
        return any(called in name or name in called for name in names)
    return not (post.author and (called in post.author or post.author in called))


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
        words = words_of_doc(doc)
        chances = models.voice.chances([piece_signs(words, pieces[place], [f"part {pieces[place].part}"]) for place in labelled])
        quoted = chances[:, models.voice.values.index(QUOTED)] > 0.5  # noqa: PLR2004 - likelier than not
        found, last = list(pieces), None
        for place, is_quoted in zip(labelled, quoted.tolist(), strict=True):
            piece = pieces[place]
            if is_quoted:
                goes_on = last is not None and last[0] == place - 1 and pieces[place - 1].line == piece.line
                speaker = speaker_of(models, doc, words, piece) or (last[1] if last and goes_on else None)
                found[place] = replace(piece, voice="quoted", speaker=speaker)
                last = (place, speaker)
        return found


def speaker_of(models: FieldModels, doc: Doc, words: Words, piece: Piece) -> str | None:
    """Return who speaks in a piece of reported speech, as the piece or the words before it name them; None where nobody is named."""
    signs = signs_of(words, piece.start, piece.end, BEFORE)
    found = models.speakers.find(signs.rows) if signs else []
    if not signs or not found:
        return None
    best = max(found, key=lambda stretch: stretch.chance)
    start, end = words.starts[signs.first + best.first], words.ends[signs.first + best.last - 1]
    return text_of(doc)[start:end].strip() or None


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
