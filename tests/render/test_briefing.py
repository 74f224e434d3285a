"""The first parts of a digest in every form: the same numbers, quotations on two lines at most, each leading to its place, nothing unsaid."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import get_args

import docx
import jsonschema
import pytest

from pipeline import render
from pipeline.cuts import Cut, CutKind
from pipeline.digest.cuts import cut
from pipeline.digest.short_forms import short_forms_of
from pipeline.followed import MATTERS
from pipeline.privacy import Leaving
from pipeline.records import Changes, Followed, Highlight, Section
from pipeline.render import FORMATS, documents
from pipeline.render.briefing import TWO_LINES, briefing, doubtful
from pipeline.render.citation import how_often
from pipeline.settings import Privacy
from tests.render.conftest import unbroken

SCHEMA = json.loads((Path(render.__file__).parent / "digest.schema.json").read_text(encoding="utf-8"))
NEVER = "ไม่มีข้อความใดหนักแน่นพอที่จะยกขึ้นมาก่อน"


@pytest.fixture(name="told")
def _told(digest):
    """Return the digest with everything that can stand first in it."""
    lesson, issue, action = (next(section for section in digest.sections if section.label == name) for name in ("lesson", "issue", "action"))
    opener, news = action.items[0].evidence[0], action.items[1].evidence[0]
    moved = Followed("plan", "moved", opener, news, "moved", ("ครูจินดา",), date(2007, 4, 9), (("2007-04-02", "2007-04-09"),))
    asked = Followed("question", "open", issue.items[0].evidence[0], None, None, (), None)
    changes = Changes("compared", 20, date(2007, 2, 1), (Section("issue", 9, issue.items[:1]),), (("moved", moved),), (("moved", 4),))
    return replace(
        digest,
        top=(Highlight(action.items[0], new=True, due=date(2007, 4, 9), moved=True), Highlight(lesson.items[0], due=date(2007, 3, 1))),
        changes=changes,
        questions=(asked,),
        questions_total=7,
        lessons_before=5,
        reused=(moved,),
        unused=lesson.items[1:2],
    )


def texts(digest, read_page):
    return [FORMATS["markdown"][1](digest), read_page(FORMATS["html"][1](digest)).text()]


def test_json_tells_all_of_it_by_its_schema(told):
    for each in (told, replace(told, cut=Cut("facilitator", area="หนองกุ่ม", roles=("คุณอำนวย",)))):
        rows = json.loads(FORMATS["json"][1](each))
        jsonschema.Draft202012Validator(SCHEMA).validate(rows)
        assert [(one["new"], one["due"], one["moved"]) for one in rows["top"]] == [(True, "2007-04-09", True), (False, "2007-03-01", False)]
        assert rows["changes"]["followed"][0]["total"] == 4
        assert (rows["questions_total"], rows["lessons_before"], len(rows["reused"]), len(rows["unused"])) == (7, 5, 1, 1)


def test_people_read_the_same_in_both_forms(told, read_page):
    for text in texts(told, read_page):
        for said in (
            "เลื่อนมาเป็น 9 เมษายน 2550",
            "เลยกำหนด 1 มีนาคม 2550",
            "เทียบกับสรุปครั้งก่อน ซึ่งมี 20 บันทึก ถึง 1 กุมภาพันธ์ 2550",
            "แสดง 1 จาก 9 ข้อ",
            "แสดง 1 จาก 4 ข้อ",
            "แสดง 1 คำถามแรก จากทั้งหมด 7 คำถาม",
            "บทเรียนจากระยะก่อน 5 ข้อ พบว่านำมาใช้ 1 ข้อ ยังไม่พบว่านำมาใช้ 4 ข้อ",
            "2 เมษายน 2550 → 9 เมษายน 2550",
        ):
            assert said in text


def test_what_may_be_over_is_told_first_with_that_and_never_as_overdue(told, read_page):
    over = replace(told, top=(replace(told.top[1], may_end=("issue", "done")),))
    for text in texts(over, read_page):
        assert "เลยกำหนด 1 มีนาคม 2550" not in text
        assert re.search(r"กำหนด 1 มีนาคม 2550[^ก-๙]*อาจแก้ได้แล้ว รอคนยืนยัน", text)
    made = json.loads(FORMATS["json"][1](over))
    assert made["top"][0]["may_end"] == "done"
    jsonschema.Draft202012Validator(SCHEMA).validate(made)


@pytest.mark.parametrize("name", ["mail", "mail text", "html"])
def test_what_may_be_over_is_told_first_with_the_words_that_say_so_where_its_matter_is_told_nowhere_else(told, name):
    item, other = told.top[1].item, told.sections[1].items[0].evidence[0]
    first = replace(told.top[1], may_end=("action", "done"))
    line = Followed("action", "open", item.evidence[0], None, None, (), first.due, may_end=("done", other))
    plain = Followed("action", "open", told.sections[2].items[1].evidence[0], None, None, (), None)
    over = replace(told, top=(first,), followed=(plain, plain, plain, line), followed_total=4, cut=Cut("executive") if name == "html" else None)
    text = " ".join(unbroken(FORMATS[name][1](over)).split())
    assert text.count(f"อาจทำแล้ว รอคนยืนยัน: “{other.passage.quote}”") == 1
    assert text.count("อาจทำแล้ว") == (1 if name == "html" else 2)  # a sheet says it once


def test_an_empty_digest_says_so_and_fills_nothing_up(empty_digest, read_page):
    for text in texts(empty_digest, read_page):
        assert NEVER in text
        assert "สรุปครั้งแรกของระยะนี้" in text
        assert "ไม่มีคำถามที่ค้างคำตอบ" in text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (Changes("compared", 3), "ไม่มีอะไรเปลี่ยนจากสรุปครั้งก่อน"),
        (Changes("reread", 3), "ครั้งก่อนอ่านด้วยแบบจำลองอื่น"),
    ],
)
def test_one_line_says_why_no_change_is_told(digest, read_page, changes, said):
    assert all(said in text for text in texts(replace(digest, changes=changes), read_page))


def test_a_long_quotation_is_cut_to_two_lines_and_leads_to_its_place(told):
    item = told.sections[0].items[0]
    passage = replace(item.evidence[0].passage, quote="ปลูกกล้วยริมคลองกันตลิ่งพัง " * 20)
    long = replace(item, evidence=(replace(item.evidence[0], passage=passage),))
    [short] = briefing(replace(told, top=(Highlight(long),))).top
    assert len(short.cited.quote) <= TWO_LINES
    assert short.cited.quote.endswith("…")
    assert short.cited.quote[:-1] in passage.quote
    assert short.cited.href.endswith(f"#p-{passage.id}")


def test_repeats_are_counted_since_the_year_of_the_first(digest):
    items = [item for section in digest.sections for item in section.items]
    assert [how_often(item) for item in items if item.posts > 1] == ["พูดถึง 3 ครั้ง ใน 2 บันทึก ตั้งแต่ 2550 จาก 2 แหล่งที่เป็นอิสระต่อกัน"]


def test_the_doubtful_are_those_below_the_bound_the_least_sure_first(digest):
    doubts = [one.passage.confidence for one in doubtful(digest)]
    assert doubts == sorted(doubts)
    assert doubts
    assert max(doubts) < digest.unsure_below


def test_what_is_doubtful_leads_to_the_review_app_where_the_team_has_one_and_never_outside(digest):
    least = doubtful(digest)[0].passage
    ours = replace(digest, review_at="https://review.example.org")
    way = f"https://review.example.org/?open={least.id}"
    for form in ("html", "markdown"):
        assert way in FORMATS[form][1](ours)
        assert "review.example.org" not in FORMATS[form][1](Leaving([ours], Privacy("mask")).digest(ours))
    assert {one.review for one in briefing(digest).doubts} == {""}


def test_a_cut_counts_its_own_doubts_and_spells_out_its_own_short_forms(digest):
    nothing = cut(replace(digest, short_forms=(("กศน.", "การศึกษานอกระบบ"),)), Cut("agency", agency="กรมที่ไม่มีใครกล่าวถึง"))
    assert (briefing(nothing).doubts_total, nothing.short_forms) == (0, ())
    assert briefing(digest).doubts_total == digest.unsure


@pytest.mark.parametrize(("before", "forms"), [(MATTERS - 1, ["กศน."]), (MATTERS, [])])
def test_short_forms_are_those_of_the_matters_that_are_told(followed_digest, before, forms):
    line = followed_digest.followed[1]
    said = replace(line.opener, passage=replace(line.opener.passage, quote="กศน. จะมาสอนทำบัญชี"))
    digest = replace(followed_digest, followed=(*[line] * before, replace(line, opener=said)))
    assert [form for form, _ in short_forms_of(digest)] == forms


def test_actions_are_a_table_with_a_head_and_named_cells(told, read_page):
    page = read_page(FORMATS["html"][1](told))
    assert [attributes.get("class") for tag, attributes in page.elements if tag == "table"].count("actions") == 1
    assert {"ใคร", "เมื่อไร", "ที่ไหน", "สถานะ"} <= set(page.values("data-name"))
    assert "| ข้อ | ใคร | อะไร | เมื่อไร | ที่ไหน | สถานะ |" in FORMATS["markdown"][1](told)


def test_a_cut_names_its_reader_its_headings_and_says_where_nothing_is_heard(empty_digest, told, read_page):
    agency = replace(empty_digest, cut=Cut("agency", agency="พช."))
    assert all("สำหรับ พช." in text and "ไม่พบข่าว" in text for text in texts(agency, read_page))
    executive = replace(told, cut=Cut("executive"))
    for text in texts(executive, read_page):
        assert text.index("ผลที่ได้: บทเรียน") < text.index("เรื่องหารือ: เรื่องที่ยังค้าง") < text.index("เรื่องหารือ: ประเด็นปัญหา")
    meeting = replace(told, cut=Cut("pre-meeting"))
    assert all("ไม่ทราบวันประชุมครั้งก่อน" in text for text in texts(meeting, read_page))


def test_mail_and_report_open_with_what_to_know_and_what_changed(told):
    mail, text, report = unbroken(FORMATS["mail"][1](told)), unbroken(FORMATS["mail text"][1](told)), documents()["docx"][1](told)
    paragraphs = [paragraph.text for paragraph in docx.Document(BytesIO(report)).paragraphs]
    for known in (mail, text, "\n".join(paragraphs)):
        assert known.index("เรื่องที่ควรรู้ก่อน") < known.rindex("เรื่องสืบเนื่อง")
    for known in (mail, text):
        assert known.index("มีอะไรเปลี่ยนจากสรุปครั้งก่อน") < known.rindex("เรื่องสืบเนื่อง")
        assert "เลื่อนมาเป็น 9 เมษายน 2550" in known


@pytest.mark.parametrize("kind", get_args(CutKind))
def test_every_form_can_be_cut_for_every_reader(told, kind):
    cut_digest = cut(told, Cut(kind, agency="พช.", area="ต.หนองกุ่ม", roles=("คุณอำนวย",)))
    made = {name: make(cut_digest) for name, (_, make) in FORMATS.items()} | {name: make(cut_digest) for name, (_, make) in documents().items()}
    assert all(made.values())


@pytest.mark.parametrize("kind", ["agency", "host"])
def test_a_cut_that_holds_nothing_says_so_in_one_line_in_every_form(empty_digest, kind, read_page):
    nothing = cut(empty_digest, Cut(kind, agency="พช."))
    made = {name: make(nothing) for name, (_, make) in FORMATS.items() if name != "json"}
    made |= {name: read_page(text).text() for name, text in made.items() if name in {"html", "mail"}}
    made["docx"] = "\n".join(one.text for one in docx.Document(BytesIO(documents()["docx"][1](nothing))).paragraphs)
    assert {name: text.count("ไม่พบข่าว") for name, text in made.items()} == dict.fromkeys(made, 1)
    assert not [name for name, text in made.items() for part in ("เรื่องสืบเนื่อง", "บทเรียน (", "คำถามที่ยังไม่มี") if part in text]


def test_that_questions_wait_is_said_once(told, read_page):
    for text in texts(told, read_page):
        asked = text[text.index("คำถามที่ยังไม่มีคำตอบ") : text.index("บทเรียนจากระยะก่อน")]
        assert "ยังไม่มีข่าว" not in asked
    referred = replace(told, questions=(replace(told.questions[0], state="referred"),))
    assert all("ส่งต่อ" in text for text in texts(referred, read_page))
