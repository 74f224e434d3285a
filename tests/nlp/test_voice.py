"""Who speaks: the author, a commenter, or the author who answers; an unknown stays unknown."""

from types import SimpleNamespace

import numpy as np
import pytest

from pipeline.nlp.pieces import Piece, text_of
from pipeline.nlp.replies import Talk, find_replies, replies_of, reply_signs
from pipeline.nlp.speakers import find_speaker
from pipeline.nlp.speech_signs import Page

SAID = "กังวลเรื่องค่าไฟ"


def voices(by_cues, post):
    return [(passage.voice, passage.speaker) for passage in by_cues.read([post])[0]]


@pytest.mark.parametrize("author", ["ครูแดง", None])
def test_lead_and_body_are_the_authors(by_cues, make_post, author):
    assert voices(by_cues, make_post(SAID, lead=SAID, author=author)) == [("author", author)] * 2


@pytest.mark.parametrize("name", ["ลุงคำ", None])
def test_a_comment_is_the_commenters(by_cues, make_post, name):
    assert voices(by_cues, make_post("", [(name, SAID)], author="ครูแดง")) == [("commenter", name)]


def test_a_comment_under_the_authors_name_is_a_reply(by_cues, make_post):
    post = make_post("", [("ลุงคำ", SAID), ("ครูแดง", SAID)], author="ครูแดง")
    assert voices(by_cues, post) == [("commenter", "ลุงคำ"), ("reply", "ครูแดง")]


@pytest.mark.parametrize("author", ["ครูแดง", None])
@pytest.mark.parametrize("call", ["คุณมาลี ครับ", "เรียน หมอวิทย์", "สวัสดีค่ะ พี่นกน้อย", "ตอบ อ.สมพร", "คุณบังอรครับ", "ถึงน้องฝน จ้ะ"])
def test_a_comment_that_calls_a_commenter_by_name_is_a_reply(by_cues, make_post, call, author):
    post = make_post("", [(None, SAID), (None, f"{call}\n{SAID}")], author=author)
    assert voices(by_cues, post) == [("commenter", None), ("reply", None)]  # the form alone names nobody


def test_a_call_is_matched_with_the_names_above(make_post):
    named = make_post("", [("มาลี สวนดี", SAID), (None, f"คุณมาลี ครับ\n{SAID}")], author="ครูแดง")
    assert replies_of(named) == {1}


@pytest.mark.parametrize(
    ("comments", "why"),
    [
        ([(None, f"คุณมาลี ครับ\n{SAID}")], "nobody stands above the first comment who could be answered"),
        ([(None, SAID), ("ลุงคำ", f"คุณมาลี ครับ\n{SAID}")], "the commenter has another name"),
        ([(None, SAID), (None, f"ครูแดง ครับ\n{SAID}")], "it is the author who is called"),
        ([("ลุงคำ", SAID), (None, f"คุณมาลี ครับ\n{SAID}")], "no commenter of that name stands above"),
        ([(None, SAID), (None, f"คุณแดง ครับ\n{SAID}")], "it is the author who is called, by another title"),
        ([(None, SAID), (None, f"คุณมาลี เล่าว่าน้ำลดแล้ว\n{SAID}")], "the name opens a sentence"),
        ([(None, SAID), (None, f"มาลี ครับ\n{SAID}")], "a name without a title may be any word"),
    ],
)
def test_what_is_no_reply(make_post, comments, why):
    assert replies_of(make_post("", comments, author="ครูแดง")) == frozenset(), why


def test_two_unknown_names_are_not_one_person(make_post):
    assert replies_of(make_post("", [(None, SAID)], author=None)) == frozenset()


def signs(reader, post, number):
    return set(reply_signs(Talk(reader.prepare(post)), number))


def test_who_is_called_before_he_writes_is_likely_the_author(by_cues, make_post):
    post = make_post(SAID, [("ลุงคำ", "น้องนกคะ ไปเมื่อไร"), ("นก", "จะไปวันเสาร์ค่ะ"), ("หมอวิทย์", "ขอบคุณน้องนกค่ะ")], author=None)
    assert {"called before it spoke True", "after a question True"} <= signs(by_cues, post, 1)
    assert "called before it spoke False" in signs(by_cues, post, 0)


def test_an_answer_calls_who_wrote_above_it(by_cues, make_post):
    post = make_post(SAID, [("ลุงคำ", "น่าสนใจครับ"), (None, "ขอบคุณลุงคำครับ จะส่งให้")], author=None)
    assert {"calls one before True", "only unnamed", "opens thanks"} <= signs(by_cues, post, 1)


