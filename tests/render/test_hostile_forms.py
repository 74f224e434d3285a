"""What scraped text can never do in a form that is no page: begin a formula, add a header, a part or a line, change a structure, or turn unseen."""

from __future__ import annotations

import email
import json
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from email.policy import default
from functools import cache
from io import BytesIO

import docx
import openpyxl
import pytest

from pipeline.cuts import Cut
from pipeline.mail.composing import Attached, Content, Envelope, Sender, compose
from pipeline.privacy import Leaving
from pipeline.records import ActionFields, Actor, ChainLink, Span, When
from pipeline.render import FORMATS, calendar_ics, documents, index_page, post_page, register_xlsx
from pipeline.render.digest_mail import Sent, digest_mail, digest_mail_text, mail_subject
from pipeline.render.register_xlsx import Entry
from pipeline.settings import Privacy
from tests.render.conftest import evidence_here, fund_digest, fund_passages, fund_post, training_on, unbroken
from tests.render.test_hostile import ATTACKS, HIDDEN, hostile_digest, hostile_post, turned

FORMULAS = [
    "=1+1",
    "+66 81",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r\n=1+1",
    "\x00=1+1",
    "\u200e=1+1",
    '=HYPERLINK("http://e.org","x")',
    "=cmd|' /C calc'!A0",
]
HARMLESS = "ครับ"
READ = {name: text for name, text in ATTACKS.items() if name != "half a pair"}  # readers of posts refuse it
attacks = pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
ENVELOPE = Envelope(Sender("km@example.org", "ทีมจัดการความรู้"), "reader@example.org", "<one@example.org>", datetime(2007, 4, 1, tzinfo=UTC))


# The register: no cell is a formula


def begun_with(passage, attack):
    """Return a passage in which every field that a post gives begins with the attack."""
    action = ActionFields((Actor(attack, attack, attack),), attack, (When(attack, date(2007, 4, 18)),), attack, "planned", "resolved")
    chain = tuple(ChainLink(part, Span(0, 1), attack) for part in ("event", "lesson", "suggestion", "cause", "effect", "remedy"))
    return replace(
        passage, quote=attack, speaker=attack, source=attack, why=(attack,), chain=chain, action=action if passage.label == "action" else None
    )


@pytest.mark.parametrize("attack", FORMULAS)
def test_no_cell_begins_a_formula_whatever_field_it_comes_from(attack):
    digest, thread = fund_digest(), training_on(11, 18)

    def entries(label):
        [items] = [section.items for section in digest.sections if section.label == label]
        for item in items:
            one = replace(item.evidence[0], passage=begun_with(item.evidence[0].passage, attack), title=attack, author=attack, url=attack)
            yield Entry(attack, replace(item, evidence=(one,)), replace(thread, title=attack, owners=(attack,)), has_page=True)

    data = register_xlsx(attack, None, entries)
    cells = [cell for sheet in openpyxl.load_workbook(BytesIO(data)) for row in sheet for cell in row]
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
    begun = [cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith(tuple("=+-@\t\r\n"))]
    assert len(begun) > len(digest.sections)
    assert not [cell.coordinate for cell in begun if not cell.quotePrefix]
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert not [name for name in archive.namelist() if b"<f>" in archive.read(name) or b"<f " in archive.read(name)]


# The message: no header, no part


@cache
def message(attack: str):
    digest = hostile_digest(fund_digest(), attack)
    sent = Sent("attached", "https://lists.example.org/leave", calendar=True)
    days = calendar_ics(attack, "Asia/Bangkok", None, [training_on(11)], lambda said: turned(evidence_here(said), attack))
    files = (
        Attached(f"{digest.stem}.docx", "application/octet-stream", b"report"),
        Attached("calendar.ics", "text/calendar", days, (("method", "PUBLISH"), ("charset", "utf-8"))),
    )
    content = Content(mail_subject(digest), digest_mail_text(digest, sent), digest_mail(digest, sent), "th", files)
    sender = replace(ENVELOPE.sender, name=f"{ENVELOPE.sender.name}{attack[:200].encode('utf-8', 'ignore').decode()}")
    return compose(replace(ENVELOPE, sender=sender), content)


@attacks
def test_a_message_gets_no_header_and_no_part(attack):
    parsed, harmless = (email.message_from_string(message(text), policy=default) for text in (attack, HARMLESS))
    assert parsed.keys() == harmless.keys()
    assert not parsed.defects
    assert [part.get_content_type() for part in parsed.walk()] == [part.get_content_type() for part in harmless.walk()]
    assert [one.addr_spec for header in ("From", "To") for one in parsed[header].addresses] == ["km@example.org", "reader@example.org"]
    assert len(parsed["Subject"].splitlines()) == 1
    [days] = [part.get_payload(decode=True).decode() for part in parsed.iter_attachments() if part.get_content_type() == "text/calendar"]
    assert [line.partition(":")[0] for line in days.splitlines() if line.startswith(("BEGIN:VE", "METHOD", "ATTENDEE", "ORGANIZER"))] == [
        "METHOD",
        "BEGIN",
    ]
    assert max(map(len, message(attack).splitlines())) < 998  # RFC 5322


