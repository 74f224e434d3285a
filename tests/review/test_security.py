"""What must hold for every request: the list of docs/decisions/0019, a test for each line."""

import logging
import re
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from pipeline.errors import SettingsError
from pipeline.links import LIFETIME, kept_as, new_number, sign
from pipeline.review import pages
from pipeline.review.app import PAGES, make_app
from pipeline.review.entry import LASTS
from pipeline.review.limits import TRIES
from pipeline.review.serving import base_url
from pipeline.settings import read_settings
from pipeline.settings.secret import FILE, VARIABLE, review_keys
from pipeline.store.reviewers import IDLE
from tests.review.conftest import BASE, PASSWORD, Browser

OPEN_TO_ALL = {"/enter", "/link/{signed}", "/link", "/health.json"}


# Headers


@pytest.mark.parametrize("address", ["/enter", "/nowhere", "/static/style.css", "/link/abc"])
def test_every_answer_has_the_headers(stranger, address):
    headers = stranger.get(address).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy == {
        "default-src": "'none'",
        **dict.fromkeys(("script-src", "style-src", "img-src", "font-src", "connect-src", "form-action"), "'self'"),
        **dict.fromkeys(("base-uri", "frame-ancestors"), "'none'"),
    }
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "server" not in headers


def test_pages_are_not_kept_and_static_files_are(browser):
    assert browser.get("/").headers["cache-control"] == "no-store"
    assert "immutable" in browser.get("/static/style.css").headers["cache-control"]


def test_over_tls_the_browser_is_told_to_stay_there(site):
    secure = Browser(replace(site, base_url="https://review.example.org"))
    answer = secure.enter()
    assert secure.get("/enter").headers["strict-transport-security"].startswith("max-age=")
    cookie = answer.headers["set-cookie"].lower()
    assert cookie.startswith("__host-lessons-review=")
    assert all(part in cookie for part in ("secure", "httponly", "samesite=lax", "path=/"))


def test_no_page_has_a_script_or_a_style_of_its_own(browser):
    for address in ("/", "/keys", "/enter"):
        page = browser.get(address).text
        assert re.search(r"<script(?![^>]*\ssrc=)", page) is None
        assert re.search(r"\s(?:on\w+|style|hx-on[\w:-]*|hx-vals|hx-vars)=", page) is None
        assert "<style" not in page


def test_no_template_lets_markup_through():
    for template in (pages._HERE / "templates").glob("*.html"):
        text = template.read_text(encoding="utf-8")
        assert "|safe" not in text.replace(" ", "")
        assert "autoescape" not in text
    assert pages.environment().autoescape is True


def test_the_vendored_script_is_the_one_that_was_checked():
    known = dict(line.split("  ")[::-1] for line in (pages._HERE / "static" / "SHA256SUMS").read_text(encoding="ascii").splitlines())
    import hashlib

    assert {name: hashlib.sha256((pages._HERE / "static" / name).read_bytes()).hexdigest() for name in known} == known


# Who may see what


def test_every_page_but_the_entry_needs_a_session(stranger):
    assert {page.path for page in PAGES if page.role is None} == OPEN_TO_ALL
    for page in PAGES:
        if page.role is not None:
            address = page.path.replace("{item}", "0" * 16)
            answer = stranger.post(address) if page.post else stranger.get(address)
            assert (answer.status_code, answer.headers["location"]) == (303, "/enter"), address


def test_what_is_for_adjudicators_is_not_there_for_reviewers(browser, another):
    for page in PAGES:
        if page.role in {"adjudicator", "admin"} and not page.post:
            assert browser.get(page.path.replace("{item}", "0" * 16)).status_code == 404
    assert another("wipa").get("/adjudicate").status_code == 200


def test_an_item_that_is_not_in_the_queue_is_not_there(browser, decision):
    foreign = "f" * 16
    assert browser.get(f"/item/{foreign}").status_code == 404
    assert browser.get(f"/why/{foreign}").status_code == 404
    assert browser.send("/decide", decision(item=foreign)).status_code == 404


def test_static_files_come_from_a_fixed_list(stranger):
    for name in ("../app.py", "..%2fapp.py", "%2e%2e/words.toml", "htmx.LICENSE", "SHA256SUMS", "nothing.js"):
        assert stranger.get(f"/static/{name}").status_code == 404, name
    assert stranger.get("/static/htmx.min.js").status_code == 200


