"""Passages are found by Thai words, whole ones first, on either database."""

import pytest

from pipeline.store import search
from pipeline.store.store import Store


@pytest.fixture
def store(url):
    with Store.open(url) as opened:
        yield opened


@pytest.fixture
def kept(store, a_post, a_passage):
    quotes = ["ฝายชะลอน้ำพังเพราะน้ำหลาก", "นัดซ่อมฝายวันเสาร์", "ครูใหญ่เล่าเรื่องตากลม", "KM ทำให้คุยกันได้"]
    post = a_post(text="\n".join(quotes))
    store.put_posts([post])
    starts = [post.text.index(quote) for quote in quotes]
    store.put_analysis("m1", "k1", [(post, [a_passage(post, start, start + len(quote)) for start, quote in zip(starts, quotes, strict=True)])])
    store.search.refresh()
    return store


def quotes(store, words):
    told = {passage.id: passage.quote for passage in store.passages()}
    return [told[id_] for id_ in store.search.find(words)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ฝาย", ["ฝายชะลอน้ำพังเพราะน้ำหลาก", "นัดซ่อมฝายวันเสาร์"]),
        ("ซ่อมฝาย", ["นัดซ่อมฝายวันเสาร์"]),
        ("ฝาย น้ำหลาก", ["ฝายชะลอน้ำพังเพราะน้ำหลาก"]),
        ("ฝาย KM", []),
        ("km", ["KM ทำให้คุยกันได้"]),
        ("ชะลอน้", ["ฝายชะลอน้ำพังเพราะน้ำหลาก"]),
        ("", []),
        ('" OR 1', []),
        ("100%", []),
        ("_", []),
    ],
)
def test_words_are_found_whole_or_by_their_letters(kept, words, found):
    assert quotes(kept, words) == found


def test_before_it_is_made_the_index_is_done_without(store, a_post, a_passage, analyse):
    analyse((a_post(), [{}]))
    assert quotes(store, "ต้อง") == ["ต้องค"]


def test_the_index_follows_the_passages_and_does_nothing_twice(kept, a_post, a_passage):
    assert kept.search.refresh() == 0
    post = a_post(text="ปลูกผักริมรั้ว")
    kept.put_posts([post])
    kept.put_analysis("m1", "k1", [(post, [a_passage(post, 0, 14)])])
    assert kept.search.refresh() == 5
    assert (quotes(kept, "ฝาย"), quotes(kept, "ผัก")) == ([], ["ปลูกผักริมรั้ว"])


def test_passages_are_entered_some_at_a_time(kept, monkeypatch):
    looked = []
    entries = search._entries
    monkeypatch.setattr(search, "_AT_ONCE", 2)
    monkeypatch.setattr(search, "_FEW", 0)
    monkeypatch.setattr(search, "_entries", lambda connection, ids: looked.append(len(ids)) or entries(connection, ids))
    with kept._writing() as connection:
        connection.exec_driver_sql("UPDATE passage_words SET told = ''")
    assert kept.search.refresh() == 2 * sum(looked)
    assert (max(looked), len(looked) > 1, quotes(kept, "ซ่อมฝาย")) == (2, True, ["นัดซ่อมฝายวันเสาร์"])


def test_where_reviewers_have_replaced_all_of_some_meanwhile_nothing_is_entered(kept, monkeypatch):
    others = search._others
    monkeypatch.setattr(search, "_others", lambda connection, known: [*others(connection, known), "replaced"])
    kept.search.refresh()
    assert quotes(kept, "ซ่อมฝาย") == ["นัดซ่อมฝายวันเสาร์"]
