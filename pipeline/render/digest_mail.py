"""The digest as an e-mail: a page that mail programs understand, and its twin in plain text.

Comes in: a `Digest`, and how it is sent where it is. Goes out: the text of ``digest.mail.html`` and ``digest.mail.txt``, and the subject, with the
same numbers, in the language that `words.speaking` names. Refuses nothing. A mail is short: the first items of each section, shortened where a word
ends, and how many more stand in the files; so it stays under 100 kB however long the digest is. It holds no font, asks for nothing from outside, and
has no link into files that a mail program does not have: a quotation leads back to the original post, or names it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Literal

from pipeline.labels import label_ids
from pipeline.languages import flowed
from pipeline.render.basis import kept, nothing_in
from pipeline.render.borders import with_borders
from pipeline.render.briefing import briefing, heading
from pipeline.render.citation import citation, citations, how_often
from pipeline.render.display import on_one_line
from pipeline.render.followed import days_told, followed_in
from pipeline.render.pages import COLOURS, environment, web_address
from pipeline.render.sheet import is_sheet
from pipeline.render.shorten import shortened
from pipeline.render.waiting import waiting
from pipeline.render.words import label_name, label_names, language, period, short_day, word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pipeline.records import Digest, DigestItem, Evidence, Followed
    from pipeline.render.citation import Citation
    from pipeline.render.followed import FollowedLine

ITEMS = 3  # of each section
LONGEST_QUOTE, LONGEST_NAME, LONGEST_FACT, LONGEST_ADDRESS = 140, 60, 60, 500  # code points
MOST_FACTS = 4
BAR = 16  # signs of the longest bar
CALENDAR = "calendar.ics"


@dataclass(frozen=True, slots=True)
class MailItem:
    """A quotation with what is known of it, and where it comes from; `url` is None where the original has no address.

    `news` may have settled the matter, which nobody can judge without its words.
    """

    said: str
    facts: str
    source: str
    url: str | None
    news: str = ""


@dataclass(frozen=True, slots=True)
class MailSection:
    """The first items of a section; `total` counts all, `above` those told first, `empty` is what stands there when there are none."""

    title: str
    colour: str | None
    total: int | None
    items: tuple[MailItem, ...]
    empty: str
    above: int = 0

    @property
    def count(self) -> str:
        """Return how many items there are; nothing where nothing is counted."""
        return "" if self.total is None else word("items_count", n=self.total)


@dataclass(frozen=True, slots=True)
class Amount:
    """How many items a label has; `bar` is as long as that is beside the largest."""

    name: str
    total: int
    bar: int
    colour: str


@dataclass(frozen=True, slots=True)
class Sent:
    """How the mail is sent: where the report is, where its reader leaves the list, and whether a calendar is with it.

    Without an address a reader leaves by an answer, if anybody reads it.
    """

    full: Literal["attached", "elsewhere"]
    leave_at: str | None = None
    answered: bool = False
    calendar: bool = False


def mail_subject(digest: Digest) -> str:
    """Return the subject: how much waits, when the next of it is due, the phase and the project."""
    phase, project = shortened(digest.phase.name, LONGEST_NAME), shortened(digest.project, LONGEST_NAME)
    return word("mail_subject", open=mail_open(digest), phase=phase, project=project)


def mail_open(digest: Digest) -> str:
    """Return how much waits, and when the next of it is due."""
    left = waiting(digest)
    if not left.count:
        return word("mail_open_none")
    opened = word("mail_open", n=left.count)
    if left.may_be_over:
        over = "all" if left.may_be_over == left.count else "part" if left.all_held else "some"
        opened = word(f"mail_open_{over}_doubted", open=opened, n=left.may_be_over)
    return word("mail_overdue" if left.late else "mail_due", open=opened, day=short_day(left.due)) if left.due else opened


def digest_mail(digest: Digest, sent: Sent | None = None) -> str:
    """Return the text of ``digest.mail.html``, or of a mail that is sent."""
    shown = {"subject": mail_subject(digest), "opened": mail_open(digest), "heading": list(_heading(digest)), "sections": _sections(digest)}
    rest = {"amounts": _amounts(digest), "more_in": partial(more_in, digest, sent=sent), "about": _about(digest, sent)}
    leave_at = sent.leave_at if sent else None
    return with_borders(environment().get_template("mail.html").render(**shown, **rest, leave_at=leave_at, language=language()))


def digest_mail_text(digest: Digest, sent: Sent | None = None) -> str:
    """Return the text of ``digest.mail.txt``, or of the twin of a mail that is sent."""
    lines = [mail_subject(digest), "", *_heading(digest), ""]
    lines += [f"{one.total:>6,} {'█' * one.bar or '·'} {one.name}" for one in _amounts(digest)]
    for section in _sections(digest):
        lines += ["", "", f"== {section.title}{f' ({section.count})' if section.count else ''} =="]
        for number, item in enumerate(section.items, start=1):
            said = [item.said, item.facts, item.source, item.url or "", item.news]
            lines += ["", *(f"{f'{number}. ' if not place else '   '}{line}" for place, line in enumerate(filter(None, said)))]
        rest = [*([] if section.items or section.above else [section.empty]), *more_in(digest, section, sent)]
        lines += ["", *rest] if rest else []
    leave = [f"{word('mail_leave')}: {sent.leave_at}"] if sent and sent.leave_at else []
    return flowed("\n".join([*lines, "", "", *_about(digest, sent), *leave, ""]))


def more_in(digest: Digest, section: MailSection, sent: Sent | None = None) -> list[str]:
    """Return the lines that say how many items were told first, and how many stand in the file alone; none where the section has all."""
    above = [word("items_above", n=section.above, name=word("top"))] if section.above else []
    more = (section.total or 0) - len(section.items) - section.above
    file = f"{'digest' if is_sheet(digest) else digest.stem}.html"  # one page has no room for them either
    return [*above, *([word(_more_where(digest, sent), n=more, file=file, report=f"{digest.stem}.docx")] if more > 0 else [])]


def _about(digest: Digest, sent: Sent | None) -> list[str]:
    """Return the last lines: how to read it, where all of it is, and of a mail that is sent why its reader gets it."""
    key = "mail_about" if sent is None else "mail_about_page" if is_sheet(digest) and sent.full == "attached" else f"mail_about_{sent.full}"
    about = word(key, file=f"{digest.stem}.html", report=f"{digest.stem}.docx")
    if sent is None:
        return [about, word("mail_calendar", file=CALENDAR)]
    by_mail = [word("mail_leave_by_mail")] if sent.answered and not sent.leave_at else []
    days = [word("mail_calendar_attached", file=CALENDAR)] if sent.calendar else []
    return [about, *days, word("mail_why_you"), *by_mail]


def _more_where(digest: Digest, sent: Sent | None) -> str:
    return "mail_more" if sent is None else "mail_more_elsewhere" if is_sheet(digest) else f"mail_more_{sent.full}"


def _amounts(digest: Digest) -> list[Amount]:
    """Return how many items there are of each label, with a bar."""
    if nothing_in(digest):
        return []
    most = max((section.total for section in digest.sections), default=0)
    return [
        Amount(
            heading(digest, one.label, label_names(one.label, one.total)), one.total, -(-BAR * one.total // most) if most else 0, COLOURS[one.label]
        )
        for one in sorted(digest.sections, key=lambda one: label_ids().index(one.label))
    ]


def _heading(digest: Digest) -> Iterator[str]:
    """Yield whose digest it is, and what it stands on."""
    yield shortened(digest.phase.name, LONGEST_NAME)
    yield shortened(digest.project, LONGEST_NAME)
    yield from (shortened(line, LONGEST_QUOTE) for line in briefing(digest).cut)
    whole = kept(digest.passages, digest.posts)
    if digest.cut:
        yield f"{word('cut_holds')} {kept(digest.cut.passages, digest.cut.posts)} ({word('phase_holds')} {whole})"
    else:
        yield word("mail_stands_on", kept=whole)
    if digest.first_post or digest.last_post:
        yield f"{word('posts_period')} {period(digest.first_post, digest.last_post)}"
    if nothing := nothing_in(digest):
        yield nothing


def _sections(digest: Digest) -> list[MailSection]:
    """Return what to know first and what changed, what goes on from post to post, then the items of each label that were not told first.

    A cut that holds nothing has no parts: its heading says so.
    """
    if nothing_in(digest):
        return []
    lines = zip(digest.followed[:ITEMS], followed_in(digest), strict=False)
    first = tuple(_followed(one, line, digest.unsure_below) for one, line in lines)
    followed = heading(digest, "followed", word("followed"))
    sections = [_top(digest), _changes(digest), MailSection(followed, None, digest.followed_total, first, word("followed_none"))]
    told = {one.item.evidence[0].passage.id for one in digest.top}
    for section in digest.sections:
        fresh = [item for item in section.items if item.evidence[0].passage.id not in told]
        items = tuple(_item(item, digest.unsure_below) for item in fresh[:ITEMS])
        name = heading(digest, section.label, label_names(section.label))
        empty = word("cut_empty" if digest.cut else "empty")
        sections.append(MailSection(name, COLOURS[section.label], section.total, items, empty, len(section.items) - len(fresh)))
    return sections


def _top(digest: Digest) -> MailSection:
    """Return the things to know first."""
    told = briefing(digest)
    items = []
    for short, one in zip(told.top, digest.top, strict=True):
        item = _mail_item(short.cited, [("", tag) for tag in (short.label, *short.tags)], one.item.evidence[0])
        items.append(_with_end(item, *short.may_end, digest.unsure_below) if short.may_end else item)
    return MailSection(word("top"), None, len(items), tuple(items), told.top_none)


def _changes(digest: Digest) -> MailSection:
    """Return the first things that are other than in the last digest; where there are none, the line that says why."""
    told = briefing(digest)
    became = [(line.opener, [("", word(f"change_{kind}")), *days_told(line, digest.last_post)]) for kind, line in digest.changes.followed]
    new = [(item.evidence[0], [("", word("changes_new", label=label_name(one.label)))]) for one in digest.changes.new for item in one.items]
    changed = [*became, *new][:ITEMS]
    items = tuple(_mail_item(citation(mention, digest.unsure_below), facts, mention) for mention, facts in changed)
    total = sum(group.total for group in told.changes) if digest.changes.basis == "compared" else None
    return MailSection(word("changes"), None, total, items, told.compared)


def _followed(one: Followed, line: FollowedLine, unsure_below: float) -> MailItem:
    item = replace(_mail_item(line.opener, line.facts, one.opener), said=line.opened_in("", LONGEST_QUOTE))
    return _with_end(item, line.ending, one.may_end[1], unsure_below) if one.may_end else item


def _with_end(item: MailItem, ending: str, mention: Evidence, unsure_below: float) -> MailItem:
    """Return an item with the words that may have settled its matter."""
    news = _mail_item(citation(mention, unsure_below), (), mention)
    return replace(item, news=f"{word('named', name=ending.capitalize(), text=news.said)} · {news.source}")


def _item(item: DigestItem, unsure_below: float) -> MailItem:
    cited = citations(item, unsure_below)[0]
    said = [("", often)] if (often := how_often(item)) else []
    doubt = [("", f"{word('unsure')} ({cited.doubt})")] if cited.doubt else []
    return _mail_item(cited, [*doubt, *said, *cited.fields], item.evidence[0])


def _mail_item(cited: Citation, facts: Iterable[tuple[str, str]], mention: Evidence) -> MailItem:
    """Return a mention, every part of it short."""
    told = [word("named", name=name, text=shortened(fact, LONGEST_FACT)) if name else fact for name, fact in facts]
    source = (shortened(cited.who, LONGEST_NAME), shortened(cited.title, LONGEST_NAME), cited.date)
    address = web_address(on_one_line(mention.url or ""))
    return MailItem(
        word("quote", text=shortened(cited.quote, LONGEST_QUOTE)),
        " · ".join(told[:MOST_FACTS]),
        " · ".join(source),
        address if address and len(address) <= LONGEST_ADDRESS else None,
    )
