"""The command for who wants to be forgotten: ``lessons forget``.

Comes in: names, posts, addresses. Goes out: a list of what would go, or went, and what only the team can do. Refuses nothing itself. Imports stand
inside functions: ``lessons --help`` answers at once.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.options import Config, Database, Out, order_of
from pipeline.cli.tongue import say_either

if TYPE_CHECKING:
    from pipeline.jobs.keeping.forgetting import Found

_SHOWN = 10

app = typer.Typer()


@app.command(help="ลืมบุคคล บันทึก หรือผู้รับ ตามที่ขอ ดูก่อนว่าจะลบอะไร แล้วลบด้วย --yes · Forget a person, a post or a reader; --yes does it")
def forget(  # noqa: PLR0913, PLR0917 - the command's options
    person: Annotated[list[str] | None, typer.Option(help="ชื่อบุคคลตามที่เขียนในบันทึก ใส่ซ้ำได้ · a name as posts write it; may be repeated")] = None,
    post: Annotated[list[str] | None, typer.Option(help="รหัสหรือที่อยู่เว็บของบันทึก ใส่ซ้ำได้ · id or address of a post; may be repeated")] = None,
    reader: Annotated[list[str] | None, typer.Option(help="อีเมลของผู้รับ ใส่ซ้ำได้ · e-mail address of a reader; may be repeated")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="ลบจริง · do it")] = False,
    config: Config = None,
    out: Out = Path("out"),
    database: Database = None,
) -> None:
    """Tell what would go, or let it go."""
    from pipeline.jobs.keeping.forgetting import Asked, look_for
    from pipeline.jobs.keeping.forgetting import forget as let_go

    order, asked = order_of(config, out, database), Asked(tuple(person or ()), tuple(post or ()), tuple(reader or ()))
    found = let_go(order, asked, datetime.now(UTC).replace(tzinfo=None)) if yes else look_for(order, asked)
    _tell(found, done=yes, unlooked=bool(reader) and order.config is None)


def _tell(found: Found, *, done: bool, unlooked: bool) -> None:
    """Say what goes, where the words stand, and what is left to the team; `unlooked` where readers stand in a configuration that nobody named."""
    erased = found.erased
    say_either(
        "ลบหรือปิดแล้ว:" if done else "ถ้าลบ จะลบหรือปิดสิ่งต่อไปนี้ (ยังไม่ได้ทำอะไร):",
        "gone or masked:" if done else "this would go or be masked (nothing is done yet):",
    )
    say_either(
        f"  ในฐานข้อมูล: บันทึก {erased.posts} ข้อความ {erased.passages} การแก้ไข {erased.corrections} จดหมาย {erased.messages} ผู้รับ {erased.readers}",
        f"  database: posts {erased.posts}, passages {erased.passages}, corrections {erased.corrections}, messages {erased.messages}, "
        f"readers {erased.readers}",
    )
    say_either(f"  ไฟล์ผลลัพธ์และจดหมาย: {len(found.files)} ไฟล์", f"  files of digests and mail: {len(found.files)}")
    for place in found.places:
        say_either(f"    {place}", f"    {place}")
    _tell_left(found)
    if unlooked:
        say_either(
            "ไม่พบ lessons.toml จึงไม่ได้ดูว่ามีผู้รับนี้ใน [[reader]] หรือไม่ ระบุด้วย --config หรือลบช่องนั้นเอง",
            "No lessons.toml was found, so no [[reader]] was looked at. Name it with --config, or remove the block yourself.",
        )
    if not done:
        say_either("ถ้าต้องการลบจริง สั่งอีกครั้งพร้อม --yes", "Give the command again with --yes to do it.")
    elif found.files:
        say_either("สั่ง lessons run เพื่อเขียนสรุปใหม่", "Give the command lessons run to write the digests anew.")


def _tell_left(found: Found) -> None:
    """Say what the program leaves to the team."""
    _list(found.own, "ไฟล์บันทึกของทีม โปรแกรมไม่แก้ให้ แต่จะไม่อ่านส่วนนี้อีก โปรดลบหรือแก้เอง:", "files of the team: not read any more, but left to you:")
    _list(found.backups, "ไฟล์สำรองยังมีข้อมูลเดิม โปรดลบแล้วสำรองใหม่:", "backups hold it still; remove them and make new ones:")
    for number in found.blocks:
        say_either(
            f"lessons.toml ยังมีผู้รับนี้ใน [[reader]] ลำดับที่ {number} โปรดลบช่องนั้น", f"lessons.toml has the reader in [[reader]] {number}: remove that block."
        )
    say_either("ไฟล์สำรองและจดหมายที่อยู่ที่อื่น โปรดจัดการเอง", "Backups and mail that lie elsewhere are left to you.")


def _list(files: tuple[Path, ...], thai: str, english: str) -> None:
    if files:
        say_either(thai, english)
    for file in files[:_SHOWN]:
        say_either(f"  {file}", f"  {file}")
    if len(files) > _SHOWN:
        say_either(f"  … อีก {len(files) - _SHOWN}", f"  … {len(files) - _SHOWN} more")
