"""The commands for corrections: ``lessons corrections export | import``, to other labelling tools and back.

Comes in: arguments. Goes out: a file, or corrections in the database, and an exit status: 3 where rows were set aside. Refuses a format that there
is not. Imports stand inside functions: `--help` answers at once.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.options import SOME_SET_ASIDE, Database, Out
from pipeline.cli.tongue import spoken
from pipeline.errors import SettingsError, reason_th

_BY_ENDING = {".json": "label-studio", ".jsonl": "prodigy", ".csv": "csv", ".spacy": "spacy"}

app = typer.Typer(no_args_is_help=True, help="ส่งออกและนำเข้าการแก้ไขของผู้ตรวจทาน · Corrections to other tools and back")

Kind = Annotated[
    str | None,
    typer.Option("--format", help="label-studio, prodigy, doccano, spacy หรือ csv (ปกติดูจากนามสกุลไฟล์) · default: by the file's ending"),
]


@app.command("export", help="ส่งออกบันทึกพร้อมข้อความที่ทำเครื่องหมาย · Write posts and their passages for another tool")
def export_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="ไฟล์ที่จะเขียน · the file to write", show_default=False)],
    kind: Kind = None,
    out: Out = Path("out"),
    database: Database = None,
    corrected: Annotated[bool, typer.Option("--corrected", help="เฉพาะบันทึกที่มีผู้แก้ไข · only posts that somebody corrected")] = False,
) -> None:
    """Write the file; for Label Studio also the labelling configuration beside it."""
    from pipeline.cli.terminal import say
    from pipeline.jobs.exchange import configuration, export
    from pipeline.jobs.files import open_made_store, write_bytes, write_text
    from pipeline.settings import database_url

    named = _kind(file, kind)
    with open_made_store(database_url(database, out), out) as store:
        write_bytes(file, export(store, named, corrected_only=corrected))
    say(str(file))
    if named == "label-studio":
        write_text(file.with_suffix(".config.xml"), configuration())
        say(str(file.with_suffix(".config.xml")))


@app.command("import", help="นำเข้าสิ่งที่แก้ในเครื่องมืออื่น นำเข้าซ้ำไม่เกิดรายการซ้ำ · Take corrections from another tool, each once")
def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="ไฟล์ที่จะนำเข้า · the file to read", show_default=False)],
    kind: Kind = None,
    out: Out = Path("out"),
    database: Database = None,
    reviewer: Annotated[str, typer.Option(help="ชื่อผู้แก้ไข · who corrected")] = "import",
) -> None:
    """Keep what the file says otherwise; say what was set aside."""
    from pipeline.cli.terminal import say, tell_error
    from pipeline.jobs.exchange import import_from
    from pipeline.jobs.files import open_made_store
    from pipeline.settings import database_url

    named, tongue = _kind(file, kind), spoken()
    try:
        data = file.read_bytes()
    except OSError as error:
        raise SettingsError(
            en=f"{file}: the file to import must be readable. Got {error.strerror or error}. Correct the path.",
            th=f"{file}: เปิดไฟล์ที่จะนำเข้าไม่ได้ ({reason_th(error)}) โปรดตรวจสอบที่อยู่ไฟล์",
        ) from error
    with open_made_store(database_url(database, out), out) as store:
        came = import_from(store, named, data, file.name, (reviewer, datetime.now(UTC)))
    for reject in came.rejects:
        tell_error(reject, tongue)
    counted = f"{came.decisions:,} new, {came.known:,} known before, {len(came.rejects):,} set aside"
    say(f"ใหม่ {came.decisions:,} เคยนำเข้าแล้ว {came.known:,} พักไว้ {len(came.rejects):,}" if tongue == "th" else counted)
    if came.rejects:
        raise typer.Exit(SOME_SET_ASIDE)


def _kind(file: Path, kind: str | None) -> str:
    from pipeline.jobs.exchange import FORMATS

    found = kind or _BY_ENDING.get(file.suffix.lower())
    if found is None or found not in FORMATS:
        raise SettingsError(
            en=f"{file}: the format must be one of {', '.join(FORMATS)}. Got {kind or file.suffix or 'none'}. Name it with --format.",
            th=f"{file}: รูปแบบไฟล์ต้องเป็น {', '.join(FORMATS)} อย่างใดอย่างหนึ่ง แต่พบ {kind or file.suffix or 'ไม่มีนามสกุล'} โปรดระบุด้วย --format",
        )
    return found
