"""A saved page gives the words of its post and its comments, whatever blog it is from and whatever it says of itself."""

from datetime import datetime

import pytest

from pipeline.errors import SourceError
from pipeline.records import Post
from pipeline.sources import read_posts
from pipeline.sources.files import SourceFile

LONG = "ประชุมกันที่ศาลาวัด ได้ข้อสรุปว่าต้องให้คนบ้านใกล้เป็นคนจดบัญชี และนัดกันใหม่เดือนหน้า"


@pytest.fixture
def read(tmp_path):
    def write(content, name="a.html"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        found = list(read_posts(SourceFile(path, name)))
        return found[0] if len(found) == 1 else found

    return write


def words(post):
    return "\n".join(span.of(post.text) for span in post.body)


def said(post):
    return [(comment.author, comment.posted_at and comment.posted_at.isoformat(), comment.span.of(post.text)) for comment in post.comments]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>หนึ่ง</p><p>สอง", "หนึ่ง\n\nสอง"),
        ("หนึ่ง<br>สอง<br><br>สาม", "หนึ่ง\nสอง\n\nสาม"),
        ("<div>หนึ่ง</div><div><br></div><div>สอง</div>", "หนึ่ง\n\nสอง"),
        ("<p>กา<b>ร</b>ประ\nชุม</p>", "การประ ชุม"),
        ("<ul><li>หนึ่ง<li>สอง</ul>", "หนึ่ง\nสอง"),
        ("<pre>หนึ่ง\n\nสอง</pre>", "หนึ่ง\n\nสอง"),
        ("<table><tr><td>หนึ่ง<td>สอง</table>", "หนึ่ง สอง"),
        ("<p>เห็น<span style='display: none'>ไม่เห็น</span><i hidden>ไม่เห็น</i><script>ไม่เห็น()</script><!-- ไม่เห็น --> ชัด", "เห็น ชัด"),
        ("<p>&#3585;&nbsp;&amp;&lt;b&gt;&#x0E02;", "ก\u00a0&<b>ข"),
    ],
)
def test_the_text_is_what_a_reader_sees(read, markup, text):
    page = f"<html><head><meta name='generator' content='WordPress 3'></head><body><article class='post'><div class='entry-content'>{markup}"
    assert words(read(page)) == text


def test_a_page_of_an_unknown_blog_without_its_menus(read):
    menu = "<nav><a href='/'>หน้าแรก</a></nav><div id='menu'>" + "".join(f"<a href='/{n}'>หมวดที่ {n}</a>" for n in range(9)) + "</div>"
    side = "<aside><h3>ล่าสุด</h3><a href='/x'>บันทึกอื่น</a></aside><footer>สงวนลิขสิทธิ์</footer>"
    page = f"<html><head><title>เรื่องน้ำ - เว็บ</title></head><body>{menu}<article><h1>เรื่องน้ำ</h1><p>{LONG}</p><p>{LONG} อีกครั้ง</p></article>{side}"
    post = read(page)
    assert (post.title, words(post)) == ("เรื่องน้ำ", f"{LONG}\n\n{LONG} อีกครั้ง")


def test_a_page_of_one_line_is_a_post(read):
    assert words(read("<p>นัดพรุ่งนี้")) == "นัดพรุ่งนี้"


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("<meta property='article:published_time' content='2007-02-26T07:08:00Z'>", "2007-02-26 14:08"),
        ("<meta name='date' content='2550-02-26'>", "2007-02-26 00:00"),
        ("<meta name='DC.date' content='26 กุมภาพันธ์ ๒๕๕๐'>", "2007-02-26 00:00"),
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "BlogPosting", "datePublished": "2007-02-26T14:08:00+07:00"}]}</script>',
            "2007-02-26 14:08",
        ),
        ("<meta name='date' content='26/2/50'>", None),
        ("<meta name='date' content='31/2/2550'>", None),
        ("<script type='application/ld+json'>{broken</script>", None),
    ],
)
def test_the_date_is_read_in_either_calendar_and_never_guessed(read, head, day):
    post = read(f"<html><head>{head}</head><body><article><p>{LONG} เขียนปี 2551</p></article>")
    assert post.posted_at == (datetime.fromisoformat(day) if day else None)


