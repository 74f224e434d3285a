"""The digest as a Word document in Thai official style: a report with its cover, contents and chapters.

Comes in: a `Digest`, and whether our own words have Thai digits. Goes out: the bytes of ``digest.docx``, the same for the same digest. Refuses
nothing. What goes on from post to post has the form of minutes (ระเบียบวาระที่ 3), actions are a table of data with Arabic digits.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from pipeline.render.about import about
from pipeline.render.basis import basis, nothing_in
from pipeline.render.briefing import briefing, heading
from pipeline.render.citation import citations, how_often
from pipeline.render.display import on_one_line
from pipeline.render.docx_paper import Paper
from pipeline.render.docx_parts import write_charts, write_questions, write_registers, write_short_forms, write_top
from pipeline.render.followed import followed_in, followed_rest
from pipeline.render.sheet import is_sheet
from pipeline.render.sheet_docx import sheet_docx
from pipeline.render.words import label_names, label_question, period, word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.records import Digest, DigestItem, Section
    from pipeline.render.citation import Citation
    from pipeline.render.docx_paper import Quoted
    from pipeline.render.followed import FollowedLine

AGENDA = 3  # of the minutes of a meeting: matters that go on
FACT_WIDTHS = (5.0, 11.0)  # cm; the page has 16 between its margins
ACTION_WIDTHS = (1.2, 4.4, 2.2, 3.4, 2.2, 2.6)  # the longest month stands beside its day, the longest state is whole in a wide font
ACTION_FIELDS = ("who", "when", "where", "state")


def digest_docx(digest: Digest, *, thai_digits: bool = True) -> bytes:
    """Return the bytes of ``digest.docx``, of a cut for one page that page."""
    if is_sheet(digest):
        return sheet_docx(digest, thai_digits=thai_digits)
    name = on_one_line(digest.phase.name)
    paper = Paper(title=name, made=digest.last_post, with_thai_digits=thai_digits)
    _cover(paper, digest, name)
    if nothing := nothing_in(digest):
        for line in (*briefing(digest).cut, nothing):
            paper.say(on_one_line(line))
        return paper.to_bytes()
    _write_chapters(paper, digest)
    return paper.to_bytes()


def _write_chapters(paper: Paper, digest: Digest) -> None:
    """Write the contents, the chapters and the annex."""
    paper.contents()
    numbers = count(1)

    def chapter(name: str, total: int | None = None) -> None:
        _chapter(paper, next(numbers), name, total)

    chapter(word("overview"))
    _overview(paper, digest)
    write_top(paper, digest)
    write_charts(paper, digest)
    chapter(heading(digest, "followed", word("followed")), digest.followed_total)
    _minutes(paper, digest)
    for section in digest.sections:
        chapter(heading(digest, section.label, label_names(section.label)), section.total)
        paper.say(label_question(section.label), "Question")
        if section.items:
            (_actions if section.label == "action" else _items)(paper, section, digest.unsure_below)
        else:
            paper.say(word("cut_empty" if digest.cut else "empty"))
        if section.total > len(section.items):
            paper.say(paper.ours(word("shown", n=len(section.items), total=section.total)))
    write_registers(paper, digest, chapter)
    write_questions(paper, digest, chapter)
    _annex(paper, digest)


def _cover(paper: Paper, digest: Digest, name: str) -> None:
    """Write the cover: what it is, of which phase, of whose work, and of which time."""
    paper.say(word("product"), "Title")
    lines = [name, on_one_line(digest.project)]
    if digest.first_post or digest.last_post:
        lines += [word("posts_period"), paper.ours(period(digest.first_post, digest.last_post))]
    for line in lines:
        paper.say(line, "Subtitle")


def _overview(paper: Paper, digest: Digest) -> None:
    """Write what the digest stands on, and how many items it has of each kind."""
    facts = [
        (word("project"), on_one_line(digest.project)),
        *basis(digest).items(),
        (word("followed"), word("items_count", n=digest.followed_total)),
        *((heading(digest, section.label, label_names(section.label)), word("items_count", n=section.total)) for section in digest.sections),
    ]
    paper.table((word("report_fact"), word("report_detail")), FACT_WIDTHS, facts)


def _chapter(paper: Paper, number: int, name: str, total: int | None) -> None:
    """Open a chapter, with the number of its items where it has some."""
    items = "" if total is None else f" ({word('items_count', n=total)})"
    paper.heading(f"{paper.ours(word('report_part', n=number))} {name}{paper.ours(items)}")


def _minutes(paper: Paper, digest: Digest) -> None:
    """Write what goes on from post to post as minutes have it: from where, what was done since, and how it stands."""
    paper.heading(paper.ours(word("report_agenda", n=AGENDA)), 2)
    lines = followed_in(digest)
    if not lines:
        paper.say(word("cut_empty" if digest.cut and digest.cut.kind == "agency" else "followed_none"))
        return
    for number, line in enumerate(lines, start=1):
        opened = line.opened_in(f"{AGENDA}.")
        paper.entry(f"{AGENDA}.{number}", paper.ours(opened) if line.above else opened)
        paper.source(line.opener, before=f"{word('report_from')} ")
        for name, heard in _heard(line):
            paper.facts([(name, word("quote", text=heard.quote))])
            paper.source(heard)
        if line.unanswered:
            paper.facts([(word("ask_none"), line.unanswered)])
        paper.facts_in_line(_standing(paper, line))
    if rest := followed_rest(digest):
        paper.say(paper.ours(rest))


def _heard(line: FollowedLine) -> Iterator[tuple[str, Citation]]:
    """Yield what was heard of a matter, each with its name: answers to what the next meeting asks, the last news, and the other side."""
    yield from ((question, one) for question, answers in line.asks for one in answers)
    if line.last:
        progress = line.heard == word("heard_progress")  # nobody says ความคืบหน้า: คืบหน้า
        yield word("report_done") if progress else word("named", name=word("report_done"), text=line.heard), line.last
    if line.may_end:
        yield line.ending, line.may_end
    yield from ((word("heard_disputes"), one) for one in line.disputes)


def _standing(paper: Paper, line: FollowedLine) -> Iterator[tuple[str, str]]:
    """Yield how a matter stands; days are our own words, owners are the post's."""
    days = {word(f"followed_{name}") for name in ("due", "overdue", "moved")}
    for name, said in line.facts:
        yield name, paper.ours(said) if name in days else said


