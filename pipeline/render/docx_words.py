"""Words in a Word document, written straight into its tree: the library looks through all that stands there for every paragraph and every run.

Comes in: an element of the tree and words. Goes out: nothing, or the new paragraph. Refuses nothing: no words are no run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from pipeline.render.docx_styles import LINK, QUIET
from pipeline.render.kept_together import kept_together

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

_RUN, _TEXT, _TAB, _FACE, _LOOKS, _STYLE, _VALUE = map(qn, ("w:r", "w:t", "w:tab", "w:rPr", "w:pPr", "w:pStyle", "w:val"))
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BOLD: tuple[tuple[str, dict[str, str]], ...] = ((qn("w:b"), {}), (qn("w:bCs"), {}))  # in Latin and in complex scripts
_LINKED: tuple[tuple[str, dict[str, str]], ...] = ((qn("w:color"), {_VALUE: str(LINK)}), (qn("w:u"), {_VALUE: "single"}))
_ASIDE: tuple[tuple[str, dict[str, str]], ...] = (  # behind a heading: 11 points, not bold
    (qn("w:b"), {_VALUE: "0"}),
    (qn("w:bCs"), {_VALUE: "0"}),
    (qn("w:color"), {_VALUE: str(QUIET)}),
    (qn("w:sz"), {_VALUE: "22"}),
    (qn("w:szCs"), {_VALUE: "22"}),
)


def new_paragraph(style: str) -> BaseOxmlElement:
    """Return a paragraph of a style, named by its id, that stands nowhere yet."""
    paragraph = OxmlElement("w:p")
    _below(_below(paragraph, _LOOKS), _STYLE, {_VALUE: style})
    return paragraph


def write(place: BaseOxmlElement, text: str, *, bold: bool = False, linked: bool = False, aside: bool = False) -> None:
    """Write words at the end of a paragraph or a link, with no line that ends within a day; a tab is a tab of the document."""
    _write(place, kept_together(text), _BOLD if bold else _LINKED if linked else _ASIDE if aside else ())


def write_narrow(place: BaseOxmlElement, text: str) -> None:
    """Write words into a column that has no room for a day with its year: the year may stand on a line of its own."""
    _write(place, kept_together(text, year=False), ())


def _write(place: BaseOxmlElement, text: str, looks: tuple[tuple[str, dict[str, str]], ...]) -> None:
    if not text:
        return
    run = _below(place, _RUN)
    if looks:
        face = _below(run, _FACE)
        for name, values in looks:
            _below(face, name, values)
    for number, part in enumerate(text.split("\t")):
        if number:
            _below(run, _TAB)
        _below(run, _TEXT, {_SPACE: "preserve"}).text = part


def _below(place: BaseOxmlElement, name: str, values: dict[str, str] | None = None) -> BaseOxmlElement:
    """Return a new element, the last one in another."""
    made: BaseOxmlElement = place.makeelement(name, values or {})
    place.append(made)
    return made
