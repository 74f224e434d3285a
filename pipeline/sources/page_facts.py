"""What a page says of itself in its head: title, author, date, address.

Comes in: the tree of a page. Goes out: `Facts`, empty where the page is silent. Refuses nothing: a value of another kind is passed over, and nothing
is guessed from the words of the post.
"""

from __future__ import annotations

import json
import re
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from lxml import etree

from pipeline.sources.markup import line_of, plain
from pipeline.sources.page_dates import read_page_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

LONGEST = 300  # code points of a title, a name or an address
_ARTICLES = frozenset(("article", "blogposting", "newsarticle", "report", "socialmediaposting", "techarticle"))
_GOTOKNOW = re.compile(r"https?://(?:www\.)?gotoknow\.org/(?:posts|blog/[\w.-]{1,80}|blogs/posts)/(\d{1,12})(?=$|[/?#])")
_SAVED_FROM = re.compile(r"\s*saved from url=\(\d{1,6}\)(\S{1,2000})")
_TITLES = etree.XPath("//meta[@property='og:title']/@content | //meta[@name='twitter:title']/@content")
_HEADINGS = etree.XPath("//h1")
_HEAD_TITLE = etree.XPath("//head/title | //title")
_AUTHORS = etree.XPath(
    "//meta[@name='author' or @name='DC.creator' or @property='article:author' or @name='dc.creator']/@content"
    " | //*[@itemprop='author' and not(ancestor::*[contains(@itemtype, 'Comment')])]//*[@itemprop='name']"
)
_REL_AUTHORS = etree.XPath("//*[@rel='author']")
_DATES = etree.XPath(
    "//meta[@property='article:published_time' or @name='article:published_time' or @itemprop='datePublished' or @name='date' or @name='pubdate'"
    " or @name='DC.date' or @name='dc.date' or @name='publish_date']/@content"
    " | //*[@itemprop='datePublished' and not(ancestor::*[contains(@itemtype, 'Comment')])]/@datetime"
)
_TIMES = etree.XPath("//article//time/@datetime | //time[@pubdate]/@datetime")
_LINKS = etree.XPath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
_COMMENTS = etree.XPath("//comment()")
_JSON = etree.XPath("//script[@type='application/ld+json']")


@dataclass(frozen=True, slots=True)
class Facts:
    """What the head of a page says."""

    title: str | None = None
    author: str | None = None
    posted_at: datetime | None = None
    url: str | None = None


def read_facts(tree: etree._Element) -> Facts:
    """Return what the page says of itself."""
    told = next(_articles(tree), {})
    author = told.get("author")
    author = author[0] if isinstance(author, list) and author else author
    name = author.get("name") if isinstance(author, dict) else author
    dates = (_text(told.get("datePublished")), *_texts(_DATES(tree)), *_texts(_TIMES(tree)))
    return Facts(
        title=_first(_text(told.get("headline")), *_texts(_TITLES(tree)), *_lines(_HEADINGS(tree)), *_lines_of_title(tree)),
        author=_first(*(found for found in (_text(name), *_texts(_AUTHORS(tree)), *_lines(_REL_AUTHORS(tree))) if not is_address(found))),
        posted_at=next((moment for date in dates if date and (moment := read_page_date(date))), None),
        url=_first(*(found for found in (*_texts(_LINKS(tree)), *_saved_from(tree)) if is_address(found))),
    )


def gotoknow_number(url: str | None) -> str | None:
    """Return the number of a post of GotoKnow from the address of its page.

    >>> gotoknow_number("https://www.gotoknow.org/posts/188214?locale=th"), gotoknow_number("https://example.org/posts/1")
    ('188214', None)
    """
    found = _GOTOKNOW.match(url or "")
    return str(int(found[1])) if found else None


def is_address(written: str | None) -> bool:
    """Say whether a value is the full address of a page on the web."""
    try:
        return bool(written) and urlsplit(str(written)).scheme in {"http", "https"} and bool(urlsplit(str(written)).hostname)
    except ValueError:
        return False


def _articles(tree: etree._Element) -> Iterator[dict[str, Any]]:
    """Yield what the page tells to search engines of an article."""
    for script in _JSON(tree):
        try:
            waiting = deque([json.loads(script.text or "")])
        except (ValueError, RecursionError):
            continue
        while waiting:
            found = waiting.popleft()
            if isinstance(found, list):
                waiting += found
            elif isinstance(found, dict):
                kinds = found.get("@type")
                if _ARTICLES & {str(kind).casefold() for kind in (kinds if isinstance(kinds, list) else [kinds])}:
                    yield found
                waiting += [found["@graph"]] if isinstance(found.get("@graph"), list) else []


def _saved_from(tree: etree._Element) -> Iterator[str]:
    """Yield the address that a browser writes into a page when it saves it."""
    for node in _COMMENTS(tree.getroottree()):
        found = _SAVED_FROM.match(node.text or "")
        if found:
            yield plain(found[1])


def _lines_of_title(tree: etree._Element) -> Iterator[str]:
    for node in _HEAD_TITLE(tree):
        if written := plain(" ".join((node.text or "").split())):
            yield written


def _lines(found: list[etree._Element]) -> Iterator[str]:
    return (line for node in found if (line := line_of(node)))


def _texts(found: list[str]) -> Iterator[str]:
    return (plain(text) for text in found)


def _text(value: object) -> str | None:
    return plain(value) if isinstance(value, str) else None


def _first(*found: str | None) -> str | None:
    return next((value for value in found if value and len(value) <= LONGEST), None)
