"""Carried topics, commitments by party, silence, dependencies, disagreements and reuse: each from passages, none made up."""

from dataclasses import replace
from datetime import date

import pytest

from pipeline.followed import Thread, ThreadEvent
from pipeline.records import Remarks, When
from pipeline.threads import Linker, follow, with_kinds
from pipeline.threads.forest import Tree
from pipeline.threads.happened import happened
from pipeline.threads.openers import kind_opened

NEVER = Linker((Tree((0,), (0.0,), (0,), (0,), (0.0,)),), -30.0, 0.8, 0.9, 0.3)  # links nothing: what is found is found by these kinds
ALWAYS = replace(NEVER, bias=30.0)
DAY = date(2009, 1, 18)


def found(*told, linker=NEVER, phases=()):
    return with_kinds(follow(told, linker), told, phases)


def answers(thread):
    return {ask.question: [passage.quote for passage in ask.answers] for ask in thread.asks}


CARRIED = "จะนำเรื่องขยะหน้าตลาด น้ำประปาหมู่บ้าน และหนี้กองทุนปุ๋ย ไปคุยกันต่อเวทีหน้า"


def test_each_topic_that_is_carried_on_has_its_thread_and_four_open_questions(passage):
    threads = found(passage(CARRIED, days=[DAY], who=["ครูแดง"]))
    assert [thread.title for thread in threads] == ["ขยะหน้าตลาด", "น้ำประปาหมู่บ้าน", "หนี้กองทุนปุ๋ย"]
    assert {(thread.kind, thread.state, thread.due, thread.owners) for thread in threads} == {("carried-topic", "open", DAY, ("ครูแดง",))}
    assert all(answers(thread) == {"progress": [], "problem": [], "tool": [], "content": []} for thread in threads)


@pytest.mark.parametrize(
    ("news", "more", "questions", "state"),
    [
        ("ขยะหน้าตลาดลดลงไปมากแล้ว", {"label": "lesson"}, ["progress"], "progress"),
        ("ขยะหน้าตลาดยังไม่มีใครมาเก็บ", {"label": "issue"}, ["problem"], "open"),
        ("เรื่องขยะหน้าตลาดจะใช้แบบสอบถามแม่ค้าช่วย", {}, ["tool"], "open"),
        ("เอาขยะหน้าตลาดไปบูรณาการกับวิชาวิทยาศาสตร์", {"state": "ongoing"}, ["progress", "content"], "progress"),
        ("ขยะหน้าตลาดแก้ได้แล้ว", {"state": "done"}, ["progress"], "done"),
        ("ขยะในวัดลดลง", {"label": "lesson"}, [], "open"),
    ],
)
def test_a_later_passage_that_names_the_topic_answers(passage, news, more, questions, state):
    first, *others = found(passage(CARRIED), passage(news, 1, **more))
    assert [question for question, quotes in answers(first).items() if quotes == [news]] == questions
    assert first.state == state
    assert all(not any(answers(other).values()) for other in others if other.kind == "carried-topic")


@pytest.mark.parametrize(("told", "heard"), [(12, 12), (13, 0), (30, 0)])
def test_what_everybody_names_is_no_news_of_one_topic(passage, told, heard):
    news = [passage("ขยะหน้าตลาดยังไม่มีใครมาเก็บ", 1 + number % 8, label="issue", start=100 * number) for number in range(told)]
    first, *_ = found(passage(CARRIED), *sorted(news, key=lambda one: one.order))
    assert (first.title, len(first.events)) == ("ขยะหน้าตลาด", 1 + heard)


def test_topics_that_stand_where_no_passage_is_are_found_in_the_text_before(passage):
    text = "วงก่อนเราคุยกันสามเรื่องคือ ขยะหน้าตลาด น้ำประปาหมู่บ้าน และหนี้กองทุนปุ๋ย\nจะเอา 3 เรื่องนี้ไปคุยกันต่อ"
    carrying = passage("จะเอา 3 เรื่องนี้ไปคุยกันต่อ", start=text.index("จะเอา"))
    told = with_kinds(follow([carrying], NEVER), [carrying], (), {"post-0": text}.__getitem__)
    assert [thread.title for thread in told] == ["ขยะหน้าตลาด", "น้ำประปาหมู่บ้าน", "หนี้กองทุนปุ๋ย"]
    assert [thread.title for thread in found(carrying)] == [carrying.passage.quote]
    assert all(thread.title in text for thread in told)


