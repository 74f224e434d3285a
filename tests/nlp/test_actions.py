"""An action has fields, and nothing in them that was not read from the text; other passages have none."""

from pipeline.records import ActionFields


def test_only_actions_have_fields(by_cues, make_post):
    found = by_cues.read([make_post("ตกลงกันล้างตลาดเดือนละครั้ง\nลุงคำกังวลค่าไฟ\nหัวใจของวงนี้คือการฟัง")])[0]
    assert [(passage.label, passage.action) for passage in found] == [("action", ActionFields()), ("issue", None), ("lesson", None)]
