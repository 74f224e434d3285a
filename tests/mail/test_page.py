"""The page on which a reader leaves: looking changes nothing, one press does."""

import asyncio

import httpx
import pytest

from pipeline.mail.leaving import name_of, read_token, token_of
from pipeline.mail.page import leaving_page

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


class Browser:
    """Asks the application as a browser would."""

    def __init__(self, app):
        self.app = app

    def request(self, way, path, **other):
        async def ask():
            async with httpx.AsyncClient(transport=httpx.ASGITransport(self.app), base_url="http://127.0.0.1") as client:
                return await client.request(way, path, **other)

        return asyncio.run(ask())

    def get(self, path):
        return self.request("GET", path)

    def post(self, path, **other):
        return self.request("POST", path, **other)


@pytest.fixture
def left():
    return []


@pytest.fixture
def page(left):
    return Browser(leaving_page(lambda token: token == "ours", lambda token: token == "ours" and not left.append(token)))


def test_looking_changes_nothing(page, left):
    answer = page.get("/leave/ours")
    assert (answer.status_code, left) == (200, [])
    assert '<form method="post">' in answer.text


@pytest.mark.parametrize("path", ["/leave/ours", "/mail/leave/ours"])
def test_one_press_of_a_mail_program_is_enough(page, left, path):
    answer = page.post(path, data=ONE_CLICK)
    assert (answer.status_code, left) == (200, ["ours"])
    assert "เลิกรับเรียบร้อยแล้ว" in answer.text


def test_pressing_again_says_the_same(page):
    assert [page.post("/leave/ours").status_code for _ in range(2)] == [200, 200]


@pytest.mark.parametrize("token", ["other", "..", "%00", "a" * 5000])
@pytest.mark.parametrize("way", ["GET", "POST"])
def test_a_token_of_somebody_else_is_not_found(page, left, way, token):
    assert page.request(way, f"/leave/{token}").status_code == 404
    assert left == []


def test_the_page_runs_nothing_and_asks_for_nothing(page):
    answer = page.get("/leave/ours")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "<script" not in answer.text
    assert "@" not in answer.text.replace("@media", "")  # nobody's address


@pytest.mark.parametrize("other", ["DELETE", "PUT"])
def test_no_other_way_is_open(page, other):
    assert page.request(other, "/leave/ours").status_code == 405


def test_a_token_is_opaque_and_cannot_be_made_without_the_secret():
    token = token_of("secret", "a@example.org")
    assert "example" not in token
    assert read_token("secret", token) == name_of("secret", "a@example.org")
    assert read_token("other", token) is None
    changed = [token[:i] + ("A" if token[i] != "A" else "B") + token[i + 1 :] for i in range(len(token) - 1)]
    assert [one for one in changed if read_token("secret", one)] == []
    assert token_of("secret", "b@example.org") != token
