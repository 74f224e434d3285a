"""The announcement component: what a text plainly sets for a coming day, promises for next time, or lists among what shall be done, is an action.

Comes in: a Doc whose pieces have their labels. Goes out: pieces without a label that announce a coming day (กำหนดจัดขึ้นวันที่ …) or a sequel
(จะมาเล่า …) in so many words, or stand in a list of actions (`listed`), as actions. Refuses nothing: what tells no day of its own, neither of writing
nor before, announces no day. In posts that teach or validate, 57 of 63 places of the first kind and 48 of 54 of the second are marked as actions.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from spacy.language import Language

from pipeline.languages.th.dates import find_dates, text_anchor
from pipeline.nlp.actions import written_on
from pipeline.nlp.listed import ACTION, SURE, with_listed
from pipeline.nlp.pieces import text_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pipeline.nlp.pieces import Piece

_ANY_DAY = date(2000, 7, 1)  # of a post that tells no year: which of two of its days is the later one is the same in any
_LOOK_BACK = 80  # code points before a day in which it is announced
_FORM = re.compile(
    r"(กำหนด(?:จัด|ประชุม|เปิด|การ|ไว้|วัน|นัด)|(?<!ตาม)(?<!เหมือน)นัด(?:หมาย|ประชุม|พบ|เจอ|คุย|กัน)"
    r"|จะ(?:จัด|มี(?:การ)?(?:ประชุม|เวที|อบรม|งาน|เสวนา)|ประชุม|พบกัน)"
    r"|เพื่อ(?:นำ|ไป|เข้า)?(?:เสนอ|รายงาน|พบ|หารือ|ปรึกษา|ประชุม))"
)
_PROMISES = re.compile(
    r"(?:ติดตาม|พบกัน|เจอกัน|อ่าน|เล่า|เขียน|ต่อ|ฝาก)[^\n]{0,20}(?:ใน)?(?:ตอน|บันทึก|ฉบับ)(?:ที่)?(?:หน้า|ต่อไป|ถัดไป)"
    r"|(?:แล้ว)?จะ(?:นำ|เอา)?[^\n]{0,14}มา(?:เล่า|บอก|ฝาก|รายงาน|ลงให้|แจ้ง)|แล้วจะเล่า"
)
_ANNOUNCES = re.compile(rf"{_FORM.pattern}[^\n]{{0,60}}$")


class _FirstDay(NamedTuple):
    """The day by which missing years are found, and the first day that a text without one of writing names, with where it ends."""

    near: date
    day: date | None = None
    end: int = 0


class Announcer:
    """Label what announces a coming day."""

    def __call__(self, doc: Doc) -> Doc:
        """Set the label in `doc`."""
        pieces = [piece if piece.label else _announced(doc, piece) for piece in doc._.passages]
        doc._.passages = with_listed(text_of(doc), pieces)
        return doc


def _announced(doc: Doc, piece: Piece) -> Piece:
    """Return a piece as an action where it announces a day that is yet to come, or a sequel."""
    words = text_of(doc)[piece.start : piece.end]
    promised = _PROMISES.search(words) if piece.part == "body" else None
    if promised:
        return _as_action(piece, promised[0])
    if not _FORM.search(words):  # most have none, and days are not looked for in vain
        return piece
    near = now = written_on(doc, piece)
    if now is None:
        first = _first_day(doc)
        near, now = first.near, first.day if first.end <= piece.start else None
    for one in find_dates(words, near) if now else ():
        said = _ANNOUNCES.search(words[max(0, one.start - _LOOK_BACK) : one.start])
        if said and now and one.first_day and one.first_day > now:
            return _as_action(piece, said[1])
    return piece


def _first_day(doc: Doc) -> _FirstDay:
    """Return the first day that a text names, and that by which the others are found; it is looked for once."""
    if "first day" not in doc.user_data:
        text, start = text_of(doc), 0
        near = text_anchor(text) or _ANY_DAY
        found = _FirstDay(near)
        for line in text.splitlines(keepends=True):
            if day := next((one for one in find_dates(line, near) if one.first_day), None):
                found = _FirstDay(near, day.first_day, start + day.end)
                break
            start += len(line)
        doc.user_data["first day"] = found
    first: _FirstDay = doc.user_data["first day"]
    return first


def _as_action(piece: Piece, why: str) -> Piece:
    return piece._replace(label=ACTION, confidence=SURE, why=(why,), second=None)


@Language.factory("lessons_announced")
def make_announcer(nlp: Language, name: str) -> Announcer:  # noqa: ARG001 - spaCy passes both
    """Return the component that spaCy's configuration names."""
    return Announcer()
