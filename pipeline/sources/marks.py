"""The marks of our corpus: ``⟦A who=ครูแดง; when=2007-02-12; state=planned|…⟧`` round the words of a passage.

Comes in: marked text. Goes out: the text without its marks, and for each mark its span, its label and its fields. Refuses a mark that is
unknown, nested, empty or not closed, and a field that its label does not have or whose value is none of its own, naming the line.
Fields stand behind the letter as ``key=value``, parted by ``; ``; several values of one field are parted by `` / ``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING, get_args

from pipeline.labels import label_set
from pipeline.records import ChainPart, Span, State, Strength, Voice
from pipeline.sources.refusals import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.errors import SourceError

_MARK = re.compile(r"⟦(?:(?P<letter>\w{1,8})(?P<fields> [^|⟦⟧\n]{1,2000})?\|)?|⟧")
_DAY = r"\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d)?)?)?"
_WHEN = re.compile(rf"{_DAY}(?:/(?:{_DAY}|\d\d:\d\d))?|FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)(?:;[A-Z]+=[^;\s]+)*")
_OF_EVERY_LABEL = ("voice", "speaker", "also")
_OF_ACTIONS = ("who", "when", "where", "state", "strength")
_OF_CHAINS = get_args(ChainPart)  # of lessons and issues
_CLOSED: Mapping[str, tuple[str, ...]] = {"voice": get_args(Voice), "state": get_args(State), "strength": get_args(Strength)}


@dataclass(frozen=True, slots=True)
class Mark:
    """What a reader marked: where, as what, and the fields with their values as written."""

    span: Span
    label: str
    fields: Mapping[str, tuple[str, ...]]

    def first(self, field: str) -> str | None:
        """Return the only, or the first, value of a field; None where the mark has none."""
        return next(iter(self.fields.get(field, ())), None)


def strip_marks(marked: str, name: str) -> tuple[str, list[Mark]]:
    """Return the text without its marks, and the marks.

    Raises:
        SourceError: when a mark is unknown, nested, empty or not closed, or a field of it is wrong.

    >>> text, marks = strip_marks("ก ⟦A state=planned|ขค⟧", "a.txt")
    >>> text, marks[0].span, marks[0].label, marks[0].first("state")
    ('ก ขค', Span(start=2, end=4), 'action', 'planned')
    """
    pieces: list[str] = []
    marks: list[Mark] = []
    length = done = 0
    opened: tuple[int, re.Match[str]] | None = None
    for mark in _MARK.finditer(marked):
        piece = marked[done : mark.start()]
        pieces.append(piece)
        length += len(piece)
        done = mark.end()
        if mark[0] == "⟧":
            if opened is None or opened[0] == length:
                raise _wrong(marked, mark.start(), name, ("⟧ without a passage before it", "⟧ ที่ไม่มีข้อความอยู่ข้างหน้า"))
            marks.append(Mark(Span(opened[0], length), _labels()[opened[1]["letter"]], _fields(opened[1], marked, name)))
            opened = None
        elif opened is not None:
            raise _wrong(marked, mark.start(), name, ("a mark inside a mark", "เครื่องหมายซ้อนกัน"))
        elif mark["letter"] not in _labels():
            raise _wrong(marked, mark.start(), name, (f"the mark {mark[0]}", f"เครื่องหมาย {mark[0]}"))
        else:
            opened = (length, mark)
    if opened is not None:
        raise _wrong(marked, opened[1].start(), name, ("a mark that is not closed", "เครื่องหมายที่ไม่มีตัวปิด"))
    return "".join([*pieces, marked[done:]]), marks


def _labels() -> Mapping[str, str]:
    return {label.mark: label.id for label in label_set()}


def _fields(mark: re.Match[str], marked: str, name: str) -> Mapping[str, tuple[str, ...]]:
    """Return the fields of a mark, each checked against what its label may have."""
    fields = dict(_split(mark["fields"] or ""))
    may_have = (*_OF_EVERY_LABEL, *(_OF_ACTIONS if _labels()[mark["letter"]] == "action" else _OF_CHAINS))
    for field, values in fields.items():
        if field not in may_have or not all(values) or not all(_fits(field, value) for value in values):
            found = f"{field}={' / '.join(values)}"
            raise refusal(
                name,
                f"a mark {mark['letter']} may have the fields {', '.join(may_have)}, each with one of its own values. Got {found}. Correct the line.",
                f"เครื่องหมาย {mark['letter']} มีข้อมูลกำกับได้เฉพาะ {', '.join(may_have)} และต้องเป็นค่าที่กำหนดไว้ แต่พบ {found} โปรดแก้บรรทัดนี้",
                1 + marked.count("\n", 0, mark.start()),
            )
    return fields


def _split(written: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for field in filter(None, written.strip().split("; ")):
        key, _, value = field.partition("=")
        yield key.strip(), tuple(part.strip() for part in value.split(" / "))


def _fits(field: str, value: str) -> bool:
    if field == "when":
        return bool(_WHEN.fullmatch(value)) and (value.startswith("FREQ=") or all(map(_is_a_day, value.split("/"))))
    if field == "also":
        return value in _labels()
    return value in _CLOSED.get(field, (value,))


def _is_a_day(written: str) -> bool:
    """Say whether a day, month, year or time of the right form exists in the calendar."""
    day, _, clock = written.rpartition("T") if "T" in written else ("", "", written) if ":" in written else (written, "", "")
    try:
        if day:
            date(*map(int, [*day.split("-"), "1", "1"][:3]))
        return not clock or bool(time.fromisoformat(clock)) or clock == "00:00"
    except ValueError:
        return False


def _wrong(marked: str, place: int, name: str, found: tuple[str, str]) -> SourceError:
    """Return the error of a mark, with its line."""
    known = " ".join(f"⟦{label.mark}|…⟧" for label in label_set())
    return refusal(
        name,
        f"a passage must be marked as one of {known}, one after the other. Got {found[0]}. Correct the line.",
        f"ข้อความต้องทำเครื่องหมายเป็น {known} แบบใดแบบหนึ่ง ไม่ซ้อนกัน แต่พบ{found[1]} โปรดแก้บรรทัดนี้",
        1 + marked.count("\n", 0, place),
    )


def label_of_mark(letter: str) -> str:
    """Return the label whose mark the letter is."""
    return _labels()[letter]