def test_a_carried_matter_without_a_list_stays_one_topic(passage):
    [thread] = found(passage("จะเอาเรื่องนี้ไปคุยต่อเวทีหน้า"))
    assert (thread.kind, thread.title) == ("carried-topic", "จะเอาเรื่องนี้ไปคุยต่อเวทีหน้า")


def term(passage, quote, item, **more):
    return passage(quote, strength="resolved", remarks=Remarks(item=item), start=1000 * item, **more)


def test_a_term_stands_once_for_each_party_of_the_agreement(passage):
    signed = passage("เทศบาลตำบลหนองปลาซิวกับมหาวิทยาลัยขอนแก่น และมหาวิทยาลัยเชียงใหม่ ลงนามในบันทึกข้อตกลง", label="lesson", start=10)
    threads = found(signed, term(passage, "แต่ละหน่วยงานเปิดห้องสมุดให้คนนอก", 1, who=["แต่ละหน่วยงาน"]))
    assert {thread.kind for thread in threads} == {"commitment"}
    assert [thread.owners for thread in threads] == [("เทศบาลตำบลหนองปลาซิว",), ("มหาวิทยาลัยขอนแก่น",), ("มหาวิทยาลัยเชียงใหม่",)]
    assert len({thread.id for thread in threads}) == 3
    assert {thread.kept for thread in threads} == {"no news"}


def test_a_term_without_a_party_has_no_owner(passage):
    [thread] = found(term(passage, "เปิดห้องสมุดให้คนนอก", 1))
    assert (thread.owners, thread.kept) == ((), "no news")


@pytest.mark.parametrize(
    ("between", "more", "kinds"),
    [
        (" ", {}, ["commitment"]),
        ("\n", {}, ["commitment", "action"]),  # another line
        (" ", {"strength": "assigned"}, ["commitment", "action"]),  # somebody's task
        (" และให้ห้องสมุดยืมหนังสือ ", {}, ["commitment", "action"]),  # something stands between
    ],
)
def test_the_rest_of_a_term_is_no_task_of_its_own(passage, between, more, kinds):
    words, rest = "ใช้งานประจำเป็นตัวเดินเรื่อง", "ใช้ห้องสมุดเป็นที่พบกัน"
    one = passage(words, strength="resolved", remarks=Remarks(item=2), start=3)
    other = passage(rest, **({"strength": "resolved", "start": 3 + len(words + between)} | more))
    text_of = {"post-0": f"2. {words}{between}{rest}"}.__getitem__
    term, own = follow([one, other], NEVER)
    assert [thread.kind for thread in with_kinds([term, own], [one, other], (), text_of)] == kinds
    due = replace(own, due=date(2009, 5, 1))  # nor is a day lost by which it is to be done
    assert due.id in {thread.id for thread in with_kinds([term, due], [one, other], (), text_of)}
    later = passage("ห้องสมุดเปิดเป็นที่พบกันแล้ว", 1, state="ongoing")
    news = (own.events[0], ThreadEvent(later.passage, "progress"))
    heard, asked = replace(own, events=news), replace(own, id="asked", events=news, state="candidate")
    for told in ([term, heard], [term, own, asked]):  # what is heard of it, or may be, is told
        assert own.id in {thread.id for thread in with_kinds(told, [one, other, later], (), text_of)}


def test_news_that_name_one_party_are_not_the_others(passage):
    terms = term(passage, "เปิดห้องสมุดให้คนนอก", 1, who=["โรงเรียนดอนยาง", "วัดดอนยาง"])
    news = passage("โรงเรียนดอนยางเปิดห้องสมุดให้คนนอกอยู่ทุกเย็น", 1, state="ongoing")
    kept = {thread.owners: thread.kept for thread in found(terms, news, linker=ALWAYS)}
    assert kept == {("โรงเรียนดอนยาง",): "kept", ("วัดดอนยาง",): "no news"}