@attacks
def test_the_plain_twin_gets_no_line(attack):
    turned_text, harmless = (unbroken(FORMATS["mail text"][1](hostile_digest(fund_digest(), text))) for text in (attack, HARMLESS))
    places = [[line.partition("https://")[0][:3] for line in text.splitlines() if "https://" not in line] for text in (turned_text, harmless)]
    assert places[0] == places[1]


# Data keeps its structure, and what it says


@attacks
def test_json_keeps_its_structure_and_the_words_as_they_stand(attack):
    def places(value, at=""):
        if isinstance(value, dict):
            return [place for key, each in value.items() for place in places(each, f"{at}.{key}")]
        if isinstance(value, list):
            return [place for number, each in enumerate(value) for place in places(each, f"{at}[{number}]")]
        return [at]

    written, harmless = (json.loads(FORMATS["json"][1](hostile_digest(fund_digest(), text))) for text in (attack, HARMLESS))
    assert places(written) == places(harmless)


# Who reads outside gets no more than who reads inside


@cache
def outside(attack: str):
    """Return the pages of a reader outside, and the document."""
    digest, post = hostile_digest(fund_digest(), attack), hostile_post(fund_post(), attack)
    passages = [turned(passage, attack) for passage in fund_passages(fund_post())]
    leaving = Leaving([digest], Privacy("mask"))
    leaves = leaving.digest(digest)
    return {
        "page": FORMATS["html"][1](leaves),
        "mail": FORMATS["mail"][1](leaves),
        "index": index_page(leaves.project, [leaves], [], []),
        "post": post_page(leaving.post(post), [leaving.passage(one) for one in passages]),
    }


@pytest.mark.parametrize("attack", READ.values(), ids=READ)
@pytest.mark.parametrize("form", ["page", "mail", "index", "post"])
def test_no_page_for_outside_gets_an_element(attack, form, read_page):
    attacked, harmless = (read_page(outside(text)[form]) for text in (attack, HARMLESS))
    linked = form != "post" and attacked.values("href")
    free = set() if linked else {"p", "a", "span"}
    assert [tag for tag in attacked.tags if tag not in free] == [tag for tag in harmless.tags if tag not in free]
    assert not {name for _, attributes in attacked.elements for name in attributes if name.startswith("on")}
    assert not set(HIDDEN + "\ud800") & set(attacked.text())


# What turns the line round is shown where it stands


@pytest.fixture(name="turning", params=["\u202e", "\u202d", "\u202a", "\u202b", "\u2066", "\u2067", "\u2068"])
def _turning(request):
    return request.param


def test_what_turns_a_line_is_named_in_every_form(turning):
    attack = f"{turning}กลับ"
    digest, post, thread = hostile_digest(fund_digest(), attack), hostile_post(fund_post(), attack), training_on(11)
    sections = {section.label: section.items for section in digest.sections}
    book = register_xlsx(digest.project, None, lambda label: (Entry(digest.phase.name, item, None, has_page=True) for item in sections[label]))
    document = docx.Document(BytesIO(documents()["docx"][1](digest)))
    page = replace(digest, cut=Cut("executive"))
    one_page = docx.Document(BytesIO(documents()["docx"][1](page)))
    shown = {
        **{name: render(digest) for name, (_, render) in FORMATS.items() if name != "json"},
        "sheet": FORMATS["html"][1](page),
        "sheet in Word": "".join(paragraph.text for paragraph in one_page.paragraphs),
        "outside": FORMATS["html"][1](Leaving([digest], Privacy("mask")).digest(digest)),
        "index": index_page(digest.project, [digest], [], []),
        "post": post_page(post, fund_passages(fund_post())),
        "subject": mail_subject(digest),
        "xlsx": "".join(str(cell.value) for sheet in openpyxl.load_workbook(BytesIO(book)) for row in sheet for cell in row),
        "docx": "".join(paragraph.text for paragraph in document.paragraphs),
        "ics": calendar_ics(attack, "Asia/Bangkok", None, [thread], lambda said: turned(evidence_here(said), attack)).decode().replace("\r\n ", ""),
    }
    assert not [name for name, text in shown.items() if turning in text]
    assert not [name for name, text in shown.items() if f"U+{ord(turning):04X}" not in text]
