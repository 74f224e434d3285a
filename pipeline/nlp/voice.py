"""The voice component: who speaks in a piece.

Comes in: a Doc with labelled pieces. Goes out: each labelled piece with `voice` and `speaker`. Refuses nothing. The borders of the
comments say who speaks; an answer of the post's author is known by the author's name, or by its form: it opens by calling an earlier
commenter by name ("คุณมาลี ครับ", "เรียน หมอวิทย์"). An author that the page does not name stays unknown (None). With trained readers of
fields, reported speech is known too ("ท่านปลัดฝากว่า…"), and its speaker is named where the post does (`speech`, `speakers`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from spacy.language import Language

from pipeline.languages.th.names import KINDS
from pipeline.languages.th.tokens import words_of
from pipeline.nlp.choices import network_view, piece_signs
from pipeline.nlp.fields import BEFORE
from pipeline.nlp.heads import QUOTED, REPLY
from pipeline.nlp.pieces import text_of
from pipeline.nlp.signs import words_of_doc
from pipeline.nlp.spans import stretches_in
from pipeline.nlp.speakers import find_speaker, tagged_speaker
from pipeline.nlp.speech import hear
from pipeline.nlp.speech_signs import Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc

    from pipeline.nlp.fields import FieldModels
    from pipeline.nlp.pieces import Piece
    from pipeline.nlp.signs import Hashes, Words
    from pipeline.records import Post, Voice

_LIKELY, _HAIR = 0.5, 1e-9
_TOLD = 0.45  # chance of told words: set on writers left out of teaching, and on those of the validation
_REPORTS, _WRITER = 1 + 2 * KINDS.index("reporting"), 1 + 2 * KINDS.index("pronoun")
_TOLD_BEFORE, _TOLD_WITHIN, _TELLER_NEAR = 12, 14, 6  # words
_OPENING, _OPENING_WORDS = 60, 6  # code points of a comment, and words of them, that say whose it is
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
        post, page = doc._.post, Page(doc)
        quoted = models.speech.chances(hear(doc, page, [pieces[place] for place in labelled]))
        replies = _replies(models, doc, pieces, labelled)
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
            elif piece.voice == "commenter" and piece.comment in replies and piece.speaker is None:
                found[place] = replace(piece, voice="reply", speaker=post.author)
        return found


def _where_seen(page: Page, piece: Piece) -> Piece:
    start, end = page.place_of(piece)
    return replace(piece, start=start, end=end)


def _replies(models: FieldModels, doc: Doc, pieces: Sequence[Piece], labelled: Sequence[int]) -> frozenset[int]:
    """Return the numbers of the comments whose pieces are on the mean rather the author's answer than a reader's words."""
    values, found, before = models.voice.values, dict[int, list[float]](), None
    for place in labelled:
        piece = pieces[place]
        if piece.comment is not None:
            chances = models.voice.chances([voice_signs(doc, piece, before)], [network_view(doc, piece, "voice", values)])[0]
            found.setdefault(piece.comment, []).append(float(chances[values.index(REPLY)] / (1 - chances[values.index(QUOTED)] + _HAIR)))
            before = piece, values[int(chances.argmax())]
    return frozenset(comment for comment, own in found.items() if sum(own) > _LIKELY * len(own))


def voice_signs(doc: Doc, piece: Piece, before: tuple[Piece, str] | None) -> Hashes:
    """Return the signs from which the voice of a piece is chosen; of a comment also its place among them and the words that it opens with.

    `before` is the labelled piece before it with its voice: a speech goes on until somebody else speaks.
    """
    extra = [f"part {piece.part}"]
    if before and (before[0].part, before[0].comment) == (piece.part, piece.comment):
        extra.append(f"before {before[1]} {'here' if before[0].line == piece.line else 'in another line'}")
    if piece.comment is not None:
        post = doc._.post
        opening = post.comments[piece.comment].span.of(post.text)[:_OPENING]
        extra += [f"comment {min(piece.comment, 2)}", f"named {post.comments[piece.comment].author is not None}"]
        extra += [f"opens {word}" for word in words_of(opening)[:_OPENING_WORDS]]
        extra += ["last comment"] * (piece.comment == len(post.comments) - 1)
    words = words_of_doc(doc)
    return piece_signs(words, piece, [*extra, *_reporting(doc, words, piece)])


def _reporting(doc: Doc, words: Words, piece: Piece) -> Iterator[str]:
    """Yield who tells something in the opening of a piece, or just before it: somebody (ป้าศรีว่า…), or the writer (ผมบอกว่า…)."""
    text = text_of(doc)
    first = int(np.searchsorted(words.ends, piece.start, "right"))
    for place in range(max(0, first - _TOLD_BEFORE), min(len(words.starts), first + _TOLD_WITHIN)):
        told = text[words.starts[place] : words.ends[place]]
        if words.kinds[place] == _REPORTS or told in {"ว่า", "ถาม", "ตอบ", "เล่า", "บอก"}:
            kinds = {int(kind) for kind in words.kinds[max(0, place - _TELLER_NEAR) : place]}
            where = "within" if place >= first else "before"
            yield f"told {where} by {'the writer' if _WRITER in kinds else 'somebody' if kinds - {0} else 'nobody'}"
            yield f"told {where}"


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
