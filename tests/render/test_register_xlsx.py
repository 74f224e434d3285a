"""What a team finds in its register, read back by another library than the one that wrote it."""

from __future__ import annotations

import sys
import warnings
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from pipeline.followed import ThreadEvent
from pipeline.records import ActionFields, DigestItem
from pipeline.render import register_xlsx
from pipeline.render.register_xlsx import DAYS, MOST_LINKS, MOST_SIGNS, Entry
from tests.render.test_hostile import ATTACKS, HIDDEN, MASKED, hostile_digest

NAMES = ["สิ่งที่จะทำ", "ประเด็นปัญหา", "บทเรียน"]
FORMULAS = ["=1+1", "+66 81", "-2+3", "@SUM(A1)", '=HYPERLINK("http://e.org","x")', "=cmd|' /C calc'!A0"]


def entries_of(digest, thread=None):
    sections = {section.label: section for section in digest.sections}
    return lambda label: (Entry(digest.phase.name, item, thread, has_page=True) for item in sections[label].items)


def written(digest, thread=None) -> bytes:
    return register_xlsx(digest.project, digest.last_post, entries_of(digest, thread))


def opened(data: bytes):
    return openpyxl.load_workbook(BytesIO(data))


def row_of(sheet, number: int = 2) -> dict[str, object]:
    return {head.value: cell for head, cell in zip(sheet[1], sheet[number], strict=True)}


def with_action(digest, passage):
    """Return the digest with one action, made of this passage."""
    actions = digest.sections[2]
    mention = replace(actions.items[0].evidence[0], passage=passage)
    return replace(digest, sections=(*digest.sections[:2], replace(actions, items=(DigestItem("action", (mention,)),))))


def test_each_label_has_its_sheet_and_each_item_its_row(digest):
    book = opened(written(digest))
    assert book.sheetnames == NAMES
    for sheet, place in zip(book, (2, 1, 0), strict=True):
        items = digest.sections[place].items
        assert sheet.max_row == 1 + len(items)
        assert [row_of(sheet, number)["ข้อความ"].value for number in range(2, sheet.max_row + 1)] == [item.evidence[0].passage.quote for item in items]
        assert [row_of(sheet, number)["พูดถึง (ครั้ง)"].value for number in range(2, sheet.max_row + 1)] == [len(item.evidence) for item in items]
        assert {row_of(sheet, number)["ระยะงาน"].value for number in range(2, sheet.max_row + 1)} == {digest.phase.name}


def test_a_sheet_can_be_filtered_and_its_head_stays(digest):
    for sheet in opened(written(digest)):
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == f"A1:{sheet.cell(1, sheet.max_column).column_letter}{sheet.max_row}"
        assert all(sheet.column_dimensions[head.column_letter].width > 8 for head in sheet[1])
        assert all(cell.alignment.wrap_text for cell in sheet[2] if cell.value)


def test_days_are_dates_shown_in_the_buddhist_era(digest, training):
    row = row_of(opened(written(with_action(digest, training(18).opened_by)))[NAMES[0]])
    assert (row["กำหนดล่าสุด"].value.date(), row["กำหนดล่าสุด"].number_format) == (date(2007, 4, 18), DAYS["th"])
    assert row["วันที่ของบันทึก"].value.date() == date(2007, 2, 26)
    assert row["เมื่อไร (ตามข้อความ)"].value == "18 เมษายน 2550 เวลา 09.30 ถึง 12.00 น."
    assert (row["ใคร"].value, row["ที่ไหน"].value, row["สถานะ"].value) == ("ครูจินดา", "ศาลากลางบ้าน", "จะทำ (มติหรือข้อตกลง)")


def test_a_moved_day_is_the_new_one(digest, training):
    thread = training(11, 18)
    row = row_of(opened(written(with_action(digest, thread.opened_by), thread))[NAMES[0]])
    assert row["กำหนดล่าสุด"].value.date() == date(2007, 4, 18)
    assert row["เลื่อนกำหนด"].value == "11 เมษายน 2550 → 18 เมษายน 2550"
    assert row["ข่าวล่าสุด"].value == "เลื่อน"


