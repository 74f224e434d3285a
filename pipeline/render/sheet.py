"""The cuts that stand on one page: for those who decide, and for the host of the next forum.

Comes in: a `Digest` that is cut for one of them. Goes out: a `Sheet`, the same for the page and for Word. Refuses nothing. Every part has a bound,
and every quotation at most two lines, so that all fits on one sheet of A4 however long the digest is: where every part is full of long words the
longest tell less; what some parts leave free others fill, and then longer quotations. Behind the name of each part stands how many entries it has,
how many of them stand above, and how many only the full digest has. What one passage opened is told under one quotation.
"""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.languages import cells
from pipeline.render.basis import basis, nothing_in
from pipeline.render.briefing import briefing, heading
from pipeline.render.citation import citation, citations
from pipeline.render.followed import followed_in
from pipeline.render.shorten import shortened
from pipeline.render.words import label_names, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pipeline.records import Digest
    from pipeline.render.briefing import Short
    from pipeline.render.citation import Citation
    from pipeline.render.followed import FollowedLine

SHEETS = {  # kind of cut: its parts in their order, and how many entries of each have room beside the others
    "executive": {"top": 3, "lesson": 2, "action": 2, "followed": 3, "issue": 2, "questions": 1},
    "host": {"followed": 4, "action": 3, "lesson": 2, "questions": 2},
}
_QUOTE, _TITLE, _WHO, _FACT, _NAME = 100, 32, 50, 60, 110  # code points that have room
_LONG_QUOTE = 220  # where the page has room for it
HIGHEST = 60.0  # lines of a source to which the parts of a page are filled in Word, beside its head and foot
FULLEST = 64.0  # such lines at which a page is full
_HEAD, _QUOTED = 1.52, 1.2  # of these lines: the heading of a part, and a line of a quotation
_QUOTE_ROW, _SOURCE_ROW = 48, 58  # cells of a line in the widest font that steps in
_FACTS = 3
_SECTIONS = frozenset({"lesson", "issue", "action"})


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A quotation, what is to be known of it, its source, and how many entries of its part it tells."""

    marks: tuple[str, ...]
    cited: Citation
    below: tuple[str, ...]
    entries: int


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A part of a sheet: its heading, its first lines, what stands there when there is none, and how many there are and where the others stand."""

    id: str
    name: str
    lines: tuple[SheetLine, ...]
    empty: str
    counted: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page: its heading, for whom it is, what it stands on, its parts, what it says at its foot; `nothing` stands where it has no parts."""

    title: str
    project: str
    reader: str
    basis: str
    changed: str
    parts: tuple[SheetPart, ...]
    foot: tuple[str, ...]
    nothing: str


def is_sheet(digest: Digest) -> bool:
    """Say whether a digest is cut for a reader who gets one page."""
    return digest.cut is not None and digest.cut.kind in SHEETS


def sheet(digest: Digest) -> Sheet:
    """Return the page of a cut."""
    told, stands_on = briefing(digest), basis(digest)
    stands_on.pop(word("phase_period"), None)  # the heading names the phase
    nothing = nothing_in(digest)
    changed = [word("named", name=group.name, text=word("items_count", n=group.total)) for group in told.changes]
    return Sheet(
        shortened(digest.phase.name, _NAME),
        shortened(digest.project, _NAME),
        " · ".join(shortened(said, _NAME) for said in told.cut),
        " · ".join(word("named", name=name, text=said) for name, said in stands_on.items()),
        " · ".join((told.compared, *changed)),
        () if nothing else tuple(_parts(digest)),
        tuple(filter(None, (told.reuse, word("sheet_foot")))),
        nothing,
    )


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of a part, before it is known which of them have room."""

    cited: Citation
    marks: tuple[str, ...] = ()
    matter: FollowedLine | None = None
    answer: tuple[str, Citation] | None = None  # what may have settled it, which nobody has confirmed, and in which way


_Part = tuple[list[_Entry], int, str]  # the entries of a part, how many there are, and what is said where there is none


def _parts(digest: Digest) -> list[SheetPart]:
    """Return the parts: of each what has room beside the others, or less; then more in turn while the page has room, then longer quotations."""
    kind = digest.cut.kind if digest.cut else ""
    known = {part: _entries(digest, part) for part in SHEETS[kind]}

    def laid_out(most: Mapping[str, int], quote: int = _QUOTE) -> list[SheetPart]:
        return list(_laid_out(digest, known, most, quote))

    most, growing = dict(SHEETS[kind]), deque(part for part in SHEETS[kind] if part != "top")
    parts = laid_out(most)
    while height(parts) > FULLEST and any(most[part] for part in growing):
        shown = {part.id: len(part.lines) for part in reversed(parts) if part.id in growing}
        longest = max(shown, key=shown.__getitem__)
        most[longest] = shown[longest] - 1
        parts = laid_out(most)
    while growing:
        part = growing.popleft()
        more = {**most, part: most[part] + 1}
        if (tried := laid_out(more)) != parts and height(tried) <= HIGHEST:
            most, parts = more, tried
            growing.append(part)
    longer = laid_out(most, _LONG_QUOTE)
    return longer if height(longer) <= HIGHEST else parts


