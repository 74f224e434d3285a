"""The files of all phases together say the same numbers as the digests, and lead to pages that are there."""

import json
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
import vobject

from pipeline.followed import ThreadEvent
from pipeline.jobs.days import Days
from pipeline.jobs.publish import Found, outline_of
from pipeline.jobs.together import publish_together
from pipeline.privacy import Leaving
from pipeline.records import Span
from pipeline.registers import Ledger
from pipeline.settings import EVERYTHING, Privacy, read_settings
from pipeline.store.store import Store
from tests.render.conftest import fund_post, training_on

END = ThreadEvent(training_on(11).opened_by, "done")


@pytest.fixture(scope="module")
def digests(published):
    return [json.loads(file.read_text(encoding="utf-8")) for file in sorted(published.glob("*/digest.json"))]


@pytest.fixture(scope="module")
def sheets(published):
    book = openpyxl.load_workbook(published / "register.xlsx")
    return dict(zip(("action", "issue", "lesson"), book, strict=True))


@pytest.mark.parametrize("label", ["action", "issue", "lesson"])
def test_the_register_has_a_row_for_each_item_of_each_digest(digests, sheets, label):
    totals = {digest["phase"]["name"]: section["total"] for digest in digests for section in digest["sections"] if section["label"] == label}
    assert Counter(row[0].value for row in sheets[label].iter_rows(min_row=2)) == totals
    assert all(totals.values())


def test_the_register_quotes_what_the_digests_quote(digests, sheets):
    said = {item["mentions"][0]["quote"] for digest in digests for section in digest["sections"] for item in section["items"]}
    shown = {row[1].value for sheet in sheets.values() for row in sheet.iter_rows(min_row=2)}
    assert {" ".join(quote.split()) for quote in said} == shown


def test_every_link_of_the_register_leads_to_a_passage(published, sheets):
    links = [cell.hyperlink for sheet in sheets.values() for row in sheet.iter_rows(min_row=2) for cell in row if cell.hyperlink]
    assert len(links) == sum(sheet.max_row - 1 for sheet in sheets.values())
    for link in links:
        page = published / link.target.replace("\\", "/")
        assert f'id="{link.location}"' in page.read_text(encoding="utf-8")


def test_the_calendar_shows_the_day_that_the_thread_has_now(published, rows):
    threads = {f"{row['id']}@thai-lessons": row for row in rows(published / "threads.jsonl")}
    events = vobject.readOne((published / "calendar.ics").read_text(encoding="utf-8")).vevent_list
    assert {threads[event.uid.value]["state"] for event in events} <= {"open", "progress", "moved", "dropped", "referred"}
    dated = [event for event in events if threads[event.uid.value]["due"] and not threads[event.uid.value]["next_expected"]]
    assert dated
    for event in dated:
        start = event.dtstart.value
        assert (start if type(start) is date else start.date()).isoformat() == threads[event.uid.value]["due"]


@pytest.mark.parametrize("change", [{"end_doubt": END}, {"kind": "commitment"}, {"state": "progress"}, {"due": date(2007, 4, 25)}])
def test_a_row_of_the_register_is_made_anew_where_its_matter_is_other(tmp_path, change):
    settings, thread = read_settings(None), training_on(11)
    with Store.open(f"sqlite:///{tmp_path}/lessons.db") as store:
        store.put_posts([fund_post()])
        store.put_analysis("m1", "k1", [(fund_post(), [replace(thread.opened_by, phase=EVERYTHING.id)])])
        found = Found("m1", [thread], Ledger(), Days({}, {}))
        digests = [outline_of(EVERYTHING, settings, store, "m1")]
        publish_together(settings, digests, store, tmp_path, found)
        before = (tmp_path / "register.xlsx").read_bytes()
        for out in (tmp_path, tmp_path / "first"):
            publish_together(settings, digests, store, out, replace(found, threads=[replace(thread, **change)]))
    assert before != (tmp_path / "register.xlsx").read_bytes() == (tmp_path / "first" / "register.xlsx").read_bytes()


@pytest.mark.parametrize("outside", [False, True], ids=["within the team", "as it may leave"])
def test_the_register_quotes_what_may_have_settled_a_matter(tmp_path, outside):
    opener, post = training_on(11).opened_by, fund_post()
    news = replace(opener, span=Span(0, 5), quote="ฝึกทำบัญชีแล้ว โทร 081-234-5678", phase=EVERYTHING.id)
    thread = replace(training_on(11), end_doubt=ThreadEvent(news, "done"))
    with Store.open(f"sqlite:///{tmp_path}/lessons.db") as store:
        store.put_posts([post])
        store.put_analysis("m1", "k1", [(post, [replace(opener, phase=EVERYTHING.id)])])
        digests = [outline_of(EVERYTHING, read_settings(None), store, "m1")]
        leaving = Leaving(digests, Privacy("mask")) if outside else None
        publish_together(read_settings(None), digests, store, tmp_path, Found("m1", [thread], Ledger(), Days({}, {})), leaving)
    told = {cell.value for row in openpyxl.load_workbook(tmp_path / "register.xlsx")["สิ่งที่จะทำ"].iter_rows(min_row=2) for cell in row}
    assert [said.split(" · ")[0] for said in told if str(said).startswith("“ฝึกทำบัญชีแล้ว")] == [
        "“ฝึกทำบัญชีแล้ว โทร ▮”" if outside else "“ฝึกทำบัญชีแล้ว โทร 081-234-5678”"
    ]


@pytest.mark.parametrize(("setting", "digit"), [("", "๑"), ("[documents]\nthai_digits = false\n", "1")])
def test_the_team_sets_the_digits_of_the_report(team, setting, digit):
    team.write()
    config = team.configure(("early", "last_day = 1999-12-31"))
    config.write_text(config.read_text(encoding="utf-8") + setting, encoding="utf-8")
    order = team.order(config=config)
    team.run(order)
    with zipfile.ZipFile(order.out / "early" / "digest.docx") as archive:
        assert f"บทที่ {digit} ภาพรวม" in archive.read("word/document.xml").decode()
