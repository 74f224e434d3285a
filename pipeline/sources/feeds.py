"""Feeds and backups of blogs: RSS 0.9 to 2.0, Atom, and the export files of WordPress and Blogger.

Comes in: a ``.rss``, ``.atom`` or ``.xml`` file. Goes out: a `Post` for every item, with the comments that the file has, or a `SourceError`.
Refuses XML of another kind, an item without words, a comment without its post, and what stands behind a fault. Drafts, settings and attachments are
passed over.
"""

from __future__ import annotations

import html
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.errors import SourceError
from pipeline.records import Note, Post, Span, short_hash
from pipeline.sources.decoding import BLANK, check_text, decode_page, notes_on
from pipeline.sources.feed_xml import children, inner, parse_feed, short_name, value
from pipeline.sources.files import open_file
from pipeline.sources.joined import Said, join
from pipeline.sources.markup import line_of, parse_html, plain, text_of
from pipeline.sources.page_dates import read_page_date
from pipeline.sources.page_facts import gotoknow_number, is_address
from pipeline.sources.refusals import refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from lxml import etree

    from pipeline.sources.files import SourceFile

MAX_FEED_BYTES = 20_000_000  # the backup of a blog of many years
_TAG = re.compile(r"<[a-zA-Z/!]")
_CUT_OFF = re.compile(r"(?:\[?(?:…|\.{3})\]?|\[&hellip;\]|อ่านต่อ.{0,20})\s*$")
_NAME_IN_ADDRESS = re.compile(r"[^\s@]{1,99}@[^\s@]{1,99}\s{1,9}\((.{1,99})\)")
_KIND = "http://schemas.google.com/g/2005#kind"
_POST_KINDS = frozenset(("post", "page"))


def read(file: SourceFile) -> Iterator[Post | SourceError]:
    """Yield the posts of a feed, and an error for each item that is none.

    Raises:
        SourceError: when the file is no feed, or holds no post.
    """
    with open_file(file, MAX_FEED_BYTES) as opened:
        data = opened.read(MAX_FEED_BYTES + 1)
    empty = True
    for found in read_feed(data, file.name, file.origin):
        empty = False
        yield found
    if empty:
        raise refusal(
            file.name,
            "a feed must hold at least one post. Got none that is published. Save the feed again, or take the file out of the folder.",
            "ฟีดต้องมีบันทึกอย่างน้อยหนึ่งเรื่องที่เผยแพร่แล้ว แต่ไม่พบ โปรดบันทึกฟีดใหม่อีกครั้ง หรือนำไฟล์ออกจากโฟลเดอร์",
        )


def read_feed(data: bytes, name: str, origin: str) -> Iterator[Post | SourceError]:
    """Yield the posts of a feed whose bytes are here; `name` stands in errors and as the source.

    Raises:
        SourceError: when it is no feed.
    """
    text, notes = decode_page(data, name)
    root, broken = parse_feed(text, name)
    channel, items = _items(root, name)
    if broken:
        items = [item for item, after in pairwise(items) if after.sourceline < broken[0]]
    feed = _Feed(channel, name, origin, notes)
    yield from feed.posts(items)
    if broken:
        yield refusal(
            name,
            f'a feed must be well-formed XML. Got "{broken[1]}"; from the item in which that stands on nothing was read. Save the feed again.',
            "ฟีดต้องเป็น XML ที่ถูกต้อง แต่พบจุดที่เสีย ตั้งแต่รายการนั้นไปจึงไม่ได้อ่าน โปรดบันทึกฟีดใหม่อีกครั้ง",
            broken[0],
        )


