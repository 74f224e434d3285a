"""The voice component: who speaks in a piece.

Comes in: a Doc with labelled pieces. Goes out: each labelled piece with `voice` and `speaker`. Refuses nothing. The borders of the
comments say who speaks; an answer of the post's author is known by the author's name, or by its form: it opens by calling an earlier
commenter by name ("คุณมาลี ครับ", "เรียน หมอวิทย์"). An author that the page does not name stays unknown (None).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from spacy.language import Language

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pipeline.nlp.pieces import Piece
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

    def __call__(self, doc: Doc) -> Doc:
        """Set them in `doc`."""
        post = doc._.post
        replies = replies_of(post)
        doc._.passages = [_with_voice(post, replies, piece) if piece.label else piece for piece in doc._.passages]
        return doc


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
