"""Where something is to be done, where Thai says it plainly: ที่ or ณ before the name of a place.

Comes in: words. Goes out: where such a place stands. Refuses ที่ that only joins a clause (ที่จะทำ), names that open with no word for a place, and
levels without a name.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from pipeline.languages.th.names import name_at
from pipeline.languages.th.placed import placed

if TYPE_CHECKING:
    from collections.abc import Iterator

Level = Literal["venue", "village", "tambon", "amphoe", "province"]

# Behind วัด and บ้าน, where these name no place.
_MEASURES = "ผล|ความ|ระดับ|ได้|ค่า|น้ำ|เสา(?!ธง|หิน|ร์|ไห้|ชิงช้า|วภา)|ลุก|สายตา|ขนาด|เหล็ก"
_OWN_HOUSE = "เรา|เขา|ตัวเอง|ๆ"
_TEMPLE, _HOME = f"วัด(?!{_MEASURES})", f"บ้าน(?!{_OWN_HOUSE})"
# Beside something that stands firm is where; of all else these words say as often something else (ข้างล่าง, ท้ายไลน์, หน้าฝน).
_NO_TREE = "ปี(?!บ)|เดือน|สัปดาห์|อาทิตย์|เทอม|ฉบับ|แบบ|ทุน|เหตุ|ทาง"
_FIRM = (
    r"เทศบาล|แผง|โรง|ศาล|ห้อง|เสาธง|วัด|ตลาด|อนามัย|สะพาน|หอ(?![มยบ])|สนาม|ลาน|สวน(?!น)"
    rf"|แพ(?!ง|ทย์|ะ)|บ่อ(?!ย)|คลอง|ต้น(?!{_NO_TREE})|ร่ม|ถุน|บันได|ตึก|อาคาร|ร้าน|ประตู|สถานี|สำนักงาน|เคาน์เตอร์"
)
# Behind it is no place where something of it is over or begins: หลังโรงเรียนเลิก is a time.
_AFTER = rf"(?:{_FIRM})(?:เรียน|พยาบาล|สี|อาหาร|งาน|สมุด|ประชุม|ลา|นัด)?(?:เลิก|เปิด|ปิด|วาย|เสร็จ|แห้ง|ว่าง|ตัดสิน|พัง|ล่ม|จบ)"
_SIDE = f"(?:หน้า|หลัง(?!{_AFTER})|ข้าง|ใต้|ริม|ท้าย)(?={_FIRM})"
_PLACE = (
    f"ห้อง|ศาลา|หอประชุม|หอ(?=สมุด|ฉัน)|{_TEMPLE}|โรงเรียน|โรงพยาบาล|โรงแรม|โรงสี|โรงอาหาร|โรงยิม|{_HOME}|ลาน|สนาม|ตลาด|ร้าน|ใต้ถุน"
    "|สำนักงาน|ที่ทำการ|ที่ว่าการ|ศูนย์|สถานี|มัสยิด|สุเหร่า|หน้า(?=บ้าน|วัด|อำเภอ|เสาธง|ศาลา|ตลาด|โรง)|หลัง(?=บ้าน|วัด|อำเภอ|โรง)|ตำบล|อำเภอ|จังหวัด|เทศบาล|อบต\\.|อบจ\\."
    "|รพ\\.|รพ\\.สต\\.|สสอ\\.|สสจ\\.|กศน\\.|พช\\.|หมู่(?=\\s?\\d|ที่)|ท่าน้ำ|ท่าเรือ|แพ(?!ง|ทย์)|สวน(?!น)|ป่าชุมชน|อาคาร|ชั้น\\s?\\d|มหาวิทยาลัย|วิทยาลัย|ราชภัฏ|ศาลากลาง|อนามัย|สะพาน|หนอง|คลอง|ห้วย|ดอน(?!ก)|บาง(?=[ก-ฮ])(?!คน|ราย|แห่ง|ส่วน|ที|ครั้ง|เรื่อง|อย่าง|วัน|ตัว|บ้าน)|คุ้ม(?!ค่า|ครอง|ทุน|กัน)|หัว(?=คลอง|ฝาย|ห้วย|ทุ่ง|สะพาน)|ริม(?=น้ำ|คลอง|ถนน|บึง|ทะเล|หาด|โขง)"
    rf"|ใต้ต้น|ใต้ร่ม|ท่ารถ|เขื่อน|ฝาย|อ่างเก็บน้ำ|โรงน้ำแข็ง|โรงครัว|โรงฝึกงาน|โรงเรือน|โรงรม|ตึก|หอ(?=กระจาย|จดหมาย)|กอง(?=คลัง|ช่าง|ทุนหมู่)|โบสถ์|วิหาร|กุฏิ|ค่าย|ไร่(?=[ก-ฮ])|รีสอร์ท|สวนสาธารณะ|โรงงาน|เคาน์เตอร์|(?:ประมง|เกษตร|พัฒนาชุมชน|สาธารณสุข|ตัว)(?=อำเภอ|จังหวัด|เมือง)|ยุ้ง|หาด|เรือนจำ|กระชัง|โคก|โนน|ทุ่ง(?!เท)|บึง|แหลม(?!คม|เกิน|มาก|ๆ)|เกาะ(?!กลุ่ม|ติด|กัน|อยู่|ราว)|วัง(?=[ก-ฮ])|คุ้ง|โป่ง(?!พอง)|เขต\s?\d|{_SIDE}"
)
_NO_END = "(?<![ก-ฮ]ว่า#)" + "".join(f"(?<!{one}#)" for one in ["เท่า", "วัน", "แต่", "ทัน", "คน", "น้อง", "พี่", "เด็ก", "ก่อน", "แผน", "หน้า", "พื้น", "สถาน"])
_AT = re.compile(rf"(?:{placed('ที่|ณ', _NO_END)})(?:(?<=ณ)\s)?(?P<place>{_PLACE})")
# Right behind a time a place needs no word before it: เวลา 13.30 น. ศาลาวัดดอนกลาง.
_BEHIND_TIME = re.compile(
    r"(?:ครึ่ง(?<=โมงครึ่ง)| (?:(?<=\sน\. )|(?<=[\d๐-๙]น\. )|(?<=โมง )|(?<=โมงเช้า )|(?<=โมงเย็น )|(?<=ทุ่ม )|(?<=ค\. )|(?<=ย\. )|(?<=พ\. )|(?<=คม )"
    r"|(?<=ยน )|(?<=พันธ์ )|(?<=[\d๐-๙]{4} )|(?<=[ม-ย]\.[\d๐-๙]{2} )"
    r"|(?<=[คพย]\. [\d๐-๙]{2} )|(?<=[คพ]\.[\d๐-๙]{2} )|(?<=โมงครึ่ง )|(?<=ทุ่มครึ่ง )|(?<=โมงตรง )))"
    rf"(?P<place>ห้อง|ศาลา|หอประชุม|หอสมุด|{_TEMPLE}|โรงเรียน|โรงพยาบาล|โรงแรม|ลาน|สนาม|ใต้ถุน|สำนักงาน|ที่ทำการ|ที่ว่าการ|ศูนย์|มัสยิด|หน้าศาล|หน้าวัด|รพ\.สต\.|ศาลากลาง)"
)
# Whoever goes there needs none either.
_GOES_TO = re.compile(rf"(?:ย้ายไป|ลงพื้นที่|ดูงาน|ประจำอยู่|สัญจรไป|พบกัน|เจอกัน|นัดกัน)\s?(?P<place>{_PLACE})")
# Who is asked to do something is no place: ฝากห้องสมุดซื้อหนังสือ.
_ASKED = r"\S{0,12}?(?:ช่วย|ซื้อ|ดู|ทำ|ส่ง|นับ|จัด|แจ้ง|บอก|ถาม|ตรวจ|ประกาศ)"
# What is put, kept or held stands there without one, too; so does what opens a passage, and somebody's house behind a day.
_STANDS = re.compile(
    rf"(?:(?:ไว้|วาง|นั่ง|ติด|ตั้ง|โต๊ะ|จอด|ปลูก|เสื่อ|อยู่|ขาย|แจก|กระดาน)(?P<side>{_SIDE})|^(?P<opens>{_SIDE})|ฝาก(?:ไว้)?(?P<keeps>ห้องสมุด|โรงน้ำแข็ง|รพ\.สต\.)(?!{_ASKED})"
    r"|เข้า(?P<enters>อำเภอ|ตลาด|เรือนจำ|กรุงเทพฯ?|(?:ตัว)?เมือง(?![ก-ฮ]))|[ยคพน]\.\s(?P<house>บ้าน(?=นาย|นาง|ยาย|แม่|ลุง|ป้า|พี่|ครู|ผู้ใหญ่|กำนัน)))"
)
_ROOM = re.compile(r"[^\s,.()\"“”/]*")
# Behind a word with which names of places begin, any word is part of the name (บางจะเกร็ง, หนองสองห้อง).
_NUMBER_WORD = "(?:หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า|สิบ)"  # a temple or a village may begin with one (วัดสามแพรก)
_COUNTED_WORDS = "แห่ง|คน|คืน|วัน|ครั้ง|หลัง|ทุ่ม|โมง|เดือน|สัปดาห์|อาทิตย์|ปี|รอบ|ชั่วโมง|ชุด|เรื่อง|หมู่|ตำบล|ร้อย|พัน|สิบ|กลุ่ม|วัด|บ้าน|เท่า|ต่อ"
_ENDS = re.compile(
    r"(?<![เ-ไ])(?<!บาง)(?<!ดอน)(?<!หนอง)(?<!โคก)(?<!ปาก)(?<!ทุ่ง)(?:"
    r"เวลา|วัน|ตั้งแต่|เริ่ม|โดย|(?<!แ)จะ(?!นะ|แนะ)|ให้|ไป|มา|แล้ว|เพื่อ|ตอน|และ|กับ|ทุก|เดือน|(?:จันทร์|อังคาร|พุธ|พฤหัส|ศุกร์|เสาร์)(?=นี้|หน้า|ที่)|ก่อน|หลังจาก|ได้|ไม่|เป็น|มี|พร้อม|ช่วง|เหมือนเดิม|เดิม|นะ|ครับ|ค่ะ|ด้วย|เลย|อยู่|ว่า|ซึ่ง|นั้น|นี้|แทน|ครั้ง|คน|เสร็จ|เรื่อง|ซ้ำ|ข้างเคียง|อยาก|ช่วย|กัน|ผม|เขา(?=จะ|ก็|ไม่|ได้|ให้|เอง|มี|ว่า|ทำ)|ต้อง|ก็|ขอ|ทั้ง|จด|แห่ง|เพราะ|หลัง|เอง|ใหม่ที่|เ?ปิดเทอม|เกิน(?=ครึ่ง)|ติด|กิน|เดิน|แต่|จน|ถ้า|รับ|พรุ่ง|สัปดาห์|อาทิตย์|จาก|ตามที่|อีก|สิ้น|สัก|แจก|ใช้|เสีย|ล้าง|เปลี่ยน|เขียน|ตกลง|คู่|ทำ(?!เนียบ|การ|นบ)|บ่าย|เช้า(?!ชื่น)|เย็น|พี่(?!น้อง)|(?<!พี่)น้อง|ครู(?!บา)|เก็บ|ละ(?=สอง|วัน|\d)|เหมือน|เหลือ(?![งบ])|นับ|(?<!ฮ่อง)สอน|เมื่อ|ภายใน|กี่|ลุก|เฉลี่ย|ล่วงหน้า|ไว้|บันทึก|ใน(?=เดือน|วัน|วง|เวที|ครั้ง|รอบ|ช่วง|รายการ|สัปดาห์|อาทิตย์|เวลา)"
    rf"|(?<!วัด)(?<!บ้าน){_NUMBER_WORD}|{_NUMBER_WORD}(?={_NUMBER_WORD}?(?:{_COUNTED_WORDS})))"
)
_VENUE = re.compile(
    r"ห้อง|ศาลา(?!กลาง$)|หอ|วัด|โรง|ลาน|สนาม|ตลาด|ร้าน|ใต้|สำนักงาน|ที่ทำการ|ที่ว่าการ|ศูนย์|สถานี|มัสยิด|สุเหร่า|หน้า|หลัง|ท่า|แพ|อาคาร|ชั้น|ตึก|สะพาน|รพ\.|สสจ|สสอ|กศน|สวน|โบสถ์|กุฏิ|ศาลากลาง"
    r"|มหาวิทยาลัย|วิทยาลัย|บ้าน(?=ลุง|ป้า|พี่|น้อง|กำนัน|ผู้ใหญ่|ครู|หมอ|ตา|ยาย|พ่อ|แม่(?!น้ำ)|คุณ|น้า)"
)
_LEVELS: tuple[tuple[Level, re.Pattern[str]], ...] = (
    ("village", re.compile(r"หมู่(?!เกาะ)|ม\.\s?\d|บ้าน|ชุมชน|คุ้ม")),
    ("tambon", re.compile(r"ต\.|ตำบล|อบต|องค์การบริหารส่วนตำบล|เทศบาล|ทต\.")),
    ("amphoe", re.compile(r"อ\.|อำเภอ|กิ่งอำเภอ|เขต")),
    ("province", re.compile(r"จ\.|จังหวัด|อบจ")),
)
_NUMBERED, _NUMBER = ("หมู่", "หมู่ที่"), re.compile(r"(?:ที่)?\s?[\d๐-๙]{1,2}(?![\d๐-๙])")
_NO_PLACE_ALONE = frozenset({"บ้าน", "จังหวัด", "อำเภอ", "ตำบล", "เทศบาล", "หมู่", "สวน", "โรงพยาบาล"})
_SELDOM_PLACE_ALONE = (_NO_PLACE_ALONE | {"โรงเรียน", "ที่ประชุม", "สถานี", "หอ", "สำนักงาน", "สนาม"}) - {"อำเภอ"}
_FORMAL = frozenset({"agency", "level", "place"})
_LONGEST = 40
_SHORT_NAME = 4  # code points of a province with which another word may begin (ตากแดด)
# What stands within something larger, and how the larger one begins; a village with its number.
_PART, _OF_VENUE = re.compile("ห้อง|ศาลา|หอ|อาคาร|ลาน|สนาม|ใต้|ชั้น"), re.compile("โรงเรียน|โรงพยาบาล|วัด|บ้าน|สำนักงาน|ที่ว่าการ|ที่ทำการ|ศูนย์(?!กลาง)|มหาวิทยาลัย")
_NO_PLACE = re.compile(f"วัด(?:{_MEASURES})|บ้าน(?:{_OWN_HOUSE})")
_MATTER = re.compile(r"(?:เรื่อง|สาย|ซ่อม|ขอใช้|แบบ|(?:เพื่อน|ป้า|ลุง|พี่|แม่|ศน\.)ที่)$")
_GOES_ON_BEHIND = re.compile("พร้อม|เหมือน|(?:ที่)?เหลือ(?![งบ])|ตั้งแต่|ก่อน|เมื่อ|ภายใน|เริ่ม|หลัง(?=วัน|จาก)|สอน(?<!ฮ่องสอน)")  # in what is taken for a name
_TELLS = re.compile(r"ม\.\s?[1-6๑-๖](?:/\d)?$|ไม่|ตกหล่น|เว้น|ทำ(?!เนียบ|การ|นบ)|เหลือ(?![งบ])|น้ำท่วม|กลับ|วิ่ง|ยัง|เคย|พวก|เครือข่าย|ต้อง|จะ(?!นะ|แนะ)")
_OF_VILLAGE, _NOTHING = re.compile(r"หมู่(?=(?:ที่)?\s?[\d๐-๙])"), re.compile(r"(?!)")
# Behind what a place needs no word that says it is one, where the post names it elsewhere with its level.
_GOING = re.compile(r"(?:ที่|ไป(?:อยู่|ถึง)?|ลง|มาอยู่|ดูงาน|ขึ้น|กลับ)(?=[ก-ฮเ-ไ])")
_SHORTEST_NAME, _LONGEST_NAME, _GOES_ON = 4, 16, frozenset(map(chr, range(0x0E30, 0x0E3B))) | frozenset("็่้๊๋์ํ")
# A number behind a place, where what is counted follows: no day of its own (ชั้น 2 วันที่ 5, ชั้น 2 เดือนหน้า), and none that is the place's name.
_COUNTED = re.compile(r"(?<!ชั้น)(?<!ห้อง)(?<!อาคาร)(?<!ตึก)(?<!หมู่)(?<!หมู่ที่)\s[\d๐-๙]{1,3}$")
_OF_COUNT = re.compile(
    r"\s?(?:วัน(?!ที่|จันทร์|อังคาร|พุธ|พฤหัส|ศุกร์|เสาร์|อาทิตย์|นี้|นั้น|พรุ่ง|หน้า|พระ)|คน|ครั้ง(?!ที่|หน้า|นี้|ต่อ)|แห่ง|ชุด|คืน(?!นี้)|ชั่วโมง|ราย(?!งาน|ได้|ชื่อ)|บาท"
    r"|เดือน(?!มกรา|กุมภา|มีนา|เมษา|พฤษภา|มิถุนา|กรกฎา|สิงหา|กันยา|ตุลา|พฤศจิกา|ธันวา|\S{1,3}\.|หน้า|นี้|นั้น|ถัด)|ปี(?!\s?[\d๐-๙]|หน้า|นี้|ใหม่|การ)|คัน)"
)


def place_in(words: str) -> tuple[int, int] | None:
    """Return where the first plain place of some words stands, None where none does.

    >>> said = "นัดประชุมที่ห้องประชุม อบต.นาดี เวลาบ่ายโมง"
    >>> start, end = place_in(said)
    >>> said[start:end]
    'ห้องประชุม อบต.นาดี'
    """
    at = _AT.search(words) or _BEHIND_TIME.search(words) or _GOES_TO.search(words) or _STANDS.search(words)
    if at is None:
        return None
    start, end = at.span(at.lastgroup or 0)
    end = _with_whose_it_is(words, start, _end(words, start, end))
    known = at.re is _STANDS  # เข้าอำเภอ says which one: the writer's own
    return None if words[start:end] in _NO_PLACE_ALONE and not known else (start, end)


def _with_whose_it_is(words: str, start: int, end: int) -> int:
    """Return where a place ends with the name that says of whom or of what it is part: ห้องประชุม อบต.นาดี, บ้านนาดี หมู่ 3."""
    if words[end : end + 1] != " " or _NO_PLACE.match(words, end + 1):
        return end
    place, name = words[start:end], name_at(words[end + 1 : end + 1 + _LONGEST])
    if name and name.kind in _FORMAL and not (place.startswith("หมู่") and name.full.startswith("หมู่")):
        return _end(words, end + 1, end + 1 + name.end)
    part = (_OF_VENUE if _PART.match(place) else _OF_VILLAGE if place.startswith("บ้าน") else _NOTHING).match(words, end + 1)
    return _end(words, part.start(), part.end()) if part else end


def is_no_place(place: str) -> bool:
    """Say whether words that are taken for a place are one only with a name behind them, or tell what is done or so (ที่|ตกหล่น).

    >>> is_no_place("บ้าน"), is_no_place("บ้านหนองแวง"), is_no_place("วัดระดับน้ำ")
    (True, False, True)
    """
    return place.strip() in _SELDOM_PLACE_ALONE or bool(_TELLS.match(place) or _NO_PLACE.match(place))


def is_matter(before: str) -> bool:
    """Say whether words before a place say that it is what something is about or is done to, or where somebody else is: เรื่องหมู่ 6, เพื่อนที่เชียงใหม่.

    >>> is_matter("ผมจะพูดเรื่อง"), is_matter("โทรหาเพื่อนที่"), is_matter("ประชุมที่")
    (True, True, False)
    """
    return bool(_MATTER.search(before))


def whole_place(words: str, start: int, end: int) -> int:
    """Return where the name of a place ends of which ``start:end`` is the beginning.

    >>> said = "ที่ศาลาริมน้ำวัดดอนกลาง เวลาบ่ายโมง"
    >>> said[3 : whole_place(said, 3, 13)]
    'ศาลาริมน้ำวัดดอนกลาง'
    """
    province = name_at(words[start : start + _LONGEST])
    if province and province.kind == "place" and (province.end > _SHORT_NAME or start + province.end == end):
        return start + province.end
    if behind := _GOES_ON_BEHIND.search(words, start + 1, end):
        return behind.start()
    return _end(words, start, end) if words[end : end + 1].strip() or words.endswith(_NUMBERED, start, end) else end


def bare_places(words: str) -> Iterator[int]:
    """Yield where a place may stand whose name says of no level, behind words of going and being there."""
    yield from (going.end() for going in _GOING.finditer(words))


def bare_place_at(words: str, start: int, known: frozenset[str]) -> int | None:
    """Return where the longest `known` name ends that begins at a place; None where none does, or a longer word.

    >>> said = "เดือนหน้าจะลงดอนกลางอีกรอบ"
    >>> [said[start : bare_place_at(said, start, frozenset(["ดอนกลาง"]))] for start in bare_places(said)]
    ['ดอนกลาง']
    """
    ends = range(start + min(_LONGEST_NAME, len(words) - start), start + _SHORTEST_NAME - 1, -1)
    return next((end for end in ends if words[start:end] in known and words[end : end + 1] not in _GOES_ON), None)


def without_count(words: str, start: int, end: int) -> int:
    """Return where a place ends without the number behind it that counts something else.

    >>> said = "ครูไปพักที่วัดนาดี 3 คืน", "ครูไปพักที่วัดนาดี 3"
    >>> [one[11 : without_count(one, 11, 20)] for one in said]
    ['วัดนาดี', 'วัดนาดี 3']
    """
    counted = _COUNTED.search(words[start:end])
    return start + counted.start() if counted and _OF_COUNT.match(words, end) else end


def level_of(place: str) -> Level | None:
    """Return whether a place is a venue, or of which level of administration; None where its words do not say.

    >>> level_of("ห้องประชุม อบต.นาดี"), level_of("ต.นาดี อ.เมือง"), level_of("หมู่ 4"), level_of("พะเยา"), level_of("นาดี")
    ('venue', 'tambon', 'village', 'province', None)
    """
    if _VENUE.match(place):
        return "venue"
    found = next((level for level, pattern in _LEVELS if pattern.match(place)), None)
    name = name_at(place)
    return found or ("province" if name and name.kind == "place" else None)


def _end(words: str, start: int, end: int) -> int:
    """Return where the name of a place ends that opens with the words up to `end`; a number behind หมู่ is its name."""
    if words.endswith(_NUMBERED, start, end) and (number := _NUMBER.match(words, end)):
        return number.end()
    room = _ROOM.match(words, end)
    last = room.end() if room else end
    cut = _ENDS.search(words, end, min(last, start + _LONGEST))
    return cut.start() if cut else min(last, start + _LONGEST)
