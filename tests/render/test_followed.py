"""What goes on is told with its questions, its silence, its other side and what it waits for, in every form."""

import json
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import jsonschema
import pytest

from pipeline import render
from pipeline.followed import evidence_in
from pipeline.records import Followed
from pipeline.render import FORMATS, documents
from pipeline.render.followed import followed_line
from pipeline.render.words import speaking
from tests.render.conftest import unbroken

SCHEMA = json.loads((Path(render.__file__).parent / "digest.schema.json").read_text(encoding="utf-8"))


@pytest.fixture(name="going_on")
def _going_on(digest):
    lesson, issue = digest.sections[0].items[0].evidence[0], digest.sections[1].items[0].evidence[0]
    lines = (
        Followed("carried-topic", "open", lesson, None, None, (), None, title="กติกา", asks=(("progress", (issue,)), ("tool", ())), after=("ยอดฝาก",)),
        Followed("commitment", "open", lesson, None, None, (), None, kept="no news"),
        Followed("cadence", "open", lesson, None, None, (), None, unheard_since=date(2007, 2, 26)),
        Followed("issue", "open", lesson, None, None, (), None, disputes=(issue,)),
        Followed("plan", "open", lesson, None, None, (), date(2007, 2, 20), doubted=True, may_be=date(2007, 3, 1), may_end=("done", issue)),
    )
    return replace(digest, followed=lines, followed_total=len(lines)), issue.passage.quote


@pytest.mark.parametrize("name", ["markdown", "html"])
def test_a_reader_sees_all_that_is_known(name, going_on):
    digest, other = going_on
    text = unbroken(FORMATS[name][1](digest))
    for said in (
        "“กติกา”",
        "ทำหลังจาก",
        "“ยอดฝาก”",
        "ยังไม่มีคำตอบ",
        "คืบหน้าอย่างไร",
        "ไม่พบข่าว",
        "ไม่พบบันทึกตั้งแต่ 26 กุมภาพันธ์ 2550",
        "มีผู้เห็นต่าง",
        "20 กุมภาพันธ์ 2550 หรือ 1 มีนาคม 2550 (อาจเลื่อน รอคนยืนยัน)",
    ):
        assert said in text
    assert text.count(f"“{other}”") > unbroken(FORMATS[name][1](replace(digest, followed=()))).count(f"“{other}”") + 1


def test_every_passage_that_a_line_quotes_is_known(going_on):
    digest, _ = going_on
    lesson, issue = digest.followed[0].opener, digest.followed[3].disputes[0]
    assert list(map(list, map(evidence_in, digest.followed))) == [[lesson, issue], [lesson], [lesson], [lesson, issue], [lesson, issue]]


@pytest.mark.parametrize("name", ["markdown", "html", "mail", "mail text"])
def test_what_one_passage_opened_is_quoted_once_in_a_part(name, going_on):
    digest, _ = going_on
    whole, none = unbroken(FORMATS[name][1](digest)), unbroken(FORMATS[name][1](replace(digest, followed=(), followed_total=0)))
    quoted = f"“{digest.followed[0].opener.passage.quote[:20]}"
    assert whole.count(quoted) == none.count(quoted) + 1
    assert whole.count("ข้อความเดียวกับข้อ 1") == (2 if "mail" in name else len(digest.followed) - 1)


@pytest.mark.parametrize("name", ["markdown", "html"])
def test_what_may_have_settled_a_matter_is_quoted_and_waits_for_a_person(name, going_on):
    digest, other = going_on
    text, none = (unbroken(FORMATS[name][1](one)) for one in (digest, replace(digest, followed=(replace(digest.followed[-1], may_end=None),))))
    assert "ยังไม่มีข่าวแน่ชัด (อาจทำแล้ว รอคนยืนยัน)" in text
    assert text.split("อาจทำแล้ว รอคนยืนยัน", 2)[2].split("“", 1)[1].startswith(other)
    assert "อาจทำแล้ว" not in none


@pytest.mark.parametrize(
    ("kind", "relation", "told"),
    [
        ("issue", "done", "อาจแก้ได้แล้ว รอคนยืนยัน"),
        ("action", "done", "อาจทำแล้ว รอคนยืนยัน"),
        ("question", "answers", "อาจมีคำตอบแล้ว รอคนยืนยัน"),
        ("question", "refers", "อาจส่งต่อแล้ว รอคนยืนยัน"),
    ],
)
def test_each_kind_may_be_settled_in_its_own_words(kind, relation, told, going_on):
    line = followed_line(replace(going_on[0].followed[-1], kind=kind, may_end=(relation, going_on[0].followed[-1].opener)), 0.5)
    assert (line.facts[1][1], line.ending) == (f"ยังไม่มีข่าวแน่ชัด ({told})", told)
    with speaking("en"):
        english = followed_line(replace(going_on[0].followed[-1], kind=kind, may_end=(relation, going_on[0].followed[-1].opener)), 0.5)
    assert english.ending[0].isupper()
    assert english.facts[1][1].startswith("no sure news yet (may be ")


