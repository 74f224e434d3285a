"""Who speaks in a piece of told words: the words of the post that name them.

Comes in: a Doc and a piece. Goes out: the name as the post writes it, or None where the text gives none. Refuses nothing. Words that only stand
for somebody (แก, ท่าน, หมอ) are followed back to the name that they stand for, never farther than the lines just above.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.languages.th.names import find_names, name_at
from pipeline.languages.th.speech import bare_name, people_in, stands_for
from pipeline.nlp.doc_words import whole_name, words_of_doc
from pipeline.nlp.pieces import text_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pipeline.languages.th.speech import Told
    from pipeline.nlp.pieces import Piece
    from pipeline.nlp.spans import Found
    from pipeline.nlp.speech_signs import Page

_LINES = 3  # the line itself and those above in which a name is looked for
_PRONOUNS = frozenset(["แก", "ท่าน", "เขา", "เธอ", "มัน", "เค้า", "เพิ่น"])
_HONOUR, _OFFICES, _KIN = "ท่าน", frozenset(["office", "title"]), ("ป้า", "ลุง", "พี่", "น้อง", "ตา", "ยาย", "แม่", "พ่อ", "น้า", "เจ๊", "เฮีย")
_NOBODY = frozenset(["อาจ", "อาจจะ", "คง", "คงจะ", "น่าจะ", "ควร", "ควรจะ"])  # words of doubt stand where a name may stand
_MANY, _RIGHT_BEFORE = frozenset(["agency", "group"]), 25  # code points before a pronoun
_LONGEST_REST = 12  # code points behind a name that may belong to it, where words are cut within it (หมอสม|ชาย)
_OPENING = 60  # code points of a piece in which its own teller stands


def find_speaker(page: Page, piece: Piece, named: str | None, last: str | None) -> str | None:
    """Return who speaks in a piece; `named` is whom the tagger sees there, `last` is who spoke just before and may go on."""
    start, end = page.place_of(piece)
    told = _teller_of(page, start, end)
    named = None if named in _NOBODY else named
    if named is None and told and told.teller in {"person", "office", "agency", "many", "bare", "third"}:
        named = told.named
    if named is None:
        return last
    named = bare_name(named)
    if not stands_for(named):
        return named
    behind = _name_behind(page, start, end, named)
    if named == _HONOUR and (behind is None or behind.startswith(_KIN)):
        behind = _honoured_before(page, start) or behind
    return behind or (named if named not in _PRONOUNS else last)


def tagged_speaker(doc: Doc, found: Found) -> str | None:
    """Return the likeliest speaker of those found in a piece or in the words just before it; None where there is none."""
    if not found.stretches:
        return None
    words, best = words_of_doc(doc), max(found.stretches, key=lambda stretch: stretch.chance)
    first, last = words.starts[found.first_word + best.first], whole_name(words, found.first_word + best.last)
    text = text_of(doc)
    named = text[first:last].strip()
    whole = next((person.named for person in people_in(text[first : last + _LONGEST_REST]) if person.start == 0), "")
    return whole if whole.startswith(named) and text[last : last + 1].strip() else named or None


def _teller_of(page: Page, start: int, end: int) -> Told | None:
    """Return who begins to tell what a stretch tells: in its opening, else last before it in the line."""
    line = page.line_at(start, end)
    here = start - line.start
    others = [told for told in line.told if told.teller not in {"self", "words"} and told.verb not in {"weak", "is"}]
    within = [told for told in others if told.end > here + 1 and told.start < here + min(_OPENING, end - start)]
    before = [told for told in others if told.end <= here + 1]
    return within[0] if within else before[-1] if before else None


def _name_behind(page: Page, start: int, end: int, named: str) -> str | None:
    """Return the nearest name that begins with a title alone, or for which a pronoun can stand."""
    title = "" if named in _PRONOUNS else named
    for words, _ in page.lines_up_to(min(end, start + _OPENING), _LINES):
        people = [person for person in people_in(words) if person.named.startswith(title) and len(person.named) > len(title)]
        if people:
            return None if not title and _many_stand_before(words, words.rfind(named)) else people[-1].named
    return None


def _honoured_before(page: Page, start: int) -> str | None:
    """Return the nearest whom the lines just above call by ท่าน and an office: of such people it is said again, of kin of the village seldom."""
    for words, _ in page.lines_up_to(start, _LINES):
        people = [person.named for person in people_in(words) if person.named.startswith(_HONOUR)]
        offices = [named for named in people if (office := name_at(named[len(_HONOUR) :])) and office.kind in _OFFICES]
        if offices:
            return offices[-1]
    return None


def _many_stand_before(words: str, end: int) -> bool:
    """Say whether an office or a group stands right before a pronoun, so that it stands for them and for no person before."""
    return any(name.kind in _MANY and name.end <= end for name in find_names(words, range(max(0, end - _RIGHT_BEFORE), max(0, end))))
