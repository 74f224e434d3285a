"""The blogs that are known by name, and where on their pages things stand.

Comes in: nothing. Goes out: `BLOGS`, places as XPaths, and those of comments on any other page. Refuses nothing. A path of a part is asked
from the entry, one of a comment from the comment; the first path that finds something counts. GotoKnow is known by its words, not by its
markup, which has changed often: its pages are read as the scraped text is.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree


def _with_class(*names: str) -> str:
    """Return the condition that an element has one of the classes."""
    return " or ".join(f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')" for name in names)


def _paths(*written: str) -> tuple[etree.XPath, ...]:
    return tuple(map(etree.XPath, written))


@dataclass(frozen=True, slots=True)
class CommentPlaces:
    """Where comments stand, each with its author, its time and its text; an answer may stand inside the comment that it answers."""

    item: tuple[etree.XPath, ...]
    author: tuple[etree.XPath, ...]
    posted_at: tuple[etree.XPath, ...]
    text: tuple[etree.XPath, ...]


@dataclass(frozen=True, slots=True)
class Blog:
    """A blog that is known by name: how its pages are recognised, their entries, the parts of an entry, and the comments below it."""

    name: str
    known_by: etree.XPath
    entry: tuple[etree.XPath, ...]
    title: tuple[etree.XPath, ...]
    author: tuple[etree.XPath, ...]
    posted_at: tuple[etree.XPath, ...]
    body: tuple[etree.XPath, ...]
    furniture: tuple[etree.XPath, ...]
    comments: CommentPlaces


_GENERATOR = "//meta[translate(@name, 'GENRATO', 'genrato') = 'generator'][contains(translate(@content, 'BDEGLOPRSW', 'bdegloprsw'), '{}')]"

_BLOGGER = Blog(
    name="Blogger",
    known_by=etree.XPath(f"{_GENERATOR.format('blogger')} | //link[contains(@href, 'www.blogger.com/feeds/')] | //*[@itemprop='blogId']"),
    entry=_paths(f"//*[{_with_class('hentry', 'post-outer')}][.//*[{_with_class('post-body')}]]", "//body"),
    title=_paths(f".//*[{_with_class('post-title', 'entry-title')}]"),
    author=_paths(
        f".//*[{_with_class('post-author', 'byline')}]//*[{_with_class('fn')} or @itemprop='name' or @rel='author']",
        f".//*[{_with_class('fn')}]",
    ),
    posted_at=_paths(
        f".//abbr[{_with_class('published')}]/@title",
        f".//time[{_with_class('published')}]/@datetime",
        ".//*[@itemprop='datePublished']/@content | .//*[@itemprop='datePublished']/@datetime | .//*[@itemprop='datePublished']/@title",
        f"(.//*[{_with_class('date-header')}] | preceding::*[{_with_class('date-header')}])[last()]",
    ),
    body=_paths(f".//*[{_with_class('post-body')}]"),
    furniture=_paths(
        f".//*[{_with_class('post-share-buttons', 'post-footer', 'jump-link', 'blogger-labels', 'reaction-buttons', 'comment-link')}]",
    ),
    comments=CommentPlaces(
        item=_paths(
            f"//li[{_with_class('comment')}][.//*[{_with_class('comment-content')}]]",
            f"//dl[@id='comments-block' or {_with_class('comments-block')}]/dt | //dt[{_with_class('comment-author')}]",
        ),
        author=_paths(
            f".//*[{_with_class('comment-header')}]//*[{_with_class('user')}]",
            f"self::dt//*[{_with_class('fn')} or @rel='nofollow']",
            "self::dt",
        ),
        posted_at=_paths(
            f".//*[{_with_class('comment-header')}]//*[{_with_class('datetime')}]",
            f"self::dt/following-sibling::dd[{_with_class('comment-footer')}][1]//*[{_with_class('comment-timestamp')}]",
        ),
        text=_paths(
            f".//*[{_with_class('comment-content')}]",
            f"self::dt/following-sibling::dd[{_with_class('comment-body')}][1]",
        ),
    ),
)

_WORDPRESS = Blog(
    name="WordPress",
    known_by=etree.XPath(
        f"{_GENERATOR.format('wordpress')} | //link[contains(@href, '/wp-content/') or contains(@href, '/wp-json/')]"
        f" | //body[{_with_class('single-post', 'wp-singular')}]"
    ),
    entry=_paths(f"//*[self::article or self::div][{_with_class('hentry', 'type-post', 'type-page', 'post')}]", "//article", "//main", "//body"),
    title=_paths(f".//*[{_with_class('entry-title', 'post-title', 'wp-block-post-title')}]", ".//h1", ".//h2"),
    author=_paths(
        f".//*[{_with_class('author', 'byline', 'entry-author', 'post-author', 'wp-block-post-author-name')}]"
        f"//*[{_with_class('fn', 'url')} or @rel='author' or self::a]",
        ".//*[@rel='author']",
        f".//*[{_with_class('author', 'wp-block-post-author-name')}]",
    ),
    posted_at=_paths(
        f".//time[{_with_class('entry-date', 'published')}]/@datetime",
        f".//*[{_with_class('wp-block-post-date', 'posted-on', 'entry-meta')}]//time/@datetime",
        f".//abbr[{_with_class('published')}]/@title",
        f".//*[{_with_class('entry-date', 'post-date', 'posted-on', 'date')}]",
    ),
    body=_paths(f".//*[{_with_class('entry-content', 'post-content', 'wp-block-post-content', 'post-entry', 'storycontent', 'entry')}]"),
    furniture=_paths(
        f".//*[{_with_class('sharedaddy', 'jp-relatedposts', 'entry-footer', 'entry-meta', 'post-navigation', 'wp-block-post-terms', 'page-links')}]"
        f" | .//*[{_with_class('comments-area', 'comment-respond')} or @id='comments' or @id='respond']",
    ),
    comments=CommentPlaces(
        item=_paths(f"//li[{_with_class('comment')}][not({_with_class('pingback', 'trackback')})]"),
        author=_paths(
            f".//*[{_with_class('comment-author', 'wp-block-comment-author-name')}]//*[{_with_class('fn')} or self::a]",
            f".//*[{_with_class('comment-author', 'fn', 'wp-block-comment-author-name')}]",
        ),
        posted_at=_paths(
            f".//*[{_with_class('comment-metadata', 'comment-meta', 'wp-block-comment-date')}]//time/@datetime",
            f".//*[{_with_class('comment-metadata', 'comment-meta', 'commentmetadata', 'comment-date')}]",
        ),
        text=_paths(
            f".//*[{_with_class('comment-content', 'comment-text', 'wp-block-comment-content')}]", f".//*[{_with_class('comment-body')}]", "."
        ),
    ),
)

BLOGS = (_BLOGGER, _WORDPRESS)

ANY_COMMENTS = CommentPlaces(
    item=_paths(
        "//*[contains(@itemtype, 'schema.org/Comment') or contains(@itemtype, 'schema.org/UserComments')]",
        f"//*[{_with_class('comment', 'comment-item', 'comment_item', 'comment-box', 'commentbox')}]",
    ),
    author=_paths(
        ".//*[@itemprop='author' or @itemprop='creator']//*[@itemprop='name']",
        ".//*[@itemprop='author' or @itemprop='creator']",
        f".//*[{_with_class('comment-author', 'comment_author', 'author', 'fn', 'username', 'user', 'name', 'commenter')}]",
    ),
    posted_at=_paths(
        ".//*[@itemprop='datePublished' or @itemprop='dateCreated' or @itemprop='commentTime']/@datetime",
        ".//*[@itemprop='datePublished' or @itemprop='dateCreated' or @itemprop='commentTime']/@content",
        ".//time/@datetime",
        f".//*[{_with_class('comment-date', 'comment_date', 'date', 'time', 'timestamp', 'datetime')}]",
    ),
    text=_paths(
        ".//*[@itemprop='text' or @itemprop='commentText']",
        f".//*[{_with_class('comment-content', 'comment_content', 'comment-body', 'comment_body', 'comment-text', 'comment_text')}]",
        f".//*[{_with_class('content', 'text', 'body')}]",
        ".",
    ),
)
ANY_COMMENTS_SECTION = etree.XPath(
    "//*[@id='comments' or @id='comment' or @id='respond' or @id='disqus_thread'"
    f" or {_with_class('comments', 'comments-area', 'comment-list', 'comment_list', 'commentlist', 'comment-respond')}]"
)
