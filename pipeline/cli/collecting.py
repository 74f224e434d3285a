"""The command that asks other machines: ``lessons collect``.

Comes in: the folder of posts. Goes out: new posts in it, a line for each feed, and an exit status: 0 all read, 3 a feed or an item could not be had,
2 wrong arguments or configuration. Refuses nothing itself. Imports stand inside functions: `--help` answers at once.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.options import Database, Out  # noqa: TC001 - typer reads them
from pipeline.cli.tongue import spoken

if TYPE_CHECKING:
    from pipeline.subscribed import FeedReport

SOME_FAILED = 3
_OUTCOMES = {
    "read": ("ใหม่ {new} เปลี่ยน {changed}", "{new} new, {changed} changed"),
    "unchanged": ("ไม่มีอะไรใหม่", "nothing new"),
    "waiting": ("ยังไม่ถึงเวลาถามใหม่", "not asked again yet"),
    "failed": ("อ่านไม่ได้ จะลองใหม่ภายหลัง", "could not be had, asked again later"),
}

app = typer.Typer()


@app.command(help="เก็บบันทึกใหม่จากฟีดใน lessons.toml ลงโฟลเดอร์บันทึก · Collect new posts from the feeds into the folder of posts")
def collect(
    inbox: Annotated[Path, typer.Argument(metavar="POSTS", help="โฟลเดอร์ที่เก็บบันทึก · the folder of posts", show_default=False)],
    config: Annotated[Path | None, typer.Option(help="lessons.toml ของทีม · default: the one in the folder", envvar="LESSONS_CONFIG")] = None,
    out: Out = Path("out"),
    database: Database = None,
) -> None:
    """Ask every feed once, as far as it may be asked now."""
    from pipeline.cli.terminal import say
    from pipeline.jobs.collecting import collect as collect_from_feeds
    from pipeline.settings import database_url

    said_in = spoken()
    reports = collect_from_feeds(inbox, config or inbox / "lessons.toml", database_url(database, out), out, said_in)
    for report in reports:
        say(_line(report, said_in))
        for sentence in report.said:
            say(f"  {sentence}")
    if any(report.outcome == "failed" or report.said for report in reports):
        raise typer.Exit(SOME_FAILED)


def _line(report: FeedReport, said_in: str) -> str:
    """Return what came of a feed, on one line."""
    outcome = _OUTCOMES[report.outcome][said_in != "th"]
    return f"{report.id}: {outcome.format(new=report.new, changed=report.changed)}"
