"""What is remembered of digests: of each phase the last one and the last other, each once."""

from datetime import date

from pipeline.remembered import Remembered, Standing


def digest(*groups, model="m", posts=3, **threads):
    return Remembered(model, posts, date(2009, 4, 1), frozenset(groups), threads)


def test_what_is_remembered_comes_back(store):
    kept = digest("a", "b", t1=Standing("open", "2009-05-01", 2), t2=Standing("done", None, 3))
    store.remember_digest("p", kept)
    assert store.last_digests("p") == [kept]
    assert store.last_digests("other") == []


def test_the_same_matters_are_kept_once(store):
    store.remember_digest("p", digest("a"))
    store.remember_digest("p", digest("a", posts=5))
    assert store.last_digests("p") == [digest("a")]


def test_the_newest_comes_first_and_the_oldest_are_forgotten(store):
    for groups in ("a", "ab", "abc"):
        store.remember_digest("p", digest(*groups))
    assert store.last_digests("p") == [digest(*"abc"), digest(*"ab")]


def test_what_comes_again_after_another_is_another(store):
    for groups in ("a", "ab", "a"):
        store.remember_digest("p", digest(*groups))
    assert store.last_digests("p") == [digest("a"), digest(*"ab")]
