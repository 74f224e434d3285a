"""The action component: who shall do what, when and where, in what state and how firmly, in each piece that is an action.

Comes in: a Doc with labelled pieces. Goes out: each action with `ActionFields`. Refuses nothing. An owner is never invented: it is words of the
piece, or of those just before it, or none. Times are read by rules and need no training; the rest stays empty without trained readers of fields.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby, repeat
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple, cast

from spacy.language import Language

from pipeline.languages.th.bystanders import tells_of_teller
from pipeline.languages.th.dates import Dated, find_dates, text_anchor
from pipeline.languages.th.dates.ahead import still_ahead
from pipeline.languages.th.dates.found import BY_COLLECTION, BY_TEXT, SENTENCE_BEFORE
from pipeline.languages.th.names import full_name, role_in
from pipeline.languages.th.remarks import advised_by, decided_by, waits_until
from pipeline.languages.th.states import state_signs
from pipeline.nlp.choices import network_view, signs_of_pieces
from pipeline.nlp.doc_words import words_of_doc
from pipeline.nlp.fields import BEFORE
from pipeline.nlp.owners import LEAST, owners_and_place
from pipeline.nlp.pieces import batched, text_of
from pipeline.nlp.spans import NOTHING, stretches_in
from pipeline.records import ActionFields, Actor, When

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from spacy.tokens import Doc

    from pipeline.nlp.choices import Choice
    from pipeline.nlp.doc_words import Hashes
    from pipeline.nlp.fields import FieldModels
    from pipeline.nlp.pieces import Piece, Tagged
    from pipeline.nlp.spans import Found
    from pipeline.records import State, Strength

_LOOK_BACK = 40  # code points
_LINE_OPENS, _DAY_ENDS = re.compile(r"\s{0,4}(?:[-–•*]|\(?[0-9๐-๙ก-ฮ]{1,2}[.)])?\s{0,2}(?:ภายใน|ก่อน|ตั้งแต่|เริ่ม)?\s?"), re.compile(r"[\s:–-]{0,4}")
_OPENING = re.compile(r"(?:และ|แล้ว|ซึ่ง|โดย|ว่า|คือ|ก็|จะ|ให้|ส่วน|ทั้งนี้|เพื่อ|\s|[,;:()])+")
_CLOSING = " \t\r\n\u00a0,;:("
_PUT_OFF = frozenset({"postponed", "cancelled"})
_FIRST_PERSON = frozenset({"ผม", "ดิฉัน", "หนู", "ฉัน", "กระผม", "ข้าพเจ้า", "อาตมา"})


def times_in(doc: Doc, piece: Piece) -> list[Dated]:
    """Return the times in a piece, in code points of the Doc's text; a time of day alone says when only where nothing else does.

    They are told from the day of the piece's comment, else of its post, else from the first full date of the post's text.
    """
    text, posted = text_of(doc), written_on(doc, piece)
    near, basis = (posted, None) if posted else _told_day(doc)
    first = max(0, piece.start - _LOOK_BACK)
    start = max(text.rfind("\n", first, piece.start) + 1, first)  # what a time is counted from may stand before the piece
    found = [replace(one, start=one.start + start, end=one.end + start) for one in find_dates(text[start : piece.end], near, basis)]
    own = [replace(one, start=max(piece.start, one.start)) for one in found if one.end > piece.start]
    if any(one.first_day or one.repeats or one.basis for one in own):
        return [one for one in own if one.first_day or one.repeats or one.basis]
    return _opening_day(text, piece, found) or own


def _opening_day(text: str, piece: Piece, found: Sequence[Dated]) -> list[Dated]:
    """Return the day that opens the line of a piece which stands behind it and tells none itself (22 ส.ค. เวทีรวม), with the piece's time of day."""
    days = [one for one in found if one.first_day and one.end <= piece.start]
    line = text.rfind("\n", 0, piece.start) + 1
    if len(days) != 1 or not _LINE_OPENS.fullmatch(text, line, days[0].start) or not _DAY_ENDS.fullmatch(text, days[0].end, piece.start):
        return []
    time = next((one.time for one in found if one.time and one.end > piece.start), None)
    return [replace(days[0], time=days[0].time or time, basis=SENTENCE_BEFORE)]


def _told_day(doc: Doc) -> tuple[date | None, str]:
    """Return the day from which times are told in a post without one, and what told it; it is looked for once."""
    if "told day" not in doc.user_data:
        anchor = day_of_text(doc)
        doc.user_data["told day"] = (anchor, BY_TEXT) if anchor else (doc.user_data.get("around"), BY_COLLECTION)
    found: tuple[date | None, str] = doc.user_data["told day"]
    return found


def day_of_text(doc: Doc) -> date | None:
    """Return the day of the first full date of a Doc's text; it is looked for once."""
    if "day of text" not in doc.user_data:
        doc.user_data["day of text"] = text_anchor(text_of(doc))
    found: date | None = doc.user_data["day of text"]
    return found


def goes_on(doc: Doc, before: Piece, piece: Piece) -> Piece:
    """Return an action; one that only says to what end the action before it is done (เพื่อ…) at that one's time, and no farther than that one."""
    text, own, first = text_of(doc), piece.action, before.action
    if not (own and first) or not text.startswith("เพื่อ", piece.start):
        return piece
    between = text[before.end : piece.start]
    if between.strip() or "\n" in between:
        return piece
    if first.when and not own.when:
        own = replace(own, when=tuple(replace(one, basis=SENTENCE_BEFORE) for one in first.when if one.first_day))
    if own.state == "done" and first.state != "done":
        own = replace(own, state=first.state, strength=first.strength)
    return piece._replace(action=own)


