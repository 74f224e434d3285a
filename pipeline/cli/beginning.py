"""The first command of a new team: ``lessons init``.

Comes in: a folder of posts, options, and answers to a few questions. Goes out: a commented ``lessons.toml`` beside the posts, the first digest, and
an exit status: 0 all read, 3 some set aside, 2 wrong arguments or nobody who answers. Refuses nothing itself. Imports stand inside functions:
``lessons --help`` answers at once.
"""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli.options import SOME_SET_ASIDE, Database, Out
from pipeline.cli.tongue import is_thai, say_either, spoken

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.cli.asking import Asker
    from pipeline.jobs.beginning import Survey
    from pipeline.jobs.run import RunOrder, RunReport
    from pipeline.settings import Draft

_SHOWN_REFUSED = 10
_WHERE = ("โฟลเดอร์ที่เก็บบันทึก", "Folder in which the posts are")
_NAME = ("ชื่อทีมหรือโครงการ ที่จะขึ้นหัวรายงาน", "Name of the team or project, for the head of every digest")
_PHASE = ("ชื่อระยะงานที่ {number} (เว้นว่างถ้าไม่มีอีก)", "Name of phase {number} (leave empty if there is no more)")
_FIRST_DAY = ("  เริ่มวันใด เช่น 1 มิ.ย. 2551 (เว้นว่างถ้าไม่กำหนด)", "  First day, such as 2008-06-01 (leave empty for none)")
_LAST_DAY = (
    "  ถึงวันใด (เว้นว่างถ้ายังทำอยู่ หรือสิ้นสุดก่อนวันเริ่มระยะถัดไป)",
    "  Last day (leave empty while it is running, or if it ended the day before the next began)",
)
_MEETING = ("ทีมประชุมวันใดของสัปดาห์ เช่น พฤหัสบดี (เว้นว่างถ้าไม่แน่นอน)", "Day of the week on which the team meets, such as Thursday (leave empty for none)")
_READER = ("อีเมลของผู้รับรายงาน (เว้นว่างถ้าไม่มีอีก)", "E-mail address of a reader of the digest (leave empty if there is no more)")

app = typer.Typer()


@app.command(help="เริ่มใช้งาน: ถามไม่กี่ข้อ เขียน lessons.toml แล้วแสดงสรุปแรก · Begin: a few questions, a commented lessons.toml, the first digest")
def init(  # noqa: PLR0913, PLR0917 - every question has its option
    source: Annotated[Path | None, typer.Argument(metavar="POSTS", help="โฟลเดอร์ที่เก็บบันทึก · the folder of posts", show_default=False)] = None,
    name: Annotated[str | None, typer.Option(help="ชื่อทีมหรือโครงการ · name of the team or project")] = None,
    id_: Annotated[str | None, typer.Option("--id", help="ชื่อย่อ a-z 0-9 และขีด · short id")] = None,
    timezone: Annotated[str, typer.Option(help="เขตเวลา · time zone")] = "Asia/Bangkok",
    phase: Annotated[
        list[str] | None, typer.Option(help='ระยะงาน เขียนเป็น "ชื่อ=วันแรก..วันสุดท้าย" ใส่ซ้ำได้ · a phase, "NAME=FIRST..LAST"; may be repeated')
    ] = None,
    meeting: Annotated[str | None, typer.Option(help="วันประชุม เช่น พฤหัสบดี · day of the meeting, such as thursday")] = None,
    reader: Annotated[list[str] | None, typer.Option(help="อีเมลผู้รับรายงาน ใส่ซ้ำได้ · e-mail address of a reader; may be repeated")] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="ไม่ถาม ใช้ค่าตั้งต้นกับสิ่งที่ไม่ได้ระบุ · ask nothing")] = False,
    force: Annotated[bool, typer.Option("--force", help="เขียนทับ lessons.toml ที่มีอยู่ · write over an existing lessons.toml")] = False,
    samples: Annotated[bool, typer.Option("--samples", help="ลองกับบันทึกตัวอย่าง ในโฟลเดอร์ใหม่ · try it with sample posts, in a new folder")] = False,
    run: Annotated[bool, typer.Option("--run/--no-run", help="ทำสรุปแรกต่อทันที · go on to the first digest")] = True,
    out: Out = Path("out"),
    database: Database = None,
    model: Annotated[str | None, typer.Option(help='รหัสแบบจำลอง หรือ "cues" · model id, or "cues" for cue words alone')] = None,
) -> None:
    """Ask, write, run and show."""
    from pipeline.cli.asking import Asker

    asker = None if yes else Asker(spoken())
    folder = _folder(source, out, asker, force=force, samples=samples)
    given = _given(folder, name, id_, timezone, phase or [], meeting or "", reader or [])
    draft = _ask_rest(given, asker, named=name is not None, id_=id_, meets=meeting is not None)
    _write(folder, draft, force=force, samples=samples)
    again = _next_command(folder, {"--out": str(out), "--database": database, "--model": model})
    if not run:
        say_either(f"ขั้นต่อไป: {again}", f"Next: {again}")
        return
    from pipeline.cli.running import run_and_tell

    report = run_and_tell(_first_order(folder, out, database, model))
    _tell_first_words(report)
    say_either(f"ครั้งต่อไปสั่ง: {again}", f"From now on: {again}")
    if report.collected.rejects:
        raise typer.Exit(SOME_SET_ASIDE)


