"""A message as it goes out: headers that nobody can break, twins, and the way to leave."""

import email
import email.policy
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from pipeline.mail.composing import NOBODY, Attached, Content, Envelope, Sender, compose, message_id_of

SENDER = Sender("km@example.org", "คนรักแม่น้ำ")
NOW = datetime(2026, 11, 27, 9, 0, tzinfo=ZoneInfo("Asia/Bangkok"))
ENVELOPE = Envelope(SENDER, "a@example.org", "<x@example.org>", NOW)
CONTENT = Content("ค้าง 2 เรื่อง ครบกำหนด 18 เม.ย. 2550 · ระยะที่ 1: ตั้งกองทุน · คนรักแม่น้ำสายยาวที่มีชื่อยาวมาก", "ข้อความ\n", "<p>ข้อความ</p>\n", "th")


def read(message):
    return email.message_from_bytes(message.encode("ascii"), policy=email.policy.SMTP)


def test_what_was_written_is_what_is_read():
    found = read(compose(ENVELOPE, replace(CONTENT, files=(Attached("digest.docx", "application/x-doc", b"\x00\xff"),))))
    assert found["Subject"] == CONTENT.subject
    assert found["From"].addresses[0].display_name == "คนรักแม่น้ำ"
    assert (found["To"], found["Message-ID"], found["Content-Language"]) == ("a@example.org", "<x@example.org>", "th")
    assert found["Date"].datetime == NOW
    assert found["Auto-Submitted"] == "auto-generated"  # no holiday notes come back
    assert found.get_body(("plain",)).get_content().splitlines() == ["ข้อความ"]
    assert found.get_body(("html",)).get_content().strip() == "<p>ข้อความ</p>"
    assert [(part.get_filename(), part.get_content()) for part in found.iter_attachments()] == [("digest.docx", b"\x00\xff")]


def test_every_line_is_short_enough_for_every_server():
    message = compose(ENVELOPE, replace(CONTENT, text="ก" * 5000, subject="ค้าง " * 60))
    assert max(map(len, message.split("\r\n"))) <= 78
    assert "\n" not in message.replace("\r\n", "")


def test_the_same_message_has_the_same_bytes():
    content = replace(CONTENT, files=(Attached("digest.docx", "application/x-doc", b"1"),))
    assert compose(ENVELOPE, content) == compose(ENVELOPE, content)


@pytest.mark.parametrize("part", ["subject", "sender"])
@pytest.mark.parametrize("attack", ["ก\r\nBcc: all@example.org", "ก\nBcc: all@example.org", "ก\u2028Bcc: x@example.org", "ก\x00\rBcc: x@example.org"])
def test_no_name_ends_a_header(part, attack):
    envelope = replace(ENVELOPE, sender=replace(SENDER, name=attack)) if part == "sender" else ENVELOPE
    found = read(compose(envelope, replace(CONTENT, subject=attack) if part == "subject" else CONTENT))
    assert found["Bcc"] is None
    assert "Bcc" in (found["From"] if part == "sender" else found["Subject"])


def test_a_reader_leaves_by_one_press_where_there_is_a_page():
    found = read(compose(replace(ENVELOPE, leave_at="https://km.example.org/mail/leave/TOKEN"), CONTENT))
    assert found["List-Unsubscribe"] == "<https://km.example.org/mail/leave/TOKEN>, <mailto:km@example.org?subject=unsubscribe>"
    assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_without_a_page_a_reader_leaves_by_mail():
    found = read(compose(replace(ENVELOPE, sender=replace(SENDER, answers_to="office@example.org")), CONTENT))
    assert found["List-Unsubscribe"] == "<mailto:office@example.org?subject=unsubscribe>"
    assert found["List-Unsubscribe-Post"] is None


def test_nobody_is_no_address_to_answer():
    found = read(compose(replace(ENVELOPE, sender=Sender(NOBODY, "ทีม")), CONTENT))
    assert found["List-Unsubscribe"] is None


def test_a_key_has_one_message_id_in_the_domain_of_the_sender():
    keys = ["digest:km:all:2026-W48:a@example.org", "digest:km:all:2026-W49:a@example.org"]
    ids = [message_id_of(key, "km@team.example.org") for key in keys]
    assert len(set(ids)) == 2
    assert all(one.endswith("@team.example.org>") for one in ids)