# Requests that change something


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "", "Origin": "https://evil.example"},
    ],
)
def test_a_request_from_elsewhere_changes_nothing(browser, store, passages, decision, headers):
    headers = {name: value for name, value in headers.items() if value}
    answer = browser.client.post("/decide", json=decision(), headers={"X-Form-Token": browser.token, **headers})
    assert answer.status_code == 403
    assert store.corrections.of_item(passages[0].id) == []


def test_a_request_that_does_not_say_where_it_comes_from_is_refused(browser, decision):
    assert browser.client.post("/decide", json=decision(), headers={"X-Form-Token": browser.token}).status_code == 403
    assert browser.client.post("/decide", json=decision(), headers={"X-Form-Token": browser.token, "Origin": BASE}).status_code == 200


@pytest.mark.parametrize("token", ["", "0" * 64, "ก"])
def test_without_the_token_of_the_session_nothing_changes(browser, store, passages, decision, token):
    answer = browser.send("/decide", decision(), **{"X-Form-Token": token.encode()})
    assert answer.status_code == 403
    assert store.corrections.of_item(passages[0].id) == []


def test_the_token_of_another_session_is_refused(browser, another, decision):
    other = another("somchai")
    assert browser.send("/decide", decision(), **{"X-Form-Token": other.token}).status_code == 403


def test_no_get_changes_anything(browser, store, site):
    for page in PAGES:
        if not page.post:
            browser.get(page.path.replace("{item}", "0" * 16).replace("{signed}", "x"))
    assert list(store.corrections.every()) == []
    assert browser.client.request("PUT", "/decide").status_code == 405
    assert browser.client.request("DELETE", "/decide").status_code == 405


def test_another_host_is_refused(site):
    client = TestClient(make_app(site), base_url="http://evil.example")
    assert client.get("/enter").status_code == 400


def test_a_large_body_is_refused(browser, decision):
    assert browser.send("/decide", decision(note="ก" * 70_000)).status_code == 413


@pytest.mark.parametrize(
    "wrong",
    [
        {"label": "nonsense"}, {"verb": "drop"}, {"item": "1' OR 1=1"}, {"extra": 1}, {"milliseconds": -1}, {"note": "x" * 2001}, {"note": "x\x00"},
        {"key": "short"}, {"version": "0"}, {"fields": {"state": "x"}}, {"fields": {"who": ["x"] * 13}}, {"parts": [{"start": -1, "end": 2}]},
    ],
)  # fmt: skip
def test_what_is_outside_the_closed_lists_is_refused(browser, store, passages, decision, wrong):
    assert browser.send("/decide", decision(**wrong)).status_code == 400
    assert store.corrections.of_item(passages[0].id) == []


def test_json_that_is_no_table_is_refused(browser):
    assert browser.send("/decide", [1]).status_code == 400


@pytest.mark.parametrize("query", ["label=other", "kind=x", "first_day=nonsense", f"place={'x' * 121}", "post=%00"])
def test_filters_are_a_closed_list(browser, query):
    assert browser.get(f"/?{query}").status_code == 400


def test_an_unknown_filter_is_not_looked_at(browser):
    assert browser.get("/?password__startswith=a&reviewer=x").status_code == 200


# Sessions, passwords, links


