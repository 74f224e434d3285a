"""A run with a reader outside the team: what nobody sees, what the reader outside does not see, and the report."""

from __future__ import annotations

import json
import zipfile

import pytest

TOLD = (
    "เล่าจากวงคุย\n\n"
    "ป้าแจ่มเล่าว่าต้องถามคนในบ้านก่อนแล้วค่อยวางแผน เพราะแผนที่ไม่มีเจ้าของไม่มีใครทำต่อ โทร 081-234-5678\n\n"
    "ตอนนี้ยังขาดคนพาคุย บัตรของแก 1-1017-00230-70-8 เข้าจาก 203.0.113.87 ก็ยังไม่มีใครดู\n\n"
    "ตกลงกันว่าครูจินดานัดประชุมอีกครั้งวันที่ 9 พฤษภาคม 2552 ที่บ้านเลขที่ 12/3 หมู่ 4\n"
)
NEVER, PRIVATE = ("1-1017-00230-70-8", "203.0.113.87"), ("แจ่ม", "จินดา", "081-234-5678", "12/3")
READER = '[[reader]]\nemail = "partner@example.org"\noutside = true\ncut = "executive"\n'


def told_in(file):
    if file.suffix in {".docx", ".xlsx"}:
        with zipfile.ZipFile(file) as archive:
            return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return file.read_bytes().decode("utf-8").replace("\r\n ", "")


@pytest.fixture
def out(team):
    team.write(told_txt=TOLD)
    (team.home / "lessons.toml").write_text(READER, encoding="utf-8")
    order = team.order(config=team.home / "lessons.toml")
    team.run(order)
    return order.out


def published(folder):
    return [file for file in folder.rglob("*") if file.is_file() and not file.name.startswith(("lessons.db", ".lessons"))]


def test_what_nothing_shows_is_in_no_file_and_not_in_the_database(out):
    assert [(file.name, word) for file in published(out) for word in NEVER if word in told_in(file)] == []
    assert [word for word in NEVER if word.encode() in (out / "lessons.db").read_bytes()] == []


def test_a_quotation_is_the_text_of_its_post_with_the_mask_sign_for_sign(out, rows):
    texts = {row["post"]: row["text"] for row in rows(out / "posts.jsonl")}
    passages = rows(out / "passages.jsonl")
    assert any("▮" in row["quote"] for row in passages)
    assert all(texts[row["post"]][row["start"] : row["end"]] == row["quote"] for row in passages)
    assert all(len(text) == len(TOLD) for text in texts.values() if "ป้าแจ่ม" in text)


def test_what_may_leave_holds_nothing_private_in_any_form(out):
    files = published(out / "outside")
    names = {file.relative_to(out / "outside").as_posix() for file in files}
    assert {"index.html", "register.xlsx", "calendar.ics", "all/digest.html", "all/digest.executive.html", "all/digest.executive.mail.txt"} <= names
    assert [(file.name, word) for file in files for word in (*PRIVATE, *NEVER) if word in told_in(file)] == []
    assert any("ป้าแจ่ม" in told_in(file) for file in published(out / "all"))
    assert not (out / "all" / "digest.executive.html").exists()


def test_the_report_counts_and_never_tells(out):
    text = (out / "masked.json").read_text(encoding="utf-8")
    told = json.loads(text)
    assert {row["kind"]: row["count"] for row in told["everywhere"]} == {"ID number": 1, "network address": 1}
    assert {"phone", "name", "house number"} <= {row["kind"] for row in told["outside"]["counts"]}
    assert [word for word in (*PRIVATE, *NEVER) if word in text] == []


def test_without_a_reader_outside_nothing_is_left_for_one(team, out):
    (team.home / "lessons.toml").write_text("", encoding="utf-8")
    team.run(team.order(config=team.home / "lessons.toml"))
    assert not (out / "outside").exists()