@pytest.mark.parametrize(
    ("after", "told"), [("2007-04-25", "18 เมษายน 2550 หรือ 25 เมษายน 2550 (อาจเลื่อน รอคนยืนยัน)"), (None, "18 เมษายน 2550 (อาจเลื่อน รอคนยืนยัน)")]
)
def test_a_day_in_doubt_is_not_the_one_that_is_set_now(digest, training, after, told):
    thread = training(18)
    doubted = replace(thread, day_doubt=ThreadEvent(thread.opened_by, "moved", "2007-04-18", after))
    row = row_of(opened(written(with_action(digest, thread.opened_by), doubted))[NAMES[0]])
    assert (row["กำหนดล่าสุด"].value, row["เลื่อนกำหนด"].value) == (None, told)


def test_what_may_have_settled_it_stands_beside_the_state(digest, training):
    thread = training(18)
    doubted = replace(thread, end_doubt=ThreadEvent(thread.opened_by, "done"))
    told = row_of(opened(written(with_action(digest, thread.opened_by), doubted))[NAMES[0]])["ข่าวล่าสุด"].value
    assert told == "ยังไม่มีข่าวแน่ชัด (อาจทำแล้ว รอคนยืนยัน)"


def test_what_may_have_settled_it_is_quoted_with_its_source_behind_what_is_printed(digest, here):
    news = here(digest.sections[1].items[0].evidence[0].passage)
    entries = {"action": [Entry("ระยะ", digest.sections[2].items[0], None, has_page=True, may_end=news)], "issue": [], "lesson": []}
    sheet = opened(register_xlsx("กองทุน", None, entries.__getitem__))[NAMES[0]]
    said = row_of(sheet)["ข้อความที่รอคนยืนยัน"]
    assert said.value.startswith(f"“{news.passage.quote}” · ")
    assert said.value.endswith(f" · {news.title} · 26 กุมภาพันธ์ 2550")
    assert said.column_letter not in sheet.print_area
    assert row_of(opened(written(digest))[NAMES[0]])["ข้อความที่รอคนยืนยัน"].value in {None, ""}


def test_an_agreement_is_told_as_the_digest_tells_it(digest, training):
    agreed = replace(training(18), kind="commitment")
    kept = replace(agreed, state="progress", events=(*agreed.events, ThreadEvent(agreed.opened_by, "progress")))
    told = [row_of(opened(written(with_action(digest, one.opened_by), one))[NAMES[0]])["ข่าวล่าสุด"].value for one in (agreed, kept)]
    assert told == ["ไม่พบข่าว", "มีข่าวว่าทำตามข้อตกลง"]


def test_a_day_before_the_calendars_of_the_programs_is_a_text(digest, training):
    opener = training(18).opened_by
    old = replace(opener, action=replace(opener.action, when=(replace(opener.action.when[0], first_day=date(1890, 4, 18)),)))
    row = row_of(opened(written(with_action(digest, old)))[NAMES[0]])
    assert row["กำหนดล่าสุด"].value == "18 เมษายน 2433"


def test_the_chain_of_a_lesson_has_its_columns(digest):
    heads = [cell.value for cell in opened(written(digest))["บทเรียน"][1]]
    assert {"เหตุการณ์", "เหตุ", "ผล", "ทางออก", "เงื่อนไข", "ผู้เกี่ยวข้อง"} <= set(heads)
    assert "ใคร" not in heads


def test_every_row_leads_to_its_passage(digest):
    book = opened(written(digest))
    for sheet, place in zip(book, (2, 1, 0), strict=True):
        for number, item in enumerate(digest.sections[place].items, start=2):
            link = row_of(sheet, number)["ที่มา"].hyperlink
            said = item.evidence[0].passage
            assert (link.target.replace("\\", "/"), link.location) == (f"posts/{said.post}.html", f"p-{said.id}")


