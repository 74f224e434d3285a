"""What ends a task: a passage that is surer than other news, or that says itself that it was done as promised, agreed or said."""

from dataclasses import replace
from datetime import date

import pytest

from pipeline.records import When
from pipeline.threads import follow
from tests.threads.linked import DAY, LINKER, NEWS, OPENED, said, threads

DOUBTED = replace(LINKER, closes=1.0)  # no pair is sure enough to close by itself


def state(words, opener=OPENED, done="done", **opened):
    return follow([said(opener, **opened), said(f"{NEWS}{words}", 1, state=done)], DOUBTED)[0].state


@pytest.mark.parametrize(
    "words",
    [" ตามที่รับปากไว้กับกลุ่ม", " อย่างที่ว่าไว้คราวก่อน", " ตามสัญญาค่ะ", " เรื่องที่ติดค้างไว้", " ตามที่ตกลงกัน", "จริง", " ซ่อมจริงๆ ครับ", "จริงเมื่อวันพระ"],
)
def test_who_says_that_it_was_done_as_promised_ends_it(words):
    assert state(words) == "done"


@pytest.mark.parametrize(
    "words",
    [
        "",
        " ไม่ตรงตามที่ตกลงกัน",
        " ไม่ได้ทำตามที่รับปาก",
        " ตามสัญญาจ้างเหมา",
        " ทำสัญญาเช่าที่แล้ว",
        " ใช้ของจริงมาลอง",
        " ตามความจริง",
        " ทั้งที่จริง",
        " อย่างจริงจัง",
        " จริง ๆ แล้วไม่ยาก",
        " จริงหรือ",
        "จริงมั้ย",
        " วันจริงคนมาน้อย",
        " ราคาจริงแพงกว่าที่คิด",
        " เอาใบเสร็จฉบับจริงมา",
        " แต่ไม่มาซ่อมจริง",
        " ไม่ตรงตามที่รับปากไว้",
        " ไม่เหมือนอย่างที่ว่าไว้",
        " ไม่เป็นอย่างที่ตกลง",
        " ไม่ได้ซ่อมตามที่ตกลง",
        " คนที่รับปากไว้ไม่มา",
        " คราวประชุมติดตามข้อตกลง",
        " แจกตัวอย่างสัญญา",
        " ทุกอย่างตกลงกันได้",
        " รวมพลตามสัญญาณนกหวีด",
        " ตามช่างมาตกลงราคา",
        " ทำสัญญาไว้กับร้าน",
        " เตรียมสำรับไว้",
        " ทำถังรองรับไว้",
        " อำเภอรับไว้พิจารณา",
        " เจ้าหน้าที่รับไว้แล้ว",
        " แทบไม่มีใครมาตามที่รับปาก",
        " แต่ไม่เสร็จตามที่ตกลง",
    ],
)
def test_what_only_looks_like_it_waits_for_a_person(words):
    assert state(words) == "progress"


def test_who_only_agrees_at_the_opening_of_a_passage_tells_of_no_deed():
    assert follow([said(OPENED), said(f"จริงครับ {NEWS}", 1, state="done")], DOUBTED)[0].state == "progress"


def test_what_was_promised_and_is_done_in_part_does_not_end_it():
    assert state(" แต่ยังไม่ครบตามที่รับปากไว้") == "progress"
    assert state(" 7 ตัว ใช้ได้ 5 จริง", opener=f"{OPENED} 7 ตัว") == "progress"


def test_what_is_promised_once_more_or_told_of_a_trouble_ends_nothing():
    assert state(" ตามที่รับปากไว้", done="planned") == "progress"
    assert state(" ตามที่รับปากไว้", label="issue") == "progress"


def test_a_pair_that_is_no_link_by_itself_ends_nothing():
    less_sure = replace(DOUBTED, sure=1.0)
    assert follow([said(OPENED), said(f"{NEWS} ตามที่รับปากไว้", 1, state="done")], less_sure)[0].state == "open"


def test_what_was_done_closes_with_its_passage():
    [thread] = threads(said(OPENED, days=[DAY]), said(NEWS, 1, state="done"))
    assert (thread.kind, thread.state, thread.owners, thread.due) == ("action", "done", ("ครูแดง",), DAY)
    assert [(event.relation, event.passage.quote) for event in thread.events] == [("opens", OPENED), ("done", NEWS)]


OTHER_NEWS = [("ongoing", "progress", "progress"), ("planned", "progress", "progress"), ("cancelled", "problem", "dropped")]


@pytest.mark.parametrize(("state", "relation", "after"), OTHER_NEWS)
def test_other_news_do_not_close(state, relation, after):
    thread = threads(said(OPENED), said(NEWS, 1, state=state))[0]
    assert (thread.events[-1].relation, thread.state) == (relation, after)