def test_what_may_end_the_term_of_one_party_is_asked_and_told_of_that_party_alone(passage):
    terms = term(passage, "เปิดห้องสมุดให้คนนอก", 1, who=["โรงเรียนดอนยาง", "วัดดอนยาง"])
    news = passage("โรงเรียนดอนยางเปิดห้องสมุดให้คนนอกเสร็จแล้ว", 1, state="done")
    threads = found(terms, news, linker=replace(NEVER, bias=0.0))  # half likely: it is offered
    told = {thread.owners: thread.end_doubt for thread in threads if thread.kind == "commitment" and thread.state != "candidate"}
    assert (told["โรงเรียนดอนยาง",].passage.id, told["วัดดอนยาง",]) == (news.passage.id, None)
    assert [thread.owners for thread in threads if thread.state == "candidate"] == [("โรงเรียนดอนยาง",)]


def test_a_term_that_is_not_kept_says_so(passage):
    news = passage("ห้องสมุดปิดตายมาสองเดือน ยังเปิดให้คนนอกไม่ได้", 1, label="issue")
    [thread] = [one for one in found(term(passage, "เปิดห้องสมุดให้คนนอก", 1), news, linker=ALWAYS) if one.kind == "commitment"]
    assert (thread.kept, thread.state) == ("not kept", "open")


@pytest.mark.parametrize(("months", "since"), [(5, date(2009, 1, 1)), (1, None)])
def test_a_practice_of_which_the_posts_fall_silent_is_told(passage, months, since):
    meeting = passage("ประชุมกันทุกเดือน", state="ongoing")
    monthly = replace(meeting.passage.action, when=(When("ทุกเดือน", repeats="FREQ=MONTHLY"),))
    told = replace(meeting, passage=replace(meeting.passage, action=monthly))
    first = found(told, passage("ฝนตกหนักทำให้ถนนขาด", months, label="lesson"))[0]
    assert (first.kind, first.state, first.unheard_since) == ("cadence", "open", since)


@pytest.mark.parametrize(
    ("later", "waits"),
    [
        ("หลังจากวันที่ 18 อีกหนึ่งอาทิตย์ทีมจะพิมพ์เล่ม", True),
        ("จะรวบรวมสมุดบันทึกแปลงนามาเขียนรายงาน", True),
        ("เมื่อเก็บสมุดบันทึกแปลงนาเสร็จจะนัดอำเภอ", True),
        ("จากนั้นครูแดงจะนัดอำเภอ", True),
        ("เพื่อนำเสนอนายอำเภอวันศุกร์", True),
        ("เพื่อให้ครูแดงนัดอำเภอ", False),
        ("จะรวบรวมเงินค่าเสื้อไปจ่ายร้าน", False),
        ("ครูแดงจะนัดอำเภอ", False),
    ],
)
def test_what_comes_after_another_waits_for_it(passage, later, waits):
    homework = passage("ให้ทุกกลุ่มไปเก็บสมุดบันทึกแปลงนา", days=[DAY])
    first, second = found(homework, passage(later, start=500))
    assert second.depends_on == ((first.id,) if waits else ())


CLAIM = "ควรให้อำเภอเป็นเจ้าภาพจัดงานบุญข้าวใหม่เพราะมีงบประมาณ"


@pytest.mark.parametrize(
    ("answer", "more", "disputes"),
    [
        ("ไม่เห็นด้วยครับ งานบุญข้าวใหม่ชาวบ้านเป็นเจ้าภาพมาแต่เดิม", {"voice": "commenter", "speaker": "ลุงคำ"}, True),
        ("งานบุญข้าวใหม่น่าจะให้ชาวบ้านเป็นเจ้าภาพมากกว่า", {"voice": "commenter", "speaker": "ลุงคำ"}, True),
        ("ไม่เห็นด้วยเรื่องราคายาง", {"voice": "commenter", "speaker": "ลุงคำ"}, False),
        ("เห็นด้วยค่ะ งานบุญข้าวใหม่ให้อำเภอเป็นเจ้าภาพ", {"voice": "commenter", "speaker": "ป้าศรี"}, False),
        ("งานบุญข้าวใหม่น่าจะให้ชาวบ้านเป็นเจ้าภาพมากกว่า", {}, False),  # the author weighs both sides
    ],
)
def test_two_voices_that_differ_are_both_told(passage, answer, more, disputes):
    threads = found(passage(CLAIM, label="lesson"), passage(answer, label="lesson", start=900, **more))
    assert [(thread.kind, thread.title, thread.last.relation, thread.last.passage.quote) for thread in threads] == (
        [("issue", CLAIM, "disputes", answer)] if disputes else []
    )


