"""The command that looks whether everything is there: ``lessons doctor``.

Comes in: arguments. Goes out: a line for each thing, or JSON, and an exit status: 0 nothing is missing, 4 something is, 2 wrong arguments. Refuses
nothing itself. Imports stand inside functions: ``lessons --help`` answers at once.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.options import WAITS_FOR_A_PERSON, Config, Database, Models, Out, order_of
from pipeline.cli.tongue import is_thai

if TYPE_CHECKING:
    from pipeline.jobs.checkup.checkup import Check

_NAMES = {
    "python": ("Python", "Python"),
    "packages": ("โปรแกรมและแพ็กเกจ", "program and packages"),
    "memory": ("หน่วยความจำ", "memory"),
    "output": ("โฟลเดอร์ผลลัพธ์", "output folder"),
    "disk": ("ดิสก์", "disk"),
    "fonts": ("ฟอนต์ของหน้าเว็บ", "font of the pages"),
    "word-font": ("ฟอนต์ของแฟ้ม Word", "font of the Word report"),
    "locale": ("รหัสอักขระ", "signs"),
    "timezone": ("เวลา", "time"),
    "chromium": ("Chromium", "Chromium"),
    "libreoffice": ("LibreOffice", "LibreOffice"),
    "postgresql": ("PostgreSQL", "PostgreSQL"),
    "ports": ("พอร์ต", "ports"),
    "settings": ("การตั้งค่า", "configuration"),
    "model": ("แบบจำลอง", "model"),
    "database": ("ฐานข้อมูล", "database"),
    "mail": ("อีเมล", "mail"),
    "mail-password": ("ไฟล์รหัสผ่านอีเมล", "file of the mail password"),
    "prefect": ("ตัวตั้งเวลา Prefect", "scheduler Prefect"),
}
_STATES = {"ok": ("พร้อม", "ok"), "missing": ("ขาด", "missing"), "optional": ("ไม่จำเป็น", "optional")}
_SIGNS = {"ok": "✓", "missing": "✗", "optional": "–"}

app = typer.Typer()


@app.command(help="ตรวจเครื่องและการตั้งค่า บอกว่าขาดอะไรและต้องทำอย่างไร · Check the machine and the settings; exit status 4 if something is missing")
def doctor(
    config: Config = None,
    out: Out = Path("out"),
    database: Database = None,
    models: Models = None,
    as_json: Annotated[bool, typer.Option("--json", help="ให้โปรแกรมอื่นอ่าน · for other programs")] = False,
) -> None:
    """Check everything and say what to do."""
    from pipeline.cli.terminal import say
    from pipeline.jobs.checkup.checkup import check_up

    checks = [*check_up(order_of(config, out, database, models=models), os.environ), _prefect()]
    if as_json:
        typer.echo(json.dumps([_row(check) for check in checks], ensure_ascii=False, indent=1))
    else:
        for check in checks:
            say(_line(check))
        say(_summary(checks))
    if any(check.state == "missing" for check in checks):
        raise typer.Exit(WAITS_FOR_A_PERSON)


def _prefect() -> Check:
    """Look whether the scheduler finds a folder for its own files: its package prepares it when it is loaded."""
    from pipeline.errors import LessonsError
    from pipeline.jobs.checkup.checks import missing, ok

    try:
        import flows  # noqa: F401 - loading it is the check
    except LessonsError as error:
        return missing("prefect", error.th, error.en, "", "")
    home = os.environ["PREFECT_HOME"]
    return ok("prefect", home, home)


def _row(check: Check) -> dict[str, object]:
    english = not is_thai()
    todo = (check.todo.en if english else check.todo.th) if check.todo else None
    return {"name": check.name, "state": check.state, "found": check.found.en if english else check.found.th, "todo": todo}


def _line(check: Check) -> str:
    row = _row(check)
    english = not is_thai()
    todo = f" → {row['todo']}" if row["todo"] else ""
    state = "" if check.state == "ok" else f"({_STATES[check.state][english]}) "
    return f"{_SIGNS[check.state]} {_NAMES[check.name][english]}: {state}{row['found']}{todo}"


def _summary(checks: list[Check]) -> str:
    gone = sum(check.state == "missing" for check in checks)
    if gone:
        return f"ต้องแก้ {gone} เรื่อง" if is_thai() else f"{gone} to be mended"
    return "พร้อมใช้งาน" if is_thai() else "ready"
