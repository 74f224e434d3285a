"""Disagreements: two voices with opposite claims on one topic, told as both sides.

Comes in: threads, and the passages in the order of time. Goes out: the threads, what somebody contradicts in the same post with the passage that
does so as an event "disputes"; where nobody opened a thread of the first claim, one of kind "issue". Refuses nothing: no side is merged with the
other, none is right. Both must be on the same words, and the second must say that it differs, or say "not" where the first does not.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.followed import Thread, ThreadEvent
from pipeline.records import short_hash
from pipeline.threads.said import telling_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.records import Passage
    from pipeline.threads.said import Told

_I = "(?:ผม|ดิฉัน|หนู|ฉัน|กระผม|พี่|เรา|ส่วนตัว)"
_AGAINST = re.compile(
    rf"ไม่(?:ค่อย|ใคร่)?เห็นด้วย|เห็น(?:ต่าง|แย้ง)|ขอ(?:แย้ง|ค้าน|เห็นต่าง)|(?:แต่|ส่วน){_I}(?:กลับ)?(?:คิด|เห็น|มอง|เชื่อ|รู้สึก)?ว่า|{_I}กลับ(?:คิด|เห็น|มอง)ว่า"
    r"|(?:น่าจะ|ควร(?:จะ)?).{2,80}(?:มากกว่า|แทน(?!ที่จะ)|จะดีกว่า|เป็นตัวตั้ง)|ไม่(?:น่า|ควร)(?:จะ)?.{2,40}(?:แต่|ควร|น่าจะ)"
)
_AGREES = re.compile("^[\\s\\W]*เห็นด้วย(?!แต่)")
_NOT = re.compile("ไม่(?!ใช่แค่|เพียง|เฉพาะ|ว่า)")
_LEAST, _SHARE = 2, 0.3  # words that both hold, and their share of the shorter claim, where the second says that it differs
_NEAR = 0.6  # share of all their words that two claims have in common of which one says "not"


def disputed(threads: Sequence[Thread], told: Sequence[Told]) -> list[Thread]:
    """Return the threads with what contradicts them, and those of claims that nobody followed before they were contradicted."""
    pairs = [pair for _, rows in groupby(told, key=lambda one: one.passage.post) for pair in _pairs([row.passage for row in rows])]
    by_opener = {thread.opened_by.id: thread for thread in threads if thread.state != "candidate"}
    against: dict[str, list[Passage]] = {}
    claims: dict[str, Passage] = {}
    for claim, other in pairs:
        against.setdefault(claim.id, []).append(other)
        claims[claim.id] = claim
    sides = {(claim.id, other.id) for claim, other in pairs}  # nobody is asked whether one is news of the other
    asked = [one for one in threads if one.state != "candidate" or (one.opened_by.id, one.last.passage.id) not in sides]
    found = [_with(one, against[one.opened_by.id]) if one.state != "candidate" and one.opened_by.id in against else one for one in asked]
    new = [
        _with(Thread(short_hash("dispute", id_), "issue", claim.quote, "open", (ThreadEvent(claim, "opens"),)), against[id_])
        for id_, claim in claims.items()
        if id_ not in by_opener
    ]
    return [*found, *new]


def _pairs(passages: Sequence[Passage]) -> Iterator[tuple[Passage, Passage]]:
    """Yield each claim of a post with the passage of another voice that contradicts it; of several the one with most of its words."""
    words = [frozenset(telling_words(passage.quote)) for passage in passages]
    for place, other in enumerate(passages):
        if other.voice == "author" or "question" in other.facets:
            continue
        best, claim = 0.0, None
        for before in range(place):
            first = passages[before]
            share = _contradicts(first, other, words[before], words[place]) if _speaker(first) != _speaker(other) else 0.0
            if share > best:
                best, claim = share, first
        if claim:
            yield claim, other


def _speaker(passage: Passage) -> tuple[str, str | None]:
    """Return who speaks; the author who answers is the author."""
    return ("author" if passage.voice == "reply" else passage.voice, passage.speaker if passage.voice in {"commenter", "quoted"} else None)


def _contradicts(first: Passage, other: Passage, mine: frozenset[str], theirs: frozenset[str]) -> float:
    """Return how much of their words two claims share, where the second contradicts the first; else nothing."""
    shared = len(mine & theirs)
    if shared < _LEAST or "question" in first.facets or _AGREES.match(other.quote):
        return 0.0
    near = shared / len(mine | theirs)
    if near >= _NEAR and bool(_NOT.search(first.quote)) != bool(_NOT.search(other.quote)):
        return near
    share = shared / min(len(mine), len(theirs))
    return share if share >= _SHARE and _AGAINST.search(other.quote) else 0.0


def _with(thread: Thread, others: Sequence[Passage]) -> Thread:
    known = {event.passage.id for event in thread.events if event.relation == "disputes"}
    kept = [event for event in thread.events if event.passage.id not in {other.id for other in others} or event.relation == "opens"]
    return replace(thread, events=(*kept, *(ThreadEvent(other, "disputes") for other in others if other.id not in known)))
