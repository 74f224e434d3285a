"""Words that are looked for before their places are found where looking back first finds them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.languages.th.placed import OPENS, placed

WORDS = "ผม|เรา|คง"
PLACES = {
    OPENS: r"(?:^|(?<=[\s\"“(]))",
    "(?<!ยัง#)(?<!มั่น#)": "(?<!ยัง)(?<!มั่น)",
    "(?<=ให้#)": "(?<=ให้)",
}
texts = st.lists(st.sampled_from([*WORDS.split("|"), "ยัง", "มั่น", "ให้", "กระ", " ", "\n", "(", '"', "ก"])).map("".join)


@pytest.mark.parametrize(("place", "looking_back"), PLACES.items())
@given(text=texts, first=st.integers(0, 8))
def test_a_place_is_what_looking_back_finds(place, looking_back, text, first):
    found, meant = (re.compile(pattern) for pattern in (placed(WORDS, place), f"{looking_back}(?:{WORDS})"))
    assert [one.span() for one in found.finditer(text)] == [one.span() for one in meant.finditer(text)]
    behind = meant.search(text, first)
    assert [one.span() for one in found.finditer(text, first)][:1] == ([behind.span()] if behind else [])


@given(text=texts)
def test_one_of_several_places_is_enough(text):
    found, meant = re.compile(placed(WORDS, OPENS, "(?<=ให้#)")), re.compile(rf"(?:^|(?<=[\s\"“(])|(?<=ให้))(?:{WORDS})")
    assert [one.span() for one in found.finditer(text)] == [one.span() for one in meant.finditer(text)]
