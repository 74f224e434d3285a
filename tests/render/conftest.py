"""A community fund of three villages, made up for the tests: its posts, passages and digest."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from html.parser import HTMLParser

import pytest

from pipeline.digest import group, make_digest
from pipeline.followed import Thread, ThreadEvent
from pipeline.records import (
    ActionFields,
    Actor,
    Comment,
    Digest,
    DigestItem,
    Evidence,
    Followed,
    Note,
    Passage,
    Phase,
    Post,
    Reject,
    Section,
    Span,
    When,
)
from pipeline.render.kept_together import NO_BREAK

ADDRESS = "203.0.113.87"
LEAD = "กองทุนจะอยู่ได้ก็ต่อเมื่อสมาชิกเป็นคนตั้งกติกาเอง ไม่ใช่รับกติกาจากอำเภอ"
BODY = f"""เช้าวันเสาร์เราเดินทางไปบ้านหนองกุ่ม ฝนตกพรำ ๆ ตั้งแต่ออกจากอำเภอ

ป้าสมพรเล่าว่าปีแรกไม่มีใครกล้าฝาก พอเปลี่ยนมาใช้สมุดเล่มเล็กที่ทุกคนเปิดดูได้ ยอดฝากก็เพิ่มขึ้นเอง {LEAD}
ผู้ใหญ่แดงพูดกลางวงว่า คนที่ไม่เคยกู้ต่างหากที่เราต้องไปฟังให้มากที่สุด

เรื่องที่ยังหนักใจคือ เหรัญญิกทำบัญชีคนเดียวมาสี่ปี ยังไม่มีใครมาแทนได้ และเครื่องคอมพิวเตอร์ที่ได้รับมาก็ใช้ไม่เป็น

