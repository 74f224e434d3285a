"""One run at a time on one store: the turn is taken before a run begins, kept alive by a beat, and given back at its end.

Comes in: an open store. Goes out: the turn for the time of a block. Refuses, as `AtWork`, a second run while the first one lives, on this machine
or on another. A run that was killed, with its machine or without, holds nobody up: on the same machine its process is looked for, from another
machine its beat is watched. No clock of two machines is ever compared.
"""

from __future__ import annotations

import os
import socket
import time
import uuid
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Literal

from pipeline.errors import AtWork, StoreError
from pipeline.jobs.files import is_made, open_store
from pipeline.store.turns import Turn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.store.store import Store

_BEAT = 5.0  # seconds between two signs of life
_SILENT = 60.0  # seconds without one, after which a run on another machine is given up
_LOOK = 1.0
_PROC = Path("/proc")


@contextmanager
def one_at_a_time(store: Store, beat: float = _BEAT, silent: float = _SILENT) -> Iterator[Callable[[], None]]:
    """Hold the turn within the block, and return a function that refuses to go on once another has taken it over.

    Raises:
        AtWork: when another run lives, or has taken over from one that did not move for long.
    """
    mine = Turn(uuid.uuid4().hex, process_place(os.getpid()), datetime.now(UTC).isoformat(timespec="seconds"))
    _take(store, mine, silent)
    ended, lost = Event(), Event()
    heart = Thread(target=_keep_beating, args=(store, mine, beat, ended, lost), name="turn", daemon=True)
    heart.start()

    def check() -> None:
        if lost.is_set():
            raise _at_work(store.turns.holder() or mine)

    try:
        yield check
    finally:
        ended.set()
        heart.join()
        with suppress(StoreError):  # the next run sees that this process is gone
            store.turns.give_back(mine.owner)


def is_at_work(database: str, out: str | Path) -> bool:
    """Return whether a run has the turn and may live; of one on another machine nothing is known, so it counts as alive."""
    if not is_made(database):
        return False
    with open_store(database, Path(out)) as store:
        held = store.turns.holder()
    return held is not None and process_state(held.place) != "gone"


def process_place(pid: int) -> str:
    """Return how to find a process again: machine, boot, namespace, number and start; where the system tells less, only the machine.

    >>> process_place(os.getpid()) == process_place(os.getpid()) != process_place(os.getppid())
    True
    """
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        space = (_PROC / "self/ns/pid").readlink().name
        return " ".join((socket.gethostname(), boot, space, str(pid), _stat(pid)[1]))
    except (OSError, IndexError):
        return f"{socket.gethostname()} {pid}"


def process_state(place: str) -> Literal["alive", "gone", "elsewhere"]:
    """Return what becomes of the process at a place.

    >>> process_state(process_place(os.getpid())), process_state("another-machine 7")
    ('alive', 'elsewhere')
    """
    words = place.split()
    here = process_place(os.getpid()).split()
    if len(words) != len(here) or len(here) < 5:  # noqa: PLR2004 - as many words as `process_place` gives
        return "elsewhere"
    if words[:3] != here[:3]:
        return "gone" if words[0] == here[0] and words[1] != here[1] and words[2] == here[2] else "elsewhere"
    try:
        state, started = _stat(int(words[3]))
    except (OSError, IndexError, ValueError):
        return "gone"
    return "alive" if started == words[4] and state not in "ZX" else "gone"


def _stat(pid: int) -> tuple[str, str]:
    """Return the state of a process, and when after the boot it started."""
    fields = (_PROC / str(pid) / "stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    return fields[0], fields[19]


def _take(store: Store, mine: Turn, silent: float) -> None:
    seen, since = None, time.monotonic()
    while held := store.turns.take(mine):
        state = process_state(held.place)
        if state == "alive" or (seen and (held.owner, held.beat) != (seen.owner, seen.beat)):
            raise _at_work(held)
        if state == "gone" or time.monotonic() - since >= silent:
            if store.turns.take_over(held, mine):
                return
            continue
        seen = held
        time.sleep(min(_LOOK, silent))


def _keep_beating(store: Store, mine: Turn, beat: float, ended: Event, lost: Event) -> None:
    while not ended.wait(beat):
        with suppress(StoreError):  # locked by a long step of our own: the next beat will do
            if not store.turns.beat(mine.owner):
                lost.set()
                return


def _at_work(held: Turn) -> AtWork:
    machine, *_, pid = held.place.split()[:4]
    since = held.started.replace("T", " ").removesuffix("+00:00") + " UTC"
    return AtWork(
        en=f"Only one run may write to a database at a time. Got another one at work, process {pid} on {machine}, since {since}. "
        "Nothing was changed. Wait for it to end, or stop it, and run the command again.",
        th=f"ฐานข้อมูลหนึ่งแห่งทำงานได้ครั้งละหนึ่งรอบ แต่มีรอบอื่นทำงานอยู่ (โพรเซส {pid} ที่เครื่อง {machine} เริ่มเมื่อ {since}) "
        "ไม่มีอะไรเปลี่ยนแปลง โปรดรอให้รอบนั้นเสร็จหรือสั่งหยุดรอบนั้น แล้วสั่งงานใหม่อีกครั้ง",
    )
