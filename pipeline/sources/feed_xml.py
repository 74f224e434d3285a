"""A feed as a tree of elements with short names.

Comes in: the text of an XML file. Goes out: its root, and the line from which on it is broken, if any. No entity is expanded, no DTD is loaded, and
nothing is fetched. Refuses what is no XML at all. Names of HTML such as ``&nbsp;`` and a bare ``&`` are mended: feeds are full of them.
"""

from __future__ import annotations

import re
from html.entities import html5
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from pipeline.sources.refusals import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

_DECLARATION = re.compile(r"\s{0,99}<\?xml[^>]{0,200}\?>")
_CDATA, _CDATA_END = "<![CDATA[", "]]>"
_NAMED = re.compile(r"&(?:([A-Za-z][A-Za-z0-9]{1,31});|#([0-9]{1,9});|#[xX]([0-9A-Fa-f]{1,8});|)")
_FIRST_PLAIN = 0x20
_LAST = 0x10FFFF
_OF_XML = frozenset(("amp", "apos", "gt", "lt", "quot"))
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SHORT = {
    "http://www.w3.org/2005/Atom": "atom:",
    "http://purl.org/atom/ns#": "atom:",
    "http://www.w3.org/2007/app": "app:",
    "http://purl.org/atom/app#": "app:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dc:",
    "http://purl.org/rss/1.0/": "",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/syndication/thread/1.0": "thr:",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner:",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
}
_WORDPRESS_EXPORT = "http://wordpress.org/export/"


class FeedTree(NamedTuple):
    """The root of a feed; `broken` is the line and the fault from which on nothing can be trusted."""

    root: etree._Element
    broken: tuple[int, str] | None


def parse_feed(text: str, name: str) -> FeedTree:
    """Return the tree of a feed.

    Raises:
        SourceError: when it is no XML.
    """
    written = _UNWRITABLE.sub("", _DECLARATION.sub("", text, count=1).lstrip("\ufeff \t\r\n"))
    mended = "".join(part if as_is else _NAMED.sub(_mended, part) for part, as_is in _parts(written))
    parser = etree.XMLParser(
        encoding="utf-8", recover=True, resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(mended.encode("utf-8"), parser=parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        raise refusal(
            name,
            "a feed must be XML: RSS or Atom. Got something else. Save the feed again from its address, or save the posts as .html or .txt.",
            "ฟีดต้องเป็น XML แบบ RSS หรือ Atom แต่พบอย่างอื่น โปรดบันทึกฟีดจากที่อยู่เดิมอีกครั้ง หรือบันทึกหน้าเว็บเป็น .html หรือ .txt",
        )
    fault = next((error for error in parser.error_log if error.level == etree.ErrorLevels.FATAL), None)
    return FeedTree(root, (fault.line, fault.type_name.removeprefix("ERR_").replace("_", " ").lower()) if fault else None)


def short_name(element: etree._Element) -> str:
    """Return the name of an element with our short word for its namespace, or with none where the namespace is not known."""
    name = element.tag
    if not isinstance(name, str):  # an entity that is not expanded
        return "&"
    space, _, local = name[1:].rpartition("}") if name.startswith("{") else ("", "", name)
    if space.startswith(_WORDPRESS_EXPORT):
        return f"excerpt:{local}" if "excerpt" in space else f"wp:{local}"
    return f"{_SHORT[space]}{local}" if space in _SHORT else local if not space else f"?:{local}"


def children(element: etree._Element, *names: str) -> Iterator[etree._Element]:
    """Yield the children of these names: all of the first name, then of the next."""
    for name in names:
        yield from (child for child in element if short_name(child) == name)


def inner(element: etree._Element) -> str:
    """Return what stands in an element, its own markup as markup."""
    return (element.text or "") + "".join(etree.tostring(child, encoding="unicode") for child in element)


def value(element: etree._Element, *names: str) -> str | None:
    """Return the text of the first child of these names that has any."""
    return next((text for child in children(element, *names) if (text := "".join(child.itertext(etree.Element)).strip())), None)


def _parts(written: str) -> Iterator[tuple[str, bool]]:
    """Yield the pieces of a file, and whether they are to be taken as they are written."""
    place = 0
    while (start := written.find(_CDATA, place)) >= 0 and (end := written.find(_CDATA_END, start)) >= 0:
        yield written[place:start], False
        place = end + len(_CDATA_END)
        yield written[start:place], True
    yield written[place:], False


def _mended(found: re.Match[str]) -> str:
    number = int(found[2]) if found[2] else int(found[3], 16) if found[3] else None
    if number is not None:
        writable = number in {9, 10, 13} or (_FIRST_PLAIN <= number <= _LAST and not _UNWRITABLE.match(chr(number)))
        return found[0] if writable else ""
    if found[1] is None:
        return "&amp;"
    if found[1] in _OF_XML:
        return found[0]
    known = html5.get(f"{found[1]};")
    return known if known and known not in "<>&\"'" else found[0]
