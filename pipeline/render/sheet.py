"""The cuts that stand on one page: for those who decide, and for the host of the next forum.

Comes in: a `Digest` that is cut for one of them. Goes out: a `Sheet`, the same for the page and for Word. Refuses nothing. Every part has a bound,
and every quotation at most two lines, so that all fits on one sheet of A4 however long the digest is; how much more there is stands behind each part.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.render.basis import basis, nothing_in
from pipeline.render.briefing import briefing, heading
from pipeline.render.citation import citations
from pipeline.render.followed import followed_in
from pipeline.render.shorten import shortened
from pipeline.render.words import label_name, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.records import Digest
    from pipeline.render.briefing import Short
    from pipeline.render.citation import Citation
    from pipeline.render.followed import FollowedLine

SHEETS = {  # kind of cut: its parts in their order, and how many entries of each have room
    "executive": {"top": 3, "lesson": 2, "action": 2, "followed": 3, "issue": 2, "questions": 1},
    "host": {"followed": 5, "action": 4, "lesson": 2, "questions": 3},
}
_QUOTE, _TITLE, _WHO, _FACT, _NAME = 100, 32, 50, 60, 110  # code points that have room
_FACTS = 3
_SECTIONS = frozenset({"lesson", "issue", "action"})


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A quotation, what is to be known of it, and its source."""

    marks: tuple[str, ...]
    cited: Citation
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A part of a sheet: its heading, its first lines, what stands there when there is none, and how many more there are."""

    id: str
    name: str
    lines: tuple[SheetLine, ...]
    empty: str
    more: str


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


def _parts(digest: Digest) -> Iterator[SheetPart]:
    """Yield the parts with as many entries as have room; what stands in one part is not told again in the next."""
    told: set[str] = set()
    for part, most in SHEETS[digest.cut.kind if digest.cut else ""].items():
        lines, total, empty = _lines(digest, part)
        fresh = [line for line in lines if line.cited.anchor not in told]
        shown = tuple(fresh[:most])
        told |= {line.cited.anchor for line in shown}
        rest = total - (len(lines) - len(fresh)) - len(shown)
        usual = label_name(part) if part in _SECTIONS else word(part)
        yield SheetPart(part, heading(digest, part, usual), shown, "" if lines else empty, word("sheet_more", n=rest) if rest > 0 else "")


def _lines(digest: Digest, part: str) -> tuple[list[SheetLine], int, str]:
    """Return the entries of a part, how many there are, and what is said where there is none."""
    if part == "top":
        return list(map(_top, briefing(digest).top)), len(digest.top), briefing(digest).top_none
    if part == "followed":
        return list(map(_matter, followed_in(digest))), digest.followed_total, word("followed_none")
    if part == "questions":
        return [_line((), one.opener) for one in briefing(digest).questions], digest.questions_total, word("questions_none")
    section = next(one for one in digest.sections if one.label == part)
    first = [citations(item, digest.unsure_below)[0] for item in section.items]
    return [_line(_of_action(cited) if part == "action" else (), cited) for cited in first], section.total, word("cut_empty")


def _top(one: Short) -> SheetLine:
    return _line((one.label, *one.tags), one.cited)


def _matter(one: FollowedLine) -> SheetLine:
    """Return a matter: what is known of it, the last that was heard of it, which tells its state, and what the next meeting asks of it."""
    (_, kind), *known = [fact for fact in one.facts if fact[0] != word("state")]
    marks = [kind, *(word("named", name=name, text=said) for name, said in known)]
    heard = [word("named", name=one.heard, text=word("quote", text=shortened(one.last.quote, _QUOTE)))] if one.last else []
    asks = [word("named", name=question, text=_answered(answers)) for question, answers in one.asks if answers]
    asks += [word("named", name=word("ask_none"), text=one.unanswered)] if one.unanswered else []
    return _line(marks[: _FACTS + 1], one.opener, (*heard, *([" · ".join(asks)] if asks else ())))


def _answered(answers: Sequence[Citation]) -> str:
    return word("quote", text=shortened(answers[0].quote, _FACT))


def _of_action(cited: Citation) -> list[str]:
    """Return who, when and where, as far as the text says so."""
    return [word("named", name=name, text=said) for name, said in cited.fields if name != word("state")][:_FACTS]


def _line(marks: Iterable[str], cited: Citation, below: tuple[str, ...] = ()) -> SheetLine:
    """Return a line, every part of it short."""
    short = replace(cited, quote=shortened(cited.quote, _QUOTE), who=shortened(cited.who, _WHO), title=shortened(cited.title, _TITLE), why="")
    return SheetLine(tuple(shortened(mark, _FACT) for mark in marks if mark), short, below)
