"""What was learnt before the corpus is: words and context from which every tagger starts, and the deep network that is taught once for all.

Comes in: such a folder of ``models/``, or freshly pretrained parts. Goes out: `Words`, `Deep`, or the folder with its card. Refuses a folder that
is damaged. The weights stand in numpy's own format, which holds numbers only, and a deep network as it reads. What was taught counts cues and
classes by number: where those of the program are others by now, a tagger starts from the words and their context alone, and nobody reads deep.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from pipeline.errors import ModelError
from pipeline.languages import cue_set
from pipeline.nlp.heads import HEADS
from pipeline.nlp.model_card import compare_checksums
from pipeline.nlp.shelf import CARD_FILE
from pipeline.nlp.tagger import DEEP_LOOK, NETWORK_FILE, load_tagger
from pipeline.nlp.word_table import SCALES_FILE, VECTORS_FILE, WORDS_FILE, WordTable, load_words, save_words, save_words_small
from pipeline.records import short_hash
from pipeline.train.half_made import half_made

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pipeline.nlp.tagger import Tagger
    from pipeline.train.deep import DeepTagNetwork
    from pipeline.train.network import Context

CONTEXT_FILE = "context.npz"
START_FILE = "start.npz"
WORDS, DEEP = "WORDS", "DEEP"  # the files that name the pretrained words and the deep network, one line
_FILES = (WORDS_FILE, VECTORS_FILE, CONTEXT_FILE)
_DEEP_FILES = (WORDS_FILE, VECTORS_FILE, SCALES_FILE, NETWORK_FILE)

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


class Deep(NamedTuple):
    """A network whose words look at all others, with its own vectors: its folder, and the checksums of its files. Nothing more is learnt into it."""

    folder: Path
    files: Mapping[str, str]

    @property
    def id(self) -> str:
        """Return the name of the folder."""
        return self.folder.name

    def tagger(self) -> Tagger:
        """Return the network as it reads."""
        return load_tagger(self.folder, load_words(self.folder), DEEP_LOOK)


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
        raise _no_card(folder, error) from error
    return Words(folder.name, load_words(folder), files, weights, start)


def _no_card(folder: Path, error: Exception) -> ModelError:
    return ModelError(
        en=f"{folder}: what was learnt before must have a card with the checksums of its files. Got {type(error).__name__}. "
        "Restore the folder, or rebuild it with `lessons pretrain`.",
        th=f"{folder}: สิ่งที่เรียนรู้ไว้ล่วงหน้าต้องมีการ์ดกำกับ แต่อ่านไม่ได้ ({type(error).__name__}) กู้โฟลเดอร์คืน หรือสร้างใหม่ด้วย `lessons pretrain`",
    )


def _read_weights(file: Path) -> Weights:
    with np.load(file, allow_pickle=False) as weights:
        return {name: weights[name] for name in weights.files}


def layout() -> str:
    """Return a hash of the cues and the classes, in whose order the network counts them."""
    return short_hash(*(cue.name for cue in cue_set()), *(f"{name} {kind}" for name, kinds in HEADS.items() for kind in kinds))


def write_pretrained(table: WordTable, weights: Weights, recipe: Mapping[str, Any], models: Path, start: Weights | None = None) -> Path:
    """Write pretrained words below `models` and return their folder, which appears whole or not at all."""

    def fill(made: Path) -> tuple[str, ...]:
        save_words(table, made)
        parts = {CONTEXT_FILE: weights, **({START_FILE: start} if start else {})}
        for name, part in parts.items():
            np.savez_compressed(made / name, **part)  # type: ignore[arg-type]  # the names are ours, none is numpy's own
        return (WORDS_FILE, VECTORS_FILE, *parts)

    return _write("words", table, recipe, models, fill, counted=bool(start))


def write_deep(table: WordTable, network: DeepTagNetwork, recipe: Mapping[str, Any], models: Path) -> Path:
    """Write a deep network with the table of its own vectors below `models` and return its folder, which appears whole or not at all."""

    def fill(made: Path) -> tuple[str, ...]:
        from pipeline.train.export import save_network

        save_words_small(table, made)
        save_network(network, made)
        return _DEEP_FILES

    return _write("deep", table, recipe, models, fill, counted=True)


def _write(  # noqa: PLR0913 - what a folder is made of
    kind: str, table: WordTable, recipe: Mapping[str, Any], models: Path, fill: Callable[[Path], tuple[str, ...]], *, counted: bool
) -> Path:
    """Write a folder with what `fill` puts there, which names its files; `counted` is one that counts cues and classes by number."""
    with half_made(models) as place:
        made = place / kind
        made.mkdir()
        files = {name: hashlib.sha256((made / name).read_bytes()).hexdigest() for name in fill(made)}
        final = models / f"{kind}-{short_hash(*files.values())[:8]}"
        card = {"id": final.name, "words": len(table.words), "width": int(table.vectors.shape[1]), "recipe": dict(recipe)}
        card |= {"files": files, **({"layout": layout()} if counted else {})}
        (made / CARD_FILE).write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        if final.exists():
            final.rename(place / "before")
        made.rename(final)
    return final


def newest_pretrained(models: Path) -> Words | None:
    """Return the pretrained words that the file `WORDS` below `models` names; None where there is none."""
    named = models / WORDS
    return load_pretrained(models / named.read_text(encoding="utf-8").strip()) if named.exists() else None


def newest_deep(models: Path) -> Deep | None:
    """Return the deep network that the file `DEEP` below `models` names; None where there is none, or where it counts other cues and classes.

    Raises:
        ModelError: when a file of it is missing or is not the one of its card.
    """
    named = models / DEEP
    if not named.exists():
        return None
    folder = models / named.read_text(encoding="utf-8").strip()
    try:
        card = json.loads((folder / CARD_FILE).read_text(encoding="utf-8"))
        files = {name: card["files"][name] for name in _DEEP_FILES}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _no_card(folder, error) from error
    compare_checksums(folder, files)
    return Deep(folder, files) if card.get("layout") == layout() else None