def _items(root: etree._Element, name: str) -> tuple[etree._Element, list[etree._Element]]:
    """Return what speaks of the whole feed, and its items."""
    kind = short_name(root)
    if kind == "rss":
        channel = next(children(root, "channel"), root)
        return channel, list(children(channel, "item"))
    if kind == "rdf:RDF":
        return next(children(root, "channel"), root), list(children(root, "item"))
    if kind == "atom:feed":
        return root, list(children(root, "atom:entry"))
    shown = plain(kind)[:40]
    raise refusal(
        name,
        f"a feed must be RSS or Atom. Got XML that begins with <{shown}>. Give the address of the feed, or save the page as .html.",
        f"ฟีดต้องเป็น RSS หรือ Atom แต่พบ XML ที่ขึ้นต้นด้วย <{shown}> โปรดใช้ที่อยู่ของฟีด หรือบันทึกหน้าเว็บเป็น .html",
    )


class _Feed:
    """A feed, and what holds for all its items."""

    def __init__(self, channel: etree._Element, name: str, origin: str, notes: tuple[Note, ...]) -> None:
        self._name = name
        self._origin = origin
        self._notes = notes
        self._blog = _line(channel, name, "title", "atom:title")
        self._author = _author(channel)

    def posts(self, items: Sequence[etree._Element]) -> Iterator[Post | SourceError]:
        """Yield the posts of the items, each with the comments that answer it."""
        posts = [item for item in items if _is_published(item) and _answered(item) is None]
        ids = {value(item, "guid", "atom:id") for item in posts}
        answers: dict[str, list[Said]] = {}
        for item in items:
            ref = _answered(item)
            if ref is None:
                continue
            if ref not in ids:
                yield self._no_place(item)
                continue
            try:
                answers.setdefault(ref, []).append(_said(item, self._name))
            except SourceError as error:
                yield error
        for item in posts:
            try:
                yield self._post(item, [*answers.get(value(item, "guid", "atom:id") or "", ()), *_wordpress_comments(item, self._name)])
            except SourceError as error:
                yield error

    def _post(self, item: etree._Element, said: Sequence[Said]) -> Post:
        text = _text(item, self._name)
        line = item.sourceline
        if not text.strip(BLANK):
            raise refusal(
                self._name,
                "an item of a feed must have a text. Got none. Save the page of the post as .html instead, or leave it.",
                "แต่ละรายการในฟีดต้องมีเนื้อความ แต่ไม่พบ โปรดบันทึกหน้าเว็บของบันทึกนี้เป็น .html แทน หรือปล่อยไว้ก็ได้",
                line,
            )
        whole, comments = join(text, [one for one in said if one.text])
        check_text(whole, self._name, line)
        url = _url(item)
        number = gotoknow_number(url)
        own = plain(value(item, "guid", "atom:id") or url or "")
        published = _date(item, "pubDate", "dc:date", "atom:published", "atom:issued", "dc:created")
        updated = _date(item, "atom:updated", "atom:modified")
        return Post(
            id=number or own or short_hash(whole),
            source=self._name,
            origin=self._origin,
            text=whole,
            title=_line(item, self._name, "title", "atom:title"),
            author=_author(item) or self._author,
            posted_at=published or updated,
            edited_at=updated if published and updated != published else None,
            url=url,
            blog=self._blog,
            body=(Span(0, len(text)),),
            comments=comments,
            notes=self._notes + self._cut_off(item, text) + notes_on(whole, self._name),
        )

    def _cut_off(self, item: etree._Element, text: str) -> tuple[Note, ...]:
        """Tell that a feed holds only the beginning of a post."""
        if next(children(item, "content:encoded", "atom:content"), None) is not None or not _CUT_OFF.search(text):
            return ()
        line = item.sourceline
        en = f"{self._name}, line {line}: the feed gives only the beginning of this post. Save the page of the post as .html to read it whole."
        th = f"{self._name} บรรทัดที่ {line}: ฟีดให้มาเพียงตอนต้นของบันทึกนี้ หากต้องการอ่านทั้งเรื่อง โปรดบันทึกหน้าเว็บเป็น .html"
        return (Note(en, th),)

    def _no_place(self, item: etree._Element) -> SourceError:
        return refusal(
            self._name,
            "a comment must stand in one file with its post. Got a comment on a post that is not there. Save the feed of the posts, or leave it.",
            "ความเห็นต้องอยู่ในไฟล์เดียวกับบันทึก แต่พบความเห็นของบันทึกที่ไม่มีในไฟล์ โปรดบันทึกฟีดของบันทึกแทน หรือปล่อยไว้ก็ได้",
            item.sourceline,
        )


