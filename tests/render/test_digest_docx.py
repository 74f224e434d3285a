"""What an officer finds in the Word report: read back part by part, as Word would."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree as ET

import docx
import pytest
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from pipeline.languages import cells as signs
from pipeline.records import When
from pipeline.render import documents
from pipeline.render.docx_styles import FONT, STYLES
from pipeline.render.words import speaking
from tests.render.conftest import unbroken
from tests.render.test_hostile import ATTACKS, HIDDEN, MASKED, hostile_digest

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def made(digest, **options) -> bytes:
    return documents(**options)["docx"][1](digest)


def opened(digest, **options):
    return docx.Document(BytesIO(made(digest, **options)))


def paragraphs(document) -> list[str]:
    return [unbroken(paragraph.text) for paragraph in document.paragraphs]


def cells(document) -> list[list[list[str]]]:
    return [[[unbroken(cell.text) for cell in row.cells] for row in table.rows] for table in document.tables]


def test_the_report_has_its_chapters_and_the_numbers_of_the_digest(followed_digest):
    document = opened(followed_digest)
    chapters = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]
    assert chapters == [
        "บทที่ ๑ ภาพรวม",
        "บทที่ ๒ เรื่องสืบเนื่อง (๓ ข้อ)",
        "บทที่ ๓ บทเรียน (๓ ข้อ)",
        "บทที่ ๔ ประเด็นปัญหา (๑,๒๓๔ ข้อ)",
        "บทที่ ๕ สิ่งที่จะทำ / ข้อตกลง (๒ ข้อ)",
        "บทที่ ๖ ตารางพื้นที่ (๓๑ ข้อ)",
        *chapters[6:-2],
        "บทที่ ๑๒ คำถามที่ยังไม่มีคำตอบ (๐ ข้อ)",
        "ภาคผนวก วิธีอ่านเอกสารนี้",
    ]
    assert [chapter.split()[1] for chapter in chapters[:-1]] == ["๑", "๒", "๓", "๔", "๕", "๖", "๗", "๘", "๙", "๑๐", "๑๑", "๑๒"]
    facts = dict(cells(document)[0])
    assert (facts["บันทึกที่มีข้อความคัดไว้"], facts["ข้อความที่คัดไว้"], facts["ประเด็นปัญหา"]) == ("24 บันทึก", "1,305 ข้อความ", "1,234 ข้อ")
    assert "พูดถึง ๓ ครั้ง ใน ๒ บันทึก ตั้งแต่ ๒๕๕๐ จาก ๒ แหล่งที่เป็นอิสระต่อกัน" in paragraphs(document)


def test_digits_are_thai_in_our_own_words_alone(followed_digest):
    first = followed_digest.sections[0].items[0]
    mention = first.evidence[0]
    numbered = replace(first, evidence=(replace(mention, passage=replace(mention.passage, quote="ออมวันละ 20 บาท 15 คน"), title="วงที่ 4"),))
    digest = replace(followed_digest, sections=(replace(followed_digest.sections[0], items=(numbered,)), *followed_digest.sections[1:]))
    thai, arabic = paragraphs(opened(digest)), paragraphs(opened(digest, thai_digits=False))
    assert "๑.\t“ออมวันละ 20 บาท 15 คน”" in thai
    assert "1.\t“ออมวันละ 20 บาท 15 คน”" in arabic
    assert any("วงที่ 4 · ๒๖ กุมภาพันธ์ ๒๕๕๐" in line for line in thai)
    assert any("วงที่ 4 · 26 กุมภาพันธ์ 2550" in line for line in arabic)
    assert not set("๐๑๒๓๔๕๖๗๘๙") & set("".join(arabic))
    assert not set("๐๑๒๓๔๕๖๗๘๙") & {sign for table in cells(opened(digest)) for row in table for cell in row for sign in cell}


def test_matters_that_go_on_have_the_form_of_minutes(followed_digest):
    lines = paragraphs(opened(followed_digest))
    place = max(number for number, line in enumerate(lines) if line == "ระเบียบวาระที่ ๓ เรื่องสืบเนื่อง")  # before it, in the contents
    assert lines[place + 1].startswith("๓.๑\t“จะนัดฝึกทำบัญชี")
    assert lines[place + 2].startswith("สืบเนื่องจาก อรุณ สายชล (ผู้เขียน) · กติกาของคนหนองกุ่ม")
    assert lines[place + 3].startswith("ความคืบหน้า: เลื่อน: “")
    assert "เลื่อนกำหนด: ๑๑ เมษายน ๒๕๕๐ → ๑๘ เมษายน ๒๕๕๐" in lines[place + 5]


def test_an_empty_digest_says_so_in_each_chapter(empty_digest):
    document = opened(empty_digest)
    lines = paragraphs(document)
    assert lines.count("ไม่พบข้อความประเภทนี้ในบันทึกของระยะนี้") == 3
    assert lines.count("ไม่มีเรื่องสืบเนื่อง") == 1
    assert len(document.tables) == 1


def test_actions_are_a_table_of_who_what_when_where_and_state(digest, training):
    action = digest.sections[2].items[0]
    mention = replace(action.evidence[0], passage=training(18).opened_by)
    document = opened(replace(digest, sections=(*digest.sections[:2], replace(digest.sections[2], items=(replace(action, evidence=(mention,)),)))))
    table = document.tables[1]
    assert cells(document)[1][0] == ["ที่", "สิ่งที่จะทำ", "ใคร", "เมื่อไร", "ที่ไหน", "สถานะ"]
    number, what, *rest = cells(document)[1][1]
    assert (number, what) == ("1", f"“{mention.passage.quote}”")
    assert rest == ["ครูจินดา", "18 เมษายน 2550 เวลา 09.30 ถึง 12.00 น.", "ศาลากลางบ้าน", "จะทำ (มติหรือข้อตกลง)"]
    twice = replace(action, evidence=(mention, mention))
    repeated = opened(replace(digest, sections=(*digest.sections[:2], replace(digest.sections[2], items=(twice,)))))
    [below] = set(cells(repeated)[1][2])  # one cell as broad as the table
    assert below.startswith("อรุณ สายชล (ผู้เขียน)")
    assert below.endswith(" · พูดถึง 2 ครั้ง ใน 1 บันทึก")
    across = repeated.tables[1].rows[2]._tr.tc_lst
    assert [each.width for each in across] == [sum(column.width for column in repeated.tables[1].columns)]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_every_style_names_font_and_size_for_complex_scripts(digest):
    document = opened(digest)
    for name, (size, bold, *_) in STYLES.items():
        letters = document.styles[name].element.rPr
        fonts = letters.find(qn("w:rFonts"))
        assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "cs")} == {FONT}, name
        assert {letters.find(qn(tag)).get(qn("w:val")) for tag in ("w:sz", "w:szCs")} == {str(2 * size)}
        assert {letters.find(qn(tag)).get(qn("w:val")) for tag in ("w:b", "w:bCs")} == {"1" if bold else "0"}
    assert STYLES["Normal"][0] == 16
    with zipfile.ZipFile(BytesIO(made(digest))) as archive:
        assert "TH SarabunPSK" in archive.read("word/fontTable.xml").decode()
        assert not any("thumbnail" in name for name in archive.namelist())


def test_every_style_that_is_used_is_one_of_ours(followed_digest):
    document = opened(followed_digest)
    used = {paragraph.style.name for paragraph in document.paragraphs}
    used |= {paragraph.style.name for table in document.tables for row in table.rows for cell in row.cells for paragraph in cell.paragraphs}
    assert used <= set(STYLES)


@pytest.mark.parametrize(("options", "pages"), [({}, "thaiNumbers"), ({"thai_digits": False}, "decimal")])
def test_pages_have_numbers_and_the_contents_lead_to_the_chapters(digest, options, pages):
    document = opened(digest, **options)
    assert document.sections[0]._sectPr.find(qn("w:pgNumType")).get(qn("w:fmt")) == pages
    assert "PAGE" in "".join(each.text for each in document.sections[0].header._element.iter(qn("w:instrText")))
    body = document.element.body
    assert [each.text.split()[0] for each in body.iter(qn("w:instrText"))] == ["TOC"]
    assert [each.get(qn("w:fldCharType")) for each in body.iter(qn("w:fldChar"))] == ["begin", "separate", "end"]
    anchors = [each.get(qn("w:anchor")) for each in body.iter(qn("w:hyperlink")) if each.get(qn("w:anchor"))]
    assert anchors == [each.get(qn("w:name")) for each in body.iter(qn("w:bookmarkStart"))]
    headings = [paragraph for paragraph in document.paragraphs if paragraph.style.name in {"Heading 1", "Heading 2"}]
    assert len(anchors) == len(headings)


def test_the_first_chapter_begins_a_page_and_the_contents_need_none_for_their_end(digest):
    document = opened(digest)
    chapters = [paragraph for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]
    assert [one.paragraph_format.page_break_before for one in chapters] == [True, *[None] * (len(chapters) - 1)]
    assert not list(document.element.body.iter(qn("w:br")))
    [end] = [each for each in document.element.body.iter(qn("w:fldChar")) if each.get(qn("w:fldCharType")) == "end"]
    told = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs]
    contents = [text for style, text in told if style.startswith("toc") and text]
    assert Paragraph(end.getparent().getparent(), None).text == contents[-1]
    head = next(place for place, (style, _) in enumerate(told) if style == "TOC Heading")
    assert told[head + 1][1].startswith("คลิกขวาที่สารบัญ")  # below contents that fill their page it would have one to itself
    assert told[max(place for place, (style, _) in enumerate(told) if style.startswith("toc ")) + 1][0] == "Heading 1"


@pytest.mark.parametrize("language", ["th", "en"])
def test_a_column_has_the_room_that_the_longest_word_of_its_head_asks_for(followed_digest, language):
    with speaking(language):
        [table] = [one for one in opened(followed_digest).tables if len(one.columns) == 8]
    for cell in table.rows[0].cells[1:-1]:
        assert cell.width.cm > 0.45 + 0.15 * max(map(signs, cell.text.split()))


def test_the_question_of_a_chapter_stays_with_what_stands_below_it(followed_digest):
    document = opened(followed_digest)
    asked = [paragraph for paragraph in document.paragraphs if paragraph.style.name == "Question"]
    assert {"ใครจะทำอะไรต่อ", "เราได้เรียนรู้อะไร"} <= {paragraph.text for paragraph in asked}
    assert document.styles["Question"].paragraph_format.keep_with_next


def test_a_line_parts_no_day_and_a_narrow_column_none_but_from_its_year(digest):
    document = opened(digest)
    inside = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    told = [*(paragraph.text for paragraph in document.paragraphs), *inside]
    assert any("๒๖\xa0กุมภาพันธ์\xa0๒๕๕๐" in text for text in told)
    assert any("26\xa0กุมภาพันธ์ 2550" in text for text in told)
    assert not [text for text in told if "กุมภาพันธ์" in text and " กุมภาพันธ์" in text]


def test_progress_is_not_told_twice(followed_digest):
    [line, *_] = followed_digest.followed
    lines = paragraphs(opened(replace(followed_digest, followed=(replace(line, relation="progress"),))))
    assert any(said.startswith("ความคืบหน้า: “") for said in lines)


def test_every_quotation_leads_to_its_passage(followed_digest):
    links = {relation.target_ref for relation in opened(followed_digest).part.rels.values() if relation.is_external}
    mentions = [mention for section in (*followed_digest.sections, *followed_digest.registers) for item in section.items for mention in item.evidence]
    mentions += [one.opener for one in followed_digest.followed]
    assert links == {f"../posts/{mention.passage.post}.html#p-{mention.passage.id}" for mention in mentions} | {
        f"../posts/{one.last.passage.post}.html#p-{one.last.passage.id}" for one in followed_digest.followed if one.last
    }


def test_the_same_digest_makes_the_same_bytes(followed_digest, monkeypatch):
    first = made(followed_digest)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert made(followed_digest) == first
    with zipfile.ZipFile(BytesIO(first)) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert core.count("2007-03-29T00:00:00Z") == 2
    assert "python-docx" not in core


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
@pytest.mark.parametrize("kind", ["facilitator", "executive", "host"])  # the report, and the two sheets
def test_no_scraped_text_breaks_the_document_or_shows_what_is_hidden(followed_digest, kind, attack):
    turned, harmless = (hostile_digest(followed_digest, text) for text in (attack, "ครับ"))
    documents = [made(replace(one, cut=replace(one.cut, kind=kind))) for one in (turned, harmless)]
    with zipfile.ZipFile(BytesIO(documents[0])) as archive, zipfile.ZipFile(BytesIO(documents[1])) as other:
        assert archive.namelist() == other.namelist()
        for chart in (name for name in archive.namelist() if "/charts/" in name):
            drawn = [[each.tag for each in ET.fromstring(one.read(chart)).iter()] for one in (archive, other)]  # noqa: S314 - what we have just written
            assert drawn[0] == drawn[1]
        parts = [ET.fromstring(one.read("word/document.xml")) for one in (archive, other)]  # noqa: S314 - what we have just written
        assert [each.tag for each in parts[0].iter()] == [each.tag for each in parts[1].iter()]
        text = "".join(each.text or "" for each in parts[0].iter(f"{W}t"))
        assert not set(HIDDEN + "\ud800") & set(text)
        assert not [private for private in MASKED if private in text]
        assert not [each.text for each in parts[0].iter(f"{W}instrText") if "TOC" not in each.text]


def test_a_word_without_end_and_a_time_without_day_are_no_trouble(digest, training):
    opener = training(18).opened_by
    action = replace(opener.action, when=(When("บ่าย", time="13:00"),))
    mention = replace(digest.sections[2].items[0].evidence[0], passage=replace(opener, quote="ก" * 20_000, action=action))
    item = replace(digest.sections[2].items[0], evidence=(mention,))
    document = opened(replace(digest, sections=(*digest.sections[:2], replace(digest.sections[2], items=(item,)))))
    assert "ก" * 20_000 in cells(document)[1][1][1]
    assert cells(document)[1][1][3] == "เวลา 13.00 น."