def test_a_session_ends_when_idle_and_when_old(browser, clock):
    clock.now += IDLE - 10
    assert browser.get("/").status_code == 200
    clock.now += IDLE - 10
    assert browser.get("/").status_code == 200
    clock.now += IDLE + 10
    assert browser.get("/").status_code == 303
    assert browser.enter().status_code == 303
    for _ in range(LASTS // (IDLE // 2) + 1):
        clock.now += IDLE // 2
        last = browser.get("/").status_code
    assert last == 303


def test_leaving_ends_the_session_on_the_server(browser):
    cookie = browser.client.cookies.get("lessons-review")
    assert browser.post("/leave").status_code == 303
    browser.client.cookies.set("lessons-review", cookie)  # a copied cookie is worth nothing
    assert browser.get("/").status_code == 303


def test_entering_gives_a_new_number_and_the_store_has_only_its_hash(browser, store):
    first = browser.client.cookies.get("lessons-review")
    browser.enter()
    second = browser.client.cookies.get("lessons-review")
    assert first != second
    assert len(second) >= 22  # 128 bit
    assert store.reviewers.session(second, 1_800_000_000) is None
    assert store.reviewers.session(kept_as(second), 1_800_000_000).reviewer.id == "somsri"


def test_a_wrong_name_and_a_wrong_password_have_one_answer(stranger):
    wrong_name, wrong_password = (stranger.post("/enter", {"name": name, "password": "x"}) for name in ("nobody", "somsri"))
    assert wrong_name.status_code == wrong_password.status_code == 403
    assert wrong_name.text.replace("nobody", "") == wrong_password.text.replace("somsri", "")


def test_too_many_tries_are_refused_even_with_the_right_password(stranger, clock):
    for _ in range(TRIES):
        stranger.post("/enter", {"name": "somsri", "password": "x"})
    assert stranger.enter().status_code == 429
    clock.now += 301
    assert stranger.enter().status_code == 303


def test_links_are_tried_only_so_often(stranger):
    assert [stranger.post("/link", {"signed": "x"}).status_code for _ in range(TRIES + 1)] == [404] * TRIES + [429]


@pytest.fixture
def link(site):
    number = new_number()
    site.reviewers.add_link(kept_as(number), "somsri", site.now(), site.now() + LIFETIME)
    return sign(site.keys, number)


def test_opening_a_link_changes_nothing_and_pressing_enters(stranger, link):
    for _ in range(3):  # mail scanners open links
        answer = stranger.get(f"/link/{link}")
        assert answer.status_code == 200
        assert "set-cookie" not in answer.headers
    pressed = stranger.post("/link", {"signed": link})
    assert (pressed.status_code, pressed.headers["location"]) == (303, "/")
    assert stranger.get("/").status_code == 200


def test_a_link_ends_when_revoked_and_so_does_what_it_opened(stranger, site, link):
    stranger.post("/link", {"signed": link})
    site.reviewers.revoke_links("somsri", site.now())
    assert stranger.get("/").status_code == 303
    assert stranger.get(f"/link/{link}").status_code == 404
    assert stranger.post("/link", {"signed": link}).status_code == 404


def test_a_link_ends_with_its_week(stranger, clock, link):
    clock.now += LIFETIME + 1
    assert stranger.post("/link", {"signed": link}).status_code == 404


def test_a_link_that_others_signed_is_none(stranger, site):
    number = new_number()
    site.reviewers.add_link(kept_as(number), "somsri", site.now(), site.now() + LIFETIME)
    assert stranger.post("/link", {"signed": sign(("e" * 43,), number)}).status_code == 404
    assert stranger.post("/link", {"signed": number}).status_code == 404


def test_keys_turn_over_without_ending_links(site, link):
    turned = Browser(replace(site, keys=("n" * 43, *site.keys)))
    assert turned.post("/link", {"signed": link}).status_code == 303


def test_a_revoked_reviewer_is_out_at_once(browser, site):
    site.reviewers.revoke("somsri", site.now())
    assert browser.get("/").status_code == 303
    assert browser.enter().status_code == 403


# The secret, and where the app is served


def test_there_is_no_default_secret(tmp_path):
    [key] = review_keys({}, tmp_path)
    assert len(key) >= 43
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600
    assert review_keys({}, tmp_path) == (key,)
    with pytest.raises(SettingsError, match="must be set"):
        review_keys({}, None)


def test_a_secret_that_others_may_read_or_that_is_short_stops_the_start(tmp_path):
    review_keys({}, tmp_path)
    (tmp_path / FILE).chmod(0o644)
    with pytest.raises(SettingsError, match="owner alone"):
        review_keys({}, tmp_path)
    with pytest.raises(SettingsError, match="32 signs"):
        review_keys({VARIABLE: "short"}, tmp_path)
    with pytest.raises(SettingsError, match="32 signs"):
        review_keys({VARIABLE: ""}, tmp_path)


@pytest.fixture
def settings(tmp_path):
    def read(review=""):
        file = tmp_path / "lessons.toml"
        file.write_text(f"[review]\n{review}\n", encoding="utf-8")
        return read_settings(file)

    return read


def test_plain_http_is_for_this_machine_alone(settings):
    assert base_url(settings(), "127.0.0.1", 8765) == "http://127.0.0.1:8765"
    for host in ("0.0.0.0", "192.168.1.5"):  # noqa: S104 - refused
        with pytest.raises(SettingsError, match="TLS proxy"):
            base_url(settings(), host, 8765)
    with pytest.raises(SettingsError, match="write https"):
        settings('base_url = "http://review.example.org"')


def test_https_needs_its_proxy_named(settings):
    with pytest.raises(SettingsError, match="proxy"):
        base_url(settings('base_url = "https://review.example.org"'), "127.0.0.1", 8765)
    behind = settings('base_url = "https://review.example.org/"\nproxy = "10.0.0.2"')
    assert base_url(behind, "10.0.0.3", 8765) == "https://review.example.org"


def test_behind_a_proxy_nobody_else_is_answered(site):
    behind = replace(site, base_url="https://review.example.org", proxy="10.0.0.2")
    told = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}

    def ask(peer, headers):
        return TestClient(make_app(behind), base_url=behind.base_url, client=(peer, 1)).get("/enter", headers=headers).status_code

    assert ask("10.0.0.2", told) == 200
    assert ask("10.0.0.9", told) == 403
    assert ask("10.0.0.2", {"X-Forwarded-Proto": "http"}) == 403
    assert ask("10.0.0.2", {}) == 403


