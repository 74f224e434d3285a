"""The shape of ``lessons.toml``: its tables, their keys, and the rules of each value.

Comes in: what the TOML reader gives. Goes out: checked tables, which stay inside this package. Refuses, through pydantic: unknown keys,
wrong types, and every value that breaks a rule.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from itertools import pairwise
from typing import Annotated, Literal, get_args
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator, model_validator

from pipeline.cuts import CutKind
from pipeline.settings.feeds import feed_of, feed_url
from pipeline.settings.mail import MailTable
from pipeline.settings.refusals import Wrong, must_be, nearest
from pipeline.settings.review import BaseUrl, ProxyAddress  # noqa: TC001 - pydantic reads them
from pipeline.settings.schedule import ScheduleTable
from pipeline.settings.values import Email, Table, Words

FIRST_BUDDHIST_YEAR = 2400
BUDDHIST_ERA = 543
UNASSIGNED = "unassigned"  # stands for passages without a phase

_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,40}")
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_FOLDERS = {UNASSIGNED, "outside", "posts", "mail"}  # the output has folders of these names
_WINDOWS = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}


def _id(value: str) -> str:
    if not _ID.fullmatch(value):
        rule = (
            "1 to 41 of the signs a-z, 0-9 and -, beginning with a letter or a digit",
            "ตัวอักษร a-z ตัวเลข 0-9 หรือขีด - รวม 1 ถึง 41 ตัว และขึ้นต้นด้วยตัวอักษรหรือตัวเลข",
        )
        raise must_be(rule, value, ("Choose a short id such as project-1.", "โปรดตั้งชื่อย่อสั้นๆ เช่น project-1"))
    if value in _WINDOWS:
        raise must_be(("a name that Windows allows for a folder", "ชื่อที่ Windows ให้ใช้เป็นชื่อโฟลเดอร์ได้"), value, ("Choose another id.", "โปรดใช้ชื่ออื่น"))
    return value


def _phase_id(value: str) -> str:
    if value in _FOLDERS:
        raise must_be(
            ("a name that the output does not use itself", "ชื่อที่โปรแกรมไม่ได้ใช้เป็นชื่อโฟลเดอร์อยู่แล้ว"),
            value,
            ("Choose another id.", "โปรดใช้ชื่ออื่น"),
        )
    return _id(value)


def _cut(value: str) -> str:
    kinds = get_args(CutKind)
    if value not in kinds:
        meant = nearest(value, kinds)
        advice = (f'Did you mean "{meant}"?', f'หมายถึง "{meant}" ใช่หรือไม่ โปรดแก้ไข') if meant else ("Choose one of them.", "โปรดเลือกหนึ่งแบบ")
        raise must_be((f"one of {', '.join(kinds)}", f"หนึ่งใน {' '.join(kinds)}"), value, advice)
    return value


def _timezone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        meant = nearest(value, available_timezones()) or "Asia/Bangkok"
        raise must_be(
            ('a time zone such as "Asia/Bangkok"', 'ชื่อเขตเวลา เช่น "Asia/Bangkok"'),
            value,
            (f'Did you mean "{meant}"?', f'หมายถึง "{meant}" ใช่หรือไม่ โปรดแก้ไข'),
        ) from None
    return value


def _day(value: object) -> date:
    rule = ("a day written year-month-day, such as 2006-01-31", "วันที่ เขียนเป็น ปี-เดือน-วัน เช่น 2006-01-31")
    written = str(value) if isinstance(value, date) and not isinstance(value, datetime) else value
    parts = _DAY.fullmatch(written.strip()) if isinstance(written, str) else None
    if not parts:
        raise must_be(rule, value)
    year, month, day = map(int, parts.groups())
    if year >= FIRST_BUDDHIST_YEAR:
        meant = f"{year - BUDDHIST_ERA}-{month:02}-{day:02}"
        raise Wrong(
            f"must be a day of the Gregorian calendar. Got {written} instead, which has the Buddhist year {year}. Write {meant}.",
            f"ต้องเป็นวันที่แบบ ค.ศ. แต่พบ {written} ซึ่งเป็นปี พ.ศ. {year} โปรดเขียนเป็น {meant}",
        )
    try:
        return date(year, month, day)
    except ValueError:
        raise must_be(rule, value, ("Correct it: the calendar has no such day.", "โปรดแก้ไข เพราะไม่มีวันที่นี้ในปฏิทิน")) from None


Id = Annotated[str, AfterValidator(_id)]
PhaseId = Annotated[str, AfterValidator(_phase_id)]
Day = Annotated[date, BeforeValidator(_day)]


class ProjectTable(Table):
    """``[project]``: whose work it is."""

    id: Id = "posts"
    name: Words = "บันทึกที่รวบรวมไว้"
    timezone: Annotated[str, AfterValidator(_timezone)] = "Asia/Bangkok"
    reading: Literal["deep", "full", "linear", "fast"] = "full"


class PhaseTable(Table):
    """``[[phase]]``: a stage of the work."""

    id: PhaseId
    name: Words
    first_day: Day | None = None
    last_day: Day | None = None
    cues: list[Words] = Field(default_factory=list)

    @model_validator(mode="after")
    def _in_order(self) -> PhaseTable:
        if self.first_day and self.last_day and self.last_day < self.first_day:
            rule = (f'on or after "first_day", {self.first_day}', f'วันเดียวกับหรือหลัง "first_day" คือ {self.first_day}')
            raise must_be(rule, self.last_day, ("Correct one of the two.", "โปรดแก้วันใดวันหนึ่ง"), "last_day")
        return self

    @property
    def days(self) -> tuple[date, date] | None:
        """Return the first and last day, open ends as far as dates go; none where the phase has no days."""
        return (self.first_day or date.min, self.last_day or date.max) if self.first_day or self.last_day else None


class ReaderTable(Table):
    """``[[reader]]``: who gets the digest by mail."""

    email: Email
    roles: list[Words] = Field(default_factory=list)
    cut: Annotated[str, AfterValidator(_cut)] | None = None  # becomes a part of file names
    agency: Words | None = None
    area: Words | None = None
    lang: Literal["th", "en"] = "th"
    outside: bool = False


class FeedTable(Table):
    """``[[feed]]``: a feed that `lessons collect` reads."""

    url: Annotated[str, AfterValidator(feed_url)]
    id: Id | None = None


class PrivacyTable(Table):
    """``[privacy]``: what readers outside the team may see."""

    private_names: Literal["mask", "show"] = "mask"


class DocumentsTable(Table):
    """``[documents]``: how the documents for officers are written."""

    thai_digits: bool = True


class ReviewTable(Table):
    """``[review]``: where the reviewers' browsers find the review app."""

    base_url: BaseUrl | None = None
    proxy: ProxyAddress | None = None
    training: bool = True
    order: Literal["value", "random"] = "random"


