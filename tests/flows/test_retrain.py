"""A promotion from end to end: a night reads, a reviewer corrects, a flow learns, the gate allows, a person promotes, the next night reads so."""

import itertools
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from time import perf_counter
from types import SimpleNamespace

import pytest
from prefect.artifacts import create_markdown_artifact
from threadpoolctl import threadpool_limits

from flows.nightly import nightly
from flows.retrain import retrain
from pipeline.corrections import Correction, anchor_of
from pipeline.desk import Desk
from pipeline.evaluate.report import read_all, report_on
from pipeline.jobs.files import open_store
from pipeline.jobs.learning.corpus import freeze
from pipeline.jobs.learning.learn import material_of
from pipeline.jobs.teams.history import history, read_gate, team_names
from pipeline.jobs.teams.rollback import roll_back_team
from pipeline.jobs.teams.team import Home, promote_model
from pipeline.nlp.reader import LINEAR, Reader
from pipeline.records import Span
from pipeline.train.card import VALIDATION, make_current, new_model, save_parts, write_card
from pipeline.train.model import train_model

RIGHT = Counter(lesson=25, issue=25, action=25)
NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
TALK = "เมื่อวานฝนตกทั้งวัน นั่งกินข้าวกับเพื่อนบ้าน"
KNOWN = [
    ["ต้องฟังเรื่อง{0}ให้จบก่อน ถึงจะวางแผนได้", "ยังขาดคนเฝ้า{0}ตอนกลางคืน", "ตกลงกันล้าง{0}เดือนละครั้ง"],
    ["เราพบว่า{0}อยู่ได้เพราะมีคนดูแลทุกวัน", "ไม่มีงบซ่อม{0}มาสองปีแล้ว", "มอบหมายให้ป้าศรีดูแล{0}จนสิ้นปี"],
]
# how this team says it: words that the corpus has not
OWN = ["หัวใจของ{0}คือคนแก่ที่นั่งอยู่ใกล้ๆ", "{0}รั่วซึมจนชาวบ้านบ่นอุบ", "เสาร์หน้าหิ้ว{0}ไปเปลี่ยนที่ร้านเฮียตง"]
LABELS = ["lesson", "issue", "action"]
MATTERS = ["ปลา", "เรือ", "ฝาย", "แห", "ยา", "เตียง", "สมุด", "ตู้", "สนาม", "กระดาน", "เตาเผา", "กังหัน", "บันได", "รั้ว", "สะพาน"]


def page(lines, matter, number, gap):
    lesson, issue, action = (line.format(matter) for line in lines)
    return f"เรื่องของ{matter} {number}\n\n{TALK}{gap}⟦L|{lesson}⟧\n⟦I|{issue}⟧\n⟦A|{action}⟧\n{TALK} กับ{matter}"


@pytest.fixture(scope="module")
def team(tmp_path_factory):
    """Return where a team works: posts of its own, a corpus that speaks otherwise, and a test of 100 posts that speak as the team does."""
    root = tmp_path_factory.mktemp("team")
    for writer, lines, count, gap in (("w1", KNOWN, 6, " "), ("w2", KNOWN, 6, " "), ("w3", KNOWN, 6, " "), ("w4", [OWN], 100, "\n")):
        (root / "posts" / writer).mkdir(parents=True)
        for number in range(count):
            marked = page(lines[number % len(lines)], MATTERS[number % len(MATTERS)], number, gap)
            (root / "posts" / writer / f"{number}.txt").write_text(marked, encoding="utf-8")
    (root / "splits.toml").write_text('validation = ["w3"]\ntest = ["w4"]\n\n[frozen]\n', encoding="utf-8")
    freeze(root / "posts")
    (root / "behaviour.toml").write_text('[[case]]\nid = "date"\ntext = "นัดล้างบ่อวันที่ 9 พฤษภาคม 2552"\nfirst_day = 2009-05-09\n', encoding="utf-8")
    (root / "inbox").mkdir()
    (root / "team").mkdir()
    for number in range(25):
        said = "\n\n".join(line.format(f"โอ่งใบที่{number}") for line in OWN)
        (root / "inbox" / f"{number}.txt").write_text(f"เล่าเรื่องโอ่งใบที่{number}\n\n{said}\n", encoding="utf-8")
    with threadpool_limits(1):
        material = material_of(root / "posts")
        with new_model(root / "models") as folder:
            trained = train_model(material, None, folder)
            save_parts(trained, folder)
            reports = {LINEAR: report_on(read_all(Reader(LINEAR, trained.parts), material.validation))}
            shipped = write_card(folder, material, trained, None, reports, VALIDATION)
        make_current(root / "models", shipped)
        yield SimpleNamespace(root=root, out=root / "out", database=f"sqlite:///{root}/team/lessons.db", models=root / "team" / "models")


