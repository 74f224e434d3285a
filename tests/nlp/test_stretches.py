"""What the tagger sees: every word but the blanks, in its place, with the gap before it."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.languages.th.cues import cue_set
from pipeline.nlp.cues import CueFinder
from pipeline.nlp.stretches import GLUED, LINE, SPACE, seen_words, sign_count, windows
from pipeline.nlp.word_table import FIRST_KNOWN, word_table

TABLE = word_table(["ชาวบ้าน", "กังวล"], np.zeros((FIRST_KNOWN + 2, 4), np.float16))


@pytest.fixture
def seen_of(by_cues, make_post):
    with by_cues.batch():

        def seen(*parts, **more):
            doc = CueFinder()(by_cues.tokenize([make_post(*parts, **more)])[0])
            return doc, seen_words(doc, TABLE)

        yield seen


def words(doc, seen):
    return [doc.text[start:end] for start, end in zip(seen.starts, seen.ends, strict=True)]


def test_words_stand_without_blanks_and_with_their_gaps(seen_of):
    doc, seen = seen_of("ชาวบ้านกังวล ค่าไฟ\nครูแดงมา")
    assert words(doc, seen)[:2] == ["ชาวบ้าน", "กังวล"]
    assert not any(word.isspace() for word in words(doc, seen))
    gaps = dict(zip(words(doc, seen), seen.gaps.tolist(), strict=True))
    assert (gaps["ชาวบ้าน"], gaps["กังวล"], gaps["ครู"]) == (LINE, GLUED, LINE)
    assert SPACE in seen.gaps
    assert seen.rows[:2].tolist() == [FIRST_KNOWN, FIRST_KNOWN + 1]


def test_signs_name_the_cues_and_the_part(seen_of):
    doc, seen = seen_of("ลุงคำกังวล", [("นก", "ขอบคุณ")], lead="ลุงคำกังวล")
    assert seen.signs.shape == (len(seen), sign_count())
    parts = seen.signs[:, len(cue_set()) :]
    assert parts.sum(axis=1).tolist() == [1.0] * len(seen)
    assert parts.sum(axis=0).all()
    worried = next(number for number, cue in enumerate(cue_set()) if any(pattern.match("กังวล") for pattern in cue.patterns))
    assert seen.signs[words(doc, seen).index("กังวล"), worried] == 1


def test_an_empty_post_has_no_words(seen_of):
    _, seen = seen_of("")
    assert len(seen) == 0
    assert seen.signs.shape == (0, sign_count())


@given(length=st.integers(0, 2_000), stretch=st.integers(2, 300), overlap=st.integers(0, 299))
def test_windows_of_one_size_cover_everything_and_overlap(length, stretch, overlap):
    found = list(windows(length, stretch, min(overlap, stretch - 1)))
    covered = {place for start, end in found for place in range(start, end)}
    assert covered == set(range(length))
    assert len({end - start for start, end in found}) <= 1
    assert all(0 < end - start <= stretch for start, end in found)
    assert all(end - start >= min(overlap, stretch - 1) for (_, end), (start, _) in pairwise(found))
    assert found == sorted(set(found))
