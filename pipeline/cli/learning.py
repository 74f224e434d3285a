"""The commands of those who teach the reader: ``lessons train | evaluate | corpus | fetch | pretrain``.

Comes in: arguments. Goes out: models, and figures in the terminal. Refuses nothing itself. Imports stand inside functions: `--help` answers at
once.
"""

from __future__ import annotations

from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.assets import asset
from pipeline.cli.options import Database, Model, Models, Out  # noqa: TC001 - typer reads them
from pipeline.cli.tongue import spoken
from pipeline.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping

Corpus = Annotated[Path | None, typer.Option(help="คลังบันทึกที่ทำเครื่องหมายแล้ว · marked posts, a folder for each writer")]
Reader = Annotated[
    str | None,
    typer.Option(help="ตัวอ่าน deep แม่นสุดแต่ช้ากว่า, full (ปกติ), linear เร็วกว่า, fast เร็วสุด · which reader of the model: deep, full, linear or fast"),
]
Classifier = Annotated[
    str | None, typer.Option(help="ตัวจำแนกจากแพ็กเกจอื่นที่ติดตั้งไว้ · a classifier that an installed package gives, in the place of ours")
]
Texts = Annotated[Path, typer.Option(help="โฟลเดอร์ของข้อความสาธารณะ · folder of the public texts")]

app = typer.Typer()


def with_reader(model: str | None, reader: str | None, classifier: str | None = None) -> str | None:
    """Return the name of a model and its reader, or the outside classifier that stands in its place, as the jobs take it.

    >>> with_reader(None, None), with_reader("stacked-12345678", "fast"), with_reader(None, "linear"), with_reader("stacked-12345678@fast", "full")
    (None, 'stacked-12345678@fast', '@linear', 'stacked-12345678@full')
    """
    kind = f"outside:{classifier}" if classifier else reader
    return f"{(model or '').partition('@')[0]}@{kind}" if kind else model


@app.command(help="สร้างแบบจำลองจากคลังบันทึก · Build the model from the marked posts")
def train(  # noqa: PLR0913, PLR0917 - the command's options
    corpus: Corpus = None,
    models: Models = None,
    outside: Annotated[Path | None, typer.Option(help="สอนด้วยข้อความสาธารณะในโฟลเดอร์นี้ด้วย · teach with these public texts too")] = None,
    corrections: Annotated[
        bool, typer.Option("--corrections", help="สอนแบบจำลองของทีมจากการตรวจแก้ ไม่ต้องมี torch · a model of the team's own; needs no torch")
    ] = False,
    without: Annotated[list[str] | None, typer.Option(help="ไม่สอนจากผู้ตรวจทานคนนี้ · take nothing of this reviewer")] = None,
    snapshot: Annotated[Path | None, typer.Option(help="สอนซ้ำจากไฟล์ snapshot.jsonl · learn again from a snapshot")] = None,
    out: Out = Path("out"),
    database: Database = None,
) -> None:
    """Train, write the card, and make the model the current one; with corrections, a model of the team's own that somebody promotes."""
    from pipeline.cli.terminal import Bars, say

    _only_one({"--outside": outside, "--corrections": corrections, "--snapshot": snapshot})
    if corrections or snapshot:
        from pipeline.jobs.teams.team import Home, learn_from_corrections, learn_from_snapshot
        from pipeline.settings import database_url

        home = Home(corpus or asset("corpora/posts"), models or asset("models"), database_url(database, out), out, getuser(), spoken())
        with Bars(spoken()) as bars:
            told = learn_from_snapshot(home, snapshot, bars.tick) if snapshot else learn_from_corrections(home, bars.tick, without or ())
        say(told)
        return
    from pipeline.jobs.learning.learn import learn

    beside = (asset("corpora/outside"), outside) if outside else None
    with Bars(spoken()) as bars:
        learnt = learn(corpus or asset("corpora/posts"), models or asset("models"), bars.tick, beside)
    say(f"{learnt.figures}\n{learnt.folder}")


@app.command(help="วัดความแม่นกับบันทึกที่ทำเฉลยไว้ · Score the model on marked posts")
def evaluate(  # noqa: PLR0913, PLR0917 - the command's options
    gold: Annotated[list[Path] | None, typer.Option(help="ไฟล์เฉลย JSONL (ระบุได้หลายครั้ง) · gold files")] = None,
    posts: Annotated[Path | None, typer.Option(help="โฟลเดอร์ของบันทึกที่ไฟล์เฉลยอ้างถึง · folder of the posts")] = None,
    corpus: Corpus = None,
    model: Model = None,
    reader: Reader = None,
    classifier: Classifier = None,
    models: Models = None,
    outside: Annotated[Path | None, typer.Option(help="นับการเตือนผิดในข้อความสาธารณะ · false alarms in the public texts of this folder")] = None,
    study: Annotated[bool, typer.Option(help="วัดว่าแต่ละส่วนช่วยเท่าไร ใช้เวลานาน · what each part gains, and the learning curve; long")] = False,
    threads: Annotated[bool, typer.Option(help="ตามเรื่องสืบเนื่องได้แม่นแค่ไหน · how well threads are followed through series")] = False,
    names: Annotated[bool, typer.Option(help="ปิดชื่อบุคคลให้คนนอกได้ครบแค่ไหน · how well names are masked for readers outside")] = False,
    cues: Annotated[bool, typer.Option(help="คำบ่งชี้แต่ละคำพบบ่อยและถูกแค่ไหน · how often each cue is found and right")] = False,
) -> None:
    """With gold files: score the model on them. Without: score its readers on the frozen test of the corpus."""
    from pipeline.cli.terminal import Bars, say

    found, marked, named = models or asset("models"), corpus or asset("corpora/posts"), with_reader(model, reader, classifier)
    _only_one({"--reader": reader, "--classifier": classifier})
    _only_one({"--gold": gold, "--outside": outside, "--study": study, "--cues": cues, "--threads": threads, "--names": names})
    if study:
        from pipeline.jobs.learning.study import study_model

        _only_one({"--study": study, "--model, --reader or --classifier": model or reader or classifier})
        with Bars(spoken()) as bars:
            say(study_model(marked, found, bars.tick))
    elif gold:
        from pipeline.jobs.learning.learn import judge_gold

        say(judge_gold(found, named, gold, posts or gold[0].parent))
    elif outside:
        from pipeline.jobs.learning.learn import judge_outside

        say(judge_outside(found, named, asset("corpora/outside"), outside))
    else:
        say(_of_corpus(marked, found, named, threads=threads, cues=cues, names=names))


