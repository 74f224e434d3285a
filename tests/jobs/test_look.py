"""Look reads one file and keeps nothing; the model is asked for only where there is a post."""

import json
from dataclasses import replace

import pytest

from pipeline.assets import asset
from pipeline.errors import ModelError, NoPosts, SettingsError, SourceError
from pipeline.jobs.look import look_at
from pipeline.nlp.reader import Reader, current_model
from pipeline.nlp.shelf import POINTER

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
    assert [(post.id, [shown.passage.quote for shown in passages]) for post, passages, _ in found] == [("a", [SAID]), ("b", [])]


def test_the_number_of_an_entry_is_no_word_that_spoke_for_its_label(lines, monkeypatch):
    read = Reader.read
    monkeypatch.setattr(Reader, "read", lambda self, posts: [[replace(one, why=("1.", *one.why)) for one in found] for found in read(self, posts)])
    [(_, [shown], _)] = look_at(lines({"text": SAID}), asset("models"), "cues")
    assert shown.passage.why == ("กังวล",)


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


def test_a_named_model_that_is_not_there_is_refused_with_those_that_are(lines, tmp_path):
    (tmp_path / "models" / "small").mkdir(parents=True)
    (tmp_path / "models" / "small" / "card.json").touch()
    with pytest.raises(SettingsError, match=r'Got "big" instead\. The models there are: small, cues\.'):
        list(look_at(lines("{"), tmp_path / "models", "big"))


def test_a_folder_without_posts_is_refused(tmp_path):
    with pytest.raises(NoPosts) as refused:
        list(look_at(tmp_path, asset("models"), "cues"))
    assert refused.value.exit_status == 2


def test_a_post_that_the_reader_stumbles_over_comes_as_its_reason(lines, monkeypatch):
    through = Reader.read

    def read(self, posts):
        if posts[0].id == "a":
            raise ValueError
        return through(self, posts)

    monkeypatch.setattr(Reader, "read", read)
    reason, post = look_at(lines({"id": "a", "text": SAID}, {"id": "b", "text": SAID}), asset("models"), "cues")
    assert isinstance(reason, SourceError)
    assert "Got ValueError" in reason.en
    assert "ValueError" not in reason.th
    assert post[0].id == "b"


@pytest.mark.parametrize("secret", ["203.0.113.9", "1234567890121"])
def test_addresses_and_id_numbers_are_masked(lines, secret):
    [(post, [(passage, _)], _)] = look_at(lines({"title": f"แจ้งจาก {secret}", "text": f"{SAID} จาก {secret}"}), asset("models"), "cues")
    assert post.title == "แจ้งจาก ▮"
    assert passage.quote == f"{SAID} จาก ▮"
    assert secret not in post.text
    assert passage.span.end == len(post.text) == len(f"{SAID} จาก {secret}")


def test_a_file_that_does_not_exist_is_an_error(tmp_path):
    with pytest.raises(SettingsError):
        list(look_at(tmp_path / "nothing.txt", asset("models"), "cues"))


@pytest.mark.parametrize(("promoted", "reader"), [("ours", "ours@fast"), (None, "{shipped}@fast")])
def test_the_model_that_the_team_promoted_reads_and_is_named(lines, tmp_path, promoted, reader):
    shipped = current_model(asset("models"))
    team = tmp_path / "team"
    team.mkdir()
    (team / "ours").symlink_to(asset("models") / shipped)
    (team / POINTER).write_text(json.dumps({"current": promoted}), encoding="utf-8")
    [found] = look_at(lines({"text": SAID}), asset("models"), "@fast", team=team)
    assert found.reader == reader.format(shipped=shipped)


def test_nothing_is_written(lines, tmp_path):
    file = lines({"text": SAID})
    list(look_at(file, asset("models"), "cues"))
    assert list(tmp_path.iterdir()) == [file]
