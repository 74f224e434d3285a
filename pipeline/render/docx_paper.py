"""A Word document that grows from above: headings, paragraphs, numbered quotations, sources, tables, and the contents in front.

Comes in: what shall stand on the paper, one piece after another. Goes out: the bytes of the document, the same for the same pieces. Refuses nothing.
Our own words take Thai digits where they are asked for; the words of posts, and tables, keep theirs.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu
from docx.text.paragraph import Paragraph

from pipeline.render.docx_charts import add_chart
from pipeline.render.docx_styles import FONT_TABLE, dress, element, narrow
from pipeline.render.docx_words import new_paragraph, write, write_narrow
from pipeline.render.words import language, thai_digits, word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.table import Table, _Row

    from pipeline.charts import Bars
    from pipeline.render.charts import Drawn
    from pipeline.render.citation import Citation

    Quoted = tuple[Citation, str]  # a quotation of which its source is told, and how often it was said

IN_CONTENTS = 2  # levels of headings
_MANY = 6  # columns; the heads of more have smaller letters
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # of all moments that an archive can name
_READABLE = 0o600 << 16


class Paper:
    """A document while it is written."""

    def __init__(self, *, title: str, made: date | None, with_thai_digits: bool) -> None:
        """Begin an empty document."""
        self._document = docx.Document()
        self._thai = with_thai_digits and language() == "th"
        self._headings: list[tuple[int, str]] = []
        self._contents_end: Paragraph | None = None
        self._links: dict[str, str] = {}
        dress(self._document, title=title, author=word("product"), made=made, thai_digits=self._thai)
        self._styles = {style.name: style.style_id for style in self._document.styles}
        self._body, self._end = self._document._body, self._document.element.body.sectPr  # noqa: SLF001 - what is written stands before its end

    def one_page(self) -> None:
        """Let the margins be those of a single page."""
        narrow(self._document)

    def ours(self, text: str) -> str:
        """Return words of our own with the digits that the document has."""
        return thai_digits(text) if self._thai else text

    def say(self, text: str, style: str = "Normal") -> Paragraph:
        """Write a paragraph as it is given."""
        paragraph = new_paragraph(self._styles[style])
        self._end.addprevious(paragraph)
        write(paragraph, text)
        return Paragraph(paragraph, self._body)

    def headed(self, text: str, style: str, aside: str) -> None:
        """Write a heading that stays out of the contents, and in small letters what is to be said behind it."""
        write(self.say(text, style)._p, aside, aside=True)  # noqa: SLF001

    def heading(self, text: str, level: int = 1) -> None:
        """Write a heading, and remember it for the contents."""
        heading = self.say("", f"Heading {level}")
        if level > IN_CONTENTS:
            heading.add_run(text)
            return
        self._headings.append((level, text))
        number = len(self._headings)
        if number == 1 and self._contents_end is not None:
            heading.paragraph_format.page_break_before = True
        paragraph = heading._p  # noqa: SLF001 - the library has no bookmarks
        paragraph.append(element("w:bookmarkStart", id=str(number), name=_bookmark(number)))
        heading.add_run(text)
        paragraph.append(element("w:bookmarkEnd", id=str(number)))

    def contents(self) -> None:
        """Make room for the table of contents: a field that Word fills with the numbers of the pages."""
        self.say(word("report_contents"), "TOC Heading").paragraph_format.page_break_before = True
        self.say(word("report_refresh"), "Source")  # above them: below contents that fill their page it would have a page to itself
        begin = self.say("", "toc 1")
        instruction = OxmlElement("w:instrText")
        instruction.text = f' TOC \\o "1-{IN_CONTENTS}" \\h \\z \\u '
        for part in (element("w:fldChar", fldCharType="begin", dirty="true"), instruction, element("w:fldChar", fldCharType="separate")):
            begin.add_run()._r.append(part)  # noqa: SLF001 - nor fields
        self._contents_end = self.say("", "toc 1")

    def entry(self, number: str, text: str) -> None:
        """Write an entry with its number, which is our own word: not every program counts in Thai digits."""
        self.say(f"{self.ours(number)}\t{text}", "List Number")

    def facts(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Write what is known, each with its name, one to a line."""
        for name, said in pairs:
            self.facts_in_line([(name, said)])

    def facts_in_line(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Write what is known, each with its name, behind one another."""
        paragraph = self.say("", "Detail")
        for place, (name, said) in enumerate(pairs):
            write(paragraph._p, f"{'   ' if place else ''}{name}: ", bold=True)  # noqa: SLF001 - see docx_words
            write(paragraph._p, said)  # noqa: SLF001

    def source(self, cited: Citation, style: str = "Source", before: str = "") -> None:
        """Write who says it, in which post and when, with the way there."""
        self._cite(self.say(before, style), cited)

    def short_source(self, cited: Citation, style: str, before: str) -> None:
        """Write the same in few words, for paper: the title of the post is the way there."""
        place = self.say(f"{before}{cited.who} · ", style)._p  # noqa: SLF001
        self._link(place, cited.title, cited.href)
        write(place, f" · {self.ours(cited.date)}")
        self._doubt(place, cited, self.ours)

    def table(self, heads: Sequence[str], widths: Sequence[float], rows: Iterable[Sequence[str | Quoted]]) -> None:
        """Write a table whose head stands on each of its pages; the source of a quotation stands below its row, as broad as the table."""
        table = self._document.add_table(rows=1, cols=len(heads), style="Table Grid")
        table.autofit = False
        for column, cell, width, head in zip(table.columns, table.rows[0].cells, widths, heads, strict=True):
            column.width = cell.width = Cm(width)  # rows to come have the widths of the columns
            write(self._styled(cell.paragraphs[0], "Cell Narrow" if len(heads) > _MANY else "Cell")._p, head, bold=True)  # noqa: SLF001
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001
        for row in rows:
            added = _whole_row(table)
            quoted = [content for content in row if not isinstance(content, str)]
            for cell, content in zip(added.cells, row, strict=True):
                words = content if isinstance(content, str) else word("quote", text=content[0].quote)
                paragraph = self._styled(cell.paragraphs[0], "Cell Above" if quoted else "Cell")
                (write_narrow if isinstance(content, str) else write)(paragraph._p, words)  # noqa: SLF001
            for cited, repeated in quoted:
                self._source_row(table, added, cited, repeated)

    def _source_row(self, table: Table, row: _Row, cited: Citation, repeated: str) -> None:
        """Write below a row where its quotation comes from and how often it was said, with no line between them."""
        below = _whole_row(table)._tr  # noqa: SLF001
        first, *others = below.tc_lst
        for each in others:
            below.remove(each)
        first.width, first.grid_span = Emu(sum(column.width for column in table.columns)), len(others) + 1
        for each, edge in (*((each, "bottom") for each in row._tr.tc_lst), (first, "top")):  # noqa: SLF001
            borders = OxmlElement("w:tcBorders")
            borders.append(element(f"w:{edge}", val="nil"))
            each.get_or_add_tcPr().append(borders)
        source = Paragraph(first.p_lst[0], self._body)
        self._styled(source, "Source").paragraph_format.left_indent = 0
        self._cite(source, cited, digits=False)
        if repeated:
            write(source._p, f" · {repeated}")  # noqa: SLF001

    def chart(self, one: Drawn, bars: Bars) -> None:
        """Write a chart that Word draws."""
        self.say("").add_run()._r.append(add_chart(self._document, one, bars, self.ours))  # noqa: SLF001 - the library has no charts

    def to_bytes(self) -> bytes:
        """Return the document, its contents filled in."""
        if self._contents_end is not None:
            for number, (level, text) in enumerate(self._headings, start=1):
                line = self._contents_end.insert_paragraph_before(style=f"toc {level}")
                link = element("w:hyperlink", anchor=_bookmark(number))
                link.append(line.add_run(text)._r)  # noqa: SLF001
                line._p.append(link)  # noqa: SLF001
            end = self._contents_end._p  # noqa: SLF001
            before = end.getprevious()
            Paragraph(before, self._body).add_run()._r.append(element("w:fldChar", fldCharType="end"))  # noqa: SLF001
            before.getparent().remove(end)
        target = BytesIO()
        self._document.save(target)
        return _same_bytes(target.getvalue())

    def _styled(self, paragraph: Paragraph, style: str) -> Paragraph:
        """Give a paragraph its style by the style's id: the library would search all styles for each paragraph."""
        paragraph._p.style = self._styles[style]  # noqa: SLF001
        return paragraph

    def _way_to(self, href: str) -> str:
        """Return the id of a link; the library would compare each with all before it."""
        if href not in self._links:
            self._links[href] = f"rIdLink{len(self._links) + 1}"
            self._document.part.load_rel(RELATIONSHIP_TYPE.HYPERLINK, href, self._links[href], is_external=True)
        return self._links[href]

    def _cite(self, paragraph: Paragraph, cited: Citation, *, digits: bool = True) -> None:
        """Write where a quotation comes from, and how sure the machine is of it."""
        ours = self.ours if digits else str
        place = paragraph._p  # noqa: SLF001
        write(place, f"{cited.who} · {cited.title} · {ours(cited.date)} · ")
        self._link(place, word("read_in_post"), cited.href)
        self._doubt(place, cited, ours)

    def _link(self, place: BaseOxmlElement, text: str, href: str) -> None:
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), self._way_to(href))
        write(link, text, linked=True)
        place.append(link)

    @staticmethod
    def _doubt(place: BaseOxmlElement, cited: Citation, ours: Callable[[str], str]) -> None:
        if cited.doubt:
            write(place, " · ")
            write(place, f"{word('unsure')} ({ours(cited.doubt)})", bold=True)


def _whole_row(table: Table) -> _Row:
    """Return a new row of a table, which no end of a page parts."""
    added: _Row = table.add_row()  # type: ignore[no-untyped-call]  # the library has no type for it
    added._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001
    return added


def _bookmark(number: int) -> str:
    return f"_Toc{number:06}"


def _same_bytes(data: bytes) -> bytes:
    """Return the archive without the moment at which it was made, and with our table of fonts."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as made, zipfile.ZipFile(target, "w") as kept:
        for name in sorted(made.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            part = zipfile.ZipInfo(name, _EARLIEST)
            part.compress_type, part.external_attr, part.create_system = zipfile.ZIP_DEFLATED, _READABLE, 0
            kept.writestr(part, FONT_TABLE if name == "word/fontTable.xml" else made.read(name))
    return target.getvalue()