@pytest.mark.parametrize(
    ("language", "told"), [("th", "ยังไม่มีข่าวแน่ชัด (อาจทำแล้ว รอคนยืนยัน)"), ("en", "no sure news yet (may be done, to be confirmed)")]
)
def test_an_agreement_without_sure_news_is_not_told_to_have_none(language, told, going_on):
    line = replace(going_on[0].followed[1], may_end=("done", going_on[0].followed[1].opener))
    with speaking(language):
        assert followed_line(line, 0.5).facts[1][1] == told


def test_what_may_be_over_is_not_told_as_late(going_on):
    digest, _ = going_on
    waits = replace(digest.followed[1], kind="action", kept=None, due=date(2007, 2, 20))
    for may_end, name in ((None, "เลยกำหนด"), (("done", waits.opener), "กำหนด")):
        facts = dict(followed_line(replace(waits, may_end=may_end), 0.5, date(2007, 3, 1)).facts)
        assert [each for each in facts if "กำหนด" in each] == [name]


def test_an_open_question_shows_what_may_be_its_answer_on_two_lines(going_on):
    digest, other = going_on
    question = Followed("question", "open", digest.followed[0].opener, None, None, (), None, may_end=("answers", digest.followed[3].disputes[0]))
    text = unbroken(FORMATS["markdown"][1](replace(digest, questions=(question,), questions_total=1)))
    assert f"- อาจมีคำตอบแล้ว รอคนยืนยัน: “{other}”" in text
    assert "(อาจมีคำตอบแล้ว" not in text


def test_an_english_form_says_what_the_number_counts(going_on):
    with speaking("en"):
        assert "The same passage as item 1" in unbroken(FORMATS["html"][1](going_on[0]))


def test_word_names_the_entry_of_the_minutes_in_its_own_digits(going_on):
    written = [paragraph.text for paragraph in docx.Document(BytesIO(documents()["docx"][1](going_on[0]))).paragraphs]
    assert [text for text in written if "ข้อความเดียวกับข้อ" in text] == [f"๓.{number}\tข้อความเดียวกับข้อ ๓.๑" for number in "๒๓๔๕"]


@pytest.mark.parametrize("kept", ["kept", "no news"])
def test_a_term_that_was_put_off_is_not_told_as_kept_or_silent(kept, going_on):
    digest, _ = going_on
    term = replace(digest.followed[1], state="moved", kept=kept, moved=(("2007-03-01", "2007-04-01"),), due=date(2007, 4, 1))
    assert followed_line(term, 0.5).facts[1] == ("สถานะ", "เลื่อน")
    assert followed_line(replace(term, state="progress", kept="kept"), 0.5).facts[1] == ("สถานะ", "มีข่าวว่าทำตามข้อตกลง")


def test_programs_read_it_by_the_schema(going_on):
    digest, other = going_on
    rows = json.loads(FORMATS["json"][1](digest))
    jsonschema.Draft202012Validator(SCHEMA).validate(rows)
    topic, term, practice, claim, meeting = rows["followed"]
    assert (topic["title"], topic["after"], [len(ask["answers"]) for ask in topic["asks"]]) == ("กติกา", ["ยอดฝาก"], [1, 0])
    assert (term["kept"], practice["unheard_since"]) == ("no news", "2007-02-26")
    assert [one["quote"] for one in claim["disputes"]] == [other]
    assert (meeting["due_in_doubt"], meeting["due"], meeting["may_be"], topic["due_in_doubt"]) == (True, "2007-02-20", "2007-03-01", False)
    assert (meeting["may_end"]["relation"], meeting["may_end"]["by"]["quote"], topic["may_end"]) == ("done", other, None)


@pytest.mark.parametrize("name", ["markdown", "html"])
def test_what_the_next_meeting_asks_in_vain_is_said_once(name, going_on):
    digest, _ = going_on
    topic = replace(digest.followed[0], asks=tuple((ask, ()) for ask in ("progress", "problem", "tool", "content")))
    text = unbroken(FORMATS[name][1](replace(digest, followed=(topic,))))
    assert text.count("ยังไม่มีคำตอบ") == 1 + text.count("คำถามที่ยังไม่มีคำตอบ")
    assert "คืบหน้าอย่างไร · ติดขัดอะไร · จะเติมเครื่องมือหรือวิธีการใด · จะเพิ่มเนื้อหาใด" in text


def test_the_minutes_tell_the_answers_and_the_other_side(going_on):
    digest, other = going_on
    lines = [one.text for one in docx.Document(BytesIO(documents()["docx"][1](digest))).paragraphs]
    assert sum(f"คืบหน้าอย่างไร: “{other}”" in line for line in lines) == 1
    assert sum(f"มีผู้เห็นต่าง: “{other}”" in line for line in lines) == 1
    assert sum(f"อาจทำแล้ว รอคนยืนยัน: “{other}”" in line for line in lines) == 1