def test_a_post_without_a_page_is_named_by_its_file(digest):
    item = digest.sections[0].items[0]
    entries = {"lesson": [Entry("ระยะ", item, None, has_page=False)], "issue": [], "action": []}
    row = row_of(opened(register_xlsx("กองทุน", None, entries.__getitem__))["บทเรียน"])
    assert (row["ที่มา"].hyperlink, row["แฟ้ม"].value) == (None, "2550/51204.txt")


@pytest.mark.parametrize("attack", FORMULAS)
def test_no_cell_is_a_formula(digest, attack):
    mention = digest.sections[0].items[0].evidence[0]
    turned = replace(mention, passage=replace(mention.passage, quote=attack, speaker=attack), title=attack, author=attack)
    hostile = replace(digest, sections=(replace(digest.sections[0], items=(DigestItem("lesson", (turned,)),)), *digest.sections[1:]))
    data = written(replace(hostile, phase=replace(digest.phase, name=attack)))
    row = row_of(opened(data)["บทเรียน"])
    assert row["ข้อความ"].value == attack
    assert {cell.data_type for cell in row.values()} <= {"s", "inlineStr", "n", "d"}
    assert all(row[name].quotePrefix for name in ("ข้อความ", "บันทึก", "ระยะงาน"))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert not [name for name in archive.namelist() if b"<f>" in archive.read(name)]


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_no_scraped_text_breaks_the_register_or_shows_what_is_hidden(digest, attack):
    book = opened(written(hostile_digest(digest, attack)))
    shown = "".join(str(cell.value) for sheet in book for row in sheet for cell in row)
    assert not set(HIDDEN + "\ud800") & set(shown)
    assert not [private for private in MASKED if private in shown]


def test_an_empty_register_says_so_on_each_sheet(empty_digest):
    for sheet in opened(written(empty_digest)):
        assert sheet.max_row == 2
        assert row_of(sheet)["ข้อความ"].value == "ไม่พบข้อความประเภทนี้ในบันทึก"


def test_a_cell_holds_no_more_than_the_programs_take(digest):
    mention = digest.sections[0].items[0].evidence[0]
    item = DigestItem("lesson", (replace(mention, passage=replace(mention.passage, quote="ก" * 50_000)),))
    book = opened(written(replace(digest, sections=(replace(digest.sections[0], items=(item,)), *digest.sections[1:]))))
    assert row_of(book["บทเรียน"])["ข้อความ"].value == "ก" * MOST_SIGNS


def test_the_same_entries_make_the_same_bytes(digest, monkeypatch):
    first = written(digest)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert written(digest) == first
    assert opened(first).properties.created.date() == date(2007, 3, 29)


def test_many_rows_are_written_as_they_come(digest, monkeypatch):
    monkeypatch.setattr(sys.modules["pipeline.render.register_xlsx"], "MOST_LINKS", 1_000)
    item = digest.sections[0].items[0]
    entries = {"lesson": (Entry(digest.phase.name, item, None, has_page=True) for _ in range(2_000)), "issue": iter(()), "action": iter(())}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        data = register_xlsx("กองทุน", None, entries.__getitem__)
    sheet = openpyxl.load_workbook(BytesIO(data), read_only=True)["บทเรียน"]
    assert sheet.max_row == 2_001
    assert MOST_LINKS < 65_530
    [last] = sheet.iter_rows(min_row=2_001, max_row=2_001, values_only=True)
    assert f"posts/51204.html#p-{item.evidence[0].passage.id}" in last  # behind the last link that a sheet can have, its words


@pytest.mark.parametrize(("where", "level"), [("อบต.นาดี", "ตำบล"), ("หมู่ 4", "หมู่บ้าน"), ("ห้องประชุมวัดดอน", "สถานที่"), ("ริมน้ำ", None)])
def test_actions_can_be_filtered_by_the_level_of_their_place(digest, where, level):
    passage = digest.sections[2].items[0].evidence[0].passage
    sheet = opened(written(with_action(digest, replace(passage, action=ActionFields(where=where)))))["สิ่งที่จะทำ"]
    assert row_of(sheet)["ระดับพื้นที่"].value == level
