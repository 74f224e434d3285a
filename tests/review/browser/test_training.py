"""The desk of a new reviewer, who decides ten sentences of the training first."""

from dataclasses import replace

import pytest


@pytest.fixture(name="site")
def _site(site):
    return replace(site, settings=replace(site.settings, review=replace(site.settings.review, training=True)))


def test_sentences_of_the_training_are_answered_with_a_reason_and_are_not_among_those_that_are_left(entered):
    page = entered()
    left = page.inner_text("#left")
    for _ in range(2):
        before = page.get_attribute("#desk > article", "data-item")
        page.keyboard.press("1")
        page.wait_for_function("before => document.querySelector('#desk > article').dataset.item !== before", arg=before)
        page.wait_for_selector("#said .right, #said .wrong")
    assert page.inner_text("#left") == left
    page.keyboard.press("u")
    page.wait_for_function("before => document.querySelector('#desk > article').dataset.item === before", arg=before)
    assert page.inner_text("#left") == left
