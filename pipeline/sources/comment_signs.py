"""The signs that a comment (ความเห็น) begins or ends: names, forms of address, greetings, thanks, particles.

Comes in: lines. Goes out: what they look like. Refuses nothing. The words are data: add a form of address here, no code.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.sources.stamps import STAMP

if TYPE_CHECKING:
    from pipeline.sources.lines import Line

LONGEST_NAME = 40
MOST_WORDS = 6
LONGEST_ADDRESS = 45
DEEP_INDENT = 3  # white space before a line that goes on with a comment; one sign is an accident

_FEMALE = r"ค่ะ|ค๊ะ|คะ(?![ก-ฮะ-ู])"
_PARTICLE = rf"(?:ครับ|คร้าบ|(?<!บัง)คับ|{_FEMALE}|จ้ะ|จ๊ะ|จ้า(?![ก-ฮ])|เจ้า(?![ก-ฮะ-ู])|ฮะ(?!\S)|ขอรับ)"
_CLOSING_WORDS = "ขอบคุณ|ขอบพระคุณ|ขอบใจ|สวัสดี|กำลังใจ|โชคดี|คิดถึง|ยินดีด้วย|แล้วพบกัน|แล้วเจอกัน|ราตรีสวัสดิ์|ฝันดี|อนุโมทนา|สาธุ"
_TITLES = "คุณ|น้อง|พี่|ป้า|ลุง|น้า|อา|หมอ|ครู|อาจารย์|อ\\.|ผอ\\.?|ผญ\\.|ดร\\.|ท่าน|นาย|หนาน|อ้าย|แม่|พ่อ|บัง|ปลัด|กำนัน|หลวงพ่อ|พระ"

STAMP_LINE = re.compile(rf"(?P<name>.{{0,60}}?)เขียนเมื่อ\s{{0,9}}(?:{STAMP})?")
ADDRESS_LINE = re.compile(r"IP\s{0,3}:\s{0,9}[\dx]{1,3}(?:\.[\dx]{1,3}){3}", re.IGNORECASE)
FAREWELL_LINE = re.compile("(?:ด้วย|ขอแสดง)?(?:ความ)?(?:ศรัทธา|นับถือ|เคารพ|รัก|คิดถึง|ปรารถนาดี|ห่วงใย|จริงใจ|รักและ\\S{1,20})(?:ยิ่ง|อย่างสูง)?")
BULLET = re.compile(r"[•●▪◦·*\-–]\s")
NUMBERED = re.compile(r"\(?\d{1,3}(?:[.)]|\s)")
GREETING = re.compile("(?:กราบ|ขอ)?สวัสดี|หวัดดี|ดีครับ|ดีค่ะ")
VOCATIVE_ALONE = re.compile(rf"(?:เรียน\s?\S.{{0,{LONGEST_ADDRESS}}}|(?:ถึง|ตอบ)?\s?(?:{_TITLES}).{{1,{LONGEST_ADDRESS}}}?\s?{_PARTICLE})")
VOCATIVE = re.compile(rf"(?:เรียน|ตอบ)\s?(?:{_TITLES})|(?:{_TITLES})\S{{0,25}}\s?\S{{0,20}}{_PARTICLE}(?:\s|$)")
OPENER = re.compile(
    "(?:ได้)?(?:อ่าน|ตามมา|แวะ|เข้ามา|มาตาม|มาเยี่ยม|มาให้|มาชม|ผ่านมา|เห็นด้วย|เห็นต่าง|ชอบ|น่ารัก|น่าสนใจ|ยินดี|ดีใจ|สุดยอด|เยี่ยม|ชื่นชม|ประทับใจ"
    "|คิดถึง|นับถือ|เป็นกำลังใจ|ขอถาม|ขออนุญาต|ขอเสริม|ขอแลกเปลี่ยน|ขอแสดงความ|ขอบคุณ|ขอบพระคุณ|สู้|สาธุ|อนุโมทนา|ขำ|ฮา|555)"
)
CONTINUES = re.compile("แต่|และ|ส่วน|นอกจาก|อีกอย่าง|อีกเรื่อง|ดังนั้น|เพราะ|ซึ่ง|โดย|ปล\\.|ป\\.ล\\.|หาก|ถ้า|แล้ว|สรุป|เช่น|ที่สำคัญ|ในทำนอง|จากนั้น|สุดท้าย|หวังว่า")
LEADS_ON = re.compile("(?::|ดังนี้|คือ|ได้แก่|เช่น)$")
CLOSES = re.compile(rf"(?:{_CLOSING_WORDS})")
PARTICLE_LAST = re.compile(rf"{_PARTICLE}[\s.!?\u00a0~)๊:]{{0,9}}(?:อิ|555|\^|:)?\S{{0,6}}$")
EARLY_PARTICLE = re.compile(rf".{{2,35}}?{_PARTICLE}(?:\s|$)")  # who writes introduces himself with a particle: ศิษย์เก่าครับ …
MALE_WORD = re.compile(r"ครับ|คร้าบ|(?<!\S)(?:กระ)?ผม(?!\s)")
FEMALE_WORD = re.compile(rf"{_FEMALE}|(?<!\S)(?:ดิฉัน|หนู)(?!\s)")

_NO_NAME = re.compile(rf"{_PARTICLE}|(?<!ช)(?<!ธ)(?<!มา)นะ(?!\S)|[?!\"“”:;=…]|ๆๆ|555|อิอิ|\.\.")
_NO_NAME_FIRST = re.compile(
    "เรียน|ถึง|ตอบ|ด้วย|ขอ|อยาก|เห็น|ยินดี|ตาม|แวะ|เข้ามา|มา(?!ลี|นะ|นพ|นิต|รุต)|อ่าน|ชอบ|ชื่นชม|เป็น|สู้|คิดถึง(?!บ้าน)|ดีใจ|น่า|จริง|ใช่|แต่|และ|ส่วน|ถ้า"
    "|ไม่(?!แสดงตน|ระบุ|ประสงค์)|ได้|ให้|สวัสดี|กราบ|ผม|ดิฉัน|หนู|ฉัน|ทำ|วันนี้|เมื่อ|หาก|ต้อง|กำลัง|เยี่ยม|สุดยอด|เก่ง|ประทับใจ|ปล\\.|สรุป|ข้อ|เรื่อง|วิธี|\\(?\\d"
)
_ITSELF = re.compile(rf"\S{{2,25}}(?:เอง|ตัวจริง\S{{0,15}}){_PARTICLE}?")


def is_name(line: Line) -> bool:
    """Say whether a line can be the name that a page prints above a comment."""
    text = line.text
    if not text or len(text) > LONGEST_NAME or line.indent >= DEEP_INDENT or len(text.split()) > MOST_WORDS:
        return False
    if FAREWELL_LINE.fullmatch(text) or BULLET.match(text) or not any(sign.isalpha() for sign in text):
        return False
    return bool(_ITSELF.fullmatch(text)) or not (_NO_NAME.search(text) or _NO_NAME_FIRST.match(text))


def gender(text: str) -> int:
    """Return 1 for a text with more of ครับ and ผม, -1 for one with more of ค่ะ, คะ, ดิฉัน and หนู, 0 for neither."""
    male, female = len(MALE_WORD.findall(text)), len(FEMALE_WORD.findall(text))
    return (male > female) - (male < female)
