"""The action component: who shall do what, when and where, in what state and how firmly, in each piece that is an action.

Comes in: a Doc with labelled pieces. Goes out: each action with `ActionFields`. Refuses nothing. An owner is never invented: it is words of the
piece, or of those just before it, or none. Times are read by rules and need no training; the rest stays empty without trained readers of fields.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, cast

from spacy.language import Language

from pipeline.languages.th.dates import Dated, find_dates
from pipeline.languages.th.names import full_name, role_in
from pipeline.nlp.choices import Choice, piece_signs
from pipeline.nlp.fields import BEFORE
from pipeline.nlp.pieces import text_of
from pipeline.nlp.signs import signs_of, words_of_doc
from pipeline.records import ActionFields, Actor, When

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import numpy as np
    from spacy.tokens import Doc

    from pipeline.nlp.fields import FieldModels
    from pipeline.nlp.pieces import Piece
    from pipeline.nlp.signs import Words
    from pipeline.records import State, Strength

_OPENING = re.compile(r"^(?:และ|แล้ว|ซึ่ง|โดย|ว่า|คือ|ก็|จะ|ให้|ส่วน|ทั้งนี้|เพื่อ|\s|[,;:()])+|[\s,;:(]+$")
_FIRST_PERSON = frozenset({"ผม", "ดิฉัน", "หนู", "ฉัน", "กระผม", "ข้าพเจ้า", "อาตมา"})


def dates_of(doc: Doc) -> list[Dated]:
    """Return the times that a post names, in code points of the Doc's text; in a comment they are told from the comment's own day."""
    post, clean, text = doc._.post, doc._.clean, text_of(doc)
    posted = post.posted_at.date() if post.posted_at else None
    found = find_dates(text, posted)
    for comment in post.comments:
        if comment.posted_at and comment.posted_at.date() != posted:
            span = clean.from_raw(comment.span.start, comment.span.end)
            found = [one for one in found if not span.start <= one.start < span.end]
            own = find_dates(text[span.start : span.end], comment.posted_at.date())
            found += [replace(one, start=one.start + span.start, end=one.end + span.start) for one in own]
    return sorted(found, key=lambda one: one.start)


class ActionReader:
    """Give each action its fields."""

    def __init__(self, models: FieldModels | None = None) -> None:
        """Keep the trained readers; without them only times are read."""
        self.models = models

    def __call__(self, doc: Doc) -> Doc:
        """Set them in `doc`."""
        if any(piece.label == "action" for piece in doc._.passages):
            dates = dates_of(doc)
            doc._.passages = [
                replace(piece, action=self._fields(doc, piece, dates)) if piece.label == "action" else piece for piece in doc._.passages
            ]
        return doc

    def _fields(self, doc: Doc, piece: Piece, dates: Sequence[Dated]) -> ActionFields:
        own = [one for one in dates if piece.start <= one.start and one.end <= piece.end]
        text = text_of(doc)
        when = tuple(When(text[one.start : one.end], one.first_day, one.last_day, one.time, one.repeats, one.basis, one.conflict) for one in own)
        if self.models is None:
            return ActionFields(when=when)
        words, posted = words_of_doc(doc), written_on(doc, piece)
        signs = [piece_signs(words, piece, date_signs(own, posted))]
        owners, where = _who_and_where(self.models, doc, words, piece)
        taken = [(one.start, one.end) for one in own] + [span for span, _ in owners] + ([where[0]] if where else [])
        return ActionFields(
            who=tuple(actor for _, actor in owners),
            what=_what(text, piece, taken),
            when=when,
            where=where[1] if where else None,
            state=cast("State", _likeliest(self.models.state, signs)),
            strength=cast("Strength", _likeliest(self.models.strength, signs)),
        )


def _likeliest(choice: Choice, signs: Sequence[np.ndarray]) -> str:
    return choice.values[int(choice.chances(signs)[0].argmax())]


def written_on(doc: Doc, piece: Piece) -> date | None:
    """Return the day on which a piece was written: its comment's, else its post's."""
    post = doc._.post
    moment = (post.comments[piece.comment].posted_at if piece.comment is not None else None) or post.posted_at
    return moment.date() if moment else None


def date_signs(dates: Sequence[Dated], posted: date | None) -> list[str]:
    """Return what the times of a piece say of its state: whether they lie before or after the day of writing, or come again and again."""
    signs = [f"times {min(len(dates), 2)}"]
    for one in dates:
        if one.repeats:
            signs.append("comes again")
        elif posted and one.first_day and one.last_day:
            signs.append("is past" if one.last_day < posted else "is ahead" if one.first_day > posted else "is now")
    return signs


def _who_and_where(
    models: FieldModels, doc: Doc, words: Words, piece: Piece
) -> tuple[list[tuple[tuple[int, int], Actor]], tuple[tuple[int, int], str] | None]:
    """Return the owners with where they stand, those before the piece only where none is in it, and the place."""
    signs = signs_of(words, piece.start, piece.end, BEFORE)
    if signs is None:
        return [], None
    text, own, before, where = text_of(doc), [], [], None
    for stretch in models.owners.find(signs.rows):
        span = int(words.starts[signs.first + stretch.first]), int(words.ends[signs.first + stretch.last - 1])
        inside = piece.start <= span[0] and span[1] <= piece.end
        if stretch.kind == "where":
            where = where or ((span, text[span[0] : span[1]]) if inside else None)
        elif inside:
            own.append((span, actor_of(text[span[0] : span[1]], piece.speaker)))
        elif span[1] <= piece.start:
            before.append((span, actor_of(text[span[0] : span[1]], piece.speaker)))
    return own or before[-1:], where


def actor_of(written: str, speaker: str | None) -> Actor:
    """Return who acts: the name is the agency's in full, or the speaker's own where they say ผม or ดิฉัน; the role is that of knowledge management."""
    name = full_name(written) or (speaker if written in _FIRST_PERSON else None)
    return Actor(written, name, role_in(written))


def _what(text: str, piece: Piece, taken: Sequence[tuple[int, int]]) -> str | None:
    """Return the longest stretch of a piece in which neither owner, time nor place stands, without its opening connectives."""
    borders = sorted((start, end) for start, end in taken if piece.start <= start and end <= piece.end)
    edges = [piece.start, *(edge for span in borders for edge in span), piece.end]
    free = [text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
    return max((_OPENING.sub("", stretch).strip() for stretch in free), key=len) or None


@Language.factory("lessons_actions")
def make_action_reader(nlp: Language, name: str) -> ActionReader:  # noqa: ARG001 - spaCy passes both
    """Return a component that reads times alone until a model gives it more."""
    return ActionReader()
