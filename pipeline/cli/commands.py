"""The commands: ``lessons run | look | serve``, and those of ``learning``. Imports stand inside functions: ``lessons --help`` answers at once.

Comes in: arguments. Goes out: files, words in the terminal, and an exit status: 0 all read, 3 some set aside, 2 wrong arguments or
configuration, 130 stopped by hand, 1 anything else. Refuses nothing itself: every error is one sentence in the reader's language.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn

import typer

from pipeline.assets import asset
from pipeline.cli import beginning, collecting, corrections, examining, forgetting, learning, models_of_team, posting, reviewing, watching
from pipeline.cli.learning import Classifier, Reader, with_reader
from pipeline.cli.options import SOME_SET_ASIDE, Database, Models, Out
from pipeline.cli.tongue import is_thai, say_either, spoken
from pipeline.cli.usage import in_language, wrong_usage
from pipeline.errors import LessonsError, SettingsError, Stopped

if TYPE_CHECKING:
    from pipeline.jobs.run import RunOrder

app = typer.Typer(
    help="อ่านบันทึกของทีม แล้วเขียนสรุปบทเรียน ประเด็นปัญหา และสิ่งที่จะทำ ของแต่ละระยะงาน · Reads a team's posts and writes the digest of each phase.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Sources = Annotated[list[Path], typer.Argument(metavar="POSTS", help="ไฟล์หรือโฟลเดอร์ที่เก็บบันทึก · files or folders of posts", show_default=False)]
Written = Annotated[Path, typer.Argument(metavar="OUT", help="โฟลเดอร์ผลลัพธ์ของ lessons run · the output folder of a run", envvar="LESSONS_OUT")]
Config = Annotated[
    Path | None, typer.Option(help="lessons.toml ของทีม (ถ้าไม่ระบุ ใช้ไฟล์ในโฟลเดอร์บันทึกถ้ามี) · default: the one in POSTS, if any", envvar="LESSONS_CONFIG")
]
Lang = Annotated[
    Literal["th", "en"],
    typer.Option(help="ภาษาของหัวข้อและป้าย ข้อความที่คัดมาไม่แปล · language of headings and labels, never of quotations"),
]
Model = Annotated[str | None, typer.Option(help='รหัสแบบจำลอง หรือ "cues" ให้ดูคำบ่งชี้อย่างเดียว · model id, or "cues" for cue words alone')]
_STOPPED = Stopped(en="Stopped. Give the command again to go on.", th="หยุดแล้ว สั่งใหม่ได้ทุกเมื่อ")
Processes = Annotated[int, typer.Option(min=1, max=64, help="จำนวนโพรเซสที่ช่วยกันอ่านในเครื่องนี้ · processes that read on this machine")]
Runner = Annotated[str | None, typer.Option(help="dask ให้เครื่องอื่นช่วยอ่าน · dask to read on other machines", show_default=False)]
Cluster = Annotated[
    str | None, typer.Option(help="ที่อยู่ของคลัสเตอร์ Dask · address of the Dask cluster, such as tcp://10.0.0.5:8786", show_default=False)
]

app.add_typer(beginning.app)
app.add_typer(learning.app)
app.add_typer(corrections.app, name="corrections")
app.add_typer(posting.app, name="mail")
app.add_typer(collecting.app)
app.add_typer(models_of_team.app, name="models")
app.add_typer(models_of_team.study, name="study")
app.add_typer(reviewing.app)
app.add_typer(watching.app)
app.add_typer(examining.app)
app.add_typer(forgetting.app)


def _tell_version(wanted: bool) -> None:
    """Print the version and stop."""
    if wanted:
        from importlib.metadata import version

        typer.echo(f"thai-lessons {version('thai-lessons')}")
        raise typer.Exit


@app.callback()
def check_environment(
    _version: Annotated[bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="รุ่นของโปรแกรม · the version")] = False,
) -> None:
    """Refuse a variable LESSONS_* that the product does not know."""
    from pipeline.jobs.journal import start_log
    from pipeline.settings import environment_paths

    environment_paths(os.environ)
    start_log(os.environ.get("LESSONS_LOG"))


@app.command(help="อ่านบันทึกทั้งหมด แล้วเขียนสรุปของแต่ละระยะงาน · Collect, analyse and write the digests")
def run(  # noqa: PLR0913, PLR0917 - the command's options
    sources: Sources,
    config: Config = None,
    out: Out = Path("out"),
    database: Database = None,
    model: Model = None,
    reader: Reader = None,
    classifier: Classifier = None,
    models: Models = None,
    lang: Lang = "th",
    processes: Processes = 1,
    runner: Runner = None,
    cluster: Cluster = None,
) -> None:
    """Run the nightly flow once."""
    from pipeline.cli.running import run_and_tell

    order = _order(sources, config, out, database, with_reader(model, reader, classifier), models)
    report = run_and_tell(replace(order, lang=lang, **_machines(processes, runner, cluster)))
    if report.collected.rejects:
        raise typer.Exit(SOME_SET_ASIDE)


@app.command(help="ดูข้อความที่พบในบันทึกหนึ่งไฟล์ · Show the passages of one file, coloured")
def look(  # noqa: PLR0913, PLR0917 - the command's options
    file: Annotated[Path, typer.Argument(metavar="POST", help="ไฟล์บันทึก · a file of posts", show_default=False)],
    config: Config = None,
    out: Out = Path("out"),
    database: Database = None,
    model: Model = None,
    reader: Reader = None,
    classifier: Classifier = None,
    models: Models = None,
) -> None:
    """Read one file and keep nothing, by the model and the reader that a run would take; the team's own stand beside its database."""
    from pipeline.cli.terminal import tell_error, tell_passages
    from pipeline.jobs.look import look_at
    from pipeline.jobs.teams.history import team_models
    from pipeline.settings import read_settings

    order = _order([file.parent if file.is_file() else file], config, out, database, with_reader(model, reader, classifier), models)
    order, status, read_by = order.as_configured(read_settings(order.config)), 0, ""
    for found in look_at(file, models or asset("models"), order.model, spoken(), team_models(order.database, out)):
        if isinstance(found, LessonsError):
            tell_error(found, spoken())
            status = SOME_SET_ASIDE
        else:
            tell_passages(found.post, found.passages, spoken())
            read_by = found.reader
    if read_by:
        say_either(f"แบบจำลองที่ใช้: {read_by}", f"Model: {read_by}")
    raise typer.Exit(status)


