"""What a reviewer decided is in the files of the next run, whatever becomes of model and text."""

import json
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest

import pipeline.jobs.run as runs
from pipeline.corrections import Correction, anchor_of
from pipeline.desk import Desk
from pipeline.jobs.teams.history import team_models
from pipeline.records import Span
from pipeline.store.store import Store
from tests.jobs.teams.home import put_model

NOW = datetime(2026, 1, 5, 3, tzinfo=UTC)


@contextmanager
def desk_of(order):
    with Store.open(order.database) as store:
        yield Desk(store)


def decide(order, words, after, field="label", item=None, **more):
    """Decide on a passage by its words, as the review app does."""
    with desk_of(order) as desk:
        post = next(post for post in desk.store.posts() if words in post.text)
        span = Span(post.text.index(words), post.text.index(words) + len(words))
        key = f"{field} {words} {after}/0"
        made = Correction(item or f"item {words}", field, "somchai", NOW, key, post.id, anchor_of(post.text, span), after=after, **more)
        desk.decide([made], desk.store.corrections.version(made.item))


@pytest.fixture
def order(team):
    team.write()
    order = team.order()
    team.run(order)
    return order


def rows(team, order):
    return {row["quote"]: row for row in team.rows(order.out / "passages.jsonl")}


def test_a_label_is_in_rows_and_digest_after_the_next_run(team, order):
    [issue] = [row for row in rows(team, order).values() if row["label"] == "issue"]
    decide(order, issue["quote"], "action")
    team.run(order)
    changed = rows(team, order)[issue["quote"]]
    assert (changed["id"], changed["label"], changed["origin"], changed["phase"]) == (issue["id"], "action", "reviewer", issue["phase"])
    assert issue["quote"] in (order.out / "all" / "digest.md").read_text(encoding="utf-8")
    decide(order, issue["quote"], "other")
    team.run(order)
    assert issue["quote"] not in rows(team, order)
    assert issue["quote"] not in (order.out / "all" / "digest.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("step", ["publish_phase", "publish_pages", "refill_queue"])
def test_what_is_decided_while_a_run_writes_is_shown_by_the_next_one(team, order, monkeypatch, step):
    team.write(more_txt="บันทึกอีกเรื่อง\n\nยังขาดคนจดบันทึกการประชุม")
    words, whole = "ตอนนี้ยังขาดคนพาคุย และยังไม่มีเงินค่ารถ", getattr(runs, step)

    def decided_before_its_end(*told):
        written = whole(*told)
        decide(order, words, "other")
        return written

    with monkeypatch.context() as patch:
        patch.setattr(runs, step, decided_before_its_end)
        team.run(order)
    team.run(order)
    assert words not in rows(team, order)
    assert words not in (order.out / "all" / "digest.md").read_text(encoding="utf-8")
    before = team.files(order.out)
    monkeypatch.setattr(runs, "publish_phase", lambda *_: pytest.fail("a run without news wrote"))
    team.run(order)
    assert team.files(order.out) == before


def test_a_run_after_a_correction_gives_the_same_bytes_twice(team, order):
    decide(order, "เล่าจากวงคุย", "lesson", "add")
    team.run(order)
    before = team.files(order.out)
    team.run(order)
    assert team.files(order.out) == before


def test_a_changed_post_keeps_its_corrections_and_true_quotes(team, order):
    decide(order, "เล่าจากวงคุย", "lesson", "add")
    decide(order, "ตอนนี้ยังขาดคนพาคุย และยังไม่มีเงินค่ารถ", "lesson")
    page = team.posts / "good.txt"
    text = page.read_text(encoding="utf-8").replace("คนพาคุย", "คนพาพูดคุย")
    page.write_text(f"ปรับปรุงใหม่เมื่อวานนี้\n\nคราวนี้ฝนตกทั้งวัน แต่ก็มากันครบ\n\n{text}", encoding="utf-8")
    team.run(order)
    told = rows(team, order)
    [post] = team.rows(order.out / "posts.jsonl")
    assert all(post["text"][row["start"] : row["end"]] == quote for quote, row in told.items())
    assert [told[words]["origin"] for words in ("เล่าจากวงคุย", "ตอนนี้ยังขาดคนพาพูดคุย และยังไม่มีเงินค่ารถ")] == ["reviewer", "reviewer"]


def test_phase_voice_and_speaker_go_into_rows_and_the_digest_of_the_other_phase(team):
    config = team.configure(("pilot", 'cues = ["วงคุย"]'), ("wide", 'cues = ["ขยายผล"]'))
    team.write()
    order = team.order(config=config)
    team.run(order)
    [issue] = [row for row in rows(team, order).values() if row["label"] == "issue"]
    for field, after in (("phase", "wide"), ("voice", "quoted"), ("speaker", "ลุงชื่น")):
        decide(order, issue["quote"], after, field)
    team.run(order)
    told = rows(team, order)[issue["quote"]]
    assert [told[name] for name in ("phase", "phase_by", "voice", "speaker", "origin")] == ["wide", "reviewer", "quoted", "ลุงชื่น", "reviewer"]
    assert issue["quote"] in (order.out / "wide" / "digest.md").read_text(encoding="utf-8")
    with desk_of(order) as desk:
        desk.take_back("somchai", "u1", NOW)
        desk.take_back("somchai", "u2", NOW)
        desk.take_back("somchai", "u3", NOW)
    team.run(order)
    assert rows(team, order)[issue["quote"]] == issue


def test_names_that_are_one_are_told_as_one(team, order):
    with desk_of(order) as desk:
        one = Correction("names", "same-name", "somchai", NOW, "n/0", before=["ครูพร", "อ.พร"], after="confirm")
        desk.decide([one])
    decide(order, "ตกลงกันว่านัดประชุมอีกครั้ง", [{"text": "อ.พร"}], "who")
    team.run(order)
    assert ["ครูพร"] in [[who["name"] for who in row["action"]["who"]] for row in rows(team, order).values() if "action" in row]


def test_a_decision_that_the_last_model_doubted_waits_for_a_second_reader_after_a_run(team, order):
    [issue] = [row for row in rows(team, order).values() if row["label"] == "issue"]
    learnt = team_models(order.database, order.out) / "team-1"
    put_model(learnt)
    (learnt / "suspects.jsonl").write_text(json.dumps({name: issue[name] for name in ("post", "start", "end")}), encoding="utf-8")
    decide(order, issue["quote"], "action", item=issue["id"])
    team.run(order)
    with Store.open(order.database) as store:
        item = store.queue.item(issue["id"])
    assert (item.double, item.shown) == (True, False)


def test_the_order_of_the_queue_is_a_setting(team, order, monkeypatch):
    asked = []
    monkeypatch.setattr("pipeline.jobs.correct.fill_queue", lambda *_, order, **__: asked.append(order))
    (team.home / "lessons.toml").write_text('[review]\norder = "value"\n', encoding="utf-8")
    decide(order, "เล่าจากวงคุย", "lesson", "add")
    team.run(replace(order, config=team.home / "lessons.toml"))
    assert asked == ["value"]
