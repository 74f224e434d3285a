"""What is asked first, why, and what chance alone draws."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from pipeline.correcting.queue import (
    DOUBLE_SHARE,
    FIRST_BY_CHANCE,
    RANDOM_SHARE,
    Facts,
    chance,
    link_items,
    name_items,
    passage_items,
    ranked,
)
from pipeline.correcting.worth import Known, disputed_groups, doubt
from pipeline.corrections import QueueItem
from pipeline.followed import Thread, ThreadEvent
from pipeline.records import ActionFields, Passage, Span

DAYS = {f"p{number}": date(2026, 1, 1) for number in range(500)}


def passage(number, label="lesson", confidence=0.6, post=None, **fields):
    quote = fields.pop("quote", f"ข้อความที่ {number} เล่าเรื่องท่อน้ำ")
    known = {"second": ("issue" if label != "issue" else "lesson", round(1 - confidence, 4)), "model": "m1"}
    return Passage(
        post or f"p{number}", f"{number}.txt", Span(number * 10, number * 10 + len(quote)), quote, label, confidence, **{**known, **fields}
    )


def items(*passages, known=Known(), **facts):  # noqa: B008 - frozen
    return passage_items(passages, Facts(DAYS, **facts), known)


def test_doubt_is_one_less_the_margin():
    assert [doubt(passage(1, confidence=c)) for c in (0.5, 0.75, 1.0)] == [1.0, 0.5, 0.0]
    assert doubt(replace(passage(1, confidence=0.75), second=None)) == 0.5


@pytest.mark.parametrize(
    ("known", "fields", "reason"),
    [
        (Known(), {}, "uncertain"),
        (Known(), {"confidence": 0.99}, "novel"),
        (Known(disputed_groups={"g"}, suspected={"x"}), {"group": "g"}, "disputed"),
    ],
)
def test_the_reason_is_told(known, fields, reason):
    [item] = items(passage(1, **fields), known=known)
    assert item.reason == reason


def test_a_suspected_error_and_what_is_about_to_be_sent_are_raised():
    one, sure = passage(1, confidence=0.99), passage(2, confidence=0.99)
    for known, reason in ((Known(suspected={one.id}), "suspected"), (Known(due={one.id}), "due")):
        raised, plain = items(one, sure, known=known)
        assert (raised.reason, raised.value > plain.value) == (reason, True)


def test_an_unsure_action_is_worth_more_than_a_lesson_and_the_known_nothing():
    action, lesson = items(passage(1, "action"), passage(2))
    assert action.value == 2 * lesson.value
    [known] = items(passage(3), decided_quotes=[passage(3).quote])
    assert known.value == 0


def test_groups_that_were_decided_in_two_ways_are_disputed():
    assert disputed_groups([("a", "issue"), ("a", "lesson"), ("b", "issue"), (None, "issue")], {"b": "issue"}) == {"a"}
    assert disputed_groups([("b", "issue")], {"b": "lesson"}) == {"b"}


MANY = [passage(number, confidence=0.5 + (number % 50) / 100, post=f"p{number // 4}") for number in range(1000)]


@pytest.mark.parametrize("order", ["value", "random"])
def test_one_in_five_is_drawn_by_chance_alone_at_any_time(order):
    asked = ranked(items(*MANY), FIRST_BY_CHANCE, order)
    drawn = [item.item for item in asked if item.reason == "random"]
    assert abs(len(drawn) - RANDOM_SHARE * len(MANY)) < 40
    assert drawn == sorted(drawn, key=lambda item: chance(item, "random"))
    for stretch in (asked[:100], asked[300:400], asked[600:700]):
        assert 15 <= sum(item.reason == "random" for item in stretch) <= 25
    assert sorted(item.item for item in asked) == sorted(one.id for one in MANY)


def test_the_draw_is_the_same_whatever_the_value():
    sure = [replace(one, confidence=0.9, second=("issue", 0.1)) for one in MANY]
    draws = [{item.item for item in ranked(items(*some), FIRST_BY_CHANCE) if item.reason == "random"} for some in (MANY, sure, MANY[::-1])]
    assert draws[0] == draws[1] == draws[2]


def test_posts_come_by_their_most_valuable_passage_and_stay_together():
    asked = [item for item in ranked(items(*MANY), FIRST_BY_CHANCE) if item.reason != "random"]
    posts = list(dict.fromkeys(item.post for item in asked))
    best = {post: max(item.value for item in asked if item.post == post) for post in posts}
    assert [best[post] for post in posts] == sorted(best.values(), reverse=True)
    assert sum(one.post != other.post for one, other in pairwise(asked)) == len(posts) - 1


def test_at_first_every_post_is_asked_once_before_any_is_asked_twice():
    asked = [item for item in ranked(items(*MANY), FIRST_BY_CHANCE - 1) if item.reason != "random"]
    first = asked[: len({(item.post, item.label) for item in asked})]
    assert len({(item.post, item.label) for item in first}) == len(first)


def test_what_is_suspected_comes_first_when_chance_decides_the_rest():
    suspected = {one.id for one in MANY[:300:7]}
    asked = [item for item in ranked(items(*MANY, known=Known(suspected=suspected)), FIRST_BY_CHANCE, "random") if item.reason != "random"]
    raised = [item.reason == "suspected" for item in asked]
    assert raised == sorted(raised, reverse=True)
    assert sum(raised) > 20
    rest = asked[sum(raised) :]
    assert len({item.post for item in rest[:100]}) > 80  # different posts, whatever their value


def test_some_are_read_by_two_and_of_these_some_without_the_suggestion():
    asked = items(*MANY)
    double = [item for item in asked if item.double]
    assert abs(len(double) - DOUBLE_SHARE * len(MANY)) < 40
    assert 0.3 < sum(not item.shown for item in double) / len(double) < 0.7
    assert all(item.shown for item in asked if not item.double)


def test_links_and_names_wait_too():
    opener, news = passage(1, "action", action=ActionFields()), passage(2)
    thread = Thread("c1", "action", opener.quote, "candidate", (ThreadEvent(opener, "opens"), ThreadEvent(news, "done")))
    [link] = link_items([thread, replace(thread, id="t1", state="open")])
    told = {"opener": opener.id, "news": news.id, "kind": "action", "relation": "done"}
    whole = QueueItem("c1", "thread", news.post, "uncertain", 1.0, start=news.span.start, phase=news.phase, details=told)
    assert (link.whole(), whole.whole()) == (whole, whole)
    assert all(
        getattr(link, name) == getattr(whole, name) for name in ("item", "kind", "post", "reason", "value", "start", "label")
    )  # it is ranked alike
    [name] = name_items([("ครูแดง", "อ.แดง")], {"ครูแดง": "p1"})
    assert (name.kind, name.post, name.details) == ("name", "p1", {"names": ["ครูแดง", "อ.แดง"]})
    assert {item.kind for item in ranked([link, name, *items(passage(3))], 0)} == {"thread", "name", "passage"}
