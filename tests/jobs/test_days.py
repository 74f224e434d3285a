"""What a post tells of its event is worked out once, and again where the post, its title or the program is another."""

from datetime import date

import pytest

import pipeline.jobs.days as module
from pipeline.jobs.days import days_in
from pipeline.records import Comment, Post, Span
from pipeline.store.store import Store

TEXT = "วันนี้วันที่ 9 พฤษภาคม 2552 ประชุมครั้งที่ 3 ที่ศาลากลางบ้าน"


SAID = (Comment(Span(0, 9), None, None),)


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request, tmp_path):
    url = f"sqlite:///{tmp_path}/lessons.db" if request.param == "sqlite" else request.getfixturevalue("postgres").fresh()
    with Store.open(url) as opened:
        yield opened


@pytest.fixture
def read(monkeypatch):
    """Return the ids of the posts of which an event was worked out, as they come."""
    asked = []
    through = module.event_of

    def count(post):
        asked.append(post.id)
        return through(post)

    monkeypatch.setattr(module, "event_of", count)
    return asked


def a_post(id_, title="ประชุมครั้งที่ 3", text=TEXT, comments=SAID):
    return Post(id=id_, source=f"{id_}.txt", origin=f"{id_}.txt", text=text, title=title, body=(Span(0, len(text)),), comments=comments)


def test_the_second_night_reads_only_what_is_new(store, read):
    store.put_posts([a_post("a")])
    first = days_in(store)
    assert (first.events["a"].day, first.events["a"].ordinal, first.events["a"].what) == (date(2009, 5, 9), 3, "ประชุมครั้งที่ 3")
    store.put_posts([a_post("b", text=TEXT.replace("9 พ", "10 พ"))])
    second = days_in(store)
    assert read == ["a", "b"]
    assert second.events["a"] == first.events["a"]
    assert second.last == date(2009, 5, 10)


@pytest.mark.parametrize(
    "other", [{"title": "ประชุมครั้งที่ 4"}, {"text": TEXT.replace("9 พ", "10 พ")}, {"comments": (Comment(Span(0, 9), "ครูแดง", None),)}]
)
def test_a_post_that_has_changed_is_read_again(store, read, other):
    for post in (a_post("a"), a_post("a", **other)):
        store.put_posts([post])
        found = days_in(store)
    assert read == ["a", "a"]
    assert found.events["a"] == module.event_of(a_post("a", **other))


def test_another_program_reads_everything_again(store, read, monkeypatch):
    store.put_posts([a_post("a")])
    days_in(store)
    monkeypatch.setattr(module, "program", lambda: "another")
    days_in(store)
    assert read == ["a", "a"]


def test_what_was_known_of_a_post_that_is_gone_is_forgotten(store):
    store.put_posts([a_post("a"), a_post("b")])
    days_in(store)
    store.retire_missing("a.txt", ())
    store.put_posts([a_post("c")])
    days_in(store)
    with store._reading() as connection:
        assert sorted(connection.exec_driver_sql("SELECT post_id FROM known").scalars()) == ["b", "c"]
