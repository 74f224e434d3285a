"""What goes out to another tool comes back the same: ids, offsets, labels and fields."""

import csv
import io
import json
from xml.etree import ElementTree as ET

import pytest
from spacy.tokens import DocBin
from spacy.vocab import Vocab

from pipeline.errors import SourceError
from pipeline.exchange import FORMATS, label_studio
from pipeline.exchange.pages import Mark, Page, made_mark
from pipeline.labels import label_ids
from pipeline.records import Span

TEXT = "😀 เล่าเรื่องน้ำ\r\nต้องฟังลุงก่อน\u200bวางแผน 👍🏽\u00a0ยังขาดกุญแจ\n=นัดเปิดประตูน\u0e4d\u0e49าวันพุธ"
WHO = [{"text": "ลุงชม", "name": None, "role": None}]
WHEN = [{"text": "วันพุธ", "first_day": "2026-01-07", "last_day": "2026-01-07", "time": None, "repeats": None, "basis": "post date"}]


def mark(words, label, **fields):
    start = TEXT.index(words)
    told = {"phase": "pilot", "voice": "author", "speaker": None, **fields}
    return Mark(Span(start, start + len(words)), label, words, id=f"id-{start}", fields=told)


MARKS = (
    mark("ต้องฟังลุงก่อน\u200bวางแผน", "lesson"),
    mark("ยังขาดกุญแจ", "issue", phase=None, voice="quoted", speaker="ลุงชม"),
    mark("=นัดเปิดประตูน\u0e4d\u0e49าวันพุธ", "action", who=WHO, when=WHEN, where="-ท้ายซอย", state="planned"),
)
PAGE = Page("7", TEXT, MARKS, "หน้าที่ 7", tuple(one.id for one in MARKS))
EMPTY = Page("8", "ไม่มีอะไร", (), "")


@pytest.mark.parametrize("kind", [kind for kind in FORMATS if kind != "csv"])
def test_pages_come_back_as_they_went(kind):
    write, read, _ = FORMATS[kind]
    assert list(read(write([PAGE, EMPTY]), "file")) == [PAGE, EMPTY]
    assert write([PAGE]) == write([PAGE])


def test_a_table_gives_back_every_mark():
    write, read, _ = FORMATS["csv"]
    assert list(read(write([PAGE, EMPTY]), "a.csv")) == [Page("7", None, MARKS)]


