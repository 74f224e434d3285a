"""The registers as a reader sees them: the same lines in every form, empty ones told in one line, what is unsaid left blank."""

import json

from markdown_it import MarkdownIt

from pipeline.render import FORMATS, post_page
from pipeline.render.registers import registers_in


def form(digest, name):
    return FORMATS[name][1](digest)


def test_a_table_has_a_row_for_each_name_and_a_cell_for_each_state(digest):
    areas = registers_in(digest)[0]
    assert areas.columns == ("บทเรียน", "ปัญหาที่ค้าง", "จะทำ", "ทำอยู่", "เลื่อนหรือยกเลิก", "ทำแล้ว")
    assert [(row.name, [cell.count for cell in row.cells[:6]], row.last, row.quiet) for row in areas.rows] == [
        ("บ้านหนองกุ่ม", ["–", "2", "4", "–", "–", "–"], "26 กุมภาพันธ์ 2550", False),
        ("บ้านโคกสูง", ["–", "–", "–", "–", "–", "–"], "2 พฤศจิกายน 2549", True),
    ]
    assert [line.quoted.quote for line in areas.rows[1].cells[-1].lines] == ["เดือนหน้าผมจะพาเหรัญญิกบ้านหนองกุ่มไปดูงานที่บ้านโคกสูง"]
    assert areas.more == "แสดง 2 จาก 31 รายการ"


def test_every_box_of_the_card_is_told_and_an_empty_register_says_so(digest, read_page):
    views = {view.id: view for view in registers_in(digest)}
    assert [(kind.heading, len(kind.lines)) for kind in views["card"].kinds] == [("คาดหวัง", 0), ("เกินคาด", 1), ("น้อยกว่าคาด", 0), ("จะกลับไปทำ", 0)]
    assert views["practices"].empty == "ไม่มีข้อความเรื่องพื้นที่ต้นแบบ กรณีศึกษา หรือแหล่งเรียนรู้"
    for text in (form(digest, "markdown"), read_page(form(digest, "html")).text()):
        assert text.count("ไม่พบในบันทึก") == 3
        assert text.count(views["practices"].empty) == 1


def test_what_is_unsaid_stays_unsaid(digest):
    [kind] = registers_in(digest)[-1].kinds
    assert kind.lines[0].facts == (("เร่งด่วน", "ใช่"), ("สำคัญ", "ไม่ได้บอก"))


def test_all_forms_have_the_same_lines(digest, read_page):
    told = [
        mention["quote"] for register in json.loads(form(digest, "json"))["registers"] for line in register["lines"] for mention in line["mentions"]
    ]
    page, markdown = read_page(form(digest, "html")), form(digest, "markdown")
    assert len(told) == 8
    for quote in told:
        assert quote in page.text()
        assert quote in markdown
    assert "<table>" in MarkdownIt().enable("table").render(markdown)


def test_each_line_leads_to_a_mark_on_the_page_of_its_post(digest, post, passages, read_page):
    noted = [each.passage for register in digest.registers for item in register.items for each in item.evidence if each.passage.label == "other"]
    page = read_page(post_page(post, [*passages, noted[0]]))
    assert f"p-{noted[0].id}" in page.values("id")
    assert f"../posts/51204.html#p-{noted[0].id}" in read_page(form(digest, "html")).values("href")
    assert "อ้างในทะเบียน" in page.text()


def test_a_digest_without_registers_tells_of_none(empty_digest):
    assert registers_in(empty_digest) == []
    assert json.loads(form(empty_digest, "json"))["registers"] == []
