"""How a writer puts it: hedges, questions, who decided, and until when something waits.

Comes in: the words of a passage. Goes out: the words that say so. Refuses nothing: what is not said stays empty.
"""

from __future__ import annotations

import re

from pipeline.languages.th.placed import placed

_NO_OTHER = "(?<!ยัง#)(?<!มั่น#)"  # neither ยังคง nor มั่นคง
_HEDGE = re.compile(
    rf"น่าจะ|{placed('คงจะ', _NO_OTHER)}|{placed('คง', _NO_OTHER)}(?=ต้อง|ไม่|เป็น|ได้|มี|อยู่|ช่วย|ทำ)"
    r"|อาจจะ|อาจ(?!ารย์|หาญ|ิณ)|ไม่แน่ใจ|ไม่รู้(?:ว่า|อีก|เหมือนกัน|นะ)"
    r"|เข้าใจว่า|คาดว่า|ดูเหมือน|เหมือนจะ|เท่าที่(?:รู้|ทราบ|เห็น)|ไม่ทราบว่า|ถ้าจำไม่ผิด"
)
_ASKED = "(?:ไหม|มั้ย|หรือเปล่า|รึเปล่า|หรือไม่|หรือยัง|อย่างไร|ยังไง|ทำไม|เมื่อไหร่|เมื่อไร|เท่าไหร่|เท่าไร|ที่ไหน|ใคร|อะไร|แค่ไหน)"
_NO_TURN = r"(?:(?!\s(?:แต่|ก็เลย|เลย|จึง|แล้วก็))[^\n])"  # สงสัยว่าใครเอาไป เลยเดินไปถาม only tells that somebody asked
_QUESTION = re.compile(
    rf"\?|{_ASKED}(?:ดี|กัน|บ้าง|ล่ะ|นะ|หรือ)?\s?(?:ครับ|คะ|ค่ะ|นะคะ|นะครับ|จ๊ะ)?\s?(?:\([^()\n]{{1,60}}\))?\s?$"
    rf"|สงสัยว่า(?=[^\n]{{0,420}}$){_NO_TURN}{{0,200}}?{_ASKED}{_NO_TURN}{{0,200}}$"  # only near the end: long texts take no longer
    r"|อยาก(?:จะ)?(?:ทราบ|รู้|ถาม)(?:ว่า|เรื่อง)|ขอ(?:เรียน)?ถาม|คิดว่า[^\n]{3,120}หรือว่า"
    r"|(?:อยากได้|รบกวนขอ|(?<!ได้)(?<!ไป)(?<!มา)(?<!เคย)(?<!เข้า)ขอ)(?:คำแนะนำ|คำชี้แนะ|ข้อเสนอแนะ|ความเห็น(?!ชอบ|ใจ))"
)
_ASKS_READER = re.compile(rf"(?P<asked>(?P<word>{_ASKED})(?:ดี|กัน|บ้าง|ล่ะ)?\s?(?:ครับ|คะ|ค่ะ|นะคะ|นะครับ|จ๊ะ))[\s?]*$")
SILK = "(?:ผ้า|เลี้ยง|ทอ|หม่อน|เส้น|สาว|ตัว|ใย|รัง)"  # before ไหม, which asks nothing then (ทอผ้าไหมครับ)
# Silk, and nothing or nobody at all (ไม่ต้องลงทุนอะไรครับ).
_ASKS_NOBODY = re.compile(rf"(?:{SILK}ไหม|ไม่(?!ทราบ|รู้|แน่ใจ|เข้าใจ)[^\s?]{{0,24}}(?:อะไร|ใคร|ที่ไหน|เท่าไหร่|เท่าไร|เมื่อไหร่|เมื่อไร))$")
_BEFORE_ASKED = 30  # code points
_OUTSIDER = re.compile(
    r"คน(?:นอก|ต่าง)(?:พื้นที่|ชุมชน|ถิ่น|จังหวัด|วง)|คนนอก(?=[\s,)]|ครับ|ค่ะ|คนหนึ่ง|อย่าง(?:ผม|ดิฉัน|หนู)|มอง|ขอ|$)"
    r"|(?:ผม|ดิฉัน|หนู|ฉัน|เรา)(?:ก็)?(?:อยู่นอกพื้นที่|ไม่ใช่คน(?:ใน)?(?:พื้นที่|ที่นี่|ที่นั่น))|(?:มอง|ฟัง|ดู)จาก(?:ข้าง|คน)นอก|ความเห็น(?:จาก|ของ)คนนอก"
)
_AGREED = "(?:จึง|ก็)?(?:เห็นด้วย|เห็นชอบ|มีมติ|ลงมติ|ตกลง|เห็นพ้อง)"
_FREELY = r"(?:(?!ไม่|ยัง|มิ)\S)"
_DECIDED = re.compile(rf"(?:ที่ประชุม(?:ใหญ่|สภา|กรรมการ|คณะกรรมการ)?|คณะกรรมการ{_FREELY}{{0,20}}?|กรรมการ|สภา(?!พ){_FREELY}{{0,15}}?){_AGREED}")
_DECIDER = re.compile(rf"^(?P<by>.*?){_AGREED}$")
_ADVICE = re.compile(
    r"(?:ตาม(?:ที่|ข้อเสนอของ|คำแนะนำของ)|(?:ข้อคิดเห็น|คำแนะนำ|ข้อเสนอ)(?:จาก|ของ))\s?"
    r"(?P<by>(?:คุณ|ท่าน|อาจารย์|อ\.|ครู|หมอ|ดร\.|พี่)[^\s,]{2,25}?)(?=เสนอ|แนะนำ|ว่า|ที่|\s|$)"
)
_UNTIL = re.compile(
    r"(?P<until>(?:จนกว่า|รอให้|รอจน|หาก(?!ิ)|ถ้า|เมื่อ(?!วาน|เดือน|ปี|สัปดาห์|อาทิตย์|ก่อน|วันที่|คืน|เช้า))"
    r"[^\n]{4,90}?(?:แล้ว|เสร็จ|ก่อน|(?=\s)|$))"
)


