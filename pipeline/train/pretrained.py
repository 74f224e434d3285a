"""Pretrained words, context and, where it was taught, the rest of the network: the folder of ``models/`` from which every tagger starts.

Comes in: such a folder, or freshly pretrained parts. Goes out: `Words`, or the folder with its card. Refuses a folder that is damaged. The
weights stand in numpy's own format, which holds numbers only. What was taught counts cues and classes by number: where those of the program
are others by now, a tagger starts from the words and their context alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from pipeline.errors import ModelError
from pipeline.languages import cue_set
from pipeline.nlp.heads import HEADS
from pipeline.nlp.reader import CARD_FILE, compare_checksums
from pipeline.nlp.word_table import VECTORS_FILE, WORDS_FILE, WordTable, load_words, save_words
from pipeline.records import short_hash
from pipeline.train.half_made import half_made

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.train.network import Context

CONTEXT_FILE = "context.npz"
START_FILE = "start.npz"
WORDS = "WORDS"  # the file that names the pretrained words, one line
_FILES = (WORDS_FILE, VECTORS_FILE, CONTEXT_FILE)

Weights = Mapping[str, np.ndarray[Any, np.dtype[np.float32]]]


@dataclass(frozen=True, slots=True)
class Words:
    """A pretrained word table, its id and the checksums of its files; `context` makes the layers that go with it anew at each call.

    `start` are the weights of the layers behind the context, by their names in the network; none where they were not taught.
    """

    id: str
    table: WordTable
    files: Mapping[str, str]
    weights: Weights
    start: Weights

    def context(self) -> Context:
        """Return the pretrained layers of context, not yet changed."""
        import torch

        from pipeline.train.network import Context

        layers = Context()
        layers.load_state_dict({name: torch.from_numpy(np.array(weight)) for name, weight in self.weights.items()})
        return layers


def load_pretrained(folder: Path) -> Words:
    """Read a folder of pretrained words.

    Raises:
        ModelError: when a file of it is missing or is not the one of its card.
    """
    try:
        card = json.loads((folder / CARD_FILE).read_text(encoding="utf-8"))
        files = {name: card["files"][name] for name in (*_FILES, *([START_FILE] if START_FILE in card["files"] else []))}
        compare_checksums(folder, files)
        weights = _read_weights(folder / CONTEXT_FILE)
        start = _read_weights(folder / START_FILE) if card.get("layout") == layout() else {}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            en=f"{folder}: pretrained words must have a card with the checksums of their files. Got {type(error).__name__}. "
            "Restore the folder, or rebuild it with `lessons pretrain`.",
            th=f"{folder}: คำที่เรียนรู้ไว้ล่วงหน้าต้องมีการ์ดกำกับ แต่อ่านไม่ได้ ({type(error).__name__}) กู้โฟลเดอร์คืน หรือสร้างใหม่ด้วย `lessons pretrain`",
        ) from error
    return Words(folder.name, load_words(folder), files, weights, start)


def _read_weights(file: Path) -> Weights:
    with np.load(file, allow_pickle=False) as weights:
        return {name: weights[name] for name in weights.files}


def layout() -> str:
    """Return a hash of the cues and the classes, in whose order the network counts them."""
    return short_hash(*(cue.name for cue in cue_set()), *(f"{name} {kind}" for name, kinds in HEADS.items() for kind in kinds))


def write_pretrained(table: WordTable, weights: Weights, recipe: Mapping[str, Any], models: Path, start: Weights | None = None) -> Path:
    """Write pretrained words below `models` and return their folder, which appears whole or not at all."""
    with half_made(models) as place:
        made = place / "words"
        made.mkdir()
        save_words(table, made)
        parts = {CONTEXT_FILE: weights, **({START_FILE: start} if start else {})}
        for name, part in parts.items():
            np.savez_compressed(made / name, **part)  # type: ignore[arg-type]  # the names are ours, none is numpy's own
        files = {name: hashlib.sha256((made / name).read_bytes()).hexdigest() for name in (WORDS_FILE, VECTORS_FILE, *parts)}
        final = models / f"words-{short_hash(*files.values())[:8]}"
        card = {"id": final.name, "words": len(table.words), "width": int(table.vectors.shape[1]), "recipe": dict(recipe)}
        card |= {"files": files, **({"layout": layout()} if start else {})}
        (made / CARD_FILE).write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        if final.exists():
            final.rename(place / "before")
        made.rename(final)
    return final


def newest_pretrained(models: Path) -> Words | None:
    """Return the pretrained words that the file `WORDS` below `models` names; None where there is none."""
    named = models / WORDS
    return load_pretrained(models / named.read_text(encoding="utf-8").strip()) if named.exists() else None
