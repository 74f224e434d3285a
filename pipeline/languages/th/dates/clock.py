"""Times of the day: 09.30 น., 9.00-12.00 น., ห้าโมงเย็น, บ่ายสองครึ่ง, สองทุ่ม, ตีห้า, เที่ยง.

Comes in: a text. Goes out: stretches with HH:MM or, for a range, HH:MM/HH:MM. Refuses nothing: a figure with a stop is a time only beside น.,
เวลา or another time; amounts and section numbers are none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.languages.th.dates.calendar import NUMBER_WORD, arabic, number_of
from pipeline.languages.th.dates.found import Dated

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIGURE = r"(?<![0-9๐-๙.])(?:[01๐๑]?[0-9๐-๙]|[2๒][0-4๐-๔])[.:][0-5๐-๕][0-9๐-๙](?![0-9๐-๙]|[.:][0-9๐-๙])"
_HOUR = rf"(?:[0-9๐-๙]{{1,2}}|{NUMBER_WORD})"
_SPOKEN = (
    rf"(?:บ่าย\s?(?:โมง|{_HOUR}(?:\s?โมง)?)|{_HOUR}\s?โมง(?:\s?(?:เช้า|เย็น|ตรง))?|{_HOUR}\s?ทุ่ม"
    rf"|(?<!โจม)ตี\s?{_HOUR}(?!\s?(?:คน|ลูก|ครั้ง|ด้าน|ตัว))|เที่ยง(?:ตรง|คืน|วัน)?(?!ว|คืน|ธรรม|แท้))(?:\s?ครึ่ง)?"
)
_UNIT = r"\s{0,2}(?:นาฬิกา|น\.|น(?![ก-๙]))"
_TO = r"\s{0,3}(?:[-–—]|ถึง|จนถึง)\s{0,3}"
_TIME = re.compile(
    rf"(?P<lead>เวลา\s{{0,3}}(?:ประมาณ\s{{0,2}})?)?(?P<from>{_FIGURE})(?P<unit1>{_UNIT})?(?:{_TO}(?P<to>{_FIGURE})(?P<unit2>{_UNIT})?)?"
    rf"|(?P<said>{_SPOKEN})(?:{_TO}(?P<said_to>{_SPOKEN}))?"
)
_NEEDED = re.compile("[0-9๐-๙][.:][0-9๐-๙]|โมง|ทุ่ม|ตี|เที่ยง|บ่าย")  # one of these stands in every time of the day
_NO_HOUR = re.compile(r"ชั่ว$|สนุก$|วงรอบ$")
_PARTS = re.compile(rf"(?P<bai>บ่าย)?(?P<ti>ตี)?\s?(?P<hour>{_HOUR})?\s?(?P<kind>โมง|ทุ่ม)?\s?(?P<when>เช้า|เย็น)?")
_NOON, _DAY_HOURS = 12, 24


def find_times(text: str) -> Iterator[Dated]:
    """Yield the times of day in a text, in its order.

    >>> [found.time for found in find_times("ตั้งแต่ 09.30 น – 12.00 น. แล้วห้าโมงเย็นเจอกัน จ่าย 17.50 บาท")]
    ['09:30/12:00', '17:00']
    """
    for found in _TIME.finditer(text) if _NEEDED.search(text) else ():
        if found["said"]:
            times = [spoken_time(found[name]) for name in ("said", "said_to") if found[name]]
            known = [time for time in times if time]
            if len(known) == len(times) and not _NO_HOUR.search(text[max(0, found.start() - 5) : found.start()]):
                yield Dated(found.start(), found.end(), time="/".join(known))
        elif found["lead"] or found["unit1"] or found["unit2"]:
            yield Dated(found.start(), found.end(), time="/".join(_figures(found[name]) for name in ("from", "to") if found[name]))


def _figures(written: str) -> str:
    hour, minute = re.split("[.:]", arabic(written))
    return f"{int(hour) % _DAY_HOURS:02}:{minute}"


def spoken_time(written: str) -> str | None:
    """Return the time that people say, on the clock of 24 hours; None for what is none.

    >>> [spoken_time(said) for said in ("บ่ายสอง", "บ่ายโมงครึ่ง", "5 โมงเย็น", "สิบโมงเช้า", "สองทุ่มครึ่ง", "ตีห้า", "เที่ยง", "สี่โมง")]
    ['14:00', '13:30', '17:00', '10:00', '20:30', '05:00', '12:00', '16:00']
    """
    said = re.sub(r"\s|ตรง", "", written)
    minute = 30 if said.endswith("ครึ่ง") else 0
    said = said.removesuffix("ครึ่ง")
    if said.startswith("เที่ยง"):
        return f"{0 if said == 'เที่ยงคืน' else _NOON:02}:{minute:02}"
    parts = _PARTS.fullmatch(said)
    hour = _hour(parts) if parts else None
    return None if hour is None else f"{hour:02}:{minute:02}"


def _hour(parts: re.Match[str]) -> int | None:
    """Return the hour; without เช้า or เย็น, the first five โมง are those of the afternoon, and six to eleven those of the morning."""
    hour = number_of(parts["hour"]) if parts["hour"] else 1
    if not 1 <= hour <= (11 if parts["kind"] == "โมง" and not parts["bai"] else 5):
        return None
    if parts["ti"]:
        return hour
    if parts["kind"] == "ทุ่ม":
        return 18 + hour
    if parts["bai"] or parts["when"] == "เย็น":
        return _NOON + hour if hour <= 6 else None  # noqa: PLR2004 - six in the evening
    if hour < 6:  # noqa: PLR2004 - the old count begins anew at seven: สามโมงเช้า is nine
        return 6 + hour if parts["when"] == "เช้า" else _NOON + hour
    return hour
