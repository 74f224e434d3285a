"""The queue holds what is worth asking, and what was decided is not asked again."""

from dataclasses import replace
from datetime import timedelta

from pipeline.correcting.trials import FEWEST
from pipeline.corrections import Correction, anchor_of, name_pair
from pipeline.desk.filling import fill_queue
from pipeline.desk.moved import settled
from pipeline.desk.progress import progress
from pipeline.desk.trying import disputes, training, trial, truths, untrusted
from pipeline.followed import Thread, ThreadEvent
from pipeline.records import Span
from pipeline.reviewers import Reviewer
from tests.desk.conftest import NOW, made_post, said_of


def all_asked(desk, reviewer="somchai"):
    return desk.next(reviewer, NOW, limit=1000)


def test_every_passage_waits_until_it_is_decided(desk, press):
    assert fill_queue(desk.store) == len(all_asked(desk)) == 40
    first = next(item for item in all_asked(desk) if not item.double)
    press(first)
    fill_queue(desk.store)
    assert first.item not in {item.item for item in all_asked(desk)}
    press_other = next(item for item in all_asked(desk) if not item.double)
    press(press_other, after="other")
    fill_queue(desk.store)
    assert press_other.item not in {item.item for item in all_asked(desk)}


def test_a_double_item_is_asked_again_of_another_and_a_dispute_goes_to_an_adjudicator(desk, press):
    fill_queue(desk.store)
    item = next(item for item in all_asked(desk) if item.double)
    press(item, after="issue")
    fill_queue(desk.store)
    [second] = [one for one in all_asked(desk, "suda") if one.item == item.item]
    assert second.reason == "second"
    assert disputes(desk.store) == []
    press(second, "suda", after="other", note="เป็นคำทักทาย")
    [dispute] = disputes(desk.store)
    assert (dispute.item, dispute.labels, dispute.notes) == (item.item, {"somchai": "issue", "suda": "other"}, {"suda": "เป็นคำทักทาย"})
    press(replace(item, double=False), "judge", after="action", basis="adjudicated")
    assert (disputes(desk.store), truths(desk.store)) == ([], {item.item: "action"})
    assert desk.passage(item.item).label == "action"


def test_a_decision_that_may_be_wrong_is_read_by_a_second_who_does_not_see_the_first(desk, press):
    fill_queue(desk.store)
    item = next(item for item in all_asked(desk) if not item.double and item.reason != "random")
    press(item, after=item.label)
    desk.store.queue.doubt({item.item, "gone"})
    assert [(one.reason, one.double, one.shown) for one in all_asked(desk, "suda") if one.item == item.item] == [("suspected", True, False)]
    fill_queue(desk.store, suspected={item.item})
    assert item.item not in {one.item for one in all_asked(desk)}
    [again] = [one for one in all_asked(desk, "suda") if one.item == item.item]
    assert (again.reason, again.double, again.shown) == ("suspected", True, False)
    press(again, "suda", after="other")
    assert [dispute.labels for dispute in disputes(desk.store)] == [{"somchai": item.label, "suda": "other"}]
    fill_queue(desk.store, suspected={item.item})
    assert item.item not in {one.item for one in all_asked(desk, "malee")}


def test_doubtful_links_wait_until_the_next_run_tells_others(desk):
    first, second = said_of(made_post(1))[:2]
    doubtful = Thread("c1", "issue", first.quote, "candidate", (ThreadEvent(first, "opens"), ThreadEvent(second, "done")))
    fill_queue(desk.store, [doubtful])
    fill_queue(desk.store)
    assert [item.item for item in all_asked(desk) if item.kind == "thread"] == ["c1"]
    fill_queue(desk.store, [])
    assert [item for item in all_asked(desk) if item.kind == "thread"] == []


def test_names_that_may_be_one_wait_until_somebody_says(desk):
    post = made_post(1)
    told = [replace(one, speaker=name) for one, name in zip(said_of(post), ["ครูแดง", "อ.แดง", "ครูแดง", None, None], strict=True)]
    desk.store.put_analysis("m1", "k1", [(post, told)])
    fill_queue(desk.store)
    [item] = [item for item in all_asked(desk) if item.kind == "name"]
    assert (item.item, item.details) == (name_pair("ครูแดง", "อ.แดง"), {"names": ["ครูแดง", "อ.แดง"]})
    desk.decide([Correction(item.item, "same-name", "somchai", NOW, "n/0", before=item.details["names"], after="reject")])
    fill_queue(desk.store)
    assert [item for item in all_asked(desk) if item.kind == "name"] == []


def changed_text(desk, press):
    """Decide on a passage, and change its post so that it is found again but not surely; return the item that asks."""
    fill_queue(desk.store)
    item = next(item for item in all_asked(desk) if item.post == "3" and item.start == 0)
    press(item, after="action")
    post = desk.store.posts_by_id(["3"])["3"]
    rewritten = post.text.replace("\n\nบันทึกที่ 3", "\n\nย่อหน้านี้ใหม่ทั้งหมดและไม่เหมือนของเดิมเลยสักคำ\n\nบันทึกที่ 3", 1)
    desk.store.put_posts([replace(post, text=rewritten)])
    fill_queue(desk.store)
    [asked] = [one for one in all_asked(desk) if one.kind == "moved"]
    return item, asked


