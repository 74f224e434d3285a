"""What must be done first: dependencies between what one post opens, read from its words.

Comes in: threads. Goes out: the threads with `depends_on` for those whose opening says that it comes after another ("after X", "take the results of X
to …", "compile X into a report", "then"). Refuses nothing: only what the same post opened before it can be meant, and only where the words that name
it are its own; a bare "then" leans on what stands right before it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.threads.said import telling_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.followed import Thread
    from pipeline.records import When

_TASKS = frozenset({"action", "plan", "schedule-change", "promise", "commitment", "carried-topic"})
_NAMES = re.compile(
    r"(?:ภายหลัง|หลัง)(?:จาก)?(?!นั้น|นี้|สุด)(?P<after>.{3,60}?)(?:แล้ว|เสร็จ|อีก|จึง|ค่อย|ให้|จะ|(?=\s{2})|$)"
    r"|(?:เมื่อ|พอ|รอให้|รอ)(?!คราว|วัน|ครั้ง|ปี|เดือน|ตอน|เช้า|บ่าย|เย็น|ก่อน)(?P<done>.{3,60}?)(?:เสร็จ|เรียบร้อย|ครบ|(?<!ที่)แล้ว)"
    r"|(?:นำ|เอา)(?P<result>(?:ผล|ข้อมูล|บทเรียน|สิ่งที่ได้|รายชื่อ|แผน).{0,60}?)(?:ไป|มา)(?!ก่อน)"
    r"|(?:รวบรวม|ประมวล|สังเคราะห์)(?P<parts>.{3,80}?)(?:ไป|มา|เป็น|ทำ|เขียน|จัดทำ)"
)
_THEN = re.compile(r"^[\s\W]*(?:และ)?(?:จากนั้น|หลังจากนั้น|ต่อจากนั้น|เสร็จแล้ว(?!ก็)|แล้วจึง|แล้วค่อย|ถัดจากนั้น|หลังจากนี้|เพื่อ(?:นำ|ไป)?(?:เสนอ|รายงาน))")
_MOST = 0.6  # share of a clause's words that must be those of what it names
_DAY = re.compile(r"วันที่\s?([0-9]{1,2})(?![0-9])")


def depending(threads: Sequence[Thread]) -> list[Thread]:
    """Return the threads with what each of them waits for."""
    by_post: dict[str, list[Thread]] = {}
    for thread in threads:
        if thread.state != "candidate":
            by_post.setdefault(thread.opened_by.post, []).append(thread)
    needed = {thread.id: tuple(_needed(thread, by_post[thread.opened_by.post])) for rows in by_post.values() for thread in rows if _is_task(thread)}
    return [replace(thread, depends_on=before) if (before := needed.get(thread.id)) else thread for thread in threads]


def _is_task(thread: Thread) -> bool:
    return thread.kind in _TASKS


def _needed(thread: Thread, of_post: Sequence[Thread]) -> Iterator[str]:
    """Yield the ids of what the same post opened before and the words of the thread come after."""
    opener = thread.opened_by
    before = sorted((one for one in of_post if _is_task(one) and one.opened_by.span.end <= opener.span.start), key=lambda one: one.opened_by.span)
    if not before:
        return
    if _THEN.match(opener.quote):
        yield before[-1].id
        return
    clauses = [next(words for words in found.groupdict().values() if words) for found in _NAMES.finditer(opener.quote) if any(found.groups())]
    for one in before:
        if any(_is_meant(clause, one) for clause in clauses):
            yield one.id


def _is_meant(clause: str, before: Thread) -> bool:
    """Say whether a clause names what was opened before: by its day, or by most of its words."""
    if day := _DAY.search(clause):
        return any(when.first_day and when.first_day.day == int(day[1]) for when in _whens(before))
    words = set(telling_words(clause))
    shared = words & set(telling_words(before.opened_by.quote))
    return bool(shared) and _MOST * len(words) <= len(shared)


def _whens(thread: Thread) -> tuple[When, ...]:
    return thread.opened_by.action.when if thread.opened_by.action else ()