class LessonsTable(Table):
    """The whole file."""

    project: ProjectTable = ProjectTable()
    phase: list[PhaseTable] = Field(default_factory=list)
    reader: list[ReaderTable] = Field(default_factory=list)
    feed: list[FeedTable] = Field(default_factory=list)
    privacy: PrivacyTable = PrivacyTable()
    documents: DocumentsTable = DocumentsTable()
    mail: MailTable = MailTable()
    schedule: ScheduleTable = ScheduleTable()
    review: ReviewTable = ReviewTable()

    @field_validator("phase", "reader", "feed", mode="before")
    @classmethod
    def _many(cls, value: object, info: ValidationInfo) -> object:
        if not isinstance(value, list):
            block = f"[[{info.field_name}]]"
            rule = (f"written {block}, because there can be several", f"ช่องที่เขียนว่า {block} เพราะมีได้หลายช่อง")
            raise must_be(rule, value, (f"Write {block} above its keys.", f"โปรดเขียน {block} ไว้เหนือหัวข้อ"))
        return value

    @field_validator("phase")
    @classmethod
    def _apart(cls, phases: list[PhaseTable]) -> list[PhaseTable]:
        _check_different([phase.id for phase in phases], "phase", "id")
        _check_cues(phases)
        _check_days([(number, phase, phase.days) for number, phase in enumerate(phases) if phase.days])
        return phases

    @field_validator("reader")
    @classmethod
    def _each_once(cls, readers: list[ReaderTable]) -> list[ReaderTable]:
        _check_different([reader.email.casefold() for reader in readers], "reader", "email")
        return readers

    @field_validator("feed")
    @classmethod
    def _own_files(cls, feeds: list[FeedTable]) -> list[FeedTable]:
        _check_different([feed.url for feed in feeds], "feed", "url")
        _check_different([feed_of(feed.url, feed.id).id for feed in feeds], "feed", "id")
        return feeds


