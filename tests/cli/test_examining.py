"""``lessons doctor``: a line for each thing, in both languages, and an exit status."""

import json

import pytest

pytestmark = pytest.mark.usefixtures("nothing_set")


@pytest.mark.parametrize(
    ("lang", "said"), [("th", "– การตั้งค่า: (ไม่จำเป็น) ไม่มี lessons.toml ในโฟลเดอร์นี้ → สั่ง lessons init"), ("en", "– configuration: (optional) there is")]
)
def test_every_line_has_a_name_in_both_languages(lessons, folder, monkeypatch, lang, said):
    monkeypatch.setattr("pipeline.jobs.checkup.checks_of_machine.LEAST_MEMORY", 0)
    status, out, err = lessons("doctor", lang=lang)
    lines = out.splitlines()
    assert (status, err) == (0, "")
    assert any(line.startswith(said) for line in lines)
    assert all(line[0] in "✓–" for line in lines[:-1])
    assert lines[-1] == ("พร้อมใช้งาน" if lang == "th" else "ready")


def test_what_is_missing_is_counted_and_the_exit_status_is_4(lessons, folder):
    (folder / "lessons.toml").write_text("[projekt]\n", encoding="utf-8")
    status, out, _ = lessons("doctor", lang="th")
    assert status == 4
    assert "✗ การตั้งค่า: (ขาด) lessons.toml: ไม่รู้จักหัวข้อ" in out
    assert out.splitlines()[-1].startswith("ต้องแก้ ")
    rows = {row["name"]: row for row in json.loads(lessons("doctor", "--json")[1])}
    assert rows["settings"]["state"] == "missing"
    assert rows["prefect"]["state"] == "ok"


def test_the_models_that_are_named_are_looked_at(lessons, folder):
    rows = {row["name"]: row for row in json.loads(lessons("doctor", "--json", "--models", folder)[1])}
    assert rows["model"]["state"] == "missing"
