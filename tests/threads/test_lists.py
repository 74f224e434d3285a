"""Topics that a meeting carries on are told apart in the words of their list; what cannot be told apart is left whole."""

import pytest

from pipeline.threads.lists import carries_on, topics_of

HELD = "เรื่องที่คุยกันคือ ขยะหน้าตลาด น้ำประปาหมู่ 4 และหนี้กองทุนปุ๋ย"


@pytest.mark.parametrize(
    ("quote", "before", "place", "topics"),
    [
        ("จะนำเรื่องขยะ น้ำประปา และหนี้กองทุนไปคุยต่อเวทีหน้า", [], 0, ["ขยะ", "น้ำประปา", "หนี้กองทุน"]),
        ("ยกเรื่องบัญชีปลาไปคุยต่อในเวทีครั้งที่ 3 ที่วัด", [], 0, ["บัญชีปลา"]),
        ("ค้างเรื่อง 1) ขยะ 2) น้ำประปา ไปประชุมครั้งหน้า", [], 0, ["ขยะ", "น้ำประปา"]),
        ("จะนำ 3 เรื่องนี้ไปหารือกันต่อที่วัดดอน", [HELD], 1, ["ขยะหน้าตลาด", "น้ำประปาหมู่ 4", "หนี้กองทุนปุ๋ย"]),
        ("ยกทั้งสองเรื่องนี้ไปเวทีหน้า", ["ฝนตกทั้งวัน", "มีสองเรื่อง ได้แก่ ทางเข้าสวน และราคายาง"], 2, ["ทางเข้าสวน", "ราคายาง"]),
        ("จะนำ 4 เรื่องนี้ไปหารือกันต่อ", [HELD], 0, []),  # three are named, four are counted
        ("จะเอาเรื่องนี้ไปคุยต่อ", ["ชาวบ้านเหนื่อยกันมาก"], 0, []),
    ],
)
def test_topics_are_told_apart(quote, before, place, topics):
    assert topics_of(quote, before) == (place, topics)
    where = [quote, *before][place]
    assert all(topic in where for topic in topics)


@pytest.mark.parametrize("quote", ["จะนำผลไปเสนออำเภอ", "คุยกันต่อจนค่ำ", "นำเรื่องนี้มาต่อยอด"])
def test_what_goes_nowhere_carries_nothing_on(quote):
    assert not carries_on(quote)