KEYS = {
    "": tuple(LessonsTable.model_fields),
    "project": tuple(ProjectTable.model_fields),
    "phase": tuple(PhaseTable.model_fields),
    "reader": tuple(ReaderTable.model_fields),
    "feed": tuple(FeedTable.model_fields),
    "privacy": tuple(PrivacyTable.model_fields),
    "documents": tuple(DocumentsTable.model_fields),
    "mail": tuple(name for name in MailTable.model_fields if name != "password"),
    "schedule": tuple(ScheduleTable.model_fields),
    "review": tuple(ReviewTable.model_fields),
}


def _check_different(values: list[str], block: str, key: str) -> None:
    first: dict[str, int] = {}
    for number, value in enumerate(values):
        earlier = first.setdefault(value, number)
        if earlier != number:
            raise Wrong(
                f'must be in one [[{block}]] only. Got "{value}" in [[{block}]] {earlier + 1} too. Change or remove one of the two.',
                f'ต้องไม่ซ้ำกัน แต่พบ "{value}" ใน [[{block}]] ลำดับที่ {earlier + 1} ด้วย โปรดแก้หรือลบช่องใดช่องหนึ่ง',
                number,
                key,
            )


def _check_cues(phases: list[PhaseTable]) -> None:
    owners: dict[str, int] = {}
    for number, phase in enumerate(phases):
        for place, cue in enumerate(phase.cues):
            owner = owners.setdefault("".join(cue.split()).casefold(), number)
            if owner != number:
                raise Wrong(
                    f'must belong to one phase only. Got "{cue}" in [[phase]] {owner + 1} too. Remove it from one of the two.',
                    f'ต้องเป็นคำของระยะงานเดียว แต่พบ "{cue}" ใน [[phase]] ลำดับที่ {owner + 1} ด้วย โปรดลบออกจากระยะงานใดระยะงานหนึ่ง',
                    number,
                    "cues",
                    place,
                )


def _check_days(dated: list[tuple[int, PhaseTable, tuple[date, date]]]) -> None:
    """Refuse phases out of order or with days in common; the last day of one may be the first of the next."""
    for (before, earlier, (begun, ended)), (number, later, (begins, _)) in pairwise(dated):
        names = f'[[phase]] {before + 1} "{earlier.id}"', f'[[phase]] ลำดับที่ {before + 1} "{earlier.id}"'
        if later.first_day and begins < begun:
            raise Wrong(
                f'"{later.id}" must begin after {names[0]}: phases stand in time order. Got {begins} after {begun}. Change the order or the days.',
                f'"{later.id}" ต้องเริ่มหลัง {names[1]} เพราะระยะงานเรียงตามเวลา แต่พบ {begins} ซึ่งมาก่อน {begun} โปรดสลับลำดับหรือแก้วันที่',
                number,
                "first_day",
            )
        if begins < ended:
            ends = (str(ended),) * 2 if earlier.last_day else ("an open end", "ยังไม่ได้ระบุ")
            starts = (str(begins),) * 2 if later.first_day else ("an open beginning", "ยังไม่ได้ระบุ")
            raise Wrong(
                f'"{later.id}" must not share days with {names[0]}. Got {starts[0]} here and {ends[0]} as the last day there. Correct one of them.',
                f'"{later.id}" ต้องไม่มีวันซ้อนกับ {names[1]} แต่พบวันแรกของช่วงนี้: {starts[1]} และวันสุดท้ายของช่วงนั้น: {ends[1]} โปรดแก้วันใดวันหนึ่ง',
                number,
                "first_day",
            )
