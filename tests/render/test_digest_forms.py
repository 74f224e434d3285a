"""What a reader finds in each form of the digest."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from pipeline import render
from pipeline.labels import label_set
from pipeline.records import Evidence, Reject, Remarks
from pipeline.render import FORMATS, index_page
from pipeline.render.citation import citations, speaker
from pipeline.render.words import period
from tests.render.conftest import unbroken

SCHEMA = json.loads((Path(render.__file__).parent / "digest.schema.json").read_text(encoding="utf-8"))


def form(name: str, digest) -> str:
    return unbroken(FORMATS[name][1](digest))


@pytest.fixture(name="checked")
def _checked():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    return jsonschema.Draft202012Validator(SCHEMA)


def test_json_follows_its_schema(digest, empty_digest, checked):
    for each in (digest, empty_digest):
        checked.validate(json.loads(form("json", each)))


@pytest.mark.parametrize("place", [(), ("phase",), ("sections", 0), ("sections", 0, "items", 0), ("sections", 0, "items", 0, "mentions", 0)])
def test_the_schema_refuses_what_it_does_not_name_and_what_is_missing(digest, checked, place):
    rows = json.loads(form("json", digest))
    inner = rows
    for step in place:
        inner = inner[step]
    inner["strange"] = 1
    with pytest.raises(jsonschema.ValidationError, match="strange"):
        checked.validate(rows)
    del inner["strange"], inner[min(inner)]
    with pytest.raises(jsonschema.ValidationError, match="required"):
        checked.validate(rows)


def test_json_keeps_the_quote_character_for_character(digest):
    for section, written in zip(digest.sections, json.loads(form("json", digest))["sections"], strict=True):
        for item, row in zip(section.items, written["items"], strict=True):
            assert [mention["quote"] for mention in row["mentions"]] == [mention.passage.quote for mention in item.evidence]
            assert all(mention["end"] - mention["start"] == len(mention["quote"]) for mention in row["mentions"])


@pytest.mark.parametrize("name", ["markdown", "html"])
def test_people_read_who_where_when_and_how_often(name, digest, read_page):
    text = form(name, digest) if name == "markdown" else read_page(form(name, digest)).text()
    for shown in (
        "ระยะที่ 1: ตั้งกองทุนนำร่อง",
        "1 ตุลาคม 2549 ถึง 31 มีนาคม 2550",
        "24 บันทึก",
        "1,305 ข้อความ",
        "เราได้เรียนรู้อะไร",
        "คำพูดของ ผู้ใหญ่แดง เล่าโดย อรุณ สายชล",
        "26 กุมภาพันธ์ 2550",
        "พูดถึง 3 ครั้ง ใน 2 บันทึก",
        "เพราะพบคำว่า “ยังไม่มี” “หนักใจ”",
        "แสดง 2 จาก 1,234 ข้อ ดูครบทุกข้อได้ในทะเบียน register.xlsx",
        "ผู้ตรวจทานระบุไว้: 1 ข้อความ",
        "cues-2",
    ):
        assert shown in text


@pytest.mark.parametrize("name", ["markdown", "html"])
def test_every_quotation_leads_to_its_passage(name, digest):
    text = form(name, digest)
    for section in digest.sections:
        for item in section.items:
            assert all(f"../posts/{mention.passage.post}.html#p-{mention.passage.id}" in text for mention in item.evidence)


def test_the_number_of_an_entry_is_no_word_that_spoke_for_its_label(digest):
    item = digest.sections[0].items[0]
    first = replace(item.evidence[0], passage=replace(item.evidence[0].passage, why=("1.", "๒)", "ไม่", "นัด", "12 ม.ค.", "ครู", "วัน")))
    assert citations(replace(item, evidence=(first,)), 0.5)[0].why == "เพราะพบคำว่า “ไม่” “นัด” “12 ม.ค.” “ครู”"


@pytest.mark.parametrize("name", ["markdown", "html"])
def test_an_empty_section_says_so_in_one_line(name, empty_digest):
    text = form(name, empty_digest)
    assert text.count("ไม่พบข้อความประเภทนี้ในบันทึกของระยะนี้") == len(label_set())
    assert "ไม่มีข้อความที่เครื่องมั่นใจไม่ถึงร้อยละ 50" in text


@pytest.mark.parametrize(
    ("voice", "named", "author", "shown"),
    [
        ("author", None, "อรุณ", "อรุณ (ผู้เขียน)"),
        ("author", None, None, "ผู้เขียน (ไม่ระบุชื่อ)"),
        ("commenter", "มาลี", "อรุณ", "มาลี (ผู้แสดงความเห็น)"),
        ("commenter", None, "อรุณ", "ผู้แสดงความเห็น (ไม่ระบุชื่อ)"),
        ("reply", None, "อรุณ", "อรุณ (ผู้เขียนตอบความเห็น)"),
        ("quoted", "ผู้ใหญ่แดง", "อรุณ", "คำพูดของ ผู้ใหญ่แดง เล่าโดย อรุณ"),
        ("quoted", None, None, "คำพูดของผู้อื่น เล่าโดย ผู้เขียน (ไม่ระบุชื่อ)"),
    ],
)
def test_who_says_it(digest, voice, named, author, shown):
    passage = replace(digest.sections[0].items[0].evidence[0].passage, voice=voice, speaker=named)
    assert speaker(Evidence(passage, None, author, None, None)) == shown


@pytest.mark.parametrize(("confidence", "doubt"), [(0.5, ""), (0.499, "มั่นใจร้อยละ 49"), (0.07, "มั่นใจร้อยละ 7")])
def test_doubt_is_marked_below_the_bound(digest, confidence, doubt):
    item = digest.sections[0].items[0]
    first = item.evidence[0]
    (cited, *_) = citations(replace(item, evidence=(replace(first, passage=replace(first.passage, confidence=confidence)),)), 0.5)
    assert cited.doubt == doubt


def test_an_open_period_says_which_end_is_open(digest):
    assert period(None, digest.last_post) == "ถึง 29 มีนาคม 2550"
    assert period(digest.last_post, digest.last_post) == "29 มีนาคม 2550"
    assert period(None, None) == "ไม่ทราบวันที่"


def test_the_first_page_leads_to_the_pages_for_particular_readers(digest, read_page):
    files = ["digest.executive.html", "digest.pre-meeting-2.html", "digest.agency.en.html", "digest.en.html"]
    text = unbroken(index_page("กองทุน", [digest], [], [], cuts={digest.phase.id: files}))
    assert {f"{digest.phase.id}/{file}" for file in files} <= set(read_page(text).values("href"))
    assert all(f">{name}</a>" in text for name in ("ฉบับผู้บริหาร", "ฉบับก่อนประชุม 2", "ฉบับหน่วยงานภาคี (English)", "English"))


def test_the_index_shows_every_phase_and_what_was_set_aside(digest, empty_digest, rejects, notes, read_page):
    page = read_page(index_page("กองทุน", [digest, empty_digest], rejects, notes, posts=25))
    assert {"project-1/digest.html", "all/digest.html", "project-1/digest.html#issue"} <= set(page.values("href"))
    for shown in ("1,234", "อ่านบันทึกทั้งหมด 25 บันทึก กันออก 2 รายการ", "ช่อง text ต้องเป็นข้อความ", notes[0][1]):
        assert shown in page.text()
    for reject in rejects:
        assert page.text().count(reject.source) == 1  # in its column, and not once more in the sentence


def test_a_long_list_on_the_index_is_cut_and_says_so(digest, read_page):
    rejects = [Reject(f"{number}.txt", None, "แฟ้มต้องมีข้อความ") for number in range(1500)]
    page = read_page(index_page("กองทุน", [digest], rejects, [("1.txt", "ไม่มีวันที่")] * 201))
    assert "แสดง 200 จาก 1,500 รายการ ที่เหลืออยู่ใน rejected.jsonl" in page.text()
    assert "แสดง 200 จาก 201 ข้อสังเกต" in page.text()


def test_a_commenter_from_elsewhere_says_so(digest):
    passage = replace(digest.sections[0].items[0].evidence[0].passage, voice="commenter", speaker="มาลี", remarks=Remarks(outsider=True))
    assert speaker(Evidence(passage, None, None, None, None)) == "มาลี (ผู้แสดงความเห็น บอกว่าเป็นคนนอกพื้นที่)"
    assert speaker(Evidence(replace(passage, speaker=None), None, None, None, None)) == "ผู้แสดงความเห็น บอกว่าเป็นคนนอกพื้นที่ (ไม่ระบุชื่อ)"
