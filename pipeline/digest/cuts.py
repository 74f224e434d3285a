"""Cuts of a digest for particular readers: the same items, fewer of them.

Comes in: a `Digest` and a `Cut`. Goes out: a `Digest` that holds what its reader asks for, with the cut in it. Refuses nothing. Nothing is added and
nothing reworded; a part that holds nothing for the reader is empty, and says so in every form.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING, get_args

from pipeline.charts import NO_CHARTS
from pipeline.digest.duties import FACILITATOR, is_agency, is_host_duty, names_agency, names_area, names_role, same_area, tells_of_hosts
from pipeline.digest.short_forms import short_forms_of
from pipeline.followed import MEETINGS, SETTLED
from pipeline.records import Section
from pipeline.remembered import ChangeKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from pipeline.cuts import Cut
    from pipeline.records import Changes, Digest, DigestItem, Evidence, Followed

    Asks = Callable[[Evidence], bool]

ONE_PAGE = 6  # items of a label from which a page takes those that it has not told on top
_HOSTED = MEETINGS | {"carried-topic"}


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a cut keeps: of each label the items that hold a passage asked for, the matters asked for, at most so many of each."""

    items: Mapping[str, Asks]
    lines: Callable[[Followed], bool]
    most: int | None = None
    top: bool = False  # every thing to know, whatever its label
    questions: bool = True
    reuse: bool = False
    rows: Mapping[str, Callable[[str], bool]] = field(default_factory=dict)  # of a register those of the names asked for


def cut(digest: Digest, view: Cut) -> Digest:
    """Return the digest as its reader wants it."""
    view = replace(view, since=last_meeting(digest.followed, digest.last_post)) if view.kind == "pre-meeting" else view
    kept = _CUTS[view.kind](view)
    lines = [line for line in digest.followed if kept.lines(line)]
    left = digest.followed_open if kept.lines is _is_open else None  # of what is open, all
    found = replace(
        digest,
        cut=view,
        top=tuple(one for one in digest.top if kept.top or _holds(kept, one.item)),
        changes=_changes(digest.changes, kept, lines),
        sections=_sections(digest, kept),
        registers=tuple(_rows(digest.registers, kept)),
        followed=tuple(lines[: kept.most]),
        followed_total=len(lines) if left is None else left,
        followed_open=sum(map(_is_open, lines)) if left is None else left,
        questions=digest.questions[: kept.most] if kept.questions else (),
        questions_total=digest.questions_total if kept.questions else 0,
        lessons_before=digest.lessons_before if kept.reuse else 0,
        reused=digest.reused if kept.reuse else (),
        unused=(),
        charts=NO_CHARTS,
    )
    return replace(found, cut=_counted(view, digest, kept, lines), short_forms=short_forms_of(found))


def _changes(changes: Changes, kept: _Kept, lines: Iterable[Followed]) -> Changes:
    """Return the changes that concern the reader: a new matter is told as opened where the cut leaves the new item out that told of it."""
    new = tuple(found for section in changes.new if (found := _section(section, kept, exact=False)).items)
    fresh = _passages(changes.new) - _passages(new)
    told = [(kind, line) for kind, line in changes.followed if kept.lines(line)]
    known = {line.opener.passage.id for _, line in told}
    opened = [line for line in lines if line.opener.passage.id in fresh - known]
    told += [("closed" if line.state in SETTLED else "opened", line) for line in opened]
    totals = Counter(kind for kind, _ in told)
    kinds = [kind for kind in get_args(ChangeKind) if totals[kind]]
    followed = tuple((kind, line) for wanted in kinds for kind, line in told if kind == wanted)
    return replace(changes, new=new, followed=followed, followed_totals=tuple((kind, totals[kind]) for kind in kinds))


def _passages(sections: Iterable[Section]) -> set[str]:
    return {one.passage.id for section in sections for item in section.items for one in item.evidence}


def _counted(view: Cut, digest: Digest, kept: _Kept, lines: Iterable[Followed]) -> Cut:
    """Return a cut with the number of passages that it holds, those past its limit too, and of their posts."""
    items = (item for section in digest.sections for item in section.items if _holds(kept, item))
    asked = digest.questions if kept.questions else ()
    mentions = chain((one for item in items for one in item.evidence), (line.opener for line in (*lines, *asked)))
    passages = {one.passage.id: one.passage for one in mentions}
    unsure = sum(one.confidence < digest.unsure_below for one in passages.values())
    return replace(view, posts=len({one.post for one in passages.values()}), passages=len(passages), unsure=unsure)


