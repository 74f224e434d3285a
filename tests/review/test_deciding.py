"""What a press on the page keeps, and what it shows next."""

import re
from dataclasses import replace

import pytest

from pipeline.desk.filling import fill_queue
from pipeline.records import Passage, Span
from tests.review.conftest import TEXT, Browser, kept, quotes, shown, span_of


def test_accepting_is_told_apart_from_confirming_in_another_way(browser, store, passages, decision):
    browser.send("/decide", decision())
    browser.send("/decide", decision(passages[1], label="lesson"))
    assert kept(store, passages[0]) == [("label", "lesson", "lesson", "accepted")]
    assert kept(store, passages[1]) == [("label", "issue", "lesson", "single")]


def test_a_decision_keeps_who_when_how_long_and_by_which_guideline(browser, store, passages, decision, clock):
    browser.send("/decide", decision(milliseconds=2345, note="ถามครูแดงแล้ว"))
    [one] = store.corrections.of_item(passages[0].id)
    assert (one.reviewer, one.milliseconds, one.note, one.model, one.queued) == ("somsri", 2345, "ถามครูแดงแล้ว", "m1", "uncertain")
    assert one.at.timestamp() == clock.now
    assert len(one.guideline) == 16
    assert one.anchor.exact == passages[0].quote


def test_other_removes_a_passage_and_undo_brings_it_back(browser, store, post, passages, decision):
    browser.send("/decide", decision(label="other"))
    assert passages[0].quote not in quotes(store, post)
    back = browser.send("/undo", {"key": "undo-0000000000000"})
    assert shown(back)["item"] == passages[0].id
    assert quotes(store, post)[passages[0].quote] == "lesson"


def test_undo_has_no_end_and_then_says_so(browser, decision, passages):
    for passage in passages:
        assert browser.send("/decide", decision(passage)).status_code == 200
    undone = [shown(browser.send("/undo", {"key": f"undo-000000000000{n}"}))["item"] for n in range(4)]
    assert undone == [passage.id for passage in reversed(passages)]
    assert browser.send("/undo", {"key": "undo-0000000000009"}).status_code == 204


def test_edges_move_with_the_label(browser, store, post, decision):
    words = "ต้องถามคนในบ้านก่อน"
    browser.send("/decide", decision(parts=[span_of(words)]))
    assert quotes(store, post)[words] == "lesson"


def test_an_edge_inside_a_sign_is_refused_with_a_sentence(browser, store, passages, decision):
    start = TEXT.index("ต้อง")
    answer = browser.send("/decide", decision(parts=[{"start": start + 1, "end": start + 12}]))
    assert answer.status_code == 422
    assert "สระหรือวรรณยุกต์" in answer.json()["reason"]
    assert kept(store, passages[0]) == []


def test_a_split_gives_each_part_its_label(browser, store, post, decision):
    first, second = "ต้องถามคนในบ้านก่อน", "แล้วค่อยวางแผน"
    parts = [{**span_of(first), "label": "lesson"}, {**span_of(second), "label": "action"}]
    assert browser.send("/decide", decision(verb="split", parts=parts)).status_code == 200
    assert {first: "lesson", second: "action"}.items() <= quotes(store, post).items()


def test_merging_puts_one_passage_around_both(browser, store, post, passages, decision):
    whole = {"start": passages[0].span.start, "end": passages[1].span.end}
    assert browser.send("/decide", decision(verb="merge", parts=[whole])).status_code == 200
    found = quotes(store, post)
    assert TEXT[whole["start"] : whole["end"]] in found
    assert passages[1].quote not in found


def test_a_missed_passage_is_added_and_the_one_that_is_asked_still_waits(browser, store, post, passages, decision):
    words = "เช้านี้ฝนตกหนัก คนมาน้อย"
    assert browser.send("/decide", decision(verb="add", label="issue", parts=[span_of(words)])).status_code == 200
    assert quotes(store, post)[words] == "issue"
    assert kept(store, passages[0]) == []


