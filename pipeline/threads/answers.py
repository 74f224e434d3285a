"""Replies that answer a question yes or no in its own words.

Comes in: the words of a question and of a reply. Goes out: whether the reply answers it. Refuses nothing: a reply that only begins with yes or no and
takes up no word of what was asked may answer somebody else; who says yes, but (มีครับ แต่…), or yes to a trouble leaves something open, and who does
not know (ไม่ทราบครับ) answers nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.languages.th.remarks import SILK
from pipeline.languages.th.tokens import words_of

_POLITE = "(?:ครับผม|ครับ|นะครับ|ค่ะ|คะ|นะคะ|จ้ะ|จ๊ะ|ฮะ)"
_ASKED = re.compile(rf"(?P<asked>[^\s?]{{2,80}}?)\s?(?:หรือเปล่า|รึเปล่า|ไหม|มั้ย|หรือไม่|หรือยัง|รึยัง)(?:\s?(?:บ้าง|กัน|นะ|{_POLITE})){{0,4}}$")
_NO_QUESTION = re.compile(f"(?:{SILK}|สิน)$")  # before ไหม: silk, damages
_SAYS = re.compile(rf"\W*(?:{_POLITE}\s*)?(?P<no>ยังไม่|ไม่)?(?P<verb>มี|ได้|เคย|ใช่)?(?:การ)?(?P<rest>.{{0,80}})", re.DOTALL)
_NO_MORE = re.compile(rf"(?:เลย|แน่นอน|อยู่|แล้ว)?\s?(?:{_POLITE}|[,.!\s]|$)")
_KNOWS_NOT = re.compile("(?:ทราบ|รู้(?!สึก|จัก)|แน่ใจ)")
_TROUBLE = re.compile("ปัญหา|อุปสรรค|ทะเลาะ|ขัดแย้ง|แย่งกัน|แย่งที่|ร้องเรียน|ไม่(?:พอ|ทัน|ถึง|ครบ|ทั่ว|ไหว)|ขาดแคลน")  # with a yes it is told, not answered
_LEAST = 3  # code points of a word that says what is asked
_END = 200  # code points of a question in which it asks


@lru_cache(maxsize=1_024)
def answers_plainly(question: str, reply: str) -> bool:
    """Say whether a reply says yes or no to what a question asks at its end: by its verb alone, or with the word that was asked.

    >>> answers_plainly("แล้วโรงสีมีคนเฝ้าหรือยังครับ", "มีแล้วครับ เป็นหลานตาช่วย"), answers_plainly("แล้วโรงสีมีคนเฝ้าหรือยังครับ", "มีถังแล้วครับ")
    (True, False)
    >>> answers_plainly("ตอนนั้นเกิดการทะเลาะกันหรือเปล่าคะ", "ไม่มีทะเลาะเลยค่ะ"), answers_plainly("ตอนนั้นเกิดการทะเลาะกันหรือเปล่าคะ", "ไม่มีเวลาเลยค่ะ")
    (True, False)
    """
    found, says = _ASKED.search(question.rstrip(" \t\n?)")[-_END:]), _SAYS.match(reply)
    if found is None or says is None or _NO_QUESTION.search(found["asked"]):
        return False
    leaves_open = _KNOWS_NOT.match(says["rest"]) if says["no"] else _TROUBLE.search(found["asked"]) or _TROUBLE.search(reply)
    if leaves_open or ("แต่" in reply and "แต่" in words_of(reply)):
        return False
    asked = {word.removeprefix("การ") for word in words_of(found["asked"])}
    verb, rest = says["verb"], says["rest"]
    if verb and _NO_MORE.match(rest):
        return verb in asked
    first = next((word for word in words_of(rest) if word.strip()), "")
    return bool(verb or says["no"]) and len(first) >= _LEAST and first in asked
