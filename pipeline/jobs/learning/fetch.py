"""Fetch the public texts off the genre that teach beside our own corpus, so that anyone can rebuild the model.

Comes in: the list in ``corpora/outside`` and the folder where the texts shall lie. Goes out: the texts, each compared with its checksum.
Refuses nothing of the texts themselves: one that is gone or reads otherwise is told, and the rest goes on. Beside ``lessons collect``
the only command that asks a machine elsewhere, and only when a person calls it: it needs git.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import tempfile
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipeline.errors import SettingsError
from pipeline.labelled import LabelledPost
from pipeline.sources.outside import plain_text, read_list, read_outside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pipeline.sources.outside import OutsideText

_SECONDS = 30 * 60  # for one call of git


class Fetched(NamedTuple):
    """How many texts stand ready now, how many of them word for word as they were labelled, and the sources of those that do not."""

    ready: int
    same: int
    missing: tuple[str, ...]


def fetch(listing: Path, texts: Path, progress: Callable[[str], None]) -> Fetched:
    """Write the listed texts below `texts`; those that stand there already are not fetched again.

    Raises:
        SettingsError: when there is no git, or a repository cannot be reached.
    """
    listed = read_list(listing)
    absent = sorted((row for row in listed if not (texts / row.source).exists()), key=lambda row: (row.repository, row.commit))
    for (repository, commit), rows in groupby(absent, key=lambda row: (row.repository, row.commit)):
        progress(repository)
        for row, raw in _checked_out(repository, commit, list(rows)):
            file = texts / row.source
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(plain_text(raw, row.path), encoding="utf-8", newline="")
    found = list(read_outside(listed, texts))
    missing = tuple(row.source for row in found if not isinstance(row, LabelledPost))
    return Fetched(len(found) - len(missing), sum(_is_same(row, texts) for row in listed), missing)


def _is_same(row: OutsideText, texts: Path) -> bool:
    file = texts / row.source
    return file.exists() and hashlib.sha256(file.read_bytes()).hexdigest() == row.sha256


def _checked_out(repository: str, commit: str, rows: Sequence[OutsideText]) -> Iterator[tuple[OutsideText, str]]:
    """Yield each row with its page as it stands in the repository at that commit; only these pages are transferred."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        _git(folder, "init", "--quiet")
        _git(folder, "remote", "add", "origin", repository)
        _git(folder, "config", "core.autocrlf", "false")
        _git(folder, "fetch", "--quiet", "--depth=1", "--filter=blob:none", "origin", commit)
        names = _git(folder, "ls-tree", "-r", "-z", "--name-only", commit).split("\0")
        there = [row for row in rows if row.path in set(names)]  # what is gone is told at the end
        if there:
            _git(folder, "checkout", "--quiet", commit, "--", *(row.path for row in there))
        for row in (row for row in there if not (folder / row.path).is_symlink()):
            yield row, (folder / row.path).read_text(encoding="utf-8", errors="replace")


def _git(folder: Path, *words: str) -> str:
    """Return what git says, run in `folder` and never asking for a password."""
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and the words are ours or those of the list
            ["git", "--literal-pathspecs", *words],  # noqa: S607 - git as the person's own PATH finds it
            cwd=folder,
            env={name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | {"GIT_TERMINAL_PROMPT": "0"},
            check=True,
            capture_output=True,
            timeout=_SECONDS,
        )
    except (OSError, subprocess.SubprocessError) as error:
        said = getattr(error, "stderr", None)
        why = (said.decode("utf-8", "replace").strip().splitlines() or [""])[-1] if said else type(error).__name__
        raise SettingsError(
            en=f"lessons fetch: git must be installed and reach the public repositories. Got: {why}. "
            "Connect this machine to the internet and try again; without these texts the model is rebuilt from our own corpus alone.",
            th=f"lessons fetch: ต้องมี git และต่ออินเทอร์เน็ตได้ แต่พบ: {why} ต่ออินเทอร์เน็ตแล้วลองใหม่ ถ้าไม่มีข้อความเหล่านี้ ก็ยังสร้างแบบจำลองจากคลังของโครงการได้",
        ) from error
    return done.stdout.decode("utf-8", "replace")
