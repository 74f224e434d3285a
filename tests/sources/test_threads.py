"""Marked threads read as they stand in the corpus, every event at the place of a passage; a wrong line is named."""

import json
from pathlib import Path

import pytest

from pipeline.errors import SourceError
from pipeline.records import Span
from pipeline.sources.marked import read_corpus
from pipeline.sources.threads import read_threads

CORPORA = Path(__file__).parents[2] / "corpora"
LINE = {"series": "w9-s1", "kind": "action", "title": "ทำป้าย", "state": "done", "events": [{"at": "a:10-20", "relation": "opens"}]}


def test_a_line_is_a_thread(tmp_path):
    events = [*LINE["events"], {"at": "b-2:5-9", "relation": "done"}]
    (tmp_path / "w9.jsonl").write_text(json.dumps({**LINE, "events": events}) + "\n\n", encoding="utf-8")
    [thread] = read_threads(tmp_path)
    assert (thread.writer, thread.series, thread.kind, thread.state) == ("w9", "w9-s1", "action", "done")
    assert [(event.source, event.span, event.relation) for event in thread.events] == [
        ("w9/a.txt", Span(10, 20), "opens"),
        ("w9/b-2.txt", Span(5, 9), "done"),
    ]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"kind": "song"}, "song"),
        ({"state": "asleep"}, "asleep"),
        ({"events": []}, "IndexError"),
        ({"events": [{"at": "a:10-20", "relation": "done"}]}, "done"),
        ({"events": [{"at": "a:20-10", "relation": "opens"}]}, "20..10"),
        ({"events": [{"at": "somewhere", "relation": "opens"}]}, "somewhere"),
        ({"title": None, "series": None, "events": None}, "TypeError"),
    ],
)
def test_a_wrong_line_is_named(tmp_path, changes, found):
    rows = [LINE, {**LINE, **changes}]
    (tmp_path / "w9.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    with pytest.raises(SourceError) as caught:
        list(read_threads(tmp_path))
    assert "w9.jsonl, line 2" in caught.value.en
    assert found in caught.value.en


def test_every_event_of_the_corpus_stands_where_a_passage_is_marked():
    marked = {(labelled.post.source, passage.span) for labelled in read_corpus(CORPORA / "posts") for passage in labelled.passages}
    threads = list(read_threads(CORPORA / "threads"))
    events = [(event.source, event.span) for thread in threads for event in thread.events]
    assert len(threads) >= 2_000
    assert [at for at in events if at not in marked] == []
