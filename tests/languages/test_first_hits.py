"""One walk for many patterns finds what a search for each finds."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.languages.th.first_hits import FirstHits
from pipeline.languages.th.states import _SIGNS
from pipeline.languages.th.turns import _TURNS

PATTERNS = {
    "within": "กลาย|ลาย",  # one begins within the other
    "looks back": "ลา(?<!กลา)|(?<=กา)ลา",
    "one sign": "ก|ลายมือ",
    "a class": r"[0-9]+ก|ลา",
    "no opening": r"(?:\s|^)ลาย|กาล",
    "at the end": "ลา$|กลา$",
    "optional": "ก?ลาก",
}
small_texts = st.text(st.sampled_from("กลาย 1มือ\n"), max_size=24)


def openings_of(patterns):
    """Return stretches of the patterns themselves, of which texts are made that they may find something in."""
    return sorted({word for pattern in patterns.values() for word in re.findall("[ก-๙]{2,}", pattern)})


def assert_finds_the_same(patterns, text, first=0):
    found = FirstHits(patterns).of(text, first)
    meant = {name: re.compile(pattern).search(text, first) for name, pattern in patterns.items()}
    assert [(name, hit.span()) for name, hit in found.items()] == [(name, hit.span()) for name, hit in meant.items() if hit]


@given(text=small_texts, first=st.integers(0, 6))
def test_the_first_hit_of_each_is_that_of_a_search(text, first):
    assert_finds_the_same(PATTERNS, text, first)


@pytest.mark.parametrize("patterns", [_TURNS, _SIGNS], ids=["turns", "states"])
def test_the_rules_find_the_same(patterns):
    hits = FirstHits(patterns)
    every = {name: re.compile(pattern) for name, pattern in patterns.items()}

    @given(words=st.lists(st.sampled_from([*openings_of(patterns), " ", "\n", "ก", "1", "จาก", "ๆ"]), max_size=12))
    def same(words):
        text = "".join(words)
        meant = {name: hit.span() for name, pattern in every.items() if (hit := pattern.search(text))}
        assert {name: hit.span() for name, hit in hits.of(text).items()} == meant

    same()


def test_what_is_known_already_is_left_out():
    assert list(FirstHits({"one": "กลาย", "other": "ลาย"}).of("กลาย", without={"one"})) == ["other"]
