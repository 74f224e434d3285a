"""Files are found in name order, and whatever cannot be read is told in one sentence and set aside."""

import json
import os
import subprocess

import pytest

from pipeline.errors import SettingsError, SourceError
from pipeline.records import Post
from pipeline.sources import FORMATS, find_files, read_posts
from pipeline.sources.files import SourceFile

PAGE = "ชื่อเรื่อง\n\nวันนี้ได้ไปประชุมที่ศาลากับชาวบ้าน"
HTML = f"<html><body><article><p>{PAGE}</p></article></body></html>"
RSS = f"<rss version='2.0'><channel><item><description>{PAGE}</description></item></channel></rss>"
SAMPLES = {
    ".txt": PAGE,
    ".html": HTML,
    ".htm": HTML,
    ".jsonl": json.dumps({"text": PAGE}),
    ".csv": f'text\n"{PAGE}"\n',
    ".rss": RSS,
    ".xml": RSS,
    ".atom": f"<feed xmlns='http://www.w3.org/2005/Atom'><entry><content>{PAGE}</content></entry></feed>",
}


@pytest.fixture
def inbox(tmp_path):
    def write(**files):
        for name, content in files.items():
            path = tmp_path / name.replace("__", "/")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return tmp_path

    return write


def names(*sources):
    return [file.name for file in find_files(sources)]


def only(path):
    (found,) = read_posts(SourceFile(path, path.name))
    return found


def test_every_format_reads_its_sample(tmp_path):
    assert set(SAMPLES) == set(FORMATS)
    for ending, content in SAMPLES.items():
        path = tmp_path / f"a{ending}"
        path.write_text(content, encoding="utf-8")
        post = only(path)
        assert isinstance(post, Post)
        assert (post.source, post.origin) == (path.name, path.as_posix())
        assert "ประชุมที่ศาลา" in "".join(span.of(post.text) for span in post.body)


def test_files_come_in_name_order_with_names_relative_to_the_source(inbox):
    folder = inbox(**{"b.txt": PAGE, "a__z.txt": PAGE, "a__b.JSONL": "{}", "c.csv": "text"})
    assert names(folder) == ["a/b.JSONL", "a/z.txt", "b.txt", "c.csv"]
    assert names(folder / "b.txt", folder / "a") == ["b.txt", "b.JSONL", "z.txt"]


def test_what_is_no_post_is_passed_over(inbox):
    folder = inbox(**{".hidden.txt": "x", "lessons.toml": "", "README.md": "x", "a.png": "x", "lessons.db": "x", ".git__a.txt": "x", "a.txt": PAGE})
    assert names(folder) == ["a.txt"]


def test_our_own_output_is_passed_over(inbox):
    folder = inbox(**{"out__passages.jsonl": "{}", "out__posts.jsonl": "{}", "out__all__a.txt": "x", "posts.jsonl": "{}"})
    assert names(folder) == ["posts.jsonl"]


def test_each_file_comes_once(inbox):
    folder = inbox(**{"a.txt": PAGE})
    (folder / "loop").symlink_to(folder)
    assert names(folder, folder / "a.txt") == ["a.txt"]


def test_a_source_that_is_not_there_stops_the_run(tmp_path):
    with pytest.raises(SettingsError, match="POSTS must be"):
        names(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "at least one post"),
        (b" \n\xc2\xa0\n", "at least one post"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        ("ชื่อเรื่อง\n\nข้อความ".encode("utf-16"), "UTF-16"),
        (b"abc\xff\xfe", "byte 3 does not fit"),
        ("Café crème à Paris, naïve".encode("latin-1"), "does not fit"),
        (bytes(range(1, 32)) * 9, "binary"),
    ],
)
@pytest.mark.parametrize("ending", [".txt", ".csv", ".jsonl"])
def test_a_file_that_is_no_text_is_set_aside(inbox, content, said, ending):
    errors = list(read_posts(SourceFile(inbox(**{f"a{ending}": content}) / f"a{ending}", f"a{ending}")))
    assert errors
    assert all(isinstance(error, SourceError) and error.en.startswith(f"a{ending}") and "ต้อง" in error.th for error in errors)
    if ending == ".txt":
        assert said in errors[0].en


def test_a_folder_a_pipe_and_a_vanished_file_are_set_aside(tmp_path):
    folder = tmp_path / "a.txt"
    folder.mkdir()
    pipe = tmp_path / "b.txt"
    os.mkfifo(pipe)
    assert "a folder" in only(folder).en
    assert "a pipe" in only(pipe).en
    gone = only(tmp_path / "gone.txt")
    assert "No such file" in gone.en
    assert "แต่ระบบแจ้งว่าไม่พบไฟล์หรือโฟลเดอร์ โปรดตรวจ" in gone.th


def test_a_huge_page_is_refused_from_its_size(tmp_path):
    path = tmp_path / "a.txt"
    subprocess.run(["truncate", "-s", "50M", str(path)], check=True)
    assert "5 MB at most. Got 52.4 MB" in only(path).en


def test_a_file_named_itself_is_never_passed_over_in_silence(inbox):
    folder = inbox(**{"a.docx": "x", "noending": "x"})
    assert "Got .docx" in only(folder / "a.docx").en
    assert "Got no ending" in only(folder / "noending").en
    assert names(folder / "a.docx") == ["a.docx"]


def test_a_name_that_is_no_utf8_can_still_be_written(tmp_path):
    path = os.fsencode(tmp_path) + b"/a\xff.txt"
    with open(path, "wb") as opened:  # noqa: PTH123 -- a name in bytes
        opened.write(PAGE.encode())
    (file,) = find_files([tmp_path])
    assert file.name == r"a\xff.txt"
    (post,) = read_posts(file)
    assert post.origin.encode()


def test_no_two_names_have_the_same_origin(tmp_path):
    written = [b"caf\xe9.txt", rb"caf\xe9.txt", rb"caf\x5cxe9.txt", "café.txt".encode(), "cafe\u0301.txt".encode(), b"a\\b.txt"]
    for name in (*written, "วัด.txt".encode("cp874"), "วัด.txt".encode()):
        with open(os.fsencode(tmp_path) + b"/" + name, "wb") as opened:  # noqa: PTH123 -- a name in bytes
            opened.write(PAGE.encode())
    origins = {file.origin for file in find_files([tmp_path])}
    assert len(origins) == len(written) + 2
    assert (tmp_path / "a\\b.txt").as_posix() in origins


def test_a_thai_name_from_an_old_archive_is_read_as_one(tmp_path):
    folder = os.fsencode(tmp_path) + "/ปี 2552".encode("cp874")
    os.mkdir(folder)  # noqa: PTH102 -- a name in bytes
    for name in ("วัด.txt".encode("cp874"), "วัดใหม่.txt".encode()):
        with open(folder + b"/" + name, "wb") as opened:  # noqa: PTH123 -- a name in bytes
            opened.write(PAGE.encode())
    assert names(tmp_path) == ["ปี 2552/วัดใหม่.txt", "ปี 2552/วัด.txt"]


@pytest.mark.parametrize("name", ["รายงาน.docx", "สรุป.pdf", "posts.json"])
def test_a_document_of_another_kind_is_told_and_not_passed_over(tmp_path, name):
    (tmp_path / name).write_bytes(b"x")
    (tmp_path / "notes.md").write_text("x", encoding="utf-8")
    files = list(find_files([tmp_path]))
    assert [file.name for file in files] == [name]
    (error,) = read_posts(files[0])
    assert name.rpartition(".")[2] in error.en
