"""What a reader of fields sees of a word: itself, its neighbours, and the clause in which it stands."""

import pytest

from pipeline.nlp.doc_words import words_of_doc
from pipeline.nlp.signs import signs_of


def last_word(reader, post):
    """Return the signs of the last word of a post."""
    with reader.batch():
        doc = reader.prepare(post)
        words = words_of_doc(doc, [])
        signs = signs_of(words, 0, len(post.text))
        return set(signs.rows[-1].tolist())


LONG = "น้ำในคลองท้ายบ้านแห้งขอดตั้งแต่เดือนที่แล้ว"


@pytest.mark.parametrize("word", ["เพราะ", "ทำให้", "ถ้า", "แต่"])
def test_a_word_far_behind_knows_what_opens_its_clause(by_cues, make_post, word):
    opened, bare = last_word(by_cues, make_post(word + LONG)), last_word(by_cues, make_post(LONG))
    assert opened - bare
    assert last_word(by_cues, make_post(word + LONG)) == opened


def test_a_word_knows_where_its_run_begins(by_cues, make_post):
    assert last_word(by_cues, make_post(f"ลุงคำ {LONG}")) != last_word(by_cues, make_post(f"ลุงคำ{LONG}"))


def test_blanks_have_no_signs(by_cues, make_post):
    with by_cues.batch():
        doc = by_cues.prepare(make_post("ป้าศรี \n ทอเสื่อ"))
        blank = doc._.clean.text.index(" \n")
        assert signs_of(words_of_doc(doc, []), blank, blank + 3) is None
