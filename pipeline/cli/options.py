"""What several commands take and answer alike: where the files, the database and the models are, and two exit statuses.

Comes in: what the command line says. Goes out: the order of a command that needs no posts. Refuses nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.tongue import spoken

if TYPE_CHECKING:
    from pipeline.jobs.run import RunOrder

SOME_SET_ASIDE, WAITS_FOR_A_PERSON = 3, 4  # exit statuses

Config = Annotated[
    Path | None,
    typer.Option(help="lessons.toml ของทีม (ถ้าไม่ระบุ ใช้ไฟล์ในโฟลเดอร์ปัจจุบันถ้ามี) · default: the one in this folder, if any", envvar="LESSONS_CONFIG"),
]
Out = Annotated[Path, typer.Option(help="โฟลเดอร์ผลลัพธ์ · where the files go", envvar="LESSONS_OUT")]
Database = Annotated[str | None, typer.Option(help="ฐานข้อมูล (ถ้าไม่ระบุ ใช้ lessons.db ใน --out) · database URL", envvar="LESSONS_DATABASE")]
Model = Annotated[str | None, typer.Option(help="รหัสแบบจำลอง · model id")]
Models = Annotated[Path | None, typer.Option(help="โฟลเดอร์แบบจำลอง · folder of models", envvar="LESSONS_MODELS")]


def order_of(config: Path | None, out: Path, database: str | None, model: str | None = None, models: Path | None = None) -> RunOrder:
    """Return the order of a command that needs no sources; the configuration of this folder stands in where none is named."""
    from pipeline.jobs.run import RunOrder
    from pipeline.settings import database_url

    here = Path("lessons.toml")
    found = config or (here if here.is_file() else None)
    return RunOrder((), out, database_url(database, out), found, model, models, spoken())
