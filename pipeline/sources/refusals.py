"""The sentences of what is set aside: one pair in English and Thai for each reason that several formats share.

Comes in: the name of the file and what was found. Goes out: `SourceError`, not raised. Refuses nothing.
"""

from __future__ import annotations

import json

from pipeline.errors import SourceError, reason_th

LONGEST_QUOTE = 40


def refusal(name: str, en: str, th: str, line: int | None = None) -> SourceError:
    """Return the error of a place: the file, and the line where it has many posts.

    >>> refusal("a.jsonl", "must be JSON.", "ต้องเป็น JSON", line=3).en
    'a.jsonl, line 3: must be JSON.'
    """
    en, th = " ".join(en.split()), " ".join(th.split())  # what was found may stand in it, with its line ends
    if line is None:
        return SourceError(f"{name}: {en}", f"{name}: {th}")
    return SourceError(f"{name}, line {line}: {en}", f"{name} บรรทัดที่ {line}: {th}", line)


def wrong_field(name: str, line: int, field: str, rule: tuple[str, str], found: object) -> SourceError:
    """Return the error of one field of one line; `rule` goes on after "must be", in English and in Thai."""
    en, th = rule
    got = found_in_words(found)
    return refusal(
        name,
        f'"{field}" must be {en}. Got {got[0]} instead. Correct the line, or leave it.',
        f'"{field}" ต้องเป็น{th} แต่พบ{got[1]} โปรดแก้บรรทัดนี้ หรือปล่อยไว้ก็ได้',
        line,
    )


def found_in_words(found: object) -> tuple[str, str]:
    """Return what was found, for people, in English and in Thai.

    >>> found_in_words(None)[0], found_in_words(" ")[0], found_in_words([1])[0]
    ('null', 'an empty string', 'a list')
    """
    if found is None:
        return "null", "ค่าว่าง (null)"
    if isinstance(found, bool):
        return ("true", "ค่า true") if found else ("false", "ค่า false")
    if isinstance(found, list):
        return "a list", "รายการ (list)"
    if isinstance(found, dict):
        return "an object", "ออบเจกต์ (object)"
    written = str(found)
    if not written.strip():
        return "an empty string", "ข้อความว่าง"
    short = json.dumps(written if len(written) <= LONGEST_QUOTE else f"{written[:LONGEST_QUOTE]}…", ensure_ascii=False)
    short = short.encode("utf-8", "replace").decode("utf-8")
    return (short, f" {short}") if type(found) is str else (f"the number {short[1:-1]}", f"ตัวเลข {short[1:-1]}")


def no_post(name: str) -> SourceError:
    """Return the error of a file in which nothing is written."""
    return refusal(
        name,
        "a file must hold at least one post. Got only white space or nothing. Fill it, or take it out of the folder.",
        "ไฟล์ต้องมีบันทึกอย่างน้อยหนึ่งเรื่อง แต่ไฟล์นี้ว่างเปล่า โปรดใส่เนื้อหา หรือนำไฟล์ออกจากโฟลเดอร์",
    )


def unreadable(name: str, error: OSError) -> SourceError:
    """Return the error of a file that the system does not open."""
    reason = error.strerror or type(error).__name__
    return refusal(
        name,
        f'a file must be there and open to reading. Got "{reason}" instead. Check where it is and who may read it.',
        f"ต้องมีไฟล์อยู่จริงและเปิดอ่านได้ แต่ระบบแจ้งว่า{reason_th(error)} โปรดตรวจตำแหน่งไฟล์และสิทธิ์การอ่าน",
    )
