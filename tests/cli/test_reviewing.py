"""The commands of reviewing: who may review, links, and where the app refuses to start."""

import socket

import pytest
import typer
import uvicorn

from pipeline.store.store import Store

PASSWORD = "ปลูกผักหลังวัด"


@pytest.fixture
def lessons(lessons, nothing_set, tmp_path, monkeypatch):
    """Give a command in a folder with the database of a run."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "out").mkdir()
    Store.open(f"sqlite:///{tmp_path}/out/lessons.db").close()
    monkeypatch.setattr(typer, "prompt", lambda *_args, **_kwargs: PASSWORD)
    return lessons


@pytest.fixture
def served(monkeypatch):
    """Keep the app from running; return how it would have been served."""
    asked = {}
    monkeypatch.setattr(uvicorn, "run", lambda app, **how: asked.update(how, app=app))
    return asked


def test_a_reviewer_is_added_listed_and_revoked(lessons, tmp_path):
    assert "lessons reviewers add" in lessons("reviewers", "list")[1]
    assert lessons("reviewers", "add", "somsri", "--name", "สมศรี", "--role", "adjudicator", "--email", "somsri@example.org")[0] == 0
    assert lessons("reviewers", "list")[1] == "somsri  สมศรี  adjudicator  somsri@example.org\n"
    assert lessons("reviewers", "add", "somsri")[0] == 2
    assert lessons("reviewers", "revoke", "somsri")[0] == 0
    assert lessons("reviewers", "list")[1].strip().endswith("revoked")
    assert "ยกเลิกแล้ว" in lessons("reviewers", "list", lang="th")[1]
    assert lessons("reviewers", "revoke", "somsri")[0] == 2


def test_a_wrong_folder_is_told_before_a_password_is_asked_for(lessons, tmp_path, monkeypatch):
    (tmp_path / "out" / "lessons.db").unlink()
    monkeypatch.setattr(typer, "prompt", lambda *_args, **_kwargs: pytest.fail("asked"))
    status, _, err = lessons("reviewers", "add", "somsri")
    assert (status, "a run must have made the database" in err) == (2, True)


def test_a_password_is_kept_as_a_hash_alone(lessons, tmp_path):
    lessons("reviewers", "add", "somsri")
    with Store.open(f"sqlite:///{tmp_path}/out/lessons.db") as store:
        _, kept = store.reviewers.find("somsri")
    assert kept.startswith("$argon2id$")
    assert PASSWORD.encode() not in (tmp_path / "out" / "lessons.db").read_bytes()


@pytest.mark.parametrize(("arguments", "said"), [
    (("Somsri สมศรี",), "a-z"), (("somsri", "--role", "king"), "adjudicator"), (("somsri", "--lang", "de"), "th or en"),
    (("somsri", "--email", "somsri"), "one address"),
])  # fmt: skip
def test_what_is_wrong_with_a_new_reviewer_is_said(lessons, arguments, said):
    status, _, err = lessons("reviewers", "add", *arguments)
    assert status == 2
    assert said in err


def test_a_short_password_is_refused(lessons, monkeypatch):
    monkeypatch.setattr(typer, "prompt", lambda *_args, **_kwargs: "สั้น")
    status, _, err = lessons("reviewers", "add", "somsri", lang="th")
    assert status == 2
    assert "10" in err


def test_a_link_is_printed_and_ends_with_its_reviewer(lessons):
    lessons("reviewers", "add", "somsri", "--link-only")
    status, out, _ = lessons("reviewers", "link", "somsri")
    assert status == 0
    assert out.startswith("http://127.0.0.1:8765/link/")
    assert lessons("reviewers", "revoke", "somsri", "--links")[0] == 0
    assert lessons("reviewers", "link", "nobody")[0] == 2


def test_review_says_where_it_is_and_serves_on_this_machine_alone(lessons, served, tmp_path):
    status, out, _ = lessons("review", lang="th")
    assert status == 0
    assert "เปิดหน้าตรวจทานที่ http://127.0.0.1:8765" in out
    assert "ยังไม่มีผู้ตรวจทาน" in out
    assert (served["host"], served["access_log"], served["proxy_headers"]) == ("127.0.0.1", False, False)
    assert (tmp_path / "out" / "review.secret").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("arguments", [("review",), *(("reviewers", *words) for words in (("list",), ("add", "somsri"), ("link", "somsri")))])
def test_a_folder_without_a_run_is_told_and_gets_no_database(lessons, served, tmp_path, arguments):
    (tmp_path / "out" / "lessons.db").unlink()
    status, out, err = lessons(*arguments, lang="th")
    assert (status, out, served) == (2, "", {})
    assert err == "out/lessons.db: ยังไม่มีฐานข้อมูล โปรดสั่ง lessons run ก่อน หรือระบุด้วย --database หรือ --out\n"
    assert list((tmp_path / "out").iterdir()) == []


def test_a_port_that_is_taken_is_told(lessons, served):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        status, out, err = lessons("review", "--port", port, lang="th")
    assert (status, out, served) == (2, "", {})
    assert err.startswith(f"--port {port}: พอร์ตนี้มีโปรแกรมอื่นใช้อยู่")


def test_review_is_refused_on_the_net_without_a_proxy(lessons, served):
    status, _, err = lessons("review", "--host", "0.0.0.0")  # noqa: S104 - refused
    assert status == 2
    assert "TLS proxy" in err
    assert served == {}


def test_review_is_refused_with_a_secret_that_others_may_read(lessons, served, tmp_path):
    lessons("review")
    served.clear()
    (tmp_path / "out" / "review.secret").chmod(0o640)
    status, _, err = lessons("review")
    assert status == 2
    assert "chmod 600" in err
    assert served == {}


@pytest.mark.parametrize("named", [("--config", "lessons.toml"), ()], ids=["named", "in this folder"])
def test_review_behind_a_proxy(lessons, served, tmp_path, named):
    (tmp_path / "lessons.toml").write_text('[review]\nbase_url = "https://review.example.org"\nproxy = "10.0.0.2"\n', encoding="utf-8")
    status, out, _ = lessons("review", *named, "--host", "10.0.0.3")
    assert status == 0
    assert "https://review.example.org" in out
    assert served["host"] == "10.0.0.3"
