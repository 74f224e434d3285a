"""A feed gives its posts whichever kind it is, expands nothing, and says what in it cannot be read."""

from datetime import datetime

import pytest

from pipeline.errors import SourceError
from pipeline.records import Post
from pipeline.sources.feeds import read_feed

ATOM = "xmlns='http://www.w3.org/2005/Atom'"
THREAD = "xmlns:thr='http://purl.org/syndication/thread/1.0'"


def read(text):
    return list(read_feed(text.encode() if isinstance(text, str) else text, "a.rss", "/inbox/a.rss"))


def rss(*items):
    return (
        "<rss version='2.0' xmlns:content='http://purl.org/rss/1.0/modules/content/'><channel><title>สมุด</title>"
        + "".join(items)
        + "</channel></rss>"
    )


def item(inner):
    return f"<item>{inner}</item>\n"


def only(text):
    (post,) = read(text)
    assert isinstance(post, Post), post
    return post


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<description>ประชุม &lt;b&gt;พรุ่งนี้&lt;/b&gt;</description>", "ประชุม พรุ่งนี้"),
        ("<description><![CDATA[<p>หนึ่ง</p><p>สอง</p>]]></description>", "หนึ่ง\n\nสอง"),
        ("<description>สั้น</description><content:encoded>ยาวกว่า</content:encoded>", "ยาวกว่า"),
        ("<description>หนึ่ง\nสอง</description>", "หนึ่ง\nสอง"),
        ("<description>ถั่ว&nbsp;&amp; งา &ndash; ข้าว & ปลา</description>", "ถั่ว\u00a0& งา – ข้าว & ปลา"),
        ("<description><p>หนึ่ง</p><p>สอง</p></description>", "หนึ่ง\n\nสอง"),
        ("<description>ก&#0;&#xD800;&#8;ข</description>", "กข"),
    ],
)
def test_the_words_of_an_item(inner, text):
    assert only(rss(item(inner))).text == text


@pytest.mark.parametrize(
    ("date", "moment"),
    [
        ("<pubDate>Mon, 26 Feb 2007 07:08:00 GMT</pubDate>", datetime(2007, 2, 26, 14, 8)),  # noqa: DTZ001 - local to the page
        ("<pubDate>Mon, 26 Feb 2550 14:08:00 +0700</pubDate>", datetime(2007, 2, 26, 14, 8)),  # noqa: DTZ001
        ("<pubDate>26 กุมภาพันธ์ 2550 14:08 น.</pubDate>", datetime(2007, 2, 26, 14, 8)),  # noqa: DTZ001
        ("<pubDate>พรุ่งนี้</pubDate>", None),
        ("<pubDate>Mon, 26 Feb 50 14:08:00 +0700</pubDate>", None),
    ],
)
def test_the_date_of_an_item(date, moment):
    assert only(rss(item(f"<description>ก</description>{date}"))).posted_at == moment


@pytest.mark.parametrize(
    ("inner", "author"),
    [("<author>nid@example.org (ป้านิด)</author>", "ป้านิด"), ("<author>nid@example.org</author>", None), ("<author>ป้านิด</author>", "ป้านิด")],
)
def test_an_address_of_mail_is_no_name(inner, author):
    assert only(rss(item(f"<description>ก</description>{inner}"))).author == author


def test_the_id_is_the_feeds_own_and_the_number_for_gotoknow():
    assert only(rss(item("<description>ก</description><guid>x-1</guid><link>https://a.example.org/1</link>"))).id == "x-1"
    assert only(rss(item("<description>ก</description><link>https://a.example.org/1</link>"))).id == "https://a.example.org/1"
    assert only(rss(item("<description>ก</description><guid>zz</guid><link>https://www.gotoknow.org/posts/188214</link>"))).id == "188214"


def test_an_old_feed_in_rdf():
    feed = (
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
        "<channel><title>สมุด</title></channel><item><title>ท</title><link>https://a.example.org/1</link><description>ก</description>"
        "<dc:creator>ป้านิด</dc:creator><dc:date>2007-02-26T07:08:00Z</dc:date></item></rdf:RDF>"
    )
    post = only(feed)
    assert (post.title, post.author, post.blog, post.text) == ("ท", "ป้านิด", "สมุด", "ก")
    assert post.posted_at == datetime(2007, 2, 26, 14, 8)  # noqa: DTZ001


