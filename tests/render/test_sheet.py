"""One page is one page: for those who decide and for the host, as a page and in Word, however long the digest is."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

import docx
import pytest

from pipeline.cuts import Cut
from pipeline.digest.cuts import cut
from pipeline.records import Section
from pipeline.render import FORMATS, documents
from pipeline.render.sheet import FULLEST, HIGHEST, SHEETS, height, sheet
from tests.render.conftest import unbroken
from tests.render.fullest import LONG, fullest, with_room


@pytest.fixture(name="long", params=sorted(SHEETS))
def _long(request, followed_digest):
    return fullest(followed_digest, request.param)


def printed_pages(chromium, digest):
    page = chromium.new_page()
    page.set_content(FORMATS["html"][1](digest))
    printed = page.pdf(prefer_css_page_size=True)
    page.close()
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", printed))


def test_it_prints_on_one_page(chromium, long):
    assert printed_pages(chromium, long) == 1


def test_it_prints_on_one_page_where_each_matter_may_be_settled(chromium, long):
    followed, questions = (tuple(replace(line, may_end=("answers", line.last)) for line in lines) for lines in (long.followed, long.questions))
    assert printed_pages(chromium, replace(long, followed=followed, questions=questions)) == 1


def test_room_that_some_parts_leave_is_filled_by_the_others_and_not_more(chromium, long):
    roomy = with_room(long)
    parts = sheet(roomy).parts
    assert next(len(part.lines) for part in parts if part.id == "followed") > SHEETS[long.cut.kind]["followed"]
    assert height(parts) <= HIGHEST
    assert printed_pages(chromium, roomy) == 1


def test_where_all_has_room_quotations_are_longer(followed_digest):
    made = cut(followed_digest, Cut("host"))
    opener = made.followed[0].opener
    long = replace(opener, passage=replace(opener.passage, quote=f"นัดกันที่ศาลา {LONG}"))
    parts = sheet(replace(made, followed=(replace(made.followed[0], opener=long),), followed_total=1)).parts
    [alone] = [part for part in parts if part.id == "followed"]
    assert len(alone.lines[0].cited.quote) > 120


def test_every_part_is_bounded_and_says_how_much_more_there_is(long):
    parts = {part.id: part for part in sheet(long).parts}
    for name, most in SHEETS[long.cut.kind].items():
        assert 1 <= len(parts[name].lines) <= most
        assert "ในฉบับเต็ม" in parts[name].counted or name == "top"


@pytest.mark.parametrize("kind", sorted(SHEETS))
def test_an_open_question_says_below_it_what_may_be_its_answer(followed_digest, kind):
    opener, news = (line.opener for line in followed_digest.followed[:2])
    question = replace(followed_digest.followed[0], kind="question", state="open", opener=opener, last=None, may_end=("answers", news))
    made = replace(cut(followed_digest, Cut(kind)), top=(), followed=(), followed_total=0, questions=(question,), questions_total=1)
    assert "อาจมีคำตอบแล้ว รอคนยืนยัน: “" in unbroken(FORMATS["html"][1](made))
    [line] = next(part.lines for part in sheet(made).parts if part.id == "questions")
    assert (line.below[0][:32], len(line.below)) == (f"อาจมีคำตอบแล้ว รอคนยืนยัน: “{news.passage.quote}"[:32], 1)


def test_where_every_part_is_full_the_longest_tell_less(long):
    parts = sheet(long).parts
    told = {part.id: len(part.lines) for part in parts}
    assert height(parts) <= FULLEST
    assert sum(told.values()) < sum(SHEETS[long.cut.kind].values())
    assert told.get("top", 3) == 3


def test_nothing_stands_on_it_twice(long):
    anchors = [line.cited.anchor for part in sheet(long).parts for line in part.lines]
    assert len(anchors) == len(set(anchors))


def test_word_has_the_same_lines_without_cover_and_contents(long):
    written = [unbroken(paragraph.text) for paragraph in docx.Document(BytesIO(documents()["docx"][1](long))).paragraphs]
    for part in sheet(long).parts:
        for line in part.lines:
            assert any(line.cited.quote in text for text in written)
    assert not any("สารบัญ" in text for text in written)


@pytest.fixture(name="carried")
def _carried(followed_digest):
    """Return the cut of a host for whom two topics are carried to one training, which is the host's only duty, too."""
    training, moved = followed_digest.followed[1], followed_digest.followed[0]
    topics = [replace(training, kind="carried-topic", title=title, last=moved.last, relation="mentions") for title in ("ค่าน้ำมันเรือ", "กุญแจศาลา 2 ดอก")]
    duty = next(item for section in followed_digest.sections if section.label == "action" for item in section.items)
    made = cut(replace(followed_digest, followed=(topics[0], replace(topics[1], due=None)), followed_total=2), Cut("host"))
    duties = Section("action", 1, (replace(duty, evidence=(training.opener,)),))
    return replace(made, sections=tuple(duties if one.label == "action" else one for one in made.sections))


def test_what_one_passage_carries_stands_under_one_quotation(carried):
    [line] = next(part.lines for part in sheet(carried).parts if part.id == "followed")
    assert line.entries == 2
    assert line.marks == ("2 ข้อจากข้อความเดียวกัน", "ยกไปคุยต่อ")
    first, second, news = line.below  # each with what it has of its own, then what both have
    assert first == "หัวข้อ: “ค่าน้ำมันเรือ” · กำหนด: 25 เมษายน 2550"
    assert second == "หัวข้อ: “กุญแจศาลา 2 ดอก”"
    assert news.startswith("พูดถึงอีก: “")


def test_a_part_says_in_which_part_above_its_entry_stands(carried, read_page):
    said = "1 ข้ออยู่ข้างบน ใน “เรื่องยกไปคุยต่อ และกำหนดนัด”"
    duties = next(part for part in sheet(carried).parts if part.id == "action")
    assert (duties.lines, duties.empty, duties.counted) == ((), "", f"1 ข้อ · {said}")
    assert said in re.sub(r"\s+", " ", read_page(FORMATS["html"][1](carried)).text())


def test_word_has_its_own_digits_and_those_of_a_topic_as_they_are_written(carried):
    written = "\n".join(unbroken(paragraph.text) for paragraph in docx.Document(BytesIO(documents()["docx"][1](carried))).paragraphs)
    assert "๒๕ เมษายน ๒๕๕๐" in written
    assert "หัวข้อ: “กุญแจศาลา 2 ดอก”" in written
    assert "งานที่ต้องเตรียม  ๑ ข้อ · ๑ ข้ออยู่ข้างบน" in written
