"""Words joined are the text again, whatever was typed; white space stands alone; no length is too long."""

import ast
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.languages.th import tokens
from pipeline.languages.th.tokens import ENGINE, genre_words, stop_words, stretches, words_of

ENGINES = ("nlpo3", "newmm")
BITS = ["ตกลง", "น้ำท่วม", "เเละ", "ก็", "ๆ", "ฯลฯ", "่", "ำ", "เ", "abc", "KM", "12", "๑๒", "1,000", "10.30", "(", ".", "-", "😀", "👩‍👧", "\u200b"]
BLANKS = [" ", "  ", "\n", "\r\n", "\r", "\t", "\x0b", "\x0c", "\x1c", "\x85", "\u00a0", "\u2028", "\u3000"]
TEXTS = st.one_of(st.lists(st.sampled_from(BITS + BLANKS), max_size=25).map("".join), st.text(max_size=40))


@pytest.fixture(scope="module", params=ENGINES)
def engine(request):
    if request.param == "nlpo3":
        pytest.importorskip("nlpo3")
    return request.param


@given(text=TEXTS)
def test_joined_the_words_are_the_text(engine, text):
    words = words_of(text, engine)
    assert "".join(words) == text
    assert all(words)


@given(text=TEXTS)
def test_white_space_stands_in_words_of_its_own(engine, text):
    for word in words_of(text, engine):
        assert word.isspace() or not any(sign.isspace() for sign in word), repr(word)


def test_nothing_has_no_words(engine):
    assert words_of("", engine) == []


@pytest.mark.parametrize("word", genre_words())
def test_a_word_of_the_genre_is_one_word(engine, word):
    assert words_of(word, engine) == [word]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("คุณอำนวยนัดกัน  ที่ศาลา", ["คุณอำนวย", "นัด", "กัน", "  ", "ที่", "ศาลา"]),
        ("อสม. ไปเยี่ยมบ้าน", ["อสม.", " ", "ไป", "เยี่ยมบ้าน"]),
        ("ยกระดับ KM 12 ตำบล", ["ยกระดับ", " ", "KM", " ", "12", " ", "ตำบล"]),
        ("พอช.\r\nสสส.", ["พอช.", "\r\n", "สสส."]),
    ],
)
def test_words_as_people_read_them(engine, text, words):
    assert words_of(text, engine) == words


@pytest.mark.parametrize(
    "text",
    [
        "1" * 10_000,
        "๑" * 10_000,
        "ชาวนาลงแขกเกี่ยวข้าวกันทั้งวัน" * 3_300,
        "ก" * 100_000,
        "่" * 100_000,
        "a" * 100_000,
        "😀" * 100_000,
        "เเ" * 50_000,
    ],
    ids=["digits", "Thai digits", "prose", "consonants", "tones", "letters", "emoji", "vowels"],
)
def test_the_longest_run_without_a_space_is_read_to_its_end(engine, text):
    assert "".join(words_of(text, engine)) == text


def test_a_line_over_140_characters_loses_nothing(engine):
    """What the safe mode of nlpo3 1.4 gets wrong."""
    line = "ประชุมใหญ่คราวนี้คนแน่นศาลา เราแบ่งกลุ่มย่อยหกกลุ่ม " * 40
    words = words_of(line, engine)
    assert "".join(words) == line
    assert words.count("ศาลา") == 40


def test_nobody_asks_for_the_safe_mode():
    calls = [node for node in ast.walk(ast.parse(Path(tokens.__file__).read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    assert "safe" not in {keyword.arg for call in calls for keyword in call.keywords}
    segment = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "segment"]
    assert segment
    assert all(len(call.args) <= 2 for call in segment)


def test_the_genre_adds_words_once_and_in_plain_signs():
    words = genre_words()
    assert len(set(words)) == len(words)
    assert all(word == word.strip() and not any(sign.isspace() for sign in word) for word in words)


def test_stop_words_say_nothing_of_the_matter():
    assert {"ที่", "ได้", "ของ"} <= stop_words()
    assert not {"ปัญหา", "ประชุม", "ชุมชน"} & stop_words()


def test_nlpo3_reads_where_it_is_installed():
    pytest.importorskip("nlpo3")
    assert ENGINE == "nlpo3"


def test_a_stretch_border_of_newmm_loses_nothing():
    text = "ลงแขก" * 5_000  # the border at 10,000 signs falls within a word or beside it
    assert "".join(words_of(text, "newmm")) == text


@pytest.mark.parametrize("text", ["บอก" * 4_000, "ที่" * 1_200, "ก" * 1_501, "กิ" * 1_000 + " " + "ก" * 3_000, "ก" * 1_499 + "กิ่ง"])
def test_a_run_that_no_person_writes_is_cut_in_parts(text):
    parts = stretches(text)
    assert "".join(parts) == text
    assert len(parts) > 1
    assert max(len(word) for part in parts for word in part.split()) <= 1_502
    assert not [part for part in parts if unicodedata.category(part[0]) == "Mn"]


def test_what_people_write_is_cut_as_one():
    text = "ก" * 1_500 + " " + "ข" * 1_500 + "\n"
    assert stretches(text) == [text]