def test_a_correction_that_moved_is_asked_and_holds_when_somebody_says_so(desk, press):
    _, asked = changed_text(desk, press)
    assert (asked.reason, asked.post, asked.start) == ("changed", "3", 0)
    assert [passage.post for passage in desk.store.passages() if passage.post == "3"] == []
    desk.decide(settled(desk.store, asked, holds=True, reviewer="suda", now=NOW, key="m1"))
    assert [(passage.label, passage.origin) for passage in desk.store.passages() if passage.post == "3"] == [("action", "reviewer")]
    fill_queue(desk.store)
    assert [one for one in all_asked(desk) if one.kind == "moved"] == []


def test_a_correction_that_moved_is_gone_when_somebody_says_that_it_holds_no_more(desk, press):
    _, asked = changed_text(desk, press)
    desk.decide(settled(desk.store, asked, holds=False, reviewer="suda", now=NOW, key="m1"))
    fill_queue(desk.store)
    assert [one for one in all_asked(desk) if one.kind == "moved"] == []
    assert [passage.post for passage in desk.store.passages() if passage.post == "3"] == []


def test_a_new_reviewer_is_trained_first_and_that_changes_nothing(desk):
    before = list(desk.store.passages())
    for number in range(10):
        item = training(desk.store, "new")
        desk.decide([Correction(item.id, "label", "new", NOW, f"t{number}/0", "", None, after=item.label, queued="training", lane="new")])
    assert training(desk.store, "new") is None
    assert list(desk.store.passages()) == before


def test_one_in_twenty_is_a_hidden_trial_of_what_is_known(desk, press):
    fill_queue(desk.store)
    asked = all_asked(desk)
    known = next(item for item in asked if item.double)
    for reviewer in ("somchai", "suda"):
        press(known, reviewer, after="lesson")
    for item in [one for one in asked if one.item != known.item][:19]:
        assert trial(desk.store, "third") is None
        press(item, "third")
    hidden = trial(desk.store, "third")
    assert (hidden.item, hidden.reason) == (known.item, "gold")
    press(hidden, "third", after="other")
    assert desk.passage(known.item).label == "lesson"
    assert disputes(desk.store) == []


def test_who_misses_more_than_one_in_five_hidden_trials_does_not_teach_from_five_on(desk, press):
    fill_queue(desk.store)
    asked = [replace(item, double=False) for item in all_asked(desk)][:10]
    for one in ("third", "fourth"):
        desk.store.reviewers.add(Reviewer(one, one, "reviewer"), None, 0)
    for number, item in enumerate(asked):
        press(item, "judge", after="action", basis="adjudicated")
        if number < FEWEST:
            assert untrusted(desk.store) == []
            press(replace(item, reason="gold"), "third", after="other" if number < 2 else "action")
            press(replace(item, reason="gold"), "fourth", after="other" if number < 1 else "action")
    assert untrusted(desk.store) == ["third"]
    for item in asked[FEWEST:]:
        press(replace(item, reason="gold"), "third", after="action")
    assert untrusted(desk.store) == []


def test_progress_counts_decisions_that_stand_and_what_they_changed(desk, press):
    fill_queue(desk.store)
    for number, item in enumerate(all_asked(desk)[:4]):
        press(item, after=item.label if number == 0 else "other", basis="accepted" if number == 0 else "single")
    desk.take_back("somchai", "u1", NOW)
    told = progress(desk.store, NOW - timedelta(hours=1), "somchai")
    assert (told.decisions, told.changed, told.accepted, told.milliseconds) == (3, 2, 1, 2000)
    assert progress(desk.store, NOW + timedelta(hours=1)).decisions == 0


def test_what_the_model_nearly_found_is_asked_until_somebody_says_what_it_is(desk):
    post = desk.store.posts_by_id(["3"])["3"]
    span = Span(post.text.index("\n\n"), post.text.index("\n\n") + 2)
    desk.store.put_analysis("m1", "k1", [(post, said_of(post)[1:])])
    first = said_of(post)[0]
    nearly = replace(first, label="other", confidence=0.55, second=("issue", 0.4))
    desk.store.near.put({post.id: [nearly, replace(nearly, span=span, quote="\n\n", second=("issue", 0.3))]}, {post.id: post.content_hash})
    fill_queue(desk.store)
    asked = [item for item in all_asked(desk) if item.reason == "near"]
    assert [(item.item, item.label, item.details["second"]) for item in asked if item.start == 0] == [(first.id, "other", ["issue", 0.4])]
    made = Correction(first.id, "label", "somchai", NOW, "near/0", post.id, anchor_of(post.text, first.span), before="other", after="issue")
    desk.decide([made], 0)
    assert (desk.passage(first.id).label, desk.passage(first.id).origin) == ("issue", "reviewer")
    fill_queue(desk.store)
    assert first.id not in {item.item for item in all_asked(desk)}
    desk.store.put_posts([replace(post, text=post.text + " แล้วแยกย้าย")])
    fill_queue(desk.store)
    assert [item for item in all_asked(desk) if item.reason == "near"] == []
