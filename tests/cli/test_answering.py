"""``lessons init`` at a terminal: keys are pressed, what is wrong is explained and asked again, and who stops leaves nothing half-written."""

import os
import re
import select
import subprocess
import sys
import time

import pytest

from pipeline.settings import read_settings

fcntl = pytest.importorskip("fcntl")  # of systems with terminals of this kind
# Ctrl-C reaches who owns the terminal, also where the tests themselves run in the background, where a shell lets it be ignored.
KNOWN = (
    "import fcntl, signal, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); signal.signal(signal.SIGINT, signal.default_int_handler); "
    "from pipeline.cli import main; main()"
)
CTRL_C, CTRL_D, LEFT = "\x03", "\x04", "\x1b[D"
pytestmark = pytest.mark.usefixtures("nothing_set")
LONGEST, PRESSED_AGAIN = 60.0, 5.0  # seconds


@pytest.fixture
def at_a_terminal(folder):
    """Give a command and press keys, each after the next question; return the exit status and all that stood on the screen."""

    def give(*arguments, keys, lang):
        ours, theirs = os.openpty()
        terminal = dict.fromkeys(("stdin", "stdout", "stderr"), theirs)
        known = {**os.environ, "LESSONS_LANG": lang, "TERM": "xterm", "PYTHONPATH": os.pathsep.join(sys.path), "COLUMNS": "400"}
        with subprocess.Popen([sys.executable, "-c", KNOWN, *arguments], start_new_session=True, env=known, **terminal) as program:
            os.close(theirs)
            try:
                shown = _pressed(ours, list(keys))
                return program.wait(LONGEST), re.sub(r"\x1b\[[?0-9;]*[A-Za-z]", "", shown.decode()).replace("\r", "")
            finally:
                program.kill()
                os.close(ours)

    return give


def _pressed(screen, keys):
    shown, key, end = b"", "", time.monotonic() + LONGEST
    answered, again = 0, end  # how much had been shown when the last key was pressed
    while time.monotonic() < end:
        if select.select([screen], [], [], 0.2)[0]:
            try:
                shown += os.read(screen, 65536)
            except OSError:  # nobody holds the other end any more
                break
        elif keys and shown[answered:].endswith(b": "):
            answered, key, again = len(shown), keys.pop(0), time.monotonic() + PRESSED_AGAIN
            os.write(screen, key.encode() if key in {CTRL_C, CTRL_D} else f"{key}\r".encode())
        elif key == CTRL_C and time.monotonic() > again:  # Python may miss it between asking and waiting, and tell so on the screen
            os.write(screen, key.encode())
            again = time.monotonic() + PRESSED_AGAIN
    return shown


def test_wrong_answers_are_explained_without_a_word_of_the_file_that_is_not_there_yet(at_a_terminal, folder):
    days = ("ปีโน้น", "1 มิ.ย. 2551", "1 พ.ค. 2551", "1 มิ.ย. 2551", "")
    keys = ("ทีม", "นำร่อง", *days, "นำร่อง", "ขยาย", "1 ม.ค. 2552", "", "", "วันว่าง", "พุธ", "ใคร", "a@example.org", "")
    status, shown = at_a_terminal("init", "posts", "--no-run", keys=keys, lang="th")
    assert status == 0
    assert [line for line in shown.splitlines() if " แต่พบ " in line] == [
        'ต้องเป็นวันที่ เช่น 1 มิ.ย. 2551 แต่พบ "ปีโน้น" โปรดพิมพ์ใหม่ หรือเว้นว่าง',
        'ต้องเป็นวันเดียวกับหรือหลัง "first_day" คือ 2008-06-01 แต่พบ 2008-05-01 โปรดแก้วันใดวันหนึ่ง',
        'ชื่อระยะงานต้องไม่ซ้ำกัน แต่พบ "นำร่อง" อีกครั้ง โปรดพิมพ์ชื่ออื่น หรือเว้นว่างถ้าไม่มีอีก',
        'ต้องเป็นชื่อวัน เช่น "พฤหัสบดี" หรือ "thursday" แต่พบ "วันว่าง" โปรดแก้ไข',
        'ต้องเป็นที่อยู่อีเมลหนึ่งแห่ง เช่น name@example.org แต่พบ "ใคร" โปรดแก้ไข',
    ]
    phases = read_settings(folder / "posts" / "lessons.toml").phases
    assert [(phase.name, str(phase.first_day), str(phase.last_day)) for phase in phases] == [
        ("นำร่อง", "2008-06-01", "2008-12-31"),
        ("ขยาย", "2009-01-01", "None"),
    ]


def test_an_arrow_moves_within_the_answer(at_a_terminal, folder):
    assert at_a_terminal("init", "posts", "--no-run", keys=(f"Kp{LEFT}o", "", "", ""), lang="en")[0] == 0
    assert read_settings(folder / "posts" / "lessons.toml").project.name == "Kop"


@pytest.mark.parametrize(("key", "lang", "said"), [(CTRL_C, "th", "หยุดแล้ว ยังไม่ได้เขียนไฟล์ใด"), (CTRL_D, "en", "Stopped: nothing was written.")])
def test_who_stops_is_told_that_nothing_was_written(at_a_terminal, folder, key, lang, said):
    status, shown = at_a_terminal("init", "try", "--samples", keys=("ทีม", key), lang=lang)
    assert (status, shown.splitlines()[-1]) == (130, said)
    assert "Traceback" not in shown
    assert [path.name for path in folder.iterdir()] == ["posts"]
