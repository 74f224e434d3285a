"""Every form of a digest, whole or cut, tells the same numbers: of each label, of what is followed and asked, and of what was kept."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from io import BytesIO
from typing import get_args

import docx
import openpyxl
import pytest

from pipeline.cuts import Cut, CutKind
from pipeline.digest.cuts import cut
from pipeline.records import Followed
from pipeline.render import FORMATS, documents, index_page, register_xlsx
from pipeline.render.briefing import heading
from pipeline.render.register_xlsx import Entry
from pipeline.render.sheet import sheet
from pipeline.render.words import label_name, word

KINDS = (None, *get_args(CutKind))


@pytest.fixture(name="whole")
def _whole(followed_digest):
    """Return a digest that holds all that it counts, a question among it."""
    asked = Followed("question", "open", followed_digest.sections[1].items[0].evidence[0], None, None, (), None)
    sections = tuple(replace(one, total=len(one.items)) for one in followed_digest.sections)
    return replace(followed_digest, sections=sections, questions=(asked,), questions_total=1)


@pytest.fixture(name="made", params=KINDS)
def _made(request, whole):
    view = Cut(request.param, agency="ครูจินดา", area="บ้านหนองกุ่ม", roles=("ครู",)) if request.param else None
    return cut(whole, view) if view else whole


def text_of(name, digest, read_page):
    """Return the words of a form, on one line and without brackets."""
    if name == "docx":
        opened = docx.Document(BytesIO(documents(thai_digits=False)["docx"][1](digest)))
        text = "\n".join(
            [*(each.text for each in opened.paragraphs), *(cell.text for table in opened.tables for row in table.rows for cell in row.cells)]
        )
    else:
        text = FORMATS[name][1](digest)
        text = read_page(text).text() if name in {"html", "mail"} else text
    return re.sub(r"[\s()=#*:]+", " ", text)


@pytest.mark.parametrize("name", ["markdown", "html", "mail", "mail text", "docx"])
def test_a_form_counts_what_json_counts(name, made, read_page):
    rows, text = json.loads(FORMATS["json"][1](made)), text_of(name, made, read_page)
    counts = {heading(made, one["label"], label_name(one["label"])): one["total"] for one in rows["sections"]}
    counts[heading(made, "followed", word("followed"))] = rows["followed_total"]
    if "mail" not in name:  # which has no room for questions
        counts[heading(made, "questions", word("questions"))] = rows["questions_total"]
    kept = [*([rows["cut"]] if rows["cut"] else []), rows]
    said = [f"{re.sub(r'[:]+', '', title)} {word('items_count', n=total)}" for title, total in counts.items()]
    assert not [one for one in said if re.sub(r"\s+", " ", one) not in text]
    assert not [one for one in kept if f"{one['passages']:,} ข้อความ" not in text or f"{one['posts']:,} บันทึก" not in text]


@pytest.fixture(name="page_of", params=["executive", "host"])
def _page_of(request, whole):
    """Return a cut for one page: its duty stands above as a matter carried on, and one passage carries three topics to the next forum."""
    one, *others = whole.followed
    topics = [replace(one, kind="carried-topic", title=title) for title in ("ค่าน้ำมันเรือ", "กุญแจศาลา")]
    duty = next(item for section in whole.sections if section.label == "action" for item in section.items)
    above = replace(one, state="open", opener=duty.evidence[0], last=None)
    made = cut(replace(whole, followed=(*topics, one, above, *others), followed_total=len(others) + 4, followed_open=None), Cut(request.param))
    duties = tuple(replace(each, total=1, items=(duty,)) if each.label == "action" else each for each in made.sections)
    return replace(made, sections=duties)


def test_one_page_shows_or_points_to_all_that_json_counts(page_of):
    rows, told = json.loads(FORMATS["json"][1](page_of)), {}
    totals = {one["label"]: one["total"] for one in rows["sections"]} | {"followed": rows["followed_total"], "questions": rows["questions_total"]}
    totals["top"] = len(rows["top"])
    for part in sheet(page_of).parts:
        total, *elsewhere = map(int, re.findall(r"([\d,]+) ข้อ", part.counted))
        assert total == totals[part.id] == sum(line.entries for line in part.lines) + sum(elsewhere)
        assert not told.keys() & {line.cited.anchor for line in part.lines}
        assert all(name in told.values() for name in re.findall("“(.*?)”", part.counted))
        told |= {line.cited.anchor: part.name for line in part.lines}
    assert sheet(page_of).basis.count(f"{rows['cut']['passages']:,} ข้อความ") >= 1


def test_the_register_and_the_first_page_count_the_same(whole, read_page):
    items = {section.label: section.items for section in whole.sections}
    book = openpyxl.load_workbook(
        BytesIO(register_xlsx("", None, lambda label: (Entry(whole.phase.name, item, None, has_page=True) for item in items[label])))
    )
    rows = [len({row[-1].value for row in sheet.iter_rows(min_row=2)}) for sheet in book]
    assert rows == [len(items[label]) for label in ("action", "issue", "lesson")]
    first = re.sub(r"\s+", " ", read_page(index_page(whole.project, [whole], [], [])).text())
    assert all(f"{len(found)} {label_name(label)}" in first for label, found in items.items())
