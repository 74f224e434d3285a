"""Corrections are kept once, in order, for ever; and what readers see follows them."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from pipeline.correcting.apply import corrected
from pipeline.corrections import Correction, QueueItem, anchor_of
from pipeline.errors import AlreadyDecided, StoreError
from pipeline.records import Span
from pipeline.store import waiting

NOW = datetime(2026, 1, 5, 3, tzinfo=UTC)


@pytest.fixture
def decision():
    def make(post, key="k1", after="issue", *, span=Span(0, 5), **fields):  # noqa: B008 - frozen
        known = {"item": f"{post.id} {span.start}", "field": "label", "reviewer": "somchai", "at": NOW, "post": post.id, "milliseconds": 900}
        return Correction(key=f"{key}/0", after=after, anchor=anchor_of(post.text, span), **{**known, **fields})

    return make


def labels(store):
    return [(passage.quote, passage.label, passage.origin) for passage in store.passages()]


def test_every_field_of_a_correction_comes_back(store, a_post, decision):
    made = decision(
        a_post(), field="who", before=[], after=[{"text": "คุณลิขิต", "name": None}], further=(anchor_of(a_post().text, Span(6, 9)),),
        basis="accepted", queued="random", suggestion_shown=False, model="m1", guideline="1.2", note="ไม่แน่ใจ", lane="somchai",
    )  # fmt: skip
    [kept] = store.corrections.add([made], 0)
    assert (kept.number, kept.version) == (1, 1)
    assert store.corrections.of_item(made.item) == [kept] == store.corrections.by("somchai") == list(store.corrections.every())
    assert {name: getattr(kept, name) for name in made.__slots__ if name != "number"} == {
        name: getattr(made, name) for name in made.__slots__ if name != "number"
    }


def test_what_is_sent_twice_is_kept_once(store, a_post, decision):
    first = store.corrections.add([decision(a_post())], 0)
    assert store.corrections.add([decision(a_post())], 0) == first
    assert len(list(store.corrections.every())) == 1


def test_a_decision_on_what_somebody_else_has_decided_is_refused(store, a_post, decision):
    store.corrections.add([decision(a_post())], 0)
    with pytest.raises(AlreadyDecided, match="somchai has decided") as refused:
        store.corrections.add([decision(a_post(), "k2", "other", reviewer="suda")], 0)
    assert (refused.value.by, refused.value.at) == ("somchai", NOW)
    assert store.corrections.add([decision(a_post(), "k2", "other", reviewer="suda")], 1)[0].version == 2


def test_two_who_do_not_see_each_other_have_lanes_of_their_own(store, a_post, decision):
    for who in ("somchai", "suda"):
        store.corrections.add([decision(a_post(), who, reviewer=who, lane=who)], 0)
    assert [one.version for one in store.corrections.of_item("1 0")] == [1, 1]


@pytest.mark.parametrize("change", ["UPDATE corrections SET after = 'null'", "DELETE FROM corrections"])
def test_the_database_itself_refuses_to_change_or_to_delete_one(store, a_post, decision, change):
    store.corrections.add([decision(a_post())], 0)
    with pytest.raises(StoreError, match="never changed and never deleted"), store._writing() as connection:
        connection.exec_driver_sql(change)


def test_all_of_a_decision_is_kept_or_nothing(store, a_post, analyse, decision):
    analyse((a_post(), [{}]))
    with pytest.raises(ZeroDivisionError):
        store.corrections.add([decision(a_post())], 0, lambda *_: 1 // 0)
    assert list(store.corrections.every()) == []
    assert labels(store) == [("ต้องค", "lesson", "model")]


def test_what_readers_see_follows_and_an_undo_restores_it(store, a_post, analyse, decision):
    analyse((a_post(), [{}, {}]))
    before = list(store.passages())
    store.corrections.add([decision(a_post())], 0, corrected)
    assert labels(store)[0] == ("ต้องค", "issue", "reviewer")
    store.corrections.add([decision(a_post(), "k2", None, field="undo", undoes="k1/0")], 1, corrected)
    assert list(store.passages()) == before


def test_another_model_and_another_text_lose_no_correction(store, a_post, a_passage, analyse, decision):
    analyse((a_post(), [{}, {}]))
    store.corrections.add([decision(a_post(), span=Span(0, 14))], 0, corrected)
    analyse((a_post(), [{"label": "action"}]), model="m2")
    store.corrections.show(corrected)
    assert labels(store) == [("ต้องคุยกันก่อน", "issue", "reviewer")]
    longer = a_post(text="เล่าก่อนว่าวันนี้ฝนตก\n\nต้องคุยกันก่อน แล้วค่อยลงมือ")
    store.put_posts([longer])
    assert labels(store) == []
    store.put_analysis("m2", "k1", [(longer, [])])
    store.corrections.show(corrected)
    assert labels(store) == [("ต้องคุยกันก่อน", "issue", "reviewer")]


def test_a_corrected_post_keeps_the_phases_and_groups_of_a_run(store, a_post, analyse, decision):
    analyse((a_post(), [{}, {"start": 6, "end": 11}]))
    store.corrections.add([decision(a_post())], 0, corrected)
    [first, second] = store.passages()
    store.put_groups({first.id: "g1", second.id: "g2"})
    store.corrections.add([decision(a_post(), "k2", "lesson")], 1, corrected)
    assert [passage.group for passage in store.passages()] == ["g1", "g2"]


def test_ten_reviewers_at_once_lose_nothing(store, a_post, analyse, decision):
    analyse((a_post(text="ก" * 200), [{"start": i * 10, "end": i * 10 + 8} for i in range(20)]))

    def decide(number):
        post = a_post(text="ก" * 200)
        span = Span(number * 10, number * 10 + 8)
        store.corrections.add([decision(post, f"k{number}", "issue", span=span, reviewer=f"r{number % 10}")], 0, corrected)

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(decide, range(20)))
    assert [label for _, label, _ in labels(store)] == ["issue"] * 20


def item(number, **fields):
    return QueueItem(**{"item": f"1 {number}", "kind": "passage", "post": "1", "reason": "uncertain", "value": 1.0, "rank": number, **fields})


def asked(store, reviewer, now=NOW, **more):
    return [one.item for one in store.queue.next(reviewer, now, **more)]


def test_the_next_items_come_in_their_order_and_a_post_is_kept_for_its_reader(store):
    store.queue.refill([item(1), item(2), item(3, post="2")])
    assert asked(store, "somchai", limit=1) == ["1 1"]
    assert asked(store, "suda", limit=1) == ["1 3"]
    assert asked(store, "suda", NOW + timedelta(minutes=11), limit=1) == ["1 1"]
    assert asked(store, "somchai", passing=["1 1"], limit=1) == ["1 2"]
    assert [store.queue.count("somchai"), store.queue.item("1 2").post, store.queue.item("x")] == [3, "1", None]


def test_only_what_is_other_in_the_queue_is_written_again(store, monkeypatch):
    link = item(7, kind="thread", details={"opener": "ก", "news": "ข", "chance": 0.1})
    store.queue.refill([item(0), link])
    written, put = [], waiting.put
    monkeypatch.setattr(waiting, "put", lambda connection, table, rows: put(connection, table, [written.append(row["item"]) or row for row in rows]))
    store.queue.refill([link, item(0)])
    assert (written, store.queue.item("1 7").rank < store.queue.item("1 0").rank) == ([], True)
    store.queue.refill([replace(link, details={"opener": "ก", "news": "ค", "chance": 0.1}), item(0)])
    assert (written, store.queue.item("1 7").details["news"]) == (["1 7"], "ค")


def test_who_comes_new_into_the_queue_moves_nobody(store, monkeypatch):
    there = [item(number, post=str(number)) for number in range(50)]
    store.queue.refill(there)
    before = [store.queue.item(one.item).rank for one in there]
    updated, run = [], waiting.run
    monkeypatch.setattr(waiting, "run", lambda connection, statement, rows: run(connection, statement, [updated.append(row) or row for row in rows]))
    now = [item(70), *there[:20], item(71), item(72), *there[20:30], *there[31:], item(73)]
    store.queue.refill(now)
    assert updated == [{"gone": "1 30"}]
    assert [store.queue.item(one.item).rank for one in there if one != there[30]] == before[:30] + before[31:]
    assert asked(store, "somchai", limit=99) == [one.item for one in now]


def test_what_is_decided_is_asked_no_more_until_it_is_taken_back(store, a_post, decision):
    store.queue.refill([item(0), item(6)])
    store.corrections.add([decision(a_post())], 0)
    assert asked(store, "somchai") == ["1 6"]
    store.queue.refill([item(0), item(6)])
    assert asked(store, "somchai") == ["1 6"]
    store.corrections.add([decision(a_post(), "k2", None, field="undo", undoes="k1/0")], 1)
    assert asked(store, "somchai") == ["1 0", "1 6"]


def test_a_double_item_is_asked_of_another_until_two_have_read_it_or_one_adjudicates(store, a_post, decision):
    store.queue.refill([item(0, double=True)])
    store.corrections.add([decision(a_post(), lane="somchai")], 0)
    assert (asked(store, "somchai"), asked(store, "suda")) == ([], ["1 0"])
    store.corrections.add([decision(a_post(), "k2", lane="suda", reviewer="suda")], 0)
    assert (asked(store, "somchai"), asked(store, "suda"), asked(store, "third")) == ([], [], [])
