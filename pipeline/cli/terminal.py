"""Words in the terminal: progress bars, the passages of a post in colour, what a run did, and errors.

Comes in: records and reports. Goes out: text on standard output; bars and errors on standard error. Refuses nothing. Bars are quiet when no
terminal watches, and colours are left out then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.text import Text

from pipeline.labels import label_set

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipeline.errors import LessonsError
    from pipeline.jobs.asked_threads import ToldThread
    from pipeline.jobs.look import Shown
    from pipeline.jobs.run import RunReport
    from pipeline.records import Post
    from pipeline.settings import Language

_STEPS = {
    "collect": ("เก็บบันทึก", "collecting"),
    "analyse": ("วิเคราะห์", "analysing"),
    "digest": ("เขียนสรุป", "writing digests"),
}
_VOICES = {
    "author": ("ผู้เขียน", "author"),
    "commenter": ("ผู้แสดงความเห็น", "commenter"),
    "reply": ("ผู้เขียนตอบ", "author's reply"),
    "quoted": ("คำพูดที่ยกมา", "quoted words"),
}
_SHOWN_REJECTS = 20
_SHOWN_NOTES = 10


def say(text: str) -> None:
    """Print plain text."""
    Console(soft_wrap=True, highlight=False).print(text, markup=False)


def tell_error(error: LessonsError, language: str) -> None:
    """Print an error as one sentence."""
    Console(stderr=True, soft_wrap=True, highlight=False).print(error.say(language), markup=False)


class Bars:
    """A progress bar for each step of a run."""

    def __init__(self, language: str) -> None:
        """Prepare the bars; nothing is drawn where no terminal watches."""
        console = Console(stderr=True)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._progress = Progress(*columns, console=console, disable=not console.is_terminal)
        self._language = language
        self._bars: dict[str, TaskID] = {}
        self._waiting: TaskID | None = None

    def __enter__(self) -> Self:
        """Start drawing."""
        self._progress.start()
        return self

    def __exit__(self, *_failure: object) -> None:
        """Stop drawing."""
        self._progress.stop()

    def starting(self) -> None:
        """Show that the run is about to begin: the scheduler's server takes some seconds to start."""
        self._waiting = self._progress.add_task("กำลังเริ่มระบบ" if self._language == "th" else "starting", total=None)

    def show(self, step: str, done: int, of: int) -> None:
        """Show that `done` of so many are done."""
        if self._waiting is not None:
            self._progress.remove_task(self._waiting)
            self._waiting = None
        thai, english = _STEPS[step]
        if step not in self._bars:
            self._bars[step] = self._progress.add_task(thai if self._language == "th" else english, total=of)
        self._progress.update(self._bars[step], completed=done, total=of)

    def tick(self, name: str) -> None:
        """Show that a step of unknown length has begun."""
        self._progress.add_task(name, total=None)


def tell_passages(post: Post, found: Sequence[Shown], language: str) -> None:
    """Print the passages of a post, each with its label, how sure that is, its place, its fields and what spoke for it."""
    console = Console(soft_wrap=True, highlight=False)
    console.print(Text(post.title or post.source, style="bold"))
    for note in post.notes:
        console.print(Text(note.th if language == "th" else note.en, style="italic"))
    names = {label.id: (label.thai if language == "th" else label.english, label.colour) for label in label_set()}
    for passage, fields in found:
        name, colour = names[passage.label]
        voice = _VOICES[passage.voice][language != "th"]
        place = Text(f"[{passage.span.start}:{passage.span.end}] {voice}")
        console.print(Text(f"{name} {passage.confidence:.2f} ", style=f"bold {colour}") + place)
        console.print(Text(f"  {passage.quote}", style=colour))
        if fields:
            console.print(Text("  " + " · ".join(f"{title} {said}" for title, said in fields)))
        if passage.why:
            console.print(Text(f"  ← {' · '.join(passage.why)}", style="dim"))
    counted = [f"{names[label.id][0]} {sum(passage.label == label.id for passage, _ in found)}" for label in label_set()]
    console.print(Text(" · ".join(counted), style="bold"))


def tell_threads(found: Sequence[ToldThread], language: str) -> None:
    """Print threads: kind, title and how each stands, then each passage with what it says of the thread, and what is still asked of it."""
    console = Console(soft_wrap=True, highlight=False)
    for thread in found:
        console.print(Text(f"{thread.kind}: {thread.title}", style="bold") + Text(f"  [{' · '.join(thread.facts)}]"))
        for name, words in thread.lines:
            console.print(Text(f"  {name}: ", style="dim") + Text(words))
    console.print(Text(f"{len(found)} เรื่อง" if language == "th" else f"{len(found)} threads", style="bold"))


def tell_report(report: RunReport, out: Path, language: Language) -> None:
    """Print what a run did, what was set aside, and where the digests are."""
    collected, thai = report.collected, language == "th"
    aside = Console(stderr=True, soft_wrap=True, highlight=False)
    for reject in collected.rejects[:_SHOWN_REJECTS]:
        aside.print(Text(reject.reason, style="yellow"))
    if len(collected.rejects) > _SHOWN_REJECTS:
        more = len(collected.rejects) - _SHOWN_REJECTS
        rest = out / "rejected.jsonl"
        aside.print(Text(f"… พักไว้อีก {more} รายการ ดูใน {rest}" if thai else f"… {more} more set aside, see {rest}", style="yellow"))
    for _, note in collected.notes[:_SHOWN_NOTES]:
        say(note.th if thai else note.en)  # the sentence begins with the source
    if len(collected.notes) > _SHOWN_NOTES:
        more = len(collected.notes) - _SHOWN_NOTES
        say(f"… อีก {more} ข้อสังเกต ดูใน index.html" if thai else f"… {more} more remarks in index.html")
    read = collected.new + collected.changed + collected.unchanged
    say(
        f"อ่าน {read} บันทึก (ใหม่ {collected.new} เปลี่ยน {collected.changed}) พักไว้ {len(collected.rejects)} วิเคราะห์รอบนี้ {report.analysed}"
        if thai
        else f"{read} posts read ({collected.new} new, {collected.changed} changed), {len(collected.rejects)} set aside, {report.analysed} analysed"
    )
    if report.analysed and report.read_before not in {None, report.reader}:
        say(
            f"อ่านบันทึกเดิมใหม่ด้วย {report.reader} เพราะครั้งก่อนอ่านด้วย {report.read_before}"
            if thai
            else f"earlier posts read again with {report.reader}, since {report.read_before} had read them"
        )
    everywhere, outside = collected.masked.total(), report.masked_outside.total()
    if everywhere or outside:
        say(
            f"ปิดข้อมูลส่วนบุคคล: {everywhere} แห่งในทุกที่ {outside} แห่งสำหรับผู้อ่านนอกทีม ดู {out / 'masked.json'}"
            if thai
            else f"personal data masked: {everywhere} places for everybody, {outside} for readers outside, see {out / 'masked.json'}"
        )
    names = {label.id: label.thai if thai else label.english for label in label_set()}
    for digest in report.digests_in(language):
        say(f"  {digest.phase.name}: " + " · ".join(f"{names[section.label]} {section.total}" for section in digest.sections))
    say(f"{'เปิดอ่าน' if thai else 'open'}: {out / 'index.html'}")