# Hostile texts, and logs


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'{{7*7}}\u202e\x07"


def test_texts_of_posts_are_texts(browser, store, post, passages):
    text = post.text.replace("เช้านี้", HOSTILE)
    found = replace(post, text=text, title=HOSTILE, author=HOSTILE, body=(replace(post.body[0], end=len(text)),), comments=())
    store.put_posts([found])
    start = text.index(passages[0].quote)
    moved = replace(passages[0], span=type(passages[0].span)(start, start + len(passages[0].quote)))
    store.put_analysis("m1", "k1", [(found, [moved])])
    from tests.review.conftest import queued

    store.queue.refill([queued(moved)])
    page = browser.get("/").text
    assert "&lt;script&gt;" in page
    assert "<img" not in page
    assert page.count("<script") == 6
    assert "49" not in page.split('class="read"')[1].split("</div>")[0]
    assert "\u202e" not in page
    assert "\x07" not in page
    assert "␣" in page


def test_notes_names_and_queries_come_back_as_texts(browser, decision):
    assert browser.send("/decide", decision(note=HOSTILE)).status_code == 200
    assert "<img" not in browser.post("/enter", {"name": HOSTILE, "password": "x"}).text
    assert "<img" not in browser.get("/when").text
    assert "<img" not in browser.client.get("/", params={"place": HOSTILE}).text
    assert "<img" not in browser.client.get("/search", params={"words": HOSTILE}).text


def test_logs_hold_no_text_of_a_post_no_password_and_no_link(browser, stranger, site, decision, link, caplog, monkeypatch):
    caplog.set_level(logging.DEBUG, logger="pipeline")
    browser.get("/")
    browser.send("/decide", decision(note="ข้อความลับ"))
    stranger.post("/enter", {"name": "somsri", "password": PASSWORD + "x"})
    stranger.post("/link", {"signed": link})
    monkeypatch.setattr(type(site.store.queue), "next", lambda *_args, **_kwargs: (_ for _ in ()).throw(RuntimeError("ต้องถามคนในบ้านก่อน")))
    assert browser.get("/").status_code == 500
    logged = "\n".join(record.getMessage() + str(record.exc_info or "") for record in caplog.records if record.name.startswith("pipeline"))
    assert "entered by link" in logged
    assert "login refused" in logged
    assert "RuntimeError on /" in logged
    for secret in ("ต้องถามคน", "ข้อความลับ", PASSWORD, link):
        assert secret not in logged


def test_an_error_shows_no_trace(browser, monkeypatch, site):
    monkeypatch.setattr(type(site.store.queue), "count", lambda *_args, **_kwargs: 1 / 0)
    answer = browser.get("/")
    assert answer.status_code == 500
    assert "ZeroDivision" not in answer.text
    assert "Traceback" not in answer.text