def _of_corpus(marked: Path, found: Path, named: str | None, *, threads: bool, cues: bool, names: bool) -> str:  # noqa: PLR0913 - one for each figure
    """Return the figures that need nothing but the corpus."""
    if threads:
        from pipeline.jobs.learning.series import judge_series

        return judge_series(marked, found, named)
    if names:
        from pipeline.jobs.learning.masking import judge_names

        return judge_names(marked)
    if cues:
        from pipeline.jobs.learning.cues import judge_cues

        return judge_cues(marked, found, named)
    from pipeline.jobs.learning.learn import judge_corpus

    return judge_corpus(marked, found, named)


def _only_one(asked: Mapping[str, object]) -> None:
    """Refuse options that ask for different things at once."""
    given = [name for name, value in asked.items() if value]
    if len(given) > 1:
        raise SettingsError(
            en=f"lessons: {' and '.join(given)} must not be given together: they ask for different measurements. "
            "Give one of them, and run the other after it.",
            th=f"lessons: {' กับ '.join(given)} เป็นการวัดคนละอย่าง ใช้พร้อมกันไม่ได้ ให้สั่งทีละอย่าง",
        )


@app.command(help="ตรวจคลังบันทึก และนับสิ่งที่มี · Look the corpus through and count what it holds")
def corpus(
    corpus: Corpus = None,
    freeze: Annotated[bool, typer.Option(help="ตรึงชุดทดสอบใหม่ · make a new version of the frozen test")] = False,
) -> None:
    """Print the figures of the data card."""
    from pipeline.cli.terminal import say
    from pipeline.jobs.learning import corpus as job

    folder = corpus or asset("corpora/posts")
    if freeze:
        pages = job.freeze(folder)
        say(f"ตรึงแล้ว {pages} หน้า" if spoken() == "th" else f"{pages} pages")
    say(job.look_through(folder))


@app.command(help="ดาวน์โหลดข้อความสาธารณะที่ใช้สอนเพิ่ม (ต้องต่ออินเทอร์เน็ต) · Fetch the public texts that may teach too; asks the internet")
def fetch(texts: Texts = Path("texts")) -> None:
    """Fetch what is listed in ``corpora/outside``, from the public repositories by commit and path."""
    from pipeline.cli.terminal import Bars, say
    from pipeline.jobs.learning.fetch import fetch as fetch_texts

    with Bars(spoken()) as bars:
        fetched = fetch_texts(asset("corpora/outside"), texts, bars.tick)
    thai = spoken() == "th"
    english = f"{fetched.ready} texts ready, {fetched.same} of them word for word as they were labelled"
    say(f"พร้อมใช้ {fetched.ready} เรื่อง ตรงกับที่ทำเฉลยไว้ทุกคำ {fetched.same} เรื่อง" if thai else english)
    for source in fetched.missing:
        say(f"{'ไม่ได้มา' if thai else 'left out'}: {source}")


@app.command(help="เรียนรู้คำจากข้อความไทยที่ไม่ได้ทำเครื่องหมาย · Learn words from unlabelled Thai text; about half an hour")
def pretrain(  # noqa: PLR0913, PLR0917 - the command's options
    text: Annotated[list[Path], typer.Argument(metavar="FILE", help="ไฟล์ข้อความ .txt หรือ .txt.xz · text files", show_default=False)],
    corpus: Corpus = None,
    models: Models = None,
    taught: Annotated[
        bool, typer.Option("--taught", help="ให้เครือข่ายใหญ่หกตัวสอนต่อ ควรมีการ์ดจอ · also taught by six larger networks; wants a graphics card")
    ] = False,
    device: Annotated[str, typer.Option(help="cpu หรือ cuda (การ์ดจอ) · what computes: cpu or cuda")] = "cpu",
    steps: Annotated[float, typer.Option(min=0.0001, max=1, help="ส่วนของขั้นทั้งหมด ใช้ลองรัน เช่น 0.01 · share of all steps, for a trial")] = 1,
) -> None:
    """Learn word vectors and context, and make them those from which the next tagger starts."""
    from pipeline.cli.terminal import Bars, say
    from pipeline.jobs.learning.pretrain import Asked, pretrain_words

    with Bars(spoken()) as bars:
        folder = pretrain_words(text, corpus or asset("corpora/posts"), models or asset("models"), bars.tick, Asked(taught, device, steps))
    say(str(folder))
