"""Places are told from ordinary words, and one place has one name whatever the level is written as."""

import pytest

from pipeline.languages.th.places import find_places, name_behind


def sure(text):
    return [place.name for place in find_places(text) if place.sure]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("ต.หนองเสือ เริ่มก่อน", ["ต.หนองเสือ"]),
        ("ตำบลหนองเสือได้เริ่มก่อน", ["ต.หนองเสือ"]),
        ("ประชุมที่ อบต.หนองเสือ", ["ต.หนองเสือ"]),
        ("องค์การบริหารส่วนตำบลหนองเสือเสนองบ", ["ต.หนองเสือ"]),
        ("ไปบ้านโคกมะตูมเมื่อวาน", ["บ้านโคกมะตูม"]),
        ("หมู่ที่ ๗ กับหมู่ 8", ["หมู่ 7", "หมู่ 8"]),
        ("ต.ปากน้ำ อ.ลำพู", ["ต.ปากน้ำ", "อ.ลำพู"]),
        ("ตำบลลำพู อำเภอสวนแตง", ["ต.ลำพู", "อ.สวนแตง"]),
    ],
)
def test_a_place_is_read_under_one_name(text, names):
    assert sure(text) == names


@pytest.mark.parametrize(
    "text",
    ["", "ทุกตำบลต้องมา", "กลับบ้านเราเถอะ", "ที่บ้านเขาก็มี", "อ.มาลีสอนทำบัญชี", "หมู่บ้านละ 2 คน", "3 หมู่ 4 ตำบล", "ตำบลนำร่องสามแห่ง", "อบต.สมทบ 500 บาท"],
)
def test_ordinary_words_are_no_places(text):
    assert sure(text) == []


def test_what_may_end_elsewhere_is_not_sure():
    assert [(place.name, place.sure) for place in find_places("ต.ดอนใน")] == [("ต.ดอนใน", True)]
    assert [(place.name, place.sure) for place in find_places("ตำบลดอนในที่เล่าไว้")] == [("ต.ดอนใน", False)]


def test_a_place_stands_where_it_is_written():
    text = "เมื่อวานที่ตำบลหนองเสือและวัดดอนเจดีย์"
    [place] = find_places(text)
    assert text[place.start : place.end] == "ตำบลหนองเสือ"
    assert name_behind(text, text.index("วัด") + 3) == "ดอนเจดีย์"


@pytest.mark.parametrize("piece", ["ตำบล", "ต.", "บ้านหนอง", "หมู่ 1", "อ.เมือง จ.", "บ้าน"])
def test_no_text_takes_more_than_linear_time(piece, grows_with_the_text):
    assert grows_with_the_text(lambda text: list(find_places(text)), piece)
