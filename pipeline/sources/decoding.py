"""Bytes to text, and whether the text can be a post.

Comes in: bytes of a file. Goes out: text, every line end and byte-order mark kept, because offsets count them. Refuses binary data,
encodings that are neither UTF-8 nor plausible Thai in TIS-620/Windows-874, and texts that no person wrote.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from pipeline.records import Note
from pipeline.sources.refusals import no_post, refusal

if TYPE_CHECKING:
    from pipeline.errors import SourceError

MAX_PAGE_BYTES = 5_000_000  # a page of text is some 20 kB; 5 MB is no page but a dump
MAX_POST_CHARS = 1_000_000  # the analysis holds a post at once, and spaCy takes no more than this
MAX_LINE_CHARS = 200_000  # about a hundred printed pages without a line break: machine-made
MAX_DIGITS = 1_000  # a longer run is data pasted in; it is kept and told

BLANK = (
    " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\u200b\u200c\u200d\u2060\ufeff\u00ad"
)

_WIDE = (  # the longer mark first: UTF-32 begins as UTF-16 does
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_LONG_LINE = re.compile(rf"[^\r\n]{{{MAX_LINE_CHARS + 1}}}")
_LONG_NUMBER = re.compile(rf"\d(?<!\d\d)\d{{{MAX_DIGITS},}}")
_THAI = re.compile("[ก-ฮะ-ฺเ-๎ฯ๐-๙]")
_MARK = re.compile("[ัิ-ฺ็-๎]")
_PLACED_MARK = re.compile("(?<=[ก-ฮัิ-ฺ็-๎])[ัิ-ฺ็-๎]")
_LEADING_VOWEL = re.compile("[เ-ไ]")
_PLACED_VOWEL = re.compile("[เ-ไ](?=[ก-ฮเ])")
_FREQUENT = re.compile("การ|ที่|และ|ของ|เป็น|ได้|ไม่|ใน|มี|จะ|ให้|ว่า|ครับ|ค่ะ|ไป|มา|กับ|แล้ว|นี้|คน|วัน|งาน")

LETTERS_PER_WORD = 60  # running Thai has one of the frequent words in every fifteen letters or so; other bytes hardly ever
SHARE = 0.9
MOST_BROKEN = 0.01  # of the signs outside ASCII: more of them, and the page is not UTF-8


def decode(data: bytes, name: str, line: int | None = None) -> str:
    """Return the text of the bytes: UTF-8, else Thai in TIS-620 or Windows-874.

    Raises:
        SourceError: when it is neither, or binary.

    >>> decode("การประชุมที่วัด".encode("tis-620"), "a.txt")
    'การประชุมที่วัด'
    """
    check_bytes(data, name, line)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        text = decode_thai(data)
        if not text:
            raise no_known_text(name, error.start, line) from None
    if len(_CONTROL.findall(text)) * 100 > len(text):
        raise _binary(name, line)
    return text


def decode_page(data: bytes, name: str) -> tuple[str, tuple[Note, ...]]:
    """Return the text of a page or a feed, and what to tell about it.

    The encoding that it declares is not believed, since pages often declare a wrong one. A few broken signs in UTF-8, such as a letter that an old
    blog cut in two, become U+FFFD.

    Raises:
        SourceError: when it is neither UTF-8 nor Thai in TIS-620 or Windows-874, or binary.
    """
    check_bytes(data, name)
    text = data.decode("utf-8", "replace")
    broken, foreign = text.count("\ufffd"), sum(1 for sign in text if sign > "\x7f")
    if broken == 0 or broken > MOST_BROKEN * foreign:
        return decode(data, name), ()
    en = f"{name}: the page holds {broken} broken signs. They stand as \ufffd. Save the page again if words are missing."
    return text, (Note(en, f"{name}: หน้าเว็บมีตัวอักษรเสีย {broken} แห่ง แสดงเป็น \ufffd หากมีคำขาดหาย โปรดบันทึกหน้าเว็บใหม่"),)


def decode_thai(data: bytes) -> str:
    """Return the text of bytes in TIS-620 or Windows-874, or nothing where they do not read as Thai."""
    try:
        text = data.decode("cp874")
    except UnicodeDecodeError:
        return ""
    return text if is_plausible_thai(text) else ""


def decode_name(data: bytes) -> str:
    r"""Return the name of a file: UTF-8, else Thai in TIS-620 as an old archive leaves it, else with its strange bytes as numbers.

    >>> decode_name("วัด.txt".encode("tis-620")), decode_name(b"caf\xe9.txt")
    ('วัด.txt', 'caf\\xe9.txt')
    """
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp874", "backslashreplace")
        return text if _is_spelt_as_thai(text) else data.decode("utf-8", "backslashreplace")


def check_bytes(data: bytes, name: str, line: int | None = None) -> None:
    """Refuse bytes that no text has.

    Raises:
        SourceError: when they begin with the byte-order mark of another encoding, or there is a NUL among them.
    """
    wide = next((encoding for mark, encoding in _WIDE if line is None and data.startswith(mark)), None)
    if wide:
        raise refusal(
            name,
            f"a text must be UTF-8. Got {wide}. Save it again as UTF-8.",
            f"ข้อความต้องเป็น UTF-8 แต่ไฟล์นี้เป็น {wide} โปรดบันทึกใหม่โดยเลือก UTF-8",
        )
    if b"\0" in data:
        raise _binary(name, line)


def _binary(name: str, line: int | None) -> SourceError:
    """Return the error of binary data."""
    return refusal(
        name,
        "a source must be text. Got binary data, or text in UTF-16. Save it again as text in UTF-8.",
        "แหล่งข้อมูลต้องเป็นข้อความ แต่พบข้อมูลไบนารี หรือข้อความแบบ UTF-16 โปรดบันทึกใหม่เป็นข้อความแบบ UTF-8",
        line,
    )


def no_known_text(name: str, place: int, line: int | None = None) -> SourceError:
    """Return the error of bytes in an encoding that is not read."""
    return refusal(
        name,
        f"a text must be UTF-8, or Thai in TIS-620. Got neither: byte {place} does not fit. Save it again as UTF-8.",
        f"ข้อความต้องเป็น UTF-8 หรือภาษาไทยแบบ TIS-620 แต่ไบต์ที่ {place} ไม่ใช่ทั้งสองแบบ โปรดบันทึกใหม่เป็น UTF-8",
        line,
    )


def is_plausible_thai(text: str) -> bool:
    """Say whether text decoded from single bytes reads as Thai: letters, marks in their places, frequent words.

    >>> is_plausible_thai("ไปประชุมที่วัด"), is_plausible_thai("caf\u0e49 na\u0e4fve")
    (True, False)
    """
    return _is_spelt_as_thai(text) and len(_FREQUENT.findall(text)) >= 1 + len(_THAI.findall(text)) // LETTERS_PER_WORD


def _is_spelt_as_thai(text: str) -> bool:
    """Say whether what is not ASCII are Thai letters, and marks and vowels in their places."""
    foreign = sum(1 for sign in text if sign > "\x7f")
    if not foreign or len(_THAI.findall(text)) < SHARE * foreign:
        return False
    marks, placed_marks = len(_MARK.findall(text)), len(_PLACED_MARK.findall(text))
    leading, placed_leading = len(_LEADING_VOWEL.findall(text)), len(_PLACED_VOWEL.findall(text))
    return placed_marks >= SHARE * marks and placed_leading >= SHARE * leading


def check_text(text: str, name: str, line: int | None = None) -> None:
    """Refuse a text that is empty or that no person wrote as one post.

    Raises:
        SourceError: when it is blank, too long, or holds a line that is too long.
    """
    if not text.strip(BLANK):
        raise no_post(name)
    if len(text) > MAX_POST_CHARS:
        raise refusal(
            name,
            f"a post must have {MAX_POST_CHARS:,} characters at most. Got {len(text):,}. Split it into its posts.",
            f"บันทึกหนึ่งเรื่องต้องยาวไม่เกิน {MAX_POST_CHARS:,} ตัวอักษร แต่พบ {len(text):,} ตัว โปรดแยกเป็นบันทึกละเรื่อง",
            line,
        )
    found = _LONG_LINE.search(text)
    if found:
        row = line if line is not None else 1 + len(re.findall(r"\r\n|\r|\n", text[: found.start()]))
        raise refusal(
            name,
            f"a line of a post must have {MAX_LINE_CHARS:,} characters at most. Got more. Break it into paragraphs.",
            f"หนึ่งบรรทัดของบันทึกต้องยาวไม่เกิน {MAX_LINE_CHARS:,} ตัวอักษร แต่พบยาวกว่านั้น โปรดแบ่งเป็นย่อหน้า",
            row,
        )


def notes_on(text: str, name: str) -> tuple[Note, ...]:
    """Return what a reader of the run should know about a text that is kept."""
    longest = max((len(found[0]) for found in _LONG_NUMBER.finditer(text)), default=0)
    if not longest:
        return ()
    en = f"{name}: the post holds a run of {longest:,} digits, probably pasted data. It was read as it stands."
    return (Note(en, f"{name}: บันทึกมีตัวเลขติดกัน {longest:,} หลัก น่าจะเป็นข้อมูลที่วางมา ระบบอ่านตามที่เป็นอยู่"),)
