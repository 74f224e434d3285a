"""Commitments of an agreement, one for each numbered term and each party.

Comes in: threads, and the passages in the order of time. Goes out: the threads, where a commitment stands once for each party that its term names, or
that the agreement of its post names where the term says "each". Refuses nothing: where no party is named it stays one, without an owner; no party
is made up. News that name other parties alone are not this party's. The rest of a term whose words were read as two passages is no task of its own.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.languages.th.names import find_names
from pipeline.records import short_hash
from pipeline.threads.relations import state_after
from pipeline.threads.said import FIRST_PERSON

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.followed import Thread, ThreadEvent
    from pipeline.records import Passage
    from pipeline.threads.said import Told
    from pipeline.threads.topics import TextOf

_AGREES = re.compile(r"ลงนาม|บันทึกข้อตกลง|ข้อตกลงความร่วมมือ|(?<![A-Za-z])MOU(?![A-Za-z])|ทำข้อตกลง|เซ็น(?:สัญญา|ข้อตกลง)")
_EACH = re.compile("^(?:แต่ละ|ทุก|ภาคี|หน่วยงาน|ทั้งสอง|ทั้ง|สมาชิก)")
_GAP = 2  # code points from one passage of a term to its next at most
_REST = re.compile(r"[^\s,()]{0,40}?(?=[\s,()]|กับ|และ|ลงนาม|ร่วม|ได้|จะ|ที่|ใน|ทั้ง|โดย|เป็น|มี|$)")


def by_party(threads: Sequence[Thread], told: Sequence[Told], text_of: TextOf | None = None) -> list[Thread]:
    """Return the threads with a commitment for each party of each term; `text_of` gives the text of a post by its id."""
    if text_of:
        rests = _rests(threads, text_of)
        threads = [thread for thread in threads if thread.id not in rests]
    terms = _terms(threads)
    agreed = _agreed(told, {thread.opened_by.post for thread in threads if thread.id in terms})
    found: list[Thread] = []
    for thread in threads:
        if thread.id not in terms:
            found.append(thread)
            continue
        term = replace(thread, kind="commitment")
        parties = _parties(term, agreed.get(term.opened_by.post, ()))
        own = [_of_party(term, party, parties) for party in parties] or [term]
        found += [one for one in own if one.state != "candidate" or len(one.events) > 1]  # a doubtful link whose news are another's is none
    return found


def _terms(threads: Sequence[Thread]) -> set[str]:
    """Return the threads that are terms: commitments, and the tasks that stand next to one in the same numbered list."""
    numbered = [thread for thread in threads if thread.opened_by.remarks.item is not None and thread.kind in {"commitment", "action"}]
    numbered.sort(key=lambda one: (one.opened_by.post, one.opened_by.span))
    terms = {thread.id for thread in threads if thread.kind == "commitment"}
    for rows in (numbered, numbered[::-1]):
        for one, other in pairwise(rows):
            first, second = one.opened_by, other.opened_by
            if one.id in terms and first.post == second.post and abs((first.remarks.item or 0) - (second.remarks.item or 0)) == 1:
                terms.add(other.id)
    return terms


def _rests(threads: Sequence[Thread], text_of: TextOf) -> set[str]:
    """Return the threads that only go on with a term in its line, and of which nothing was heard nor may have been."""
    doubtful = {thread.opened_by.id for thread in threads if thread.state == "candidate"}
    resolved = [one for one in threads if one.opened_by.action and one.opened_by.action.strength == "resolved" and one.state != "candidate"]
    ends = {(one.opened_by.post, one.opened_by.span.end) for one in resolved if one.opened_by.remarks.item is not None}
    found = set()
    for thread in resolved:
        rest = thread.opened_by
        if thread.kind == "action" and thread.due is None and rest.remarks.item is None and len(thread.events) == 1 and rest.id not in doubtful:
            before = [rest.span.start - gap for gap in range(_GAP + 1) if (rest.post, rest.span.start - gap) in ends]
            found |= {thread.id} if before and "\n" not in text_of(rest.post)[before[0] : rest.span.start] else set()
    return found


def _agreed(told: Sequence[Told], posts: set[str]) -> dict[str, tuple[str, ...]]:
    """Return the agencies that the passages on an agreement name, by post."""
    found: dict[str, tuple[str, ...]] = {}
    for one in told:
        passage = one.passage
        if passage.post in posts and _AGREES.search(passage.quote):
            found[passage.post] = tuple(dict.fromkeys([*found.get(passage.post, ()), *_agencies(passage.quote)]))
    return found


def _agencies(quote: str) -> list[str]:
    """Return the agencies of a quote by their full names, those of a place with it: องค์การบริหารส่วนตำบล and what it is called."""
    names = [name for name in find_names(quote, range(len(quote))) if name.kind == "agency"]
    return [name.full + (rest[0].strip() if (rest := _REST.match(quote, name.end)) else "") for name in names]


def _parties(term: Thread, agreed: Sequence[str]) -> tuple[str, ...]:
    """Return who is bound by a term: those that it names, else those of the agreement; "each" is nobody by itself."""
    named = [owner for owner in term.owners if owner not in FIRST_PERSON and not _EACH.match(owner)]
    return tuple(dict.fromkeys(named or agreed))


def _of_party(term: Thread, party: str, parties: Sequence[str]) -> Thread:
    """Return the commitment of one party, with the news that are its own or nobody's."""
    events = [event for event in term.events[1:] if _is_of(event, party, parties)]
    state = "candidate" if term.state == "candidate" else "open"
    for event in events:
        state = state if state == "candidate" else state_after(state, event)
    id_ = term.id if len(parties) == 1 else short_hash("party", term.id, party)
    return replace(term, id=id_, owners=(party,), events=(term.events[0], *events), state=state)  # type: ignore[arg-type]  # one of the states


def _is_of(event: ThreadEvent, party: str, parties: Sequence[str]) -> bool:
    passage: Passage = event.passage
    actors = {actor.name or actor.text for actor in passage.action.who} if passage.action else set()
    named = {one for one in parties if one in passage.quote or one in actors or one == passage.speaker} | set(_agencies(passage.quote)) & set(parties)
    return party in named or not named
