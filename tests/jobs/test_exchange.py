"""What people mark in another tool becomes corrections, once, and the same file changes nothing."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from pipeline.corrections import Correction, anchor_of
from pipeline.desk import Desk
from pipeline.exchange import FORMATS
from pipeline.jobs.exchange import export, import_from
from pipeline.records import ActionFields, Actor, Passage, Post, Span
from pipeline.store.store import Store

NOW = datetime(2026, 1, 5, 3, tzinfo=UTC)
BY = ("somchai", NOW)
PARTS = ("ต้องเปิดน้ำก่อนเช้า", "ยังขาดกุญแจประตูน้ำ", "ลุงชมจะไขประตูวันพุธ")
POST = Post("1", "1.txt", "/inbox/1.txt", " ".join(("😀", *PARTS, "IP: 203.0.113.9")), title="ประตูน้ำ")


def passage(words, label, **fields):
    start = POST.text.index(words)
    return Passage("1", "1.txt", Span(start, start + len(words)), words, label, 0.8, **{"phase": "pilot", **fields})


@pytest.fixture
def store(tmp_path):
    with Store.open(f"sqlite:///{tmp_path}/lessons.db") as opened:
        fill(opened)
        yield opened


def fill(store):
    store.put_posts([POST])
    action = ActionFields((Actor("ลุงชม"),), "ไขประตู", state="planned")
    said = [passage(PARTS[0], "lesson"), passage(PARTS[1], "lesson"), passage(PARTS[2], "action", action=action, phase="wide")]
    store.put_analysis("m1", "k1", [(POST, said)])


def told(store):
    return {one.quote: (one.label, one.phase, one.voice, one.speaker, one.action and replace(one.action, what=None)) for one in store.passages()}


def seen(store):
    return {passage.quote: passage.label for passage in store.passages()}


@pytest.mark.parametrize("kind", FORMATS)
def test_what_nobody_changed_changes_nothing(store, kind):
    came = import_from(store, kind, export(store, kind), "file", BY)
    assert (came.decisions, came.rejects, list(store.corrections.every())) == (0, [], [])


@pytest.mark.parametrize("kind", FORMATS)
def test_no_address_goes_out(store, kind):
    assert b"203.0.113.9" not in export(store, kind)


def changed(store):
    [row] = [json.loads(line) for line in export(store, "doccano").splitlines()]
    (first, second, third) = row["label"]
    row["label"] = [[*second[:2], "issue"], [third[0], third[1] - len("วันพุธ"), "action"]]
    return json.dumps(row).encode(), first


def test_labels_edges_and_what_is_gone_come_back_as_corrections_once(store):
    data, _ = changed(store)
    came = import_from(store, "doccano", data, "a.jsonl", BY)
    assert (came.decisions, came.known, came.rejects) == (3, 0, [])
    assert seen(store) == {PARTS[1]: "issue", "ลุงชมจะไขประตู": "action"}
    assert {one.reviewer for one in store.corrections.every()} == {"somchai"}
    again = import_from(store, "doccano", data, "a.jsonl", BY)
    assert again.decisions == 0
    assert seen(store) == {PARTS[1]: "issue", "ลุงชมจะไขประตู": "action"}


def test_fields_come_back(store):
    data = export(store, "csv").decode("utf-8-sig").replace("planned", "done").encode()
    import_from(store, "csv", data, "a.csv", BY)
    [action] = [one.action for one in store.passages() if one.action]
    assert (action.state, action.who) == ("done", (Actor("ลุงชม"),))


@pytest.mark.parametrize("kind", FORMATS)
def test_every_field_that_a_reviewer_set_comes_back_into_a_database_that_has_none(store, tmp_path, kind):
    lesson, issue, action = store.passages()
    day = {"text": "วันพุธ", "first_day": "2026-01-07", "last_day": "2026-01-07", "time": None, "repeats": None, "basis": "reviewer"}
    who = [{"text": "ป้าแก้ว", "name": "ป้าแก้ว", "role": None}]
    for passage, fields in (
        (lesson, {"label": "lesson", "phase": "wide", "voice": "quoted", "speaker": "ลุงชม"}),
        (issue, {"label": "issue", "phase": None}),
        (action, {"label": "action", "who": who, "when": [day], "where": "ท้ายซอย", "state": "done"}),
    ):
        anchor = anchor_of(POST.text, passage.span)
        made = [
            Correction(passage.id, field, "suda", NOW, f"{passage.id}/{number}", "1", anchor, after=value)
            for number, (field, value) in enumerate(fields.items())
        ]
        Desk(store).decide(made)
    with Store.open(f"sqlite:///{tmp_path}/other.db") as other:
        fill(other)
        came = import_from(other, kind, export(store, kind), "file", BY)
        assert (came.rejects, told(other)) == ([], told(store))
        assert told(other)[PARTS[0]] == ("lesson", "wide", "quoted", "ลุงชม", None)


def test_edges_moved_in_another_tool_leave_the_fields_as_they_are(store):
    data, _ = changed(store)
    import_from(store, "doccano", data, "a.jsonl", BY)
    [action] = [one.action for one in store.passages() if one.action]
    assert (action.state, action.who) == ("planned", (Actor("ลุงชม"),))


def test_a_phase_that_no_passage_has_is_set_aside(store):
    data = export(store, "csv").decode("utf-8-sig").replace("pilot", "pilto", 1).encode()
    came = import_from(store, "csv", data, "a.csv", BY)
    assert ["'pilto'" in one.en for one in came.rejects] == [True]


def test_a_passage_that_a_later_model_found_is_not_taken_away_by_an_older_file(store):
    data = export(store, "prodigy")
    later = [*store.passages_of(["1"])["1"], passage("😀", "lesson")]
    store.put_analysis("m2", "k1", [(POST, later)])
    import_from(store, "prodigy", data, "a.jsonl", BY)
    assert "😀" in seen(store)


def test_a_file_finds_its_words_in_a_post_that_has_changed_since(store):
    data, _ = changed(store)
    longer = Post("1", "1.txt", "/inbox/1.txt", f"เพิ่มหัวเรื่องใหม่\n\n{POST.text}", title="ประตูน้ำ")
    store.put_posts([longer])
    came = import_from(store, "doccano", data, "a.jsonl", BY)
    assert (came.rejects, seen(store)) == ([], {PARTS[1]: "issue", "ลุงชมจะไขประตู": "action"})


def test_marks_without_their_post_or_their_words_are_set_aside(store):
    rows = b"post,start,end,label,quote\n9,0,2,issue,ab\n1,0,4,issue,\xe0\xb8\x81\xe0\xb8\x81\xe0\xb8\x81\xe0\xb8\x81\n"
    came = import_from(store, "csv", rows, "a.csv", BY)
    assert [("no post" in one.en, "are not in the post" in one.en) for one in came.rejects] == [(True, False), (False, True)]
    assert came.decisions == 0
