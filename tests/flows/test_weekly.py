"""The weekly mail as a flow: what it leaves, what its page tells, and a mail server that is out for a while."""

from pathlib import Path

import pytest

from flows import weekly
from flows.nightly import nightly
from pipeline.errors import MailError
from pipeline.jobs.mail.mailing import Composed, Delivery, send_mails

pytestmark = pytest.mark.usefixtures("server")


@pytest.fixture
def pages(monkeypatch):
    """Return the pages that the flow keeps, by their key."""
    kept = {}
    monkeypatch.setattr(weekly, "create_markdown_artifact", lambda key, markdown, **_: kept.setdefault(key, []).append(markdown))
    return kept


@pytest.fixture
def beginning(order, tmp_path):
    """Return the order of a team with a reader, before its first night."""
    config = tmp_path / "lessons.toml"
    config.write_text('[project]\nid = "pinto"\nname = "ปิ่นโต"\n[[reader]]\nemail = "euea@example.org"\n', encoding="utf-8")
    return {**order, "config": str(config)}


@pytest.fixture
def team(beginning):
    """Return the order of the team, whose first night is over."""
    nightly(**beginning)
    return beginning


def test_each_reader_has_one_message_a_week_however_often_it_runs(team, pages):
    for _ in range(2):
        weekly.weekly_mail(**team)
    [message] = Path(team["out"], "mail").glob("*.eml")
    assert b"To: euea@example.org" in message.read_bytes()
    first, second = (set(page.splitlines()) for page in pages["weekly-mail-counts"])
    assert {"| เขียนใหม่ | 1 |", "| เขียนไว้แล้ว | 0 |", "| เขียนเป็นไฟล์ .eml | 1 |"} <= first
    assert {"| เขียนใหม่ | 0 |", "| เขียนไว้แล้ว | 1 |", "| เขียนเป็นไฟล์ .eml | 0 |"} <= second


def test_before_the_first_night_nothing_is_composed_and_nothing_fails(beginning, pages):
    weekly.weekly_mail(**beginning)
    [page] = pages["weekly-mail-counts"]
    assert {"| เขียนใหม่ | 0 |", "| ส่งแล้ว | 0 |", "| เขียนเป็นไฟล์ .eml | 0 |"} <= set(page.splitlines())
    assert not Path(beginning["out"]).exists()  # lessons review can still tell that there was no run
    nightly(**beginning)
    weekly.weekly_mail(**beginning)
    assert len(list(Path(beginning["out"], "mail").glob("*.eml"))) == 1


def test_a_mail_server_that_is_out_is_asked_again(team, pages, monkeypatch):
    asked = []

    def out_at_first(order, clock, environment):
        asked.append(clock())
        trouble = MailError(en="The mail server must answer.", th="เซิร์ฟเวอร์อีเมลไม่ตอบ")
        return Delivery(trouble=trouble) if len(asked) < 3 else send_mails(order, clock, environment)

    monkeypatch.setattr(weekly, "send_mails", out_at_first)
    monkeypatch.setattr(weekly._send, "retry_delay_seconds", [0] * weekly._send.retries)
    weekly.weekly_mail(**team)
    assert len(asked) == 3
    assert "| เขียนเป็นไฟล์ .eml | 1 |" in pages["weekly-mail-counts"][0]


def test_what_nobody_knows_stands_on_the_page():
    told = weekly.mail_counts(Composed(new=3), Delivery(sent=1, unknown=2))
    assert "| ส่งแล้ว | 1 |" in told
    assert "| ไม่ทราบว่าถึงผู้รับหรือไม่ ให้คนดู | 2 |" in told
