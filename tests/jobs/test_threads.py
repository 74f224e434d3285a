"""Threads of an output folder are asked for as officers ask: what is open, what is due, what is whose."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib import import_module

import pytest

from pipeline.errors import SettingsError
from pipeline.followed import Ask, Thread, ThreadEvent
from pipeline.jobs.asked_threads import asked_threads, told_threads
from pipeline.jobs.days import day_of
from pipeline.jobs.files import open_store
from pipeline.jobs.threads import thread_line
from pipeline.records import Passage, Post, Span

ROWS = [
    {"id": "t1", "title": "ทำป้าย", "state": "open", "due": "2009-03-06", "owners": ["ครูแดง"]},
    {"id": "t2", "title": "ส่งรายงาน", "state": "moved", "due": "2009-04-20", "owners": ["ป้าศรี", "ครูแดง"]},
    {"id": "t3", "title": "ซ่อมกังหัน", "state": "done", "due": "2009-03-01", "owners": []},
    {"id": "t4", "title": "หาคนพาคุย", "state": "progress", "due": None, "owners": ["ลุงคำ"]},
    {"id": "t5", "title": "หาคนพาคุย", "state": "candidate", "due": "2009-03-02", "owners": ["ครูแดง"]},
]


@pytest.fixture
def out(tmp_path):
    rows = [{**row, "events": [{"passage": "p1", "relation": "opens"}]} for row in ROWS]
    (tmp_path / "threads.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    (tmp_path / "passages.jsonl").write_text(json.dumps({"id": "p1", "quote": "ครูแดงจะทำป้าย", "source": "1.txt"}), encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["t1", "t2", "t3", "t4", "t5"]),
        ({"only_open": True}, ["t1", "t2", "t4"]),  # what waits for a reviewer is no thread yet
        ({"due": "2009-03-31"}, ["t1"]),  # what is settled is not due
        ({"due": "2552-04-20"}, ["t1", "t2"]),
        ({"who": "ครูแดง"}, ["t1", "t2", "t5"]),
        ({"who": "ครูแดง", "due": "2009-03-06"}, ["t1"]),
        ({"who": "ไม่มีชื่อนี้"}, []),
    ],
)
def test_threads_are_found_by_state_day_and_owner(out, asked, found):
    assert [row["id"] for row in asked_threads(out, **asked)] == found


def test_each_event_comes_with_the_words_of_its_passage(out):
    assert next(asked_threads(out))["events"] == [{"passage": "p1", "relation": "opens", "quote": "ครูแดงจะทำป้าย", "source": "1.txt"}]


@pytest.mark.parametrize("day", ["soon", "2009-13-01", "2009-03"])
def test_a_day_that_is_none_is_refused_with_what_to_write(out, day):
    with pytest.raises(SettingsError, match=f'Got "{day}"'):
        list(asked_threads(out, due=day))


def test_a_folder_without_a_run_is_refused(tmp_path):
    with pytest.raises(SettingsError) as caught:
        list(asked_threads(tmp_path / "nowhere"))
    assert "threads.jsonl" in caught.value.en
    assert "lessons run" in caught.value.en


def test_a_post_without_a_day_has_that_of_its_event():
    text = "วันที่ 9 พฤษภาคม 2552 ประชุมกันที่วัด มีคนมา 20 คน"
    told = Post("1", "1.txt", "/1.txt", text, body=(Span(0, len(text)),))
    dated = Post("1", "1.txt", "/1.txt", text, body=(Span(0, len(text)),), posted_at=datetime(2009, 6, 1, 8, 0))  # noqa: DTZ001 - local to the page
    assert str(day_of(told)) == "2009-05-09"
    assert str(day_of(dated)) == "2009-06-01"


def test_a_term_that_was_put_off_is_not_told_as_kept(tmp_path):
    row = {
        "id": "t1",
        "kind": "commitment",
        "title": "ก",
        "state": "moved",
        "kept": "kept",
        "due": None,
        "next_expected": None,
        "owners": [],
        "events": [],
    }
    (tmp_path / "threads.jsonl").write_text(json.dumps(row), encoding="utf-8")
    (tmp_path / "passages.jsonl").write_text("", encoding="utf-8")
    [told] = told_threads(tmp_path, "th")
    assert told.facts == ("เลื่อน",)


def test_questions_and_what_must_be_done_first_come_with_their_words(out):
    asks = [{"question": "progress", "answers": ["p1"]}, {"question": "tool", "answers": []}]
    row = {**ROWS[0], "id": "t9", "events": [], "asks": asks, "depends_on": ["t2"]}
    with (out / "threads.jsonl").open("a", encoding="utf-8") as lines:
        lines.write("\n" + json.dumps(row))
    *_, found = asked_threads(out)
    assert [ask["quotes"] for ask in found["asks"]] == [["ครูแดงจะทำป้าย"], []]
    assert found["after"] == ["ส่งรายงาน"]


def test_a_thread_is_told_in_the_words_of_a_language(tmp_path):
    event = {"passage": "p1", "relation": "moved", "from": "2009-03-11", "to": "2009-03-16"}
    row = {"id": "t1", "kind": "carried-topic", "title": "น้ำเสียในคลอง", "state": "candidate", "due": "2009-03-16", "next_expected": None}
    row |= {"owners": ["ครูแดง"], "events": [event], "depends_on": [], "asks": [{"question": "tool", "answers": []}]}
    for name, written in (("threads.jsonl", row), ("passages.jsonl", {"id": "p1", "quote": "เลื่อนเป็น 16 มี.ค.", "source": "1.txt"})):
        (tmp_path / name).write_text(json.dumps(written), encoding="utf-8")
    [thai] = told_threads(tmp_path, "th")
    assert (thai.kind, thai.facts) == ("ยกไปคุยต่อ", ("รอคนยืนยัน", "กำหนด 16 มีนาคม 2552", "ครูแดง", "1.txt"))
    assert thai.lines[0] == ("เลื่อน 11 มีนาคม 2552 → 16 มีนาคม 2552", "เลื่อนเป็น 16 มี.ค.")
    [english] = told_threads(tmp_path, "en")
    assert english.facts[:2] == ("waits for a person", "due 16 March 2009")
    assert english.lines[1] == ("no answer yet", "Which tool or method to add")
    doubted = row | {"state": "open", "due_in_doubt": {"by": "p1", "may_be": "2009-03-20"}}
    (tmp_path / "threads.jsonl").write_text(json.dumps(doubted), encoding="utf-8")
    [thai] = told_threads(tmp_path, "th")
    assert thai.facts[1] == "16 มีนาคม 2552 หรือ 20 มีนาคม 2552 (อาจเลื่อน รอคนยืนยัน)"
    (tmp_path / "threads.jsonl").write_text(json.dumps(row | {"state": "open", "end_in_doubt": {"by": "p1", "relation": "done"}}), encoding="utf-8")
    [thai] = told_threads(tmp_path, "th")
    assert thai.facts[0] == "ยังไม่มีข่าวแน่ชัด (อาจทำแล้ว รอคนยืนยัน)"


def test_what_opened_a_thread_is_told_once_and_other_posts_are_named(tmp_path):
    row = {"id": "t1", "kind": "cadence", "title": "ประชุมทุกเดือน", "state": "progress", "due": None, "next_expected": "2009-04-01", "owners": []}
    events = [{"passage": id_, "relation": relation, "from": None, "to": None} for id_, relation in (("p1", "opens"), ("p2", "progress"))]
    passages = [{"id": "p1", "quote": "ประชุมทุกเดือน", "source": "1.txt"}, {"id": "p2", "quote": "ประชุมแล้ว", "source": "2.txt"}]
    (tmp_path / "threads.jsonl").write_text(json.dumps(row | {"events": events}), encoding="utf-8")
    (tmp_path / "passages.jsonl").write_text("\n".join(map(json.dumps, passages)), encoding="utf-8")
    [told] = told_threads(tmp_path, "th")
    assert told.facts == ("คืบหน้า", "ควรมีอีกครั้งราว 1 เมษายน 2552", "1.txt")
    assert told.lines == (("คืบหน้า", "ประชุมแล้ว (2.txt)"),)
    (tmp_path / "passages.jsonl").write_text("", encoding="utf-8")  # a run that writes it was cut off
    [told] = told_threads(tmp_path, "th")
    assert told.facts == ("คืบหน้า", "ควรมีอีกครั้งราว 1 เมษายน 2552")
    assert told.lines[-1] == ("คืบหน้า", "")


QUOTES = {"p1": "ครูแดงจะทำป้ายบอกทางไปตลาด", "p2": "ป้ายบอกทางทาสีแล้ว", "p3": "จะคุยเรื่องน้ำกับเรื่องถนนต่อในวงหน้า"}


def told_rows(folder, *rows, **asked):
    """Return what is told of rows of which only what differs from the usual is given."""
    usual = {"kind": "action", "state": "open", "due": None, "next_expected": None, "owners": []}
    every = [
        usual
        | {"id": str(number), "opened_by": row["events"][0][1]}
        | row
        | {"events": [{"passage": p, "relation": r, "from": None, "to": None} for r, p in row["events"]]}
        for number, row in enumerate(rows)
    ]
    passages = [{"id": id_, "quote": quote, "source": "1.txt"} for id_, quote in QUOTES.items()]
    for name, lines in (("threads.jsonl", every), ("passages.jsonl", passages)):
        (folder / name).write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return told_threads(folder, "th", **asked)


def test_what_may_be_news_stands_with_its_thread_and_alone_where_that_is_not_told(tmp_path):
    own = {"title": "ทำป้าย", "events": [("opens", "p1")]}
    doubtful = {"title": "ทำป้าย", "state": "candidate", "events": [("opens", "p1"), ("done", "p2")]}
    for asked in ({}, {"only_open": True}):
        [told] = told_rows(tmp_path, own, doubtful, **asked)
        assert told.lines == (("อาจเป็นข่าวของเรื่องนี้ รอคนยืนยัน (ทำแล้ว)", QUOTES["p2"]),)
    [told] = told_rows(tmp_path, {**doubtful, "kind": "reuse"})
    assert (told.facts[0], told.lines) == ("รอคนยืนยัน", (("ทำแล้ว", QUOTES["p2"]),))
    assert told_rows(tmp_path, {**own, "state": "done"}, doubtful, only_open=True) == []


def test_what_may_be_news_of_one_party_stands_with_its_term_alone(tmp_path):
    terms = [{"kind": "commitment", "title": "ทำป้าย", "owners": [party], "events": [("opens", "p1")]} for party in ("เทศบาล", "วัด")]
    links = [{**terms[1], "state": "candidate", "events": [("opens", "p1"), ("done", "p2")]}]
    assert [len(one.lines) for one in told_rows(tmp_path, *terms, *links)] == [0, 1]
    assert [len(one.lines) for one in told_rows(tmp_path, *terms, *links, who="เทศบาล")] == [0]
    [other] = told_rows(tmp_path, terms[0], {**links[0], "kind": "action"})  # of a kind that no thread of the passage has
    assert len(other.lines) == 1


def test_the_whole_passage_stands_as_title_once_and_topics_of_one_passage_tell_it_once(tmp_path):
    [told] = told_rows(tmp_path, {"title": "ทำป้าย", "events": [("opens", "p1")]})
    assert (told.title, told.lines) == (QUOTES["p1"], ())
    topics = [{"kind": "carried-topic", "title": title, "events": [("opens", "p3")]} for title in ("น้ำ", "ถนน")]
    first, second = told_rows(tmp_path, *topics)
    assert (first.title, first.lines) == ("น้ำ", (("เปิดเรื่อง", QUOTES["p3"]),))
    assert (second.title, second.lines) == ("ถนน", ())


def test_questions_without_an_answer_stand_in_one_line(tmp_path):
    asks = [{"question": "progress", "answers": ["p2"]}, {"question": "tool", "answers": []}, {"question": "content", "answers": []}]
    [told] = told_rows(tmp_path, {"kind": "carried-topic", "title": QUOTES["p3"], "events": [("opens", "p3")], "asks": asks})
    assert told.lines == (("คืบหน้าอย่างไร", QUOTES["p2"]), ("ยังไม่มีคำตอบ", "จะเติมเครื่องมือหรือวิธีการใด · จะเพิ่มเนื้อหาใด"))


def test_what_is_open_comes_in_the_order_of_its_days_and_what_has_none_at_the_end(tmp_path):
    days = (None, "2009-04-20", "2009-03-06")
    told = told_rows(tmp_path, *({"title": "ทำป้าย", "due": day, "events": [("opens", "p1")]} for day in days), only_open=True)
    assert [one.facts[1] for one in told] == ["กำหนด 6 มีนาคม 2552", "กำหนด 20 เมษายน 2552", "1.txt"]


def test_what_is_due_comes_in_the_order_of_its_days(out):
    rows = [json.loads(line) for line in (out / "threads.jsonl").read_text(encoding="utf-8").splitlines()]
    (out / "threads.jsonl").write_text("\n".join(json.dumps(row) for row in reversed(rows)), encoding="utf-8")
    assert [row["id"] for row in asked_threads(out, due="2009-04-30")] == ["t1", "t2"]
    assert [row["id"] for row in asked_threads(out)] == ["t5", "t4", "t3", "t2", "t1"]


DATED = "เรื่องที่ {day}\n\n{words}\n\nหมายเลขบันทึก: {day}เขียนเมื่อ {day} มีนาคม 2552\n"
WEEK = (
    "ตกลงกันว่าครูแดงจะซ่อมกังหันท้ายบ่อปลาภายในวันที่ 20 มีนาคม 2552\n\nยังขาดคนเฝ้าโรงเรือนเพาะเห็ดตอนกลางคืน",
    "ลุงคำรับปากว่าจะไปขอปุ๋ยจากเกษตรอำเภอวันที่ 12 มีนาคม 2552\n\nโรงเรือนเพาะเห็ดยังไม่มีคนเฝ้าตอนกลางคืน",
    "ครูแดงซ่อมกังหันท้ายบ่อปลาเสร็จแล้ว\n\nตกลงกันว่านัดประชุมกลุ่มเพาะเห็ดวันที่ 25 มีนาคม 2552",
    "โรงเรือนเพาะเห็ดมีคนเฝ้าตอนกลางคืนแล้ว\n\nประชุมกลุ่มเพาะเห็ดเลื่อนไปเป็นวันที่ 28 มีนาคม 2552",
)


def test_a_night_follows_what_is_new_and_leaves_what_a_first_run_over_all_leaves(team, monkeypatch):
    for module in ("said", "decided"):
        monkeypatch.setattr(import_module(f"pipeline.threads.{module}"), "sampled", lambda passages: range(min(passages, 2)))  # as in a large archive
    following, asked = import_module("pipeline.threads.follow"), set()
    decide = following.decide
    monkeypatch.setattr(
        following, "decide", lambda index, rivals, one, linker: asked.add(one.told.passage.post) or decide(index, rivals, one, linker)
    )
    for day, words in enumerate(WEEK, start=1):
        asked.clear()
        team.write(**{f"p{day}_txt": DATED.format(day=day, words=words)})
        team.run(team.order(model="@fast"))
    assert {"1", "2", "3", "4"} & asked == {"4"}
    assert import_module("pipeline.threads.said")._words_kept == {}  # what is followed needs them no more
    fresh = team.order(model="@fast", out=team.home / "fresh")
    team.run(fresh)
    for name in ("threads.jsonl", "passages.jsonl", "register.xlsx", "calendar.ics"):  # a digest also tells what is other than the night before
        assert (fresh.out / name).read_bytes() == (team.home / "out" / name).read_bytes()
    pages = [[(page.name, page.read_bytes()) for page in sorted((out / "posts").iterdir())] for out in (fresh.out, team.home / "out")]
    assert len(pages[0]) >= len(WEEK)
    assert pages[0] == pages[1]
    asked_of_reviewers = []
    for out in (fresh.out, team.home / "out"):
        with open_store(f"sqlite:///{out / 'lessons.db'}", out) as store:
            waiting = store.queue.next("somchai", datetime(2026, 1, 5, 3, tzinfo=UTC), limit=1_000)
            asked_of_reviewers.append([replace(item, rank=0) for item in waiting])  # in the same order, by whatever numbers
    assert {item.kind for item in asked_of_reviewers[0]} >= {"passage", "thread"}
    assert asked_of_reviewers[0] == asked_of_reviewers[1]


def test_a_line_is_the_json_of_what_it_tells_whatever_signs_stand_in_its_words():
    first = Passage("p1", "p1.txt", Span(0, 9), 'ซ่อม "ท่อ"', "action", 0.9)
    news = Passage("p2", "p2.txt", Span(0, 4), "ยัง", "action", 0.9)
    moved = ThreadEvent(news, "moved", "2009-03-06", "2009-03-13", confirmed_by='ครู"แดง')
    plain = Thread(
        "a1", "action", 'ซ่อม "ท่อ"\t\\ น้ำ', "candidate", (ThreadEvent(first, "opens"), ThreadEvent(news, "progress")), ('ครู "แดง"', "ป้า\nแจ่ม")
    )
    whole = replace(
        plain,
        kind="commitment",
        state="moved",
        events=(*plain.events, moved),
        due=date(2009, 3, 13),
        next_expected=date(2009, 4, 1),
        depends_on=("b2", "c3"),
        asks=(Ask("progress", (news,)), Ask("tool")),
        unheard_since=date(2009, 3, 1),
        day_doubt=ThreadEvent(news, "moved", None, "2009-03-20"),
        end_doubt=ThreadEvent(news, "done"),
    )
    for thread in (plain, replace(plain, owners=()), whole):
        line = thread_line(thread)
        assert line == json.dumps(json.loads(line), ensure_ascii=False).encode() + b"\n"
    row = json.loads(thread_line(whole))
    assert row["title"] == plain.title
    assert row["owners"] == list(plain.owners)
    assert row["opened_by"] == first.id
    assert row["events"][0] == {"passage": first.id, "relation": "opens", "from": None, "to": None}
    assert row["events"][2] == {"passage": news.id, "relation": "moved", "from": "2009-03-06", "to": "2009-03-13", "confirmed_by": 'ครู"แดง'}
    assert {name: row[name] for name in ("due", "next_expected", "depends_on", "kept", "unheard_since")} == {
        "due": "2009-03-13",
        "next_expected": "2009-04-01",
        "depends_on": ["b2", "c3"],
        "kept": "kept",
        "unheard_since": "2009-03-01",
    }
    assert row["asks"] == [{"question": "progress", "answers": [news.id]}, {"question": "tool", "answers": []}]
    assert row["due_in_doubt"] == {"by": news.id, "may_be": "2009-03-20"}
    assert row["end_in_doubt"] == {"by": news.id, "relation": "done"}
    assert list(json.loads(thread_line(plain)))[-1] == "depends_on"