ตกลงกันว่า จะนัดฝึกทำบัญชีทุกวันพุธที่สองของเดือน ที่ศาลากลางบ้าน โดยครูจินดาเป็นพี่เลี้ยง
"""
COMMENT = "เห็นด้วยค่ะ ที่บ้านโคกสูงก็เจอเหมือนกัน ถ้าบัญชีอยู่กับคนเดียว วันที่เขาป่วยกองทุนก็หยุด"
REPLY = "ขอบคุณครับ เดือนหน้าผมจะพาเหรัญญิกบ้านหนองกุ่มไปดูงานที่บ้านโคกสูง"


@dataclass(frozen=True)
class Said:
    """What a test says of a passage: its words, its label and what differs from the usual."""

    words: str
    label: str
    confidence: float = 0.9
    why: tuple[str, ...] = ()
    voice: str = "author"
    speaker: str | None = None
    phase_by: str = "date"


def passage(post: Post, said: Said, *, last: bool = False) -> Passage:
    start = (post.text.rindex if last else post.text.index)(said.words)
    facts = {name: getattr(said, name) for name in ("label", "confidence", "why", "voice", "speaker", "phase_by")}
    return Passage(post=post.id, source=post.source, span=Span(start, start + len(said.words)), quote=said.words, **facts)


def evidence(post: Post, said: Passage) -> Evidence:
    return Evidence(said, post.title, post.author, post.posted_at, post.url)


def fund_post() -> Post:
    title = "กติกาของคนหนองกุ่ม"
    parts = [title, LEAD, BODY, "หมายเลขบันทึก: 51204", COMMENT, f"IP: {ADDRESS}", REPLY]
    text = "\n\n".join(parts)
    spans = {part: Span(text.rindex(part), text.rindex(part) + len(part)) for part in parts}
    first = text.index(LEAD)
    return Post(
        id="51204",
        source="2550/51204.txt",
        origin="/posts/2550/51204.txt",
        text=text,
        title=title,
        author="อรุณ สายชล",
        posted_at=datetime.fromisoformat("2007-02-26T14:08"),
        url="https://blog.example.org/posts/51204",
        lead=Span(first, first + len(LEAD)),
        body=(spans[BODY],),
        comments=(
            Comment(spans[COMMENT], "มาลี", datetime.fromisoformat("2007-02-27T09:05")),
            Comment(spans[REPLY], None, None),
        ),
        notes=(Note("The page states 3 comments. Found 2.", "หน้านี้ระบุว่ามี 3 ความเห็น แต่พบ 2 ความเห็น"),),
    )


FUND_PASSAGES = (
    Said("คนที่ไม่เคยกู้ต่างหากที่เราต้องไปฟังให้มากที่สุด", "lesson", 0.71, ("ต้อง",), "quoted", "ผู้ใหญ่แดง"),
    Said("พอเปลี่ยนมาใช้สมุดเล่มเล็กที่ทุกคนเปิดดูได้ ยอดฝากก็เพิ่มขึ้นเอง", "lesson", 0.66, ("พอเปลี่ยน", "เพิ่มขึ้น")),
    Said("เหรัญญิกทำบัญชีคนเดียวมาสี่ปี ยังไม่มีใครมาแทนได้", "issue", 0.93, ("ยังไม่มี", "หนักใจ"), phase_by="cue"),
    Said("เครื่องคอมพิวเตอร์ที่ได้รับมาก็ใช้ไม่เป็น", "issue", 0.42, ("ไม่เป็น",)),
    Said("จะนัดฝึกทำบัญชีทุกวันพุธที่สองของเดือน ที่ศาลากลางบ้าน โดยครูจินดาเป็นพี่เลี้ยง", "action", 0.95, ("นัด", "ตกลงกันว่า", "ทุกวันพุธ")),
    Said("ถ้าบัญชีอยู่กับคนเดียว วันที่เขาป่วยกองทุนก็หยุด", "issue", 0.8, ("ก็หยุด",), "commenter", "มาลี"),
    Said("เดือนหน้าผมจะพาเหรัญญิกบ้านหนองกุ่มไปดูงานที่บ้านโคกสูง", "action", 0.88, ("จะพา", "เดือนหน้า"), "reply", "อรุณ สายชล", "reviewer"),
)


def fund_passages(post: Post) -> list[Passage]:
    rule = Said(LEAD, "lesson", 0.91, ("ก็ต่อเมื่อ", "ไม่ใช่"))
    return group(post, [passage(post, rule), passage(post, rule, last=True), *(passage(post, said) for said in FUND_PASSAGES)])


def fund_registers(post: Post, passages: list[Passage]) -> tuple[Section, ...]:
    """Return registers of the fund: a table with a quiet place, a showcase, a term with its meaning, one box of the card; the others are empty."""
    alone, computer, training, visit = (evidence(post, each) for each in (passages[4], passages[5], passages[6], passages[8]))
    noted = evidence(post, replace(passage(post, Said("สมุดเล่มเล็กที่ทุกคนเปิดดูได้", "other")), confidence=1.0))
    areas = (
        DigestItem("planned", (training,), "บ้านหนองกุ่ม", (("last", "2007-02-26"),), 4),
        DigestItem("issue", (alone, computer), "บ้านหนองกุ่ม", (("last", "2007-02-26"),), 2),
        DigestItem("quiet", (visit,), "บ้านโคกสูง", (("last", "2006-11-02"),), 1),
    )
    return (
        Section("areas", 31, areas),
        Section("partners", 1, (DigestItem("absent", (noted,), "เทศบาล", (), 1),)),
        Section("practices", 0, ()),
        Section("terms", 1, (DigestItem("term", (noted,), "สมุดเล่มเล็ก", (("means", "สมุดฝากที่ทุกคนเปิดดูได้"),), 3),)),
        Section("card", 1, (DigestItem("above", (noted,), "", (("target", "40 คน"), ("came", "52 คน"), ("difference", "+12")), 1),)),
        Section("further", 1, (DigestItem("pressing", (alone,), "", (("urgent", "yes"),), 1),)),
    )


def fund_digest() -> Digest:
    post = fund_post()
    passages = fund_passages(post)
    registers = fund_registers(post, passages)
    echo = replace(
        post, id="51377", source="2550/51377.txt", title="วงคุยที่บ้านโคกสูง", author=None, posted_at=datetime.fromisoformat("2007-03-11T20:00"), url=None
    )
    passages.append(replace(passages[1], post=echo.id, source=echo.source, confidence=0.47))
    groups: dict[str, dict[str, list[Evidence]]] = {}
    for each in passages:
        groups.setdefault(each.label, {}).setdefault(str(each.group), []).append(evidence(post if each.post == post.id else echo, each))
    return make_digest(
        "กองทุนสวัสดิการชุมชนสามหมู่บ้าน",
        Phase("project-1", "ระยะที่ 1: ตั้งกองทุนนำร่อง", date(2006, 10, 1), date(2007, 3, 31)),
        groups={label: list(rows.values()) for label, rows in groups.items() if label != "issue"} | {"issue": list(groups["issue"].values())[:2]},
        totals={"lesson": 3, "issue": 1234, "action": 2},
        model="cues-2",
        posts=24,
        authors=7,
        passages=1305,
        unsure=2,
        first_post=date(2006, 10, 5),
        last_post=date(2007, 3, 29),
        registers=registers,
    )


@pytest.fixture(name="post")
def _post() -> Post:
    return fund_post()


@pytest.fixture(name="passages")
def _passages(post) -> list[Passage]:
    return fund_passages(post)


@pytest.fixture(name="digest")
def _digest() -> Digest:
    return fund_digest()


@pytest.fixture(name="empty_digest")
def _empty_digest() -> Digest:
    return make_digest(
        "กองทุนสวัสดิการชุมชนสามหมู่บ้าน",
        Phase("all", "ทั้งหมด"),
        groups={},
        totals={},
        model="cues-2",
        posts=0,
        authors=0,
        passages=0,
        unsure=0,
        first_post=None,
        last_post=None,
    )


@pytest.fixture(name="rejects")
def _rejects() -> list[Reject]:
    return [
        Reject("2550/ว่าง.txt", None, "2550/ว่าง.txt: แฟ้มต้องมีข้อความ แต่ไม่พบข้อความใด ให้ตรวจแฟ้มนี้ หรือปล่อยไว้ เพราะกันออกแล้ว"),
        Reject("รวม.jsonl", 3, "รวม.jsonl บรรทัดที่ 3: ช่อง text ต้องเป็นข้อความ แต่พบ null ให้แก้บรรทัดนี้"),
    ]


@pytest.fixture(name="notes")
def _notes() -> list[tuple[str, str]]:
    return [("2550/51204.txt", "หน้านี้ระบุว่ามี 3 ความเห็น แต่พบ 2 ความเห็น")]


def unbroken(text: str) -> str:
    """Return a page, a plain twin or words of a document without what only says where its lines end, as its reader gets it."""
    return re.sub("<wbr>|</?nobr>", "", text) if text.startswith("<") else re.sub("(?m)^ ", "", text.replace(" \n", "").replace(NO_BREAK, " "))


class Page(HTMLParser):
    """What a browser would build: the elements with their attributes, the text in them, and whether every element is closed."""

    VOID = frozenset({"meta", "br", "hr", "img", "input", "link"})

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[tuple[str, ...], str]] = []
        self.feed(unbroken(html))
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        self.texts.append((tuple(f"{tag}.{attributes.get('class', '')}" for tag, attributes in self.open), data))

    @property
    def tags(self) -> list[str]:
        return [tag for tag, _ in self.elements]

    def values(self, attribute: str) -> list[str]:
        return [attributes[attribute] or "" for _, attributes in self.elements if attribute in attributes]

    def text(self, inside: str = "body.", without: str = "style.") -> str:
        return "".join(data for path, data in self.texts if inside in path and without not in path)


@pytest.fixture(name="read_page", scope="session")
def _read_page() -> type[Page]:
    return Page


def training_on(day: int, moved_to: int | None = None) -> Thread:
    """Return a thread of the fund: the training on a day of April 2007, moved to another where one is given."""
    post = fund_post()
    said = passage(post, Said(FUND_PASSAGES[4].words, "action", 0.95))
    set_for = date(2007, 4, day)
    opener = replace(
        said, action=ActionFields((Actor("ครูจินดา"),), said.quote, (When("", set_for, set_for, "09:30/12:00"),), "ศาลากลางบ้าน", "planned", "resolved")
    )
    events = [ThreadEvent(opener, "opens")]
    due = set_for
    if moved_to:
        due = date(2007, 4, moved_to)
        news = replace(opener, span=Span(0, 5), quote=post.text[:5], action=replace(opener.action, when=(When("", due, due),), state="postponed"))
        events.append(ThreadEvent(news, "moved", set_for.isoformat(), due.isoformat()))
    return Thread("7e0a", "plan", said.quote, "moved" if moved_to else "open", tuple(events), ("ครูจินดา",), due)


def evidence_here(said: Passage) -> Evidence:
    return evidence(fund_post(), said)


@pytest.fixture(name="training")
def _training():
    return training_on


@pytest.fixture(name="here")
def _here():
    return evidence_here


@pytest.fixture(name="followed_digest")
def _followed_digest(digest) -> Digest:
    """Return the digest with two matters that go on, one of them moved, and one settled."""
    moved, plain = training_on(11, 18), training_on(25)
    lines = (
        Followed(
            "plan",
            "moved",
            evidence_here(moved.opened_by),
            evidence_here(moved.last.passage),
            "moved",
            ("ครูจินดา",),
            moved.due,
            (("2007-04-11", "2007-04-18"),),
        ),
        Followed("action", "open", evidence_here(plain.opened_by), None, None, (), plain.due),
        Followed("promise", "done", evidence_here(plain.opened_by), evidence_here(moved.last.passage), "done", (), None),
    )
    return replace(digest, followed=lines, followed_total=len(lines))
