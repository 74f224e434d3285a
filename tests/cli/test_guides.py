"""Every command of the guides that is quick and needs nobody really runs, in the folder of one team and in the order in which it is told."""

import io
import shutil

import pytest

from tests.documents import GUIDES, NUMBERS, ROOT, commands, parsed

# hours of learning, servers, other machines, and what needs a model of the team's own or a message that is stuck: only parsed
LONG = ("train", "evaluate", "corpus", "fetch", "pretrain", "study", "serve", "review", "collect", "mail page", "mail resolve")
LONG += ("models compare", "models promote", "models rollback", "models shadow")
ELSEWHERE = {"--database", "--runner", "--processes", "--samples", "--classifier"}  # other servers, machines, packages
NAMES = {
    "POSTS": "posts",
    "OUT": "digests",
    "POST": "posts/01-first-circle.txt",
    "NAME": "wipa",
    "ADDRESS": "a@example.org",
    "FILE": "kept.zip",
} | NUMBERS
FIRST, LAST = ("init", "run", "reviewers add"), ("reviewers revoke", "restore", "forget")


def told():
    """Return the commands to run, each once; beginnings first, what puts back or takes away last."""
    found = {}
    for guide in GUIDES:
        for words, whole in commands(guide):
            path, values = parsed(words)
            command = " ".join(path)
            given = whole or len(words) > len(path)  # else the text only names the command
            if given and values is not None and not f"{command} ".startswith(tuple(f"{one} " for one in LONG)) and not ELSEWHERE & set(words):
                found.setdefault(tuple(NAMES.get(word, word) for word in words), command)
    ranks = {command: rank for rank, command in enumerate(FIRST, start=-len(FIRST))} | {command: rank for rank, command in enumerate(LAST, start=1)}
    return sorted(found, key=lambda words: ranks.get(found[words], 0))


@pytest.mark.usefixtures("nothing_set", "without_prefect")
def test_the_commands_of_the_guides_run(lessons, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LESSONS_OUT", "digests")
    monkeypatch.setenv("LESSONS_CONFIG", "posts/lessons.toml")
    monkeypatch.setattr("pipeline.cli.reviewing._new_password", lambda: "a password of the test")
    (tmp_path / "posts").mkdir()
    for sample in sorted((ROOT / "corpora" / "samples").glob("0[12]*.txt")):
        shutil.copy(sample, tmp_path / "posts")
    given = told()
    assert {words[0] for words in given} >= {"run", "look", "threads", "status", "backup", "restore", "corrections", "mail", "models", "reviewers"}
    for words in given:
        if words[0] == "init":
            (tmp_path / "posts" / "lessons.toml").unlink(missing_ok=True)  # each guide begins anew
        monkeypatch.setattr("sys.stdin", io.StringIO("\n" * 20))  # whoever asks gets the answer that is proposed
        status, out, error = lessons(*words)
        assert status in {0, 3, 4}, (words, out, error)
        assert "Traceback" not in error
