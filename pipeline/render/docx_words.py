"""Words in a Word document, written straight into its tree: the library looks through all that stands there for every paragraph and every run.

Comes in: an element of the tree and words. Goes out: nothing, or the new paragraph. Refuses nothing: no words are no run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml.etree import SubElement

from pipeline.render.docx_styles import LINK

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

_RUN, _TEXT, _TAB, _FACE = qn("w:r"), qn("w:t"), qn("w:tab"), qn("w:rPr")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BOLD: tuple[tuple[str, dict[str, str]], ...] = ((qn("w:b"), {}), (qn("w:bCs"), {}))  # in Latin and in complex scripts
_LINKED: tuple[tuple[str, dict[str, str]], ...] = ((qn("w:color"), {qn("w:val"): str(LINK)}), (qn("w:u"), {qn("w:val"): "single"}))


def new_paragraph(style: str) -> BaseOxmlElement:
    """Return a paragraph of a style, named by its id, that stands nowhere yet."""
    paragraph = OxmlElement("w:p")
    SubElement(SubElement(paragraph, qn("w:pPr")), qn("w:pStyle")).set(qn("w:val"), style)
    return paragraph


def write(place: BaseOxmlElement, text: str, *, bold: bool = False, linked: bool = False) -> None:
    """Write words at the end of a paragraph or a link; a tab is a tab of the document."""
    if not text:
        return
    run = SubElement(place, _RUN)
    if bold or linked:
        face = SubElement(run, _FACE)
        for name, values in _BOLD if bold else _LINKED:
            SubElement(face, name, values)
    for number, part in enumerate(text.split("\t")):
        if number:
            SubElement(run, _TAB)
        words = SubElement(run, _TEXT)
        words.text = part
        words.set(_SPACE, "preserve")
