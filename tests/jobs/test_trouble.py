"""What goes wrong around a run: a full disk, a folder that can only be read, a locked database, a clock that goes backwards. One sentence, nothing
lost."""

import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.errors import StoreError
from tests.jobs.conftest import SAMPLES, Team

ROOT = Path(__file__).parents[2]
RUN = """
import sys
from pathlib import Path
from pipeline.errors import LessonsError
from pipeline.jobs.run import RunOrder, open_run
try:
    with open_run(RunOrder((Path(sys.argv[1]),), Path(sys.argv[2]), f"sqlite:///{sys.argv[2]}/lessons.db", model="cues")) as run:
        for batch in run.file_batches():
            run.collect(batch)
        for posts in run.post_batches():
            run.analyse(posts, run.tokenize, run.classify)
        run.place_again()
        run.publish([run.digest(phase) for phase in run.phases()])
except LessonsError as error:
    print(error.en, error.th, sep="\\n")
    sys.exit(error.exit_status)
"""
UNSHARE = ["unshare", "--user", "--map-root-user", "--mount"] if os.geteuid() else ["unshare", "--mount"]


def run_apart(team, out, *before, **options):
    command = [*before, sys.executable, "-c", RUN, team.posts, out]
    return subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, timeout=120, **options)


def limit_files_to(size):
    def limit():
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # the write fails instead, as on a full disk
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


def in_one_sentence(done):
    """Return the sentence in English, having looked that it is one in each language and no traceback."""
    assert done.returncode == 1
    assert "Traceback" not in done.stderr  # a line of the log may stand there
    english, thai = done.stdout.splitlines()
    assert any("\u0e00" <= sign <= "\u0e7f" for sign in thai)
    return english


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """Return the files that a run on the sample posts leaves where nothing goes wrong."""
    team = Team(tmp_path_factory.mktemp("undisturbed"))
    team.posts = SAMPLES
    team.run(team.order())
    return team.files(team.home / "out")


@pytest.mark.parametrize("size", [20_000, 200_000, 400_000])
def test_a_file_that_cannot_grow_is_told_and_the_next_run_makes_up_for_it(team, undisturbed, size):
    team.posts = SAMPLES
    out = team.home / "out"
    said = in_one_sentence(run_apart(team, out, preexec_fn=limit_files_to(size)))
    assert str(out) in said or "temporary files" in said
    team.run(team.order())
    assert team.files(out) == undisturbed


@pytest.fixture
def small_disk(team):
    """Return how to begin a command that has a small disk mounted at `disk`, whose folder `out` is kept in the end; `first` is done before."""
    disk = team.home / "disk"
    disk.mkdir()

    def on_it(megabytes, first="true"):
        done = f'cd {disk} && {first}; cd - >/dev/null; "$@"; s=$?; cp -r {disk}/out {team.home}/kept; exit $s'
        return [*UNSHARE, "sh", "-c", f"mount -t tmpfs -o size={megabytes}m none {disk} && {done}", "sh"]

    if not shutil.which("unshare") or subprocess.run([*on_it(1)[:-2], f"mount -t tmpfs none {disk}"], check=False, capture_output=True).returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    return on_it


@pytest.mark.parametrize("megabytes", [1, 2])
def test_a_disk_that_is_full_is_told_and_what_was_kept_stays(team, undisturbed, small_disk, megabytes):
    team.posts = SAMPLES
    assert "disk" in in_one_sentence(run_apart(team, team.home / "disk" / "out", *small_disk(megabytes))).lower()
    shutil.move(team.home / "kept", team.home / "out")
    team.run(team.order())
    kept = {name: content for name, content in team.files(team.home / "out").items() if ".part" not in name}
    assert kept == undisturbed


def test_a_disk_on_which_nothing_at_all_finds_room_is_told_as_full(team, small_disk):
    team.write()
    order = team.order()
    team.run(order)
    fill = f"cp -r {order.out} . && dd if=/dev/zero of=filler bs=4k 2>/dev/null"
    assert "The disk is full" in in_one_sentence(run_apart(team, team.home / "disk" / "out", *small_disk(4, fill)))
    assert team.files(team.home / "kept") == team.files(order.out)


@pytest.mark.skipif(os.geteuid() == 0 and not shutil.which("setpriv"), reason="nothing is forbidden to root")
def test_a_folder_that_can_only_be_read_is_told(team):
    team.write()
    out = team.home / "out"
    out.mkdir()
    out.chmod(0o555)
    as_nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []
    for folder in (team.home, *team.home.parents[:3]):
        if as_nobody and folder != Path(tempfile.gettempdir()):
            folder.chmod(folder.stat().st_mode | 0o055)
    said = in_one_sentence(run_apart(team, out, *as_nobody, env={**os.environ, "HOME": tempfile.gettempdir(), "PYTHONDONTWRITEBYTECODE": "1"}))
    assert str(out) in said
    assert list(out.iterdir()) == []


def test_a_database_that_another_program_locks_is_told_and_nothing_is_lost(team, monkeypatch):
    team.write()
    order = team.order()
    team.run(order)
    before = team.files(order.out)
    monkeypatch.setattr("pipeline.store.store.Store.open.__func__.__defaults__", (0.2,))
    with closing(sqlite3.connect(order.out / "lessons.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="kept it locked for longer than the waiting time") as told:
            team.run(order)
        assert "ล็อกไว้นาน" in told.value.th
        other.execute("ROLLBACK")
    team.run(order)
    assert team.files(order.out) == before


def test_a_clock_that_goes_backwards_changes_no_byte(team, monkeypatch):
    team.write()
    order = team.order()
    team.run(order)
    before = team.files(order.out)
    back = time.time() - 400 * 86400
    monkeypatch.setattr(time, "time", lambda: back)
    for file in order.out.rglob("*"):
        os.utime(file, (back + 800 * 86400, back + 800 * 86400))  # written in the future
    team.run(order)
    assert team.files(order.out) == before
    team.write(more_txt="เรื่องใหม่\n\nยังขาดคนเฝ้าเตาไฟ\n")
    assert team.run(order).collected.new == 1
