"""The linker: how likely a later passage is news of an earlier one, and of a thread among those that compete for it.

Comes in: the evidence of pairs, and of rivals. Goes out: probabilities. Refuses a file that does not weigh our features. The trees are learnt from
what readers linked in series of the corpus. A linker without trees for rivals, as older ones are, takes a thread to be as likely as its best pair.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from pipeline.errors import ModelError
from pipeline.threads.evidence import FEATURES, OF_RIVALS, evidence_of
from pipeline.threads.forest import Forest, Tree

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipeline.threads.said import Said

FILE = "linker.json"


@dataclass(frozen=True)
class Linker(Forest):
    """Trees over `FEATURES`; from `sure` on a link is made, from `closes` on one that closes, from `maybe` on it is offered to a reviewer.

    `rivals` are trees over `OF_RIVALS`.
    """

    sure: float
    closes: float
    maybe: float
    rivals: Forest | None = None

    def weigh(self, earlier: Sequence[Said], later: Said) -> list[float]:
        """Return how likely each pair of an earlier passage and a later one is a link."""
        return self.chances(evidence_of(earlier, later))


def save_linker(linker: Linker, folder: Path) -> None:
    """Write the linker into a folder."""
    row = {"features": FEATURES, "of_rivals": OF_RIVALS, **asdict(linker)}
    (folder / FILE).write_text(json.dumps(row) + "\n", encoding="utf-8")


def load_linker(folder: Path) -> Linker:
    """Read the linker of a folder.

    Raises:
        ModelError: when it is missing or weighs other features.
    """
    file = folder / FILE
    try:
        row = json.loads(file.read_text(encoding="utf-8"))
        rivals = _forest(row["rivals"]) if row.get("rivals") else None
        pairs = _forest(row)
        linker = Linker(pairs.trees, pairs.bias, float(row["sure"]), float(row["closes"]), float(row["maybe"]), rivals)
        fits = row["features"] == list(FEATURES) and linker.fits(len(FEATURES))
        fits = fits and (rivals is None or (row["of_rivals"] == list(OF_RIVALS) and rivals.fits(len(OF_RIVALS))))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _strange(file, type(error).__name__) from error
    if not fits:
        raise _strange(file, "other features")
    return linker


def _forest(row: dict[str, Any]) -> Forest:
    return Forest(tuple(Tree(**{name: tuple(values) for name, values in tree.items()}) for tree in row["trees"]), float(row["bias"]))


def _strange(file: Path, found: str) -> ModelError:
    return ModelError(
        en=f"{file}: the linker must weigh our features. Got {found}. Rebuild it with `lessons train`, or restore the file.",
        th=f"{file}: ไฟล์นี้ต้องตรงกับโปรแกรม แต่พบ {found} สร้างใหม่ด้วย `lessons train` หรือกู้ไฟล์คืนมา",
    )