def _write(folder: Path, draft: Draft, *, force: bool, samples: bool) -> None:
    """Write what was answered, once all is, and say where it stands."""
    from pipeline.jobs.beginning import take_samples, write_first

    if samples:
        take_samples(folder)
    file = folder / "lessons.toml"
    write_first(file, draft, spoken(), force=force)
    say_either(f"เขียนการตั้งค่าไว้ที่ {file} แก้ไขได้ตลอด", f"The configuration is {file}: change it whenever you like.")


def _first_order(folder: Path, out: Path, database: str | None, model: str | None) -> RunOrder:
    from pipeline.jobs.run import RunOrder
    from pipeline.settings import database_url

    return RunOrder((folder,), out, database_url(database, out), folder / "lessons.toml", model, None, spoken())


def _next_command(folder: Path, options: dict[str, str | None]) -> str:
    """Return the command that reads the folder again, to be copied as it stands; what the environment says needs no option.

    >>> _next_command(Path("my posts"), {"--out": "digests", "--database": None}).partition(" ")[2]
    "run 'my posts' --out digests"
    """
    usual = {"--out": os.environ.get("LESSONS_OUT") or "out", "--database": os.environ.get("LESSONS_DATABASE") or None, "--model": None}
    named = {name: value for name, value in options.items() if value and value != usual[name]}
    if "@" in named.get("--database", ""):
        named["--database"] = "URL"  # it may hold a password
    given = [word for option in named.items() for word in option]
    program = "lessons" if shutil.which("lessons") else sys.argv[0]  # .venv/bin/lessons, where nobody made it known to the shell
    return shlex.join([program, "run", str(folder), *given])


def _folder(source: Path | None, out: Path, asker: Asker | None, *, force: bool, samples: bool) -> Path:
    """Return the folder of posts, once it is told what stands in it."""
    from pipeline.assets import asset
    from pipeline.jobs.beginning import refuse_existing, refuse_filled, survey

    def looked_at(written: str) -> Path:
        folder = Path(written).expanduser()
        if not force:
            refuse_existing(folder / "lessons.toml")
        if samples:
            refuse_filled(folder)
        _tell_survey(survey(asset("corpora/samples") if samples else folder, out))
        return folder

    if source is not None or asker is None:
        return looked_at(str(source or "."))
    return asker.ask(_WHERE, ".", looked_at)


def _given(folder: Path, name: str | None, id_: str | None, timezone: str, phases: list[str], meeting: str, readers: list[str]) -> Draft:  # noqa: PLR0913, PLR0917
    """Return what the options say, checked; the folder's name stands in for the team's."""
    from pipeline.jobs.beginning import day_in
    from pipeline.settings import Draft, DraftPhase, check_draft, id_from

    told = []
    for written in phases:
        called, days, span = written.rpartition("=") if "=" in written else (written, "", "")
        first, _, last = span.partition("..") if days else ("", "", "")
        told.append(DraftPhase(called.strip(), day_in(first.strip()), day_in(last.strip(), last=True)))
    called = name if name is not None else folder.resolve().name or "posts"
    return check_draft(Draft(called, id_ if id_ is not None else id_from(called), timezone, tuple(told), meeting, tuple(readers)))


