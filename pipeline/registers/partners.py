"""The matrix of partners: who is at the table, who is said to be missing, and with whom nothing concrete came of it.

Comes in: a part of a post. Goes out: a sighting for each partner that is named beside words of taking part or of being missing. Refuses
nothing: a partner that is only named is in no line, and neither is one of whom it is hoped, planned or denied.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pipeline.languages.th.names import find_names
from pipeline.languages.th.places import name_behind
from pipeline.languages.th.registers import partner_words, wording
from pipeline.languages.th.remarks import asks
from pipeline.languages.th.tokens import words_of
from pipeline.registers.sighting import PARTNERS, Sighting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.languages.th.registers import PartnerWords
    from pipeline.registers.sighting import Part

AT_TABLE, ABSENT, IDLE = STANDINGS = ("at-table", "absent", "idle")
_REACH = 70  # code points in which a partner may stand
_BETWEEN = 8  # code points between two partners of a list, and between the first and the words
_SUBJECT = 24  # code points between a partner and what it does
_OTHER = re.compile(r"และ|กับ|ซึ่ง|ที่|ความ|มี(?!ส่วน)|เรา|ผม")  # between the two: somebody else does it
_BORDER = re.compile(r"\n|\s{2,}|(?:แต่|ส่วน|ทั้งนี้|นอกจากนี้)")
_WORDS_BEFORE = 14  # code points in which a hope or a "not" stands


class _Partner(NamedTuple):
    start: int
    end: int
    name: str


def find_partners(part: Part) -> Iterator[Sighting]:
    """Yield how each partner stands, as a part of a post tells it."""
    text = part.text
    for words in partner_words():
        for found in words.words.finditer(text):
            if words.state == AT_TABLE and wording("partners", "hoped").search(text[max(0, found.start() - _WORDS_BEFORE) : found.start()]):
                continue
            for partner in _beside(text, found, words):
                passage = part.passage(min(partner.start, found.start()), max(partner.end, found.end()))
                apart = words.state == ABSENT and not wording("partners", "table").search(passage.quote)
                if not apart and not asks(passage.quote):
                    yield Sighting(PARTNERS, words.state, partner.name, passage)


def _beside(text: str, found: re.Match[str], words: PartnerWords) -> list[_Partner]:
    """Return the partners on the side of the words that tells who is meant."""
    if words.side == "after":
        reach = text[found.end() : found.end() + _REACH]
        border = _BORDER.search(reach)
        return _listed(_partners(reach[: border.start()] if border else reach, found.end()), found.end())
    near = max(0, found.start() - _REACH)
    start = max(near, text.rfind("\n", near, found.start()) + 1)
    if words.state == IDLE:  # the one of whom the whole sentence tells
        return _partners(text[start : found.start()], start)[:1]
    begin = max((border.end() for border in _BORDER.finditer(text, start, found.start())), default=start)
    return _listed_back(_partners(text[begin : found.start()], begin), text, found.start())


def _listed(partners: list[_Partner], begin: int) -> list[_Partner]:
    """Return the partners that stand one behind the other from a place on."""
    listed: list[_Partner] = []
    for partner in partners:
        if partner.start - begin > _BETWEEN:
            break
        listed.append(partner)
        begin = partner.end
    return listed


def _listed_back(partners: list[_Partner], text: str, end: int) -> list[_Partner]:
    """Return the partners of the list that ends nearest before a place; between it and the words a few others may stand."""
    listed: list[_Partner] = []
    for partner in reversed(partners):
        if end - partner.end > (_BETWEEN if listed else _SUBJECT) or (not listed and _OTHER.search(text, partner.end, end)):
            break
        listed.append(partner)
        end = partner.start
    return listed[::-1]


def _partners(text: str, begin: int) -> list[_Partner]:
    """Return the agencies and sectors that a text names, a council or school with the place that stands in its name."""
    starts, place = [0], 0
    for word in words_of(text):
        place += len(word)
        starts.append(place)
    ends = {*starts, *(dot.end() for dot in re.finditer(r"\.", text))}
    named = [_Partner(one.start, one.end, one.full) for one in find_names(text, sorted(ends), ends) if one.kind == "agency"]
    named += [_Partner(*one.span(), one[0]) for one in wording("partners", "sectors").finditer(text) if one.start() in starts]
    found: list[_Partner] = []
    for one in sorted(named, key=lambda partner: (partner.start, -partner.end)):
        if (found and one.start + begin < found[-1].end) or wording("partners", "venue").search(text[: one.start]):
            continue
        own = name_behind(text, one.end)
        found.append(_Partner(begin + one.start, begin + one.end + len(own), one.name + own))
    return found
