"""What the store keeps of posts and analyses, and what it still waits for."""

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise

import pytest

from pipeline.errors import StoreError
from pipeline.records import Comment, Note, Span
from pipeline.store import store as store_module
from pipeline.store.counts import PutCounts
from pipeline.store.store import Store


def ids(posts):
    return [post.id for post in posts]


def test_posts_are_new_then_unchanged(store, a_post):
    assert store.put_posts([a_post("1"), a_post("2")]) == PutCounts(new=2, changed=0, unchanged=0)
    assert store.put_posts([a_post("1"), a_post("2"), a_post("3")]) == PutCounts(new=1, changed=0, unchanged=2)
    assert store.put_posts([]) == PutCounts(0, 0, 0)


@pytest.mark.parametrize(
    ("fields", "analysed_again"),
    [
        ({"title": "เวทีครั้งที่สอง"}, False),
        ({"url": "https://example.org/2"}, False),
        ({"origin": "/elsewhere/1.txt"}, False),
        ({"source": "b/1.txt"}, False),
        ({"notes": (Note("Odd.", "แปลก"),)}, False),
        ({"comments": (Comment(Span(3, 9), "สมใจ"),)}, False),
        ({"comments": (Comment(Span(3, 8)),)}, True),
        ({"author": "สมหมาย"}, True),
        ({"text": "ต้องคุยกันก่อนเสมอ"}, True),
        ({"body": (Span(0, 4),)}, True),
    ],
)
def test_any_field_makes_a_change_and_only_the_content_asks_for_an_analysis(store, a_post, analyse, fields, analysed_again):
    before = a_post("1", comments=(Comment(Span(3, 9)),))
    after = replace(before, **fields)
    analyse((before, [{}]))
    assert store.put_posts([after]) == PutCounts(new=0, changed=1, unchanged=0)
    assert store.posts_by_id(["1"]) == {"1": after}
    assert store.waiting("m1", 5) == ([after] if analysed_again else [])
    assert [passage.source for passage in store.passages()] == ([] if analysed_again else [after.source])


def test_the_later_of_two_posts_with_one_id_counts(store, a_post):
    assert store.put_posts([a_post("1", title="ก"), a_post("1", title="ข")]) == PutCounts(1, 0, 0)
    assert [post.title for post in store.posts()] == ["ข"]


def test_more_posts_than_one_statement_takes(store, a_post, monkeypatch):
    monkeypatch.setattr(store_module, "_IDS_AT_ONCE", 3)
    many = [a_post(str(number)) for number in range(10, 20)]
    store.put_posts(many)
    assert store.put_posts(many).unchanged == 10
    assert store.posts_by_id([*ids(many), "unknown"]) == {post.id: post for post in many}
    assert store.waiting("m1", 8) == many[:8]


def test_a_post_that_its_file_no_longer_holds_is_in_no_digest(store, a_post, analyse):
    analyse((a_post("1"), [{"phase": "p1"}]), (a_post("2"), [{"phase": "p2", "group": "g"}]))
    assert store.retire_missing("/inbox/2.txt", []) == 1
    assert store.retire_missing("/inbox/2.txt", []) == 0
    assert ids(store.posts()) == ["1"]
    assert [passage.post for passage in store.passages()] == ["1"]
    assert store.phase_ids() == ["p1"]
    assert store.phase_summary("p2", 0.5).passages == 0
    assert store.phase_summary("p2", 0.5).totals == {}
    assert store.top_groups("p2", "lesson", 5) == []
    assert store.count_waiting("m2") == 1
    assert ids(post for post, _ in store.stale_phases("k2", 5)) == ["1"]
    assert store.posts_by_id(["2"]) == {"2": a_post("2")}
    assert store.count_posts() == 1


def test_a_retired_post_that_is_back_needs_no_new_analysis(store, a_post, analyse):
    analyse((a_post("1"), [{}]))
    store.retire_missing("/inbox/1.txt", [])
    assert store.put_posts([a_post("1")]) == PutCounts(new=0, changed=1, unchanged=0)
    assert ids(store.posts()) == ["1"]
    assert store.count_waiting("m1") == 0
    assert len(list(store.passages())) == 1


@pytest.mark.parametrize(
    ("origin", "kept", "retired"),
    [
        ("/a/x.txt", [], ["file"]),
        ("/a/x.txt", ["file"], []),
        ("/a/x.jsonl", ["line 1"], ["line 2"]),
        ("/a/x.jsonl:1", [], ["line 1"]),
        ("/a", ["file"], ["line 1", "line 2"]),
        ("/A", [], []),
        ("/a/x", [], []),
    ],
)
def test_lines_belong_to_their_file_and_files_to_their_folder(store, a_post, origin, kept, retired):
    origins = {"file": "/a/x.txt", "line 1": "/a/x.jsonl:1", "line 2": "/a/x.jsonl:12", "other": "/ab/x.txt"}
    store.put_posts([a_post(name, origin=at) for name, at in origins.items()])
    assert store.retire_missing(origin, kept) == len(retired)
    assert sorted(set(origins) - set(ids(store.posts()))) == retired


def test_waiting_is_in_order_of_source_and_id_for_each_model(store, a_post, analyse):
    posts = [a_post("9", source="ก.txt"), a_post("8", source="ก.txt"), a_post("7", source="Z.txt"), a_post("6", source="a.txt")]
    store.put_posts(posts)
    assert ids(store.waiting("m1", 10)) == ["7", "6", "8", "9"]
    assert ids(store.waiting("m1", 2)) == ["7", "6"]
    assert ids(store.waiting("m1", 2, besides={"6", "x"})) == ["7", "8"]
    analyse((posts[2], []))
    assert (store.count_waiting("m1"), store.count_waiting("m2")) == (3, 4)
    assert ids(store.waiting("m1", 10)) == ["6", "8", "9"]


