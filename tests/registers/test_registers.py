"""What fills each register, and what does not."""

import pytest

from pipeline.registers.quotes import around


def lines(sightings):
    return [(one.label, one.name) for one in sightings]


# areas


def test_an_action_belongs_to_the_place_it_names(see):
    text = "วันจันทร์ ต.หนองเสือ จะลงสำรวจบ่อ ส่วนตำบลดอนพุดหยุดไว้เพราะไม่มีน้ำมัน"
    found = see("areas", text, {"words": "ต.หนองเสือ จะลงสำรวจบ่อ"}, {"words": "ตำบลดอนพุดหยุดไว้เพราะไม่มีน้ำมัน", "label": "issue"})
    assert lines(found) == [("planned", "ต.หนองเสือ"), ("issue", "ต.ดอนพุด")]


def test_what_stands_under_the_heading_of_a_place_is_done_there(see):
    text = "ต.หนองเสือ\n\nจะลงสำรวจบ่อที่หมู่ 3\n\nเรื่องอื่น\n\nจะซื้อกระดาษ"
    found = see("areas", text, {"words": "จะลงสำรวจบ่อที่หมู่ 3"}, {"words": "จะซื้อกระดาษ"})
    assert lines(found) == [("planned", "ต.หนองเสือ หมู่ 3")]


def test_a_number_of_a_village_without_its_tambon_is_no_place(see):
    assert see("areas", "ต.หนองเสือ ต.ดอนพุด มาพร้อม จะไปหมู่ 3", {"words": "จะไปหมู่ 3"}) == []


def test_news_of_a_thread_moves_an_action_and_closes_an_issue(see):
    text = "จะไป ต.หนองเสือ แต่ ต.ดอนพุด น้ำท่วม"
    passages = {"words": "จะไป ต.หนองเสือ"}, {"words": "ต.ดอนพุด น้ำท่วม", "label": "issue"}
    done, issue = (one.passage.id for one in see("areas", text, *passages))
    assert lines(see("areas", text, *passages, threads={done: "done", issue: "done"})) == [("done", "ต.หนองเสือ")]
    assert lines(see("areas", text, *passages, threads={done: "moved", issue: "open"})) == [("postponed", "ต.หนองเสือ"), ("issue", "ต.ดอนพุด")]


# partners


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("เวทีวันนี้มีผู้เข้าร่วมจาก พอช. และ กศน. รวม 20 คน", {("at-table", "พอช"), ("at-table", "กศน")}),
        ("เทศบาลส่งตัวแทนมาสองคน", {("at-table", "เทศบาล")}),
        ("วงเรายังขาดหอการค้าและภาคเอกชน", {("absent", "หอการค้า"), ("absent", "ภาคเอกชน")}),
        ("ภาคเอกชนยังไม่ได้เข้ามาร่วมเวที", {("absent", "ภาคเอกชน")}),
        ("หัวหน้าส่วน 12 หน่วยงานลงนามแล้ว", {("at-table", "12 หน่วยงาน")}),
        ("ภาคเอกชนรับปากไว้สองรอบแล้วแต่ยังไม่เป็นรูปธรรม", {("idle", "ภาคเอกชน")}),
    ],
)
def test_how_a_partner_stands_is_told_by_the_words_beside_it(see, text, expected):
    full = {"พอช": "สถาบันพัฒนาองค์กรชุมชน (องค์การมหาชน)", "กศน": "สำนักงานส่งเสริมการศึกษานอกระบบและการศึกษาตามอัธยาศัย"}
    assert {(label, name) for label, name in lines(see("partners", text))} == {(label, full.get(name, name)) for label, name in expected}


@pytest.mark.parametrize(
    "text",
    [
        "หวังว่าเทศบาลจะเข้าร่วมปีหน้า",
        "ประชุมที่ห้องประชุมเทศบาล มีคนเข้าร่วมมาก",
        "เรายังขาดงบและรถ",
        "เทศบาลอยู่ไกล",
        "ภาครัฐจะเข้าร่วมไหมครับ",
        "ภาคธุรกิจรวย และพวกเรามาร่วมกันเอง",
    ],
)
def test_a_partner_that_is_hoped_for_or_only_named_has_no_line(see, text):
    assert see("partners", text) == []


# practices


