"""Figures of people and targets are told from other numbers, and no text takes more than linear time."""

import pytest

from pipeline.languages.th.figures import find_figures


def figures(text):
    return [(one.kind, one.first, one.second, one.unit, one.about) for one in find_figures(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("มีผู้เข้าร่วมประชุม 27 คน จากห้าหมู่บ้าน", [("headcount", 27, None, "คน", False)]),
        ("คนมาประมาณ ๑๒๐ คน", [("headcount", 120, None, "คน", True)]),
        ("มากัน 30 กว่าคน", [("headcount", 30, None, "คน", True)]),
        ("รวมทั้งหมด 1,250 คน", [("headcount", 1250, None, "คน", False)]),
        ("ตั้งเป้าไว้ 40 ครัวเรือน เอาเข้าจริง 52 ครัวเรือน", [("target", 40, 52, "ครัวเรือน", False)]),
        ("เชิญไว้ 60 คน มา 22", [("target", 60, 22, "คน", False)]),
        ("จากเดิม 9 ทีม ก็เหลือเพียง 6 ทีม", [("change", 9, 6, "ทีม", False)]),
        ("สมาชิกจาก 80 คน เพิ่มเป็น 140 คน", [("change", 80, 140, "คน", False)]),
    ],
)
def test_a_figure_is_read(text, expected):
    assert figures(text) == expected


@pytest.mark.parametrize("text", ["", "จ่ายไป 300 บาท", "ครั้งที่ 4", "จาก 2 คน ไป 3 แห่ง", "หมู่ที่ 8 บ้านเลขที่ 27", "เดินทางจากกรุงเทพฯ 5 ชั่วโมง"])
def test_other_numbers_are_none(text):
    assert figures(text) == []


@pytest.mark.parametrize("piece", ["ทั้งหมด ", "ทั้งหมด 1", "จาก 1 ", "จาก 1 คน เหลือ ", "ตั้งเป้า 1 มา ", "1", "เป้า", "จาก"])
def test_no_text_takes_more_than_linear_time(piece, grows_with_the_text):
    assert grows_with_the_text(lambda text: list(find_figures(text)), piece)
