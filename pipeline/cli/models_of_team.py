"""The commands for models: ``lessons models list | compare | promote | rollback | shadow | drift``, and ``lessons study year | suspects | queue``.

Comes in: arguments. Goes out: words in the terminal, and the team's folder of models beside its database. Refuses nothing itself. Imports stand
inside functions: `--help` answers at once.
"""

from __future__ import annotations

from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.assets import asset
from pipeline.cli.learning import Corpus  # noqa: TC001 - typer reads it
from pipeline.cli.options import Database, Models, Out  # noqa: TC001 - typer reads them
from pipeline.cli.tongue import spoken

if TYPE_CHECKING:
    from pipeline.jobs.teams.team import Home

app = typer.Typer(no_args_is_help=True, help="แบบจำลองของทีม: ดู เทียบ เลื่อนขึ้นใช้ ย้อนกลับ · The team's models: list, compare, promote, roll back")
study = typer.Typer(no_args_is_help=True, help="การวัดที่ใช้เวลานาน · Long measurements of learning from corrections")

Id = Annotated[str, typer.Argument(metavar="MODEL", help="รหัสแบบจำลอง · model id", show_default=False)]
OtherId = Annotated[str, typer.Argument(metavar="OTHER", help="รหัสแบบจำลองที่นำมาเทียบ · the model beside it", show_default=False)]
By = Annotated[str | None, typer.Option(help="ชื่อผู้สั่ง (ปกติใช้ชื่อผู้ใช้เครื่อง) · who asks; default: the user of the machine")]


@app.command("list", help="แบบจำลองทั้งหมด ตัวที่ใช้อยู่ และผลของด่าน · All models, which reads, what the gate said")
def list_(out: Out = Path("out"), database: Database = None, models: Models = None) -> None:
    """Print the models."""
    from pipeline.cli.terminal import say
    from pipeline.jobs.teams.team import listed

    say(listed(_home(out, database, models)))


@app.command(help="เทียบแบบจำลองสองตัว · The difference of two models")
def compare(one: Id, other: OtherId, out: Out = Path("out"), database: Database = None, models: Models = None) -> None:
    """Print the difference of two cards."""
    from pipeline.cli.terminal import say
    from pipeline.jobs.teams.team import compared

    say(compared(_home(out, database, models), one, other))


@app.command(help="เลื่อนแบบจำลองที่ผ่านด่านขึ้นใช้งาน · Let a model read that the gate allows")
def promote(model: Id, by: By = None, out: Out = Path("out"), database: Database = None, models: Models = None) -> None:
    """Promote a model."""
    from pipeline.cli.terminal import say
    from pipeline.jobs.teams.team import promote_model

    say(promote_model(_home(out, database, models, by), model))


@app.command(help="ย้อนกลับไปใช้แบบจำลองก่อนหน้า · Let the model of before read again")
def rollback(
    why: Annotated[str, typer.Option(help="เหตุผล · the reason")] = "",
    by: By = None,
    out: Out = Path("out"),
    database: Database = None,
) -> None:
    """Roll back."""
    from pipeline.cli.terminal import say
    from pipeline.jobs.teams.rollback import roll_back_team

    say(roll_back_team(database or f"sqlite:///{out / 'lessons.db'}", out, by or getuser(), why, spoken()))


@app.command(help="ลองอ่านบันทึกทั้งหมดด้วยแบบจำลองใหม่ โดยไม่เปลี่ยนสรุป · What a model would change in the current digests")
def shadow(model: Id, out: Out = Path("out"), database: Database = None, models: Models = None) -> None:
    """Run a model in the shadow."""
    from pipeline.cli.terminal import Bars, say
    from pipeline.jobs.teams.team import shadow_of

    with Bars(spoken()) as bars:
        report = shadow_of(_home(out, database, models), model, bars.tick)
    say(report)


