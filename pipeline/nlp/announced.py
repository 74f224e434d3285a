"""The announcement component: what a text plainly sets for a coming day, promises for next time, or lists among what shall be done, is an action.

Comes in: a Doc whose pieces have their labels. Goes out: pieces without a label that announce a coming day (กำหนดจัดขึ้นวันที่ …) or a sequel
(จะมาเล่า …) in so many words, or stand in a list of actions (`listed`), as actions; and lessons of comments that end by asking the reader, as issues.
Refuses nothing: what tells no day of its own, neither of writing nor before, announces no day. In posts that teach or validate, 57 of 63 places of
the first kind, 38 of 38 where somebody goes to talk on a coming day, and 48 of 58 of the second are marked as actions; no reader marked a
bare "ยังมีต่อ", which promises a sequel all the same. Of 41 marked passages of comments that end by asking the reader none is a lesson.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import cache, partial
from typing import TYPE_CHECKING

from spacy.language import Language

from pipeline.languages.th.dates import find_dates
from pipeline.languages.th.placed import placed
from pipeline.languages.th.remarks import asked_of_reader
from pipeline.nlp.actions import day_of_text, written_on
from pipeline.nlp.listed import ACTION, SURE, with_listed
from pipeline.nlp.pieces import text_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.tokens import Doc

    from pipeline.languages.th.dates import Dated
    from pipeline.nlp.pieces import Piece

_ANY_DAY = date(2000, 7, 1)  # of a post that tells no year: which of two of its days is the later one is the same in any
_LOOK_BACK = 80  # code points before a day in which it is announced
_NOT_SO = "".join(f"(?<!{one}#)" for one in ("การ", "ไม่", "ไม่ได้", "ไม่ต้อง", "ไม่ให้", "งด"))
_FORM = re.compile(
    r"(กำหนด(?:จัด|ประชุม|เปิด|การ|ไว้|วัน|นัด)|นัด(?<!ตามนัด)(?<!เหมือนนัด)(?:หมาย|ประชุม|พบ|เจอ|คุย|กัน)"
    r"|จะ(?:จัด|มี(?:การ)?(?:ประชุม|เวที|อบรม|งาน|เสวนา)|ประชุม|พบกัน)"
    r"|เพื่อ(?:นำ|ไป|เข้า)?(?:เสนอ|รายงาน|พบ|หารือ|ปรึกษา|ประชุม)"
    r"|ชวน[^\n]{0,40}?(?:หารือ|ปรึกษา|ประชุม|พบปะ|พูดคุย)"
    rf"|{placed('เข้า|ไป', _NOT_SO + '(?:หารือ|ปรึกษา|ประชุม|พบ(?!ว่า|เห็น|ปัญหา|ความ))')})"
)
_NEXT_ONE = r"[^\n]{0,20}(?:ใน)?(?:ตอน|บันทึก|ฉบับ)(?:ที่)?(?:หน้า|ต่อไป|ถัดไป)"
_BRINGS = r"(?:นำ|เอา)?[^\n]{0,14}มา(?:เล่า|บอก|ฝาก|รายงาน|ลงให้|แจ้ง)"
_PROMISES = re.compile(
    rf"{placed('ติดตาม|พบกัน|เจอกัน|อ่าน|เล่า|เขียน|ต่อ|ฝาก', _NEXT_ONE)}|{placed('แล้วจะ|จะ', _BRINGS)}"
    r"|แล้วจะเล่า|ยังมีต่อ(?<!\Sยังมีต่อ)(?!เนื่อง|เติม)"
)
_ANNOUNCES = re.compile(rf"{_FORM.pattern}[^\n]{{0,60}}$")
_SUPPOSED = re.compile(r"(?:ถ้า|หาก(?![ะ-ฺ็-๎]|ลุ่ม|รรม)|เผื่อ|กรณี(?!นี้|นั้น|ศึกษา)|ต่อให้|สมมติ|ทุกครั้งที่)[^\s]{0,30}$")  # what may come about is not announced


class Announcer:
    """Label what announces a coming day."""

    def __call__(self, doc: Doc) -> Doc:
        """Set the label in `doc`."""
        told_days = cache(partial(_told_days, doc))
        pieces = [_asked(doc, piece) if piece.label else _announced(doc, piece, told_days) for piece in doc._.passages]
        doc._.passages = with_listed(text_of(doc), pieces)
        return doc


def _asked(doc: Doc, piece: Piece) -> Piece:
    """Return a piece, what asks the reader of a comment as an issue: it is no lesson."""
    asked = asked_of_reader(text_of(doc)[piece.start : piece.end]) if piece.label == "lesson" and piece.part == "comment" else None
    return _labelled(piece, "issue", asked) if asked else piece


def _announced(doc: Doc, piece: Piece, told_days: Callable[[], list[Dated]]) -> Piece:
    """Return a piece as an action where it announces a day that is yet to come, or a sequel; `told_days` are those of a text without a day."""
    text = text_of(doc)
    promised = _PROMISES.search(text, piece.start, piece.end) if piece.part == "body" else None
    if promised:
        return _labelled(piece, ACTION, promised[0])
    if not _FORM.search(text, piece.start, piece.end):  # most have none, and days are not looked for in vain
        return piece
    now = written_on(doc, piece)
    days = _days_near(text, piece, now) if now else told_days()
    now = now or next((one.first_day for one in days if one.first_day and one.end <= piece.start), None)
    for one in days if now else ():
        before = text[max(piece.start, one.start - _LOOK_BACK) : one.start]
        announced = piece.start < one.start < piece.end and _ANNOUNCES.search(before)
        if announced and not _SUPPOSED.search(before, 0, announced.start()) and now and one.first_day and one.first_day > now:
            return _labelled(piece, ACTION, announced[1])
    return piece


def _days_near(text: str, piece: Piece, now: date) -> list[Dated]:
    """Return the days of a piece, told from the day on which it was written; what one is counted from may stand before the piece."""
    start = max(0, piece.start - _LOOK_BACK)
    return [replace(one, start=one.start + start, end=one.end + start) for one in find_dates(text[start : piece.end], now)]


def _told_days(doc: Doc) -> list[Dated]:
    """Return the days of a text that was written on no known day; they are looked for once, however many pieces ask."""
    return find_dates(text_of(doc), day_of_text(doc) or _ANY_DAY)


def _labelled(piece: Piece, label: str, why: str) -> Piece:
    return piece._replace(label=label, confidence=SURE, why=(why,), second=None)


@Language.factory("lessons_announced")
def make_announcer(nlp: Language, name: str) -> Announcer:  # noqa: ARG001 - spaCy passes both
    """Return the component that spaCy's configuration names."""
    return Announcer()