def test_a_list_of_cases_is_split_where_its_number_is_told(see):
    text = "ช่วงบ่ายฟัง 3 กรณีศึกษา ได้แก่ ธนาคารขยะบ้านโคกมะตูม สวัสดิการวันละ 2 บาท และป่าชุมชนเขาหลวง"
    found = see("practices", text)
    assert lines(found) == [("case", "ธนาคารขยะบ้านโคกมะตูม"), ("case", "สวัสดิการวันละ 2 บาท"), ("case", "ป่าชุมชนเขาหลวง")]
    assert found[0].facts == (("place", "บ้านโคกมะตูม"),)


def test_a_list_whose_number_does_not_fit_stays_whole(see):
    assert [label for label, _ in lines(see("practices", "ฟัง 5 กรณีศึกษา ได้แก่ ธนาคารขยะ และป่าชุมชน"))] == ["showcase"]


def test_marks_split_a_list_by_themselves(see):
    assert [name for _, name in lines(see("practices", "กรณีศึกษา คือ 1)ธนาคารขยะ 2)ตลาดนัดสีเขียว"))] == ["ธนาคารขยะ", "ตลาดนัดสีเขียว"]


def test_a_showcase_is_told_with_its_place(see):
    [found] = see("practices", "ยกให้เป็นหมู่บ้านต้นแบบ คือบ้านหนองแวง ที่จัดการน้ำเอง")
    assert (found.label, found.name, found.sure) == ("showcase", "หมู่บ้านต้นแบบ บ้านหนองแวง", True)


def test_what_is_kept_up_is_a_practice(see):
    text = "ทุกวันพุธแรกของเดือนนั่งคุยกันที่ศาลา"
    assert lines(see("practices", text, {"words": text, "state": "ongoing", "facets": ("practice",)})) == [("standing", "")]


# terms


@pytest.mark.parametrize(
    ("text", "term", "means"),
    [
        ("วิธีนี้กลายเป็นหม้อข้าวโมเดล ใครๆก็รู้จัก", "หม้อข้าวโมเดล", ""),
        ('คำว่า "วงข้างครัว" คือวงคุยหลังล้างจาน', "วงข้างครัว", "วงคุยหลังล้างจาน"),
        ("ชาวบ้านเรียกว่าลงแขกหัวรุ่ง ทำกันทุกปี", "ลงแขกหัวรุ่ง", ""),
    ],
)
def test_a_term_is_kept_as_written_with_what_it_means(see, text, term, means):
    [found] = [one for one in see("terms", text) if one.sure]
    assert (found.name, dict(found.facts).get("means", "")) == (term, means)


@pytest.mark.parametrize("text", ['ลุงพูดว่า "พรุ่งนี้ผมไม่มานะครับ"', 'เขาว่า "ดี"', "ทำเป็นโมเดล", 'ถามว่า "ใครจะไปบ้าง"'])
def test_speech_and_words_of_every_day_are_no_terms(see, text):
    assert see("terms", text) == []


def test_what_is_only_quoted_waits_to_be_said_again(see):
    assert [one.sure for one in see("terms", 'เมื่อคืนทำ "ปลาดุกร่ำรวย" กันที่ศาลา')] == [False]


# the card


@pytest.mark.parametrize(
    ("text", "label", "difference"),
    [
        ("ตั้งเป้าไว้ 40 ครัวเรือน เอาเข้าจริง 52 ครัวเรือน", "above", "+12"),
        ("เชิญไป 30 คน มาจริง 18 คน", "below", "-12"),
        ("ตั้งเป้าไว้ 20 คน มาจริง 20 คน", "expected", "+0"),
    ],
)
def test_a_target_is_held_against_what_came(see, text, label, difference):
    [found] = see("card", text)
    assert (found.label, dict(found.facts)["difference"]) == (label, difference)


def test_the_lines_under_a_heading_fill_its_box(see):
    text = "AAR ท้ายวัน\n\nสิ่งที่คาดหวัง:\n1) ได้เพื่อนใหม่\n2) ได้แผนเดือนหน้า\n\nสิ่งที่เกินคาด: เด็กมาเล่าเอง\n\nจบแล้วกินข้าว"
    assert [(one.label, one.passage.quote) for one in see("card", text)] == [
        ("expected", "1) ได้เพื่อนใหม่"),
        ("expected", "2) ได้แผนเดือนหน้า"),
        ("above", "สิ่งที่เกินคาด: เด็กมาเล่าเอง"),
    ]


def test_words_within_a_sentence_fill_a_box(see):
    text = "เดือนหน้าพวกเราจะกลับไปลองทำบัญชีแบบหน้าเดียวที่ตำบลของเราเอง"
    assert [one.label for one in see("card", text)] == ["next"]
    assert see("card", "วันนี้อากาศดี กินข้าวแล้วกลับบ้านพร้อมกันทุกคน ถ่ายรูปหน้าศาลาไว้ด้วย") == []