def _ask_rest(draft: Draft, asker: Asker | None, *, named: bool, id_: str | None, meets: bool) -> Draft:
    """Return the draft with the answers to what no option said."""
    from pipeline.jobs.beginning import checked
    from pipeline.settings import id_from

    if asker is None:
        return draft
    if not named:
        folder = draft
        draft = asker.ask(_NAME, folder.name, lambda name: checked(replace(folder, name=name, id=id_ if id_ is not None else id_from(name))))
    if not draft.phases:
        draft = _ask_phases(draft, asker)
    if not meets:
        before = draft
        draft = asker.ask(_MEETING, "", lambda day: checked(replace(before, meeting=day)))
    if not draft.readers:
        draft = _ask_readers(draft, asker)
    return draft


def _ask_phases(draft: Draft, asker: Asker) -> Draft:
    from pipeline.jobs.beginning import with_phase

    def named(answer: str) -> str:
        if answer:
            with_phase(draft, answer)
        return answer

    while True:
        thai, english = (words.format(number=len(draft.phases) + 1) for words in _PHASE)
        if not (name := asker.ask((thai, english), "", named)):
            return draft
        draft = _ask_days(draft, name, asker)


def _ask_days(draft: Draft, name: str, asker: Asker) -> Draft:
    """Return the draft with a phase more; days that will not do together are both asked for again."""
    from pipeline.errors import SettingsError
    from pipeline.jobs.beginning import told_day, with_phase

    while True:
        first_day = asker.ask(_FIRST_DAY, "", told_day)
        last_day = asker.ask(_LAST_DAY, "", partial(told_day, last=True))
        try:
            return with_phase(draft, name, first_day, last_day)
        except SettingsError as error:
            asker.tell(error)


def _ask_readers(draft: Draft, asker: Asker) -> Draft:
    from pipeline.jobs.beginning import checked

    def added(before: Draft, answer: str) -> Draft:
        return checked(replace(before, readers=(*before.readers, answer))) if answer else before

    while (more := asker.ask(_READER, "", partial(added, draft))) is not draft:
        draft = more
    return draft


def _tell_survey(found: Survey) -> None:
    """Say how many posts there are of each format, and what cannot be read and why."""
    for ending, posts in sorted(found.posts.items()):
        files = found.files[ending]
        say_either(f"  {ending}  {files} ไฟล์ {posts} บันทึก", f"  {ending}  {_many(files, 'file')}, {_many(posts, 'post')}")
    say_either(
        f"พบ {found.posts.total()} บันทึก อ่านไม่ได้ {len(found.refused)} รายการ",
        f"{_many(found.posts.total(), 'post')} found, {len(found.refused)} cannot be read",
    )
    for refused in found.refused[:_SHOWN_REFUSED]:
        say_either(*(f"  {said}" for said in (refused.th, refused.en)))
    if len(found.refused) > _SHOWN_REFUSED:
        more = len(found.refused) - _SHOWN_REFUSED
        say_either(f"  … อีก {more} รายการ", f"  … {more} more")


def _many(number: int, what: str) -> str:
    """Return a number and what is counted.

    >>> _many(1, "post"), _many(0, "post")
    ('1 post', '0 posts')
    """
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _tell_first_words(report: RunReport) -> None:
    """Show the first quotation of each label."""
    from pipeline.jobs.beginning import first_words
    from pipeline.labels import label_set

    names = {label.id: label.thai if is_thai() else label.english for label in label_set()}
    for words in _by_phase(first_words(report.digests_in(spoken())), names):
        say_either(words, words)


def _by_phase(found: Sequence[tuple[str, str, str]], names: dict[str, str]) -> Iterator[str]:
    told = ""
    for phase, label, quote in found:
        if phase != told:
            yield phase
            told = phase
        yield f"  {names[label]}: “{quote}”"
