"""Look reads one file and keeps nothing; the model is asked for only where there is a post."""

import json

import pytest

from pipeline.assets import asset
from pipeline.errors import ModelError, SettingsError, SourceError
from pipeline.jobs.look import look_at

SAID = "ลุงคำกังวลเรื่องค่าไฟ"


@pytest.fixture
def lines(tmp_path):
    def lines(*rows):
        file = tmp_path / "notes.jsonl"
        file.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), encoding="utf-8")
        return file

    return lines


def test_each_post_comes_with_its_passages(lines):
    found = list(look_at(lines({"id": "a", "text": SAID}, {"id": "b", "text": "ป้าศรีทอเสื่อ"}), asset("models"), "cues"))
    assert [(post.id, [passage.quote for passage in passages]) for post, passages in found] == [("a", [SAID]), ("b", [])]


def test_a_line_that_is_no_post_comes_as_its_reason(lines):
    post, reason, last = look_at(lines({"text": SAID}, "{", {"text": SAID}), asset("models"), "cues")
    assert isinstance(reason, SourceError)
    assert reason.line == 2
    assert post[0].text == last[0].text == SAID


def test_a_file_without_a_post_asks_for_no_model(lines, tmp_path):
    (reason,) = look_at(lines("{"), tmp_path / "no models", None)
    assert isinstance(reason, SourceError)


def test_a_post_without_a_model_is_an_error(lines, tmp_path):
    with pytest.raises(ModelError):
        list(look_at(lines({"text": SAID}), tmp_path / "no models", None))


def test_a_file_that_does_not_exist_is_an_error(tmp_path):
    with pytest.raises(SettingsError):
        list(look_at(tmp_path / "nothing.txt", asset("models"), "cues"))


def test_nothing_is_written(lines, tmp_path):
    file = lines({"text": SAID})
    list(look_at(file, asset("models"), "cues"))
    assert list(tmp_path.iterdir()) == [file]
