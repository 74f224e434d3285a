"""A run without news writes nothing and tells the same numbers; whatever is other makes it write again."""

import json
import sqlite3
from dataclasses import replace

import pytest

import pipeline.jobs.run as runs
from pipeline.jobs import pages
from pipeline.jobs.unchanged import MARK

PHASES = (("one", "first_day = 2009-01-01"),)


@pytest.fixture(name="written")
def _written(team, monkeypatch):
    """Return a team that has run once, its order, and the phases that are written from now on."""
    team.write()
    order = team.order(config=team.configure(*PHASES))
    team.run(order)
    done = []
    whole = runs.publish_phase
    monkeypatch.setattr(runs, "publish_phase", lambda phase, *rest: done.append(phase.id) or whole(phase, *rest))
    return team, order, done


def totals(report):
    return [(digest.phase.name, digest.posts, [(section.label, section.total) for section in digest.sections]) for digest in report.digests]


def test_nothing_new_writes_nothing_and_tells_the_same_numbers(written):
    team, order, done = written
    before = team.files(order.out)
    again = team.run(order)
    assert done == []
    assert team.files(order.out) == before
    assert totals(again) == totals(team.run(replace(order, out=order.out.parent / "other", database=f"sqlite:///{order.out.parent}/other.db")))


def a_post(team, _out):
    team.write(more_txt="บันทึกอีกเรื่อง\n\nยังขาดคนจดบันทึกการประชุม")


def a_file_gone(_team, out):
    (out / "one" / "digest.md").unlink()


def a_file_changed(_team, out):
    (out / "index.html").write_text("แก้เอง", encoding="utf-8")


def the_settings(team, _out):
    team.configure(("one", "first_day = 2008-01-01"))


def a_file_set_aside(team, _out):
    team.write(bad_txt=b"\x00\xff\x00")


def the_mark(_team, out):
    (out / MARK).write_text("อื่น", encoding="utf-8")


@pytest.mark.parametrize("change", [a_post, a_file_gone, a_file_changed, the_settings, a_file_set_aside, the_mark])
def test_whatever_is_other_is_written(written, change):
    team, order, done = written
    change(team, order.out)
    team.run(order)
    assert done
    done.clear()
    team.run(order)
    assert done == []


def test_another_language_is_written_anew(written):
    team, order, done = written
    team.run(replace(order, lang="en"))
    assert done
    assert '<html lang="en">' in (order.out / "index.html").read_text(encoding="utf-8")


def test_another_version_of_the_program_writes_anew(written, monkeypatch):
    team, order, done = written
    monkeypatch.setattr("pipeline.jobs.unchanged.program", lambda: "another")
    team.run(order)
    assert done


def test_a_correction_of_a_passage_is_news(written):
    team, order, done = written
    with sqlite3.connect(order.out / "lessons.db") as database:
        database.execute("UPDATE passages SET label = 'issue' WHERE label = 'lesson'")
    team.run(order)
    assert done
    sections = json.loads((order.out / "one" / "digest.json").read_text(encoding="utf-8"))["sections"]
    assert next(one["total"] for one in sections if one["label"] == "lesson") == 0


def test_a_page_is_written_again_only_where_it_would_be_another(team, monkeypatch):
    team.write(kept_txt="เรื่องเก่า\n\nยังขาดคนจดบันทึก", changed_txt="เรื่องนี้\n\nยังไม่มีเงินค่ารถ")
    order = team.order()
    team.run(order)
    made = []
    page = pages.post_page
    monkeypatch.setattr(pages, "post_page", lambda post, cites: made.append(post.source) or page(post, cites))
    (gone, *_) = (file for file in (order.out / "posts").iterdir() if "เรื่องเก่า" in file.read_text(encoding="utf-8"))
    before = gone.read_bytes()
    gone.write_bytes(before + b"<!-- -->")
    team.write(changed_txt="เรื่องนี้\n\nยังไม่มีเงินค่ารถ และยังไม่มีคนขับ")
    team.run(order)
    assert sorted(made) == ["changed.txt", "kept.txt"]  # the one was told anew, the other edited by hand; good.txt stands
    assert gone.read_bytes() == before
