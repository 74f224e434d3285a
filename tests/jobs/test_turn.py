"""Never two runs at once: who is refused, who takes over from the dead, and what the living one hears of it."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.errors import AtWork
from pipeline.jobs.turn import is_at_work, one_at_a_time, process_place, process_state
from pipeline.store.store import Store
from pipeline.store.turns import Turn

ROOT = Path(__file__).parents[2]
HOLD = """
import sys, time
from pipeline.jobs.turn import one_at_a_time
from pipeline.store.store import Store
with Store.open(sys.argv[1]) as store, one_at_a_time(store):
    print("mine", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def url(tmp_path):
    return f"sqlite:///{tmp_path}/lessons.db"


@pytest.fixture
def store(url):
    with Store.open(url) as opened:
        yield opened


@pytest.fixture
def held_elsewhere(url):
    """Hold the turn in another process of this machine."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, url], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "mine\n"
    yield process
    process.kill()
    process.communicate()


def on_another_machine(store):
    turn = Turn("theirs", "far-away 0b00 pid:[1] 7 99", "2026-01-01T00:00:00+00:00")
    assert store.turns.take(turn) is None
    return turn


def test_a_second_run_is_refused_at_once_in_one_sentence(store, url, tmp_path, held_elsewhere):
    begun = time.monotonic()
    with pytest.raises(AtWork, match=f"Got another one at work, process {held_elsewhere.pid} on ") as refused, one_at_a_time(store):
        pass
    assert time.monotonic() - begun < 2
    assert "ครั้งละหนึ่งรอบ" in refused.value.th
    assert is_at_work(url, tmp_path)


def test_nobody_is_at_work_on_a_database_that_is_yet_to_be_made(url, tmp_path):
    assert not is_at_work(url, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_was_killed_holds_nobody_up(store, url, tmp_path, held_elsewhere):
    held_elsewhere.send_signal(signal.SIGKILL)
    time.sleep(0.2)  # not waited for: as a killed run whose parent has not noticed yet
    assert not is_at_work(url, tmp_path)
    with one_at_a_time(store):
        assert store.turns.holder().place == process_place(os.getpid())


def test_the_turn_is_free_again_after_a_run_and_after_one_that_fails(store):
    for failure in (None, ValueError):
        try:
            with one_at_a_time(store):
                assert store.turns.holder()
                if failure:
                    raise failure
        except ValueError:
            pass
        assert store.turns.holder() is None


def test_a_run_on_another_machine_that_beats_is_left_alone(store):
    theirs = on_another_machine(store)
    looks = store.turns.take

    def beat_then_look(wanted):
        store.turns.beat(theirs.owner)
        return looks(wanted)

    store.turns.take = beat_then_look
    with pytest.raises(AtWork, match="process 7 on far-away, since 2026-01-01 00:00:00 UTC"), one_at_a_time(store):
        pass


def test_a_run_on_another_machine_that_beats_no_more_is_given_up(store):
    on_another_machine(store)
    with one_at_a_time(store, silent=0.2):
        assert store.turns.holder().owner != "theirs"


def test_two_that_find_a_dead_owner_do_not_both_take_over(store):
    theirs = on_another_machine(store)
    assert store.turns.take_over(theirs, Turn("first", "here", "now"))
    assert not store.turns.take_over(theirs, Turn("second", "here", "now"))


def test_a_run_that_slept_while_another_took_over_writes_no_more(store):
    with one_at_a_time(store, beat=0.05) as check:
        check()
        mine = store.turns.holder()
        while not store.turns.take_over(replace(mine, beat=store.turns.holder().beat), Turn("theirs", "far-away 7", "now")):
            pass
        time.sleep(0.3)
        with pytest.raises(AtWork, match="on far-away"):
            check()
    assert store.turns.holder().owner == "theirs"  # not freed for them


def test_a_clock_that_goes_backwards_changes_nothing(store, monkeypatch):
    on_another_machine(store)
    monkeypatch.setattr(time, "time", lambda: 0.0)
    with one_at_a_time(store, silent=0.2):
        pass
    with one_at_a_time(store):
        pass


@pytest.mark.parametrize(
    ("place", "state"),
    [
        ("", "elsewhere"),
        ("far-away 7", "elsewhere"),
        (lambda here: [*here[:3], "1", "1"], "gone"),  # a number that another process has by now
        (lambda here: [*here[:3], "999999999", here[4]], "gone"),
        (lambda here: [here[0], "an-earlier-boot", *here[2:]], "gone"),
        (lambda here: [*here[:2], "pid:[another]", *here[3:]], "elsewhere"),  # another container, where numbers mean other processes
    ],
)
@pytest.mark.skipif(not Path("/proc/self/ns/pid").exists(), reason="this system tells less of its processes")
def test_what_becomes_of_a_process(place, state):
    here = process_place(os.getpid()).split()
    assert process_state(place if isinstance(place, str) else " ".join(place(here))) == state
