"""What was worked out of posts is kept as it comes: of many values few stand in memory, and all of them are kept or none."""

import pytest

from pipeline.store import statements


def values(count, breaks=None):
    for number in range(count):
        if number == breaks:
            raise InterruptedError
        yield str(number), "made", [number]


@pytest.fixture
def pieces_of_two(monkeypatch):
    monkeypatch.setattr(statements, "_ROWS_AT_ONCE", 2)


@pytest.mark.usefixtures("pieces_of_two")
def test_what_is_kept_as_it_comes_is_told_again(store):
    store.known.keep_each("w", values(5))
    assert sorted(store.known.every("w")) == list(values(5))
    assert dict(store.known.each_of("w", {"0": "made", "3": "other", "4": "made", "5": "made"})) == {"0": [0], "4": [4]}


@pytest.mark.usefixtures("pieces_of_two")
def test_what_breaks_off_between_two_pieces_leaves_what_was_there(store):
    store.known.keep("w", {"0": "before"}, {"0": []})
    with pytest.raises(InterruptedError):
        store.known.keep_each("w", values(5, breaks=4))
    assert list(store.known.every("w")) == [("0", "before", [])]


def test_of_nothing_nothing_is_kept(store):
    store.known.keep_each("w", values(0))
    assert list(store.known.every("w")) == list(store.known.each_of("w", {"0": "made"})) == []
