"""With a model the probabilities decide, without one the cue words, and both say why."""

import pytest


@pytest.mark.parametrize(
    ("line", "label", "why"),
    [
        ("หัวใจของวงนี้คือการฟัง", "lesson", ("หัวใจของ", "คือการ")),
        ("ลุงคำกังวลค่าไฟ", "issue", ("กังวล",)),
        ("ตกลงกันล้างตลาดเดือนละครั้ง", "action", ("ตกลงกัน", "เดือนละครั้ง")),
    ],
)
def test_cue_words_label_and_explain(by_cues, make_post, line, label, why):
    (passage,) = by_cues.read([make_post(line)])[0]
    assert (passage.label, passage.why, passage.confidence, passage.quote) == (label, why, 1.0, line)


@pytest.mark.parametrize("line", ["ป้าศรีทอเสื่อ", "ขอบคุณทุกบ้าน", "เพราะฝน"])
def test_without_a_strong_cue_nothing_is_kept(by_cues, make_post, line):
    assert by_cues.read([make_post(line)]) == [[]]


def test_the_labels_of_a_batch_stay_with_their_posts(by_cues, make_post):
    posts = [make_post("ลุงคำกังวลค่าไฟ" if number % 3 else "", number=number) for number in range(150)]
    found = by_cues.read(posts)
    assert [[passage.post for passage in row] for row in found] == [[post.id] if number % 3 else [] for number, post in enumerate(posts)]


def test_at_most_four_reasons_are_shown(by_cues, reader, make_post):
    line = "ตกลงกันว่าจะประชุมเดือนละครั้ง มอบหมายครูแดง นัดวันที่ 6 มี.ค. วางแผนจัดตั้งกลุ่ม เสนอให้ช่วยกัน"
    for one in (by_cues, reader):
        found = [passage for passage in one.read([make_post(line)])[0] if passage.label == "action"]
        assert found
        assert all(1 <= len(passage.why) <= 4 for passage in found)


def test_the_next_likeliest_label_is_another_and_no_likelier_than_what_was_given_by_chance(reader, make_post):
    found = reader.read([make_post("ตกลงกันว่าจะประชุมเดือนละครั้ง มอบหมายครูแดง")])[0]
    assert found
    for passage in found:
        label, chance = passage.second
        assert label != passage.label
        assert label in {"lesson", "issue", "action", "other"}
        assert 0 <= chance <= 1 - passage.confidence + 0.001