@app.command(help="แบบจำลองยังเข้ากับบันทึกใหม่หรือไม่ ดูเป็นรายเดือน · Whether the model still fits what comes in, by month")
def drift(out: Out = Path("out"), database: Database = None, models: Models = None) -> None:
    """Print the months."""
    from pipeline.cli.terminal import say
    from pipeline.jobs.teams.drift import as_lines, team_drift

    home = _home(out, database, models)
    say("\n".join(as_lines(team_drift(home.database, home.out, home.models), home.language)))


Domain = Annotated[list[str] | None, typer.Option(help="ด้านที่เว้นไว้ไม่สอน · a domain that is left out of the corpus")]
Seed = Annotated[int, typer.Option(help="เลขตั้งต้นของการสุ่ม · seed of the draws")]
Keep = Annotated[Path | None, typer.Option(help="เก็บผลระหว่างทางไว้ในโฟลเดอร์นี้ ทำต่อได้ · keeps what was done, to go on later")]


@study.command(help="จำลองการตรวจแก้หนึ่งปี มีด่านและไม่มีด่าน · A simulated year of corrections, with and without the gate")
def year(  # noqa: PLR0913, PLR0917 - the command's options
    domain: Domain = None,
    seed: Seed = 0,
    years: Annotated[int, typer.Option(min=1, help="จำลองกี่ปี เลขตั้งต้นเพิ่มทีละหนึ่ง · how many years, each with the next seed")] = 1,
    keep: Keep = None,
    every: Annotated[int, typer.Option(min=1, help="สอนจากผู้เขียนทุกคนที่เท่าไร 1 คือทุกคน · every how manyth writer teaches")] = 1,
    figures: Annotated[Path | None, typer.Option(help="เขียน year.json และ year.svg ไว้ในโฟลเดอร์นี้ · writes year.json and year.svg there")] = None,
    corpus: Corpus = None,
    models: Models = None,
) -> None:
    """Play the years; some three minutes of a processor each."""
    from pipeline.cli.terminal import Bars, say
    from pipeline.jobs.learning.learning_study import DOMAINS, YearAsked, simulate_years

    asked = YearAsked(domain or DOMAINS, range(seed, seed + years), keep, every)
    with Bars(spoken()) as bars:
        told = simulate_years(corpus or asset("corpora/posts"), models or asset("models"), asked, bars.tick, figures)
    say(told)


@study.command(help="ป้ายที่จงใจใส่ผิดหาพบกี่แห่ง · How many labels that were turned on purpose are found")
def suspects(domain: Domain = None, seed: Seed = 0, keep: Keep = None, corpus: Corpus = None, models: Models = None) -> None:
    """Plant wrong labels and look for them; about a minute on two cores."""
    from pipeline.cli.terminal import Bars, say
    from pipeline.jobs.learning.learning_study import DOMAINS, YearAsked, find_planted

    with Bars(spoken()) as bars:
        found = find_planted(corpus or asset("corpora/posts"), models or asset("models"), YearAsked(domain or DOMAINS, (seed,), keep), bars.tick)
    say(found)


@study.command(help="ลำดับของคิวช่วยให้แบบจำลองดีขึ้นเร็วกว่าสุ่มแค่ไหน · How many answers the order of the queue saves beside chance")
def queue(
    seeds: Annotated[int, typer.Option(min=1, help="จำนวนครั้งที่สุ่ม · how many draws")] = 20,
    first: Annotated[int, typer.Option(min=0, help="เลขตั้งต้นแรก · the first seed")] = 0,
    corpus: Corpus = None,
    models: Models = None,
) -> None:
    """Replay the queue; some minutes for each five seeds."""
    from pipeline.cli.terminal import Bars, say
    from pipeline.jobs.learning.queue_study import replay_queue

    with Bars(spoken()) as bars:
        figures = replay_queue(corpus or asset("corpora/posts"), models or asset("models"), range(first, first + seeds), bars.tick)
    say(figures)


def _home(out: Path, database: str | None, models: Path | None, by: str | None = None) -> Home:
    from pipeline.jobs.teams.team import Home
    from pipeline.settings import database_url

    return Home(asset("corpora/posts"), models or asset("models"), database_url(database, out), out, by or getuser(), spoken())
