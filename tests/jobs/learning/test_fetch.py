"""Fetching the public texts, from a git server of this machine."""

import hashlib
import json
import os
import shutil
import socket
import subprocess
import time

import pytest

from pipeline.errors import SettingsError
from pipeline.jobs.learning.fetch import fetch
from pipeline.records import short_hash

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="needs git")
PAGE = "---\ntitle: เรื่องแรก\n---\n\nเล่าไปเรื่อยๆ ต้องฟังก่อนพูดเสมอ แล้วก็กลับบ้าน\n"
PLAIN = "เรื่องแรก\n\nเล่าไปเรื่อยๆ ต้องฟังก่อนพูดเสมอ แล้วก็กลับบ้าน\n"
QUOTE = "ต้องฟังก่อนพูดเสมอ"


def git(folder, *words):
    who = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.org"}
    return subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, text=True, env=os.environ | who).stdout.strip()


@pytest.fixture
def repository(tmp_path):
    folder = tmp_path / "public" / "blog"
    (folder / "_posts").mkdir(parents=True)
    (folder / "_posts" / "แรก.md").write_text(PAGE, encoding="utf-8")
    (folder / "_posts" / "other.md").write_text("---\ntitle: อื่น\n---\nอื่น", encoding="utf-8")
    git(folder, "init", "--quiet")
    git(folder, "config", "uploadpack.allowAnySHA1InWant", "true")
    git(folder, "config", "uploadpack.allowFilter", "true")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "-m", "a")
    return folder


@pytest.fixture
def server(repository):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["git", "daemon", "--reuseaddr", "--export-all", "--listen=127.0.0.1", f"--port={port}", f"--base-path={repository.parent}"]
    daemon = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    for _ in range(100):
        with socket.socket() as caller:
            if caller.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    yield f"git://127.0.0.1:{port}/blog"
    daemon.terminate()
    daemon.wait()


def write_list(folder, repository, commit, path="_posts/แรก.md", text=PLAIN):
    start = PLAIN.index(QUOTE)
    row = {"source": "blog/1.txt", "repository": repository, "commit": commit, "path": path}
    row |= {"sha256": hashlib.sha256(text.encode()).hexdigest(), "spans": [[start, start + len(QUOTE), "lesson", short_hash(QUOTE)]]}
    (folder / "texts.jsonl").write_text(json.dumps(row, ensure_ascii=False) + "\n", encoding="utf-8")


def test_the_listed_texts_are_fetched_by_commit_and_path_and_compared(tmp_path, repository, server):
    write_list(tmp_path, server, git(repository, "rev-parse", "HEAD"))
    said = []
    assert fetch(tmp_path, tmp_path / "texts", said.append) == (1, 1, ())
    assert (tmp_path / "texts" / "blog" / "1.txt").read_text(encoding="utf-8") == PLAIN
    assert [file.name for file in (tmp_path / "texts" / "blog").iterdir()] == ["1.txt"]
    assert said == [server]


def test_a_text_of_another_wording_is_used_where_its_quotations_stand_and_told(tmp_path, repository, server):
    write_list(tmp_path, server, git(repository, "rev-parse", "HEAD"), text=PLAIN + "หาย")
    assert fetch(tmp_path, tmp_path / "texts", print) == (1, 0, ())


def test_a_path_that_is_gone_is_told_and_the_rest_goes_on(tmp_path, repository, server):
    write_list(tmp_path, server, git(repository, "rev-parse", "HEAD"), path="_posts/gone.md")
    assert fetch(tmp_path, tmp_path / "texts", print) == (0, 0, ("blog/1.txt",))


def test_what_is_there_is_not_fetched_again(tmp_path):
    write_list(tmp_path, "git://127.0.0.1:1/nowhere", "0" * 40)
    (tmp_path / "texts" / "blog").mkdir(parents=True)
    (tmp_path / "texts" / "blog" / "1.txt").write_text(PLAIN, encoding="utf-8")
    assert fetch(tmp_path, tmp_path / "texts", print) == (1, 1, ())


def test_a_server_out_of_reach_is_one_sentence(tmp_path):
    write_list(tmp_path, "git://127.0.0.1:1/nowhere", "0" * 40)
    with pytest.raises(SettingsError, match="public repositories"):
        fetch(tmp_path, tmp_path / "texts", print)
