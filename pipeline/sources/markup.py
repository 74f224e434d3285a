"""Markup to text: what a reader of the page would see, line by line.

Comes in: HTML as text, or an element of it. Goes out: a tree, or its text: paragraphs apart by a blank line, other blocks on lines of their own,
white space as a browser shows it. Nothing is fetched and no entity is expanded. Refuses markup that nests deeper than any page does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.sources.decoding import BLANK
from pipeline.sources.refusals import refusal

if TYPE_CHECKING:
    from collections.abc import Collection

    from lxml.etree import _Element

MOST_ATTRIBUTES = 2_000  # the parser compares each with all others
DEEPEST = 2_048  # elements in each other: the parser stops there
_LONG_TAG = re.compile(rf"<[A-Za-z][^<>]{{{2 * MOST_ATTRIBUTES},}}")
_WORD = re.compile(r"\w+")
_PARAGRAPHS = frozenset(
    _WORD.findall(
        "address article aside blockquote body center dd details dir dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html "
        "main menu nav ol p pre section table ul"
    )
)
_LINES = frozenset(("caption", "div", "legend", "li", "optgroup", "summary", "tbody", "tfoot", "thead", "tr"))
_CELLS = frozenset(("td", "th"))
_UNSEEN = frozenset(
    _WORD.findall(
        "applet audio button canvas datalist embed frame frameset head iframe input map math meter noscript object option picture progress script "
        "select source style svg template textarea title track video"
    )
)
_HIDDEN = re.compile(r"(?:^|;)\s{0,9}(?:display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden)", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\n\r\f]+")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def parse_html(text: str, name: str) -> _Element | None:
    """Return the tree of a page or of a piece of one; None where there is no element and no text in it.

    Raises:
        SourceError: when it nests too deeply, or a tag has more attributes than any has.
    """
    if any(len(found[0].split()) > MOST_ATTRIBUTES for found in _LONG_TAG.finditer(text)):
        raise refusal(
            name,
            f"a tag of a page must have at most {MOST_ATTRIBUTES:,} attributes. Got more. Save the page again, or save its text as .txt.",
            f"แท็กหนึ่งของหน้าเว็บต้องมีแอตทริบิวต์ไม่เกิน {MOST_ATTRIBUTES:,} ตัว แต่พบมากกว่านั้น โปรดบันทึกหน้าเว็บใหม่ หรือบันทึกเฉพาะข้อความเป็น .txt",
        )
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    try:
        tree: _Element | None = etree.fromstring(_UNWRITABLE.sub("", text).encode("utf-8"), parser=parser)
    except etree.XMLSyntaxError:  # nothing in it
        tree = None
    if any("Excessive depth" in error.message for error in parser.error_log):
        raise refusal(
            name,
            f"the elements of a page must nest at most {DEEPEST:,} deep. Got deeper ones. Save the page again, or save its text as .txt.",
            f"องค์ประกอบของหน้าเว็บต้องซ้อนกันไม่เกิน {DEEPEST:,} ชั้น แต่พบลึกกว่านั้น โปรดบันทึกหน้าเว็บใหม่ หรือบันทึกเฉพาะข้อความเป็น .txt",
        )
    return tree


def text_of(element: _Element, left_out: Collection[_Element] = ()) -> str:
    r"""Return the text of an element as a reader sees it, without the elements that are left out.

    >>> text_of(parse_html("<p>ประชุม <b>ครั้งที่ 2</b><br>ที่วัด<p>จบ<script>x</script>", "a.html"))
    'ประชุม ครั้งที่ 2\nที่วัด\n\nจบ'
    """
    page = _Lines()
    kept = 0  # how many pre are open
    walk = etree.iterwalk(element, events=("start", "end", "comment", "pi"))
    for event, node in walk:
        if event in {"comment", "pi"}:
            page.write(node.tail if node is not element else None, as_is=kept > 0)
            continue
        tag = node.tag
        if event == "start":
            if tag in _UNSEEN or node in left_out or _is_hidden(node):
                walk.skip_subtree()
                continue
            kept += tag == "pre"
            page.open(tag)
            page.write(node.text, as_is=kept > 0)
            continue
        if not (tag in _UNSEEN or node in left_out or _is_hidden(node)):
            kept -= tag == "pre"
            page.close(tag)
        if node is not element:
            page.write(node.tail, as_is=kept > 0)
    return page.text()


def line_of(element: _Element) -> str | None:
    """Return the text of an element on one line, or None where it has none."""
    return _SPACE.sub(" ", text_of(element)).strip(BLANK) or None


def plain(written: str) -> str:
    """Return a value of markup on one line, without signs that cannot be written to a file."""
    return _SPACE.sub(" ", _UNWRITABLE.sub("", written)).strip(BLANK)


def _is_hidden(node: _Element) -> bool:
    return node.get("hidden") is not None or bool(_HIDDEN.search(node.get("style") or ""))


class _Lines:
    """The lines written so far; None between two of them is a blank line."""

    def __init__(self) -> None:
        self._lines: list[str | None] = []
        self._line: list[str] = []

    def open(self, tag: object) -> None:
        """Begin an element."""
        if tag == "br":
            self._end(blank=not self._written())
        else:
            self.close(tag)

    def close(self, tag: object) -> None:
        """End an element."""
        if tag in _PARAGRAPHS:
            self._end(blank=False)
            self._blank()
        elif tag in _LINES:
            self._end(blank=False)
        elif tag in _CELLS:
            self._line.append(" ")

    def write(self, text: str | None, *, as_is: bool) -> None:
        """Add text: its line ends count only where it is preformatted."""
        if not text:
            return
        if not as_is:
            self._line.append(text)
            return
        first, *rest = text.split("\n")
        self._line.append(first)
        for line in rest:
            self._end(blank=not self._written())
            self._line.append(line)

    def text(self) -> str:
        """Return everything, without blank lines at the edges."""
        self._end(blank=False)
        while self._lines and self._lines[-1] is None:
            self._lines.pop()
        return "\n".join(line or "" for line in self._lines)

    def _written(self) -> str:
        return plain("".join(self._line))

    def _end(self, *, blank: bool) -> None:
        written = self._written()
        self._line = []
        if written:
            self._lines.append(written)
        elif blank:
            self._blank()

    def _blank(self) -> None:
        if self._lines and self._lines[-1] is not None:
            self._lines.append(None)
