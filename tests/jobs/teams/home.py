"""A small corpus with the model that ships with it, posts that a reviewer has read, and what a test does with the models that come of them."""

import json
from datetime import UTC, datetime

from pipeline.evaluate.report import read_all, report_on
from pipeline.jobs.learning.corpus import freeze
from pipeline.jobs.learning.learn import material_of
from pipeline.jobs.teams.history import read_gate
from pipeline.jobs.teams.registry import promote
from pipeline.labelled import LabelledPost, Taught, TaughtPost
from pipeline.nlp.reader import FAST, FULL, LINEAR, Reader
from pipeline.records import Post, Span
from pipeline.train.card import VALIDATION, make_current, new_model, save_parts, write_card
from pipeline.train.model import train_model

LESSON = ["ต้องฟังเรื่อง{0}ให้จบก่อน ถึงจะวางแผนได้", "เราพบว่า{0}อยู่ได้เพราะมีคนดูแลทุกวัน"]
ISSUE = ["ยังขาดคนเฝ้า{0}ตอนกลางคืน", "ไม่มีงบซ่อม{0}มาสองปีแล้ว"]
ACTION = ["ตกลงกันล้าง{0}เดือนละครั้ง", "มอบหมายให้ป้าศรีดูแล{0}จนสิ้นปี"]
TALK = "เมื่อวานฝนตกทั้งวัน นั่งกินข้าวกับเพื่อนบ้าน"
MATTERS = {
    "w1": ["ปลา", "เรือ", "ฝาย", "ท่าน้ำ", "แห", "กระชัง"],
    "w2": ["ยา", "เตียง", "สมุด", "ตู้", "รถเข็น", "ผ้าห่ม"],
    "w3": ["หนังสือ", "สนาม", "โรงครัว", "แปลงผัก", "กระดาน", "จักรยาน"],
    "w4": ["เตาเผา", "กังหัน", "บันได", "รั้ว", "สะพาน", "ศาลา"],
}
NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)


def page(number, matter):
    lesson, issue, action = (row[number % 2].format(matter) for row in (LESSON, ISSUE, ACTION))
    return f"เรื่องของ{matter}\n\n{TALK} ⟦L|{lesson}⟧\n⟦I|{issue}⟧\n⟦A|{action}⟧\n{TALK} กับ{matter}"


def reviewed(matter, reviewer="ครูแดง", labels=("lesson", "issue", "action", "other"), weight=0.8):
    """Return a post about a matter of which a reviewer said what every line is."""
    lines = [LESSON[0].format(matter), ISSUE[0].format(matter), ACTION[0].format(matter), f"{TALK}แล้วกลับ{matter}"]
    text = f"เล่าเรื่อง{matter}\n\n" + "\n".join(lines) + "\n"
    post = Post(id=f"post {matter}", source=f"{matter}.txt", origin=f"/{matter}.txt", text=text, body=(Span(text.index(lines[0]), len(text)),))
    spans = [Span(text.index(line), text.index(line) + len(line)) for line in lines]
    return TaughtPost(LabelledPost(post, "", ()), tuple(Taught(span, label, weight, reviewer) for span, label in zip(spans, labels, strict=True)))


REVIEWED = [reviewed(f"บ่อที่{number}") for number in range(15)]


def found_home(root):
    """Write a corpus of four writers and the model that ships with it into a folder that has room for a team's."""
    for writer, matters in MATTERS.items():
        (root / "posts" / writer).mkdir(parents=True)
        for number, matter in enumerate(matters):
            (root / "posts" / writer / f"{number}.txt").write_text(page(number, matter), encoding="utf-8")
    (root / "splits.toml").write_text('validation = ["w3"]\ntest = ["w4"]\n\n[frozen]\n', encoding="utf-8")
    freeze(root / "posts")
    (root / "behaviour.toml").write_text('[[case]]\nid = "date"\ntext = "นัดล้างบ่อวันที่ 9 พฤษภาคม 2552"\nfirst_day = 2009-05-09\n', encoding="utf-8")
    material = material_of(root / "posts")
    with new_model(root / "models") as folder:
        trained = train_model(material, None, folder)
        save_parts(trained, folder)
        readers = {LINEAR: trained.parts, FAST: trained.parts._replace(classifier=trained.fast)}
        reports = {kind: report_on(read_all(Reader(kind, parts), material.validation)) for kind, parts in readers.items()}
        shipped = write_card(folder, material, trained, None, reports, VALIDATION)
    make_current(root / "models", shipped)
    return root


def put_model(folder, decision="allowed", before=0.5, after=0.6, checks=()):
    """Put into a folder what pages and mails tell of a team's model, without the model."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "card.json").write_text('{"data": {"reviewed": 60}, "test": {}}', encoding="utf-8")
    gate = {"decision": decision, "before": before, "after": after, "bound": 0.0, "checks": checks}
    (folder / "gate.json").write_text(json.dumps(gate), encoding="utf-8")


def let(order, team, model, kind=FULL):
    """Promote a model."""
    return promote(order.models, team, model, by="คุณเอื้อ", at=NOW, kind=kind)


def allow(team, model):
    """Put the gate's consent where a test of eighteen passages cannot decide."""
    file = team / model / "gate.json"
    file.write_text(json.dumps({**read_gate(team, model), "decision": "allowed"}), encoding="utf-8")