def test_places_count_code_points_beyond_an_emoji(browser, store, post, decision):
    words = "แล้วพบกันใหม่"
    browser.send("/decide", decision(verb="add", label="action", parts=[span_of(words)]))
    assert quotes(store, post)[words] == "action"


def test_fields_are_kept_as_they_were_set(browser, store, post, passages, decision):
    fields = {"who": ["ป้าแดง"], "when": ["6 มี.ค."], "where": "ศาลาวัด", "state": "planned"}
    assert browser.send("/decide", decision(passages[2], label="action", fields=fields)).status_code == 200
    [action] = [passage.action for passage in store.passages_of([post.id])[post.id] if passage.quote == passages[2].quote]
    assert ([who.text for who in action.who], action.where, action.state) == (["ป้าแดง"], "ศาลาวัด", "planned")
    assert [str(when.first_day) for when in action.when] == ["2009-03-06"]
    assert {one.field for one in store.corrections.of_item(passages[2].id)} == {"label", "who", "when", "where", "state"}


def test_fields_that_were_left_as_they_are_make_no_correction(browser, store, passages, decision):
    empty = {"who": [], "when": [], "where": None, "state": None}
    browser.send("/decide", decision(passages[2], label="action", fields=empty))
    assert kept(store, passages[2]) == [("label", "action", "action", "accepted")]


def test_what_else_the_machine_read_is_put_right_with_the_label_and_taken_back_with_it(browser, store, post, passages, decision):
    sent = decision(passages[0], label="lesson", told={"phase": None, "whole": True, "voice": "quoted", "speaker": " ลุงชื่น "})
    assert browser.send("/decide", sent).status_code == 200
    first, *others = store.passages_of([post.id])[post.id]
    assert (first.voice, first.speaker) == ("quoted", "ลุงชื่น")
    assert {one.phase_by for one in (first, *others)} == {"reviewer"}
    assert 'value="ลุงชื่น"' in browser.get(f"/item/{passages[0].id}", **{"HX-Request": "true"}).text
    assert [one.field for one in store.corrections.of_item(passages[0].id)] == ["label", "post-phase", "voice", "speaker"]
    browser.send("/undo", {"key": "taken-back-0000001"})
    assert store.passages_of([post.id])[post.id] == passages


def test_a_phase_that_there_is_not_is_refused_with_a_sentence(browser, passages, decision):
    answer = browser.send("/decide", decision(passages[0], label="lesson", told={"phase": "no-such"}))
    assert (answer.status_code, "lessons.toml" in answer.json()["reason"]) == (422, True)


def test_fields_are_suggested_from_the_words_in_both_calendars(browser, passages):
    page = browser.get(f"/item/{passages[2].id}", **{"HX-Request": "true"}).text
    assert "6 มี.ค. 2552 (2009-03-06)" in page
    assert 'value="ป้าแดง"' in page
    assert browser.get("/when?when_more=16 มี.ค. 2552").text.strip() == "= 16 มี.ค. 2552 (2009-03-16)"


def test_what_is_sent_twice_is_kept_once(browser, store, passages, decision):
    one = decision()
    assert [browser.send("/decide", one).status_code for _ in range(3)] == [200, 200, 200]
    assert len(store.corrections.of_item(passages[0].id)) == 1


def test_who_comes_second_is_told_who_was_first_and_nothing_is_overwritten(browser, another, store, passages, decision):
    browser.send("/decide", decision())
    late = another("somchai").send("/decide", decision(label="issue"))
    assert late.status_code == 409
    assert late.json() == {"status": "already", "said": "คุณsomsri ตัดสินข้อนี้ไปแล้ว คำตอบของท่านข้อนี้จึงไม่ถูกบันทึก", "item": passages[0].id}
    assert "อีกหน้าต่างหนึ่ง" in browser.send("/decide", decision(label="issue")).json()["said"]
    assert [one.after for one in store.corrections.of_item(passages[0].id)] == ["lesson"]


