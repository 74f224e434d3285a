"""The commands of reviewing: ``lessons review`` and ``lessons reviewers add | list | password | link | revoke``.

Comes in: arguments. Goes out: a running app, or words in the terminal. Refuses nothing itself. Imports stand inside functions: `--help` answers
at once.
"""

from __future__ import annotations

import os
import time
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from pipeline.cli.options import Config, Database, Out, order_of
from pipeline.cli.tongue import is_thai, say_either

Host = Annotated[str, typer.Option(help="เปิดที่หมายเลขเครือข่ายใด · where to listen")]
Port = Annotated[int, typer.Option(help="เปิดที่พอร์ตใด · the port", min=1, max=65535)]
Name = Annotated[str, typer.Argument(metavar="NAME", help="ชื่อย่อของผู้ตรวจทาน เช่น somsri · short name", show_default=False)]
_NOBODY = ("ยังไม่มีผู้ตรวจทาน เพิ่มด้วย lessons reviewers add ชื่อย่อ", "Nobody may review yet: lessons reviewers add NAME")

app = typer.Typer()
people = typer.Typer(help="ผู้ตรวจทาน: เพิ่ม ดูรายชื่อ ตั้งรหัสผ่าน ทำลิงก์ ยกเลิก · Who may review", no_args_is_help=True)
app.add_typer(people, name="reviewers")


@app.command(help="เปิดหน้าตรวจทานในเบราว์เซอร์ · Serve the review app")
def review(config: Config = None, out: Out = Path("out"), database: Database = None, host: Host = "127.0.0.1", port: Port = 8765) -> None:
    """Serve the review app on this machine until stopped."""
    from pipeline.cli.terminal import say
    from pipeline.jobs.status import status_of, status_row
    from pipeline.jobs.teams.effect import effect_of
    from pipeline.jobs.teams.history import team_models
    from pipeline.review.serving import open_site, refuse_taken, serve
    from pipeline.review.standing import Standing
    from pipeline.settings import read_settings

    order = order_of(config, out, _made(database, out))
    order = order.as_configured(read_settings(order.config))
    team = team_models(order.database, out)
    standing = Standing(lambda: status_row(status_of(order, datetime.now(UTC))))
    site = open_site(order.database, out, order.config, (host, port), os.environ)
    site = replace(site, standing=standing, effect=partial(effect_of, team))
    refuse_taken(host, port)
    say(f"{'เปิดหน้าตรวจทานที่' if is_thai() else 'review at'} {site.base_url}")
    if not any(not reviewer.revoked for reviewer in site.reviewers.all()):
        say_either(*_NOBODY)
    serve(site, host, port)


@people.command(help="เพิ่มผู้ตรวจทาน ถามรหัสผ่านทางแป้นพิมพ์ · Add a reviewer; asks for a password")
def add(  # noqa: PLR0913, PLR0917 - what is known of a reviewer
    reviewer: Name,
    name: Annotated[str | None, typer.Option(help="ชื่อที่แสดง · the name that is shown")] = None,
    role: Annotated[str, typer.Option(help="reviewer ผู้ตรวจทาน, adjudicator ผู้ชี้ขาด, admin ผู้ดูแล · role")] = "reviewer",
    email: Annotated[str | None, typer.Option(help="อีเมลสำหรับส่งลิงก์ · e-mail")] = None,
    lang: Annotated[str, typer.Option(help="ภาษา th หรือ en · language")] = "th",
    link_only: Annotated[bool, typer.Option("--link-only", help="ไม่ตั้งรหัสผ่าน เข้าด้วยลิงก์เท่านั้น · no password")] = False,
    out: Out = Path("out"),
    database: Database = None,
) -> None:
    """Keep a new reviewer."""
    from pipeline.review.people import add_reviewer, new_reviewer

    new, kept_in = new_reviewer(reviewer, name, role, email, lang), _made(database, out)
    add_reviewer(kept_in, new, None if link_only else _new_password(), _now())
    say_either(f"เพิ่มผู้ตรวจทาน {reviewer} แล้ว", f"{reviewer} may review")


@people.command("list", help="ดูรายชื่อผู้ตรวจทาน · List the reviewers")
def list_people(out: Out = Path("out"), database: Database = None) -> None:
    """Print who may review."""
    from pipeline.cli.terminal import say
    from pipeline.review.people import all_reviewers

    found = all_reviewers(_made(database, out))
    if not found:
        say_either(*_NOBODY)
    for one in found:
        state = ("ยกเลิกแล้ว" if is_thai() else "revoked") if one.revoked else ""
        say("  ".join(filter(None, (one.id, one.name, one.role, one.email, state))))


@people.command(help="ตั้งรหัสผ่านใหม่ · Set another password")
def password(reviewer: Name, out: Out = Path("out"), database: Database = None) -> None:
    """Keep another password; sessions end."""
    from pipeline.review.people import change_password

    change_password(_made(database, out), reviewer, _new_password())
    say_either(f"ตั้งรหัสผ่านใหม่ของ {reviewer} แล้ว", f"{reviewer} has another password")


@people.command(help="ทำลิงก์เข้าใช้ 7 วัน · Make a link that lets the reviewer in for a week")
def link(reviewer: Name, config: Config = None, out: Out = Path("out"), database: Database = None, port: Port = 8765) -> None:
    """Print a signed link."""
    from pipeline.cli.terminal import say
    from pipeline.review.people import make_link
    from pipeline.review.serving import base_url
    from pipeline.settings import read_settings

    order = order_of(config, out, _made(database, out))
    say(make_link(order.database, reviewer, base_url(read_settings(order.config), "127.0.0.1", port), _now(), os.environ))


@people.command(help="ยกเลิกสิทธิ์ผู้ตรวจทาน งานที่ตัดสินไว้ยังอยู่ · Let a reviewer enter no more; what they decided stays")
def revoke(
    reviewer: Name,
    links: Annotated[bool, typer.Option("--links", help="ยกเลิกเฉพาะลิงก์ · only end their links")] = False,
    out: Out = Path("out"),
    database: Database = None,
) -> None:
    """End sessions and links, and the right to enter."""
    from pipeline.review.people import revoke as revoke_reviewer

    revoke_reviewer(_made(database, out), reviewer, _now(), links_only=links)
    say_either(f"ยกเลิก{'ลิงก์' if links else 'สิทธิ์'}ของ {reviewer} แล้ว", f"{reviewer}: {'links end' if links else 'may enter no more'}")


def _new_password() -> str:
    prompt = "รหัสผ่าน (10 ตัวขึ้นไป)" if is_thai() else "Password (10 signs or more)"
    return str(typer.prompt(prompt, hide_input=True, confirmation_prompt="พิมพ์อีกครั้ง" if is_thai() else True))


def _made(database: str | None, out: Path) -> str:
    """Return the address of the database that a run has made: a wrong folder is told, and gets none."""
    from pipeline.jobs.files import made_database
    from pipeline.settings import database_url

    return made_database(database_url(database, out))


def _now() -> int:
    return int(time.time())
