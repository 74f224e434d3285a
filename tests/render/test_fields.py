"""Fields read as Thai officers write: days in full with the Buddhist year, rules in words, owners with their full names."""

from datetime import date

import pytest

from pipeline.records import ActionFields, Actor, ChainLink, Passage, Span, When
from pipeline.render.fields import field_pairs, repeat_words, when_words


def passage(action=None, chain=()):
    return Passage("1", "1.txt", Span(0, 5), "ก" * 5, "action" if action else "issue", 0.9, action=action, chain=chain)


def test_an_action_tells_who_when_where_and_how_it_stands():
    when = When("6 มี.ค.", date(2009, 3, 6), date(2009, 3, 6), "09:30")
    action = ActionFields((Actor("อบต.", "องค์การบริหารส่วนตำบล"), Actor("ป้าศรี")), None, (when,), "ศาลากลางบ้าน", "planned", "assigned")
    assert field_pairs(passage(action)) == [
        ("ใคร", "อบต. (องค์การบริหารส่วนตำบล), ป้าศรี"),
        ("เมื่อไร", "6 มีนาคม 2552 เวลา 09.30 น."),
        ("ที่ไหน", "ศาลากลางบ้าน"),
        ("สถานะ", "จะทำ (มีผู้รับหรือมีกำหนด)"),
    ]


def test_an_old_day_is_told_only_with_the_one_that_took_its_place():
    days = [When("", date(2009, 3, day), date(2009, 3, day)) for day in (16, 11)]
    assert ("เมื่อไร", "11 มีนาคม 2552 → 16 มีนาคม 2552") in field_pairs(passage(ActionFields(when=tuple(days), state="postponed")))
    assert ("เมื่อไร", "16 มีนาคม 2552, 11 มีนาคม 2552") in field_pairs(passage(ActionFields(when=tuple(days), state="planned")))


def test_what_is_not_told_has_no_pair():
    assert field_pairs(passage(ActionFields())) == []
    assert field_pairs(passage(ActionFields(when=(When("เมื่อก่อน", basis="unknown"),)))) == []
    assert field_pairs(passage(ActionFields(state="done", strength="done"))) == [("สถานะ", "ทำแล้ว")]


@pytest.mark.parametrize(("text", "said"), [('ต้องชวนก่อน"', "ต้องชวนก่อน"), ('"ชวนก่อน', "ชวนก่อน"), ('"ชวน"ก่อน', '"ชวน"ก่อน')])
def test_half_a_pair_of_quotation_marks_is_left_out(text, said):
    assert field_pairs(passage(chain=(ChainLink("cause", Span(0, len(text)), text),))) == [("เหตุ", said)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ทั้งหมู่บ้าน)น้ำแห้งตั้งแต่ต้นเดือน", "น้ำแห้งตั้งแต่ต้นเดือน"),
        ("กล้าไม่พอทั้งแปลง (รอรุ่นใหม่", "กล้าไม่พอทั้งแปลง"),
        ("น้ำไม่พอ 1) ฝายพัง (ปีก่อน) 2) คลองตื้น ก) ช่วงต้น", "น้ำไม่พอ 1) ฝายพัง (ปีก่อน) 2) คลองตื้น ก) ช่วงต้น"),  # signs of items have no twin
        ("(ปีก่อน) ฝายพัง", "(ปีก่อน) ฝายพัง"),
    ],
)
def test_half_a_pair_of_brackets_is_left_out_with_its_shorter_side(text, said):
    assert field_pairs(passage(chain=(ChainLink("cause", Span(0, len(text)), text),))) == [("เหตุ", said)]


def test_a_part_of_one_word_that_says_nothing_is_left_out():
    links = (ChainLink("effect", Span(0, 3), "ไม่"), ChainLink("cause", Span(3, 10), "ฝนหนัก"), ChainLink("remedy", Span(3, 5), "จะ"))
    assert field_pairs(passage(chain=links)) == [("เหตุ", "ฝนหนัก")]


def test_a_chain_is_told_part_by_part():
    links = (ChainLink("effect", Span(3, 5), "น้ำขัง"), ChainLink("cause", Span(0, 2), "ท่อตัน"), ChainLink("cause", Span(2, 3), "ฝนหนัก"))
    assert field_pairs(passage(chain=links)) == [("เหตุ", "ท่อตัน / ฝนหนัก"), ("ผล", "น้ำขัง")]


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=DAILY;INTERVAL=2", "ทุก 2 วัน"),
        ("FREQ=WEEKLY", "ทุกสัปดาห์"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "ทุกเดือน วันศุกร์สุดท้ายของเดือน"),
        ("FREQ=MONTHLY;BYDAY=3MO", "ทุกเดือน วันจันทร์ที่ 3 ของเดือน"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,16", "ทุกเดือน วันที่ 1 วันที่ 16"),
        ("FREQ=YEARLY;BYMONTH=1", "ทุกปี ในมกราคม"),
    ],
)
def test_a_rule_is_told_in_words(rule, words):
    assert repeat_words(rule) == words


def test_a_weekday_that_contradicts_is_told():
    when = When("วันศุกร์ที่ 5 มี.ค.", date(2009, 3, 5), date(2009, 3, 5), conflict="weekday")
    assert when_words(when) == "5 มีนาคม 2552 (ในบันทึกเขียนวันไม่ตรงกัน 5 มีนาคม 2552 เป็นวันพฤหัสบดี)"


def test_a_part_that_is_cut_inside_a_hidden_number_is_hidden_too():
    quote = "บัตร 1234567890121 หาย"
    cut = Passage("1", "1.txt", Span(0, len(quote)), quote, "issue", 0.9, chain=(ChainLink("cause", Span(0, 14), quote[:14]),))
    assert "123456" in quote[:14]
    assert field_pairs(cut) == [("เหตุ", "บัตร ▮")]


def test_an_address_in_a_field_is_not_shown():
    action = ActionFields(who=(Actor("IP: 203.0.113.9"),))
    assert "203.0.113" not in field_pairs(passage(action))[0][1]
