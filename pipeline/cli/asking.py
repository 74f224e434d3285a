"""Questions in the terminal: each is asked again until its answer can be used, and nobody is waited for who is not there.

Comes in: questions, and what checks an answer. Goes out: checked answers. Refuses, as `SettingsError`, to go on where the answers end: a pipe that is
closed, or that says nothing for some seconds. Whoever stops in the middle (Ctrl-C, Ctrl-D) is `Stopped`.
"""

from __future__ import annotations

import contextlib
import queue
import sys
import unicodedata
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

import typer

from pipeline.errors import LessonsError, SettingsError, Stopped

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE = 10.0  # seconds for the next line of a pipe

Answer = TypeVar("Answer")


class Asker:
    """Asks in one language, on a terminal or of the lines of a pipe."""

    def __init__(self, language: str, patience: float = PATIENCE) -> None:
        """Look who answers."""
        self._language = language
        self._patience = patience
        self._piped: queue.Queue[str | None] | None = None
        if not sys.stdin.isatty():
            self._piped = queue.Queue()
            Thread(target=_read_lines, args=(self._piped,), name="answers", daemon=True).start()
        else:
            with contextlib.suppress(ImportError):  # Windows has none and needs none
                import readline  # noqa: F401 - arrow keys move within the answer, instead of becoming part of it

    def ask(self, question: tuple[str, str], default: str, check: Callable[[str], Answer]) -> Answer:
        """Return what `check` makes of the answer, of the default for an empty one; what it refuses is told and asked again."""
        thai, english = question
        words = thai if self._language == "th" else english
        while True:
            written = self._line(f"{words} [{default}]: " if default else f"{words}: ")
            try:
                return check(_visible(_readable(written)).strip() or default)
            except LessonsError as error:
                self.tell(error)

    def tell(self, error: LessonsError) -> None:
        """Say why an answer will not do."""
        from pipeline.cli.terminal import tell_error

        tell_error(error, self._language)

    def _line(self, prompt: str) -> str:
        if self._piped is None:
            try:
                return input(prompt)
            except (EOFError, KeyboardInterrupt):
                typer.echo(err=True)  # the question still stands in the line
                raise Stopped(en="Stopped: nothing was written.", th="หยุดแล้ว ยังไม่ได้เขียนไฟล์ใด") from None
        try:
            line = self._piped.get(timeout=self._patience)
        except queue.Empty:
            line = None
        if line is None:
            raise SettingsError(
                en=f"lessons init: every question must be answered. There is no answer to: {prompt.strip(' :')}. Answer in a terminal, "
                "or give --yes and the options that you want. Nothing was written.",
                th=f"lessons init: ไม่มีคำตอบของคำถาม: {prompt.strip(' :')} โปรดสั่งในหน้าต่างคำสั่งที่พิมพ์ตอบได้ หรือใส่ --yes พร้อมตัวเลือกที่ต้องการ ยังไม่ได้เขียนไฟล์ใด",
            )
        return line


def _read_lines(lines: queue.Queue[str | None]) -> None:
    for line in sys.stdin:
        lines.put(line)
    lines.put(None)


def _readable(written: str) -> str:
    """Return what was typed as text that can be written to any file."""
    return written.encode("utf-8", "replace").decode("utf-8", "replace")


def _visible(answer: str) -> str:
    """Refuse an answer into which a key wrote signs that nobody sees."""
    if any(unicodedata.category(sign) == "Cc" for sign in answer.strip()):
        raise SettingsError(
            en="An answer must be text. Got signs that cannot be seen, as keys such as arrows leave them. Write it again.",
            th="คำตอบต้องเป็นข้อความ แต่พบเครื่องหมายที่มองไม่เห็น ซึ่งอาจมาจากปุ่มอย่างลูกศร โปรดพิมพ์ใหม่",
        )
    return answer
