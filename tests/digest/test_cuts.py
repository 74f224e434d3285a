"""Cuts: the same items, fewer of them; a reader finds what concerns the reader, and an empty part where there is nothing."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from pipeline.cuts import Cut
from pipeline.digest import make_digest
from pipeline.digest.cuts import cut, last_meeting
from pipeline.digest.duties import is_host_duty, names_agency, names_area, names_role, tells_of_hosts
from pipeline.records import ActionFields, Actor, Changes, DigestItem, Evidence, Followed, Highlight, Passage, Phase, Section, Span

QUOTES = {
    "homework": ("action", "ให้คุณอำนวยทุกคนเขียนเรื่องเล่าของตนคนละหนึ่งหน้า"),
    "room": ("action", "เตรียมสถานที่และเอกสารสำหรับเวทีครั้งหน้า"),
    "done": ("action", "ส่งรายงานของปีก่อนให้อำเภอแล้ว"),
    "agency": ("action", "กศน. รับจะเปิดห้องสมุดในวันหยุด"),
    "near": ("issue", "คลองในตำบลบัวงามตื้นเขิน เรือเข้าไม่ได้"),
    "far": ("issue", "ตลาดที่ห้วยแร่ไม่มีคนซื้อในวันธรรมดา"),
    "lesson": ("lesson", "คนสวนที่ได้ชิมผลผลิตของกันและกันแบ่งพันธุ์กันเอง"),
}
FIELDS = {
    "homework": ActionFields(who=(Actor("คุณอำนวยทุกคน", role="คุณอำนวย"),), state="planned"),
    "done": ActionFields(state="done"),
    "agency": ActionFields(who=(Actor("กศน."),), state="planned"),
    "room": ActionFields(state="planned"),
}


def mention(name, month=3):
    label, quote = QUOTES[name]
    place = 100 * list(QUOTES).index(name)
    passage = Passage("1", "1.txt", Span(place, place + len(quote)), quote, label, 0.9, group=name, action=FIELDS.get(name))
    return Evidence(passage, "บันทึก", "สมใจ", datetime(2009, month, 5), None)  # noqa: DTZ001 - records carry no zone


def line(name, kind="action", state="open", due=None):
    return Followed(kind, state, mention(name), None, None, (), due)


@pytest.fixture(name="whole")
def _whole():
    groups = {label: [[mention(name)] for name in QUOTES if QUOTES[name][0] == label] for label in ("lesson", "issue", "action")}
    facts = {"model": "m", "posts": 1, "authors": 1, "passages": 7, "unsure": 0, "first_post": date(2009, 3, 5), "last_post": date(2009, 4, 5)}
    lines = (line("homework"), line("room", "carried-topic"), line("agency", due=date(2009, 4, 9)), line("done", "plan", "done", date(2009, 3, 1)))
    made = make_digest("สวน", Phase("p", "ระยะ"), groups=groups, totals={}, followed=lines, followed_total=4, **facts)
    return replace(made, questions=(line("far", "question"),), questions_total=1, top=(Highlight(made.sections[1].items[0]),))


def names(digest):
    return {section.label: sorted(item.evidence[0].passage.group for item in section.items) for section in digest.sections}


def test_the_executive_reads_results_before_what_to_consult(whole):
    made = cut(whole, Cut("executive"))
    assert names(made) == {"lesson": ["lesson"], "action": ["done"], "issue": ["far", "near"]}
    assert [section.label for section in made.sections] == ["lesson", "action", "issue"]
    assert (made.top, made.questions, [one.state for one in made.followed]) == (whole.top, whole.questions, ["open"] * 3)


def test_a_facilitator_reads_the_homework_of_the_role_and_the_area(whole):
    made = cut(whole, Cut("facilitator", area="ต.บัวงาม", roles=("คุณอำนวย",)))
    assert names(made) == {"action": ["homework"], "issue": ["near"], "lesson": []}
    assert [one.opener.passage.group for one in made.followed] == ["homework"]


def test_the_host_reads_what_to_prepare_and_the_carried_topics(whole):
    made = cut(whole, Cut("host"))
    assert names(made) == {"action": ["room"], "lesson": []}
    assert [one.kind for one in made.followed] == ["carried-topic"]
    assert made.questions == whole.questions


def test_an_agency_reads_what_is_told_in_its_name(whole):
    made = cut(whole, Cut("agency", agency="กศน."))
    assert names(made) == {"action": ["agency"], "issue": [], "lesson": []}
    assert (made.followed_total, made.top, made.questions) == (1, (), ())


def test_before_a_meeting_only_what_was_told_since_the_last_one_counts(whole):
    later = cut(whole, Cut("pre-meeting"))
    assert later.cut.since == date(2009, 3, 1)
    assert sum(map(len, names(later).values())) == 7
    none = cut(replace(whole, followed=(line("done", "plan", "done", date(2009, 3, 6)),)), Cut("pre-meeting"))
    assert sum(map(len, names(none).values())) == 0


def test_an_unknown_last_meeting_leaves_the_whole_phase(whole):
    made = cut(replace(whole, last_post=None), Cut("pre-meeting"))
    assert (made.cut.since, sum(map(len, names(made).values()))) == (None, 7)
    held = line("room", "plan", due=date(2009, 4, 5))
    assert last_meeting((held,), date(2009, 4, 5)) is None
    assert last_meeting((held,), date(2009, 4, 6)) == date(2009, 4, 5)
    assert last_meeting((replace(held, doubted=True),), date(2009, 4, 6)) is None  # it may have been put off


@pytest.mark.parametrize("kind", ["executive", "facilitator", "host", "agency", "pre-meeting"])
def test_totals_are_what_the_cut_holds_and_nothing_is_added(whole, kind):
    made = cut(whole, Cut(kind))
    known = {item for section in whole.sections for item in section.items}
    assert all(item in known for section in made.sections for item in section.items)
    assert made.followed_total >= len(made.followed)
    assert all(one in whole.followed for one in made.followed)


def test_a_passage_concerns_a_role_an_area_an_agency_or_the_host():
    homework, near = mention("homework").passage, mention("near").passage
    assert names_role(homework, ["คุณอำนวย"])
    assert not names_role(homework, ["คุณเอื้อ"])
    assert names_area(near, "ตำบลบัวงาม")
    assert not names_area(near, None)
    assert names_agency(mention("agency").passage, "กศน.")
    assert not names_agency(near, "กศน.")
    assert is_host_duty(mention("room").passage)
    assert not is_host_duty(homework)
    custom = replace(mention("lesson").passage, quote="ธรรมเนียมของเราคือเจ้าภาพเล่าเรื่องของตนก่อนใคร")
    assert tells_of_hosts(custom)
    assert not tells_of_hosts(mention("lesson").passage)


def test_a_cut_counts_what_it_holds_beside_what_the_phase_has(whole):
    made = cut(whole, Cut("agency", agency="กศน."))
    assert (made.cut.posts, made.cut.passages, made.cut.unsure) == (1, 1, 0)
    assert (made.posts, made.passages) == (whole.posts, whole.passages)
    nobody = cut(whole, Cut("agency", agency="กรมที่ไม่มีใครกล่าวถึง"))
    assert (nobody.cut.posts, nobody.cut.passages) == (0, 0)


def test_homework_whose_owner_is_not_known_goes_to_the_role_that_its_words_name(whole):
    said = replace(mention("homework").passage, quote="นัดส่งเรื่องเล่าที่ให้คุณอำนวยไปเขียน วันที่ 9 เมษายน", action=ActionFields(state="planned"))
    assert names_role(said, ["คุณอำนวย"])
    assert not names_role(said, ["คุณเอื้อ"])
    assert not names_role(replace(said, action=ActionFields(who=(Actor("ครูนิด"),))), ["คุณอำนวย"])
    assert not names_role(replace(said, quote="นัดคุณอำนวยพรส่งเรื่องเล่า วันที่ 9 เมษายน"), ["คุณอำนวย"])  # the name of a person
    assert names(cut(whole, Cut("facilitator")))["action"] == ["homework"]  # who names no role is a facilitator


def test_an_agency_and_an_area_keep_their_rows_of_the_tables(whole):
    here = mention("near")
    tables = (
        Section("partners", 2, tuple(DigestItem("at-table", (here,), name) for name in ("กรมการพัฒนาชุมชน", "เทศบาล"))),
        Section("areas", 2, tuple(DigestItem("issue", (here,), name) for name in ("ต.บัวงาม หมู่ 2", "ต.ห้วยแร่"))),
    )
    full = replace(whole, registers=tables)
    kept = {view.kind: cut(full, view).registers for view in (Cut("agency", agency="พช."), Cut("facilitator", area="ตำบลบัวงาม"), Cut("host"))}
    assert [(one.label, one.total, [item.name for item in one.items]) for one in kept["agency"]] == [("partners", 1, ["กรมการพัฒนาชุมชน"])]
    assert [item.name for one in kept["facilitator"] for item in one.items] == ["ต.บัวงาม หมู่ 2"]
    assert kept["host"] == cut(full, Cut("agency", agency="กรมที่ไม่มีใครกล่าวถึง")).registers == ()


@pytest.mark.parametrize(("kind", "told"), [("host", (("opened", "homework"),)), ("facilitator", ()), ("agency", ())])
def test_a_new_matter_is_told_as_opened_where_the_cut_leaves_its_item_out(whole, kind, told):
    topic = line("homework", "carried-topic")
    item = DigestItem("action", (mention("homework"),))
    made = cut(replace(whole, followed=(topic,), changes=Changes("compared", 1, None, (Section("action", 1, (item,)),))), Cut(kind, agency="กศน."))
    assert tuple((what, one.opener.passage.group) for what, one in made.changes.followed) == told
    assert made.changes.followed_totals == tuple((what, 1) for what, _ in told)
    assert bool(made.changes.new) == (kind == "facilitator")
