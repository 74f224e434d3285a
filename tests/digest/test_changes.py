"""What changed: new items, and matters that were moved, closed, heard of or opened; the same state twice is compared with the one before."""

from dataclasses import replace
from datetime import date

from pipeline.digest.changes import changes_since, first_of_each, last_other, new_groups, remembered_now
from pipeline.followed import Thread, ThreadEvent
from pipeline.records import Changes, Evidence, Passage, Span


def passage(group, place=0):
    return Passage("1", "1.txt", Span(place, place + 30), "ซ่อมรั้วโรงเรียนก่อนเปิดเทอมใหม่", "action", 0.9, phase="p", group=group)


def thread(name, *relations, state="open", due=None):
    events = [ThreadEvent(passage(f"news {n}", 100 + n), relation) for n, relation in enumerate(relations)]
    return Thread(name, "action", name, state, (ThreadEvent(passage(f"opener {name}"), "opens"), *events), due=due)


def state(*groups, threads=(), model="m1", posts=3):
    return remembered_now(model, posts, date(2009, 4, 1), [("action", group) for group in groups], threads)


def told(before, now, groups, threads=()):
    new = new_groups(before, now, groups)
    evidence = lambda one: Evidence(one, None, None, None, None)  # noqa: E731
    found = {key: [evidence(passage(key))] for _, key in new}
    return changes_since(before, now, new=new, found=found, threads=threads, evidence=evidence)


def test_a_first_digest_compares_with_nothing():
    assert told(None, state("a"), [("action", "a")]) == Changes("first")


def test_what_the_last_digest_did_not_have_is_new_and_counted():
    groups = [("action", "c"), ("action", "b"), ("action", "a"), ("lesson", "x")]
    changes = told(state("a", "x"), state("a", "b", "c", "x"), groups)
    assert [(section.label, section.total, [item.evidence[0].passage.group for item in section.items]) for section in changes.new] == [
        ("action", 2, ["c", "b"])
    ]
    assert (changes.basis, changes.posts, changes.last_post) == ("compared", 3, date(2009, 4, 1))


def test_only_the_first_new_ones_are_shown():
    assert first_of_each([("action", str(n)) for n in range(9)] + [("lesson", "x")], 3) == ["x", "0", "1", "2"]


def test_matters_are_told_by_what_became_of_them():
    before = [thread("moved", due=date(2009, 5, 1)), thread("closed"), thread("heard"), thread("same")]
    now = [
        thread("moved", "moved", due=date(2009, 5, 9), state="moved"),
        thread("closed", "done", state="done"),
        thread("heard", "progress"),
        thread("same"),
        thread("opened"),
    ]
    changes = told(state(threads=before), state(threads=now), [], now)
    assert [kind for kind, _ in changes.followed] == ["moved", "closed", "news", "opened"]
    assert changes.followed_totals == (("moved", 1), ("closed", 1), ("news", 1), ("opened", 1))


def test_what_a_new_item_opens_is_told_once():
    now = [thread("opened")]
    groups = [("action", "opener opened")]
    changes = told(state(), state("opener opened", threads=now), groups, now)
    assert (len(changes.new), changes.followed) == (1, ())


def test_a_digest_of_another_model_is_not_compared():
    changes = told(state("a", model="m0"), state("b"), [("action", "b")])
    assert (changes.basis, changes.new) == ("reread", ())


def test_an_unchanged_run_compares_with_the_same_digest_again():
    first, second = state("a"), state("a", "b", posts=4)
    assert last_other([first], second) is first
    assert last_other([second, first], second) is first
    assert last_other([replace(second, posts=9), first], second) is first  # more posts without more matters change nothing
    assert last_other([second], second) is None
