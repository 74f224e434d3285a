"""What a person says of links, of names and of decisions that moved with their post."""

from dataclasses import replace

import pytest

from pipeline.corrections import QueueItem, name_pair
from pipeline.desk.filling import fill_queue
from pipeline.records import ActionFields, Span
from pipeline.review.verdicts import compared
from pipeline.review.words import words
from tests.review.conftest import TEXT, quotes, shown


def test_a_link_is_confirmed_by_a_named_person(browser, store, passages, decision):
    store.queue.refill([link_of(passages, "progress")])
    page = browser.get("/")
    assert passages[2].quote in page.text
    assert passages[3].quote in page.text
    sent = {**decision(verb="verdict", verdict="confirm"), "item": "a" * 16}
    assert browser.send("/decide", sent).status_code == 200
    [one] = store.corrections.of_item("a" * 16)
    assert (one.field, one.after, one.before, one.reviewer) == ("thread", "confirm", "1", "somsri")
    assert (one.anchor.exact, one.further[0].exact) == (passages[2].quote, passages[3].quote)


@pytest.mark.parametrize(
    ("relation", "told"),
    [
        ("done", "thread_ends"),
        ("answers", "thread_ends"),
        ("refers", "thread_refers"),
        ("moved", "thread_moves"),
        ("progress", None),
        ("mentions", None),
    ],
)
def test_what_a_yes_makes_of_a_matter_is_told_before_it_is_pressed(browser, store, passages, relation, told):
    store.queue.refill([link_of(passages, relation)])
    page = browser.get("/").text
    makes = {"thread_ends", "thread_refers", "thread_moves"}
    assert {name for name in makes if words()["th"][name] in page} == ({told} if told else set())
    assert {name for name in makes if words()["th"][f"{name}_not"] in page} == ({told} if told else set())  # and what to say where it makes nothing


def link_of(passages, relation):
    details = {"opener": passages[2].id, "news": passages[3].id, "kind": "action", "relation": relation}
    return QueueItem("a" * 16, "thread", "1", "uncertain", 1.0, details=details)


def test_news_may_be_of_a_matter_and_change_nothing(browser, store, passages, decision):
    store.queue.refill([link_of(passages, "done")])
    assert browser.send("/decide", {**decision(verb="verdict", verdict="related"), "item": "a" * 16}).status_code == 200
    [one] = store.corrections.of_item("a" * 16)
    assert (one.field, one.after) == ("thread", "related")


def test_two_names_cannot_be_said_to_change_nothing(browser, store, post, passages, decision):
    told = [replace(passages[0], voice="quoted", speaker="ครูแดง"), replace(passages[1], voice="quoted", speaker="อ.แดง")]
    store.put_analysis("m1", "k1", [(post, told)])
    fill_queue(store)
    item = name_pair("ครูแดง", "อ.แดง")
    refused = browser.send("/decide", {**decision(verb="verdict", verdict="related"), "item": item})
    assert (refused.status_code, "ใช้ได้กับเรื่องสืบเนื่องเท่านั้น" in refused.json()["reason"]) == (422, True)
    assert store.corrections.of_item(item) == []


@pytest.mark.parametrize(("state", "told"), [("cancelled", "thread_ends"), ("planned", None)])
def test_news_that_call_a_matter_off_end_it(store, post, passages, state, told):
    news = replace(passages[2], span=Span(passages[2].span.start + 1, passages[2].span.end), action=ActionFields((), None, (), None, state))
    store.put_analysis("m1", "k2", [(post, [*passages, news])])
    details = {"opener": passages[2].id, "news": news.id, "kind": "action", "relation": "problem"}
    assert compared(store, QueueItem("a" * 16, "thread", "1", "uncertain", 1.0, details=details)).makes == told


def test_two_names_are_told_as_one(browser, store, post, passages, decision):
    from dataclasses import replace

    told = [replace(passages[0], voice="quoted", speaker="ครูแดง"), replace(passages[1], voice="quoted", speaker="อ.แดง")]
    store.put_analysis("m1", "k1", [(post, told)])
    fill_queue(store)
    page = browser.get("/?kind=name").text
    assert "ครูแดง" in page
    assert "อ.แดง" in page
    item = name_pair("ครูแดง", "อ.แดง")
    assert browser.send("/decide", {**decision(verb="verdict", verdict="confirm"), "item": item}).status_code == 200
    [one] = store.corrections.of_item(item)
    assert (one.field, set(one.before), one.after) == ("same-name", {"ครูแดง", "อ.แดง"}, "confirm")


@pytest.fixture
def moved(browser, store, post, passages, decision):
    """Change the words of a decided passage so far that a person must say whether it is the same; return its new words."""
    from dataclasses import replace

    assert browser.send("/decide", decision(label="issue")).status_code == 200
    now = "ต้องถามคนในบ้านก่อนแล้วค่อยวางแผนงานปีหน้า"
    text = TEXT.replace(passages[0].quote, now)
    body = (Span(0, text.index("เห็นด้วย")),)
    changed = replace(post, text=text, body=body, comments=(replace(post.comments[0], span=Span(body[0].end, len(text))),))
    store.put_posts([changed])
    store.put_analysis("m1", "k1", [(changed, [])])
    fill_queue(store)
    return now


@pytest.mark.parametrize(("verdict", "label"), [("confirm", "issue"), ("reject", None)])
def test_a_decision_that_moved_is_confirmed_or_taken_back(browser, store, post, moved, decision, verdict, label):
    page = browser.get("/?kind=moved")
    if "<article" not in page.text:
        pytest.skip("the words are found again silently")
    about = shown(page)
    assert browser.send("/decide", {**decision(verb="verdict", verdict="related"), "item": about["item"]}).status_code == 422  # links alone have it
    assert browser.send("/decide", {**decision(verb="verdict", verdict=verdict), "item": about["item"]}).status_code == 200
    found = {quote: label for quote, label in quotes(store, post).items() if quote.startswith("ต้องถาม")}
    assert list(found.values()) == ([label] if label else [])
