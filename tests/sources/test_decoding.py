"""Bytes become text only where a person would read them as text."""

import random

import pytest

from pipeline.errors import SourceError
from pipeline.sources.decoding import decode, notes_on

THAI = "ประชุมที่ศาลาวัด\r\nเรื่องการจัดการน้ำของหมู่บ้าน ได้ข้อตกลงว่าจะไม่ขุดสระเพิ่ม"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "tis-620", "cp874"])
def test_thai_in_either_encoding(encoding):
    assert decode(THAI.encode(encoding), "a.txt").removeprefix("\ufeff") == THAI


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_wide_encodings_are_refused(encoding):
    with pytest.raises(SourceError):
        decode(THAI.encode(encoding), "a.txt")


@pytest.mark.parametrize(
    ("mark", "encoding", "said"), [("\ufeff", "utf-16-le", "UTF-16"), ("\ufeff", "utf-16-be", "UTF-16"), ("\ufeff", "utf-32-le", "UTF-32")]
)
def test_a_byte_order_mark_names_the_encoding(mark, encoding, said):
    with pytest.raises(SourceError) as refused:
        decode((mark + THAI).encode(encoding), "a.txt")
    assert refused.value.en == f"a.txt: a text must be UTF-8. Got {said}. Save it again as UTF-8."
    assert refused.value.th == f"a.txt: ข้อความต้องเป็น UTF-8 แต่ไฟล์นี้เป็น {said} โปรดบันทึกใหม่โดยเลือก UTF-8"


@pytest.mark.parametrize(("text", "encoding"), [("Ärger über Größe", "latin-1"), ("Привет, как дела", "koi8-r"), ("déjà vu à côté", "cp1252")])
def test_other_tongues_are_refused(text, encoding):
    with pytest.raises(SourceError, match=r"TIS-620"):
        decode(text.encode(encoding), "a.txt")


@pytest.mark.parametrize("seed", range(20))
def test_random_bytes_are_refused(seed):
    with pytest.raises(SourceError):
        decode(bytes(random.Random(seed).choices(range(0xA1, 0xDB), k=300)), "a.txt")  # noqa: S311 -- no secret


def test_a_cut_utf8_file_is_refused():
    with pytest.raises(SourceError):
        decode(THAI.encode()[:-1], "a.txt")


def test_a_few_control_signs_do_no_harm():
    assert decode((THAI * 3 + "\x08").encode(), "a.txt").endswith("\x08")


def test_only_very_long_numbers_are_told():
    assert notes_on("5" * 1000, "a.txt") == ()
    assert len(notes_on("ก" + "5" * 2000, "a.txt")) == 1