def test_a_table_opens_with_a_byte_order_mark_and_holds_no_formula():
    data = FORMATS["csv"].write([PAGE])
    assert data.startswith(b"\xef\xbb\xbf")
    cells = [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")) for cell in row]
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []


def test_names_and_days_typed_into_a_table_are_read():
    data = 'post,start,end,label,quote,who,when,where,state\n7,0,3,action,นัด,"ลุงชม, ป้าแก้ว",2026-01-07,,done\n'.encode()
    [page] = FORMATS["csv"].read(data, "a.csv")
    assert page.marks[0].fields == {
        "who": [{"text": "ลุงชม"}, {"text": "ป้าแก้ว"}],
        "when": [{"text": "", "first_day": "2026-01-07", "last_day": "2026-01-07"}],
        "where": None,
        "state": "done",
    }


def test_label_studio_counts_an_emoji_as_two():
    [task] = json.loads(label_studio.write([PAGE]))
    for row in task["annotations"][0]["result"]:
        units = TEXT.encode("utf-16-le")[2 * row["value"]["start"] : 2 * row["value"]["end"]]
        assert units.decode("utf-16-le") in {one.quote for one in MARKS}


def test_what_a_person_changes_in_label_studio_is_read():
    [task] = json.loads(label_studio.write([PAGE]))
    rows = {(row["id"], row["from_name"]): row for row in task["annotations"][0]["result"]}
    action = MARKS[2].id
    rows[MARKS[1].id, "label"]["value"]["labels"] = ["lesson"]
    rows[action, "who"]["value"]["text"] = ["ลุงชม", "ป้าแก้ว"]
    rows[action, "state"]["value"]["choices"] = ["done"]
    rows[MARKS[1].id, "voice"]["value"]["choices"] = ["commenter"]
    task["annotations"][0]["result"].remove(rows[MARKS[1].id, "speaker"])
    [page] = label_studio.read(json.dumps([task]).encode(), "a.json")
    assert [one.label for one in page.marks] == ["lesson", "lesson", "action"]
    assert (page.marks[2].fields["who"], page.marks[2].fields["state"]) == ([{"text": "ลุงชม"}, {"text": "ป้าแก้ว"}], "done")
    assert page.marks[2].fields["when"] == WHEN
    assert page.marks[1].fields == {"phase": None, "voice": "commenter", "speaker": None}


def test_the_configuration_of_label_studio_names_our_labels_and_what_an_export_has():
    view = ET.fromstring(label_studio.configuration())  # noqa: S314 - our own
    assert [one.get("value") for one in view.iter("Label")] == list(label_ids())
    names = {one.get("name") for one in view.iter() if one.get("toName") == "text"}
    [task] = json.loads(label_studio.write([PAGE]))
    assert {row["from_name"] for row in task["annotations"][0]["result"]} <= names


def test_no_span_is_lost_between_tokens():
    [task] = [json.loads(line) for line in FORMATS["prodigy"].write([PAGE]).decode().splitlines()]
    assert "".join(token["text"] for token in task["tokens"]) == TEXT
    assert [task["tokens"][span["token_start"]]["start"] for span in task["spans"]] == [one.span.start for one in MARKS]
    assert [task["tokens"][span["token_end"]]["end"] for span in task["spans"]] == [one.span.end for one in MARKS]
    [doc] = DocBin().from_bytes(FORMATS["spacy"].write([PAGE])).get_docs(Vocab())
    assert [(span.text, span.label_) for span in doc.spans["lessons"]] == [(one.quote, one.label) for one in MARKS]


def test_what_a_prodigy_annotator_ignored_takes_nothing_away():
    row = json.loads(FORMATS["prodigy"].write([PAGE])) | {"answer": "ignore"}
    assert list(FORMATS["prodigy"].read(json.dumps(row).encode(), "a.jsonl")) == []


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("label-studio", b"no json"),
        ("label-studio", b'[{"data": {}}]'),
        ("label-studio", b"{}" * 2),
        ("prodigy", b'{"text": "a"}'),
        ("prodigy", b"no json"),
        ("doccano", '{"text": "กข", "label": [[0, 9, "issue"]], "post": "7"}'.encode()),
        ("doccano", '{"text": "กข", "label": [[0, 1, "rumour"]], "post": "7"}'.encode()),
        ("spacy", b"no docs"),
        ("csv", b"post,start,end,label,quote\n7,x,3,issue,abc\n"),
        ("csv", b"a,b\n1,2\n"),
    ],
)
def test_a_row_of_another_format_is_set_aside_with_one_sentence(kind, data):
    [aside] = FORMATS[kind].read(data, "file")
    assert isinstance(aside, SourceError)
    assert aside.en.startswith("file, row ")
    assert aside.th.startswith("file แถวที่ ")


def test_good_rows_beside_a_bad_one_are_read():
    data = FORMATS["doccano"].write([PAGE]) + b"broken\n" + FORMATS["doccano"].write([EMPTY])
    found = list(FORMATS["doccano"].read(data, "a.jsonl"))
    assert (found[0], found[1].line, found[2]) == (PAGE, 2, EMPTY)


@pytest.mark.parametrize(
    ("start", "end", "label", "fields"),
    [(3, 3, "issue", {}), (0, 99, "issue", {}), (0, 2, "x", {}), (0, 2, "action", {"state": "soon"}), (0, 2, "issue", {"voice": "rumour"})],
)
def test_a_mark_that_cannot_be_is_refused(start, end, label, fields):
    with pytest.raises(ValueError, match="must"):
        made_mark("ข้อความ", start, end, label, fields=fields)
