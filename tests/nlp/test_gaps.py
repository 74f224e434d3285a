"""What can be the border of an idea, and what never is."""

from itertools import accumulate, count

import pytest

from pipeline.languages.th.tokens import words_of
from pipeline.nlp.gaps import Prose, can_cut, gap_features, lines_of, opens_heading
from pipeline.nlp.passages import CutterWeights


def lines(text, start=0, end=None):
    words = words_of(text)
    return lines_of(Prose(text, words, list(accumulate(map(len, words), initial=0))), start, len(text) if end is None else end)


def border(text):
    """Say for the gap at ``|`` whether it can be a border."""
    left, _ = text.split("|")
    (line,) = lines(text.replace("|", " "))
    gap = next(number for number, unit in enumerate(line.units) if unit.end == len(left))
    return can_cut(line.units, gap)


@pytest.mark.parametrize(
    "text",
    ["ลุงคำพายเรือ|ป้าศรีทอเสื่อ", "เก็บเงินทุกศุกร์|แต่ยังไม่มีสมุด", "(ตามที่นัด)|ทีมขึ้นเรือ", "ปล่อยปลาแล้ว|1)ตั้งเวรเฝ้าฝายทุกคืนจนกว่าน้ำจะลดลง", "พวกเรามากัน|ก็ดีใจ"],
)
def test_an_idea_may_end_here(text):
    assert border(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("ลุงคำ (คนขับเรือ|บ้านเหนือ) มาแล้ว", "inside brackets"),
        ("ลุงคำพายเรือ|(ลำเก่า) มา", "before a bracket"),
        ("เด็กโตเด็กเล็ก|ๆ มากัน", "before a repeat sign"),
        ("กรุงเทพ|ฯ ไกลมาก", "before the sign of an abbreviation"),
        ("คนมากัน|12", "before a number"),
        ("คนมากัน 12|คน", "between a number and its classifier"),
        ("เก็บครัวเรือนละ 20|บาท", "between a number and its classifier"),
        ("พวกเราทำ|KM มานาน", "before a Latin word"),
        ("ไปรอที่|ศาลาวัด", "behind a word that needs another"),
        ("เวทีของ|แม่บ้าน", "behind a word that needs another"),
        ("ไปประชุมที่ว่าการ อ.|บางน้ำใส", "between a title and its name"),
        ("ไปมาแล้ว ต.บางแก้ว|คนเยอะดี", "behind the name of a place alone"),
        ("ถ้าฝนมาเร็ว|ก็ต้องเก็บก่อน", "between a condition and its ก็"),
        ("ถ้าฝนมาเร็ว น้ำล้นฝาย|ก็ต้องเก็บก่อน", "between a condition and its ก็, further off"),
        ("ได้แก่ 1)ปุ๋ย|2)พันธุ์ข้าว", "between the short items of an inline list"),
        ("เวลา-|บ่ายสอง", "behind a dash"),
    ],
)
def test_an_idea_never_ends_here(text, why):
    assert not border(text), why


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "ตกลงกันว่า 1) ให้ลุงคำขุดลอกท้ายคลองก่อนฝนแรกลง 2) ให้ป้าศรีเก็บเงินค่าน้ำมันบ้านละยี่สิบ",
            ["ตกลงกันว่า", "ให้ลุงคำขุดลอกท้ายคลองก่อนฝนแรกลง", "ให้ป้าศรีเก็บเงินค่าน้ำมันบ้านละยี่สิบ"],
        ),
        (
            "๑.ขุดลอกท้ายคลองให้เสร็จก่อนฝนแรกลง ๒.เก็บเงินค่าน้ำมันเรือบ้านละยี่สิบบาท",
            ["ขุดลอกท้ายคลองให้เสร็จก่อนฝนแรกลง", "เก็บเงินค่าน้ำมันเรือบ้านละยี่สิบบาท"],
        ),
        ("ได้แก่ 1)ปุ๋ยคอก 2)พันธุ์ข้าว", ["ได้แก่ 1)ปุ๋ยคอก 2)พันธุ์ข้าว"]),  # too short to be read alone
        ("เดินไปอีก 2) กิโลเมตรก็ถึงฝายที่ลุงคำทำไว้ให้หมู่บ้าน", ["เดินไปอีก 2) กิโลเมตรก็ถึงฝายที่ลุงคำทำไว้ให้หมู่บ้าน"]),  # no first term
    ],
)
def test_a_term_of_a_list_within_a_line_is_a_line_of_its_own(text, said):
    assert [text[line.units[0].start : line.units[-1].end] for line in lines(text)] == said


def test_a_condition_is_closed_by_its_first_ko():
    assert border("ถ้าฝนมาเร็ว ก็เก็บก่อน|ก็ดีไปอย่าง")


def test_the_mark_of_the_item_itself_begins_no_inline_list():
    assert border("1) ปล่อยปลา|2)จับปู")
    assert not border("1) แจก 1)ปลา|2)ปู")


