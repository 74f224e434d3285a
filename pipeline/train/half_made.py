"""A folder beside the models in which one is made, until it stands below its name whole.

Comes in: the folder of the models. Goes out: a new folder in it, gone at the end. Refuses nothing. What a killed run left behind a later one removes:
learning that is killed must not fill the disk.
"""

from __future__ import annotations

import shutil
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

HALF_MADE = ".new-"
_LEFT_BEHIND = 24 * 3600.0  # seconds without a change after which nobody learns in it any more: that takes minutes, on a weak machine hours


@contextmanager
def half_made(models: Path) -> Iterator[Path]:
    """Give a new folder beside the models, from which a finished one is moved into its place."""
    models.mkdir(parents=True, exist_ok=True)
    for left in models.glob(f"{HALF_MADE}*"):
        _sweep(left)
    with TemporaryDirectory(prefix=HALF_MADE, dir=models) as place:
        yield Path(place)


def _sweep(left: Path) -> None:
    """Remove a folder that was left half made; what is young may be another run's at work, and what cannot be removed hinders nobody."""
    with suppress(OSError):
        if time.time() - max(path.stat().st_mtime for path in (left, *left.rglob("*"))) > _LEFT_BEHIND:
            shutil.rmtree(left)
