"""A digest of a village fund in which people are named, and can be reached; made up for the tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from pipeline.digest import make_digest
from pipeline.records import ActionFields, Actor, ChainLink, Evidence, Followed, Highlight, Passage, Phase, Section, Span, When
from pipeline.settings import Privacy, Reader, read_settings

WHEN = datetime.fromisoformat("2008-05-06T10:00")


def passage(quote: str, label: str = "lesson", *, start: int = 10, **fields) -> Passage:
    return Passage(post="7001", source="2551/7001.txt", span=Span(start, start + len(quote)), quote=quote, label=label, confidence=0.9, **fields)


def evidence(
    said: Passage, title: str = "วงคุยบ้านโคกใหม่", author: str | None = "อรุณ สายชล", url: str | None = "https://blog.example.org/7001"
) -> Evidence:
    return Evidence(said, title, author, WHEN, url)


QUOTE = "ป้าแจ่มเล่าว่าถามได้ที่ 081-234-5678 หรือ jaem@example.org"
TASK = "ให้ครูจินดาไปคุยกับนายอำเภอสมชาย ที่บ้านเลขที่ 12/3 หมู่ 4"


@pytest.fixture
def digest():
    lesson = passage(QUOTE, voice="quoted", speaker="ป้าแจ่ม", why=("เล่าว่า", "ป้าแจ่ม"))
    again = replace(lesson, span=Span(200, 200 + len(QUOTE)), voice="commenter", speaker="มาลี")
    other = replace(lesson, span=Span(400, 400 + len(QUOTE)), voice="commenter", speaker="น้ำฝน")
    chain = (ChainLink("cause", Span(300, 313), "ป้าแจ่มร่างไว้"),)
    issue = passage("ป้าแจ่มร่างไว้แต่ยังไม่มีใครทำ", "issue", start=300, chain=chain)
    fields = ActionFields(
        (Actor("ครูจินดา", "ครูจินดา"), Actor("นายอำเภอสมชาย", "นายอำเภอสมชาย")),
        "ไปคุยกับนายอำเภอสมชาย",
        (When("", date(2008, 6, 1)),),
        "บ้านเลขที่ 12/3 หมู่ 4",
        "planned",
    )
    action = passage(TASK, "action", start=500, action=fields)
    line = Followed("action", "open", evidence(action), evidence(lesson), "mentions", ("ครูจินดา", "กศน."), date(2008, 6, 1), title="ให้ครูจินดาไปคุย")
    line = replace(line, may_end=("done", evidence(passage("ป้าแจ่มว่าคุยกันแล้ว ถามได้ที่ 081-234-5678", start=700))))
    made = make_digest(
        "กองทุนบ้านโคกใหม่",
        Phase("one", "ระยะแรก"),
        groups={"lesson": [[evidence(lesson), evidence(again), evidence(other)]], "issue": [[evidence(issue)]], "action": [[evidence(action)]]},
        totals={"lesson": 1, "issue": 1, "action": 1},
        model="cues-2",
        posts=1,
        authors=1,
        passages=5,
        unsure=0,
        first_post=WHEN.date(),
        last_post=WHEN.date(),
        followed=(line,),
        followed_total=1,
        registers=(Section("terms", 1, (replace_item(evidence(lesson)),)),),
    )
    return replace(made, top=(Highlight(made.sections[0].items[0]),))


def replace_item(one: Evidence):
    from pipeline.records import DigestItem

    return DigestItem("term", (one,), "กองทุนของป้าแจ่ม", (("means", "โทร 081-234-5678"),), 1)


@pytest.fixture
def outside():
    return Reader("partner@example.org", (), None, None, None, "th", outside=True)


@pytest.fixture
def settings():
    return read_settings(None)


@pytest.fixture
def showing(settings):
    return replace(settings, privacy=Privacy("show"))
