"""What a cue does, on pieces that a person can count."""

import pytest

from pipeline.evaluate.coverage import Coverage, JudgedPiece, Meeting, as_table, coverage, judged, meetings
from pipeline.labelled import GoldSpan
from pipeline.languages.th.cues import Cue, Hit
from pipeline.nlp.pieces import Piece
from pipeline.records import Span
from pipeline.text import clean

MUST, WHY, LACK, THANKS = range(4)
CUES = (Cue("must", "lesson", 2, (), "obligation"), Cue("why", "lesson", 1, ()), Cue("lack", "issue", 3, ()), Cue("thanks", "other", 3, ()))


def piece(label, *cues):
    return JudgedPiece(label, cues)


PIECES = [
    piece("lesson", MUST, WHY),
    piece("lesson", MUST, MUST),
    piece("issue", MUST, LACK),
    piece("issue", LACK),
    piece("other"),
]


@pytest.mark.parametrize(
    ("cue", "figures"),
    [
        (MUST, Coverage("must", "obligation", "lesson", 4, 3, 3 / 5, 2 / 3, (2 / 3) / (2 / 5), 1 / 3, 1 / 3)),
        (WHY, Coverage("why", "", "lesson", 1, 1, 1 / 5, 1.0, 1.0 / (2 / 5), 1.0, 0.0)),
        (LACK, Coverage("lack", "", "issue", 2, 2, 2 / 5, 1.0, 1.0 / (2 / 5), 0.0, 1 / 2)),
        (THANKS, Coverage("thanks", "", "other", 0, 0, 0.0, 0.0, 0.0, 0.0, 0.0)),
    ],
)
def test_a_cue_is_counted_once_in_a_piece_and_against_the_true_label(cue, figures):
    found = coverage(PIECES, CUES)[cue]
    assert (found.cue, found.family, found.votes, found.hits, found.pieces) == (
        figures.cue,
        figures.family,
        figures.votes,
        figures.hits,
        figures.pieces,
    )
    shares = ("coverage", "precision", "lift", "overlap", "conflict")
    assert [getattr(found, name) for name in shares] == pytest.approx([getattr(figures, name) for name in shares])


def test_a_piece_can_hold_friends_and_foes_of_a_cue():
    [must, *_] = coverage([piece("lesson", MUST, WHY, LACK)], CUES)
    assert (must.overlap, must.conflict) == (1.0, 1.0)


def test_without_pieces_or_without_the_label_nothing_is_divided():
    assert {(row.hits, row.coverage, row.precision, row.lift) for row in coverage([], CUES)} == {(0, 0.0, 0.0, 0.0)}
    assert coverage([piece("issue", MUST)], CUES)[MUST].lift == 0.0


def test_two_cues_meet_in_pieces_and_differ_in_their_votes():
    assert meetings(PIECES, CUES) == (Meeting("must", "why", 1, conflict=False), Meeting("must", "lack", 1, conflict=True))
    assert meetings([*PIECES, piece("issue", LACK, LACK, MUST)], CUES)[0] == Meeting("must", "lack", 2, conflict=True)


def test_a_piece_has_the_label_of_the_mark_that_holds_it_and_the_disputed_are_left_out():
    text = clean("เพือ่ครูแดง ขาดเรือ ขอบคุณ")  # the repair keeps the length, as most do
    pieces = [
        Piece(0, 11, 0, 3, "body", cues=(Hit(MUST, 0, 5), Hit(WHY, 5, 8))),
        Piece(12, 19, 4, 6, "body", cues=(Hit(LACK, 12, 15),)),
        Piece(20, 26, 7, 8, "body"),
    ]
    gold = [GoldSpan(Span(0, 11), "lesson"), GoldSpan(Span(12, 19), "issue", disputed=True)]
    assert list(judged(pieces, text, gold)) == [piece("lesson", MUST, WHY), piece("other")]


def test_the_table_has_a_line_for_each_cue():
    lines = as_table(coverage(PIECES, CUES)).splitlines()
    assert [line.split()[0] for line in lines] == ["cue", "must", "why", "lack", "thanks"]
    assert lines[1].split() == ["must", "lesson", "4", "3", "60.0%", "66.7%", "1.67", "33.3%", "33.3%"]
    assert len({len(line) for line in lines}) == 1
    assert as_table(()).split()[0] == "cue"
