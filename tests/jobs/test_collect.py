"""What is no post is set aside with one sentence, and the rest is read all the same."""

import os
import random
from pathlib import Path

import pytest

from pipeline.jobs.run import open_run
from tests.render.conftest import unbroken

TIS = "ประชุมที่วัด\n\nต้องคุยกันก่อนลงมือทำ ไม่อย่างนั้นงานจะไม่เดิน ยังขาดคนจดบันทึกของตำบล และให้ทุกคนไปดูงานกัน\n"
NOISE = bytes(byte or 1 for byte in random.Random(7).randbytes(4000))  # noqa: S311 - the same noise every time


SET_ASIDE = {  # name: content, what the sentence says in English and in Thai, the line
    "empty.txt": (b"", "at least one post", "ว่างเปล่า", None),
    "blank.txt": ("\ufeff \r\n\t\n", "only white space", "ว่างเปล่า", None),
    "utf16.txt": (TIS.encode("utf-16"), "UTF-16", "UTF-16", None),
    "latin.txt": ("Café naïve déjà vu, résumé. ".encode("latin-1") * 9, "Got neither: byte 3", "ไบต์ที่ 3", None),
    "noise.txt": (NOISE, "", "", None),
    "picture.txt": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(99), "binary data", "ไบนารี", None),
    "dump.txt": (b" " * 50_000_000, "a file must be 5 MB at most. Got 50.0 MB", "ไฟล์ต้องมีขนาดไม่เกิน 5 MB", None),
    "endless.txt": ("ชื่อ\n\n" + "ก" * 1_000_000, "1,000,000 characters at most", "ไม่เกิน 1,000,000", None),
    "line.txt": ("ชื่อ\n\n" + "ก" * 900_000 + "\n", "line 3: a line of a post must have 200,000", "บรรทัดที่ 3", 3),
    "page.html": ("<img src='a.png'>", "at least one post", "อย่างน้อยหนึ่งเรื่อง", None),
    "feed.rss": ("<rss/>", "at least one post", "อย่างน้อยหนึ่งเรื่อง", None),
    "row.jsonl": ('{"text": "ยังขาดคนช่วยงาน"}\n{"text": null}\n', '"text" must be', "ต้องเป็น", 2),
    "half.jsonl": ('{"text": "ยังขาดคนช่วยงาน"}\n{"text": "ตกลงกัน', "valid JSON", "JSON ที่ถูกต้อง", 2),
}
FOLDERS_OF = {"th": " ระบบพักไว้ใน rejected.jsonl", "en": " It was set aside in rejected.jsonl."}


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("name", SET_ASIDE)
def test_what_is_no_post_is_set_aside_and_the_rest_is_read(team, name, language):
    content, en, th, line = SET_ASIDE[name]
    team.write(**{name.replace(".", "_"): content})
    order = team.order(language=language)
    report = team.run(order)
    [row] = team.rows(order.out / "rejected.jsonl")
    assert list(row) == ["source", "line", "reason"]
    assert (row["source"], row["line"]) == (name, line)
    assert row["reason"].startswith(name)
    assert row["reason"].endswith(FOLDERS_OF[language])
    assert (th if language == "th" else en) in row["reason"]
    assert "\n" not in row["reason"]
    assert [reject.reason for reject in report.collected.rejects] == [row["reason"]]
    assert "good.txt" in {row["source"] for row in team.rows(order.out / "passages.jsonl")}
    assert report.collected.new == 1 + (name.endswith(".jsonl"))
    assert name in unbroken((order.out / "index.html").read_text(encoding="utf-8"))


def test_thai_of_an_older_encoding_is_read_and_its_quotes_are_right(team):
    team.write(old_txt=TIS.encode("tis-620"))
    order = team.order()
    assert team.run(order).collected.rejects == []
    found = [row for row in team.rows(order.out / "passages.jsonl") if row["source"] == "old.txt"]
    assert found
    assert [row["quote"] for row in found] == [TIS[row["start"] : row["end"]] for row in found]