def hedges_in(text: str) -> tuple[str, ...]:
    """Return the words with which a text holds back, each once, in its order.

    >>> hedges_in("คงต้องรอดู น่าจะดีขึ้น")
    ('คง', 'น่าจะ')
    """
    return tuple(dict.fromkeys(found[0] for found in _HEDGE.finditer(text)))


def is_outsider(comment: str) -> bool:
    """Say whether the writer of a comment says to be no one of the place.

    >>> is_outsider("ขอออกความเห็นแบบคนนอกพื้นที่นะครับ"), is_outsider("คนนอกเวลางานก็มา")
    (True, False)
    """
    return bool(_OUTSIDER.search(comment))


def asks(text: str) -> bool:
    """Say whether a text ends as a question, or says that it asks.

    >>> asks("จะพอกันไหมครับ"), asks("ใครว่างก็มา"), asks("อยากรู้ว่าเขาเริ่มจากตรงไหน")
    (True, False, True)
    >>> asks("สงสัยว่าใครจะถือกุญแจตอนปิดเทอมคะ"), asks("ทีมสงสัยว่าเด็กสองคนสายตาสั้น"), asks("ก็สงสัยว่าใครย้ายถัง เลยเดินไปถาม")
    (True, False, False)
    """
    return bool(_QUESTION.search(text))


def asked_of_reader(text: str) -> str | None:
    """Return the words with which a text ends by asking its reader.

    >>> asked_of_reader("ปีหน้าจะพอกันไหมครับ"), asked_of_reader("ไม่รู้ปีหน้าจะพอกันไหม"), asked_of_reader("ที่นี่ทอผ้าไหมครับ")
    ('ไหมครับ', None, None)
    """
    found = _ASKS_READER.search(text)
    return found["asked"] if found and not _ASKS_NOBODY.search(text, max(0, found.start() - _BEFORE_ASKED), found.end("word")) else None


def decided_by(text: str) -> str | None:
    """Return who decided, where a text tells of a decision.

    >>> decided_by("ที่ประชุมลงมติว่าปีหน้าจะปลูกป่าอีก")
    'ที่ประชุม'
    """
    found = _DECIDED.search(text)
    by = _DECIDER.match(found[0]) if found else None
    return by["by"] if by else None


def advised_by(text: str) -> str | None:
    """Return on whose advice something is done.

    >>> advised_by("ทำตามคำแนะนำของอาจารย์นวล ที่มาเยี่ยม")
    'อาจารย์นวล'
    """
    found = _ADVICE.search(text)
    return found["by"] if found else None


def waits_until(text: str) -> str | None:
    """Return on what something that is put off waits.

    >>> waits_until("เรื่องสหกรณ์ให้พักไว้ก่อน จนกว่าบัญชีจะปิดครบทุกหมู่แล้วค่อยว่ากัน")
    'จนกว่าบัญชีจะปิดครบทุกหมู่แล้ว'
    """
    found = _UNTIL.search(text)
    return found["until"].strip() if found else None
