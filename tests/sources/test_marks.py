"""Marks and their fields: what a person may write round a passage, and what is refused."""

import pytest

from pipeline.errors import SourceError
from pipeline.records import Span
from pipeline.sources.marks import strip_marks


def test_offsets_count_without_the_marks():
    text, marks = strip_marks("ก⟦A state=done|ขค⟧\r\n⟦I|ง⟧", "a.txt")
    assert text == "กขค\r\nง"
    assert [(mark.span, mark.label) for mark in marks] == [(Span(1, 3), "action"), (Span(5, 6), "issue")]


def test_fields_stand_behind_the_letter_each_with_its_values():
    _, marks = strip_marks("⟦A who=ครูแดง / พี่สม; when=FREQ=MONTHLY;BYDAY=1MO; state=ongoing; strength=resolved|นัดกัน⟧", "a.txt")
    assert marks[0].fields == {
        "who": ("ครูแดง", "พี่สม"),
        "when": ("FREQ=MONTHLY;BYDAY=1MO",),
        "state": ("ongoing",),
        "strength": ("resolved",),
    }
    assert marks[0].first("where") is None


@pytest.mark.parametrize(
    ("marked", "said", "line"),
    [
        ("ก\n⟦L|ข", "not closed", 2),
        ("⟦L|ก\n⟦I|ข⟧⟧", "inside a mark", 2),
        ("ก\n\n⟦X|ข⟧", "the mark ⟦X|", 3),
        ("⟦ก⟧", "the mark ⟦", 1),
        ("ก⟧", "without a passage", 1),
        ("⟦L|⟧", "without a passage", 1),
        ("ก\n⟦L state=done|ข⟧", "state=done", 2),  # a lesson has no state
        ("⟦A state=soon|ข⟧", "state=soon", 1),
        ("⟦A when=2550-1-2|ข⟧", "when=2550-1-2", 1),
        ("⟦A when=2007-02-30|ข⟧", "when=2007-02-30", 1),
        ("⟦A when=2007-13|ข⟧", "when=2007-13", 1),
        ("⟦A when=2007-02-03T25:10|ข⟧", "when=2007-02-03T25:10", 1),
        ("⟦A who=|ข⟧", "who=", 1),
        ("⟦I also=X|ข⟧", "also=X", 1),
        ("⟦I voice=crowd|ข⟧", "voice=crowd", 1),
    ],
)
def test_a_wrong_mark_names_its_line(marked, said, line):
    with pytest.raises(SourceError) as caught:
        strip_marks(marked, "a.txt")
    assert said in caught.value.en
    assert caught.value.line == line


def test_links_of_a_chain_belong_to_lessons_and_issues():
    _, marks = strip_marks("⟦I cause=ท่อตัน; effect=น้ำขัง|ท่อตัน น้ำขัง⟧", "a.txt")
    assert marks[0].fields == {"cause": ("ท่อตัน",), "effect": ("น้ำขัง",)}
    with pytest.raises(SourceError, match="cause="):
        strip_marks("⟦A cause=ท่อตัน|ท่อตัน⟧", "a.txt")