def test_an_analysis_may_be_repeated_and_replaces_the_one_before(store, a_post, a_passage, analyse):
    post = a_post("1")
    analyse((post, [{}, {}]))
    analyse((post, [{}, {}]))
    assert len(list(store.passages())) == 2
    analyse((post, [{"label": "issue"}]), model="m2")
    assert [passage.label for passage in store.passages()] == ["issue"]
    assert (store.count_waiting("m1"), store.count_waiting("m2")) == (1, 0)


def test_a_reviewers_passage_stays(store, a_post, a_passage, analyse):
    post = a_post("1")
    reviewed = a_passage(post, label="issue", origin="reviewer")
    store.put_posts([post])
    store.put_analysis("m1", "k1", [(post, [reviewed, a_passage(post, 6, 9)])])
    store.put_analysis("m2", "k1", [(post, [a_passage(post), a_passage(post, 7, 9)])])
    assert store.passages_of(["1"])["1"] == [reviewed, a_passage(post, 7, 9)]


def test_a_post_that_changed_while_it_was_analysed_is_left_waiting(store, a_post, a_passage):
    read, changed = a_post("1"), a_post("1", text="พรุ่งนี้ค่อยว่ากันใหม่")
    store.put_posts([read])
    store.put_posts([changed])
    store.put_analysis("m1", "k1", [(read, [a_passage(read)])])
    assert list(store.passages()) == []
    assert store.waiting("m1", 5) == [changed]


def test_an_analysis_that_fails_half_way_leaves_nothing_half_written(store, a_post, a_passage, analyse):
    known, unknown = a_post("1"), a_post("never put")
    analyse((known, [{}]))
    with pytest.raises(StoreError, match=r"(?i)foreign key"):
        store.put_analysis("m2", "k1", [(known, [a_passage(known, 7, 9)]), (unknown, [a_passage(unknown)])])
    assert list(store.passages()) == [a_passage(known)]
    assert (store.count_waiting("m1"), store.count_waiting("m2")) == (0, 1)


def test_phases_are_set_again_when_their_settings_change(store, a_post, analyse):
    posts = [a_post("1"), a_post("2"), a_post("3")]
    analyse((posts[0], [{"phase": "p1"}, {}]), (posts[1], []), (posts[2], [{}]))
    assert store.stale_phases("k1", 9) == []
    stale = store.stale_phases("k2", 2)
    assert [(post.id, [passage.phase for passage in found]) for post, found in stale] == [("1", ["p1", None]), ("2", [])]
    store.put_phases("k2", [(post, [replace(passage, phase="p2", phase_by="date") for passage in found]) for post, found in stale])
    assert [(passage.post, passage.phase, passage.phase_by) for passage in store.passages()] == [
        ("1", "p2", "date"),
        ("1", "p2", "date"),
        ("3", None, "default"),
    ]
    assert ids(post for post, _ in store.stale_phases("k2", 9)) == ["3"]


def test_phases_of_a_text_that_changed_meanwhile_are_not_taken_for_done(store, a_post, analyse):
    read, changed = a_post("1"), a_post("1", text="พรุ่งนี้ค่อยว่ากันใหม่")
    analyse((read, [{}]))
    stale = store.stale_phases("k2", 9)
    analyse((changed, [{}]))
    store.put_phases("k2", stale)
    assert ids(post for post, _ in store.stale_phases("k2", 9)) == ["1"]


def test_passages_come_in_order_of_source_and_place(store, a_post, a_passage):
    posts = [
        a_post("1", source="ข.txt"),
        a_post("2", source="B.txt"),
        a_post("3", source="a.txt"),
        a_post("4", source="😀.txt"),
        a_post("5", source="￿.txt"),
    ]
    store.put_posts(posts)
    store.put_analysis("m1", "k1", [(post, [a_passage(post, 4, 9), a_passage(post, 4, 6), a_passage(post, 1, 3)]) for post in posts])
    found = list(store.passages())
    assert len(found) == 15
    assert all((a.source, a.span, a.id) < (b.source, b.span, b.id) for a, b in pairwise(found))
    assert ids(store.posts()) == ["2", "3", "1", "5", "4"]


def test_reading_all_may_be_broken_off_and_may_go_on_while_another_writes(url, store, a_post, monkeypatch):
    monkeypatch.setattr(store_module, "_ROWS_AT_ONCE", 2)
    store.put_posts([a_post(str(number)) for number in range(10, 20)])
    reading = store.posts()
    assert next(reading).id == "10"
    with Store.open(url, timeout=0.1) as other:
        other.put_posts([a_post("99")])
    store.put_posts([a_post("98")])
    assert len(list(reading)) == 9
    assert next(store.posts()).id == "10"


def test_writers_wait_for_each_other(url, store, a_post):
    def put(name):
        with Store.open(url) as own:
            for number in range(15):
                own.put_posts([a_post("shared"), a_post(f"{name}-{number}")])

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(put, "abc"))
    assert len(list(store.posts())) == 46


def test_a_post_that_is_not_known(store):
    assert store.count_posts() == 0
    assert store.posts_by_id(["1"]) == store.posts_by_id([]) == {}
    assert store.passages_of(["1"]) == {"1": []}


def test_the_size_is_that_of_what_the_database_keeps(store, a_post):
    empty, chance = store.size(), random.Random(1)  # noqa: S311 - a text that no database makes smaller
    store.put_posts([a_post(str(number), "".join(chr(chance.randrange(0x0E01, 0x0E2F)) for _ in range(20_000))) for number in range(10)])
    assert store.size() - empty > 200_000
