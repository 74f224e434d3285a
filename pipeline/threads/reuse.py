"""Lessons of an earlier phase that a later one uses.

Comes in: threads, the passages in the order of time, and the ids of the phases in theirs. Goes out: the threads, with one of kind "reuse" for each
lesson that a passage of a later phase applies, or says again; what was followed of the lesson already is in it. Refuses nothing: a lesson that
nothing takes up has no thread, and is told among the inputs of the next phase as not used. An index of the lessons' words finds those that a
passage can mean.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.followed import Thread, ThreadEvent
from pipeline.records import short_hash
from pipeline.threads.said import Weights, telling_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.followed import Relation
    from pipeline.records import Passage
    from pipeline.threads.said import Told

_APPLIES = re.compile(
    "ต่อยอด|บทเรียน(?:จาก|ของ|ที่|เดิม|ครั้งก่อน|ระยะ|รุ่น|โครงการ)|ตามบทเรียน|ใช้บทเรียน|ประยุกต์|เอาอย่าง|เอาแบบ|แบบอย่าง|ต้นแบบ|ถอดแบบ|ขยายผล"
    "|อย่างที่(?:เคย)?(?:ทำ|เรียนรู้|ได้ผล)|เหมือน(?:ที่|เมื่อ|คราว|ครั้ง|โครงการ|รุ่น)|นำร่อง|(?:ปี|ระยะ|รุ่น|โครงการ|คราว|ครั้ง)(?:ก่อน|ที่แล้ว|แรก)(?:สอน|ทำ|พบ|เรา|บอก)"
)
_KEYS = 6  # rare words by which a lesson is found again
_COMMON = 40  # a word by which more lessons would be found says nothing
_LEAST, _APPLIED, _SAME = 2, 0.3, 0.65  # shared words, and the share of weight from which a passage means the lesson: where it says so, and where not


@dataclass(frozen=True, slots=True)
class _Lesson:
    passage: Passage
    phase: int
    words: Mapping[str, float]


def with_reuse(threads: Sequence[Thread], told: Sequence[Told], phases: Sequence[str]) -> list[Thread]:
    """Return the threads with what later phases use of the lessons of earlier ones."""
    used = {thread.opened_by.id: thread for thread in _reused(told, phases)}
    place = {one.passage.id: number for number, one in enumerate(told)}
    found = []
    for thread in threads:
        more = used.pop(thread.opened_by.id, None) if thread.kind == "reuse" and thread.state != "candidate" else None
        found.append(_joined(thread, more, place) if more else thread)
    return [*found, *used.values()]


def _joined(thread: Thread, more: Thread, place: Mapping[str, int]) -> Thread:
    """Return a thread with the news of another on the same lesson, in the order of time."""
    known = {event.passage.id for event in thread.events}
    news = [*thread.events[1:], *(event for event in more.events if event.passage.id not in known)]
    return replace(more, id=thread.id, events=(thread.events[0], *sorted(news, key=lambda event: place[event.passage.id])))


def _reused(told: Sequence[Told], phases: Sequence[str]) -> list[Thread]:
    """Return a thread for each lesson of a phase that a later phase uses."""
    order = {phase: place for place, phase in enumerate(phases)}
    placed = [one for one in told if one.passage.phase in order]
    if len({one.passage.phase for one in placed}) < 2:  # noqa: PLR2004 - one phase has no later one
        return []
    index, lessons = _indexed(placed, order)
    events: dict[str, list[ThreadEvent]] = {}
    for one in placed:
        for lesson, relation in _meant(one.passage, order[str(one.passage.phase)], index):
            events.setdefault(lesson.passage.id, []).append(ThreadEvent(one.passage, relation))
    return [
        Thread(short_hash("reuse", id_), "reuse", lessons[id_].quote, "progress", (ThreadEvent(lessons[id_], "opens"), *news))
        for id_, news in events.items()
    ]


def _indexed(placed: Sequence[Told], order: Mapping[str, int]) -> tuple[dict[str, list[_Lesson]], dict[str, Passage]]:
    """Return the lessons by their rarest words, one of each group, and all of them by their ids."""
    lessons = [one.passage for one in placed if one.passage.label == "lesson"]
    weights = Weights(passage.quote for passage in lessons)
    firsts: dict[str, Passage] = {}
    for passage in lessons:
        firsts.setdefault(passage.group or passage.id, passage)
    index: dict[str, list[_Lesson]] = {}
    for passage in firsts.values():
        lesson = _Lesson(passage, order[str(passage.phase)], weights.of(telling_words(passage.quote)))
        for word in sorted(lesson.words, key=lambda word: (-lesson.words[word], word))[:_KEYS]:
            index.setdefault(word, []).append(lesson)
    return index, {passage.id: passage for passage in firsts.values()}


def _meant(passage: Passage, phase: int, index: Mapping[str, Sequence[_Lesson]]) -> list[tuple[_Lesson, Relation]]:
    """Return the lessons of earlier phases that a passage uses: applied where it says so, else said again by a lesson of nearly the same words."""
    words = set(telling_words(passage.quote))
    applies = bool(_APPLIES.search(passage.quote))
    found: Counter[str] = Counter()
    candidates: dict[str, _Lesson] = {}
    for word in sorted(words & index.keys()):
        for lesson in index[word] if len(index[word]) <= _COMMON else ():
            if lesson.phase < phase:
                candidates[lesson.passage.id] = lesson
                found[lesson.passage.id] += 1
    used: list[tuple[_Lesson, Relation]] = []
    for id_, _ in found.most_common(_COMMON):
        lesson = candidates[id_]
        shared = words & lesson.words.keys()
        share = sum(lesson.words[word] ** 2 for word in shared)
        if len(shared) > _LEAST and share >= _SAME and passage.label == "lesson":
            used.append((lesson, "corroborates"))
        elif applies and len(shared) >= _LEAST and share >= _APPLIED:
            used.append((lesson, "progress"))
    return used
