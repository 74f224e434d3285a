"""A piece's row depends on its own post alone, whatever batch it is read in."""

import numpy as np
import pytest

from pipeline.languages.th.cues import cue_set
from pipeline.nlp.features import CHARACTER_BUCKETS, PLACES, learn_vocabulary, make_features, words_in

LINES = ["ลุงคำกังวลค่าไฟ ป้าศรีทอเสื่อ", "ตกลงกันล้างตลาดเดือนละครั้ง 12 บาท", "หัวใจของวงนี้คือการฟัง", "- ปลูกกล้วย\n- ขุดบ่อ?"]


@pytest.fixture
def docs_of(by_cues):
    """Return a factory: posts in, Docs with pieces and cues out, alive until the test ends."""
    with by_cues.batch():

        def make(*posts):
            docs = by_cues.tokenize(posts)
            by_cues.classify(docs)
            return docs

        yield make


@pytest.fixture
def vocabulary(docs_of, make_post):
    return learn_vocabulary(docs_of(*(make_post("\n".join(LINES), number=n) for n in range(3))))


@pytest.fixture
def positions(docs_of, make_post, vocabulary):
    """Return a function: parts of a post in, the positions of its pieces out."""
    return lambda *parts, **more: rows(docs_of(make_post(*parts, **more)), vocabulary)[:, blocks(vocabulary)[-1]]


def rows(docs, vocabulary):
    return make_features(docs, vocabulary).toarray()


def blocks(vocabulary):
    """Return the slices of the row: words, characters, cues, position."""
    sizes = [len(vocabulary.words), CHARACTER_BUCKETS, len(cue_set()), PLACES]
    ends = np.cumsum(sizes)
    return [slice(end - size, end) for size, end in zip(sizes, ends, strict=True)]


def test_the_blocks_fill_the_row(docs_of, make_post, vocabulary):
    assert blocks(vocabulary)[-1].stop == make_features(docs_of(make_post(LINES[0])), vocabulary).shape[1]


def test_words_and_characters_have_length_one_where_there_are_any(docs_of, make_post, vocabulary):
    found = rows(docs_of(make_post("\n".join(LINES)), make_post("😀\nzzz qqq")), vocabulary)
    words, characters, *_ = blocks(vocabulary)
    for block in (words, characters):
        lengths = np.linalg.norm(found[:, block], axis=1)
        assert np.all(np.isclose(lengths, 1) | (lengths == 0))
    lengths = np.linalg.norm(found[:, words], axis=1)
    assert lengths[0] > 0.9
    assert lengths[-1] == 0
    assert np.isfinite(found).all()


def test_a_post_without_pieces_stands_in_nobodys_way(docs_of, make_post, vocabulary):
    full = make_post("\n".join(LINES))
    alone = rows(docs_of(full), vocabulary)
    for place in range(3):
        posts = [make_post("", number=n) for n in range(2)]
        posts.insert(place, full)
        assert np.array_equal(rows(docs_of(*posts), vocabulary), alone)


def test_no_pieces_give_no_rows(docs_of, make_post, vocabulary):
    width = blocks(vocabulary)[-1].stop
    assert make_features(docs_of(make_post("")), vocabulary).shape == (0, width)
    assert make_features([], vocabulary).shape == (0, width)


def test_the_same_text_gives_the_same_row_in_any_batch(docs_of, make_post, vocabulary):
    posts = [make_post(line, [(None, other)], number=n) for n, (line, other) in enumerate(zip(LINES, LINES[::-1], strict=True))]
    together = rows(docs_of(*posts), vocabulary)
    alone = np.vstack([rows(docs_of(post), vocabulary) for post in posts])
    backwards = np.vstack([rows(docs_of(post), vocabulary) for post in reversed(posts)])
    assert np.array_equal(together, alone)
    assert not np.array_equal(together, backwards)


def test_every_number_is_one_word(docs_of, make_post):
    docs = docs_of(make_post("แจก 12 ถุง"), make_post("แจก 3450 ถุง"), make_post("แจก สิบ ถุง"))
    found = words_in(docs)
    words = [found.word[found.word_row == row].tolist() for row in range(found.rows)]
    assert words[0] == words[1] != words[2]


def test_pairs_stay_within_a_piece(docs_of, make_post):
    found = words_in(docs_of(make_post("ลุงคำ\nเรือ\nปลา")))
    counts = np.bincount(found.word_row, minlength=found.rows)
    assert np.array_equal(np.bincount(found.pair_row, minlength=found.rows), counts - 1)


@pytest.mark.parametrize(
    ("body", "column", "value"), [("ลุงคำ", 0, 0.0), ("ลุงคำ 12", 11, 0.5), ("ลุงคำ?", 10, 0.5), ("- ลุงคำ", 8, 0.5), ("ลุงคำ", 9, 0.0)]
)
def test_position_says_what_a_piece_is(positions, body, column, value):
    assert positions(body)[0, column] == value


def test_a_place_speaks_only_in_posts_that_have_an_opening(positions):
    brief, full = "\n".join(["ลุงคำ"] * 4), "\n".join(["ลุงคำ"] * 5)
    assert [positions(text)[0, column] for text in (brief, full) for column in (2, 3, 9)] == [0.25, 0.0, 0.0, 0.0, 0.5, 0.5]


def test_comment_and_lead_are_marked(positions):
    assert positions("ทอเสื่อ", [(None, "สวยดี")], lead="เสื่อกก")[:, :2].tolist() == [[0, 0.5], [0, 0], [0.5, 0]]


def test_rare_words_are_not_learnt(docs_of, make_post):
    known = learn_vocabulary(docs_of(make_post("ปลา ปลา ปลา\nเรือ\nเรือ")), rare_word=2)
    assert len(known.words) == len(known.word_idf) == 1  # เรือ stands in two pieces, ปลา in one