# further records


@pytest.mark.parametrize(
    ("text", "kind", "facts"),
    [
        ("ทีมพี่เลี้ยงจากเดิม 5 คน เหลือ 2 คน", "roster", {"before": "5 คน", "after": "2 คน"}),
        ("ทีมเรายังขาดทักษะการจับประเด็น", "lacking", {}),
        ("รายละเอียดทั้งหมดอยู่ในเอกสารแนบ", "document", {}),
        ("คนเปิดงานคือนายอำเภอในขณะนั้น", "office", {"office": "นายอำเภอในขณะนั้น"}),
        ("ป้าศรีเป็นเหรัญญิกมาตั้งแต่ปี 2548", "office", {"office": "เป็นเหรัญญิกมาตั้งแต่ปี 2548"}),
    ],
)
def test_a_further_record_is_told_by_its_words(see, text, kind, facts):
    [found] = see("further", text)
    assert (found.label, dict(found.facts)) == (kind, facts)


def test_two_offices_of_a_passage_are_one_line(see):
    text = "ป้าศรีเป็นประธานมาตั้งแต่ปี 2544 ช่วงนี้ให้ลุงสีรักษาการเหรัญญิก"
    [found] = see("further", text, {"words": text})
    assert found.facts == (("office", "เป็นประธานมาตั้งแต่ปี 2544, รักษาการเหรัญญิก"),)


def test_the_number_of_others_is_no_roster(see):
    assert see("further", "คนไข้จาก 30 คน เหลือ 4 คน") == []


def test_an_issue_presses_only_as_far_as_it_is_said(see):
    text = "น้ำเสียเป็นเรื่องเร่งด่วนของพวกเรา ถนนก็พัง"
    [found] = see("further", text, {"words": "น้ำเสียเป็นเรื่องเร่งด่วนของพวกเรา", "label": "issue"}, {"words": "ถนนก็พัง", "label": "issue"})
    assert (found.label, found.facts) == ("pressing", (("urgent", "yes"),))


def test_a_question_of_both_is_no_answer(see):
    text = "งานไหนด่วนที่สุด งานไหนไม่ด่วน ช่วยบอกกันหน่อย"
    [found] = see("further", text, {"words": text, "label": "issue"})
    assert (found.label, found.facts) == ("pressing", ())


def test_what_is_put_off_says_what_it_waits_for(see):
    text = "เรื่องตลาดให้ชะลอไว้ก่อน จนกว่าน้ำจะลดแล้ว"
    [found] = see("further", text, {"words": text})
    assert (found.label, dict(found.facts)["until"]) == ("decision", "จนกว่าน้ำจะลดแล้ว")


# quotations


def test_a_comment_is_quoted_as_its_author_said_it(see):
    [found] = see("partners", "สวัสดีครับ", comment="วงเรายังขาดหอการค้า")
    assert (found.passage.voice, found.passage.speaker, found.passage.label) == ("commenter", "มาลี", "other")


def test_a_labelled_passage_stands_for_the_words_in_it(see):
    [found] = see("partners", "เช้านี้ฝนตก วงเรายังขาดหอการค้า กลับบ้าน", {"words": "วงเรายังขาดหอการค้า", "label": "issue"})
    assert (found.passage.label, found.passage.quote) == ("issue", "วงเรายังขาดหอการค้า")


@pytest.mark.parametrize("gap", ["", " "])
def test_a_quotation_of_a_long_line_is_short_and_holds_the_find(gap):
    text = (f"ชาวบ้านช่วยกันขุดลอกคลอง{gap}" * 40) + "ตรงนี้" + (f"{gap}แล้วนั่งกินข้าวด้วยกัน" * 40)
    place = text.index("ตรงนี้")
    start, end = around(text, place, place + 6)
    assert start <= place < place + 6 <= end
    assert end - start <= 260


@pytest.mark.parametrize("piece", ["ยังขาด", "กรณีศึกษา คือ ", '"ก', "เกินคาด ", "เข้าร่วม", "เรื่องเร่งด่วน", "1) ก ", "เรียกว่า", "เทศบาลเข้าร่วม "])
def test_no_text_takes_more_than_linear_time(piece, see, grows_with_the_text):
    assert grows_with_the_text(lambda text: see("terms", text), piece, 20_000)
