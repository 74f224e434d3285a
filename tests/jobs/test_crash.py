"""A run that is killed at any moment, or that meets another one, leaves what an undisturbed run leaves."""

import inspect
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="only where a process can be killed outright")

ROOT = Path(__file__).parents[2]
POSTS = 260  # two batches
IDEAS = (
    "ต้องฟังคนในพื้นที่ก่อน เพราะเขารู้ว่าน้ำมาทางไหน ข้อที่ {n}",
    "ยังขาดคนจดบัญชีของกลุ่มที่ {n} และยังไม่มีใครรับปาก",
    "ตกลงกันว่านัดประชุมกลุ่มที่ {n} วันที่ {day} มิถุนายน 2552",
    "วันนี้อากาศดี ไปกินข้าวกันที่บ้านหลังที่ {n}",
)
STEPS = ["opened", "collected", "analysed", "analysed", "placed", "digested"]


@pytest.fixture(scope="module")
def posts(tmp_path_factory):
    """Return a folder with many small posts."""
    folder = tmp_path_factory.mktemp("many")
    for n in range(POSTS):
        ideas = "\n\n".join(idea.format(n=n, day=1 + n % 28) for idea in IDEAS[: 2 + n % 3])
        (folder / f"{n:03}.txt").write_text(f"เรื่องที่ {n}\n\n{ideas}\n\nหมายเลขบันทึก: {7000 + n}เขียนเมื่อ {1 + n % 28} มกราคม 2552\n", encoding="utf-8")
    return folder


def drive_aloud(source, out):
    """Do what flows.nightly does, and say after each step that it is done."""
    import os

    from pipeline.jobs.run import RunOrder, open_run

    def say(word):
        os.write(1, f"{word}\n".encode())

    with open_run(RunOrder((source,), out, f"sqlite:///{out / 'lessons.db'}", model="cues")) as run:
        say("opened")
        for batch in run.file_batches():
            run.collect(batch)
        run.retire_gone()
        say("collected")
        for batch in run.post_batches():
            run.analyse(batch, run.tokenize, run.classify)
            say("analysed")
        run.place_again()
        say("placed")
        digests = [run.digest(phase) for phase in run.phases()]
        say("digested")
        run.publish(digests)


def start(source, out):
    program = f"import sys\nfrom pathlib import Path\n\n\n{inspect.getsource(drive_aloud)}\n\ndrive_aloud(*map(Path, sys.argv[1:]))\n"
    return subprocess.Popen(
        [sys.executable, "-c", program, source, out],
        cwd=ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process):
    said, complaints = process.communicate(timeout=120)
    assert (process.returncode, complaints) == (0, "")
    return said.split()


def kill(process, after, seconds):
    """Kill a run so many seconds after it has said the n-th word, and return whether it was still at work."""
    with process:
        for _ in range(after):
            process.stdout.readline()
        time.sleep(seconds)
        at_work = process.poll() is None
        process.kill()
    return at_work


@pytest.fixture(scope="module")
def undisturbed(posts, tmp_path_factory, files):
    out = tmp_path_factory.mktemp("undisturbed") / "out"
    assert finish(start(posts, out)) == STEPS
    return files(out)


def finished(out, files):
    """Return the files of an output folder without what a killed run left half written: the sweep takes that after an hour."""
    return {name: content for name, content in files(out).items() if not name.rpartition("/")[2].startswith(".lessons-")}


@pytest.mark.parametrize("seed", [1, 2])
def test_a_run_that_was_killed_at_several_moments_ends_as_if_it_had_not(posts, undisturbed, tmp_path, files, seed):
    chance = random.Random(seed)  # noqa: S311 - the same moments every time
    out = tmp_path / "out"
    killed = [kill(start(posts, out), after, chance.uniform(0, 0.25)) for after in range(1, len(STEPS))]
    assert sum(killed) >= 2
    finish(start(posts, out))
    assert finished(out, files) == undisturbed


def test_of_two_runs_at_once_one_is_refused_and_the_other_ends_well(posts, undisturbed, tmp_path, files):
    out = tmp_path / "out"
    first = start(posts, out)
    assert first.stdout.readline() == "opened\n"
    second = start(posts, out)
    said, complaints = second.communicate(timeout=120)
    assert (second.returncode, said) == (1, "")
    assert f"AtWork: Only one run may write to a database at a time. Got another one at work, process {first.pid} on" in complaints
    assert finish(first) == STEPS[1:]
    assert files(out) == undisturbed


def test_the_undisturbed_run_found_what_was_written(undisturbed):
    quotes = undisturbed["passages.jsonl"].decode()
    assert quotes.count("\n") > POSTS
    assert sum(name.startswith("posts/") for name in undisturbed) > 50
