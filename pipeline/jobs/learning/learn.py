"""Learn and measure: a corpus becomes a model; a model's reading of marked posts becomes figures.

Comes in: folders of marked posts, gold files, models. Goes out: a model's folder, or figures. Refuses a corpus or a gold file that cannot
be read, and a tagger without the packages that training needs.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

from pipeline.errors import SettingsError
from pipeline.evaluate.ceiling import perfect_labels
from pipeline.evaluate.errors import Judged, count_kinds
from pipeline.evaluate.fields import as_table as fields_table
from pipeline.evaluate.gold_fields import judge_fields, read_marks
from pipeline.evaluate.report import judge_reader, read_all, report_on
from pipeline.evaluate.scores import as_table, count_post, score
from pipeline.jobs.learning.series import linker_from
from pipeline.jobs.teams.models import check_model
from pipeline.labelled import LabelledPost
from pipeline.languages import middle_day
from pipeline.nlp.reader import CUES_ALONE, DEEP, FAST, FULL, LINEAR, Reader, kinds_of, load_reader, split_model
from pipeline.records import Post
from pipeline.sources import find_files, read_posts
from pipeline.sources.gold import read_gold
from pipeline.sources.outside import read_list, read_outside
from pipeline.sources.splits import frozen_posts, read_splits, teaching_posts
from pipeline.threads.linker import save_linker
from pipeline.train.card import FROZEN, VALIDATION, make_current, new_model, save_parts, write_card
from pipeline.train.model import Material, Trained, divide, train_model
from pipeline.train.pretrained import newest_deep, newest_pretrained

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from pipeline.evaluate.errors import Kind
    from pipeline.evaluate.report import Report
    from pipeline.labelled import GoldSpan


_CEILING = "with perfect labels: the ceiling of the cutter"


class Learnt(NamedTuple):
    """Where a new model stands, and its figures as lines of text."""

    folder: Path
    figures: str


def material_of(folder: Path, outside: tuple[Path, Path] | None = None) -> Material:
    """Return the posts below `folder` that teach and validate; `outside` are the list and the folder of texts off the genre that teach too.

    Raises:
        SettingsError: when there are no posts.
    """
    posts = teaching_posts(folder) if folder.is_dir() else []
    if not posts:
        raise no_corpus(folder)
    material = divide(posts, read_splits(folder).validation)
    if outside is None:
        return material
    listing, texts = outside
    found = [row for row in read_outside(read_list(listing), texts) if isinstance(row, LabelledPost)]
    return material._replace(teaching=[*material.teaching, *found])


def no_corpus(folder: Path) -> SettingsError:
    """Return the error of a folder without marked posts."""
    return SettingsError(
        en=f"{folder}: a corpus must have marked posts, a folder for each writer. Got none. "
        "Name the folder corpora/posts of the repository with --corpus.",
        th=f"{folder}: ต้องมีบันทึกที่ทำเครื่องหมายแล้ว แยกโฟลเดอร์ตามผู้เขียน แต่ไม่พบ ระบุโฟลเดอร์ corpora/posts ของโครงการด้วย --corpus",
    )


def learn(corpus: Path, models: Path, progress: Callable[[str], None], outside: tuple[Path, Path] | None = None) -> Learnt:
    """Train a model on the corpus, measure it on the frozen test, write it below `models` and make it the current one.

    Raises:
        SettingsError: when the pretrained words stand there and torch does not.
    """
    material, words, deep = material_of(corpus, outside), newest_pretrained(models), newest_deep(models)
    if words:
        need_torch()
    with new_model(models) as folder:
        trained = train_model(material, words, folder, progress, deep.tagger() if deep else None)
        save_parts(trained, folder)
        if linker := linker_from(corpus):
            save_linker(linker, folder)
        progress("frozen test")
        test = frozen_posts(corpus)
        on = FROZEN if test else VALIDATION
        reports = judge(folder.name, trained, test or material.validation)
        name = write_card(folder, material, trained, words, reports, on, deep)
    make_current(models, name)
    return Learnt(models / name, told(reports, on))


def need_torch() -> None:
    """Refuse to learn a tagger where the packages that it needs are not installed.

    Raises:
        SettingsError: saying how to install them.
    """
    if not (find_spec("torch") and find_spec("onnx")):
        raise SettingsError(
            en="lessons: learning a tagger needs torch and onnx. Got an installation without them. "
            "Install the extra from the project's folder, `pip install '.[train]'`, or use `make model`.",
            th="lessons: ต้องมี torch และ onnx จึงจะสอนแบบจำลองได้ ติดตั้งเพิ่มจากโฟลเดอร์ของโครงการด้วย `pip install '.[train]'` หรือใช้ `make model`",
        )


def judge(name: str, trained: Trained, posts: Sequence[LabelledPost]) -> dict[str, Report]:
    """Return the reports of all readers of a model on marked posts, by the kind of reader, the best first."""
    alone = trained.parts._replace(tagger=None, borders=None, stack=None)
    readers = {LINEAR: alone, FAST: alone._replace(classifier=trained.fast)}
    if trained.deep:
        readers = {DEEP: trained.deep, **readers}
    if trained.parts.stack:
        readers = {FULL: trained.parts, **readers}
    return {kind: judge_reader(Reader(f"{name}@{kind}", parts), posts) for kind, parts in readers.items()}


def judge_corpus(corpus: Path, models: Path, model: str | None) -> str:
    """Return the figures of a model's readers on the frozen test of the corpus, or of the one that is named."""
    check_model(models, model)
    posts = frozen_posts(corpus) if corpus.is_dir() else []
    if not posts:
        raise SettingsError(
            en=f"{corpus}: the corpus must have a frozen test, named in {corpus.parent / 'splits.toml'}. Got none. "
            "Name another corpus with --corpus.",
            th=f"{corpus}: คลังต้องมีชุดทดสอบที่ระบุไว้ใน {corpus.parent / 'splits.toml'} แต่ไม่พบ ระบุคลังอื่นด้วย --corpus",
        )
    named, kind = split_model(model)
    kinds = (kind,) if (model and "@" in model) or named == CUES_ALONE else kinds_of(models, named)
    return told({kind: judge_reader(load_reader(models, f"{named or ''}@{kind}"), posts) for kind in kinds})