def _rows(registers: Iterable[Section], kept: _Kept) -> Iterator[Section]:
    """Yield the registers that have rows whose names are asked for, with those rows alone."""
    for register in registers:
        asks = kept.rows.get(register.label)
        items = tuple(item for item in register.items if asks and asks(item.name))
        if items:
            yield Section(register.label, len({item.name for item in items}), items)


def last_meeting(lines: Iterable[Followed], today: date | None) -> date | None:
    """Return the day of the last meeting that was set for a day before today; None where none is known."""
    return max((line.due for line in lines if line.kind in MEETINGS and line.due and not line.doubted and today and line.due < today), default=None)


def _sections(digest: Digest, kept: _Kept) -> tuple[Section, ...]:
    """Return the sections of the labels asked for, in the order in which the cut names them."""
    by_label = {section.label: section for section in digest.sections}
    return tuple(_section(by_label[label], kept) for label in kept.items if label in by_label)


def _section(section: Section, kept: _Kept, *, exact: bool = True) -> Section:
    items = tuple(item for item in section.items if _holds(kept, item))
    return Section(section.label, len(items), items[: kept.most] if exact else items)


def _holds(kept: _Kept, item: DigestItem) -> bool:
    asks = kept.items.get(item.label)
    return asks is not None and any(asks(one) for one in item.evidence)


def _executive(_view: Cut) -> _Kept:
    """Keep one page: results (what was learnt and done), then points to consult (what hinders, waits or is asked)."""
    return _Kept({"lesson": _any, "action": _is_done, "issue": _any}, _is_open, ONE_PAGE, top=True, reuse=True)


def _facilitator(view: Cut) -> _Kept:
    """Keep the homework of the reader's roles, and what is told of the reader's area."""

    def mine(mention: Evidence) -> bool:
        return not _is_done(mention) and (names_role(mention.passage, view.roles or FACILITATOR) or names_area(mention.passage, view.area))

    near = (lambda mention: names_area(mention.passage, view.area)) if view.area else _any
    rows = {"areas": lambda name: same_area(name, view.area)} if view.area else {}
    return _Kept({"action": mine, "issue": near, "lesson": near}, lambda line: _is_open(line) and mine(line.opener), rows=rows)


def _host(view: Cut) -> _Kept:
    """Keep what the host of the next forum prepares: carried topics, day and place, duties, what hosts learnt, open questions."""

    def duty(mention: Evidence) -> bool:
        return not _is_done(mention) and (is_host_duty(mention.passage) or names_agency(mention.passage, view.agency))

    return _Kept(
        {"action": duty, "lesson": lambda mention: tells_of_hosts(mention.passage)},
        lambda line: _is_open(line) and (line.kind in _HOSTED or duty(line.opener)),
    )


def _agency(view: Cut) -> _Kept:
    """Keep what is told in the name of an agency, settled matters too: they are the evidence."""

    def theirs(mention: Evidence) -> bool:
        return names_agency(mention.passage, view.agency)

    return _Kept(
        {"action": theirs, "issue": theirs, "lesson": theirs},
        lambda line: theirs(line.opener),
        questions=False,
        rows={"partners": lambda name: is_agency(name, view.agency)},
    )


def _before_a_meeting(view: Cut) -> _Kept:
    """Keep what passages dated after the last meeting tell, and every matter that is open."""

    def later(mention: Evidence) -> bool:
        return view.since is None or bool(mention.posted_at and mention.posted_at.date() > view.since)

    return _Kept({"lesson": later, "issue": later, "action": later}, _is_open)


_CUTS: Mapping[str, Callable[[Cut], _Kept]] = {
    "executive": _executive,
    "facilitator": _facilitator,
    "host": _host,
    "agency": _agency,
    "pre-meeting": _before_a_meeting,
}


def _any(_mention: Evidence) -> bool:
    return True


def _is_done(mention: Evidence) -> bool:
    action = mention.passage.action
    return bool(action and action.state == "done")


def _is_open(line: Followed) -> bool:
    return line.state not in SETTLED