def test_units_are_the_exact_text():
    text = "ลุงคำ  พายเรือ 12 ลำ\r\n- ป้าศรี\tทอเสื่อ\n\n"
    found = lines(text)
    assert [[text[unit.start : unit.end] for unit in line.units] for line in found] == [["ลุงคำ", "พายเรือ", "12", "ลำ"], ["ป้าศรี", "ทอเสื่อ"]]
    assert all(unit.text == text[unit.start : unit.end] == "".join(unit.words) for line in found for unit in line.units)
    assert [line.marked for line in found] == [False, True]


def test_a_mark_alone_in_its_line_is_text():
    (line,) = lines("-")
    assert [unit.text for unit in line.units] == ["-"]
    assert not line.marked


def test_only_the_stretch_is_read():
    text = "ลุงคำพายเรือ ป้าศรีทอเสื่อ"
    (line,) = lines(text, text.index("ป้า"))
    assert [unit.text for unit in line.units] == ["ป้าศรีทอเสื่อ"]
    assert lines(text, 3, 3) == []


def test_brackets_are_counted_through_the_line_and_not_into_the_next():
    first, second = lines("ก (ข ค\nง จ)")
    assert [unit.depth for unit in first.units] == [0, 1, 1]
    assert [unit.depth for unit in second.units] == [0, 0]


def test_a_long_run_is_split_before_words_that_open_a_clause():
    text = "คนเฒ่าคนแก่พากันเดินขึ้นเขาไปเก็บเห็ดโคนในป่าหลังวัด" * 4 + "แต่ฝนตกหนักจนทางลื่นเดินต่อกันไม่ไหวสักคน"
    (line,) = lines(text)
    assert "".join(unit.text for unit in line.units) == text
    assert any(unit.text.startswith("แต่") for unit in line.units)
    assert max(len(unit.text) for unit in line.units) < 330


@pytest.mark.parametrize(
    ("text", "found"),
    [("งานเดินดี ต.บางแก้ว ทีมจะไปดู", True), ("งานเดินดี ต.บางแก้ว (นำร่อง) ดี", False), ("ช่วงนี้ ต.บางแก้ว ทีมจะไปดู", False), ("งานเดินดี ต.บางแก้ว", False)],
)
def test_a_place_opens_a_topic(text, found):
    (line,) = lines(text)
    assert opens_heading(line.units, 0) is found


def test_the_features_name_what_stands_on_both_sides():
    (line,) = lines("ปล่อยปลากันครับ  แต่น้ำยังขุ่น")
    found = gap_features(line.units, 0)
    assert {"L1=ครับ", "R1=แต่", "o=contrast", "c=particle", "wide", "ll>4", "rl>8"} <= set(found)
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("นัดวันที่ 6 มี.ค. นี้", "|month"),
        ("จดว่า 1)เฝ้าฝาย", "list"),
        ("แกว่า “ไปด้วย”", "|“"),
        ("มาแล้ว ต.บางแก้ว", "|place"),
        ("จด(แล้ว) ส่ง", ")|"),
        ("ปี 2550 แล้ง", "number|"),
    ],
)
def test_the_shape_of_a_gap_is_a_feature(text, name):
    (line,) = lines(text)
    assert name in {feature for gap in range(len(line.units) - 1) for feature in gap_features(line.units, gap)}


@pytest.mark.parametrize(("size", "found"), [(89, False), (90, False), (91, True), (200, True)])
def test_the_longest_class_of_length_begins_behind_its_border(size, found):
    words = ["ก" * size, " ", "ข" * size]
    (line,) = lines_of(Prose("".join(words), words, [0, size, size + 1, 2 * size + 1]), 0, 2 * size + 1)
    assert {name in gap_features(line.units, 0) for name in ("ll>90", "rl>90")} == {found}


TEXTS = [
    "ปล่อยปลากันครับ  แต่น้ำยังขุ่น (ดู) แล้ว",
    "นัดวันที่ 6 มี.ค. นี้ ต.บางแก้ว ทีมจะไปดู",
    "จดว่า 1)เฝ้าฝายทุกคืนจนกว่าน้ำจะลดลงทั้งหมู่บ้าน 2)ตั้งเวร",
    "แกว่า “ไปด้วย” ปี 2550 แล้ง ก ข ค",
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_gap_weighs_what_its_features_weigh_together(text):
    gaps = [(line.units, gap) for line in lines(text) for gap in range(len(line.units) - 1)]
    names = sorted({name for units, gap in gaps for name in gap_features(units, gap)})
    weights = CutterWeights(0.25, {name: 1 / prime for name, prime in zip(names, count(3, 2))})
    for units, gap in gaps:
        told = weights.bias + sum(weights.features[name] for name in gap_features(units, gap))
        assert weights.log_odds(units, gap) - 2.5 * opens_heading(units, gap) == pytest.approx(told)
    assert len(names) > len(gaps)