def told(reports: dict[str, Report], on: str = FROZEN) -> str:
    """Return reports as lines of text; `on` says on which posts they were measured."""
    lines = []
    for kind, report in reports.items():
        lines += [f"the {kind} reader on {report.posts} posts of {on}", as_table(report.scores), ""]
        lines += [_CEILING, as_table(report.ceiling), "", f"expected calibration error {report.calibration_error:.3f}", _kinds(report.kinds), ""]
        lines += [fields_table(report.fields), ""] if report.fields else []
    return "\n".join(lines).rstrip()


def _kinds(kinds: Mapping[Kind, int]) -> str:
    return "by kind: " + ", ".join(f"{kind} {count}" for kind, count in kinds.items())


def judge_outside(models: Path, model: str | None, listing: Path, texts: Path) -> str:
    """Return the false alarms of a model on real texts off the genre that hold nothing, and its figures on those that hold something."""
    check_model(models, model)
    reader = load_reader(models, model)
    posts = [row for row in read_outside(read_list(listing), texts) if isinstance(row, LabelledPost)]
    if not posts:
        raise SettingsError(
            en=f"{texts}: the folder must hold the public texts that {listing / 'texts.jsonl'} names. Got none of them. "
            "Fetch them with `lessons fetch`.",
            th=f"{texts}: โฟลเดอร์ต้องมีข้อความสาธารณะตามรายการใน {listing / 'texts.jsonl'} แต่ไม่พบ ดาวน์โหลดด้วย `lessons fetch`",
        )
    lines = [f"{reader.id} on texts off the genre"]
    for writer in sorted({row.writer for row in posts}):
        read = read_all(reader, [row for row in posts if row.writer == writer])
        empty = [row for row in read if not row.labelled.passages]
        alarms, size = sum(len(row.found) for row in empty), sum(len(row.labelled.post.text) for row in empty)
        share = f"{10_000 * alarms / max(1, size):.1f} in 10,000"
        lines.append(f"{writer}: {len(empty)} texts that hold nothing: {alarms} passages found in {size:,} characters, {share}")
        held = [row for row in read if row.labelled.passages]
        lines += [f"{writer}: {len(held)} texts that hold something", as_table(report_on(held).scores)] if held else []
    return "\n".join(lines)


def judge_gold(models: Path, model: str | None, gold_files: Sequence[Path], posts: Path) -> str:
    """Return the figures of a model on the posts of the gold files, which stand in the folder `posts`."""
    check_model(models, model)
    reader = load_reader(models, model)
    gold: dict[str, list[GoldSpan]] = {}
    for file in gold_files:
        for source, mark in read_gold(file):
            gold.setdefault(source, []).append(mark)
    found_counts, ceiling_counts, judged, fields = [], [], [], []
    beside = (post for file in find_files([posts]) for post in read_posts(file))
    reader.tell_from(middle_day(post.posted_at.date() for post in beside if isinstance(post, Post) and post.posted_at))
    for source, marks in gold.items():
        (read,) = read_all(reader, [LabelledPost(_read_one(posts / source), "", ())])
        text = read.labelled.post.text
        found_counts.append(count_post(text, marks, [(passage.span, passage.label) for passage in read.found]))
        ceiling_counts.append(count_post(text, marks, perfect_labels(read.pieces, marks)))
        judged.append(Judged(source, text, tuple(marks), tuple(read.found)))
        fields += [(mark, piece) for mark, piece in read_marks(reader, read.labelled.post, marks) if mark.fields]
    tables = f"{as_table(score(found_counts))}\n\n{_CEILING}\n{as_table(score(ceiling_counts))}"
    return f"{reader.id}, {len(gold)} posts\n{tables}\n\n{_kinds(count_kinds(judged))}\n\n{judge_fields(fields)}"


def _read_one(file: Path) -> Post:
    posts = [post for source in find_files([file]) for post in read_posts(source)]
    if len(posts) == 1 and isinstance(posts[0], Post):
        return posts[0]
    raise SettingsError(
        en=f"{file}: the gold rows name this file, so it must hold one post. Got {len(posts)} rows that are not one post. "
        "Name the right folder with --posts.",
        th=f"{file}: ไฟล์เฉลยอ้างถึงไฟล์นี้ จึงต้องมีบันทึกหนึ่งเรื่องพอดี ระบุโฟลเดอร์ที่ถูกต้องด้วย --posts",
    )
