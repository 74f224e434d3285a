"""The commands of those who keep it running: ``lessons status | backup | restore``, and the log.

Comes in: arguments. Goes out: words or JSON in the terminal, a file, an exit status: 0 all is well, 4 something wants a person, 2 wrong arguments or
configuration, 1 anything else. Refuses nothing itself. Imports stand inside functions: ``lessons --help`` answers at once.
"""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.options import WAITS_FOR_A_PERSON, Config, Database, Out, order_of
from pipeline.cli.tongue import is_thai

if TYPE_CHECKING:
    from pipeline.jobs.status import Status

_WANTS = {
    "last-run-failed": ("รอบล่าสุดไม่สำเร็จ", "the last run failed"),
    "run-cut-off": ("มีรอบที่ถูกตัดกลางคัน", "a run was cut off"),
    "no-recent-run": ("ไม่มีรอบที่เสร็จสมบูรณ์ในเวลาที่กำหนด", "no whole run in the time that was set"),
    "feeds-failing": ("มีฟีดที่อ่านไม่ได้หลายครั้งติดกัน", "feeds failed several times in a row"),
    "model-passed-over": (
        "แบบจำลองของทีมใช้กับโปรแกรมรุ่นนี้ไม่ได้ สอนใหม่ด้วย lessons train --corrections",
        "the team's model does not fit the program: learn anew",
    ),
    "rejects": ("มีรายการที่พักไว้ ดู rejected.jsonl", "something was set aside: see rejected.jsonl"),
    "mail-of-unknown-fate": ("มีจดหมายที่ไม่ทราบว่าถึงหรือไม่ ดู lessons mail list", "messages of unknown fate: see lessons mail list"),
    "mail-set-aside": ("มีจดหมายที่เซิร์ฟเวอร์ไม่รับ ดู lessons mail list", "messages were refused: see lessons mail list"),
    "disk-nearly-full": ("ดิสก์ใกล้เต็ม", "the disk is nearly full"),
}
_OUTCOMES = {"done": ("สำเร็จ", "done"), "failed": ("ไม่สำเร็จ", "failed"), "running": ("กำลังทำหรือถูกตัดกลางคัน", "going on, or cut off")}
_MEGA = 1_000_000
BackupFile = Annotated[Path, typer.Argument(help="ไฟล์สำรอง · the backup", show_default=False)]

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

    found = status_of(order_of(config, out, database), datetime.now(UTC), timedelta(hours=max_age) if max_age else None)
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
    from pipeline.jobs.keeping import back_up

    say(str(back_up(order_of(config, out, database), file)))


@app.command(help="กู้คืนจากไฟล์สำรอง แทนที่ฐานข้อมูลที่มีอยู่ · Restore from a backup, in place of the database that is there")
def restore(file: BackupFile, config: Config = None, out: Out = Path("out"), database: Database = None) -> None:
    """Put back what a backup holds."""
    from pipeline.cli.terminal import say
    from pipeline.jobs.keeping import restore as put_back

    for put in put_back(order_of(config, out, database), file):
        say(str(put))
    say("กู้คืนแล้ว" if is_thai() else "restored")


class JsonLines(logging.Formatter):
    """A record as one line of JSON: when, how grave, what, and its facts."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        row = {"at": at, "level": record.levelname.lower(), "event": record.getMessage(), **getattr(record, "facts", {})}
        return json.dumps(row, ensure_ascii=False, default=str)


def start_log(wanted: str | None) -> None:
    """Write the log on standard error as lines of JSON where LESSONS_LOG asks for it; else nobody is told."""
    logger = logging.getLogger("lessons")
    logger.handlers = []
    logger.propagate = False
    if wanted != "json":
        logger.addHandler(logging.NullHandler())
        return
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)


def _lines(found: Status) -> list[str]:
    english = not is_thai()
    lines = [("กำลังทำงานอยู่", "at work now")[english]] if found.at_work else []
    for run in found.runs:
        counts = " · ".join(f"{name} {run.counts[name]}" for name in ("new", "changed", "rejects", "analysed") if name in run.counts)
        lines.append(f"{('รอบ', 'run')[english]} {run.number} {run.began:%Y-%m-%d %H:%M} UTC {_OUTCOMES[run.outcome][english]} {counts}".rstrip())
    mail, people = found.mail, found.reviewing
    post = [
        f"{('จดหมายรอส่ง', 'mail waiting')[english]} {mail['waiting']}",
        f"{('ไม่ทราบผล', 'of unknown fate')[english]} {mail['sending']}",
        f"{('พักไว้', 'set aside')[english]} {mail['aside']}",
        f"{('ที่อยู่ที่หยุดส่ง', 'addresses stopped')[english]} {found.stopped}",
    ]
    review = [
        f"{('รอตรวจทาน', 'to be reviewed')[english]} {people.waiting:,}",
        f"{('ผู้ตรวจทาน', 'reviewers')[english]} {people.reviewers}",
        f"{('ตัดสินใน 7 วัน', 'decided in 7 days')[english]} {people.decided:,}",
    ]
    lines += [f"{('ฟีดที่อ่านไม่ได้', 'feed that fails')[english]} {url} ({times})" for url, times in found.feeds]
    lines += [
        f"{('บันทึก', 'posts')[english]} {found.posts:,} · {('รอวิเคราะห์', 'to be analysed')[english]} {found.waiting:,}",
        f"{('แบบจำลอง', 'model')[english]} {found.reading.model}{(' (ของทีม)', ' (of the team)')[english] if found.reading.own else ''}",
        " · ".join(review),
        " · ".join(post),
        f"{('ดิสก์ว่าง', 'disk free')[english]} {found.disk_free // _MEGA:,} MB · {('ฐานข้อมูล', 'database')[english]} {found.database / _MEGA:,.1f} MB",
    ]
    return [*lines, *(f"! {_WANTS[name][english]}" for name in found.wants)]
