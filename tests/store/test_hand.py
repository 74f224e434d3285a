"""What a run holds of posts and passages is told as the database has it, whoever changes it meanwhile; and is read once while nobody does."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from pipeline.correcting.apply import corrected
from pipeline.corrections import Correction, anchor_of
from pipeline.labels import label_ids
from pipeline.records import Span
from pipeline.store import reading
from pipeline.store.store import Store

NOW = datetime(2026, 1, 5, 3, tzinfo=UTC)


def told(store):
    posts = [post.id for post, _ in store.outlines()]
    groups = [list(store.groups(None, label, 10)) for label in label_ids()]
    known = store.outlines_by_id([*posts, "gone", "2"])
    return list(store.outlines()), known, list(store.passages()), store.passages_of([*posts, "gone", "2"]), store.said_by_model(), groups


@pytest.fixture
def holding(store, a_post, analyse):
    """Return a store that holds what it reads, with three posts of which two say the same."""
    texts = ("ต้องคุยกันก่อน แล้วค่อยลงมือ", "ต้องคุยกันก่อนทุกครั้งที่ลงมือ", "ยังไม่มีคนเฝ้าโรงเรือน")
    analyse(*((a_post(str(number), text, title=f"ที่ {number}"), [{"group": "g"}, {}]) for number, text in enumerate(texts, start=1)))
    store.keep_at_hand()
    told(store)
    return store


def _decide(store, post):
    made = Correction(
        key="k/0", item=f"{post.id} 0", field="label", reviewer="somchai", at=NOW, post=post.id, milliseconds=900, after="issue",
        anchor=anchor_of(post.text, Span(0, 5)),
    )  # fmt: skip
    store.corrections.add([made], 0, corrected)


def _changes(store, other, post, passage):
    """Yield after each change: what the run does itself, and what a reviewer does in another process."""
    store.put_posts([replace(post, title="อีกชื่อ"), replace(post, id="4", source="4.txt", origin="/inbox/4.txt")])
    yield
    store.put_analysis("m1", "k1", [(replace(post, id="4"), [replace(passage, post="4", source="4.txt", group="g")])])
    yield
    store.put_groups({passage.id: "another"})
    yield
    store.put_phases("k2", [(post, [replace(passage, phase="p1")])])
    yield
    _decide(other, post)
    yield
    store.retire_missing("/inbox/2.txt", [])
    yield


def test_what_is_held_is_as_the_database_has_it_after_every_change(holding, url, a_post):
    [post] = [one for one in holding.posts() if one.id == "1"]
    passage = holding.passages_of(["1"])["1"][0]
    seen = [told(holding)]
    with Store.open(url) as other, Store.open(url) as fresh:
        for _ in _changes(holding, other, post, passage):
            assert told(holding) == told(fresh)
            seen.append(told(holding))
    assert all(one != next_one for one, next_one in pairwise(seen))


def test_a_run_that_holds_its_passages_tells_by_the_same_hash_as_the_next_one(holding, url):
    [post] = [one for one in holding.posts() if one.id == "1"]
    passage = holding.passages_of(["1"])["1"][0]
    hashes = [holding.fingerprint()]
    with Store.open(url) as other:
        for _ in _changes(holding, other, post, passage):
            hashes.append(holding.fingerprint())
            with Store.open(url) as next_one:
                next_one.keep_at_hand()
                assert next_one.fingerprint() == hashes[-1]
    assert len(set(hashes)) == len(hashes)


def test_what_stands_is_read_once(holding, monkeypatch):
    before = told(holding)
    monkeypatch.setattr(Store, "_read", lambda _store: pytest.fail("passages were read again"))
    monkeypatch.setattr(reading, "_outlined", lambda _row: pytest.fail("outlines were read again"))
    assert told(holding) == before


def test_a_name_that_reviewers_chose_is_told_of_what_is_held(holding):
    holding.tell_as(lambda passage: replace(passage, speaker="ครูแดง"), "names")
    assert {passage.speaker for passage in holding.passages()} == {"ครูแดง"}
    assert {mention.passage.speaker for group in holding.groups(None, "lesson", 10) for mention in group} == {"ครูแดง"}


def test_groups_are_those_of_one_moment_though_a_reviewer_decides_between_two_looks(holding, url, monkeypatch):
    [post] = [one for one in holding.posts() if one.id == "1"]
    looks, held = [], holding._held
    with Store.open(url) as other:

        def look(*, read=True):
            looks.append(read)
            if len(looks) == 2:  # the names of the groups are read by now
                _decide(other, post)
            return held(read=read)

        monkeypatch.setattr(holding, "_held", look)
        groups = list(holding.groups(None, "lesson", 10))
    assert {one.passage.label for group in groups for one in group} == {"lesson"}
    assert groups == list(holding.groups(None, "lesson", 10))


def test_too_much_is_not_held_and_told_all_the_same(holding, monkeypatch):
    before = told(holding)
    for module in ("hand", "reading"):
        monkeypatch.setattr(f"pipeline.store.{module}.MOST", 2)
    holding.put_phases("k1", [])
    assert told(holding) == before
    assert holding._held() is None


def test_a_store_that_nobody_asks_to_keep_holds_nothing(store, a_post, analyse):
    analyse((a_post(), [{}]))
    told(store)
    assert store._held() is None
    assert store._hand._outlines is None
