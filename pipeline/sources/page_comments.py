"""The comments (ความเห็น) of a saved page, which its markup sets apart.

Comes in: the tree of a page and where comments stand on such a page. Goes out: what each says, by whom and when, in the order of the page; an answer
that stands inside another comment is one of its own. Refuses nothing: an element without words, or on a page of an unknown blog without
an author and a time, is no comment.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.sources.decoding import BLANK
from pipeline.sources.joined import Said
from pipeline.sources.markup import line_of, plain, text_of
from pipeline.sources.page_dates import read_page_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.sources.blogs import CommentPlaces

    Owners = Mapping[etree._Element, etree._Element]  # noqa: SLF001 - the name of the type

LONGEST_NAME = 80
DEEPEST_ANSWER = 12  # answers in each other
_SAYS = re.compile(r"\s{0,3}(?:said|says|wrote|กล่าวว่า|พูดว่า|บอกว่า|เขียนว่า)?\s{0,3}(?:\.{3}|…|:)?$", re.IGNORECASE)
_WHERE_COMMENTS_STAND = frozenset(("article", "dd", "div", "dt", "li", "section", "td", "tr"))


def read_comments(tree: etree._Element, places: CommentPlaces, *, sure: bool) -> tuple[list[Said], list[etree._Element]]:
    """Return the comments of a page and their elements; unless `sure`, only those with an author or a time."""
    owners = _owners(tree, first_found(tree, places.item))
    comments, elements = [], []
    for item in [element for element, owner in owners.items() if element is owner and element.tag in _WHERE_COMMENTS_STAND]:
        said = _read(item, owners, places)
        if said.text and (sure or said.author or said.posted_at):
            comments.append(said)
            elements.append(item)
    return comments, elements


def first_found(tree: etree._Element, paths: Sequence[etree.XPath]) -> list[etree._Element]:
    """Return what the first path finds that finds any element at all."""
    return next((found for path in paths if (found := [node for node in path(tree) if not isinstance(node, str)])), [])


def _owners(tree: etree._Element, items: Sequence[etree._Element]) -> dict[etree._Element, etree._Element]:
    """Return for every element inside a comment the comment that it belongs to; what is answered too deeply belongs to the answer above it."""
    marks = set(items)
    owners: dict[etree._Element, etree._Element] = {}
    above: list[etree._Element] = []
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        if event == "end":
            if above and above[-1] is node:
                above.pop()
            continue
        if node in marks and len(above) < DEEPEST_ANSWER:
            above.append(node)
        if above:
            owners[node] = above[-1]
    return owners


def _read(item: etree._Element, owners: Owners, places: CommentPlaces) -> Said:
    name = next(((node, line) for node, line in _own(item, owners, places.author)), None)
    date = next(((node, moment) for node, line in _own(item, owners, places.posted_at) if (moment := read_page_date(line))), None)
    text = next((node for node, _ in _own(item, owners, places.text)), None)
    aside = {found[0] for found in (name, date) if found and found[0] is not item}
    answers = {node for node in item.iter() if owners.get(node) is node and node is not item}
    author = _SAYS.sub("", name[1]).strip(BLANK) if name else ""
    return Said(
        text_of(text, aside | answers) if text is not None else "", author if 0 < len(author) <= LONGEST_NAME else None, date[1] if date else None
    )


def _own(item: etree._Element, owners: Owners, paths: Sequence[etree.XPath]) -> Iterator[tuple[etree._Element, str]]:
    """Yield the elements to which the paths lead and that have words or a value, with those; what stands in an answer is not the comment's own."""
    for path in paths:
        for node in path(item):
            element = getattr(node, "getparent", lambda: None)() if isinstance(node, str) else node  # an attribute knows its element
            if owners.get(element, item) is item and (written := plain(node) if isinstance(node, str) else line_of(node)):
                yield element, written