def test_nobody_is_asked_whether_the_other_side_is_news(passage):
    told = passage(CLAIM, label="issue"), passage("ไม่เห็นด้วยครับ งานบุญข้าวใหม่ชาวบ้านเป็นเจ้าภาพมาแต่เดิม", label="issue", start=900, voice="commenter")
    doubtful = replace(ALWAYS, bias=0.0, sure=2.0, closes=2.0)
    assert "candidate" in {thread.state for thread in follow(told, doubtful)}
    assert [(thread.state, thread.last.relation) for thread in found(*told, linker=doubtful) if thread.opened_by == told[0].passage] == [
        ("open", "disputes")
    ]


LESSON = "สมุดบัญชีเล่มเล็กที่ทุกคนเปิดดูได้ทำให้สมาชิกกล้าฝากเงิน"


@pytest.mark.parametrize(
    ("later", "label", "phase", "relation"),
    [
        ("ปีนี้ต่อยอดสมุดบัญชีเล่มเล็กที่สมาชิกเปิดดูได้ไปทุกหมู่", "action", "two", "progress"),
        ("สมุดบัญชีเล่มเล็กที่ทุกคนเปิดดูได้ทำให้สมาชิกกล้าฝากเงินมากขึ้น", "lesson", "two", "corroborates"),
        ("ปีนี้ต่อยอดสมุดบัญชีเล่มเล็กที่สมาชิกเปิดดูได้ไปทุกหมู่", "action", "one", None),
        ("ปีนี้ต่อยอดโรงปุ๋ยชีวภาพ", "action", "two", None),
    ],
)
def test_a_lesson_of_an_earlier_phase_is_reused(passage, later, label, phase, relation):
    told = passage(LESSON, label="lesson", phase="one"), passage(later, 1, label=label, phase=phase), passage("ฝนตก", 2, label="lesson", phase="two")
    reuse = [(thread.title, thread.last.relation, thread.state) for thread in found(*told, phases=["one", "two"]) if thread.kind == "reuse"]
    assert reuse == ([(LESSON, relation, "progress")] if relation else [])


def test_what_was_followed_of_a_lesson_and_what_a_later_phase_uses_of_it_are_one_thread(passage):
    again = passage("สมุดบัญชีเล่มเล็กช่วยให้คนกล้าฝาก", 1, label="lesson", phase="one")
    used = passage("ปีนี้ต่อยอดสมุดบัญชีเล่มเล็กที่สมาชิกเปิดดูได้ไปทุกหมู่", 2, phase="two")
    told = found(passage(LESSON, label="lesson", phase="one"), again, used, linker=ALWAYS, phases=["one", "two"])
    assert [[event.relation for event in thread.events] for thread in told if thread.kind == "reuse"] == [["opens", "corroborates", "progress"]]


@pytest.mark.parametrize("wish", ["หวังว่าอำเภอจะมาช่วยดูบัญชี", "ผมอยากให้ทุกหมู่มีห้องสมุด", "ขอให้งานบุญปีนี้ลุล่วงไปด้วยดี", "อยากเห็นเด็กกลับบ้าน"])
def test_a_wish_opens_nothing_whatever_strength_was_read(passage, wish):
    assert kind_opened(passage(wish).passage) is None


def test_a_wish_that_puts_somebody_to_work_on_a_day_is_more_than_a_wish(passage):
    assert kind_opened(passage("อยากให้ครูแดงส่งบัญชี", days=[DAY]).passage) == "action"


MEETING = "ประชุมใหญ่กลุ่มออมทรัพย์กับนายอำเภอที่ศาลาวัด"