def test_line_ends_and_a_byte_order_mark_count_as_decoded(team):
    text = "\ufeff" + TIS.replace("\n", "\r\n")
    team.write(windows_txt=text)
    order = team.order()
    team.run(order)
    found = [row for row in team.rows(order.out / "passages.jsonl") if row["source"] == "windows.txt"]
    assert found
    assert [row["quote"] for row in found] == [text[row["start"] : row["end"]] for row in found]


@pytest.mark.parametrize(
    ("text", "en", "th"),
    [
        (TIS + "7" * 10_000 + "\n", "a run of 10,000 digits", "ตัวเลขติดกัน 10,000 หลัก"),
        ("ยังขาดคนช่วยงานและยังไม่มีใครรับปาก" * 9, "Got none. The post is listed without a title", "ไม่มีชื่อเรื่อง"),
    ],
    ids=["ten thousand digits", "no title"],
)
def test_what_is_only_odd_is_read_and_told(team, text, en, th):
    team.write(odd_txt=text)
    order = team.order()
    report = team.run(order)
    assert report.collected.rejects == []
    [(source, note)] = report.collected.notes
    assert source == "odd.txt"
    assert en in note.en
    assert th in note.th
    assert "odd.txt" in {row["source"] for row in team.rows(order.out / "passages.jsonl")}


def test_a_file_that_vanishes_before_it_is_read_is_set_aside(team):
    folder = team.write(gone_txt="จะหายไป\n\nยังขาดคนช่วยงาน")
    with open_run(team.order()) as run:
        (folder / "gone.txt").unlink()
        for batch in run.file_batches():
            run.collect(batch)
    [reject] = run.report.collected.rejects
    assert reject.source == "gone.txt"
    assert "No such file" in reject.reason
    assert run.report.collected.new == 1


NUMBERED = "{}\n\nยังขาดคนช่วยงาน {}\n\nหมายเลขบันทึก: 4711เขียนเมื่อ 3 มีนาคม 2552 10:00 น. ()\n"


@pytest.mark.parametrize(
    ("second", "said"),
    [
        (NUMBERED.format("เรื่อง", "สามคน"), "the same text. Remove one"),
        (NUMBERED.format("เรื่อง", "ห้าคน"), "another text. Give one of the two another id"),
    ],
    ids=["the same text", "another text"],
)
def test_the_second_post_with_a_number_is_set_aside(team, second, said):
    team.write(a_txt=NUMBERED.format("เรื่อง", "สามคน"), b_txt=second)
    order = team.order()
    for _ in range(2):  # the second run must not take the one for a change of the other
        report = team.run(order)
        [row] = team.rows(order.out / "rejected.jsonl")
        assert row["source"] == "b.txt"
        assert '"4711", which a.txt has too' in row["reason"]
        assert said in row["reason"]
        assert [row["source"] for row in team.rows(order.out / "posts.jsonl")] == ["a.txt", "good.txt"]
    assert (report.collected.changed, report.analysed) == (0, 0)


def test_files_whose_names_are_no_utf8_do_not_stand_for_each_other(team):
    folder = team.write()
    for number, name in enumerate(("กก", "ขข")):
        with open(os.fsencode(folder) + f"/{name}.txt".encode("tis-620"), "wb") as opened:  # noqa: PTH123 -- a name in bytes
            opened.write(f"เรื่องที่ {number}\n\nยังขาดคนช่วยงาน {number}\n".encode())
    order = team.order()
    for _ in range(2):
        collected = team.run(order).collected
        assert [row["source"] for row in team.rows(order.out / "posts.jsonl")] == ["good.txt", "กก.txt", "ขข.txt"]
    assert (collected.unchanged, collected.retired) == (3, 0)


