"""What was decided of passages stands as long as nothing before them changed: it is not decided again, and gives the threads of a first run."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.languages.th import rarity
from pipeline.languages.th.rarity import counted
from pipeline.threads import follow
from pipeline.threads.decided import Decided, decided_by
from tests.threads.linked import DAY, LINKER, NEWS, OPENED, said

ARCHIVE = [
    said(OPENED, days=[DAY]),
    said("ยังขาดคนเฝ้าโรงเรือนเพาะเห็ดตอนกลางคืน", 1, label="issue"),
    said(NEWS, 2, state="done"),
    said("โรงเรือนเพาะเห็ดยังขาดคนเฝ้าตอนกลางคืนเหมือนเดิม", 3, label="issue"),
]
NEW = said("โรงเรือนเพาะเห็ดมีคนเฝ้าตอนกลางคืนครบแล้ว", 4, state="done")


class Deaf:
    """A linker that must not be asked."""

    def __getattr__(self, name):
        pytest.fail(f"asked for {name}")


@pytest.fixture
def steps(monkeypatch):
    """Let rarity be told by steps of two passages, as in a large archive."""
    monkeypatch.setattr(rarity, "_ALL_COUNT", 1)
    monkeypatch.setattr(rarity, "_STEPS", 2)


def decisions(told):
    decided = Decided()
    follow(told, LINKER, decided)
    return decided.now


def made_of(told, linker=LINKER):
    """Return of what the decisions on each post are made; a passage without its phase and group is its mark."""
    return decided_by(told, linker, lambda passage: repr(replace(passage, group=None, phase=None, phase_by="default")))


def still_known(before, now):
    """Return the posts whose decisions stand in a night after."""
    earlier = made_of(before)
    return [post for post, key in made_of(now).items() if earlier.get(post) == key]


def test_what_is_known_is_not_decided_again_and_gives_the_same_threads():
    known = Decided(decisions(ARCHIVE))
    assert follow(ARCHIVE, Deaf(), known) == follow(ARCHIVE, LINKER)
    assert known.now == {}


def test_after_a_new_post_only_its_passages_are_decided(steps):
    assert still_known(ARCHIVE, [*ARCHIVE, NEW]) == ["post-0", "post-1", "post-2", "post-3"]
    known = Decided(decisions(ARCHIVE))
    told = follow([*ARCHIVE, NEW], LINKER, known)
    assert list(known.now) == ["post-4"]
    assert told == follow([*ARCHIVE, NEW], LINKER)
    assert told != follow(ARCHIVE, LINKER)


def test_where_all_passages_tell_rarity_a_new_one_asks_for_all():
    assert still_known(ARCHIVE, [*ARCHIVE, NEW]) == []


@pytest.mark.parametrize(
    ("other", "stands"),
    [({"label": "lesson"}, ["post-0"]), ({"speaker": "ครูแดง"}, ["post-0"]), ({"quote": "ยังขาดคน"}, [])],  # its words are among those that tell rarity
)
def test_a_passage_that_changed_is_decided_again_with_all_behind_it(steps, other, stands):
    changed = replace(ARCHIVE[1], passage=replace(ARCHIVE[1].passage, **other))
    assert still_known([*ARCHIVE, NEW], [ARCHIVE[0], changed, *ARCHIVE[2:], NEW]) == stands


def test_a_group_that_another_post_named_anew_changes_nothing(steps):
    named = [replace(one, passage=replace(one.passage, group=f"group of {one.order}", phase="two")) for one in ARCHIVE]
    assert still_known(ARCHIVE, named) == [one.passage.post for one in ARCHIVE]


def test_another_linker_decides_anew(steps):
    other = made_of(ARCHIVE, replace(LINKER, sure=0.9))
    assert not other.items() & made_of(ARCHIVE).items()


@given(st.integers(0, 200_000))
def test_rarity_is_told_by_all_of_few_and_by_nearly_all_of_many(passages):
    told = counted(passages)
    assert told <= passages
    assert told == passages if passages <= 1_024 else passages - told < passages / 8
    assert counted(passages + 1) >= told