def _items(paper: Paper, section: Section, unsure_below: float) -> None:
    """Write the items of a label as a numbered list, each with its fields, its source and its other mentions."""
    for number, item in enumerate(section.items, start=1):
        first, *others = citations(item, unsure_below)
        paper.entry(f"{number}.", word("quote", text=first.quote))
        paper.facts(first.fields)
        paper.source(first)
        if others:
            paper.say(paper.ours(how_often(item)), "Detail")
        for other in others:
            quote = word("same_words") if other.quote == first.quote else word("quote", text=other.quote)
            paper.source(other, "List Bullet", f"{quote} ")


def _actions(paper: Paper, section: Section, unsure_below: float) -> None:
    """Write the actions as a table: who, what, when, where, and in what state."""
    heads = [word("report_number"), word("sheet_action"), *(word(field) for field in ACTION_FIELDS)]
    paper.table(heads, ACTION_WIDTHS, [_action(number, item, unsure_below) for number, item in enumerate(section.items, start=1)])


def _action(number: int, item: DigestItem, unsure_below: float) -> list[str | Quoted]:
    """Return the row of an action; what the text does not say stays empty."""
    cited = citations(item, unsure_below)[0]
    said = dict(cited.fields)
    return [str(number), (cited, how_often(item)), *(said.get(word(field), "") for field in ACTION_FIELDS)]


def _annex(paper: Paper, digest: Digest) -> None:
    """Write how to read the document."""
    paper.heading(f"{word('report_annex')} {word('report_about')}")
    paper.say(word("about_quotes"))
    write_short_forms(paper, digest)
    closing = about(digest)
    paper.heading(word("about_unsure"), 3)
    paper.say(paper.ours(closing.unsure))
    if closing.phase_by:
        paper.heading(word("about_phase"), 3)
        for reason in closing.phase_by:
            paper.say(paper.ours(reason))
    paper.heading(word("about_model"), 3)
    paper.say(on_one_line(digest.model))
