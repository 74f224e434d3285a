"""`lessons collect` in this process, against a site on loopback: what it says, its exit status, and the run that follows."""

import sys
from functools import partial

import pytest

from pipeline.cli import main
from pipeline.collecting import Fetcher
from tests.collecting.conftest import LOOPBACK, serving

FEED = "<rss version='2.0'><channel><item><guid>1</guid><title>ท</title><description>ต้องถามคนในบ้านก่อน</description></item></channel></rss>".encode()


@pytest.fixture
def site(monkeypatch):
    allowed = partial(Fetcher, may_connect=lambda machine: machine == LOOPBACK, resolve=lambda _host, _port: [LOOPBACK], sleep=lambda _seconds: None)
    monkeypatch.setattr("pipeline.jobs.collecting.Fetcher", allowed)
    with serving() as served:
        yield served


@pytest.fixture
def lessons(monkeypatch, capsys, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LESSONS_LANG", "en")

    def give(*arguments):
        monkeypatch.setattr(sys, "argv", ["lessons", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return ended.value.code, said.out + said.err

    return give


def configure(folder, *urls):
    folder.mkdir(exist_ok=True)
    (folder / "lessons.toml").write_text("".join(f'[[feed]]\nid = "f{n}"\nurl = "{url}"\n' for n, url in enumerate(urls)), encoding="utf-8")


def test_a_feed_is_collected_once_and_then_only_looked_at(site, lessons, tmp_path):
    configure(tmp_path / "posts", site.url())
    site.serve("/feed", FEED, ETag='"v1"')
    assert lessons("collect", "posts") == (0, "f0: 1 new, 0 changed\n")
    assert (tmp_path / "posts" / "feeds" / "f0.jsonl").read_text(encoding="utf-8").count("\n") == 1
    site.serve("/feed", b"", 304)
    assert lessons("collect", "posts") == (0, "f0: nothing new\n")
    assert site.asked[-1][1]["If-None-Match"] == '"v1"'


def test_what_cannot_be_had_is_told_with_exit_status_3_and_the_rest_is_read(site, lessons, tmp_path):
    configure(tmp_path / "posts", site.url("/gone"), site.url())
    site.serve("/gone", b"", 410)
    site.serve("/feed", FEED)
    status, said = lessons("collect", "posts")
    assert status == 3
    assert "f0: could not be had" in said
    assert "Got 410 instead" in said
    assert "f1: 1 new, 0 changed" in said
    assert "not asked again yet" in lessons("collect", "posts")[1]


def test_loopback_is_refused_as_a_user_runs_it(lessons, tmp_path):
    with serving() as served:
        served.serve("/feed", FEED)
        configure(tmp_path / "posts", served.url(host="localhost"))
        status, said = lessons("collect", "posts")
    assert (status, served.asked) == (3, [])
    assert "public network" in said


def test_without_feeds_the_configuration_is_wrong(lessons, tmp_path):
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts" / "lessons.toml").write_text("", encoding="utf-8")
    status, said = lessons("collect", "posts")
    assert (status, "[[feed]]" in said) == (2, True)
    (tmp_path / "posts" / "lessons.toml").unlink()
    assert lessons("collect", "posts")[0] == 2