def test_the_backup_of_blogger_with_its_comments_and_without_its_settings():
    def entry(kind, id_, more):
        category = f"<category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#{kind}'/>"
        return f"<entry><id>{id_}</id>{category}{more}</entry>"

    feed = (
        f"<feed {ATOM} {THREAD} xmlns:app='http://purl.org/atom/app#'>"
        + entry("template", "t", "<content>แม่แบบ</content>")
        + entry("post", "p1", "<content type='html'>เรื่อง</content>")
        + entry("post", "p2", "<content>ร่าง</content><app:control><app:draft>yes</app:draft></app:control>")
        + entry("comment", "c1", "<content>ดีครับ</content><author><name>ครูวิน</name></author><thr:in-reply-to ref='p1'/>")
        + "</feed>"
    )
    post = only(feed)
    assert post.text == "เรื่อง\n\nดีครับ"
    assert [(comment.author, comment.span.of(post.text)) for comment in post.comments] == [("ครูวิน", "ดีครับ")]


def test_a_comment_without_its_post_is_told():
    (error,) = read(f"<feed {ATOM} {THREAD}><entry><id>c</id><content>ดี</content><thr:in-reply-to ref='elsewhere'/></entry></feed>")
    assert "with its post" in error.en


def test_a_feed_that_gives_only_beginnings_says_so():
    post = only(rss(item("<description>เล่าต่อจากวันก่อน [&amp;hellip;]</description>")))
    assert "only the beginning" in post.notes[0].en
    assert only(rss(item("<description>จบแล้วค่ะ</description>"))).notes == ()


def test_no_entity_is_expanded_and_no_file_read(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("ความลับ", encoding="utf-8")
    doctype = f'<!DOCTYPE rss [<!ENTITY one "ฮ่าฮ่า"><!ENTITY two "&one;&one;"><!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    assert only(doctype + rss(item("<description>ก&two;&x;ข</description>"))).text == "ก&two;&x;ข"


def test_a_thousand_million_laughs_end_in_one_sentence():
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 20}">' for n in range(1, 12))
    (error,) = read(f'<!DOCTYPE rss [<!ENTITY l0 "ฮ่าฮ่า">{laughs}]>' + rss(item("<description>ก&l11;ข</description>")))
    assert isinstance(error, SourceError)
    assert "well-formed" in error.en


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("ไม่ใช่ XML", "must be XML"),
        ("<urlset><url/></urlset>", "begins with <urlset>"),
        ("<html><body>หน้าเว็บ</body></html>", "begins with <html>"),
        (rss(item("<title>ไม่มีเนื้อความ</title>")), "must have a text"),
    ],
)
def test_what_is_no_feed_or_no_post_is_told(text, rule):
    found = []
    try:
        found = read(text)
    except SourceError as error:
        found = [error]
    (error,) = found
    assert rule in error.en


def test_a_feed_that_breaks_is_read_up_to_there():
    whole = rss(*(item(f"\n<guid>{number}</guid>\n<description>เรื่อง {number}</description>\n") for number in range(5)))
    found = read(whole[: whole.index("เรื่อง 3")])
    assert [post.id for post in found if isinstance(post, Post)] == ["0", "1", "2"]
    assert "well-formed XML" in found[-1].en
    assert found[-1].line == whole[: whole.index("เรื่อง 3")].count("\n") + 1


@pytest.mark.parametrize("declared", ["utf-8", "tis-620", "windows-874", "utf-16"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp874"])
def test_the_encoding_that_a_feed_declares_is_not_believed(declared, encoding):
    text = "การประชุมที่วัดได้ข้อสรุปว่าต้องจดบัญชี"
    feed = f"<?xml version='1.0' encoding='{declared}'?>\n{rss(item(f'<description>{text}</description>'))}"
    assert only(feed.encode(encoding)).text == text
