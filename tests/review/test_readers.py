"""Two who read the same without seeing each other, whoever begins, and the sentences by which readers are tried."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from pipeline.correcting.edges import word_borders
from pipeline.correcting.trials import EVERY
from pipeline.corrections import Correction, anchor_of
from pipeline.desk import Desk
from pipeline.desk.trying import disputes
from tests.review.conftest import TEXT, Browser, queued, quotes, shown

NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)


@pytest.fixture
def double(store, passages):
    """Let two read the first passage without seeing each other; the second without the suggestion."""
    store.queue.refill([queued(passages[0], double=True, shown=False)])
    return passages[0]


def test_the_second_reader_sees_neither_the_first_answer_nor_the_suggestion(browser, another, store, double, decision):
    browser.send("/decide", decision(double, label="issue"))
    page = another("somchai").get("/")
    about = shown(page)
    assert (about["item"], about["version"]) == (double.id, "0")
    assert "suggested" not in about
    assert "เครื่องเสนอ" not in page.text
    assert not re.search(r'class="(?:for|against)', page.text)
    assert (about["start"], about["end"]) == (str(double.span.start), str(double.span.end))


def test_two_answers_stand_side_by_side_until_an_adjudicator_decides(browser, another, store, double, decision, post):
    browser.send("/decide", decision(double, label="issue"))
    assert another("somchai").send("/decide", decision(double, label="lesson", note="บอกวิธีทำ")).status_code == 200
    assert len(disputes(store)) == 1
    judge = another("wipa")
    page = judge.get("/adjudicate").text
    assert "คุณsomsri ตอบ ประเด็นปัญหา" in page
    assert "คุณsomchai ตอบ บทเรียน" in page
    assert "บอกวิธีทำ" in page
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    form = {"item": double.id, "label": "action", "version": version, "key": "judge-00000000000"}
    assert judge.post("/adjudicate", form).status_code == 303
    assert disputes(store) == []
    assert quotes(store, post)[double.quote] == "action"
    assert judge.post("/adjudicate", form | {"key": "judge-00000000001"}).status_code == 404


def test_a_second_reader_who_undoes_leaves_the_first_answer(browser, another, store, double, decision):
    browser.send("/decide", decision(double, label="issue"))
    second = another("somchai")
    second.send("/decide", decision(double, label="lesson"))
    assert second.send("/undo", {"key": "undo-0000000000000"}).status_code == 200
    assert disputes(store) == []
    assert [one.after for one in store.corrections.by("somsri")] == ["issue"]


@pytest.fixture
def trainee(site, store, tmp_path):

    made = Browser(replace(site, settings=replace(site.settings, review=replace(site.settings.review, training=True))))
    made.enter()
    return made


def test_a_new_reviewer_first_decides_ten_sentences_with_their_answers(trainee, store, passages):
    seen = []
    for number in range(10):
        about = shown(trainee.get("/"))
        seen.append(about["item"])
        sent = {
            "key": f"train-{number:012d}",
            "item": about["item"],
            "mark": about["mark"],
            "version": int(about["version"]),
            "verb": "label",
            "label": "lesson",
        }
        told = trainee.send("/decide", sent).json()["feedback"]
        assert told["said"].startswith("ข้อที่แล้วตรงกับคำเฉลย" if told["right"] else "คำเฉลยของข้อที่แล้วคือ")
    assert len(set(seen)) == 10
    assert shown(trainee.get("/"))["item"] == passages[0].id
    assert store.passage(passages[0].id).origin == "model"


def test_training_shows_nothing_of_a_machine_and_changes_no_passage(trainee, store):
    page = trainee.get("/").text
    assert "เครื่องเสนอ" not in page
    assert 'data-do="split"' not in page
    assert [one.counts for one in store.corrections.every()] == []


def test_one_in_twenty_is_a_hidden_trial_that_looks_like_any_other(browser, another, store, post, passages, decision):
    store.queue.refill([queued(passages[0], double=True), *(queued(one, rank=rank) for rank, one in enumerate(passages[1:], 1))])
    for name in ("somchai", "wipa"):
        another(name).send("/decide", decision(passages[0], label="lesson"))
    borders = word_borders(TEXT)
    words = [(start, end) for start, end in pairwise(borders) if TEXT[start:end].strip()]
    for start, end in words[-EVERY + 1 :]:
        sent = decision(verb="add", label="other", parts=[{"start": start, "end": end}])
        assert browser.send("/decide", sent).status_code == 200
    page = browser.get("/next")
    assert shown(page)["item"] == passages[0].id
    assert "gold" not in page.text
    about = shown(page)
    sent = decision(passages[0], label="issue", version=int(about["version"]), mark=about["mark"])
    assert browser.send("/decide", sent).status_code == 200
    assert store.corrections.by("somsri")[0].queued == "gold"
    assert quotes(store, post)[passages[0].quote] == "lesson"


def test_what_was_a_hidden_trial_once_still_comes_for_a_second_reading(browser, store, post, double):
    tried = Correction(
        double.id, "label", "somsri", NOW, "gold/0", post.id, anchor_of(TEXT, double.span), after="issue", queued="gold", lane="somsri"
    )
    Desk(store).decide([tried])
    about = shown(browser.get("/next"))
    assert (about["item"], about["version"]) == (double.id, "1")
