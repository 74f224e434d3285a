"""The digest as a page to read and print.

Comes in: a `Digest`. Goes out: the text of ``digest.html``, one file with its font in it. Refuses nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.render.about import about
from pipeline.render.actions import ACTION, action_rows
from pipeline.render.basis import basis, nothing_in
from pipeline.render.briefing import briefing, followed_before, heading
from pipeline.render.chart_svg import chart_svg
from pipeline.render.charts import drawn
from pipeline.render.citation import citations, how_often
from pipeline.render.followed import followed_in, followed_rest
from pipeline.render.pages import page
from pipeline.render.registers import registers_in
from pipeline.render.sheet import is_sheet, sheet
from pipeline.render.words import label_names, word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.records import Digest


OPEN_FIRST = 3  # entries of a part that stand open: who has two minutes reads no more; all are there, and are printed
FOLDED = 2  # fewer further ones are not worth a fold


def opened(entries: Sequence[object]) -> int:
    """Return how many entries of a part stand open.

    >>> opened("abcde"), opened("abcdef")
    (5, 3)
    """
    return len(entries) if len(entries) <= OPEN_FIRST + FOLDED else OPEN_FIRST


def digest_page(digest: Digest) -> str:
    """Return the text of ``digest.html``, of a cut for one page that page."""
    if is_sheet(digest):
        return page("sheet.html", sheet=sheet(digest))
    cited = {
        section.label: [(citations(item, digest.unsure_below), how_often(item)) for item in section.items]
        for section in digest.sections
        if section.label != ACTION
    }
    actions = {section.label: action_rows(section, digest.unsure_below) for section in digest.sections if section.label == ACTION}
    usual = {section.label: label_names(section.label) for section in digest.sections} | {
        "followed": word("followed"),
        "questions": word("questions"),
    }
    names = {part: heading(digest, part, name) for part, name in usual.items()}
    return page(
        "digest.html",
        digest=digest,
        cited=cited,
        actions=actions,
        names=names,
        followed_before=followed_before(digest),
        told=briefing(digest),
        followed=followed_in(digest),
        followed_rest=followed_rest(digest),
        registers=registers_in(digest),
        about=about(digest),
        basis=basis(digest),
        wide={word(name) for name in ("phase_period", "posts_period", "cut_holds", "phase_holds")},
        nothing=nothing_in(digest),
        opened=opened,
        charts=[(one, chart_svg(one)) for one in drawn(digest.charts, digest.followed)],
    )
