"""How far a thing to be done has come, as Thai words say it: put off, given up, done, going on, ahead; with what is denied and on what condition.

Comes in: words. Goes out: what they say, by name. Refuses nothing: all of it are signs, and the learnt choice weighs them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.languages.th.first_hits import FirstHits
from pipeline.languages.th.placed import placed

if TYPE_CHECKING:
    from collections.abc import Iterator

_END = r"(?:นะ|ครับ|ค่ะ|คะ|จ้ะ|จ้า|แหละ|เลย|ด้วย|[\s).!…\"”])*$"
_SIGNS = {
    "put off": r"เลื่อน(?!ไหล|ชั้น|ขั้น|ตำแหน่ง|ลง|ขึ้น)|(?:พัก|รอ|แขวน|ค้าง|เก็บ|ยก)(?:เรื่อง|อันนี้)?[^\s]{0,12}ไว้ก่อน"
    r"|ไว้(?:ก่อน|คุย|คราวหน้า|ทีหลัง|ปีหน้า|เดือนหน้า)|ชะลอ|ผ่อนผัน|อย่าเพิ่ง|ยกไป|ยังไม่(?:มีกำหนด|กำหนด|มีวัน)|ขยายเวลา|ออกไป(?:เป็น|อีก|ก่อน)",
    "waits": r"รอ(?<!กรอ)(?!ง|บ|ย|ด|น)|จนกว่า|ขอ(?:คิด|เวลา|ดู)|ยังไม่ได้(?:ทำ|ไป|เริ่ม|จัด|ส่ง|ตอบ|คำตอบ)|ค้าง",
    "given up": r"ยกเลิก|งด(?=\s?(?:รับ|พบ|จัด|ประชุม|ออก|กิจ|งาน|เวที|วง|ไป|ทุก|การ|ขาย|ใช้|แจก|จ่าย|เหล้า|พา|สั่ง|ซ้อม|เรียน|หนึ่ง|\d|$))"
    r"|ระงับ|เลิก(?!งาน|เรียน|ประชุม|กัน|บุหรี่|เหล้า|แถว)"
    r"|ไม่(?:ทำ|จัด|เอา|ไป|ขาย|ใช้|รับ|เปิด|ซื้อ|ส่ง|แข่ง)[^\s]{0,14}(?:แล้ว|อีก)(?!ว่า)"
    r"|มติ[^\n]{0,12}ไม่|ที่ประชุมไม่(?:รับ|เอา|เห็น)|ถอน(?:ตัว|เรื่อง|ชื่อ)|ล้มไป|ไม่ได้จัด|ตกไป|ปิดเรื่อง|พับ(?:โครงการ|ไป|แผน)"
    r"|ยุติ(?!ธรรม)|ให้พับ|ตัด[^\n]{0,24}ออก|(?:จะ|ขอ|เลย|ตกลง|ปีนี้|รอบนี้)ไม่(?:ทำ|จัด|ส่ง|ไป|รับ|เอา|ประกวด|สมัคร|ต่อ)|ถอนคำพูด|(?:พรุ่งนี้|วันนี้|เดือนนี้)หยุด|เว้น(?=\s?(?:เดือน|ไป|หนึ่ง|มค|เมษา|ช่วง))"
    r"|(?:เดือน|ครั้ง|รอบ|ปี)[^\s]{1,10}ไม่มี(?:วง|ประชุม|เวที|งาน|นัด)",
    "kept for later": r"(?:เอา|ยก)?ไว้(?=ปี|เดือน|เทอม|คราว|รอบ|หลัง)|ขอ(?:เริ่ม|ย้าย|ไป)[^\s]{0,12}(?:เทอมหน้า|ปีหน้า|เดือนหน้า|หลัง)"
    r"|ยังไม่(?:ตกลง|พิจารณา|เปิด|ควร|ตอบรับ)|ขอรอ|รอดู|ออกไปปรับปรุง|ขยับ",
    "dropped": r"เลิก(?=\s|$)|ถอนแล้ว|ตัดทิ้ง|ตกไป|ล้มไป|ไม่(?:เชิญ|ต้อง)[^\n]{0,30}(?:แล้ว|รอบนี้|ปีนี้)|ยุติ(?!ธรรม)|โดน[^\s]{0,10}แย้ง|ไม่มา(?:แล้ว)?(?=\s|$)|พับไว้"
    r"|งด(?=\s|เพราะ|\))",
    "done": r"เรียบร้อย|เสร็จ|ครบ(?:แล้ว|ทุก|ทั้ง)|สำเร็จ|ได้(?:มา)?แล้ว|ไปแล้ว|มาแล้ว|ส่งแล้ว|ทำแล้ว"
    r"|ตามที่(?:รับปาก|ตกลง|นัด|สัญญา|ค้าง)|(?:ที่|เคย)(?:รับปาก|สัญญา|ค้าง)",
    "ends with already": rf"แล้ว{_END}",
    "already": r"แล้ว(?!แต่|ก็|จะ|ค่อย|จึง|ให้|เสร็จ)",
    "asks whether": r"หรือยัง|ไหม|มั้ย",
    "denied": r"ไม่(?:ได้|เคย|ต้อง|มี|ให้|ควร)|อย่า|ห้าม|มิได้",
    "not yet": r"ยังไม่",
    "condition": placed("ถ้า|หาก|เว้นแต่|ต่อเมื่อ|จนกว่า|เมื่อ", r"(?<![^\sแต่ว่า]#)"),
    "going on": r"กำลัง|(?:อยู่|เรื่อย)(?:ๆ|แล้ว)?(?=\s|$)|อยู่ระหว่าง|ทุก(?:วัน|เดือน|ปี|สัปดาห์|อาทิตย์|เช้า|เย็น|คืน|เสาร์|ศุกร์|ครั้ง|พุธ|จันทร์|อังคาร|พฤหัส)"
    r"|(?:วัน|เดือน|ปี|อาทิตย์|สัปดาห์)ละ|ยัง(?:ทำ|คง|ใช้|มี|ต้อง|ส่ง|เปิด|ไป)|เหมือนเดิม|ประจำ|ต่อเนื่อง|ตลอด|ตั้งแต่[^\n]{1,30}(?:มา|แล้ว)|คืบหน้า",
    "partly": r"(?:จาก|ใน|เหลือ(?:อีก)?|ขาด(?:อีก)?|ครึ่ง|ได้(?:แล้ว)?)\s?[\d๐-๙]|เหลือ|ยังขาด|บางส่วน|ครึ่งหนึ่ง",
    "ahead": r"จะ(?<![ก-ฮ]จะ)|นัด|ภายใน|ครั้งหน้า|คราวหน้า"
    r"|(?:เดือน|ปี|อาทิตย์|สัปดาห์|ศุกร์|เสาร์|วัน\S{1,8})หน้า|พรุ่งนี้|มะรืน|เดี๋ยว|เตรียม|ต่อไป|ให้(?!แล้ว|มา)|ขอ(?!ง|บ)|อยาก",
    "from now on": r"ต่อ(?:ไป|จาก|แต่)นี้|จากนี้|นับแต่|ตั้งแต่(?:นี้|เดือน|ปี|วัน|งวด|รอบ)|เริ่ม(?!ต้น|แรก|จาก)|ครั้งต่อไป|ปีหน้า|เทอมหน้า|รอบหน้า",
    "resolves": r"มติ|ตกลง(?:กัน)?(?:ว่า|ให้)|เห็นชอบ|ที่ประชุม(?:ให้|จึง)|สรุปว่า",
    "of how many": r"(?:จาก|ใน)(?:ที่)?(?:ตั้ง|วาง|สัญญา|เป้า)|(?<!\d)\d+\s?(?:ใน|จาก)\s?\d|ร้อยละ\s?\d|ครึ่งหนึ่ง|(?:เพิ่ง|ได้)(?:จริง)?\s?\d",
    "rule": r"ต้อง|ห้าม|ให้ถือ|ทุกคน|ไม่เกิน|ใคร(?!จะ)|ครั้งละ|คนละ",
    "was": r"เมื่อ(?:วาน|เช้า|คืน|วันที่|เดือน|ปี)|ที่แล้ว|ที่ผ่านมา|วันก่อน|เคย",
}
# Signs that say something else together than each of them.
_TOGETHER = (
    ("done", "ahead"),
    ("ends with already", "denied"),
    ("put off", "ahead"),
    ("given up", "ahead"),
    ("going on", "already"),
    ("given up", "done"),
    ("given up", "already"),
    ("given up", "denied"),
    ("put off", "already"),
    ("put off", "from now on"),
    ("partly", "already"),
    ("partly", "done"),
    ("was", "already"),
    ("of how many", "already"),
    ("going on", "from now on"),
    ("rule", "going on"),
    ("not yet", "waits"),
)
_HITS = FirstHits(_SIGNS)
_OPENING = 14  # code points


def state_signs(words: str) -> Iterator[str]:
    """Yield what words say of the state of a thing to be done, and what of it the opening says.

    >>> sorted(state_signs("ยกเลิกงานวัด")), "done" in set(state_signs("ทาสีเสร็จแล้วค่ะ"))
    (['given up', 'opens given up'], True)
    """
    found = {name: hit.start() for name, hit in _HITS.of(words).items()}
    yield from found
    yield from (f"opens {name}" for name, start in found.items() if start < _OPENING)
    for one, other in _TOGETHER:
        if one in found and other in found:
            yield f"{one} and {other}"
    if "ahead" in found and not found.keys() & {"done", "already", "put off", "given up", "going on"}:
        yield "only ahead"
    if not found:
        yield "says nothing"