def _is_published(item: etree._Element) -> bool:
    """Say whether an item is a post that readers of the blog see."""
    kind = next((str(node.get("term")).rpartition("#")[2] for node in children(item, "atom:category") if node.get("scheme") == _KIND), "post")
    draft = any(value(control, "app:draft") == "yes" for control in children(item, "app:control"))
    return (
        kind in _POST_KINDS
        and not draft
        and (value(item, "wp:post_type") or "post") in _POST_KINDS
        and (value(item, "wp:status") or "publish") == "publish"
    )


def _answered(item: etree._Element) -> str | None:
    """Return the id of the post that an item is a comment on."""
    return next((ref.strip() for node in children(item, "thr:in-reply-to") if (ref := node.get("ref"))), None)


def _said(item: etree._Element, name: str) -> Said:
    return Said(_text(item, name).strip(BLANK), _author(item), _date(item, "pubDate", "dc:date", "atom:published", "atom:updated"))


def _wordpress_comments(item: etree._Element, name: str) -> Iterator[Said]:
    """Yield the comments that WordPress writes into its backup, those that were let through."""
    for node in children(item, "wp:comment"):
        shown = value(node, "wp:comment_approved") == "1" and (value(node, "wp:comment_type") or "comment") == "comment"
        if shown:
            text = _as_text(next((inner(child) for child in children(node, "wp:comment_content")), ""), name).strip(BLANK)
            author = value(node, "wp:comment_author")
            yield Said(text, plain(author) or None if author else None, _date(node, "wp:comment_date"))


def _text(item: etree._Element, name: str) -> str:
    """Return the words of an item: the whole text, else the summary."""
    for node in children(item, "content:encoded", "atom:content", "description", "atom:summary"):
        kind = node.get("type") or ("text" if short_name(node).startswith("atom:") else "html")
        text = _lines("".join(node.itertext())) if kind in {"text", "text/plain"} else _as_text(inner(node), name)
        if text.strip(BLANK):
            return text
    return ""


def _as_text(written: str, name: str) -> str:
    """Return the text of HTML; where no tag is in it, its own lines count."""
    if not _TAG.search(written):
        return _lines(html.unescape(written))
    tree = parse_html(written, name)
    return text_of(tree) if tree is not None else ""


def _lines(written: str) -> str:
    return "\n".join(line.strip(BLANK) for line in written.splitlines()).strip("\n")


def _line(element: etree._Element, name: str, *names: str) -> str | None:
    """Return what stands in the first of these children, on one line."""
    for child in children(element, *names):
        tree = parse_html(inner(child), name) if child.get("type") != "text" else None
        if found := line_of(tree) if tree is not None else plain("".join(child.itertext())):
            return found
    return None


def _author(element: etree._Element) -> str | None:
    """Return a name; an address of e-mail alone is none."""
    for node in children(element, "atom:author"):
        if name := value(node, "atom:name"):
            return plain(name) or None
    written = value(element, "dc:creator", "author", "managingEditor")
    found = _NAME_IN_ADDRESS.fullmatch(plain(written)) if written else None
    if found:
        return found[1].strip(BLANK) or None
    return plain(written) or None if written and "@" not in written else None


def _date(element: etree._Element, *names: str) -> datetime | None:
    return next((moment for name in names if (written := value(element, name)) and (moment := read_page_date(written))), None)


def _url(item: etree._Element) -> str | None:
    """Return the address of the page of an item."""
    links = [value(item, "feedburner:origLink"), value(item, "link")]
    links += [node.get("href") for node in children(item, "atom:link") if node.get("rel", "alternate") == "alternate"]
    links += [value(item, "guid")]
    return next((plain(link) for link in links if link and is_address(link)), None)
