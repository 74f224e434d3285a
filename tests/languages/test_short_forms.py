"""Short forms that are used are spelled out; what only looks like one is not."""

import pytest

from pipeline.languages.th.short_forms import known_forms, short_forms_in


@pytest.mark.parametrize(
    ("text", "forms"),
    [
        ("ทีมไปคุยกับอบต.บ้านกลางเรื่องน้ำ", ["อบต."]),
        ("ชวนกศน.มาช่วย แล้ว ลปรร.กัน", ["กศน.", "ลปรร."]),
        ("ทำ AAR หลังงานทุกครั้ง", ["AAR"]),
        ("ทำAARหลังงาน", ["AAR"]),
        ("เมื่อ 12 ม.ค. 2550 เวลา 9.00 น.", []),
        ("อ่านจาก KMX กับ WAAR", []),
        ("พัก.แล้วไปต่อ", []),
        ("", []),
    ],
)
def test_forms_are_found_with_what_they_stand_for(text, forms):
    assert [form for form, _ in short_forms_in([text])] == forms


def test_every_form_says_more_than_it_is():
    assert all(len(full) > len(form) for form, full in known_forms().items())
    assert known_forms()["อบต."] == "องค์การบริหารส่วนตำบล"


def test_each_form_is_told_once():
    assert short_forms_in(["ทำ KM", "KM อีกครั้ง"]) == short_forms_in(["KM"])