def told_from_collection(doc: Doc) -> bool:
    """Return whether times of a Doc were told from the middle day of the collection."""
    return bool(doc.user_data.get("told day", (None, None))[1] == BY_COLLECTION)


class ActionReader:
    """Give each action its fields."""

    def __init__(self, models: FieldModels | None = None) -> None:
        """Keep the trained readers; without them only times are read.

        `around` is the middle day of the collection, for posts that tell no day at all.
        """
        self.models = models
        self.around: date | None = None

    def __call__(self, doc: Doc) -> Doc:
        """Set them in `doc`."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """Set them in a stream of Docs; the owners in a batch are looked for at once."""
        tagger = self.models.owners.easier("who", LEAST) if self.models else None
        for docs in batched(stream, batch_size):
            work = [(doc, actions) for doc in docs if (actions := [piece for piece in doc._.passages if piece.label == "action"])]
            owners = stretches_in(tagger, work, "owners", BEFORE) if tagger else repeat(NOTHING)
            for doc, _ in work:
                doc.user_data["around"] = self.around
            timed = [_Timed(doc, piece, times_in(doc, piece)) for doc, actions in work for piece in actions]
            read = map(_fields, timed, owners, _states(self.models, timed)) if self.models else map(_times_alone, timed)
            for doc, _ in work:
                _set_fields(doc, read)
            yield from docs


class _Timed(NamedTuple):
    """An action of a Doc with its times."""

    doc: Doc
    piece: Piece
    times: list[Dated]

    def when(self, *, planned: bool = False) -> tuple[When, ...]:
        """Return the times as they are given out."""
        text = text_of(self.doc)
        written = written_on(self.doc, self.piece) if planned else None
        times = [still_ahead(one, text, written, self.times) for one in self.times]
        return tuple(When(text[one.start : one.end], one.first_day, one.last_day, one.time, one.repeats, one.basis, one.conflict) for one in times)


def _set_fields(doc: Doc, read: Iterator[ActionFields]) -> None:
    found: list[Piece] = []
    for piece in doc._.passages:
        own = piece._replace(action=next(read)) if piece.label == "action" else piece
        found.append(goes_on(doc, found[-1], own) if found else own)
    doc._.passages = found


def _times_alone(timed: _Timed) -> ActionFields:
    return ActionFields(when=timed.when())


def _fields(timed: _Timed, found: Found, said: tuple[str, str]) -> ActionFields:
    doc, piece, own = timed
    text, (state, strength) = text_of(doc), said
    owners, where = owners_and_place(doc, piece, found)
    words = text[piece.start : piece.end]
    taken = [(one.start, one.end) for one in own] + [(one.start, one.end) for one in owners] + ([(where.start, where.end)] if where else [])
    return ActionFields(
        who=tuple(actor_of(owner.written, None if tells_of_teller(words) else piece.speaker) for owner in owners),
        what=_what(text, piece, taken),
        when=timed.when(planned=state == "planned"),
        where=text[slice(*where)] if where else None,
        state=cast("State", state),
        strength=cast("Strength", strength),
        decided_by=decided_by(words),
        advised_by=advised_by(words),
        until=waits_until(words) if state in _PUT_OFF else None,
    )


def _states(models: FieldModels, timed: Sequence[_Timed]) -> Iterator[tuple[str, str]]:
    """Return state and strength of each action; all are weighed at once."""
    signs, seen = [*_signs(timed)], [(one, one.doc._.tagged) for one in timed]
    return zip(_likeliest(models.state, "state", signs, seen), _likeliest(models.strength, "strength", signs, seen), strict=True)


def _likeliest(choice: Choice, head: str, signs: Sequence[Hashes], timed: Sequence[tuple[_Timed, Tagged | None]]) -> list[str]:
    chances = choice.chances(signs, [network_view(tagged, one.piece, head, choice.values) for one, tagged in timed])
    return [choice.values[number] for number in chances.argmax(axis=1).tolist()]


def action_signs(doc: Doc, piece: Piece) -> Hashes:
    """Return the signs from which state and strength of an action are chosen."""
    return next(_signs([_Timed(doc, piece, times_in(doc, piece))]))


def _signs(timed: Sequence[_Timed]) -> Iterator[Hashes]:
    for doc, own in groupby(timed, key=attrgetter("doc")):
        pieces, text, names = [], text_of(doc), []
        for _, piece, times in own:
            pieces.append(piece)
            said = (f"state: {sign}" for sign in state_signs(text[piece.start : piece.end]))
            names.append([*date_signs(times, written_on(doc, piece)), *said])
        yield from signs_of_pieces(words_of_doc(doc), pieces, names)


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


def actor_of(written: str, speaker: str | None) -> Actor:
    """Return who acts: the name is the agency's in full, or the speaker's own where they say ผม or ดิฉัน; the role is that of knowledge management."""
    name = full_name(written) or (speaker if written in _FIRST_PERSON else None)
    return Actor(written, name, role_in(written))


def _what(text: str, piece: Piece, taken: Sequence[tuple[int, int]]) -> str | None:
    """Return the longest stretch of a piece in which neither owner, time nor place stands, without its opening connectives."""
    free, begin = [], piece.start
    for start, end in sorted(taken):
        free.append(text[begin : max(begin, min(start, piece.end))])
        begin = max(begin, end)
    free.append(text[begin : piece.end])
    return max((_without_opening(stretch) for stretch in free), key=len) or None


def _without_opening(stretch: str) -> str:
    opening = _OPENING.match(stretch)
    return stretch[opening.end() if opening else 0 :].rstrip(_CLOSING)


@Language.factory("lessons_actions")
def make_action_reader(nlp: Language, name: str) -> ActionReader:  # noqa: ARG001 - spaCy passes both
    """Return a component that reads times alone until a model gives it more."""
    return ActionReader()
