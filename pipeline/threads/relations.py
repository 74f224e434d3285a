"""What a later passage says of a thread: progress, a problem, another day, that it is done, an answer.

Comes in: the kind of a thread, and a passage that is news of it. Goes out: the event, and the state of the thread after it. Refuses nothing.
What is done must be said: a thread closes only by a passage whose own state is done and that does not say a part alone, or by an answer; a standing
practice never closes by being done once more.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.followed import SETTLED, ThreadEvent
from pipeline.languages.th.dates.calendar import NUMBER, number_of
from pipeline.threads.answers import answers_plainly
from pipeline.threads.openers import PASSES_ON, moved_days

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from pipeline.followed import Relation, ThreadKind
    from pipeline.records import Passage
    from pipeline.threads.said import Said

_ASKS_ON = re.compile(r"ส่งเรื่องต่อ|(?:จะ|รับ|ขอ)(?:ไป)?(?:สอบ)?(?:ถาม|หารือ)|(?:โทร|ฝาก|ส่งเรื่อง)(?:ไป)?ถาม|ทำหนังสือ(?:ไป)?(?:ถาม|หารือ)")
SOLVED = re.compile("แก้ได้แล้ว|เรียบร้อยแล้ว|คลี่คลาย|ไม่มีปัญหาแล้ว|หายแล้ว|กลับมาใช้ได้|ครบแล้ว")
_IN_PART = re.compile(
    rf"(?:ไม่|มิ)(?:ครบ|ถึง|ทัน|หมด|ได้(?=\s?(?:{NUMBER}|ตาม|ครบ|ทั้งหมด)))|ยัง(?:ไม่|ขาด|เหลือ|ค้าง)|เหลืออีก|บาง(?:ส่วน|แห่ง|คน|ราย|กลุ่ม|ข้อ)|ได้(?:แค่|เพียง)|ครึ่งหนึ่ง|จาก(?:ทั้งหมด)?\s?{NUMBER}\s?(?!วัน|เดือน|ปี|สัปดาห์|อาทิตย์)"
)
_REACHED = re.compile(r"(?:(?:ได้|มา)(?:แล้ว|แค่|เพียง)?|แค่|เพียง)\s?([0-9๐-๙]{1,6})(?![0-9๐-๙,.])")
_EACH = re.compile("(?:(?<!บรร)ทุก|แต่ละ)(คน|ราย|แห่ง|โรง|หลัง|หมู่|บ้าน|ครัวเรือน|ตำบล|อำเภอ|กลุ่ม|ทีม|ฝ่าย|หน่วย|ศูนย์|องค์กร|ชุมชน|วง|เวที|ครั้ง)")
_ALL = re.compile("(?<!บรร)ทุก(?!ข์)|ทั้งหมด|ทั้งสิ้น|ครบทั้ง|ไม่เว้น")


def _behind_none(words: str) -> str:
    return "".join(f"(?<!{word})" for word in words.split())


_NO_DEED = _behind_none(r"ความ เป็น เท็จ แท้ ใจ ไม่ ที่ ตาม ของ ตัว เลข ราคา จำนวน ข้อมูล สถานการณ์ ชีวิต งาน ฉบับ เรื่องนี้ \sวัน")  # before จริง
_KEPT_WORD = re.compile(
    rf"{_behind_none('ติด ตัว ทุก หลาย บาง')}(?:ตาม|อย่าง)(?!ช่าง|ไป|มา|น้อย|หมอ|ลูก)(?:ที่)?\S{{0,16}}?"
    r"(?:สัญญา(?!ณ|จ้าง|เช่า|ซื้อ|กู้)|รับปาก|รับไว้|ตกลง|ว่าไว้|นัดไว้|บอกไว้)"
    rf"|(?:รับปาก|{_behind_none('ลง ทำ เซ็น ร่าง')}สัญญา|ติดค้าง|{_behind_none('สำ รอง ต้อน ได้ ยอม')}รับ)(?:กัน)?(?:เอา)?ไว้(?!พิจารณา|แล้ว)"
    rf"|(?:(?<=\S)|(?<=\S\s)){_NO_DEED}จริง(?!จัง|ใจ|อยู่|หรือ|ไหม|มั้ย|เหรอ|ด้วย|\s?ๆ?\s?แล้ว)"  # of what opens a passage (จริงครับ) nothing is told
)
_BROKE_WORD = re.compile(  # a word that was not kept, or not by all (ไม่ตรงตามที่ตกลง, คนที่รับปากไว้ไม่มา)
    r"(?:ไม่(?:ได้|ใช่|ตรง|เหมือน|เป็น|เท่า|เสร็จ|มีใคร|มีคน)|มิได้|ผิด|ต่าง|จาก)\S{0,12}?(?:(?:ตาม|อย่าง|จาก|กับ)(?:ที่)?|ที่)\S{0,16}?(?:สัญญา|รับปาก|รับไว้|ตกลง|ว่าไว้|นัดไว้|บอกไว้)"
    r"|(?:รับปาก|สัญญา|ตกลง|รับ)(?:กัน)?(?:เอา)?ไว้\S{0,8}?(?:ไม่|ขาด)|ไม่(?!เชื่อ|นึก|คิด)\S{0,12}?จริง"
)
_TODAY = re.compile("(?<!ทุก)(?<!ถึง)(?<!แต่)วันนี้")
_AFTER: dict[Relation, str] = {
    "progress": "progress",
    "corroborates": "progress",
    "moved": "moved",
    "done": "done",
    "answers": "done",
    "refers": "referred",
}


def relation_of(kind: ThreadKind, said: Said) -> Relation:
    """Return what a passage says of a thread of some kind."""
    passage = said.told.passage
    if (kind == "question" or (kind == "issue" and passage.voice == "reply")) and refers(passage):
        return "refers"
    if kind == "reuse":
        return "corroborates" if passage.label == "lesson" else "problem" if passage.action is None else "progress"
    if passage.action is None:
        return _of_no_action(kind, passage)
    if moved_days(passage) or passage.action.state == "postponed":
        return "moved"  # a meeting on another day, without a word that moves it, is another meeting or a part of the matter
    if passage.action.state == "done":
        return _of_done(kind, passage)
    return "problem" if passage.action.state == "cancelled" and kind != "issue" else "progress"


def _of_done(kind: ThreadKind, passage: Passage) -> Relation:
    """Return what something done says of a thread: an answer to a question, the end of what is done once, else a part."""
    part = kind == "cadence" or (_IN_PART.search(passage.quote) and not (kind == "issue" and SOLVED.search(passage.quote)))
    return "answers" if kind == "question" else "progress" if part else "done"


def _of_no_action(kind: ThreadKind, passage: Passage) -> Relation:
    """Return what a problem or a lesson says of a thread: what is learnt from a matter shows that it goes on."""
    if kind == "question":
        return "mentions" if passage.label == "issue" else "answers"
    if kind == "issue" and SOLVED.search(passage.quote):
        return "done"
    if passage.label == "issue":
        return "mentions" if kind == "issue" else "problem"
    return "progress"


def refers(passage: Passage) -> bool:
    """Say whether a passage passes a question on to somebody who should know."""
    return bool(PASSES_ON.search(passage.quote) or (passage.label == "action" and _ASKS_ON.search(passage.quote)))


def closes(kind: ThreadKind, said: Said) -> bool:
    """Say whether a thread would be closed by a passage."""
    return _AFTER.get(relation_of(kind, said)) in SETTLED


def says_its_end(kind: ThreadKind, passage: Passage) -> bool:
    """Say whether a passage can end a thread by its own words: a trouble does not end because something was done of it, but because it is gone."""
    return kind != "issue" or bool(SOLVED.search(passage.quote))


def keeps_word(passage: Passage) -> bool:
    """Say whether a passage itself tells that something was done as it had been promised, agreed or said (ตามที่รับปากไว้, มาจริง)."""
    return bool(_KEPT_WORD.search(passage.quote)) and not _BROKE_WORD.search(passage.quote)


def says_yes_or_no(question: Passage, reply: Passage) -> bool:
    """Say whether a reply in the post of a question answers it by a plain yes or no; who passes it on does not."""
    in_its_post = reply.voice == "reply" and reply.post == question.post
    return in_its_post and not refers(reply) and answers_plainly(question.quote, reply.quote)


def falls_short(before: Sequence[Said], said: Said) -> bool:
    """Say whether a passage repeats how many there were to be and tells of fewer that were reached, or counts some of what each was to do."""
    told = {figure for one in before for figure in one.figures} & said.figures
    most = max((int(figure) for figure in told if figure.isdecimal()), default=0)
    quote = said.told.passage.quote
    each = {unit for one in before for unit in _EACH.findall(one.told.passage.quote)} if not _ALL.search(quote) else ()
    return any(number_of(found) < most for found in _REACHED.findall(quote)) or any(re.search(rf"{NUMBER}\s?{unit}", quote) for unit in each)


def event_of_link(kind: ThreadKind, due: date | None, said: Said, opener: Passage | None = None) -> ThreadEvent:
    """Return a passage as an event of a thread, with the old and the new day where it moves; to a question that is given it may say yes or no."""
    plain = kind == "question" and opener is not None and says_yes_or_no(opener, said.told.passage)
    relation: Relation = "answers" if plain else relation_of(kind, said)
    if relation != "moved":
        return ThreadEvent(said.told.passage, relation)
    old, new = moved_days(said.told.passage) or (due, max(said.days, default=None))
    return ThreadEvent(said.told.passage, relation, old.isoformat() if old else None, new.isoformat() if new and new != old else None)


def state_after(state: str, event: ThreadEvent) -> str:
    """Return the state of a thread after an event; what only mentions it changes nothing, what is cancelled is dropped.

    A problem opens again what was settled; what is under way stays so.
    """
    action = event.passage.action
    if action and action.state == "cancelled" and event.relation == "problem":
        return "dropped"
    if event.relation == "problem" and state in SETTLED:
        return "open"
    return _AFTER.get(event.relation, state)


def dates_differ(before: Sequence[Said], said: Said) -> bool:
    """Say whether a passage tells as done what was to be on another day, or of a today that is not known to be that day: a person must say."""
    action, days = said.told.passage.action, {day for one in before for day in one.days}
    if action is None or not days:
        return False
    if said.days:
        return action.state == "done" and not days & said.days
    return bool(_TODAY.search(said.told.passage.quote)) and said.told.day not in days
