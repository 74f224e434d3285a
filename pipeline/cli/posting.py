"""The commands of the post: ``lessons mail compose | send | list | resolve | bounced | unsubscribe | resume | page``.

Comes in: arguments. Goes out: messages, words in the terminal, and an exit status: 0 done, 4 something waits for a person, 2 wrong arguments or
configuration, 1 anything else. Refuses nothing itself. Imports stand inside functions: ``lessons --help`` answers at once.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.options import WAITS_FOR_A_PERSON, Config, Database, Model, Models, Out, order_of
from pipeline.cli.tongue import is_thai, spoken

if TYPE_CHECKING:
    from pipeline.jobs.mail.desk import Decision
    from pipeline.jobs.mail.mailing import Composed, Delivery
    from pipeline.jobs.run import RunOrder
    from pipeline.outgoing import MailState

_WAITING_FOR_A_PERSON: tuple[MailState, ...] = ("sending", "aside")

Number = Annotated[int, typer.Argument(metavar="NUMBER", help="หมายเลขจดหมาย ดูจาก lessons mail list · number of the message", show_default=False)]
WrittenAddress = Annotated[str, typer.Argument(metavar="ADDRESS", help="ที่อยู่อีเมล · e-mail address", show_default=False)]

app = typer.Typer(help="ส่งสรุปทางอีเมล และดูว่าจดหมายแต่ละฉบับไปถึงไหน · Mail the digests, and see how each message stands", no_args_is_help=True)


@app.command(help="เขียนจดหมายถึงผู้รับที่มีเรื่องใหม่ ยังไม่ส่ง · Compose what is new to each reader, without sending it")
def compose(config: Config = None, out: Out = Path("out"), database: Database = None, model: Model = None, models: Models = None) -> None:
    """Compose one message for each reader and phase of this week, where something is new."""
    from pipeline.jobs.mail.mailing import compose_mails

    order = order_of(config, out, database, model, models)
    _tell_composed(compose_mails(order, datetime.now(UTC)))
    if not order.config:
        _tell_no_readers()


@app.command(help="ส่งจดหมายที่รออยู่ หรือเขียนเป็นไฟล์ .eml ถ้าไม่ได้ตั้งเซิร์ฟเวอร์ · Send what waits, or write it as .eml files")
def send(config: Config = None, out: Out = Path("out"), database: Database = None) -> None:
    """Hand over what is due; a server that is of no use is told, and what waits stays."""
    from pipeline.cli.terminal import tell_error
    from pipeline.jobs.mail.mailing import send_mails

    order = order_of(config, out, database)
    done = send_mails(order, lambda: datetime.now(UTC), os.environ)
    _tell_delivery(done, out)
    if done.trouble:
        tell_error(done.trouble, spoken())
        raise typer.Exit(done.trouble.exit_status)
    if done.aside or done.unknown:
        raise typer.Exit(WAITS_FOR_A_PERSON)


@app.command("list", help="ดูจดหมายที่ยังค้าง หรือทั้งหมดด้วย --all · Show the messages that are not over, or all with --all")
def list_(
    config: Config = None,
    out: Out = Path("out"),
    database: Database = None,
    whole: Annotated[bool, typer.Option("--all", help="รวมที่ส่งแล้ว · also those that are over")] = False,
) -> None:
    """List the messages that are not over, or all, and the addresses that get none."""
    from pipeline.cli.posting_words import tell_posted, tell_stopped
    from pipeline.jobs.mail.desk import posted_mails, stopped_addresses
    from pipeline.outgoing import STATES

    order = order_of(config, out, database)
    found = posted_mails(order, STATES if whole else ("waiting", *_WAITING_FOR_A_PERSON))
    tell_posted(found, spoken(), whole=whole)
    tell_stopped(stopped_addresses(order), spoken())
    if any(one.state in _WAITING_FOR_A_PERSON for one in found):
        raise typer.Exit(WAITS_FOR_A_PERSON)


@app.command(help="บอกโปรแกรมว่าจดหมายที่ค้างถึงผู้รับหรือไม่ · Settle a message of which nobody knows whether it arrived, or that was set aside")
def resolve(  # noqa: PLR0913, PLR0917 - the command's options
    number: Number,
    sent: Annotated[bool, typer.Option("--sent", help="ถึงผู้รับแล้ว · it arrived")] = False,
    again: Annotated[bool, typer.Option("--again", help="ไม่ถึง ให้ส่งใหม่ · it did not: send it again")] = False,
    drop: Annotated[bool, typer.Option("--drop", help="ไม่ต้องส่ง · do not send it")] = False,
    config: Config = None,
    out: Out = Path("out"),
    database: Database = None,
) -> None:
    """Do what the person says; nothing else sends such a message again."""
    from pipeline.cli.posting_words import tell_posted
    from pipeline.errors import SettingsError
    from pipeline.jobs.mail.desk import resolve_mail

    if sent + again + drop != 1:
        raise SettingsError(
            en="lessons mail resolve: one of --sent, --again and --drop must be given. Got none, or several. Give one.",
            th="lessons mail resolve: ต้องเลือก --sent, --again หรือ --drop อย่างใดอย่างหนึ่ง",
        )
    decision: Decision = "sent" if sent else "again" if again else "drop"
    tell_posted([resolve_mail(order_of(config, out, database), number, decision, datetime.now(UTC))], spoken(), whole=True)


@app.command(help="บันทึกว่าอีเมลถึงที่อยู่นี้ไม่ได้ แล้วหยุดส่ง · Record that mail to an address bounced; nothing more is sent to it")
def bounced(address: WrittenAddress, config: Config = None, out: Out = Path("out"), database: Database = None) -> None:
    """Stop sending to an address."""
    _stop(order_of(config, out, database), address, bounced=True)


@app.command(help="เอาที่อยู่นี้ออกจากรายชื่อตามที่ผู้รับขอ · Take an address off the list, as its reader asked")
def unsubscribe(address: WrittenAddress, config: Config = None, out: Out = Path("out"), database: Database = None) -> None:
    """Stop sending to an address."""
    _stop(order_of(config, out, database), address, bounced=False)


@app.command(help="กลับมาส่งถึงที่อยู่ที่เคยหยุด · Send to an address again")
def resume(address: WrittenAddress, config: Config = None, out: Out = Path("out"), database: Database = None) -> None:
    """Send to an address again."""
    from pipeline.cli.terminal import say
    from pipeline.jobs.mail.desk import resume_address

    resume_address(order_of(config, out, database), address)
    say(f"จะส่งถึง {address} อีก" if is_thai() else f"{address} gets mail again")


@app.command(help="เปิดหน้าเลิกรับอีเมลบนเครื่องนี้ (127.0.0.1) · Serve the page on which readers leave, on this machine alone")
def page(config: Config = None, out: Out = Path("out"), database: Database = None) -> None:
    """Serve the page until stopped."""
    from pipeline.jobs.mail.desk import serve_leaving

    serve_leaving(order_of(config, out, database))


def _stop(order: RunOrder, address: str, *, bounced: bool) -> None:
    from pipeline.cli.terminal import say
    from pipeline.jobs.mail.desk import stop_address

    dropped = stop_address(order, address, "bounced" if bounced else "unsubscribed", datetime.now(UTC))
    thai = f"จะไม่ส่งถึง {address} อีก ยกเลิกจดหมายที่รออยู่ {dropped} ฉบับ"
    say(thai if is_thai() else f"{address} gets no more mail; {dropped} waiting messages were dropped")


def _tell_no_readers() -> None:
    """Say why nobody gets mail: who reads it stands in the configuration."""
    from pipeline.cli.terminal import say

    say(
        "ไม่พบ lessons.toml จึงไม่มีผู้รับ ระบุด้วย --config หรือ LESSONS_CONFIG"
        if is_thai()
        else "There is no lessons.toml here, and so no reader: name it with --config or LESSONS_CONFIG."
    )


def _tell_composed(done: Composed) -> None:
    from pipeline.cli.terminal import say

    say(
        f"เขียนจดหมายใหม่ {done.new} ฉบับ เขียนไว้แล้วในสัปดาห์นี้ {done.known} ไม่มีเรื่องใหม่ {done.unchanged} หยุดส่ง {done.stopped} ที่อยู่"
        if is_thai()
        else f"{done.new} messages composed, {done.known} had been this week, {done.unchanged} with nothing new, {done.stopped} addresses stopped"
    )
    if done.effects:
        told = "ผลจากการตรวจทาน ถึงผู้ตรวจทาน {} ฉบับ" if is_thai() else "{} messages to reviewers about what came of their work"
        say(told.format(done.effects))


def _tell_delivery(done: Delivery, out: Path) -> None:
    from pipeline.cli.terminal import say

    thai = is_thai()
    say(
        f"ส่งแล้ว {done.sent} ฉบับ เขียนเป็นไฟล์ {done.filed} จะลองใหม่ {done.later} พักไว้ {done.aside} ไม่ทราบผล {done.unknown}"
        if thai
        else f"{done.sent} sent, {done.filed} written as files, {done.later} to be tried again, {done.aside} set aside, {done.unknown} not known"
    )
    if done.filed:
        say(f"{'อยู่ในโฟลเดอร์' if thai else 'they are in'} {out / 'mail'}")