def test_two_reviewers_do_not_have_the_same_post_before_them(browser, another, store, post, passages):
    first = shown(browser.get("/"))["item"]
    assert first == passages[0].id
    assert shown(browser.get(f"/next?passing={first}"))["item"] == passages[1].id


def test_what_is_done_and_skipped_does_not_come_again(browser, decision, passages):
    browser.send("/decide", decision())
    rest = ",".join(passage.id for passage in passages[1:3])
    assert shown(browser.get(f"/next?passing={rest}"))["item"] == passages[3].id
    assert browser.get(f"/next?passing={rest},{passages[3].id}").status_code == 204


def test_what_is_decided_while_the_next_item_is_looked_for_does_not_come(browser, store, passages, decision, monkeypatch):
    look = store.queue.next

    def overtaken(*asked, **options):
        found = look(*asked, **options)
        monkeypatch.setattr(store.queue, "next", look)
        assert browser.send("/decide", decision()).status_code == 200  # in another window
        return found

    monkeypatch.setattr(store.queue, "next", overtaken)
    assert shown(browser.get("/next"))["item"] == passages[1].id


def test_filters_choose(browser, passages):
    assert shown(browser.get("/?label=action"))["item"] == passages[2].id
    nothing = browser.get("/?kind=thread").text
    assert "<h1>ไม่มีข้อรอตรวจตามตัวกรองนี้</h1>" in nothing
    assert "ตรวจครบแล้ว" not in nothing  # other items wait
    assert "เหลือ 1 ข้อ" in browser.get("/?label=action").text


def test_reviewers_see_what_became_of_their_work(site):
    told = {"th": ["สอนแบบจำลองใหม่แล้ว", "ยังไม่ใช้ เพราะ <b>อาจบังเอิญ"], "en": []}
    browser = Browser(replace(site, effect=told.__getitem__))
    browser.enter()
    page = browser.get("/progress").text
    assert "แบบจำลองเรียนอะไรจากงานของทีม" in page
    assert "ยังไม่ใช้ เพราะ &lt;b&gt;อาจบังเอิญ" in page
    assert "แบบจำลองเรียนอะไร" not in Browser(site).get("/progress").text


def test_what_the_machine_nearly_found_is_shown_where_it_stands_and_becomes_a_passage(browser, store, post, decision):
    words = "เช้านี้ฝนตกหนัก คนมาน้อย"
    span = Span(post.text.index(words), post.text.index(words) + len(words))
    nearly = Passage(post.id, post.source, span, words, "other", 0.55, second=("issue", 0.4), model="m1")
    store.near.put({post.id: [nearly]}, {post.id: post.content_hash})
    fill_queue(store)
    page = browser.get(f"/item/{nearly.id}", **{"HX-Request": "true"})
    assert (shown(page)["suggested"], shown(page)["start"], shown(page)["end"]) == ("other", str(span.start), str(span.end))
    assert browser.send("/decide", decision(nearly, label="issue", mark=shown(page)["mark"])).status_code == 200
    assert quotes(store, post)[words] == "issue"
    browser.send("/undo", {"key": "taken-back-0000002"})
    assert words not in quotes(store, post)


@pytest.mark.parametrize("of", [True, False])
def test_a_taking_back_that_is_sent_again_does_not_let_what_was_decided_since_be_overwritten(browser, passages, decision, of):
    first = decision(label="issue")
    assert browser.send("/decide", first).status_code == 200
    undo = {"key": "undo-000000000000001", **({"of": first["key"]} if of else {})}
    answers = [browser.send("/undo", undo)]
    assert browser.send("/decide", decision(label="lesson", version=2)).status_code == 200  # by another window
    answers.append(browser.send("/undo", undo))
    versions = {int(re.search(r'version"?[=:]\s?"?(\d+)', answer.text)[1]) for answer in answers}
    assert versions == {2}
    assert browser.send("/decide", decision(label="other", version=2)).status_code == 409