@pytest.mark.parametrize("part", ["ได้แค่ครึ่งหนึ่ง", "สามบ่อจากห้าบ่อ", "ยังเหลือบ่อท้ายสวน", "แต่ไม่ครบทุกบ่อ"])
def test_what_is_done_in_part_does_not_close(part):
    [thread] = threads(said(OPENED), said(f"{NEWS}{part}", 1, state="done"))
    assert (thread.events[-1].relation, thread.state) == ("progress", "progress")


def test_a_practice_does_not_close_by_being_kept():
    opened = said(OPENED, state="ongoing")
    weekly = replace(opened.passage.action, when=(When("ทุกสัปดาห์", repeats="FREQ=WEEKLY"),))
    [thread] = threads(replace(opened, passage=replace(opened.passage, action=weekly)), said(NEWS, 1, state="done"))
    assert (thread.kind, thread.state) == ("cadence", "progress")


def test_a_done_matter_of_another_day_waits_for_a_person():
    told = threads(said(OPENED, days=[DAY]), said(NEWS, 1, state="done", days=[date(2009, 4, 20)]))
    assert sorted(thread.state for thread in told) == ["candidate", "open"]


def test_what_closes_must_be_surer_else_it_is_progress_and_the_end_waits_for_a_person():
    told = follow([said(OPENED), said(NEWS, 1, state="done")], replace(LINKER, closes=1.0))
    assert [(thread.state, thread.last.relation) for thread in told] == [("progress", "progress"), ("candidate", "done")]


@pytest.mark.parametrize(
    ("opened", "news", "state"),
    [
        ("ทุกกลุ่ม", "ครบ 4 กลุ่ม", "progress"),
        ("แต่ละโรงเรียน", "ส่งแล้วสี่โรง", "progress"),
        ("ทุกกลุ่ม", "ครบทุกกลุ่มทั้ง 4 กลุ่ม", "done"),
        ("ทุกกลุ่ม", "ส่งด้วยรถบรรทุก 4 กลุ่ม", "progress"),  # a lorry, and no "all"
        ("ทุกกลุ่ม", "คลายทุกข์ 4 กลุ่ม", "progress"),
        ("รถบรรทุกคนงาน", "มีช่าง 4 คน", "done"),
        ("ทุกกลุ่ม", "ใช้ 4 วัน", "done"),
        ("สามกลุ่ม", "ครบ 3 กลุ่ม", "done"),
        ("7 ตัว", "ได้แล้ว 5 จาก 7 ตัว", "progress"),
        ("7 ตัว", "มาแล้ว 5 ตัว ทั้ง 7 ตัว", "progress"),
    ],
)
def test_some_of_what_each_was_to_do_does_not_close(opened, news, state):
    assert threads(said(f"{OPENED} {opened}"), said(f"{NEWS} {news}", 1, state="done"))[0].state == state


@pytest.mark.parametrize(
    ("news", "day", "linked"),
    [("วันนี้", DAY, True), ("วันนี้", date(2009, 3, 9), False), ("วันนี้", None, False), ("ทุกวันนี้", None, True)],
)
def test_a_today_that_is_not_known_to_be_the_day_that_was_set_waits_for_a_person(news, day, linked):
    told = threads(said(f"{OPENED} นัดประชุม", days=[DAY]), replace(said(f"{NEWS} {news}", 1, state="ongoing"), day=day))
    assert sorted(thread.state for thread in told) == (["progress"] if linked else ["candidate", "open", "open"])


def test_fewer_than_there_were_to_be_do_not_close():
    opened, news = (f"{words} 7 ตัว" for words in (OPENED, NEWS))
    told = threads(said(opened), said(f"{news} ใช้ได้ 5", 1, state="done"))
    assert sorted(thread.state for thread in told) == ["candidate", "progress"]
    assert [thread.state for thread in threads(said(opened), said(f"{news} ใช้ได้ 7", 1, state="done"))] == ["done"]


def test_what_is_closed_hears_no_more():
    told = threads(said(OPENED), said(NEWS, 1, state="done"), said(NEWS, 2, state="done", start=900))
    assert [(thread.state, len(thread.events)) for thread in told] == [("done", 2)]


def test_the_end_of_a_trouble_is_asked_unless_its_passage_says_that_it_is_gone():
    trouble = said("กังหันท้ายบ่อปลาของกลุ่มเลี้ยงปลานิลเสียมาสองเดือน", label="issue")
    mended = "กังหันท้ายบ่อปลาของกลุ่มเลี้ยงปลานิลช่างเปลี่ยนสายพานให้"
    told = threads(trouble, said(mended, 1, state="done"))
    assert [(thread.state, thread.last.relation) for thread in told] == [("progress", "progress"), ("candidate", "done")]
    assert threads(trouble, said(f"{mended} หายแล้ว", 1, state="done"))[0].state == "done"
