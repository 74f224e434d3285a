"""The comments (ความเห็น) of a saved page, which its markup sets apart.

Comes in: the tree of a page and where comments stand on such a page. Goes out: what each says, by whom and when, in the order of the page; an answer
that stands inside another comment is one of its own. Refuses nothing: an element without words, or on a page of an unknown blog without
an author and a time, is no comment.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.sources.decoding import BLANK
from pipeline.sources.joined import Said
from pipeline.sources.markup import line_of, plain, text_of
from pipeline.sources.page_dates import read_page_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml import etree

    from pipeline.sources.blogs import CommentPlaces

LONGEST_NAME = 80
_SAYS = re.compile(r"\s{0,3}(?:said|says|wrote|กล่าวว่า|พูดว่า|บอกว่า|เขียนว่า)?\s{0,3}(?:\.{3}|…|:)?$", re.IGNORECASE)
_WHERE_COMMENTS_STAND = frozenset(("article", "dd", "div", "dt", "li", "section", "td", "tr"))


def read_comments(tree: etree._Element, places: CommentPlaces, *, sure: bool) -> tuple[list[Said], list[etree._Element]]:
    """Return the comments of a page and their elements; unless `sure`, only those with an author or a time."""
    items = first_found(tree, places.item)
    marks = set(items)
    comments, elements = [], []
    for item in items:
        if item.tag not in _WHERE_COMMENTS_STAND:
            continue
        said = _read(item, marks, places)
        if said.text and (sure or said.author or said.posted_at):
            comments.append(said)
            elements.append(item)
    return comments, elements


def first_found(tree: etree._Element, paths: Sequence[etree.XPath]) -> list[etree._Element]:
    """Return what the first path finds that finds any element at all."""
    return next((found for path in paths if (found := [node for node in path(tree) if not isinstance(node, str)])), [])


def _read(item: etree._Element, marks: set[etree._Element], places: CommentPlaces) -> Said:
    names = [(node, name) for node, name in _own(item, marks, places.author) if name]
    dates = [(node, moment) for node, written in _own(item, marks, places.posted_at) if (moment := read_page_date(written))]
    texts = [node for node, _ in _own(item, marks, places.text)]
    aside = marks - {item} | {node for node, _ in (*names, *dates) if node is not item}
    text = text_of(texts[0], aside) if texts else ""
    author = _SAYS.sub("", names[0][1]).strip(BLANK) if names else None
    return Said(text, author if author and len(author) <= LONGEST_NAME else None, dates[0][1] if dates else None)


def _own(item: etree._Element, marks: set[etree._Element], paths: Sequence[etree.XPath]) -> list[tuple[etree._Element, str]]:
    """Return the elements of the first path that has words or a value there, with those; what stands in an answer is not the comment's own."""
    for path in paths:
        found = []
        for node in path(item):
            element = getattr(node, "getparent", lambda: None)() if isinstance(node, str) else node  # an attribute knows its element
            if _belongs(element, item, marks) and (written := plain(node) if isinstance(node, str) else line_of(node)):
                found.append((element, written))
        if found:
            return found
    return []


def _belongs(element: etree._Element, item: etree._Element, marks: set[etree._Element]) -> bool:
    nearest = next((node for node in (element, *element.iterancestors()) if node in marks), item)
    return nearest is item
