"""The parts of a Word report beside its chapters of labels: what to know first, open questions, and the registers.

Comes in: a `Digest` and the paper that grows. Goes out: nothing, the paper has grown. Refuses nothing: an empty part says so in one line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.charts import Bars
from pipeline.languages import cells
from pipeline.render.briefing import briefing
from pipeline.render.charts import drawn
from pipeline.render.display import on_one_line
from pipeline.render.registers import registers_in
from pipeline.render.words import word

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.records import Digest
    from pipeline.render.docx_paper import Paper
    from pipeline.render.registers import Kind, Line, RegisterView

    Chapter = Callable[[str, int], None]  # opens the next chapter with its name and the number of its items

_PAGE = 16.0  # cm between the margins
_EDGES, _CELL = 0.45, 0.19  # cm of the margins of a cell of a table, and of a bold letter in its head
_LEAST = 6  # letters: short words, which have vowels that stand apart, are not parted in a wide font
_NAME, _LAST = 2.8, 3.1  # cm of the first column of a table of a register, and of the last where it tells days
_BROAD, _FEW = 6.0, 4  # cm of the first column where so many others stand beside it, or fewer


def write_top(paper: Paper, digest: Digest) -> None:
    """Write for whom the report is cut, and what to know first."""
    told = briefing(digest)
    for line in told.cut:
        paper.say(on_one_line(line))
    paper.heading(word("top"), 2)
    if not told.top:
        paper.say(told.top_none)
    for number, one in enumerate(told.top, start=1):
        paper.entry(f"{number}.", word("quote", text=one.cited.quote))
        paper.say(paper.ours(" · ".join(filter(None, (one.label, *one.tags)))), "Detail")
        paper.source(one.cited)


def write_questions(paper: Paper, digest: Digest, chapter: Chapter) -> None:
    """Write the questions that wait for an answer."""
    chapter(word("questions"), digest.questions_total)
    asked = briefing(digest).questions
    if not asked:
        paper.say(word("questions_none"))
    for number, line in enumerate(asked, start=1):
        paper.entry(f"{number}.", word("quote", text=line.opener.quote))
        paper.source(line.opener)


def write_charts(paper: Paper, digest: Digest) -> None:
    """Write the charts that are bars: what is followed through time stands in the minutes."""
    for one in drawn(digest.charts, digest.followed):
        if isinstance(one.chart, Bars):
            paper.heading(one.title, 3)
            paper.chart(one, one.chart)
            for note in one.notes:
                paper.say(paper.ours(note), "Source")


def write_short_forms(paper: Paper, digest: Digest) -> None:
    """Write what the short forms in the quotations stand for."""
    if digest.short_forms:
        paper.heading(word("short_forms"), 2)
        paper.table((word("short_form"), word("short_form_full")), (4.0, 12.0), digest.short_forms)


def write_registers(paper: Paper, digest: Digest, chapter: Chapter) -> None:
    """Write each register as a chapter: tables with their quotations below, lists by kind."""
    for register in registers_in(digest):
        chapter(register.title, register.total)
        paper.say(register.question, "Question")
        if register.empty:
            paper.say(register.empty)
        elif register.columns:
            _table(paper, register)
        for kind in register.kinds:
            paper.heading(f"{kind.heading} ({paper.ours(kind.count)})", 2)
            if not kind.lines:
                paper.say(word("box_none"))
            for number, line in enumerate(kind.lines, start=1):
                _entry(paper, number, line)
        if register.more:
            paper.say(paper.ours(register.more))


def _table(paper: Paper, register: RegisterView) -> None:
    """Write the table of a register, and below it the quotations of each row."""
    heads = [register.of, *register.columns, *([word("line_last")] if register.dated else [])]
    needs = [_EDGES + _CELL * max(_LEAST, *map(cells, column.split())) for column in register.columns]  # its longest word is not parted
    name = _BROAD if len(needs) <= _FEW else _NAME
    each = (_PAGE - name - (_LAST if register.dated else 0)) / sum(needs)
    widths = [name, *(each * need for need in needs), *([_LAST] if register.dated else [])]
    rows = []
    for row in register.rows:
        last = [f"{row.last} {word('line_quiet') if row.quiet else ''}".strip()] if register.dated else []
        rows.append([row.name, *(cell.count for cell in row.cells[: len(register.columns)]), *last])
    paper.table(heads, widths, rows)
    for row in register.rows:
        paper.heading(row.name, 3)
        for cell in row.cells:
            _quotes(paper, cell)


def _quotes(paper: Paper, cell: Kind) -> None:
    for line in cell.lines:
        paper.source(line.quoted, "List Bullet", f"{word('named', name=cell.heading, text=word('quote', text=line.quoted.quote))} ")


def _entry(paper: Paper, number: int, line: Line) -> None:
    """Write one line of a list: what it is about, what the text says of it, the quotation and its source."""
    paper.entry(f"{number}.", f"{line.name} {word('quote', text=line.quoted.quote)}".strip())
    if line.facts:
        paper.facts_in_line(line.facts)
    paper.source(line.quoted)
    if line.more:
        paper.say(paper.ours(line.more), "Detail")
