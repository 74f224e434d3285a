"""Every command of the guides is given, in the folder of one team and in the order in which it is told. What is quick and needs nobody really runs.

What takes hours, serves until it is stopped or needs other machines runs as far as its job, in whose place one stands that takes the same arguments.
"""

import io
import shutil
from datetime import datetime
from importlib import import_module
from types import SimpleNamespace
from unittest.mock import create_autospec

import pytest

from pipeline.jobs.order import RunReport
from pipeline.outgoing import Posted
from tests.documents import GUIDES, NUMBERS, ROOT, commands, parsed

LONG_AGO = datetime(2009, 3, 6)  # noqa: DTZ001 - the outbox keeps UTC without a zone
RUN = "pipeline.cli.running.run_and_tell"
LEARN, TEAM, STUDY = "pipeline.jobs.learning", "pipeline.jobs.teams.team", "pipeline.jobs.learning.learning_study"
JOBS = {
    "train": (f"{TEAM}.learn_from_corrections", f"{LEARN}.learn.learn"),
    "evaluate": (f"{LEARN}.learn.judge_corpus", f"{LEARN}.learn.judge_gold", f"{LEARN}.study.study_model", f"{LEARN}.masking.judge_names"),
    "corpus": (f"{LEARN}.corpus.look_through",),
    "fetch": (f"{LEARN}.fetch.fetch",),
    "pretrain": (f"{LEARN}.pretrain.pretrain_words",),
    "study year": (f"{STUDY}.simulate_years",),
    "study suspects": (f"{STUDY}.find_planted",),
    "study queue": (f"{LEARN}.queue_study.replay_queue",),
    "serve": ("flows.schedules.serve_project",),
    "review": ("pipeline.review.serving.serve",),
    "collect": ("pipeline.jobs.collecting.collect",),
    "mail page": ("pipeline.jobs.mail.desk.serve_leaving",),
    "mail resolve": ("pipeline.jobs.mail.desk.resolve_mail",),
    "models compare": (f"{TEAM}.compared",),
    "models promote": (f"{TEAM}.promote_model",),
    "models rollback": ("pipeline.jobs.teams.rollback.roll_back_team",),
    "models shadow": (f"{TEAM}.shadow_of",),
}
JOBS_OF_OPTIONS = {  # other servers, machines, packages, and many posts
    "--database": (RUN,),
    "--runner": (RUN,),
    "--processes": (RUN,),
    "--samples": (RUN,),
    "--classifier": ("pipeline.jobs.look.look_at", *JOBS["evaluate"]),
}
RESULTS = {
    RUN: RunReport(),
    f"{LEARN}.learn.learn": SimpleNamespace(figures="0.7", folder="models/stacked-1"),
    f"{LEARN}.fetch.fetch": SimpleNamespace(ready=1, same=1, missing=["a.txt"]),
    "pipeline.jobs.collecting.collect": [],
    "pipeline.jobs.mail.desk.resolve_mail": Posted(
        7, "", "a@example.org", "all", "<7@example.org>", "ค้าง", "sent", 1, LONG_AGO, LONG_AGO, None, None, None
    ),
    "pipeline.jobs.look.look_at": [],
}
NAMES = {
    "POSTS": "posts",
    "/srv/lessons/posts": "posts",
    "OUT": "digests",
    "POST": "posts/01-first-circle.txt",
    "NAME": "wipa",
    "ADDRESS": "a@example.org",
    "FILE": "kept.zip",
} | NUMBERS
FIRST, LAST = ("init", "run", "reviewers add"), ("reviewers revoke", "restore", "forget")


def told():
    """Return the commands to give and their names, each once; beginnings first, what puts back or takes away last."""
    found = {}
    for guide in GUIDES:
        for words, whole in commands(guide):
            path, values = parsed(words)
            command = " ".join(path)
            if values is not None and (whole or len(words) > len(path) or command in JOBS):  # else the text only names the command
                found.setdefault(tuple(NAMES.get(word, word) for word in words), command)
    ranks = {command: rank for rank, command in enumerate(FIRST, start=-len(FIRST))} | {command: rank for rank, command in enumerate(LAST, start=1)}
    return sorted(found.items(), key=lambda given: ranks.get(given[1], 0))


def stand_ins(words, command, monkeypatch):
    """Put something that only takes the same arguments in the place of the jobs of a command that is long; return what was put there."""
    jobs = next((jobs for option, jobs in JOBS_OF_OPTIONS.items() if option in words), JOBS.get(command, ()))
    put = []
    for job in jobs:
        module, _, name = job.rpartition(".")
        put.append(create_autospec(getattr(import_module(module), name), return_value=RESULTS.get(job, "told")))
        monkeypatch.setattr(job, put[-1])
    return put


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
    assert {words[0] for words, _ in given} >= {"run", "look", "threads", "status", "backup", "restore", "corrections", "mail", "models", "reviewers"}
    assert {command for _, command in given} >= {*JOBS}
    for words, command in given:
        if command == "init":
            (tmp_path / "posts" / "lessons.toml").unlink(missing_ok=True)  # each guide begins anew
        monkeypatch.setattr("sys.stdin", io.StringIO("\n" * 20))  # whoever asks gets the answer that is proposed
        with monkeypatch.context() as replaced:
            jobs = stand_ins(words, command, replaced)
            status, out, error = lessons(*words)
        assert status in {0, 3, 4}, (words, out, error)
        assert "Traceback" not in error
        assert sum(job.call_count for job in jobs) == bool(jobs), words
