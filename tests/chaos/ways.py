"""The ways in which a run of chaos works: each a function that says aloud which step it begins, so that it is known where it was killed.

Comes in: how to say a word, where the posts, the files and the database stand, and the model. Goes out: what a night and its mail write, or what
learning writes. The clock stands still, and what is drawn by chance is the same every time: two undisturbed runs leave the same bytes.
"""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING

from threadpoolctl import threadpool_limits

from pipeline.evaluate import gate
from pipeline.jobs.mail import mailing
from pipeline.jobs.run import RunOrder
from pipeline.jobs.teams.retrain import RetrainOrder, retrain
from tests.jobs.teams.home import found_home, reviewed
from tests.night import night

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Say = Callable[[str], None]

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
_REVIEWED = 20  # posts


def through_jobs(say: Say, posts: Path, out: Path, database: str, model: str) -> None:
    """Do what the flows of a night and of the weekly mail do, without a scheduler."""
    order = RunOrder((posts,), out, database, posts.parent / "lessons.toml", model)
    night(order, say=say)
    _mail(say, order)


def through_flow(say: Say, posts: Path, out: Path, database: str, model: str) -> None:
    """Run the flow, with a Prefect server of its own; then the mail."""
    say("starting Prefect")
    from flows.nightly import PROGRESS, nightly

    told: set[str] = set()

    def tell(step: str, _done: int, _of: int) -> None:
        if step not in told:
            told.add(step)
            say(f"flow:{step}")

    PROGRESS.set(tell)
    config = posts.parent / "lessons.toml"
    nightly(sources=[str(posts)], out=str(out), database=database, config=str(config), model=model)
    _mail(say, RunOrder((posts,), out, database, config, model))


def _mail(say: Say, order: RunOrder) -> None:
    mailing.fresh_secret = lambda: "of chaos, the same every time"
    say("composing")
    mailing.compose_mails(order, NOW)
    say("mailing")
    mailing.send_mails(order, lambda: NOW, {})
    say("ending")


def through_learning(say: Say, posts: Path, out: Path, _database: str, _model: str) -> None:
    """Learn a model of the team's own from reviewed posts."""
    home = posts.parent / "learning"
    gate.process_time = count().__next__  # how fast a model reads is another figure every time
    taught = [reviewed(f"บ่อที่{number}") for number in range(_REVIEWED)]
    say("learning")
    with threadpool_limits(1):
        retrain(RetrainOrder(home / "posts", home / "models", out, "คุณลิขิต", NOW), taught, say)


def found_team(home: Path) -> None:
    """Write what the ways read beside the posts: the settings with readers, and a corpus with the model that ships with it."""
    readers = "".join(f'[[reader]]\nemail = "{name}@example.org"\nlang = "{lang}"\n' for name, lang in (("euea", "th"), ("ann", "en")))
    (home / "lessons.toml").write_text(
        f'[project]\nid = "pinto"\nname = "ปิ่นโต"\n[[phase]]\nid = "one"\nname = "ระยะที่ 1"\nfirst_day = 2009-01-01\nlast_day = 2009-12-31\n{readers}',
        encoding="utf-8",
    )
    found_home(home / "learning")


WAYS = {"jobs": through_jobs, "learning": through_learning, "flow": through_flow}