def _laid_out(digest: Digest, known: Mapping[str, _Part], most: Mapping[str, int], quote: int) -> Iterator[SheetPart]:
    """Yield the parts; what stands in one part is not told again in the next, which says where it stands."""
    told: dict[str, str] = {}  # the name of the part in which a passage stands
    for part, (entries, total, empty) in known.items():
        name = heading(digest, part, label_names(part) if part in _SECTIONS else word(part))
        above = Counter(told[one.cited.anchor] for one in entries if one.cited.anchor in told)
        shown = [one for one in entries if one.cited.anchor not in told][: most[part]]
        told |= {one.cited.anchor: name for one in shown}
        rest = total - above.total() - len(shown)
        counted = [word("items_count", n=total), *(word("items_above", n=n, name=where) for where, n in above.items())]
        counted += [word("sheet_more", n=rest)] if rest > 0 else []
        yield SheetPart(part, name, tuple(_lines(shown, quote)), "" if entries else empty, " · ".join(counted))


def height(parts: Sequence[SheetPart]) -> float:
    """Return how many lines of a source the parts take in Word, in a wide font."""
    lines = [line for part in parts for line in part.lines]
    quotes = sum(_rows(line.cited.quote, _QUOTE_ROW) for line in lines)
    below = sum(_rows(said, _SOURCE_ROW) for line in lines for said in (*line.below, _source(line)))
    return _HEAD * len(parts) + sum(1 for part in parts if part.empty) + _QUOTED * quotes + below


def _source(line: SheetLine) -> str:
    return " · ".join((*line.marks, line.cited.who, line.cited.title, line.cited.date, line.cited.doubt))


def _rows(text: str, room: int) -> int:
    return -(-cells(text) // room)


def _entries(digest: Digest, part: str) -> _Part:
    """Return what a part holds."""
    if part == "top":
        told = briefing(digest)
        return [_of_top(one, digest.unsure_below) for one in told.top], len(digest.top), told.top_none
    if part == "followed":
        return [_Entry(one.opener, matter=one) for one in followed_in(digest)], digest.followed_total, word("followed_none")
    if part == "questions":
        asked = [_Entry(one.opener, answer=(one.ending, one.may_end) if one.may_end else None) for one in briefing(digest).questions]
        return asked, digest.questions_total, word("questions_none")
    section = next(one for one in digest.sections if one.label == part)
    first = [citations(item, digest.unsure_below)[0] for item in section.items]
    return [_Entry(cited, _of_action(cited) if part == "action" else ()) for cited in first], section.total, word("cut_empty")


def _of_top(one: Short, unsure_below: float) -> _Entry:
    """Return a thing to know first; how its matter may have been settled stands before the words that say so."""
    if one.may_end is None:
        return _Entry(one.cited, (one.label, *one.tags))
    told, words = one.may_end
    return _Entry(one.cited, (one.label, *(tag for tag in one.tags if tag != told)), answer=(told.capitalize(), citation(words, unsure_below)))


def _lines(entries: Iterable[_Entry], quote: int) -> Iterator[SheetLine]:
    """Yield the lines of entries: those of one passage are one line, which says how many they are."""
    by_passage: dict[str, list[_Entry]] = {}
    for one in entries:
        by_passage.setdefault(one.cited.anchor, []).append(one)
    for same in by_passage.values():
        matters = [one.matter for one in same if one.matter]
        answers = dict.fromkeys(_told(*one.answer, quote) for one in same if one.answer)
        marks, below = _of_matters(matters, quote) if matters else (same[0].marks, tuple(answers))
        many = [word("sheet_same", n=len(same))] if len(same) > 1 else []
        yield SheetLine(tuple(shortened(mark, _FACT) for mark in (*many, *marks) if mark), _short(same[0].cited, quote), below, len(same))


def _of_matters(matters: Sequence[FollowedLine], quote: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what is to be known of the matters of one passage, and what stands below it: what each has of its own, then what all share."""
    marks, news = [_marks(one) for one in matters], [_news(one, quote) for one in matters]
    shared_marks, shared_news = _shared(marks), _shared(news)
    own: list[str] = []
    for its_marks, its_news in zip(marks, news, strict=True):
        of_itself = [shortened(mark, _FACT) for mark in its_marks if mark not in shared_marks][:_FACTS]
        own += [" · ".join(of_itself)] if of_itself else []
        own += [said for said in its_news if said not in shared_news]
    return tuple(shared_marks[: _FACTS + 1]), (*own, *shared_news)


def _shared(said: Sequence[Sequence[str]]) -> list[str]:
    return [one for one in said[0] if all(one in other for other in said)]


def _marks(one: FollowedLine) -> list[str]:
    """Return the kind of a matter, and what is known of it; its state is told by the last that was heard of it."""
    (_, kind), *known = [fact for fact in one.facts if fact[0] != word("state")]
    return [kind, *(word("named", name=name, text=said) for name, said in known)]


def _news(one: FollowedLine, quote: int) -> list[str]:
    """Return the last that was heard of a matter, and what the next meeting asks of it."""
    heard = [_told(name, told, quote) for name, told in one.news]
    asks = [word("named", name=question, text=_answered(answers)) for question, answers in one.asks if answers]
    asks += [word("named", name=word("ask_none"), text=one.unanswered)] if one.unanswered else []
    return [*heard, *([" · ".join(asks)] if asks else ())]


def _told(name: str, told: Citation, quote: int) -> str:
    return word("named", name=name, text=word("quote", text=shortened(told.quote, quote)))


def _answered(answers: Sequence[Citation]) -> str:
    return word("quote", text=shortened(answers[0].quote, _FACT))


def _of_action(cited: Citation) -> tuple[str, ...]:
    """Return who, when and where, as far as the text says so."""
    return tuple([word("named", name=name, text=said) for name, said in cited.fields if name != word("state")][:_FACTS])


def _short(cited: Citation, quote: int) -> Citation:
    """Return a citation, every part of it short."""
    return replace(cited, quote=shortened(cited.quote, quote), who=shortened(cited.who, _WHO), title=shortened(cited.title, _TITLE), why="")
