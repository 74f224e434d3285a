"""Where the data files stand: models, corpus, sample posts, templates, fonts, in the repository or inside the installed package.

Comes in: a path as in the repository, such as ``models`` or ``pipeline/render/fonts``. Goes out: the real path. Refuses nothing: callers say what
is missing. What one module alone reads, such as its list of words, stands beside that module and is read there.
"""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def asset(name: str) -> Path:
    """Return the path of a data file or folder, named as in the repository."""
    packed = PACKAGE / "_assets" / name
    return packed if packed.exists() else PACKAGE.parent / name
