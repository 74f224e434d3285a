"""The first steps of a team: what stands in its folder of posts, its first configuration, and the first words of its first digest.

Comes in: a folder, what somebody answered, a report of a run. Goes out: counts and refusals, a file, quotations. Refuses a folder without posts, as
`NoPosts`, and, as `SettingsError`, a configuration that is there already or cannot be written.
"""

from __future__ import annotations

import os
import shlex
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipeline.assets import asset
from pipeline.errors import SettingsError, SourceError, reason_th
from pipeline.jobs.collect import list_files
from pipeline.languages import find_dates
from pipeline.render.shorten import shortened
from pipeline.settings import DraftPhase, check_draft, text_of
from pipeline.sources import read_posts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.records import Digest
    from pipeline.settings import Draft, Language

LONGEST_WORDS = 120  # signs of a quotation in the terminal


@dataclass(slots=True)
class Survey:
    """What stands in a folder: files and posts by the ending of the file, and what cannot be read and why."""

    files: Counter[str] = field(default_factory=Counter)
    posts: Counter[str] = field(default_factory=Counter)
    refused: list[SourceError] = field(default_factory=list)


class FirstWords(NamedTuple):
    """The first thing that a digest says of a label."""

    phase: str
    label: str
    quote: str


def survey(folder: Path, out: Path) -> Survey:
    """Read every file of the folder and keep nothing.

    Raises:
        NoPosts: when there is no file of a format that posts come in.
        SettingsError: when there is no such folder.
    """
    found = Survey()
    for file in list_files([folder], out):
        found.files[file.ending] += 1
        for post in read_posts(file):
            if isinstance(post, SourceError):
                found.refused.append(post)
            else:
                found.posts[file.ending] += 1
    return found


