"""Told words: a speech goes on until somebody else speaks, and its speaker is a name that the post gives."""

from dataclasses import replace

import numpy as np
import pytest
from spacy.strings import get_string_id

from pipeline.nlp.pieces import Piece, text_of
from pipeline.nlp.speech import Heard, Speech, speech_of
from pipeline.nlp.speech_signs import Page, following_signs, speech_signs

NONE = np.empty(0, np.uint64)
OPENS, GOES_ON = (np.array([get_string_id(name)], np.uint64) for name in ("opens", "goes on"))


def model(opens=8.0, goes_on=8.0, bias=-4.0):
    rows = sorted([(int(OPENS[0]), opens), (int(GOES_ON[0]), goes_on)])
    return Speech(np.array([sign for sign, _ in rows], np.uint64), np.array([*(weight for _, weight in rows), 0.0], np.float32), bias, 1.0)


def heard(stands=NONE, *, follows=True, seen=0.0):
    return Heard(NONE, stands, NONE, GOES_ON, seen, follows)


def test_told_words_go_on_until_another_part_begins():
    chances = model().chances([heard(follows=False), heard(OPENS), heard(), heard(follows=False)])
    assert (chances > 0.5).tolist() == [False, True, True, False]


def test_the_network_is_weighed_beside_the_signs():
    assert model().chances([heard(follows=False, seen=6.0)])[0] > 0.5
    assert model()._replace(trust=0.0).chances([heard(follows=False, seen=6.0)])[0] < 0.5


def test_a_model_is_kept_as_it_is_and_refused_where_its_parts_do_not_fit():
    kept = speech_of(model().as_parts())
    assert kept.chances([heard(OPENS)]).tolist() == pytest.approx(model().chances([heard(OPENS)]).tolist())
    with pytest.raises(ValueError, match="signs"):
        speech_of(model().as_parts() | {"known": NONE})


def piece_of(doc, words, part="body"):
    start = text_of(doc).index(words) if part == "lead" else text_of(doc).rindex(words)
    line = text_of(doc).count("\n", 0, start)
    return Piece(start, start + len(words), 0, 0, part, line=line, label="issue")


SAID = "น้ำในคลองเน่าเพราะประตูน้ำปิดมาทั้งปี"


def test_a_lead_is_seen_where_the_body_says_it(by_cues, make_post):
    doc = by_cues.prepare(make_post(f"วันนี้ป้าแดงบอกว่า {SAID}", lead=SAID))
    signs = speech_signs(Page(doc), piece_of(doc, SAID, "lead"))
    assert "direct says" in signs
    assert "part lead" in signs


def test_only_a_piece_of_the_same_part_is_followed(by_cues, make_post):
    doc = by_cues.prepare(make_post(f"ป้าแดงบอกว่าน้ำมาก {SAID}", lead="ฝนตกทั้งคืน"))
    page, piece = Page(doc), piece_of(doc, SAID)
    assert following_signs(page, piece_of(doc, "ฝนตกทั้งคืน", "lead"), piece, ["in none"]) == (["follows nothing"], ["follows nothing"])
    assert following_signs(page, piece_of(doc, "น้ำมาก"), piece, ["in none"])[1][0] == "follows told in line"


def signs_of(by_cues, post, words):
    doc = by_cues.prepare(post)
    return speech_signs(Page(doc), piece_of(doc, words))


def test_what_happens_behind_told_words_is_seen(by_cues, make_post):
    signs = signs_of(by_cues, make_post(f"ป้าแดงบอกว่า{SAID} หัวเราะกันทั้งวง"), SAID)
    assert {"after react", "after react person"} <= set(signs)
    signs = signs_of(by_cues, make_post(f"{SAID} ข้อนี้ป้าแดงพูดเอง"), SAID)
    assert {"after taken up", "after taken up person"} <= set(signs)
    assert "after nothing" in signs_of(by_cues, make_post(SAID), SAID)


def test_words_that_call_their_speaker_as_the_teller_is_called_are_seen(by_cues, make_post):
    assert "calls itself True" in signs_of(by_cues, make_post(f"ป้าแดงบอกว่าฝนตก ป้ากลัว{SAID}"), f"ป้ากลัว{SAID}")
    assert "names its teller" in signs_of(by_cues, make_post(f"ป้าแดงบอกว่าฝนตก ป้าแดงกลัว{SAID}"), f"ป้าแดงกลัว{SAID}")


@pytest.mark.parametrize(("title", "opening", "seen"), [("คำกล่าวของนายก", "", "True False"), ("เล่าเรื่องน้ำ", "(ถอดเทป) ", "False True")])
def test_a_post_that_only_takes_down_somebody_elses_words_is_seen(by_cues, make_post, title, opening, seen):
    post = replace(make_post(f"{opening}{SAID}"), title=title)
    assert f"post taken down {seen}" in signs_of(by_cues, post, SAID)


@pytest.mark.parametrize(
    ("before", "said", "whose"),
    [
        ("", f"ป้าแดงเล่าว่า{SAID}", ("quoted", "ป้าแดง")),
        ("ท่านนายอำเภอมาเปิดงาน ", f"ท่านบอกว่า{SAID}", ("quoted", "ท่านนายอำเภอ")),
        ("หมอสมชายมาที่ศาลา ", f"หมอว่า{SAID}", ("quoted", "หมอสมชาย")),
        ("", f"ผมคิดว่า{SAID}", ("author", None)),
        ("", SAID, ("author", None)),
    ],
)
def test_whose_words_they_are(reader, make_post, before, said, whose):
    doc = reader.prepare(make_post(f"{before}{said}"))
    (read,) = reader.read_fields(doc, [piece_of(doc, said)])
    assert (read.voice, read.speaker) == whose
