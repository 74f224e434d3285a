"""Who shall do what a piece tells, and where: what the tagger is sure of, and what the words say plainly.

Comes in: a Doc, a piece of it, and the stretches that the tagger found in it. Goes out: owners with where they stand, and the place. Refuses
owners of whom the words do not show that they act, and pronouns for which nobody who was named can stand: an owner is never invented.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from pipeline.languages.th.bystanders import is_none, only_speaks
from pipeline.languages.th.doers import beside, opens_with_doer, own_name_behind
from pipeline.languages.th.line_openings import LIST_MARK, behind_mark
from pipeline.languages.th.names import name_at
from pipeline.languages.th.owners import clear_owners, evidence, goes_no_further, is_deed, may_be_called, without_will
from pipeline.languages.th.places import STEM, find_places, named_with_house, stems_of_places
from pipeline.languages.th.speech import people_in, stands_for
from pipeline.languages.th.told_above import goes_on, named_above
from pipeline.languages.th.venues import bare_place_at, bare_places, is_matter, is_no_place, place_in, whole_place, without_count
from pipeline.nlp.doc_words import whole_name, words_of_doc
from pipeline.nlp.pieces import text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from spacy.tokens import Doc

    from pipeline.languages.th.owners import Evidence
    from pipeline.nlp.doc_words import Words
    from pipeline.nlp.pieces import Piece
    from pipeline.nlp.spans import Found

    _Span = tuple[int, int]

# The chance that the tagger must give an owner, by what the words show (decision 44): where no network has read them, and where one has.
ALONE: Mapping[Evidence, float] = {"let and does": 0.6, "opens and does": 0.83, "does": 0.8, "let": 0.9, "opens": 2.0, "none": 0.95}
TOGETHER: Mapping[Evidence, float] = {"let and does": 0.5, "opens and does": 0.75, "does": 0.75, "let": 0.75, "opens": 0.97, "none": 0.85}
LEAST = min(*ALONE.values(), *TOGETHER.values())
_LONGEST_REST, _SHORT = 22, 6  # code points of the rest of a name; of one that may be cut
_PARTS_OF_NAMES = ("ทุก", "ฝ่าย", "กลุ่ม", "ทีม", "ชาว", "คณะ", "กอง")
_TOPIC_ROOM = 40  # code points of a line in which its topic stands
_BEHIND_TOPIC = re.compile(r"\s?[:–-]?\s(?!\s?(?:อ\.|จ\.|ม\.|ต\.|หมู่|อำเภอ|จังหวัด|และ|กับ|หรือ))")  # no address, and not one of several
_LIST_LINES, _WIDEST_GAP = 12, 40  # items of a list up to its heading; code points between two lines
_BELOW = 1_500  # code points of a paragraph that may still be about whom its heading names
_NEXT = 30  # code points behind a name that say what its bearer does
_PRONOUNS = frozenset(["แก", "ท่าน", "เขา", "เธอ", "เค้า", "เพิ่น"])
_STEMS, _LEVELLED = "stems of places", "names of places"  # where a Doc keeps how those begin that stand with their level, and those
_MATTER = 8  # code points
_BEFORE_PRONOUN = 220  # code points of its line in which the name stands that it stands for


class Owner(NamedTuple):
    """Who shall do it, as the text writes it, and where that stands: a pronoun where it stands for a name before it."""

    start: int
    end: int
    written: str


class Place(NamedTuple):
    """Words that say where, half-open."""

    start: int
    end: int


def owners_and_place(doc: Doc, piece: Piece, found: Found) -> tuple[list[Owner], Place | None]:
    """Return the owners of a piece, those above it only where none is in it, and its place."""
    words, text, own, places = words_of_doc(doc), text_of(doc), [], []
    least = ALONE if doc._.tagged is None else TOGETHER
    for stretch in found.stretches:
        span = int(words.starts[found.first_word + stretch.first]), whole_name(words, found.first_word + stretch.last)
        inside = piece.start <= span[0] and span[1] <= piece.end
        if stretch.kind == "where":
            places += [(stretch.chance, place) for place in [_whole_place(text, span)] if place] if inside else []
        elif inside:
            span = span[0], min(piece.end, _whole_name(text, words, (span[0], _without_deed(text, words, span))))
            if not only_speaks(text[span[1] : max(span[1] + _NEXT, piece.end)]) and stretch.chance >= least[evidence(text, *span)]:
                own.append(span)
    where = max(places)[1] if places else _plain_place(text, piece) or _bare_place(doc, piece)
    spans = _with_clear(text, piece, [span for span in own if not where or _is_apart(span, [where])])
    where = where if where and _is_apart(where, spans) else None  # a place that plainly acts is not where it is done
    spans = spans or _above(text, piece) or _topic(text, piece)
    named = (Owner(*span, written) for span in spans if (written := _named(text, span)))
    return list({owner.written: owner for owner in named}.values()), where


def _without_deed(text: str, words: Words, span: _Span) -> int:
    """Return where a name ends to which the tagger may have added what its bearer does (ครูแดง|หา), if it is one without that.

    What ends a run is left whole: there nothing is done by anybody (ผู้รับผิดชอบ ทีมสำรวจ).
    """
    start, end = span[0], without_will(text, *span)
    last = int(words.starts[int(np.searchsorted(words.starts, end)) - 1])
    name = name_at(text[start:end])
    longer_than = name.end if name and name.kind == "title" else 0
    return last if last - start > longer_than and text[end : end + 1].isalnum() and is_deed(text, last, end) else end


def _whole_name(text: str, words: Words, span: _Span) -> int:
    """Return where a name ends of which the tagger may have found the beginning alone (ครู|ตาดีกา, รพ.|บ้านสวน)."""
    start, end = span
    name = name_at(text[start:end])
    if name and name.kind == "title" and (own := own_name_behind(text, start + name.end)) >= end:
        return own
    is_whole = name is not None and name.kind != "pronoun" and start + name.end == end
    may_be_cut = name is None and (end - start <= _SHORT or text.startswith(_PARTS_OF_NAMES, start))
    return _end_of_run(text, words, end) if is_whole or may_be_cut else end


def _end_of_run(text: str, words: Words, end: int) -> int:
    """Return where the words end that are glued to a name and go on with it; its own end where they may not."""
    first = int(np.searchsorted(words.starts, end))
    if first == len(words.starts) or words.starts[first] != end or words.gaps[first]:
        return end
    for number in range(first, len(words.starts)):
        start = int(words.starts[number])
        if number > first and words.gaps[number]:
            return int(words.ends[number - 1])
        if goes_no_further(text, start) or not text[start].isalpha():
            return start
        if words.ends[number] - end > _LONGEST_REST:
            return end
    return int(words.ends[-1])


def _named(text: str, span: _Span) -> str | None:
    """Return who an owner is: a pronoun is followed back to the one person whom its line names before it, None where there is none or several."""
    written = text[slice(*span)]
    if written.strip() not in _PRONOUNS:
        return written
    line = text.rfind("\n", 0, span[0]) + 1
    named = (person.named for person in people_in(text[max(line, span[0] - _BEFORE_PRONOUN) : span[0]]))
    before = {one for one in named if not stands_for(one) and may_be_called(written.strip(), one)}
    return before.pop() if len(before) == 1 else None


def _whole_place(text: str, span: _Span) -> Place | None:
    span = span[0], without_count(text, *span)
    end, start = whole_place(text, *span), span[0] + len("ที่") * text.startswith(("ที่วัด", "ที่บ้าน", "ที่ห้อง", "ที่ศาลา", "ที่โรง"), *span)
    none = text.startswith("ละ", end) or is_no_place(text[start:end]) or is_matter(text[max(0, start - _MATTER) : start])
    return None if none else Place(start, end)


def _above(text: str, piece: Piece) -> list[_Span]:
    """Return who is named alone above the line or the list of a piece that opens its line, or goes on in it with what they do."""
    start = text.rfind("\n", 0, piece.start) + 1
    before = behind_mark(text[start : piece.start]).strip()
    if piece.part == "comment" or opens_with_doer(text, piece.start):
        return []
    heading = _heading(text, start) if piece.start - start <= _BELOW else None
    return [heading] if heading and (not before or goes_on(text[start : piece.start], text[piece.start : piece.end])) else []


def _heading(text: str, start: int) -> _Span | None:
    """Return where the one stands who is named alone above a line, or above the list to which it belongs."""
    end = start
    for _ in range(_LIST_LINES):
        end = _last_sign(text, end)
        begin = text.rfind("\n", 0, end) + 1
        if not LIST_MARK.match(text[begin:end]) or begin == end:
            found = named_above(text[begin:end])
            return (begin + found[0], begin + found[1]) if found else None
        end = begin
    return None


def _topic(text: str, piece: Piece) -> list[_Span]:
    """Return the tambon that is the topic of the line of a piece (ต.นาดี เก็บข้อมูลครบแล้ว).

    Only the short form is one: lines that open with ตำบล tell of the place as often as of what it does. In posts that teach or validate all six
    actions of such lines are its own.
    """
    start = text.rfind("\n", 0, piece.start) + 1
    line = text[start : start + _TOPIC_ROOM]
    place = next(find_places(line), None)
    if place is None or not place.sure or not line.startswith("ต.", place.start) or behind_mark(line[: place.start]).strip():
        return []
    return [(start + place.start, start + place.end)] if _BEHIND_TOPIC.match(line, place.end) else []


def _last_sign(text: str, end: int) -> int:
    """Return where the last sign before a place ends that is no blank; a gap wider than a few lines counts as one line."""
    before = text[max(0, end - _WIDEST_GAP) : end]
    return end - len(before) + len(before.rstrip())


def _plain_place(text: str, piece: Piece) -> Place | None:
    """Return the place that a piece names plainly, for where the tagger finds none."""
    found = place_in(text[piece.start : piece.end])
    return Place(piece.start + found[0], piece.start + found[1]) if found else None


def _bare_place(doc: Doc, piece: Piece) -> Place | None:
    """Return the place that a piece names without its level, where the post names it with one elsewhere (ลงดอนกลาง beside ต.ดอนกลาง)."""
    text = text_of(doc)
    stems = _once(doc, _STEMS, stems_of_places)
    for start in bare_places(text[piece.start : piece.end]) if stems else ():
        begin = piece.start + start
        if text[begin : begin + STEM] in stems and (end := bare_place_at(text[: piece.end], begin, _once(doc, _LEVELLED, _levelled))):
            return Place(begin, end)
    return None


def _levelled(text: str) -> frozenset[str]:
    levelled = (one.name.removeprefix(one.level) for one in find_places(text) if one.sure and one.level != "หมู่")
    return frozenset((*levelled, *named_with_house(text)))


def _once(doc: Doc, name: str, told: Callable[[str], frozenset[str]]) -> frozenset[str]:
    """Return what is told of the text of a Doc, which keeps it: each of its pieces asks."""
    if name not in doc.user_data:
        doc.user_data[name] = told(text_of(doc))
    found: frozenset[str] = doc.user_data[name]
    return found


def _with_clear(text: str, piece: Piece, found: Sequence[_Span]) -> list[_Span]:
    """Return the owners in a piece with those who plainly take something on there, and those who are joined to either."""
    words, owners = text[piece.start : piece.end], [(start - piece.start, end - piece.start) for start, end in found]
    owners = [span for span in (*owners, *(span for span in clear_owners(words) if _is_apart(span, owners))) if not is_none(words, *span)]
    owners += [span for _, end in tuple(owners) if (span := beside(words, end)) and _is_apart(span, owners)]
    once = {words[start:end]: (piece.start + start, piece.start + end) for start, end in sorted(owners, reverse=True)}
    return sorted(once.values())


def _is_apart(span: _Span, others: Sequence[_Span]) -> bool:
    return all(span[1] <= start or end <= span[0] for start, end in others)
