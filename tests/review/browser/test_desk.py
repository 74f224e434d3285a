"""The desk in a browser: one key a decision, the next item at once."""

import pytest


def labels_of(store, passage):
    return [one.after for one in store.corrections.of_item(passage.id) if one.field == "label"]


def wait_saved(page, count):
    page.wait_for_function("n => document.querySelector('#today b').textContent.includes(n)", arg=str(count))


def test_space_accepts_and_the_next_item_is_there(entered, store, passages, picture):
    page = entered()
    assert page.get_attribute("#desk > article", "data-item") == passages[0].id
    page.keyboard.press("Space")
    assert page.get_attribute("#desk > article", "data-item") == passages[1].id
    wait_saved(page, 1)
    assert [(one.after, one.basis) for one in store.corrections.of_item(passages[0].id)] == [("lesson", "accepted")]