def test_a_number_that_another_batch_of_files_has_is_set_aside_too(team, monkeypatch):
    monkeypatch.setattr("pipeline.jobs.run.BATCH", 1)
    team.write(a_txt=NUMBERED.format("เรื่อง", "สามคน"), z_txt=NUMBERED.format("เรื่อง", "ห้าคน"))
    assert [reject.source for reject in team.run(team.order()).collected.rejects] == ["z.txt"]


def test_a_line_that_leaves_its_file_leaves_the_digest(team):
    lines = [f'{{"id": "n{n}", "text": "ยังขาดคนช่วยงานข้อที่ {n}"}}\n' for n in range(3)]
    folder = team.write(notes_jsonl="".join(lines))
    order = team.order()
    team.run(order)
    (folder / "notes.jsonl").write_text("".join(lines[:2]), encoding="utf-8")
    assert team.run(order).collected.retired == 1
    assert {row["post"] for row in team.rows(order.out / "posts.jsonl")} >= {"n0", "n1"}
    assert "n2" not in {row["post"] for name in ("posts.jsonl", "passages.jsonl") for row in team.rows(order.out / name)}


def test_a_file_that_could_not_be_read_keeps_what_was_read_before(team):
    folder = team.write(notes_jsonl='{"id": "n1", "text": "ยังขาดคนช่วยงาน"}\n')
    order = team.order()
    team.run(order)
    (folder / "notes.jsonl").write_text('{"id": "n1"\n', encoding="utf-8")
    assert team.run(order).collected.retired == 0
    assert "n1" in {row["post"] for row in team.rows(order.out / "posts.jsonl")}


def test_a_post_whose_file_was_taken_out_leaves_the_digest(team):
    folder = team.write(b_txt=NUMBERED.format("เรื่อง", "สามคน"))
    order = team.order()
    team.run(order)
    (folder / "b.txt").rename(team.home / "b.txt")
    assert team.run(order).collected.retired == 1
    assert {row["source"] for name in ("posts.jsonl", "passages.jsonl") for row in team.rows(order.out / name)} == {"good.txt"}
    (team.home / "b.txt").rename(folder / "b.txt")
    report = team.run(order)
    assert report.analysed == 0
    assert [row["source"] for row in team.rows(order.out / "posts.jsonl")] == ["b.txt", "good.txt"]


def test_a_post_of_a_file_that_is_there_but_unreadable_stays(team):
    folder = team.write(b_txt=NUMBERED.format("เรื่อง", "สามคน"), c_txt="อีกเรื่อง\n\nยังขาดคนช่วยงาน\n")
    order = team.order()
    team.run(order)
    (folder / "b.txt").write_bytes(b"\0")
    (folder / "c.txt").unlink()
    assert team.run(order).collected.retired == 1
    assert [row["source"] for row in team.rows(order.out / "posts.jsonl")] == ["b.txt", "good.txt"]


def test_a_folder_that_cannot_be_listed_retires_nothing(team, monkeypatch):
    folder = team.write()
    (folder / "deep").mkdir()
    (folder / "deep" / "b.txt").write_text("อีกเรื่อง\n\nยังขาดคนช่วยงาน\n", encoding="utf-8")
    order = team.order()
    team.run(order)
    listing = Path.iterdir

    def iterdir(path):
        if path.name == "deep":
            raise PermissionError(13, "Permission denied")
        return listing(path)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    report = team.run(order)
    assert [reject.source for reject in report.collected.rejects] == ["deep"]
    assert report.collected.retired == 0
    assert [row["source"] for row in team.rows(order.out / "posts.jsonl")] == ["deep/b.txt", "good.txt"]


def test_posts_of_another_source_stay(team):
    team.write()
    team.run(team.order())
    (team.home / "other").mkdir()
    (team.home / "other" / "b.txt").write_text("อีกเรื่อง\n\nยังขาดคนช่วยงาน\n", encoding="utf-8")
    report = team.run(team.order(team.home / "other"))
    assert report.collected.retired == 0
    assert [row["source"] for row in team.rows(team.home / "out" / "posts.jsonl")] == ["b.txt", "good.txt"]
