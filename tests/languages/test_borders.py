"""The word classes at the borders of ideas, as the data file names them."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from pipeline.languages.th import borders
from pipeline.languages.th.borders import BARE_PLACE, GLUED_MARK, LIST_MARK, MONTH, TITLE_STOP, border_words

DATA = tomllib.loads(Path(borders.__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def test_a_word_opens_in_one_class_only():
    counts = Counter(word for words in DATA["opener"].values() for word in words.split())
    assert [word for word, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("name", sorted(DATA["opener"]))
def test_every_opener_is_looked_up_by_its_class(name):
    assert DATA["opener"][name].split()
    assert all(border_words().opener[word] == name for word in DATA["opener"][name].split())


def test_a_closer_may_stand_in_two_classes():
    known = border_words().closer
    assert {name for names in known.values() for name in names} == set(DATA["closer"])
    assert known["ครับ"] == ("particle",)
    assert known["ที่"] == ("needy",)


def test_the_words_that_bind():
    known = border_words()
    assert {"ที่", "ของ", "ไม่"} <= known.never_after
    assert {"คน", "ตำบล", "บาท"} <= known.classifier
    assert "ถ้า" in known.condition
    assert "วันนี้" in known.heading_barrier


@pytest.mark.parametrize("text", ["-", "•", "*", "1.", "12)", "(3)", "๔.", "๑๒"])
def test_a_mark_that_stands_alone_opens_an_item(text):
    assert LIST_MARK.fullmatch(text)


@pytest.mark.parametrize("text", ["123.", "1", "ก.", "--", "12", "(", "2550"])
def test_what_is_no_mark(text):
    assert not LIST_MARK.fullmatch(text)


@pytest.mark.parametrize(("text", "found"), [("1)ฝ่ายน้ำ", True), ("2.จัดเวร", True), ("•ปลูก", True), ("2.5ไร่", False), ("ฝ่าย1)", False)])
def test_a_mark_glued_to_its_item(text, found):
    assert bool(GLUED_MARK.match(text)) is found


@pytest.mark.parametrize(("text", "found"), [("ต.", True), ("ที่อ.", False), ("(จ.", True), ("พ.ศ.", False), ("ดร.", True), ("ครับ", False)])
def test_a_title_or_a_place_needs_its_name(text, found):
    assert bool(TITLE_STOP.search(text)) is found


@pytest.mark.parametrize(("text", "found"), [("ต.บางแก้ว", True), ("อ.เมือง", True), ("ตำบลบางแก้ว", False), ("ต.", False)])
def test_a_place_name_alone(text, found):
    assert bool(BARE_PLACE.fullmatch(text)) is found


@pytest.mark.parametrize(("text", "found"), [("มี.ค.", True), ("มีค", False), ("มกราคม", True), ("ธค.", True), ("มะม่วง", False)])
def test_the_name_of_a_month(text, found):
    assert bool(MONTH.match(text)) is found
