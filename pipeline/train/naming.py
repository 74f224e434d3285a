"""What a model is called, and what it is made of: its id comes from its files, its recipe from everything that could have made them otherwise.

Comes in: the files of a model, or the snapshot from which a team's model shall be learnt. Goes out: an id, the same for the same bytes and no others;
a recipe, by which a model is known before it is learnt. Refuses nothing. A recipe may differ where the bytes do not (a comment of the program was
changed): then a model is learnt once more, and comes out under the id that it had.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
from typing import TYPE_CHECKING, Any

from pipeline.assets import PACKAGE
from pipeline.languages import ENGINE, rules_hash
from pipeline.records import short_hash

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

PINS = ("numpy", "nlpo3", "onnxruntime", "pythainlp", "scikit-learn", "scipy", "spacy", "srsly")


def hashes_of(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """Return the SHA-256 of files of a folder."""
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in names}


def model_id(kind: str, files: Mapping[str, str], *shared: Mapping[str, Any] | None) -> str:
    """Return the id of a model of a kind whose files have these hashes; with other words, cues or rules the same files would read otherwise.

    `shared` are the pretrained words that its network looks up and the deep network, as its card names them.
    """
    parts = [("", files), *((f"{part['id']}/", part["files"]) for part in shared if part)]
    return f"{kind}-{short_hash(ENGINE, rules_hash(), *(f'{place}{name} {own[name]}' for place, own in parts for name in sorted(own)))[:8]}"


def pins() -> dict[str, str]:
    """Return the versions of the packages that a model is learnt with and reads with."""
    return {name: importlib.metadata.version(name) for name in PINS}


def recipe(source: str) -> str:
    """Return the hash of all that something learnt comes from: its source, such as the hash of a snapshot, the rules, the packages, the program."""
    program = (f"{file.relative_to(PACKAGE)} {hashlib.sha256(file.read_bytes()).hexdigest()}" for file in sorted(PACKAGE.rglob("*.py")))
    return short_hash(source, ENGINE, rules_hash(), repr(pins()), *program)
