"""The error tree. Every error says the place, the rule, what was found and what to do, in English and in Thai.

LessonsError
├── SettingsError      lessons.toml, LESSONS_* or the command line is wrong        exit status 2
├── NoPosts            the sources hold no post at all                             exit status 2
├── SourceError        a file, or a line of one, cannot be read: it is set aside   exit status 3
├── AlreadyDecided     somebody else has decided on the item since it was shown     exit status 1
├── CorrectionRefused  a correction is none that can be: an edge inside a sign …   exit status 2
├── FetchError         a feed cannot be fetched: it is told and asked again later   exit status 3
├── StoreError         the database cannot be opened, read or written              exit status 1
├── AtWork             another run is at work on the same database                exit status 1
├── ModelError         a trained model is missing, damaged or not ours             exit status 1
├── MailError          the mail server cannot be used: what waits is tried later   exit status 1
└── Stopped            a person stopped it in the middle                           exit status 130
"""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

_REASONS_TH = {
    errno.ENOENT: "ไม่พบไฟล์หรือโฟลเดอร์",
    errno.EACCES: "ไม่มีสิทธิ์เข้าถึง",
    errno.EPERM: "ไม่อนุญาตให้ทำ",
    errno.EEXIST: "มีไฟล์ชื่อนี้อยู่แล้ว",
    errno.EISDIR: "เป็นโฟลเดอร์ ไม่ใช่ไฟล์",
    errno.ENOTDIR: "มีไฟล์อยู่ตรงที่ควรเป็นโฟลเดอร์",
    errno.ENOSPC: "ดิสก์เต็ม",
    errno.EFBIG: "ไฟล์ใหญ่เกินที่ระบบยอมให้เขียน",
    errno.EROFS: "ดิสก์นี้อ่านได้อย่างเดียว",
    errno.EIO: "ดิสก์ขัดข้อง",
}


def reason_th(error: OSError) -> str:
    """Return in Thai why the system refused, or the number of its error where we have no word for it.

    >>> reason_th(OSError(errno.ENOSPC, "No space left on device")), reason_th(OSError(errno.ELOOP, "Too many levels"))
    ('ดิสก์เต็ม', 'ข้อผิดพลาดของระบบหมายเลข 40')
    """
    if error.errno is None:
        return "ไม่ทราบสาเหตุ"
    return _REASONS_TH.get(error.errno, f"ข้อผิดพลาดของระบบหมายเลข {error.errno}")


class LessonsError(Exception):
    """Something that a person can mend; `en` and `th` are one clear sentence each."""

    exit_status = 1

    def __init__(self, en: str, th: str) -> None:
        """Keep the sentence in both languages."""
        super().__init__(en)
        self.en = en
        self.th = th

    def say(self, language: str) -> str:
        """Return the sentence in Thai for ``th``, else in English."""
        return self.th if language == "th" else self.en


class SettingsError(LessonsError):
    """The configuration or the command line is wrong."""

    exit_status = 2


class NoPosts(LessonsError):
    """The sources hold no post at all."""

    exit_status = 2


class SourceError(LessonsError):
    """A file, or a line of one, is not a post: it is set aside and the rest goes on."""

    exit_status = 3

    def __init__(self, en: str, th: str, line: int | None = None) -> None:
        """Keep the sentence in both languages, and the line where the file has many posts."""
        super().__init__(en, th)
        self.line = line


class AlreadyDecided(LessonsError):
    """Somebody else has decided on an item since it was shown; nothing is lost, nothing is overwritten."""

    def __init__(self, by: str, at: datetime | None) -> None:
        """Keep who decided, and when."""
        super().__init__(
            en=f"A decision must be on the item as it is now. {by or 'Somebody else'} has decided on it since it was shown. Look at it again.",
            th=f"{by or 'ผู้ตรวจทานอีกคน'} ตัดสินรายการนี้ไปแล้วหลังจากที่เปิดดู โปรดดูรายการนี้อีกครั้ง",
        )
        self.by = by
        self.at = at


class CorrectionRefused(LessonsError):
    """A correction is none that can be: an edge inside a sign or outside the text, a label or a value that there is not."""

    exit_status = 2


class FetchError(LessonsError):
    """A feed cannot be fetched now: the others are."""

    exit_status = 3

    def __init__(self, en: str, th: str, wait: float | None = None) -> None:
        """Keep the sentence in both languages, and for how many seconds the other machine asks to be left alone."""
        super().__init__(en, th)
        self.wait = wait


class StoreError(LessonsError):
    """The database cannot be opened, read or written."""


class AtWork(LessonsError):
    """Another run is at work on the same database."""


class ModelError(LessonsError):
    """A trained model is missing, damaged or not one of ours."""


class MailError(LessonsError):
    """The mail server cannot be reached, trusted or used: nothing was handed over, and what waits is tried later."""


class Stopped(LessonsError):
    """A person stopped a command in the middle."""

    exit_status = 130  # as the shell counts Ctrl-C
