"""Whole runs on a PostgreSQL server: the same files as with a database of one file, one run at a time, and the next one goes on after a kill."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.store.store import Store

ROOT = Path(__file__).parents[2]
HOLD = """
import sys, time
from pathlib import Path
from pipeline.jobs.run import RunOrder, open_run
with open_run(RunOrder((Path(sys.argv[1]),), Path(sys.argv[2]), sys.argv[3], model="cues")) as run:
    run.collect(run.file_batches()[0])
    print("collected", flush=True)
    time.sleep(60)
"""


def told(team, folder):
    """Return the files that people read: the mark of what was published is a hash of rows as each database gives them."""
    return {name: content for name, content in team.files(team.home / folder).items() if name != ".published"}


def test_the_files_are_those_of_a_database_in_a_file(team, postgres):
    team.take_samples()
    url = postgres.fresh()
    team.run(team.order())
    for analysed in (23, 0):
        assert team.run(team.order(out=team.home / "other", database=url)).analysed == analysed
        assert told(team, "other") == told(team, "out")


def test_a_run_that_is_killed_holds_nobody_up_and_the_next_one_ends_as_if_undisturbed(team, postgres):
    team.take_samples()
    url, out = postgres.fresh(), team.home / "other"
    team.run(team.order())
    first = subprocess.Popen([sys.executable, "-c", HOLD, team.posts, out, url], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert first.stdout.readline() == "collected\n"
    with pytest.raises(Exception, match="Got another one at work"):
        team.run(team.order(out=out, database=url))
    first.kill()
    first.communicate()
    begun = time.monotonic()
    assert team.run(team.order(out=out, database=url)).analysed == 23
    assert time.monotonic() - begun < 30
    assert told(team, "other") == told(team, "out")
    with Store.open(url) as store:
        assert store.turns.holder() is None