@pytest.mark.parametrize("declared", ["utf-8", "tis-620", "windows-874", "iso-8859-1", "utf-16", "no-such-thing"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp874"])
def test_the_encoding_that_a_page_declares_is_not_believed(read, declared, encoding):
    page = f"<html><head><meta charset='{declared}'><meta http-equiv='Content-Type' content='text/html; charset={declared}'></head><body><p>{LONG}"
    assert LONG in words(read(page.encode(encoding)))


def test_a_letter_that_was_cut_in_two_is_told_and_the_rest_is_read(read):
    data = f"<article><p>{LONG * 9}</p></article>".encode()
    post = read(data.replace("บัญชี".encode(), "บัญชี".encode()[:-1], 1))
    assert "\ufffd" in post.text
    assert "broken signs" in post.notes[0].en


def test_gotoknow_by_its_words_even_without_any_markup_for_comments(read):
    page = (
        "<html><head><meta property='og:url' content='https://www.gotoknow.org/posts/4711'><title>เรื่องผึ้ง</title></head><body><ul><li>เมนู</li></ul>"
        f"<h1>เรื่องผึ้ง</h1><p>{LONG}</p><p>หมายเลขบันทึก: 4711<span>เขียนเมื่อ 3 มีนาคม 2550 21:05 น. ()</span></p><h3>ความเห็น (1)</h3>"
        "<p>ป้านิด</p><p></p><div>อยากรู้ว่าใครจะเป็นคนจดต่อคะ</div><div>พบปัญหาการใช้งานกรุณาแจ้ง</div>"
    )
    post = read(page)
    assert (post.id, post.title, post.url) == ("4711", "เรื่องผึ้ง", "https://www.gotoknow.org/posts/4711")
    assert post.posted_at == datetime(2007, 3, 3, 21, 5)  # noqa: DTZ001 - local to the page
    assert words(post) == LONG
    assert [text for _, _, text in said(post)] == ["อยากรู้ว่าใครจะเป็นคนจดต่อคะ"]


def test_answers_inside_comments_are_comments_of_their_own(read):
    def item(name, text, inside=""):
        return (
            f"<li class='comment'><article class='comment-body'><div class='comment-author'><b class='fn'>{name}</b></div>"
            f"<div class='comment-content'><p>{text}</p></div></article>{inside}</li>"
        )

    inner = item("", "สอง", f"<ul>{item('ค', 'สาม')}</ul>")
    page = (
        "<html><head><meta name='generator' content='WordPress'></head><body class='single'><article class='post'><div class='entry-content'>"
        f"<p>เรื่อง</p></div></article><ol class='commentlist'>{item('ก', 'หนึ่ง', f'<ul>{inner}</ul>')}<li class='pingback comment'>เว็บอื่น</li></ol>"
    )
    assert said(read(page)) == [("ก", None, "หนึ่ง"), (None, None, "สอง"), ("ค", None, "สาม")]  # who answers without a name lends none


def test_new_comments_of_blogger(read):
    page = (
        "<html><head><meta content='blogger' name='generator'></head><body><div class='post hentry'><h3 class='post-title'>ท</h3>"
        "<div class='post-body' id='post-body-77'>เรื่อง</div></div><ol id='top-ra'><li class='comment' id='c1'><div class='comment-block'>"
        "<div class='comment-header'><cite class='user'>ครูวิน</cite><span class='datetime'><a>26 กุมภาพันธ์ 2550 เวลา 14:08</a></span></div>"
        "<p class='comment-content'>ดีครับ</p></div><div class='comment-replies'><li class='comment'><div class='comment-header'>"
        "<cite class='user'>แอน</cite></div><p class='comment-content'>ค่ะ</p></li></div></li></ol>"
    )
    post = read(page)
    assert post.id == "77"
    assert said(post) == [("ครูวิน", "2007-02-26T14:08:00", "ดีครับ"), ("แอน", None, "ค่ะ")]


def test_a_page_that_shows_several_posts_gives_each(read):
    def entry(number):
        return (
            f"<article class='post hentry'><h2 class='entry-title'><a href='https://a.example.org/{number}' rel='bookmark'>ที่ {number}</a></h2>"
            f"<div class='entry-content'><p>เรื่อง {number}</p></div></article>"
        )

    page = f"<html><head><meta name='generator' content='WordPress'></head><body>{entry(1)}{entry(2)}"
    found = read(page)
    assert [(post.id, post.title, words(post)) for post in found] == [
        ("https://a.example.org/1", "ที่ 1", "เรื่อง 1"),
        ("https://a.example.org/2", "ที่ 2", "เรื่อง 2"),
    ]


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ("<html><body><img src='a.png'></body></html>", "at least one post"),
        ("<script>alert(1)</script>", "at least one post"),
        ("<p>" + "<i>" * 3_000 + "ก", "nest at most 2,048 deep"),
        ("<p " + "a=1 " * 9_000 + ">ก", "2,000 attributes"),
        ("<p>" + "ก " * 600_000, "1,000,000 characters"),
    ],
)
def test_a_page_without_a_post_is_set_aside(read, content, rule):
    error = read(content)
    assert isinstance(error, SourceError)
    assert rule in error.en


def test_nothing_that_a_page_names_is_fetched(read, monkeypatch):
    def no_socket(*_words):
        raise AssertionError("the network was asked")

    monkeypatch.setattr("socket.socket.connect", no_socket)
    monkeypatch.setattr("socket.getaddrinfo", no_socket)
    page = (
        "<!DOCTYPE html SYSTEM 'http://192.0.2.1/x.dtd'><html><head><link rel='stylesheet' href='http://192.0.2.1/a.css'><base href='http://192.0.2.1/'></head>"
        f"<body><article><p>{LONG}<img src='http://192.0.2.1/a.png'><iframe src='http://192.0.2.1/'></iframe></p></article>"
    )
    assert isinstance(read(page), Post)
