"""How the writer of a post answers among its comments: whom a comment calls, how its writer calls himself, and how an answer opens.

Comes in: the text of a comment or of a post, and the name above a comment. Goes out: the words that were found. Refuses nothing: all of them are
signs, none decides alone.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pipeline.languages.th.lines_of_text import full_lines
from pipeline.languages.th.placed import placed

_TITLES = (
    "คุณ|น้อง|พี่|ป้า|ลุง|น้า|อา|ตา|ยาย|ปู่|ย่า|หมอ|ครู|อาจารย์|อ\\.|ผอ\\.?|ผญ\\.?|ผู้ใหญ่|ผู้จัดการ|ดร\\.|ท่าน|นาย|หนาน|อ้าย|แม่|พ่อ|บัง|ก๊ะ|เจ๊|เฮีย"
    "|ปลัด|กำนัน|นายก|หัวหน้า|หลวงพ่อ|หลวงพี่|พระ|โยม|บอส|เลขา"
)
_PARTICLE = r"(?:ครับผม|ครับ|คร้าบ|คับ|ค่ะ|คะ|จ้ะ|จ๊ะ|จ้า|เจ้า|ขา|ฮะ|เด้อ|เน้อ)"
_CALLS = (
    re.compile(rf"(?:^|(?<=[\s,(]))(?:เรียน|ตอบ|ถึง|สวัสดี|ขอบคุณ|ขอบใจ|ขอบพระคุณ)?\s?(?P<called>(?:{_TITLES})[^\s,.!?()]{{0,30}}?)\s?{_PARTICLE}"),
    re.compile(rf"(?:เรียน|ตอบ|ถึง)\s?(?P<called>(?:{_TITLES})[^\s,.!?()]{{1,30}})"),
    re.compile(r"^(?P<called>(?:คุณ|น้อง|พี่|ครู|หมอ)[^\s,.!?()]{1,30})(?=\s)"),
    re.compile(r"^@(?P<called>\S{1,30})"),
)
_EVERYBODY = re.compile(
    r"ทุกท่าน|ทุกคน(?:ที่|ครับ|ค่ะ|นะ)|ทุกความ(?:เห็น|คิดเห็น)|ทั้ง(?:สอง|สาม|สี่|ห้า|หก|คู่)(?:ท่าน|คน|ความเห็น)?|ข้างบน|คุณ\s?IP"
    r"|ความ(?:คิด)?เห็นที่\s?\d|เม้นท?์?(?:บน|ที่)|#\s?\d|ผู้(?:ผ่านมา|ไม่แสดงตน)"
)
_OPENS = re.compile(
    r"\s*(?:(?P<thanks>ขอบ(?:คุณ|พระคุณ|ใจ))|(?P<answers>ตอบ|เรียน|ถึง)"
    r"|(?P<takes>ได้(?:เลย|ครับ|ค่ะ|จ้ะ|จ้า|สิ)|รับทราบ|รับปาก|ตกลง|โอเค|ครับ|ค่ะ|จ้ะ|ใช่|จริง|ถูก|ยัง|ทราบ|เดี๋ยว|ยินดี|ขอโทษ|เจอ|มี(?:ครับ|ค่ะ|แล้ว|จ้ะ)))"
)
_SELVES = "ผม|ดิฉัน|หนู|ฉัน|ข้าพเจ้า|กระผม|อาตมา|เรา|พี่|ป้า|ลุง|น้า|ปู่|ย่า|ตา|ยาย|แม่|พ่อ|ครู|หมอ|น้อง"
_BEFORE_SELF = r"(?<![^\sก็ให้ที่ว่า]#)"
_SELF = re.compile(
    rf"(?P<self>{placed(_SELVES, _BEFORE_SELF)})"
    r"(?=จะ|ขอ|ก็|ไม่|เอง|ยัง|ได้|เคย|ว่า|เป็น|ไป|มา|ทำ|อยู่|เห็น|คิด|ลอง|ส่ง|นัด|โทร)"
)
_OPENS_RUN = r"(?<!\S#)(?!\s)"
_MALE = re.compile(rf"ครับ|คร้าบ|{placed('กระผม|ผม', _OPENS_RUN)}")
_FEMALE = re.compile(rf"ค่ะ|ค๊ะ|คะ(?![ก-ฮะ-ู])|{placed('ดิฉัน|หนู', _OPENS_RUN)}")
_ASKS = re.compile(r"\?|ไหม|มั้ย|หรือ(?:ยัง|เปล่า|ไม่)|(?:อย่าง|ยัง)ไร|ยังไง|เท่า(?:ไร|ไหร่)|ใคร|ทำไม|กี่|ถาม|คะ(?:$|\s)")
_BRACKETS = re.compile(r"[(\[（].*|(?<!\s)\s*IP\s*:.*")
_TITLED = re.compile(rf"^(?:{_TITLES})+\s?")
_WRITER = re.compile(r"(?:ผู้เขียน|เจ้าของ(?:บันทึก|บล็อก|กระทู้|บ้าน)|คนเขียน|ผู้บันทึก)")
_SENTENCE = re.compile(rf"{_PARTICLE}|[?!.…]|ๆ|555|ขอบคุณ|สวัสดี")
_SIGNED_LINES, _LONGEST_SIGNATURE, _LONGEST_NAME, _SHORTEST_NAME = 6, 40, 30, 2


@lru_cache(maxsize=2**12)  # in a long talk each name is compared with each call
def own_name(author: str) -> str:
    """Return the name of a comment's writer without title and brackets.

    >>> own_name("ครูสมบัติ กศน."), own_name("ลุงแก้ว(หลานพิมพ์)"), own_name("หน่อย")
    ('สมบัติ', 'แก้ว', 'หน่อย')
    """
    first, *others = _BRACKETS.sub("", author).split() or [author.strip()]
    own = _TITLED.sub("", first)
    return own if len(own) >= _SHORTEST_NAME else others[0] if others else first


def called_in(comment: str) -> list[str]:
    """Return whom a comment calls, with their titles, in order.

    >>> called_in("คุณมาลีคะ ขอบคุณที่แวะมา พี่แดงครับ เดี๋ยวส่งให้")
    ['คุณมาลี', 'พี่แดง']
    """
    found = {match.start("called"): match["called"] for pattern in reversed(_CALLS) for match in pattern.finditer(comment)}
    return [found[place] for place in sorted(found)]


def calls_several(comment: str) -> bool:
    """Say whether a comment speaks to several others, or to one by its place.

    >>> calls_several("ขอบคุณทุกท่านค่ะ"), calls_several("ขอบคุณค่ะ")
    (True, False)
    """
    return bool(_EVERYBODY.search(comment))


def opens_as(comment: str) -> str:
    """Return how a comment opens: with thanks, by calling, by taking up what was said, or otherwise.

    >>> opens_as("ขอบคุณค่ะ"), opens_as("ได้เลยครับ"), opens_as("ตามมาอ่าน")
    ('thanks', 'takes', 'otherwise')
    """
    match = _OPENS.match(comment)
    return str(match.lastgroup) if match else "otherwise"


def selves_in(text: str) -> frozenset[str]:
    """Return the words by which the writer of a text may call himself.

    >>> sorted(selves_in("พี่จะลองดู แล้วผมขอถามหน่อย"))
    ['ผม', 'พี่']
    """
    return frozenset(match["self"] for match in _SELF.finditer(text))


def asks(comment: str) -> bool:
    """Say whether a comment asks something."""
    return bool(_ASKS.search(comment))


def gender(text: str) -> int:
    """Return 1 for a text with more of ครับ and ผม, -1 for one with more of ค่ะ, คะ, ดิฉัน and หนู, 0 for neither."""
    male, female = len(_MALE.findall(text)), len(_FEMALE.findall(text))
    return (male > female) - (male < female)


def signed(body: str) -> str:
    """Return the short ones among the last lines of a post, in which its writer may sign."""
    lines = [line.strip() for line in full_lines(body)][-_SIGNED_LINES:]
    return "\n".join(line for line in lines if len(line) <= _LONGEST_SIGNATURE)


def name_above(comment: str) -> str | None:
    r"""Return a name that stands as a short first line above what a comment says, None where none does.

    >>> name_above("น้องเล็ก\nมาด้วยค่ะ"), name_above("มาด้วยค่ะ")
    ('น้องเล็ก', None)
    """
    first, _, rest = comment.strip().partition("\n")
    first = first.strip()
    return first if rest.strip() and len(first) <= _LONGEST_NAME and not _SENTENCE.search(first) else None


def stands_for_writer(author: str) -> bool:
    """Say whether a comment's writer is named only as who wrote the post.

    >>> stands_for_writer("ผู้เขียน"), stands_for_writer("ป้าแดง")
    (True, False)
    """
    return bool(_WRITER.match(author))
