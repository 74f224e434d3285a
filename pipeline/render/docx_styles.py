"""How a Word document looks in Thai official style: A4, TH Sarabun New 16 point, page numbers at the head from the second page on.

Comes in: a new document. Goes out: the document with its page, fonts, styles and properties set. Refuses nothing. Word draws Thai with the font, size
and weight of complex scripts, so each of them is set beside its Latin twin; where the font is missing, the font table names those that may step in.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Mm, Pt, RGBColor

from pipeline.render.shorten import shortened
from pipeline.render.words import UNDATED, language

if TYPE_CHECKING:
    from datetime import date

    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.styles.style import ParagraphStyle

FONT = "TH Sarabun New"
FONT_TABLE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f"<w:fonts {nsdecls('w')}>"
    f'<w:font w:name="{FONT}"><w:altName w:val="TH SarabunPSK,TH Sarabun PSK,Sarabun,Laksaman,Angsana New"/>'
    '<w:charset w:val="DE"/><w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
)
BODY = 16  # points, as the regulation on official correspondence has it
INK, QUIET, LINK = (RGBColor.from_string(colour) for colour in ("000000", "57534C", "1C4F8F"))

# name: points, bold, colour, points before, points after, indent in cm, stays with what follows
STYLES = {
    "Normal": (BODY, False, INK, 0, 4, 0.0, False),
    "Question": (BODY, False, INK, 0, 4, 0.0, True),
    "Title": (28, True, INK, 220, 12, 0.0, False),
    "Subtitle": (20, False, INK, 0, 6, 0.0, False),
    "Heading 1": (20, True, INK, 18, 6, 0.0, True),
    "Heading 2": (18, True, INK, 12, 4, 0.0, True),
    "Heading 3": (BODY, True, INK, 8, 2, 0.0, True),
    "TOC Heading": (20, True, INK, 0, 8, 0.0, True),
    "toc 1": (BODY, False, INK, 0, 2, 0.0, False),
    "toc 2": (BODY, False, INK, 0, 2, 0.75, False),
    "List Number": (BODY, False, INK, 8, 2, 1.0, True),
    "List Bullet": (14, False, INK, 0, 2, 1.6, False),
    "Detail": (BODY, False, INK, 0, 2, 1.0, False),
    "Source": (14, False, QUIET, 0, 2, 1.0, False),
    "Cell": (14, False, INK, 0, 0, 0.0, False),
    "Cell Narrow": (12, False, INK, 0, 0, 0.0, False),
    "Cell Above": (14, False, INK, 0, 0, 0.0, True),
    "Sheet Title": (18, True, INK, 0, 0, 0.0, False),
    "Sheet Head": (14, True, INK, 2, 0, 0.0, True),
    "Sheet Line": (13, False, INK, 0, 0, 0.6, True),
    "Sheet Source": (11, False, QUIET, 0, 0, 0.6, False),
    "Header": (BODY, False, INK, 0, 0, 0.0, False),
}
_LINES = {"Sheet Title": 21, "Sheet Head": 17, "Sheet Line": 15, "Sheet Source": 12.5}  # points of a line, whatever font steps in: one page is one
_CENTRED = {"Title", "Subtitle", "TOC Heading", "Header"}
_LONGEST_PROPERTY = 255  # signs that a property of a document can have


def dress(document: Document, *, title: str, author: str, made: date | None, thai_digits: bool) -> None:
    """Set the page, the styles and the properties of a new document."""
    _page(document, thai_digits=thai_digits)
    defaults = document.styles.element.find(qn("w:docDefaults"))
    letters = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for child in list(letters):
        letters.remove(child)
    _letters(letters, BODY, bold=False)
    letters.append(element("w:lang", val=_tag(), eastAsia="en-US", bidi="th-TH"))
    names = {style.name for style in document.styles}
    for name in STYLES:
        style = document.styles[name] if name in names else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        _style(style, name)
    _properties(document, title, author, made)


def _field(paragraph: BaseOxmlElement, instruction: str) -> None:
    """Put a field, such as the number of the page, at the end of a paragraph."""
    for kind, content in (("begin", None), (None, instruction), ("end", None)):
        run = OxmlElement("w:r")
        run.append(element("w:fldChar", fldCharType=kind) if kind else _text("w:instrText", content or ""))
        paragraph.append(run)


def _page(document: Document, *, thai_digits: bool) -> None:
    """Set A4 with the margins of official letters, and the page's number at its head."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = Cm(2.5), Cm(2), Cm(3), Cm(2)
    section.different_first_page_header_footer = True
    _field(section.header.paragraphs[0]._p, " PAGE ")  # noqa: SLF001 - the library has no fields
    pages = element("w:pgNumType", fmt="thaiNumbers" if thai_digits else "decimal")
    section._sectPr.insert_element_before(pages, "w:cols", "w:titlePg", "w:docGrid")  # noqa: SLF001


def narrow(document: Document) -> None:
    """Give the text the room that one page has, with no number at its head."""
    section = document.sections[0]
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = Cm(1), Cm(0.8), Cm(1.8), Cm(1.4)
    section.header_distance = section.footer_distance = Cm(0.5)


def _style(style: ParagraphStyle, name: str) -> None:
    """Give a style its letters and its place; what the template says of them goes."""
    size, bold, colour, before, after, indent, stays = STYLES[name]
    for old in (style.element.rPr, style.element.pPr):
        if old is not None:
            style.element.remove(old)
    _letters(style.element.get_or_add_rPr(), size, bold=bold)
    style.font.color.rgb = colour
    place = style.paragraph_format
    place.space_before, place.space_after, place.left_indent = Pt(before), Pt(after), Cm(indent)
    place.keep_with_next, place.line_spacing = stays, Pt(_LINES[name]) if name in _LINES else 1.0
    if name in {"List Number", "Sheet Line"}:
        place.first_line_indent = Cm(-indent)
    if name in _CENTRED:
        place.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if name.startswith("Heading"):
        style.element.get_or_add_pPr().append(element("w:outlineLvl", val=str(int(name[-1]) - 1)))


def _letters(properties: BaseOxmlElement, size: int, *, bold: bool) -> None:
    """Set font, weight and size, for Latin and for complex scripts, in the order of the schema."""
    properties.append(element("w:rFonts", ascii=FONT, hAnsi=FONT, eastAsia=FONT, cs=FONT))
    for tag in ("w:b", "w:bCs"):
        properties.append(element(tag, val="1" if bold else "0"))
    for tag in ("w:sz", "w:szCs"):
        properties.append(element(tag, val=str(2 * size)))


def _properties(document: Document, title: str, author: str, made: date | None) -> None:
    """Set what the file tells of itself; the picture of the template is not ours."""
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by, properties.comments = shortened(title, _LONGEST_PROPERTY), author, author, ""
    properties.language, properties.revision = _tag(), 1
    properties.created = properties.modified = datetime.combine(made or UNDATED, time())
    relations = document.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del relations[key]


def _tag() -> str:
    """Return the tag of the language of our own words."""
    return "th-TH" if language() == "th" else "en-GB"


def element(tag: str, **values: str) -> BaseOxmlElement:
    """Return an element of a Word document with these attributes."""
    made = OxmlElement(tag)
    for name, value in values.items():
        made.set(qn(f"w:{name}"), value)
    return made


def _text(tag: str, content: str) -> BaseOxmlElement:
    made = OxmlElement(tag)
    made.text = content
    return made
