"""The lists of names are well made, and found at the borders of words only."""

import csv
from pathlib import Path

import pytest

from pipeline.languages.th import names
from pipeline.languages.th.names import agencies, find_names, first_names, full_name, role_in

LIST = Path(names.__file__).parent / "agencies.csv"


def rows():
    with LIST.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_gazetteer_is_large_and_each_row_is_whole():
    found = rows()
    assert len(found) >= 300
    assert all(row["name"].strip() and row["kind"] and row["source"] for row in found)


def test_no_alias_stands_for_two_agencies():
    written = [alias for row in rows() for alias in [row["name"], *filter(None, row["aliases"].split(" / "))]]
    assert len(written) == len(set(written))
    assert set(written) == set(agencies())


@pytest.mark.parametrize(
    ("written", "full"),
    [
        ("อบต.", "องค์การบริหารส่วนตำบล"),
        ("พอช.", "สถาบันพัฒนาองค์กรชุมชน (องค์การมหาชน)"),
        ("ธ.ก.ส.", "ธนาคารเพื่อการเกษตรและสหกรณ์การเกษตร"),
        ("ป้าศรี", None),
        ("", None),
    ],
)
def test_an_alias_leads_to_the_full_name(written, full):
    assert full_name(written) == full


@pytest.mark.parametrize(("written", "role"), [("ทีมคุณอำนวย", "คุณอำนวย"), ("คุณกิจ", "คุณกิจ"), ("คุณบู๊ด", None), ("ลุงคำ", None)])
def test_roles_are_of_knowledge_management_and_people_are_none(written, role):
    assert role_in(written) == role


@pytest.mark.parametrize("written", ["ศาลาประชาคม", "หอประชุม", "ห้องสมุด"])
def test_a_venue_is_known_by_what_it_is(written):
    assert [name.kind for name in find_names(f"นัดที่{written}", [6])] == ["venue"]


def test_the_longest_name_wins_and_none_breaks_a_syllable():
    text = "อบต.กับผู้ใหญ่บ้าน"
    found = [(name.kind, text[name.start : name.end]) for name in find_names(text, [0, 4, 7])]
    assert found[0] == ("agency", "อบต.")
    assert found[-1][1] == "ผู้ใหญ่บ้าน"
    assert list(find_names("ตาย", [0], {3})) == []


@pytest.mark.parametrize(("word", "is_name"), [("สมชาย", True), ("ยุ่งยาก", False), ("ก", False)])
def test_first_names_are_known(word, is_name):
    assert (word in first_names()) is is_name


def test_no_text_takes_more_than_linear_time(grows_with_the_text):
    assert grows_with_the_text(lambda text: list(find_names(text, range(len(text)))), "อบต.ผู้ใหญ่")
