"""The commands of those who keep it running: ``lessons status | backup | restore``.

Comes in: arguments. Goes out: words or JSON in the terminal, a file, an exit status: 0 all is well, 4 something wants a person, 2 wrong arguments or
configuration, 1 anything else. Refuses nothing itself. Imports stand inside functions: ``lessons --help`` answers at once.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.options import WAITS_FOR_A_PERSON, Config, Database, Out, order_of
from pipeline.cli.tongue import is_thai, say_either, spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.jobs.status import Status

_COMMANDS = {  # with which a person goes after it
    "model-passed-over": "lessons train --corrections",
    "mail-of-unknown-fate": "lessons mail list",
    "mail-set-aside": "lessons mail list",
}
_MEGA = 1_000_000
BackupFile = Annotated[Path, typer.Argument(metavar="FILE", help="ไฟล์สำรอง · the backup", show_default=False)]

app = typer.Typer()


@app.command(help="ดูว่าระบบเป็นอย่างไร: รอบล่าสุด งานค้าง จดหมาย แบบจำลอง ดิสก์ · Show how it stands; exit status 4 if something wants a person")
def status(
    config: Config = None,
    out: Out = Path("out"),
    database: Database = None,
    as_json: Annotated[bool, typer.Option("--json", help="ให้โปรแกรมอื่นอ่าน · for other programs")] = False,
    max_age: Annotated[float | None, typer.Option(help="ชั่วโมงที่ยอมให้รอบล่าสุดเก่าได้ · hours that the last whole run may be old")] = None,
) -> None:
    """Show how it stands."""
    from pipeline.cli.terminal import say
    from pipeline.jobs.status import status_of, status_row
    from pipeline.settings import read_settings

    order = order_of(config, out, database)
    found = status_of(order.as_configured(read_settings(order.config)), datetime.now(UTC), timedelta(hours=max_age) if max_age else None)
    if as_json:
        typer.echo(json.dumps(status_row(found), ensure_ascii=False, indent=1))
    else:
        for line in _lines(found):
            say(line)
    if found.wants:
        raise typer.Exit(WAITS_FOR_A_PERSON)


@app.command(help="สำรองฐานข้อมูล แบบจำลองของทีม และการตั้งค่า เป็นไฟล์เดียว · Back up database, team models and settings into one file")
def backup(file: BackupFile, config: Config = None, out: Out = Path("out"), database: Database = None) -> None:
    """Write a backup; runs may go on meanwhile."""
    from pipeline.cli.terminal import say
    from pipeline.jobs.keeping.backup import back_up

    say(str(back_up(order_of(config, out, database), file)))


@app.command(help="กู้คืนจากไฟล์สำรอง แทนที่ฐานข้อมูลที่มีอยู่ · Restore from a backup, in place of the database that is there")
def restore(file: BackupFile, config: Config = None, out: Out = Path("out"), database: Database = None) -> None:
    """Put back what a backup holds."""
    from pipeline.cli.terminal import say
    from pipeline.jobs.keeping.backup import restore as put_back

    for put in put_back(order_of(config, out, database), file):
        say(str(put))
    say_either("กู้คืนแล้ว สั่ง lessons run เพื่อเขียนผลลัพธ์ใหม่", "Restored. The next lessons run writes the output anew.")


def _lines(found: Status) -> Iterator[str]:
    """Yield how it stands, in the words of the page of health."""
    from pipeline.review.words import word

    say = partial(word, spoken())
    if found.at_work:
        yield say("health_at_work")
    for run in found.runs:
        counts = {name: run.counts.get(name, 0) for name in ("new", "changed", "analysed")}
        did = say("health_run", **counts) if "analysed" in run.counts else ""
        yield f"{'รอบ' if is_thai() else 'run'} {run.number} {run.began:%Y-%m-%d %H:%M} UTC {say(f'outcome_{run.outcome}')} {did}".rstrip()
    for url, times in found.feeds:
        yield f"{say('health_feed')}: {say('health_feed_of', url=url, times=times)}"
    yield f"{say('health_posts')}: {say('health_of', n=found.posts, waiting=found.waiting)}"
    yield f"{say('health_model')}: {found.reading.model} {say('health_own') if found.reading.own else ''}".rstrip()
    people = found.reviewing
    yield f"{say('health_queue')}: {say('health_items', n=people.waiting)} {say('health_people', n=people.reviewers, decided=people.decided)}"
    yield f"{say('health_mail')}: {say('health_mail_of', **found.mail, stopped=found.stopped)}"
    yield f"{say('health_disk')}: {say('health_disk_of', free=found.disk_free // _MEGA, size=found.database / _MEGA)}"
    for name in found.wants:
        command = _COMMANDS.get(name)
        yield f"! {say(f'want_{name}')}{f' ({command})' if command else ''}"
