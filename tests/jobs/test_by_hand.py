"""What a notebook gets is what a run finds."""

import pytest

import pipeline
from pipeline import analyse, make_digest, read
from pipeline.errors import NoPosts
from pipeline.settings import read_settings
from tests.jobs.conftest import LESSONS_TOML, SAMPLES


def test_the_passages_and_the_digest_are_those_of_a_run(team):
    report = team.run(order := team.order(SAMPLES, config=LESSONS_TOML))
    settings = read_settings(LESSONS_TOML)
    posts = read(SAMPLES)
    passages = analyse(posts, phases=settings.phases, model="cues")
    told = {(one.id, one.quote, one.label, one.phase, one.phase_by, one.group) for one in passages}
    names = ("id", "quote", "label", "phase", "phase_by", "group")
    assert told == {tuple(row[name] for name in names) for row in team.rows(order.out / "passages.jsonl")}
    for digest in report.digests:
        own = make_digest(posts, passages, phase=digest.phase, project=settings.project.name)
        assert own.sections == digest.sections
        facts = ("project", "phase", "posts", "authors", "passages", "unsure", "first_post", "last_post", "model")
        assert [getattr(own, name) for name in facts] == [getattr(digest, name) for name in facts]


def test_what_cannot_be_read_is_a_warning_and_the_rest_is_there(team):
    folder = team.write(empty_txt="")
    with pytest.warns(UserWarning, match=r"empty\.txt: a file must hold"):
        posts = read(str(folder))
    assert [post.source for post in posts] == ["good.txt"]


def test_a_folder_without_posts_is_refused(tmp_path):
    with pytest.raises(NoPosts):
        read(tmp_path)


def test_a_notebook_completes_what_the_package_offers():
    assert dir(pipeline) == ["analyse", "make_digest", "read"]
    assert all(callable(getattr(pipeline, name)) for name in dir(pipeline))
