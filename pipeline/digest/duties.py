"""Whom a passage concerns: a role, an area, an agency, or whoever is the host.

Comes in: a passage, and what a reader is in charge of. Goes out: yes or no. Refuses nothing: what is not given concerns nobody.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING

from pipeline.languages import agencies, full_name, role_in, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.records import Passage

# What a host sees to: the forum itself, who runs it and writes it down, the room, papers and food.
_HOST = re.compile(
    r"เจ้าภาพ|จัดเวที|จัดวง|ออกแบบ(?:เวที|วง|กระบวนการ)|จัดเตรียม|เตรียม(?:สถานที่|ห้อง|เวที|เอกสาร|อาหาร|อุปกรณ์)|สถานที่(?:จัด|ประชุม)|ห้องประชุม|หนังสือเชิญ|เชิญประชุม"
    r"|ดำเนินรายการ|นำวง|พาคุย|จดบันทึก|สรุปการประชุม|ระเบียบวาระ|กำหนดการ|อาหารกลางวัน|อาหารว่าง|ลงทะเบียน"
)
FACILITATOR = ("คุณอำนวย",)  # whose homework it is where the reader names no role
_LEVEL = re.compile(r"^(?:ตำบล|ต\.|อำเภอ|อ\.|จังหวัด|จ\.|หมู่บ้าน|บ้าน|หมู่ที่|หมู่|ม\.)\s*")
_SPACES = re.compile(r"\s+")


def names_role(passage: Passage, roles: Iterable[str]) -> bool:
    """Tell whether somebody of these roles shall act: a role alone stands for all its kinds.

    Where nobody is known to act, an action concerns the roles that its words name: homework is missed sooner than read in vain.
    """
    wanted = tuple(roles)
    if passage.action and not passage.action.who:
        return any(_stands_in(passage.quote, role) for role in wanted)
    named = [actor.role or role_in(actor.text) or actor.text for actor in passage.action.who] if passage.action else []
    return any(name.startswith(role) or role == name for name in named for role in wanted)


def _stands_in(text: str, role: str) -> bool:
    """Tell whether whole words of a text are a role: คุณเอื้ออาทร is a person, and no คุณเอื้อ."""
    if role not in text:
        return False
    borders = {0, *accumulate(map(len, words_of(text)))}
    return any(borders >= {found.start(), found.end()} for found in re.finditer(re.escape(role), text))


def names_area(passage: Passage, area: str | None) -> bool:
    """Tell whether a passage or its place names an area, whether with its level or without.

    >>> from pipeline.records import Passage, Span
    >>> names_area(Passage("1", "1.txt", Span(0, 12), "นัดที่ ต.ดอนตะโก", "action", 0.9), "ตำบลดอนตะโก")
    True
    """
    if not area:
        return False
    name = _bare(area)
    where = passage.action.where or "" if passage.action else ""
    return bool(name) and name in _SPACES.sub("", passage.quote + where)


def same_area(name: str, area: str | None) -> bool:
    """Tell whether the name of a row of the table of areas is an area, or a village in it.

    >>> same_area("ต.ดอนตะโก หมู่ 3", "ตำบลดอนตะโก"), same_area("ต.ดอนตะโก", "ต.ดอน")
    (True, False)
    """
    wanted, told = _bare(area or ""), _bare(name)
    return bool(wanted) and (told == wanted or told.startswith(f"{wanted}หมู่"))


def _bare(area: str) -> str:
    """Return the name of an area without its level and without blanks."""
    return _SPACES.sub("", _LEVEL.sub("", area.strip()))


def names_agency(passage: Passage, agency: str | None) -> bool:
    """Tell whether a passage, its actors or its speaker name an agency, by its name or a known short form."""
    if not agency:
        return False
    actors = passage.action.who if passage.action else ()
    full = full_name(agency) or agency
    if any(full in {actor.name, full_name(actor.text)} for actor in actors):
        return True
    told = f"{passage.quote} {passage.speaker or ''}"
    return any(re.search(rf"(?<![ก-๙A-Za-z.]){re.escape(form)}" if form.endswith(".") else re.escape(form), told) for form in _forms(agency, full))


def is_agency(name: str, agency: str | None) -> bool:
    """Tell whether the name of a row of the table of partners is an agency's, or has what a reader calls it in it.

    >>> is_agency("กรมการพัฒนาชุมชน", "พช."), is_agency("กรมการพัฒนาชุมชน", "พัฒนาชุมชน"), is_agency("เทศบาล", "พช.")
    (True, True, False)
    """
    if not agency:
        return False
    full = full_name(agency)
    return (full_name(name) or name) == full if full else agency in name


def is_host_duty(passage: Passage) -> bool:
    """Tell whether an action is one that a host sees to."""
    return passage.label == "action" and bool(_HOST.search(passage.quote))


def tells_of_hosts(passage: Passage) -> bool:
    """Tell whether a passage tells of those who host a forum: what they do, by custom or by what they learnt."""
    return "เจ้าภาพ" in passage.quote


def _forms(agency: str, full: str) -> list[str]:
    return sorted({agency, full, *(written for written, name in agencies().items() if name == full)}, key=lambda form: (-len(form), form))