@app.command(help="ดูเรื่องสืบเนื่องที่ตามมาจากบันทึก · Show what is followed from post to post")
def threads(
    out: Written = Path("out"),
    only_open: Annotated[bool, typer.Option("--open", help="เฉพาะที่ยังไม่จบ · only what is still open")] = False,
    due: Annotated[str | None, typer.Option(help="ครบกำหนดถึงวันนี้ (ค.ศ. 2007-02-26) · due by this day")] = None,
    who: Annotated[str | None, typer.Option(help="ของใคร · owned by whom")] = None,
) -> None:
    """Print the threads of the last run."""
    from pipeline.cli.terminal import tell_threads
    from pipeline.jobs.asked_threads import told_threads

    tell_threads(told_threads(out, spoken(), only_open=only_open, due=due, who=who), spoken())


@app.command(help="ทำงานเองตามเวลาใน lessons.toml · Work by itself at the times of lessons.toml")
def serve(  # noqa: PLR0913, PLR0917 - the command's options
    sources: Sources, config: Config = None, out: Out = Path("out"), database: Database = None, models: Models = None, lang: Lang = "th"
) -> None:
    """Serve the flow until stopped; start a Prefect server on this machine unless one is named."""
    from pipeline.jobs.order import order_to_serve
    from pipeline.jobs.run import check_order

    order = replace(order_to_serve(sources, out, database, config, models, spoken()), lang=lang)
    check_order(order, asks_feeds=True)
    from flows.schedules import serve_order

    serve_order(order)


def _order(  # noqa: PLR0913, PLR0917 - what the command line may say of a run
    sources: list[Path], config: Path | None, out: Path, database: str | None, model: str | None, models: Path | None
) -> RunOrder:
    from pipeline.jobs.order import order_named

    return replace(order_named(sources, out, database, config, models, spoken()), model=model)


def _machines(processes: int, runner: str | None, cluster: str | None) -> dict[str, Any]:
    """Return who reads; `--runner dask` and the address of its cluster belong together."""
    if runner not in {None, "dask"}:
        raise SettingsError(
            en=f'--runner: must be dask, or left out for this machine. Got "{runner}" instead. Correct it.',
            th=f'--runner: ต้องเป็น dask หรือไม่ระบุถ้าใช้เครื่องนี้ แต่พบ "{runner}" โปรดแก้ไข',
        )
    if bool(runner) != bool(cluster):
        raise SettingsError(
            en="--runner dask and --cluster must be named together, such as --runner dask --cluster tcp://10.0.0.5:8786. Got one. Add the other.",
            th="ต้องระบุ --runner dask คู่กับ --cluster เช่น --runner dask --cluster tcp://10.0.0.5:8786 แต่ระบุมาอย่างเดียว โปรดเพิ่มอีกอย่าง",
        )
    return {"processes": processes, "cluster": cluster}


def main() -> None:
    """Run the command line; every error of ours is one sentence and an exit status."""
    try:
        status = in_language(typer.main.get_command(app), spoken()).main(standalone_mode=False, prog_name="lessons")
    except LessonsError as error:
        _tell(error)
    except typer.Abort:
        _tell(_STOPPED)
    except Exception as error:
        _tell_usage(error)
        raise
    if status == Stopped.exit_status:
        _tell(_STOPPED)
    sys.exit(status if isinstance(status, int) else 0)


def _tell(error: LessonsError) -> NoReturn:
    from pipeline.cli.terminal import tell_error

    tell_error(error, spoken())
    sys.exit(error.exit_status)


def _tell_usage(error: Exception) -> None:
    """Show wrong arguments as the command-line library words them, and stop with its status."""
    show, status = getattr(error, "show", None), getattr(error, "exit_code", None)
    if callable(show) and isinstance(status, int):
        if is_thai() and (told := wrong_usage(error)):
            typer.echo(told, err=True)
        else:
            show()
        sys.exit(status)
