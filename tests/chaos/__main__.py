"""Chaos: ``python -m tests.chaos [--jobs N] [--learning N] [--flow N] [--posts N] [--seed N] [--minutes N] [--postgres]`` from the repository root.

Comes in: how often to kill. Goes out: a table of where the runs were killed, and the count of those after which the next run left the same store
and the same files as an undisturbed one. Ends with status 1 where one differed, and keeps its folder then. Each run is forked from a process that has
loaded the program: loading would take longer than the work.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import select

from pipeline.store.store import Store
from pipeline.store.tables import metadata
from tests.chaos.ways import WAYS, found_team
from tests.forked import Forked
from tests.postgres import Cluster

if TYPE_CHECKING:
    from collections.abc import Callable

_IDEAS = (
    "ต้องฟังคนในพื้นที่ก่อน เพราะเขารู้ว่าน้ำมาทางไหน ข้อที่ {n}",
    "ยังขาดคนจดบัญชีของกลุ่มที่ {n} และยังไม่มีใครรับปาก",
    "ตกลงกันว่านัดประชุมกลุ่มที่ {n} วันที่ {day} มิถุนายน",
    "วันนี้อากาศดี ไปกินข้าวกันที่บ้านหลังที่ {n}",
)
_STAMP = "\n\nหมายเลขบันทึก: {number}เขียนเมื่อ {day} มกราคม 2552\n"
_WHO_RAN = {"journal", "runs"}
_PARTS = (".lessons-", ".new-")  # what is half written: a sweep takes it later


@dataclass(frozen=True)
class Place:
    """Where a run writes."""

    out: Path
    database: str


@dataclass(frozen=True)
class World:
    """What all runs share: the posts, the model, and where a new run may write."""

    posts: Path
    model: str
    place: Callable[[str], Place]


def main() -> None:
    asked = _parser().parse_args()
    chance = random.Random(asked.seed)  # noqa: S311 - the same moments every time
    home = Path(tempfile.mkdtemp(prefix="chaos-"))
    _write_posts(home / "posts", asked.posts)
    found_team(home)
    os.environ["PREFECT_HOME"] = str(home / "prefect")  # before anything imports Prefect, which reads it then
    with ExitStack() as stack:
        server = stack.enter_context(Cluster()) if asked.postgres else None

        def place(name: str) -> Place:
            return Place(home / name, server.fresh() if server else f"sqlite:///{home / name}/lessons.db")

        world = World(home / "posts", asked.model, place)
        until = time.monotonic() + 60 * asked.minutes
        wrong = sum(_chaos(world, way, count, chance, until) for way in WAYS if (count := getattr(asked, way)))
    if wrong:
        _say(f"{wrong} runs differ: look into {home}")
        sys.exit(1)
    shutil.rmtree(home)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description="Runs that are killed at random moments.")
    parser.add_argument("--jobs", type=int, default=160, help="how many nights with their mail to kill without a scheduler")
    parser.add_argument("--learning", type=int, default=20, help="how many to kill while they learn a model from corrections")
    parser.add_argument("--flow", type=int, default=20, help="how many to kill in the flow, with the server of Prefect")
    parser.add_argument("--posts", type=int, default=500)
    parser.add_argument("--model", default="cues")
    parser.add_argument("--seed", type=int, default=2549)
    parser.add_argument("--minutes", type=float, default=float("inf"), help="after which no further run is begun")
    parser.add_argument("--postgres", action="store_true", help="on a PostgreSQL server of its own instead of a file")
    return parser


def _chaos(world: World, way: str, count: int, chance: random.Random, until: float) -> int:
    """Kill so many runs, or as many as the time allows; print where, and return how many did not end as the undisturbed one."""
    undisturbed = world.place(f"undisturbed-{way}")
    lasts = _finish(world, undisturbed, way)
    expected = _state(undisturbed)
    posts = sum(1 for _ in world.posts.iterdir())
    _say(f"{way}: an undisturbed run over {posts} posts works for {lasts:.1f} s and leaves {len(expected)} files and tables")
    moments: Counter[str] = Counter()
    wrong = 0
    for number in range(1, count + 1):
        place = world.place(f"{way}-{number}")
        moments[_kill(world, place, way, chance.uniform(0, lasts))] += 1
        _finish(world, place, "jobs" if way == "flow" else way)
        found = _state(place)
        if found == expected:
            shutil.rmtree(place.out)
        else:
            wrong += 1
            differ = sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))
            _say(f"{way} {number}: differs in {', '.join(differ[:5])}")
        late = time.monotonic() > until
        if number % 10 == 0 or number == count or late:
            _say(f"{way}: killed {number}, as if undisturbed {number - wrong} ({', '.join(f'{step} {times}' for step, times in moments.items())})")
        if late:
            break
    return wrong


def _start(world: World, place: Place, way: str) -> Forked:
    return Forked(WAYS[way], world.posts, place.out, place.database, world.model)


def _finish(world: World, place: Place, way: str) -> float:
    """Let a run end, and return how many seconds it worked."""
    run = _start(world, place, way)
    run.hear()
    begun = time.monotonic()
    run.rest()
    run.kill()  # what it may have left running
    if run.complaint:
        raise RuntimeError(run.complaint)
    return time.monotonic() - begun


def _kill(world: World, place: Place, way: str, after: float) -> str:
    """Kill a run and all that it started so many seconds after its work has begun; return the step it was in."""
    run = _start(world, place, way)
    first = run.hear()
    time.sleep(after)
    at_work = run.kill()
    said = run.rest()
    return [str(first), *said][-1] if at_work else "after its end"


def _state(place: Place) -> dict[str, object]:
    """Return every file that people read and every row of the store; who ran is no part of it."""
    files: dict[str, object] = {
        str(file.relative_to(place.out)): file.read_bytes()
        for file in sorted(place.out.rglob("*"))
        if file.is_file() and not file.name.startswith("lessons.db") and not any(part.startswith(_PARTS) for part in file.parts)
    }
    with Store.open(place.database) as store, store._reading() as connection:
        for table in metadata.sorted_tables:
            if table.name in _WHO_RAN:
                continue
            files[f"table {table.name}"] = [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
    return files


def _write_posts(folder: Path, count: int) -> None:
    """Write posts as small as a crash needs them; one in five tells no day."""
    folder.mkdir(parents=True)
    for n in range(count):
        day = 1 + n % 28
        ideas = "\n\n".join(_IDEAS[(n + further) % len(_IDEAS)].format(n=n, day=day) for further in range(1 + (n % 4 == 3)))
        stamp = _STAMP.format(number=7000 + n, day=day) if n % 5 else "\n"
        (folder / f"{n:05}.txt").write_text(f"เรื่องที่ {n}\n\n{ideas}{stamp}", encoding="utf-8")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
