"""What a server does to a message, and what may be known of it: no message is handed over to a server that is not who it says."""

import smtplib
import socket

import pytest

from pipeline.errors import MailError
from pipeline.mail.sending import connected
from tests.postbox import make_certificate

MESSAGE = "Subject: =?utf-8?q?x?=\r\n\r\n.first line begins with a point\r\nlast line\r\n"
READER = "a@example.org"


def yes():
    return True


def hand_over(server, message=MESSAGE, recipient=READER, take=yes):
    with connected(server) as courier:
        return courier.hand_over(message, "km@example.org", recipient, take)


@pytest.mark.parametrize("office", ["starttls", "tls"], indirect=True)
def test_a_message_arrives_as_it_is_over_an_encrypted_line(server, box):
    assert hand_over(server()).what == "taken"
    assert box.taken == [(READER, MESSAGE)]


@pytest.mark.parametrize(
    ("answers", "what"),
    [
        ({READER: "550 no such user"}, "never"),
        ({READER: "450 come back later"}, "later"),
        ({f"data {READER}": "554 looks like junk"}, "never"),
        ({f"data {READER}": "452 no room"}, "later"),
    ],
)
def test_a_refusal_is_told_for_now_or_for_good(server, box, answers, what):
    box.answers = answers
    outcome = hand_over(server())
    assert (outcome.what, outcome.said) == (what, next(iter(answers.values())))
    assert box.taken == []


def test_one_refusal_does_not_hold_up_the_next_message(server, box):
    box.answers = {"bad@example.org": "550 no such user"}
    with connected(server()) as courier:
        found = [courier.hand_over(MESSAGE, "km@example.org", to, yes).what for to in ("bad@example.org", READER)]
    assert found == ["never", "taken"]


def test_a_message_that_another_took_over_is_not_sent(server, box):
    assert hand_over(server(), take=lambda: False).what == "elsewhere"
    assert box.taken == []


def test_who_is_asked_last_is_asked_before_the_message_is_on_its_way(server, box):
    seen = []
    hand_over(server(), take=lambda: seen.append(list(box.taken)) or True)
    assert seen == [[]]
    assert len(box.taken) == 1


def test_an_answer_that_never_comes_leaves_it_unknown(server, box):
    async def hang_up(smtp, _envelope):
        smtp.transport.abort()

    box.after_data = hang_up
    assert hand_over(server()).what == "unknown"
    assert len(box.taken) == 1  # the server had it all the same


def test_an_address_that_servers_cannot_take_is_refused_for_good(server, box):
    assert hand_over(server(), recipient="ครู@example.org").what == "never"
    assert box.taken == []


@pytest.mark.parametrize(
    ("wrong", "says", "thai"),
    [
        ({"password": "wrong"}, "correct user and the password", "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง"),
        ({"password": "รหัส"}, "use ASCII letters", "อักษรอังกฤษ"),
        ({"ca_file": None}, "name the office's own authority in ca_file", "ใบรับรอง"),
        ({"security": "tls"}, "check host, port", "host, port"),
        ({"port": 1}, "check host, port", "host, port"),
        ({"host": "nowhere.invalid"}, "check host, port", "host, port"),
    ],
)
def test_a_server_that_cannot_be_used_is_told_in_one_sentence(server, box, wrong, says, thai):
    with pytest.raises(MailError) as told:
        hand_over(server(**wrong))
    assert says in told.value.en
    assert thai in told.value.th
    assert "What waits is kept" in told.value.en
    assert box.taken == []


def test_a_certificate_of_somebody_else_is_not_trusted(server, box, tmp_path):
    other, _ = make_certificate(tmp_path)
    with pytest.raises(MailError, match="ca_file"):
        hand_over(server(ca_file=other))
    assert box.taken == []


def test_a_certificate_for_another_name_is_not_trusted(server, box):
    with pytest.raises(MailError, match="ca_file"):
        hand_over(server(host="localhost"))
    assert box.taken == []


@pytest.mark.parametrize("office", ["plain"], indirect=True)
def test_a_line_is_never_used_unencrypted(server, box):
    """A server that does not offer STARTTLS where it was promised gets neither password nor message."""
    with pytest.raises(MailError, match="STARTTLS"):
        hand_over(server(security="starttls"))
    assert (box.logins, box.taken) == ([], [])


def test_a_refused_sender_is_trouble_with_the_server_not_with_the_message(server, box):
    box.sender_refused = True
    with pytest.raises(MailError, match="correct sender"):
        hand_over(server())


def test_a_silent_server_does_not_hold_the_sender_for_ever(server, monkeypatch):
    monkeypatch.setattr("pipeline.mail.sending.TIMEOUT", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(MailError):
        hand_over(server(port=silent.getsockname()[1]))


def test_the_password_stands_in_no_word_about_the_server(server):
    assert "secret-word" not in repr(server(password="secret-word"))
    assert smtplib.SMTP.debuglevel == 0
