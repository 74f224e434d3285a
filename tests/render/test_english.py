"""An English page counts as English does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.records import Phase
from pipeline.render import FORMATS
from pipeline.render.citation import how_often
from pipeline.render.names import named_anew
from pipeline.render.thai_parts import with_thai_marked
from pipeline.render.words import label_names, speaking
from tests.render.conftest import unbroken


@pytest.mark.parametrize(("n", "said"), [(1, "Lesson"), (2, "Lessons"), (None, "Lessons")])
def test_a_heading_names_what_it_counts(n, said):
    with speaking("en"):
        assert label_names("lesson", n) == said
    assert label_names("lesson", n) == "บทเรียน"


def test_it_says_how_often_and_in_how_many_posts(digest):
    item = digest.sections[0].items[0]
    first = item.evidence[0]
    other = replace(first, passage=replace(first.passage, post="another"))
    with speaking("en"):
        assert how_often(replace(item, evidence=(first, first))).startswith("said 2 times in 1 post")
        assert "2 posts since 2007" in how_often(replace(item, evidence=(first, other)))


@pytest.mark.parametrize("form", ["html", "mail", "mail text", "markdown"])
def test_every_form_has_the_names_of_the_many_over_its_parts(digest, form):
    with speaking("en"):
        text = unbroken(FORMATS[form][1](digest))
    assert not [name for name in ("Lessons", "Issues", "Actions") if name not in text]


def test_thai_behind_a_picture_that_is_in_thai_is_marked():
    with speaking("en"):
        assert with_thai_marked('<svg lang="th"><text>ก</text></svg><p>ศรี</p>').endswith('<p><span lang="th">ศรี</span></p>')


def test_what_a_team_calls_as_we_call_something_else_keeps_its_name(digest):
    own = replace(digest, project="ทั้งหมด", phase=Phase("first", "All posts"))
    with speaking("en"):
        made = named_anew(own)
    assert (made.project, made.phase) == (own.project, own.phase)