def refuse_filled(folder: Path) -> None:
    """Refuse a folder for the sample posts that is neither new nor empty."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise SettingsError(
            en=f"{folder}: the folder for the sample posts must be new or empty. Something is there. Name another folder.",
            th=f"{folder}: โฟลเดอร์สำหรับบันทึกตัวอย่างต้องเป็นโฟลเดอร์ใหม่หรือว่างเปล่า แต่มีของอยู่แล้ว โปรดระบุโฟลเดอร์อื่น",
        )


def take_samples(folder: Path) -> None:
    """Copy the sample posts into a folder."""
    shutil.copytree(asset("corpora/samples"), folder, dirs_exist_ok=True)


def day_in(words: str, *, last: bool = False) -> str:
    """Return the day that words name, as ISO 8601; words that name none, or several, as they are.

    >>> day_in("1 มิ.ย. 2551"), day_in("มิถุนายน 2551", last=True), day_in("ปีโน้น")
    ('2008-06-01', '2008-06-30', 'ปีโน้น')
    """
    days = {one.last_day if last else one.first_day for one in find_dates(words)}
    day = days.pop() if len(days) == 1 else None
    return day.isoformat() if day else words


def told_day(answer: str, *, last: bool = False) -> str:
    """Return the day that an answer names, as ISO 8601; nothing for no answer, and what names no day is refused."""
    day = day_in(answer, last=last)
    try:
        return date.fromisoformat(day).isoformat() if day else ""
    except ValueError:
        raise SettingsError(
            en=f'The day must be one of the calendar, such as 2008-06-01. Got "{answer}" instead. Write it again, or leave it empty.',
            th=f'ต้องเป็นวันที่ เช่น 1 มิ.ย. 2551 แต่พบ "{answer}" โปรดพิมพ์ใหม่ หรือเว้นว่าง',
        ) from None


def checked(draft: Draft) -> Draft:
    """Return the draft; what an answer made of it and the file may not hold is refused as to a person who never saw the file."""
    return check_draft(draft, named=False)


def with_phase(draft: Draft, name: str, first_day: str = "", last_day: str = "") -> Draft:
    """Return the draft with one phase more; the one before, if no end of it was told, ends on the day before this one begins.

    >>> from pipeline.settings import Draft
    >>> draft = with_phase(Draft("กบ"), "นำร่อง", "2008-06-01")
    >>> with_phase(draft, "ขยาย", "2009-01-01").phases[0].last_day
    '2008-12-31'
    """
    if name in [phase.name for phase in draft.phases]:
        raise SettingsError(
            en=f'A phase must have a name of its own. Got "{name}" again. Write another name, or leave it empty if there is no more.',
            th=f'ชื่อระยะงานต้องไม่ซ้ำกัน แต่พบ "{name}" อีกครั้ง โปรดพิมพ์ชื่ออื่น หรือเว้นว่างถ้าไม่มีอีก',
        )
    phases = list(draft.phases)
    if phases and "" == phases[-1].last_day < phases[-1].first_day < first_day:
        phases[-1] = replace(phases[-1], last_day=(date.fromisoformat(first_day) - timedelta(days=1)).isoformat())
    if (first_day or last_day) and not "" < last_day < first_day:  # those are refused by themselves
        _refuse_shared(phases, first_day)
    return checked(replace(draft, phases=(*phases, DraftPhase(name, first_day, last_day))))


def _refuse_shared(phases: Iterable[DraftPhase], first_day: str) -> None:
    """Refuse a first day before the end of the phase before, in the words of whoever named it."""
    before = next((phase for phase in reversed([*phases]) if phase.first_day or phase.last_day), None)
    if before and not (before.last_day and first_day >= max(before.first_day, before.last_day)):
        en, th = (
            (f"ended on {before.last_day}", f"ถึง {before.last_day}")
            if before.last_day
            else (f"began on {before.first_day}", f"เริ่ม {before.first_day}")
        )
        raise SettingsError(
            en=f'A phase must begin after the last one. Got {first_day or "no day"} as the first, and "{before.name}" {en}. Write both days again.',
            th=f'ระยะงานต้องเรียงตามเวลาและไม่ซ้อนกัน แต่พบวันเริ่ม {first_day or "ว่าง"} ส่วน "{before.name}" {th} โปรดพิมพ์วันทั้งสองใหม่',
        )


def write_first(file: Path, draft: Draft, language: Language, *, force: bool = False) -> None:
    """Write the configuration, whole or not at all, and never in place of one that is there unless by `force`."""
    if not force:
        refuse_existing(file)
    try:
        handle, part = tempfile.mkstemp(prefix=".lessons-", suffix=".part", dir=file.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as opened:
            opened.write(text_of(draft, language))
        Path(part).chmod(0o644)
        Path(part).replace(file)
    except OSError as failure:
        raise SettingsError(
            en=f"{file}: the configuration must be written beside the posts. Got {failure.strerror}. Check who may write there.",
            th=f"{file}: เขียนไฟล์การตั้งค่าไว้กับบันทึกไม่ได้ ({reason_th(failure)}) โปรดตรวจสิทธิ์การเขียนของโฟลเดอร์",
        ) from failure


def refuse_existing(file: Path) -> None:
    """Refuse to begin anew where a configuration stands."""
    if file.exists():
        again = shlex.join(["lessons", "run", str(file.parent)])
        raise SettingsError(
            en=f"{file}: a configuration is there already and was left as it is. Read the posts with it: {again}. Or write over it with --force.",
            th=f"{file}: มีไฟล์การตั้งค่าอยู่แล้ว จึงไม่แตะต้อง ถ้าจะอ่านบันทึกตามไฟล์นี้ สั่ง {again} ถ้าต้องการเขียนทับ ใส่ --force",
        )


def first_words(digests: Iterable[Digest]) -> list[FirstWords]:
    """Return for each phase the first quotation of each label, as it may be shown."""
    return [
        FirstWords(digest.phase.name, section.label, shortened(section.items[0].evidence[0].passage.quote, LONGEST_WORDS))
        for digest in digests
        for section in digest.sections
        if section.items
    ]
