"""The commands of the post and of those who watch, in this process: exit status and sentences."""

import json

import pytest

from pipeline.records import Post
from pipeline.store.store import Store


@pytest.fixture
def lessons(lessons, monkeypatch, tmp_path):
    """Give a command in the folder of a team with a database that holds a post."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "out").mkdir()
    with Store.open(f"sqlite:///{tmp_path}/out/lessons.db") as store:
        store.put_posts([Post(id="1", source="1.txt", origin="1.txt", text="คุยกัน")])
    return lessons


def test_status_tells_figures_and_that_all_is_well(lessons):
    status, out, _ = lessons("status", "--json")
    found = json.loads(out)
    assert (status, found["well"], found["posts"], found["posts_waiting"], found["mail"]["waiting"]) == (0, True, 1, 1, 0)
    assert "Posts: 1, 1 to be analysed" in lessons("status")[1].splitlines()


def test_status_has_a_status_of_its_own_where_something_wants_a_person(lessons):
    status, out, _ = lessons("status", "--json", "--max-age", "26")
    assert (status, json.loads(out)["wants"]) == (4, ["no-recent-run"])
    assert "! There was no whole run for long" in lessons("status", "--max-age", "26")[1]


@pytest.mark.parametrize(
    "arguments",
    [
        ("status",),
        ("backup", "kept.zip"),
        ("restore", "kept.zip"),
        ("corrections", "export", "marked.csv"),
        ("mail", "compose"),
        ("mail", "send"),
        ("mail", "list"),
        ("mail", "page"),
    ],
)
def test_what_asks_a_database_makes_none(lessons, tmp_path, arguments):
    status, _, err = lessons(*arguments, "--out", "nowhere")
    assert (status in {1, 2}, err.count("\n"), (tmp_path / "nowhere").exists()) == (True, 1, False)
    assert ("kept.zip: must be" if arguments[0] == "restore" else "Run first") in err


def test_a_bounce_is_told_and_listed(lessons):
    assert lessons("mail", "bounced", "A@example.org")[0] == 0
    status, out, _ = lessons("mail", "list")
    assert (status, "stopped: a@example.org · bounced" in out) == (0, True)
    assert "0 messages that are not over (--all lists every one)" in out
    assert "0 messages\n" in lessons("mail", "list", "--all")[1]


@pytest.mark.parametrize("arguments", [("resolve", "1"), ("resolve", "1", "--sent"), ("bounced", "nobody"), ("resume", "b@example.org")])
def test_what_does_not_fit_is_refused_in_one_sentence(lessons, arguments):
    status, _, err = lessons("mail", *arguments)
    assert (status, err.count("\n")) == (2, 1)


def test_a_backup_comes_back_by_one_command(lessons, tmp_path):
    assert lessons("backup", "kept.zip")[0] == 0
    (tmp_path / "out" / "lessons.db").unlink()
    assert lessons("restore", "kept.zip")[0] == 0
    assert json.loads(lessons("status", "--json")[1])["posts"] == 1


def test_without_a_configuration_it_says_why_nobody_gets_mail(lessons):
    assert "LESSONS_CONFIG" in lessons("mail", "compose")[1]


def test_the_log_is_lines_of_json_where_it_is_asked_for(lessons, monkeypatch):
    assert lessons("mail", "compose")[2] == ""
    monkeypatch.setenv("LESSONS_LOG", "json")
    row = json.loads(lessons("mail", "compose")[2])
    assert (row["event"], row["level"], row["new"]) == ("mail composed", "info", 0)
