"""Topics that one meeting carries on to the next, each followed by itself with the four questions that the next meeting asks of it.

Comes in: threads, and the passages in the order of time. Goes out: the threads, where a passage that carries topics on has one for each topic in
place of its one. Refuses nothing: where no list can be told apart the whole passage stays one topic. A passage of a later post that names the topic
is news of it, and answers the question that its words speak of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.followed import Ask, Thread, ThreadEvent
from pipeline.records import short_hash
from pipeline.threads.lists import topics_of
from pipeline.threads.openers import carries_topics
from pipeline.threads.relations import SOLVED, state_after
from pipeline.threads.said import telling_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pipeline.followed import AskedOf, Relation
    from pipeline.records import Passage
    from pipeline.threads.said import Told

    TextOf = Callable[[str], str]

_BACK = 3  # a list may stand so many passages before the one that carries it on
_MOST = 12  # what more passages name is the business of the whole network, not news of one topic
_MOST_OF_ITS_WORDS = 0.7
_STUCK = re.compile("ติดขัด|มีปัญหา|อุปสรรค|ยังไม่|ไม่สามารถ|ยังขาด")
_FORTH = re.compile("คืบหน้า|เดินหน้า|ก้าวหน้า|เริ่ม.{0,20}แล้ว|กำลัง|ดีขึ้น|เพิ่มขึ้น|ลดลง")
_ANSWERS: dict[AskedOf, re.Pattern[str]] = {
    "tool": re.compile("เครื่องมือ|วิธีการ|วิธีทำ|เทคนิค|อุปกรณ์|แบบฟอร์ม|แบบสอบถาม|สมุดบันทึก|ใช้.{1,30}(?:ช่วย|เป็นตัว)"),
    "content": re.compile("เนื้อหา|บูรณาการ|หลักสูตร|องค์ความรู้|ความรู้เรื่อง|สอดแทรก|เพิ่มเรื่อง|ผนวก"),
}


@dataclass(frozen=True, slots=True)
class _Topic:
    thread: Thread
    order: int
    words: frozenset[str]
    closed_up: str  # the title without gaps


def carried(threads: Sequence[Thread], told: Sequence[Told], text_of: TextOf | None = None) -> list[Thread]:
    """Return the threads with one for each topic that is carried on, and what later posts say of it; `text_of` gives the text of a post by its id."""
    generic = {thread.opened_by.id: thread for thread in threads if thread.state != "candidate"}
    topics: dict[str, list[_Topic]] = {}
    repeated: set[tuple[str, str | None]] = set()
    for place, one in enumerate(told):
        key = (one.passage.post, one.passage.group)
        if carries_topics(one.passage) and key not in repeated:
            repeated |= {key} if one.passage.group else set()
            topics[one.passage.id] = list(_topics(told, place, generic.get(one.passage.id), text_of))
    news = _news([topic for several in topics.values() for topic in several], told)
    rest = [thread for thread in threads if thread.opened_by.id not in topics]
    return [*(_heard(topic, news[topic.thread.id]) for several in topics.values() for topic in several), *rest]


def _topics(told: Sequence[Told], place: int, generic: Thread | None, text_of: TextOf | None) -> Iterator[_Topic]:
    """Yield a thread for each topic that the passage at a place carries on; a day that was set and moved for the passage holds for each."""
    carrying = told[place].passage
    before = [one.passage for one in reversed(told[max(0, place - _BACK) : place]) if one.passage.post == carrying.post]
    number, titles = topics_of(carrying.quote, [passage.quote for passage in before])
    if not titles and text_of:  # the list itself may be no passage
        number, titles = 0, topics_of(carrying.quote, _lines_before(carrying, text_of(carrying.post)))[1]
    held = carrying if number == 0 else before[number - 1]
    events = [ThreadEvent(held, "opens"), *([ThreadEvent(carrying, "mentions")] if held is not carrying else [])]
    shared = [event for event in generic.events[1:] if event.relation == "moved"] if generic else []
    owners = generic.owners if generic else ()
    for title in titles or [carrying.quote]:
        thread = Thread(
            short_hash("topic", carrying.id, title),
            "carried-topic",
            title,
            "moved" if shared else "open",
            (*events, *shared),
            owners,
            generic.due if generic else None,
        )
        yield _Topic(thread, told[place].order, frozenset(telling_words(title)), _closed_up(title))


def _lines_before(passage: Passage, text: str) -> list[str]:
    """Return the lines of a post that stand right before a passage, the nearest first, which is that of the passage itself up to it."""
    return [line for line in reversed(text[: passage.span.start].split("\n")) if line.strip()][:_BACK]


def _news(topics: Sequence[_Topic], told: Sequence[Told]) -> dict[str, list[Passage]]:
    """Return the passages of later posts that name each topic; its words lead to it, so that no passage is compared with every topic."""
    found: dict[str, list[Passage]] = {topic.thread.id: [] for topic in topics}
    by_word: dict[str, list[_Topic]] = {}
    for topic in topics:
        for word in topic.words:
            by_word.setdefault(word, []).append(topic)
    for one in told if topics else ():
        telling = telling_words(one.passage.quote)
        if by_word.keys().isdisjoint(telling):
            continue
        words = set(telling)
        named = {topic.thread.id: topic for word in words & by_word.keys() for topic in by_word[word] if one.order > topic.order}
        closed_up = _closed_up(one.passage.quote) if named else ""
        for id_, topic in named.items():
            if len(found[id_]) <= _MOST and _names(topic, words, closed_up):
                found[id_].append(one.passage)
    return {id_: passages if len(passages) <= _MOST else [] for id_, passages in found.items()}


def _names(topic: _Topic, words: set[str], closed_up: str) -> bool:
    """Say whether a quote, without its gaps, names the topic: in its own words, or most of them."""
    if topic.closed_up in closed_up:
        return True
    shared = topic.words & words
    return len(shared) > 1 and len(shared) >= _MOST_OF_ITS_WORDS * len(topic.words)


def _closed_up(text: str) -> str:
    return "".join(text.split())


def _heard(topic: _Topic, news: Sequence[Passage]) -> Thread:
    """Return the thread of a topic with its news and the answers to its four questions."""
    thread, state = topic.thread, str(topic.thread.state)
    events = [ThreadEvent(passage, _relation(passage)) for passage in news]
    for event in events:
        state = state_after(state, event)
    answers: dict[AskedOf, tuple[Passage, ...]] = {
        "progress": tuple(event.passage for event in events if event.relation in {"progress", "done"}),
        "problem": tuple(event.passage for event in events if event.relation == "problem"),
        **{question: tuple(passage for passage in news if pattern.search(passage.quote)) for question, pattern in _ANSWERS.items()},
    }
    asks = tuple(Ask(question, passages) for question, passages in answers.items())
    return replace(thread, state=state, events=(*thread.events, *events), asks=asks)  # type: ignore[arg-type]  # one of the states


def _relation(passage: Passage) -> Relation:
    """Return what a passage says of a topic; only words of an end close it, and a part that is done is progress."""
    state = passage.action.state if passage.action else None
    if passage.label == "issue" or state == "cancelled" or (_STUCK.search(passage.quote) and not SOLVED.search(passage.quote)):
        return "problem"
    if SOLVED.search(passage.quote):
        return "done"
    return "progress" if state in {"done", "ongoing"} or _FORTH.search(passage.quote) else "mentions"
