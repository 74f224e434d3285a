"""Signs that look right in ``lessons.toml`` and are none of TOML: what word processors and Thai keyboards write for quotes, digits and blanks.

Comes in: a line that is no TOML. Goes out: what in it is probably wrong and what to do, in English and in Thai, or nothing. Refuses nothing.
"""

from __future__ import annotations

import re
import unicodedata

_WELL_WRITTEN = re.compile(r'"(?:[^"\\]|\\.?)*+(?:"|(?P<open>$))|\'[^\']*\'|#.*')  # texts in quotes, then what is a remark
_CURVED = "“”„‟‘’‚‛«»"


def strange_sign(line: str) -> tuple[str, str] | None:
    """Return what the first strange sign of a line is and what to do about it; a curved quotation mark comes first: it may be meant to end a text.

    >>> strange_sign("name = “ปิ่นโต”")[0]
    'the curved quotation mark “. Write straight ones: "…"'
    >>> strange_sign('name = "“ปิ่นโต”"  # ก') is None
    True
    """
    left = _WELL_WRITTEN.sub(lambda found: "" if found["open"] is None else found[0], line)
    strange = next((sign for sign in left if sign in _CURVED), None) or next((sign for sign in left if sign > "\x7f"), None)
    return _told_of(strange) if strange else None


def _told_of(sign: str) -> tuple[str, str]:
    code = f"U+{ord(sign):04X}"
    if sign in _CURVED:
        return f'the curved quotation mark {sign}. Write straight ones: "…"', f'เครื่องหมายคำพูดแบบโค้ง {sign} โปรดพิมพ์แบบตรงแทน คือ "…"'
    if sign.isdecimal():
        return (
            f"the digit {sign}. Write Arabic digits: {unicodedata.decimal(sign)}",
            f"ตัวเลข {sign} โปรดพิมพ์เลขอารบิกแทน คือ {unicodedata.decimal(sign)}",
        )
    if not sign.isprintable() or sign.isspace():
        return f"a sign that cannot be seen ({code}). Remove it, or type a blank anew", f"อักขระที่มองไม่เห็น ({code}) โปรดลบออก หรือพิมพ์ช่องว่างใหม่"
    if len(plain := _plain(sign)) == 1 and plain.isascii():
        return f"the sign {sign}. Write {plain}", f"เครื่องหมาย {sign} โปรดพิมพ์ {plain} แทน"
    return f'{sign} outside quotation marks. Write texts in them: "…"', f'อักขระ {sign} อยู่นอกเครื่องหมายคำพูด โปรดพิมพ์ข้อความไว้ใน "…"'


def _plain(sign: str) -> str:
    """Return the sign of a keyboard for one that word processors write in its place, or that is as wide as a Chinese one."""
    return "-" if unicodedata.category(sign) == "Pd" or sign == "\N{MINUS SIGN}" else unicodedata.normalize("NFKC", sign)
