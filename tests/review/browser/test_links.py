"""The desk asks of two passages whether they are of one matter, and where a yes would do more than that, whether nothing changes."""

import pytest

from pipeline.corrections import QueueItem

ITEM = "b" * 16
NOTHING_CHANGES = '[data-verdict="related"]'


@pytest.fixture
def ask(store, passages):
    """Return a function that puts one link into the queue, of news that stand so to the matter."""

    def put(relation):
        details = {"opener": passages[2].id, "news": passages[3].id, "kind": "action", "relation": relation}
        store.queue.refill([QueueItem(ITEM, "thread", "1", "uncertain", 1.0, details=details)])

    return put


def test_where_a_yes_ends_the_matter_the_fourth_key_says_that_it_is_not_over(entered, store, ask):
    ask("done")
    page = entered()
    assert page.inner_text(NOTHING_CHANGES).split("\n")[-1].strip().endswith("เรื่องเดียวกัน แต่ยังไม่จบ")
    page.keyboard.press("4")
    page.wait_for_function("() => document.querySelector('#today b').textContent.trim().endsWith(' 1')")
    assert [(one.field, one.after) for one in store.corrections.of_item(ITEM)] == [("thread", "related")]


def test_where_a_yes_adds_news_alone_there_is_no_fourth_answer(entered, store, ask):
    ask("progress")
    page = entered()
    assert page.is_hidden(NOTHING_CHANGES)
    page.keyboard.press("4")
    page.keyboard.press("1")
    page.wait_for_function("() => document.querySelector('#today b').textContent.trim().endsWith(' 1')")
    assert [one.after for one in store.corrections.of_item(ITEM)] == ["confirm"]
