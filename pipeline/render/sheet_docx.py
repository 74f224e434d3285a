"""The one page of a cut as a Word document, to be printed and laid before those who decide or who prepare the next forum.

Comes in: a `Digest` that is cut for one of them, and whether our own words have Thai digits. Goes out: the bytes of the document, the same for the
same digest. Refuses nothing. It has neither cover nor contents, and the letters of a table, so that it stays one page.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.render.docx_paper import Paper
from pipeline.render.sheet import sheet
from pipeline.render.words import word

if TYPE_CHECKING:
    from pipeline.records import Digest
    from pipeline.render.sheet import SheetPart

_QUOTED = re.compile("(“[^”]*(?:”|$))")  # a shortened one has lost its end


def sheet_docx(digest: Digest, *, thai_digits: bool = True) -> bytes:
    """Return the bytes of the page."""
    told = sheet(digest)
    paper = Paper(title=told.title, made=digest.last_post, with_thai_digits=thai_digits)
    paper.one_page()
    paper.say(told.title, "Sheet Title")
    for line in (f"{told.project} · {told.reader}", paper.ours(told.basis), paper.ours(told.changed)):
        paper.say(line, "Sheet Source")
    if told.nothing:
        paper.say(told.nothing, "Sheet Line")
    for part in told.parts:
        _part(paper, part)
    paper.say(paper.ours(" · ".join(told.foot)), "Sheet Source")
    return paper.to_bytes()


def _part(paper: Paper, part: SheetPart) -> None:
    """Write a part: its heading with the number of its entries, and its quotations with their sources."""
    paper.headed(part.name, "Sheet Head", f"  {_ours(paper, part.counted)}")
    if part.empty:
        paper.say(part.empty, "Sheet Source")
    for number, line in enumerate(part.lines, start=1):
        paper.say(f"{paper.ours(f'{number}.')}\t{word('quote', text=line.cited.quote)}", "Sheet Line")
        for said in line.below:
            paper.say(_ours(paper, said), "Sheet Source")
        marks = " · ".join(_ours(paper, mark) for mark in line.marks)
        paper.short_source(line.cited, "Sheet Source", f"{marks} · " if marks else "")


def _ours(paper: Paper, text: str) -> str:
    """Return a text with the digits of the document, but for what it quotes."""
    return "".join(said if said.startswith("“") else paper.ours(said) for said in _QUOTED.split(text))
