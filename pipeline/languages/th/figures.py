"""Figures that are told of people and targets: who came, what was expected and what came of it, what grew or shrank.

Comes in: a text. Goes out: `Figure`, where it stands and its numbers with their unit. Refuses nothing: a number without a word of coming, of a
target or of change is none. "ประมาณ" and "กว่า" make a figure approximate.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pipeline.languages.th.dates.calendar import NUMBER_WORD, UNIT_WORD, arabic, number_of

if TYPE_CHECKING:
    from collections.abc import Iterator

HEADCOUNT, TARGET, CHANGE = "headcount", "target", "change"
_UNIT = (
    "คน|ราย|ท่าน|ครัวเรือน|หลังคาเรือน|หมู่บ้าน|หมู่|ตำบล|อำเภอ|กลุ่ม|แห่ง|หน่วยงาน|โรงเรียน|บาท|ไร่|ต้น|ตัว|หลัง"
    "|กองทุน|เรื่อง|ชุด|วง|ทีม|แปลง|ถัง|กิโล|คู่|ห้อง|ชั่วโมง|วัน|แผง|เครื่อง|ลำ|คัน|เล่ม|โรง|บ้าน"
)
_ABOUT = r"(?P<about#>ประมาณ|ราว|ราวๆ|เกือบ|กว่า|ไม่ต่ำกว่า)?\s{0,2}"
_N = rf"(?P<n#>[0-9๐-๙]{{1,3}}(?:,[0-9๐-๙]{{3}})+|[0-9๐-๙]{{1,6}}|{NUMBER_WORD})"
_PEOPLE = _ABOUT + _N + r"\s{0,2}(?P<more#>กว่า|เศษ)?\s?(?P<unit#>คน|ราย|ท่าน)"
_COUNT = _ABOUT + _N + rf"(?:\s{{0,2}}(?P<unit#>{_UNIT}))?"
_FAR = r"[^\n0-9๐-๙]"
_FIRST, _SECOND = _COUNT.replace("#", "1"), _COUNT.replace("#", "2")
_HAS_DIGIT, _HAS_NUMBER = re.compile("[0-9๐-๙]"), re.compile(f"สิบ|{UNIT_WORD}")  # one of these stands in every figure
_CAME = re.compile(rf"(?:ผู้เข้าร่วม|เข้าร่วม|มาร่วม|มีคนมา|คนมา|มากัน|ผู้มาร่วม|ร่วมประชุม|รวมทั้งหมด|ทั้งหมด|รวม){_FAR}{{0,50}}?{_PEOPLE.replace('#', '1')}")
_TARGET = re.compile(
    rf"(?:ตั้งเป้า|เป้าหมาย|เป้า|คาดว่า|คาดไว้|วางไว้|เชิญ|นัดไว้|เรียก){_FAR}{{0,40}}?{_FIRST}{_FAR}{{0,30}}?"
    rf"(?:เอาเข้าจริง|มาจริง|ได้จริง|ทำได้|มาแค่|มาเพียง|ได้แค่|ได้เพียง|ได้มา|กลับมา|มากัน|มา|ได้)\s{{0,3}}{_SECOND}"
)
_CHANGE = re.compile(rf"จาก{_FAR}{{0,30}}?{_FIRST}{_FAR}{{0,20}}?(?:เหลือ|ลดลงเหลือ|ลดเหลือ|เพิ่มเป็น|กลายเป็น|ขึ้นเป็น|เป็น)(?:เพียง|แค่|อยู่)?\s{{0,2}}{_SECOND}")


class Figure(NamedTuple):
    """A figure in a text, half-open: of a headcount only `first`; of a target what was expected and what came; of a change before and after."""

    kind: str
    start: int
    end: int
    first: int
    second: int | None
    unit: str
    about: bool


def find_figures(text: str) -> Iterator[Figure]:
    """Yield the figures of a text.

    >>> [(one.kind, one.first, one.second, one.unit) for one in find_figures("ตั้งเป้าไว้ 40 ครัวเรือน เอาเข้าจริง 52 มีผู้เข้าร่วมประมาณ 30 คน")]
    [('target', 40, 52, 'ครัวเรือน'), ('headcount', 30, None, 'คน')]
    """
    if not (_HAS_DIGIT.search(text) or _HAS_NUMBER.search(text)):
        return
    taken: list[tuple[int, int]] = []
    for kind, pattern in ((TARGET, _TARGET), (CHANGE, _CHANGE), (HEADCOUNT, _CAME)):
        for found in pattern.finditer(text):
            if any(start < found.end() and found.start() < end for start, end in taken):
                continue
            figure = _figure(kind, found)
            if figure:
                taken.append(found.span())
                yield figure


def _figure(kind: str, found: re.Match[str]) -> Figure | None:
    if kind == HEADCOUNT:
        about = bool(found["about1"] or found["more1"])
        return Figure(kind, *found.span(), _number(found["n1"]), None, found["unit1"], about)
    units = {unit for unit in (found["unit1"], found["unit2"]) if unit}
    if len(units) != 1:
        return None
    return Figure(kind, *found.span(), _number(found["n1"]), _number(found["n2"]), units.pop(), bool(found["about1"] or found["about2"]))


def _number(written: str) -> int:
    return int(arabic(written).replace(",", "")) if written[0].isdigit() else number_of(written)