def test_a_post_signed_by_the_name_of_a_comment(by_cues, make_post):
    post = make_post(f"{SAID}\nด้วยความนับถือ\nสมศรี", [("สมศรี", "รับทราบค่ะ"), ("ผู้เขียน", "ขอบคุณค่ะ")], author=None)
    assert "signed True" in signs(by_cues, post, 0)
    assert "stands for the writer True" in signs(by_cues, post, 1)


def test_a_name_that_others_take_up_is_not_one_that_its_bearer_repeats(by_cues, make_post):
    alone = make_post(SAID, [("นก", "ไปด้วยค่ะ"), ("นก", "นก รอที่ท่าเรือนะคะ"), ("ลุงคำ", "ได้ครับ")], author=None)
    taken_up = make_post(SAID, [("นก", "ไปด้วยค่ะ"), ("ลุงคำ", "ฝากข้าวไปกับนกด้วย")], author=None)
    assert "told of after it spoke False" in signs(by_cues, alone, 0)
    assert "told of after it spoke True" in signs(by_cues, taken_up, 0)


class Odds:
    """A model of answers that knows the log-odds of each comment beforehand."""

    def __init__(self, *odds):
        self.odds = np.array(odds)

    def chances(self, heard):
        assert len(heard) == len(self.odds)
        return 1 / (1 + np.exp(-self.odds))


@pytest.mark.parametrize(
    ("names", "odds", "answers"),
    [
        (["ลุงคำ", "นก", "นก"], [-3, -0.5, -0.7], {1, 2}),  # the likeliest name, which needs less than an even chance
        (["ลุงคำ", "นก"], [1, 2], {1}),  # an author has one name
        (["ลุงคำ", None, None], [-3, 1, 2], {1, 2}),  # or none
        (["ลุงคำ", None], [1, 2], {1}),
        (["ลุงคำ", "นก"], [-3, -2], set()),
    ],
)
def test_the_author_answers_under_one_name(by_cues, make_post, names, odds, answers):
    doc = by_cues.prepare(make_post(SAID, [(name, SAID) for name in names], author=None))
    assert find_replies(Odds(*odds), [doc])[doc] == answers


def test_the_trained_reader_knows_the_author_among_the_comments(reader, make_post):
    body = f"{SAID} ผมคุยกับช่างแล้วครับ\nสมชาย"
    comments = [("ครูแดง", "กังวลเรื่องค่าไฟเหมือนกันค่ะ คุณสมชายจะแจ้งช่างเมื่อไหร่คะ"), ("สมชาย", "ขอบคุณครูแดงครับ ผมจะแจ้งช่างวันจันทร์หน้า")]
    found = [(passage.voice, passage.speaker) for passage in reader.read([make_post(body, comments, author=None)])[0]]
    assert ("reply", "สมชาย") in found
    assert ("reply", "ครูแดง") not in found


@pytest.mark.parametrize(("tagged", "speaker"), [("อาจ", None), ("คงจะ", None), ("ลุงอาจ", "ลุงอาจ"), ("ป้าคง", "ป้าคง"), ("ผู้อาวุโส", "ผู้อาวุโส")])
def test_a_word_of_doubt_speaks_for_nobody(tagged, speaker):
    page = SimpleNamespace(place_of=lambda _: (0, 9), line_at=lambda *_: SimpleNamespace(start=0, told=[]), lines_up_to=lambda *_: [])
    assert find_speaker(page, None, tagged, None) == speaker


@pytest.mark.parametrize(
    ("before", "speaker"),
    [
        ("ท่านนายอำเภอมาเปิดงาน ป้าศรีมาช่วยชงกาแฟ ", "ท่านนายอำเภอ"),  # nobody calls kin of the village ท่าน who can mean an office
        ("ท่านนายอำเภอมาเปิดงาน ปลัดสมชายมาช่วยชงกาแฟ ", "ปลัดสมชาย"),
        ("ป้าศรีมาช่วยชงกาแฟ ", "ป้าศรี"),
    ],
)
def test_who_is_called_by_a_word_of_honour(by_cues, make_post, before, speaker):
    doc = by_cues.prepare(make_post(f"{before}ท่านว่าถนนเสร็จแล้ว"))
    page, start = Page(doc), text_of(doc).index("ท่านว่า")
    assert find_speaker(page, Piece(start, len(text_of(doc)), 0, 0, "body"), "ท่าน", None) == speaker