def a_night(team):
    """Read the posts; return which model did, and how many passages it gave each label."""
    nightly([str(team.root / "inbox")], str(team.out), team.database, models=str(team.root / "models"))
    with open_store(team.database, team.out) as store:
        return store.model(), Counter(one.label for one in store.said_by_model())


def correct(team):
    """Say as a reviewer does what each line of the posts is."""
    with open_store(team.database, team.out) as store:
        said = {(one.post, one.span.start): one for one in store.said_by_model()}
        for post in list(store.posts()):
            for line, label in zip(post.text.split("\n\n")[1:], LABELS, strict=True):
                start = post.text.index(line)
                anchor = anchor_of(post.text, Span(start, start + len(line.rstrip())))
                made = Correction(f"{post.id} {start}", "add", "ครูแดง", NOW, f"{post.id} {start}/0", post.id, anchor, after=label, queued="random")
                if found := said.get((post.id, start)):
                    made = replace(made, item=found.id, field="label", before=found.label, model=found.model)
                Desk(store).decide([made])


@pytest.fixture
def effect(monkeypatch):
    """Return what the flow tells on its page."""
    kept = SimpleNamespace(page="")

    def keep(key, markdown, description):
        kept.page = markdown
        return create_markdown_artifact(key=key, markdown=markdown, description=description)

    monkeypatch.setattr("flows.retrain.create_markdown_artifact", keep)
    return kept


@pytest.fixture
def steady(monkeypatch):
    """Let both models read equally fast, however busy the machine is."""
    monkeypatch.setattr("pipeline.evaluate.gate.process_time", itertools.count().__next__)


@pytest.mark.usefixtures("server", "steady")
def test_what_reviewers_said_reads_the_next_night(team, effect):
    shipped, wrong = a_night(team)
    assert wrong != RIGHT
    correct(team)
    retrain(team.database, str(team.out), str(team.root / "posts"), str(team.root / "models"))
    [learnt] = team_names(team.models)
    gate = read_gate(team.models, learnt)
    assert (gate["decision"], gate["passages"]) == ("allowed", 300)
    assert gate["bound"] > 0.3
    assert "ผ่านด่านแล้ว รอผู้ดูแลเลื่อนขึ้นใช้งาน" in effect.page
    assert "ข้อความที่ยังไม่มีใครตรวจ อ่านได้เหมือนเดิมทุกแห่ง" in effect.page  # it has read all posts in the shadow
    assert "| พ.ย. 2569 |" in effect.page  # the months stand below, with what reviewers overturned of what chance drew
    promote_model(Home(team.root / "posts", team.root / "models", team.database, team.out, "คุณเอื้อ"), learnt)
    assert a_night(team) == (learnt, RIGHT)
    begun = perf_counter()
    roll_back_team(team.database, team.out, "คุณเอื้อ", "ลองย้อนกลับ")
    assert perf_counter() - begun < 5
    assert a_night(team) == (shipped, wrong)
    assert [row["what"] for row in history(team.models)] == ["looked", "learnt", "promoted", "rolled back"]


def test_a_month_before_the_first_night_is_no_failure_and_makes_no_database(tmp_path, monkeypatch):
    pages = []
    monkeypatch.setattr("flows.retrain.create_markdown_artifact", lambda **page: pages.append(page["markdown"]))
    told = retrain.fn(f"sqlite:///{tmp_path / 'lessons.db'}", str(tmp_path))
    assert "ยังไม่มีฐานข้อมูล" in told
    assert told in pages[0]
    assert [*tmp_path.iterdir()] == []
