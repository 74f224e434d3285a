"""Titles are tried only where words begin, and found where looking back from every sign finds them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.languages import leading_titles
from pipeline.render.borders import _NAME
from pipeline.render.kept_together import titles_joined

KNOWN = sorted(leading_titles(), key=lambda title: (-len(title), title))
EVERYWHERE = re.compile(rf"(?<![\u0e00-\u0e7fa-zA-Z.])({'|'.join(map(re.escape, KNOWN))}) {_NAME}")
PARTS = [*KNOWN[:5], "อาจารย์ ดร.", "ดร.", "ผอ.", "นาย", "คุณ", "สมชาย", " ", " ", "<nobr>", "</nobr>", "<wbr>", "(", "\n", "a", ".", "ก"]


@given(text=st.lists(st.sampled_from(PARTS), max_size=14).map("".join))
def test_titles_are_found_where_looking_back_finds_them(text):
    assert titles_joined(text, _NAME, r"<\1_\2>") == EVERYWHERE.sub(r"<\1_\2>", text)


@pytest.mark.parametrize("title", KNOWN)
def test_every_title_is_joined_to_the_name_behind_it(title):
    assert titles_joined(f"พบ {title} สมชาย", _NAME, r"\1_\2") == f"พบ {title}_สมชาย"
