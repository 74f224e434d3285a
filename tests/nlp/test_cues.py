"""Cues of a piece lie whole within it and begin at a word; votes add up once a discourse function."""

import pytest

from pipeline.languages.th.cues import Hit, cue_set
from pipeline.nlp.cues import vote

NUMBER = {cue.name: place for place, cue in enumerate(cue_set())}


def hits(*names):
    return tuple(Hit(NUMBER[name], 0, 1) for name in names)


@pytest.mark.parametrize(
    ("names", "label", "share"),
    [
        ((), None, 0.0),
        (("cause",), None, 0.0),  # one weak hit decides nothing
        (("cause", "cause", "cause"), None, 0.0),  # a function votes once
        (("key",), "lesson", 1.0),
        (("cause", "effect"), "lesson", 1.0),
        (("lack", "cause"), "issue", 0.75),
        (("decision", "recurrence", "lack"), "action", 6 / 9),
        (("thanks",), None, 0.0),
        (("thanks", "not-able"), None, 0.0),
        (("not-able", "obligation"), "lesson", 0.5),  # a tie goes to the first label of the set
    ],
)
def test_the_strongest_label_wins_if_it_is_strong_enough(names, label, share):
    assert vote(hits(*names)) == (label, pytest.approx(share))


def found(by_cues, post):
    with by_cues.batch():
        doc = by_cues.tokenize([post])[0]
        by_cues.classify([doc])
        text = doc._.clean.text
        return [{text[hit.start : hit.end] for hit in piece.cues} for piece in doc._.passages]


def test_a_cue_belongs_to_the_piece_it_lies_in(by_cues, make_post):
    assert found(by_cues, make_post("ตกลงกันเก็บขยะ\nลุงคำกังวล")) == [{"ตกลงกัน"}, {"กังวล"}]


def test_a_word_that_only_holds_a_cue_gives_none(by_cues, make_post):
    assert found(by_cues, make_post("ช่วยสร้างศาลา\nศาลาร้าง")) == [set(), {"ร้าง"}]


def test_a_cue_across_two_pieces_belongs_to_none(by_cues, make_post):
    assert found(by_cues, make_post("ลุงร้อง\nเรียน")) == [set(), set()]
