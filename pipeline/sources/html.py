"""Saved pages of any blog; those of GotoKnow, Blogger and WordPress are known by name.

Comes in: a ``.html`` or ``.htm`` file, a page as a browser saves it. Goes out: one `Post`, or one for each entry of a page that shows several; its
text is the post's words and below them its comments. Refuses what is no text, and a page on which nothing is written. The encoding that a page
declares is not believed, nothing that it names is fetched, and no script is run.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.records import Post, Span, short_hash
from pipeline.sources import blogs, gotoknow
from pipeline.sources.decoding import BLANK, MAX_PAGE_BYTES, check_text, decode_page, notes_on
from pipeline.sources.extractor import extract_text
from pipeline.sources.files import open_file
from pipeline.sources.joined import Said, join
from pipeline.sources.markup import line_of, parse_html, plain, text_of
from pipeline.sources.page_comments import first_found, read_comments
from pipeline.sources.page_dates import read_page_date
from pipeline.sources.page_facts import Facts, gotoknow_number, is_address, read_facts
from pipeline.sources.refusals import no_post, refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.errors import SourceError
    from pipeline.records import Note
    from pipeline.sources.files import SourceFile

_GOTOKNOW_SITE = etree.XPath("//meta[@property='og:site_name' and translate(@content, 'GOTKNW', 'gotknw') = 'gotoknow']")
_COMMENT_COUNT = re.compile(r"ความเห็น\s{0,9}\(\d{1,6}\)\s{0,9}$", re.MULTILINE)
_HEADINGS = etree.XPath("//h1 | //h2")
_SINGLE = etree.XPath("//body[contains(concat(' ', @class, ' '), ' single') or contains(@class, 'wp-singular') or contains(@class, 'item-view')]")
_BLOG_ID = etree.XPath("//*[@itemprop='blogId']/@content")
_POST_ID = etree.XPath(".//*[@itemprop='postId']/@content | .//*[starts-with(@id, 'post-body-')]/@id")
_ENTRY_LINK = etree.XPath(".//a[@rel='bookmark']/@href | .//*[self::h1 or self::h2 or self::h3]//a/@href")
_SHORT_LINK = etree.XPath("//link[@rel='shortlink']/@href")


class _Page:
    """A page on its way to its posts."""

    def __init__(self, tree: etree._Element, file: SourceFile, notes: tuple[Note, ...]) -> None:
        self.tree = tree
        self.file = file
        self.notes = notes
        self.facts: Facts = read_facts(tree)

    def post(self, text: str, said: Sequence[Said], facts: Facts, id_: str | None, blog: str | None) -> Post:
        """Return a post of the page.

        Raises:
            SourceError: when nothing is written in it, or no person wrote it as one post.
        """
        whole, comments = join(text, said)
        check_text(whole, self.file.name)
        return Post(
            id=id_ or facts.url or short_hash(whole),
            source=self.file.name,
            origin=self.file.origin,
            text=whole,
            title=facts.title,
            author=facts.author,
            posted_at=facts.posted_at,
            url=facts.url,
            blog=blog,
            body=(Span(0, len(text)),) if text else (),
            comments=comments,
            notes=self.notes + notes_on(whole, self.file.name),
        )


def read(file: SourceFile) -> Iterator[Post | SourceError]:
    """Yield the post of a saved page, or its posts.

    Raises:
        SourceError: when the file is no page, or nothing is written on it.
    """
    with open_file(file, MAX_PAGE_BYTES) as opened:
        data = opened.read(MAX_PAGE_BYTES + 1)
    if len(data) > MAX_PAGE_BYTES:
        raise refusal(file.name, "a page must not grow while it is read. Run again.", "ไฟล์ต้องไม่เปลี่ยนขณะอ่าน โปรดสั่งทำงานใหม่")
    written, notes = decode_page(data, file.name)
    tree = parse_html(written, file.name)
    if tree is None:
        raise no_post(file.name)
    page = _Page(tree, file, notes)
    if gotoknow_number(page.facts.url) or _GOTOKNOW_SITE(tree):
        yield _gotoknow_post(page)
        return
    blog = next((known for known in blogs.BLOGS if known.known_by(tree)), None)
    entries = _entries(page, blog) if blog else []
    yield from _known_posts(page, blog, entries) if blog and entries else [_any_post(page)]


def _entries(page: _Page, blog: blogs.Blog) -> list[tuple[etree._Element, etree._Element]]:
    """Return the entries of a page with their bodies; of a page that shows one post, only that."""
    for path in blog.entry:
        found = [(entry, bodies[0]) for entry in _outermost(path(page.tree)) if (bodies := first_found(entry, blog.body))]
        if found:
            return found[:1] if _SINGLE(page.tree) or first_found(page.tree, blog.comments.item) else found
    return []


def _known_posts(page: _Page, blog: blogs.Blog, entries: Sequence[tuple[etree._Element, etree._Element]]) -> Iterator[Post]:
    alone = len(entries) == 1
    said = read_comments(page.tree, blog.comments, sure=True)[0] if alone else []
    for entry, body in entries:
        facts = page.facts if alone else Facts(url=next((plain(link) for link in _ENTRY_LINK(entry) if is_address(link)), None))
        written = next((moment for path in blog.posted_at for found in path(entry) if (moment := read_page_date(_line(found) or ""))), None)
        own = replace(
            facts,
            title=_named(entry, blog.title) or facts.title,
            author=_named(entry, blog.author) or facts.author,
            posted_at=written or facts.posted_at,
        )
        text = text_of(body, {node for path in blog.furniture for node in path(entry)})
        if text or said or alone:
            yield page.post(text, said, own, _number(page, entry, alone=alone), blog.name)


def _number(page: _Page, entry: etree._Element, *, alone: bool) -> str | None:
    """Return the id that the blog itself gives a post, the one that its feed has too."""
    blog_id, post_id = (next((plain(found) for found in path(tree)), "") for path, tree in ((_BLOG_ID, page.tree), (_POST_ID, entry)))
    if post_id:
        number = post_id.removeprefix("post-body-")
        return f"tag:blogger.com,1999:blog-{blog_id}.post-{number}" if blog_id else number
    return next((plain(found) or None for found in _SHORT_LINK(page.tree)), None) if alone else None


def _any_post(page: _Page) -> Post:
    """Return the post of a page of an unknown blog."""
    said, elements = read_comments(page.tree, blogs.ANY_COMMENTS, sure=False)
    aside = [*elements, *blogs.ANY_COMMENTS_SECTION(page.tree), *_above_title(page)]
    for element in _outermost([node for node in aside if isinstance(node.tag, str)]):
        if element.tag not in {"html", "head", "body"} and not element.xpath(".//h1"):
            element.clear(keep_tail=True)
    text = extract_text(page.tree, page.file.name)
    title = page.facts.title
    if title and text.startswith(f"{title}\n"):
        text = text[len(title) :].lstrip(BLANK)
    return page.post(text, said, page.facts, None, None)


def _gotoknow_post(page: _Page) -> Post:
    """Return the post of a page of GotoKnow: comments by the markup where it sets them apart, all else by the words of the page."""
    said, elements = read_comments(page.tree, blogs.ANY_COMMENTS, sure=False)
    text = text_of(page.tree, set(_above_title(page)) | set(elements))
    if said:
        text = text[: count.start()] if (count := _COMMENT_COUNT.search(text)) else text
    scraped = gotoknow.read_page(text, page.file.name, page.file.origin)
    whole, comments = join(text, said)
    check_text(whole, page.file.name)
    return replace(
        scraped,
        id=gotoknow_number(page.facts.url) or scraped.id,
        text=whole,
        author=scraped.author or page.facts.author,
        posted_at=scraped.posted_at or page.facts.posted_at,
        url=page.facts.url,
        comments=comments or scraped.comments,
        notes=page.notes + scraped.notes,
    )


def _above_title(page: _Page) -> Iterator[etree._Element]:
    """Yield the elements that stand above the heading of the post: menus, banners."""
    title = page.facts.title or ""
    heading = next((node for node in _HEADINGS(page.tree) if (line := line_of(node)) and (line in title or title in line)), None)
    while heading is not None:
        yield from heading.itersiblings(preceding=True)
        heading = heading.getparent()


def _outermost(found: Sequence[etree._Element]) -> list[etree._Element]:
    """Return the elements that stand in no other one of them."""
    marks = set(found)
    return [node for node in found if not any(above in marks for above in node.iterancestors())]


def _named(entry: etree._Element, paths: Sequence[etree.XPath]) -> str | None:
    return next((line for path in paths for found in path(entry) if (line := _line(found))), None)


def _line(found: etree._Element | str) -> str | None:
    """Return an element or an attribute on one line."""
    return plain(found) or None if isinstance(found, str) else line_of(found)
