"""Every source format through one contract: its samples, damaged files, files that are too large, old encodings."""

import json
from pathlib import Path

import pytest

from pipeline.records import Post
from pipeline.sources import FORMATS, SourceFile, read_posts
from tests.fuzz.oracle import check_file, check_post, check_reject

SAMPLES = Path(__file__).parents[2] / "corpora" / "samples"
FILES = sorted(file for file in SAMPLES.iterdir() if file.suffix in FORMATS)
WORDS = "การประชุมที่วัดเรื่องน้ำ ได้ข้อสรุปว่าต้องจดบัญชีทุกวัน และให้คนบ้านใกล้เป็นคนจด"
HEAD, FOOT = "<rss version='2.0'><channel><item><description>", "</description></item></channel></rss>"
ATOM = "<feed xmlns='http://www.w3.org/2005/Atom'><entry><content>{}</content></entry></feed>"
WRITTEN = {
    ".txt": "ชื่อเรื่อง\n\n{}",
    ".html": "<html><head><meta charset='utf-8'><title>ชื่อเรื่อง</title></head><body><article><h1>ชื่อเรื่อง</h1><p>{}</p></article></body></html>",
    ".htm": "<meta charset=tis-620><p>{}",
    ".jsonl": '{{"text": "{}"}}\n',
    ".csv": 'text\n"{}"\n',
    ".rss": f"<?xml version='1.0' encoding='utf-8'?>{HEAD}{{}}{FOOT}",
    ".xml": f"<?xml version='1.0' encoding='tis-620'?>{HEAD}{{}}{FOOT}",
    ".atom": ATOM,
}


@pytest.fixture
def read(tmp_path):
    def write(ending, content):
        path = tmp_path / f"a{ending}"
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
        return list(read_posts(SourceFile(path, path.name)))

    return write


def words(post):
    return "\n".join(span.of(post.text) for span in post.body)


def test_every_format_has_a_sample_and_a_line_here():
    assert {file.suffix for file in FILES} == set(FORMATS) == set(WRITTEN)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_sample_is_read_whole_and_twice_the_same(file):
    posts, rejects = check_file(file)
    assert (posts > 0, rejects) == (True, 0)
    first, second = (list(read_posts(SourceFile(file, file.name))) for _ in range(2))
    assert first == second
    assert all(post.title for post in first)
    assert {post.posted_at.year for post in first if post.posted_at} <= {2008, 2009, 2010}  # Buddhist years are turned


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp874", "tis-620"])
@pytest.mark.parametrize("ending", FORMATS)
def test_thai_in_either_encoding_whatever_the_file_declares(read, ending, encoding):
    (post,) = read(ending, WRITTEN[ending].format(WORDS).encode(encoding))
    assert isinstance(post, Post), post
    assert WORDS in words(post)
    check_post(post)


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" \r\n\t\xc2\xa0\n",
        b"\xef\xbb\xbf",
        b"\0" * 2_000,
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 9,
        bytes(range(1, 32)) * 9,
        WORDS.encode("utf-16"),
        "Café crème à Paris, naïve".encode("latin-1"),
    ],
    ids=["empty", "blank", "mark", "nul", "picture", "control", "utf-16", "latin-1"],
)
def test_what_is_no_text_is_set_aside_in_one_sentence(read, ending, content):
    found = read(ending, content)
    assert found
    for error in found:
        check_reject(error, f"a{ending}")


@pytest.mark.parametrize("ending", FORMATS)
def test_a_lone_surrogate_and_a_nul_never_come_out(read, ending):
    for sign in ("\ud800", "\0", "\\ud800", "&#xD800;", "&#0;"):
        for found in read(ending, WRITTEN[ending].format(WORDS + sign + WORDS)):
            if isinstance(found, Post):
                check_post(found)
                assert "\0" not in found.text
            else:
                check_reject(found, f"a{ending}")


@pytest.mark.parametrize("opened", ["<div>", "<b>", "[", "<entry>", "<item><description>", '"'])
@pytest.mark.parametrize("ending", FORMATS)
def test_deep_nesting_is_read_or_explained(read, tmp_path, ending, opened):
    path = tmp_path / f"a{ending}"
    for times in (300, 3_000, 100_000):
        path.write_text(WRITTEN[ending].format(opened * times + WORDS), encoding="utf-8")
        check_file(path)


@pytest.mark.parametrize("ending", FORMATS)
def test_a_file_of_fifty_megabytes_is_read_or_explained(tmp_path, ending):
    path = tmp_path / f"a{ending}"
    begin, end = WRITTEN[ending].split("{}") if ending != ".jsonl" else ('{"text": "', '"}\n')
    with path.open("w", encoding="utf-8") as opened:
        opened.write(begin)
        for _ in range(500):
            opened.write(f"{'ก ' * 25_000}\n" if ending != ".jsonl" else "ก " * 25_000)
        opened.write(end)
    found = list(read_posts(SourceFile(path, path.name)))
    assert found
    assert not any(isinstance(one, Post) for one in found)
    for error in found:
        check_reject(error, path.name)


def test_comments_are_spans_of_the_one_text_in_every_format(read):
    said = [{"author": "ป้านิด", "date": "2550-03-04", "text": "เห็นด้วยค่ะ"}]
    page = (
        f"<article><p>{WORDS}</p></article><div class='comment'><b class='author'>ป้านิด</b> <time datetime='2550-03-04'>4 มี.ค.</time>"
        "<div class='comment-content'>เห็นด้วยค่ะ</div></div>"
    )
    feed = (
        "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:thr='http://purl.org/syndication/thread/1.0'>"
        f"<entry><id>p1</id><content>{WORDS}</content></entry><entry><id>c1</id><author><name>ป้านิด</name></author><published>2550-03-04</published>"
        "<thr:in-reply-to ref='p1'/><content>เห็นด้วยค่ะ</content></entry></feed>"
    )
    scraped = f"ชื่อเรื่อง\n\n{WORDS}\n\nหมายเลขบันทึก: 7เขียนเมื่อ 3 มีนาคม 2550 21:05 น. ()\n\nความเห็น (1)\nป้านิด\n\nเห็นด้วยค่ะ"
    csv_said = json.dumps(said, ensure_ascii=False).replace('"', '""')
    files = {
        ".txt": scraped,
        ".html": page,
        ".jsonl": json.dumps({"text": WORDS, "comments": said}),
        ".csv": f'text,comments\n"{WORDS}","{csv_said}"\n',
        ".atom": feed,
    }
    for ending, content in files.items():
        (post,) = read(ending, content)
        check_post(post)
        (comment,) = post.comments
        assert comment.span.of(post.text) == "เห็นด้วยค่ะ", ending
        assert comment.author == "ป้านิด", ending
        assert WORDS in words(post), ending
        if ending != ".txt":  # scraped text has no date for this comment
            assert (comment.posted_at.year, comment.posted_at.month, comment.posted_at.day) == (2007, 3, 4)
