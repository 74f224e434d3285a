"""A writer who will tell more promises a sequel; what is set for the next meeting is a task."""

import pytest

from pipeline.threads.openers import kind_opened


def kind(passage, quote, who=(), **more):
    return kind_opened(passage(quote, who=who, voice=more.pop("voice", "author"), **more).passage)


@pytest.mark.parametrize(
    ("quote", "who"),
    [
        ("ขุดบ่อเสร็จเป็นอย่างไรจะมาเล่า", ()),
        ("ขอไปถามช่างก่อนแล้วจะมาตอบนะคะ", ("ดิฉัน",)),
        ("น้ำใสเมื่อไรผมจะกลับมาเขียน", ("ผม",)),
        ("เรื่องบ่อที่สองขอเอาไว้เล่าคราวหน้า", ()),
        ("ครั้งหน้าจะมาเล่าเรื่องบ่อที่สอง", ()),
        ("คณะทำงานจะไปดูบ่อ แล้วจะเล่าให้ฟังอีก", ("คณะทำงาน",)),  # whatever else somebody does
    ],
)
def test_who_will_tell_more_promises_a_sequel(passage, quote, who):
    assert kind(passage, quote, who) == "promise"


@pytest.mark.parametrize(
    ("quote", "who"),
    [
        ("ให้ช่างเอกหาราคาท่อมาเสนอครั้งหน้า", ("ช่างเอก",)),
        ("ครั้งหน้าให้ทุกหมู่พาลูกหลานมาด้วย", ()),
        ("ครั้งต่อไปขอไปนั่งคุยกันที่บ่อ", ()),
        ("ช่างเอกรับไปถามราคาแล้วมาบอกในครั้งหน้า", ("ช่างเอก",)),
        ("ตกลงกันว่าครั้งหน้าให้ทุกหมู่พาลูกหลานมา", ()),
        ("ตกลงว่าครั้งหน้าพบกันที่บ่อ", ()),
        ("หัวหน้าบอกว่าครั้งหน้าให้พาเพื่อนมา", ()),
        ("ลงพื้นที่ครั้งต่อไปให้เอาแผนที่ไปด้วย", ()),
        ("ลงแขกคราวหน้าเอาจอบมาด้วย", ()),
        ("ติดต่อช่างครั้งหน้า", ()),
        ("เดือนหน้าจะมาเขียนแผนด้วยกันที่บ่อ", ()),
        ("จะมารายงานตัวที่อำเภอ", ("ผม",)),
    ],
)
def test_what_is_set_for_the_next_meeting_is_a_task(passage, quote, who):
    assert kind(passage, quote, who) == "action"


def test_what_a_comment_will_tell_is_its_own_affair(passage):
    assert kind(passage, "ขุดบ่อเสร็จเป็นอย่างไรจะมาเล่า", voice="commenter") == "action"
    assert kind(passage, "ขุดบ่อเสร็จเป็นอย่างไรจะมาเล่า", voice="reply") == "promise"
