"""What a reader of fields sees of a word: itself, its neighbours, and the clause in which it stands."""

import pytest
from spacy.strings import get_string_id

from pipeline.languages.th.names import KINDS, agencies, find_names, roles, titles
from pipeline.nlp.choices import signs_of_pieces
from pipeline.nlp.doc_words import words_of_doc
from pipeline.nlp.pieces import Piece
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


def test_names_are_known_wherever_one_begins(by_cues, make_post):
    names = sorted({*titles(), *roles(), *agencies()})
    with by_cues.batch():
        doc = by_cues.prepare(make_post(" ".join(names) + " \U0001f30a อบ"))  # a sign beyond all letters, and the beginning of a name at the end
        whole = Piece(0, len(doc.text), 0, len(doc), "body", label="action")
        words = words_of_doc(doc, [whole])
        ends = {end: number for number, end in enumerate(words.ends.tolist())}
        kinds = [0] * len(ends)
        for name in find_names(doc.text, words.starts.tolist(), ends):
            first, last = words.starts.tolist().index(name.start), ends[name.end]
            kinds[first : last + 1] = [1 + 2 * KINDS.index(name.kind), *[2 + 2 * KINDS.index(name.kind)] * (last - first)]
        assert max(kinds) > 0
        assert [kind for kind in words.kinds.tolist() if kind != 1 + 2 * len(KINDS)] == [
            kind for kind, found in zip(kinds, words.kinds.tolist(), strict=True) if found != 1 + 2 * len(KINDS)
        ]


def test_the_signs_of_several_pieces_are_those_of_each_alone(by_cues, make_post):
    with by_cues.batch():
        doc = by_cues.prepare(make_post(f"ลุงคำ {LONG} \n แต่ป้าศรีทอเสื่อ"))
        size = len(doc.text)
        pieces = [Piece(start, end, 0, 0, "body", label="action") for start, end in ((0, 5), (5, 6), (6, 20), (6, size), (0, size), (size, size))]
        names = [("a sign",), (), ("one", "two"), (), ("a sign",), ()]
        words = words_of_doc(doc, pieces)
        together = signs_of_pieces(words, pieces, names)
        alone = [signs_of_pieces(words, [piece], [extra])[0] for piece, extra in zip(pieces, names, strict=True)]
        assert [signs.tolist() for signs in together] == [signs.tolist() for signs in alone]
        assert all(signs.tolist() == sorted(set(signs.tolist())) for signs in together)
        assert int(get_string_id("a sign")) in together[0].tolist()
        assert set(words.hashes[:1].tolist()) <= set(together[0].tolist())
