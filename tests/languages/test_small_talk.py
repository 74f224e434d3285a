"""Greetings, thanks, jokes and chat are small talk; what tells of the work is not."""

import pytest

from pipeline.languages.th.small_talk import is_small_talk


@pytest.mark.parametrize(
    "text",
    ["สวัสดีปีใหม่ทุกท่าน", "ขอบคุณที่แวะมาอ่านค่ะ", "เอารูปงานเมื่อวานมาฝากครับ", "เป็นกำลังใจให้ทุกคนนะ สู้ๆ", "ขำมาก 555", "ไว้เจอกันที่งานนะ"],
)
def test_small_talk(text):
    assert is_small_talk(text)


@pytest.mark.parametrize(
    "text",
    [
        "ต้องให้สมาชิกเปิดบัญชีดูเองได้",
        "ยังขาดคนพาคุย และไม่มีเงินค่ารถ",
        "นัดประชุมอีกครั้งวันที่ 9 พฤษภาคม ที่ศาลากลางบ้าน",
        "ห้องสมุดขาดหนังสือสำหรับเด็กเล็ก",
        "ขอให้มีการประชุมทุกเดือน",
        "ได้อ่านบัญชีด้วยกันแล้วสมาชิกจึงไว้ใจ",
    ],
)
def test_words_of_the_work(text):
    assert not is_small_talk(text)