@pytest.mark.parametrize(
    ("quote", "after", "relation"),
    [
        ("กลุ่มออมทรัพย์มากันเก้าสิบคน ล้นศาลา", 0, "done"),
        ("ชาวบ้านมาประชุมกันเต็มศาลา ได้เรื่องลงแขก", 3, "done"),
        ("ชาวบ้านมาประชุมกันเต็มศาลา ได้เรื่องลงแขก", 4, None),
        ("กลุ่มออมทรัพย์เล่าให้นายอำเภอฟังเรื่องหนี้", 20, "mentions"),
        ("ปลูกผักกันหลังบ้าน", 0, None),
    ],
)
def test_what_a_post_of_its_day_or_of_its_office_tells_is_offered_to_a_meeting(passage, quote, after, relation):
    day = date(2009, 2, 10)
    told = [passage(MEETING, days=[day]), replace(passage(quote, 1, label="lesson"), day=date.fromordinal(day.toordinal() + after))]
    candidates = [thread for thread in happened(follow(told, NEVER), told) if thread.state == "candidate"]
    expected = [("plan", quote, relation)] if relation else []
    assert [(thread.kind, thread.last.passage.quote, thread.last.relation) for thread in candidates] == expected


@pytest.mark.parametrize(
    ("quotes", "offered"),
    [
        (["ชาวบ้านประชุมกันที่ท่าน้ำ", "กลุ่มออมทรัพย์ประชุมกันเก้าสิบคน"], 1),
        (["ชาวบ้านประชุมกันที่ท่าน้ำ", "ผู้ปกครองประชุมกันที่โรงเรียน"], None),  # nothing tells which of both it was
    ],
)
def test_of_several_posts_of_its_day_the_one_that_shares_most_is_offered(passage, quotes, offered):
    day = date(2009, 2, 10)
    told = [passage(MEETING, days=[day]), *(replace(passage(quote, n, label="lesson"), day=day) for n, quote in enumerate(quotes, start=1))]
    asked = [thread.last.passage.quote for thread in happened(follow(told, NEVER), told) if thread.state == "candidate"]
    assert asked == ([] if offered is None else [quotes[offered]])


@pytest.mark.parametrize(
    ("text", "offered"),
    [("วันนี้ไปประชุมใหญ่กลุ่มออมทรัพย์ที่ศาลาวัด ปลูกผักกันหลังบ้าน", True), ("วันนี้ไปวัด ปลูกผักกันหลังบ้าน", False)],
)
def test_that_a_post_of_its_day_tells_of_a_meeting_may_stand_where_no_passage_is(passage, text, offered):
    day = date(2009, 2, 10)
    told = [passage(MEETING, days=[day]), replace(passage("ปลูกผักกันหลังบ้าน", 1, label="lesson"), day=day)]
    asked = [thread.last.passage for thread in happened(follow(told, NEVER), told, lambda _: text) if thread.state == "candidate"]
    assert asked == ([told[1].passage] if offered else [])


def test_a_meeting_of_which_that_post_was_heard_is_not_asked_about_again(passage):
    day = date(2009, 2, 10)
    told = [passage(MEETING, days=[day]), replace(passage("กลุ่มออมทรัพย์มากันเก้าสิบคน ล้นศาลา", 1, label="lesson"), day=day)]
    assert [thread.state for thread in happened(follow(told, ALWAYS), told)] == ["progress"]


@pytest.mark.parametrize(("heard_after", "asked"), [(-1, True), (0, False)])
def test_a_meeting_of_which_something_was_heard_since_its_day_is_not_asked_about(passage, heard_after, asked):
    day = date(2009, 2, 10)
    told = [passage(MEETING, days=[day]), passage("กลุ่มออมทรัพย์มากันเก้าสิบคน ล้นศาลา", 1, label="lesson"), passage("ศาลาวัดยังไม่มีพัดลม", 2, label="lesson")]
    told[1:] = [replace(one, day=date.fromordinal(day.toordinal() + after)) for one, after in zip(told[1:], (heard_after, 1), strict=True)]
    events = (ThreadEvent(told[0].passage, "opens"), ThreadEvent(told[1].passage, "progress"))
    meeting = Thread("t", "plan", MEETING, "progress", events, due=day)
    assert [thread.last.passage for thread in happened([meeting], told)[1:]] == ([told[2].passage] if asked else [])
