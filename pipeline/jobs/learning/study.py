"""The long measurements of a model: what each part of it gains and costs, and how it grew with the corpus.

Comes in: the corpus and the current model. Goes out: figures on the frozen test, written into the model's card. Refuses what `learn` refuses.
Takes about half an hour on two cores, most of it for the taggers of the learning curve.
"""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import TYPE_CHECKING, Any, NamedTuple

from pipeline.errors import SettingsError
from pipeline.evaluate.breakdown import score_of
from pipeline.evaluate.report import read_all
from pipeline.jobs.learning.learn import material_of, need_torch
from pipeline.nlp.reader import CARD_FILE, Reader, cues_reader, current_model, kinds_of, load_parts, load_reader
from pipeline.sources.splits import frozen_posts
from pipeline.train.card import data_hash, save_card
from pipeline.train.model import Material, train_model, variants
from pipeline.train.pretrained import newest_pretrained

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from pipeline.labelled import LabelledPost
    from pipeline.train.pretrained import Words

_SHARES = (4, 2)  # the learning curve: models learnt from every fourth writer, from every second, and from all


class _Row(NamedTuple):
    """A reader on the frozen test: its macro F1 and the seconds of the processor that it took."""

    name: str
    character_f1: float
    passage_f1: float
    seconds: float


def study_model(corpus: Path, models: Path, progress: Callable[[str], None]) -> str:
    """Measure the current model, write the figures into its card, and return them as lines of text."""
    need_torch()
    folder = models / current_model(models)
    card = json.loads((folder / CARD_FILE).read_text(encoding="utf-8"))
    material, test, words = material_of(corpus), frozen_posts(corpus), newest_pretrained(models)
    if [data_hash(material.teaching), data_hash(material.validation)] != [card["data"][part]["hash"] for part in ("teaching", "validation")]:
        raise SettingsError(
            en=f"{corpus}: a study must be made with the posts that the model learnt from. Got others. Train anew, or name its corpus.",
            th=f"{corpus}: ต้องใช้คลังเดียวกับที่สอนแบบจำลอง แต่ต่างกัน สอนใหม่ หรือระบุคลังเดิม",
        )
    rows = []
    for name, reader in _readers(material, models, folder.name):
        progress(name)
        rows.append(_measured(name, reader, test))
    curve = []
    for share in _SHARES:
        progress(f"a model from one of {share} writers")
        curve.append(_curve_row(material, words, share, test))
    curve.append(_in_words(material, rows[0]))
    full = rows[0].seconds
    ablation = [{"name": row.name, **_figures(row), "speed": round(full / row.seconds, 2)} for row in rows]
    card["study"] = {"ablation": ablation, "curve": curve}
    save_card(folder, card)
    return json.dumps(card["study"], ensure_ascii=False, indent=1)


def _readers(material: Material, models: Path, model: str) -> Iterator[tuple[str, Reader]]:
    """Yield the readers that are compared, the full one first, by what they are made of."""
    for kind in kinds_of(models, model):
        yield kind, load_reader(models, f"{model}@{kind}")
    yield "patterns alone, cut by length", cues_reader()
    for name, parts in variants(material, load_parts(models, model)):
        yield name, Reader(model, parts)


def _measured(name: str, reader: Reader, posts: Sequence[LabelledPost]) -> _Row:
    start = process_time()
    read = read_all(reader, posts)
    seconds = process_time() - start
    scores = score_of([(row.labelled, row.found) for row in read], draws=2)
    return _Row(name, scores.character_f1, scores.passage_f1, seconds)


def _figures(row: _Row) -> dict[str, float]:
    return {"character_f1": row.character_f1, "passage_f1": row.passage_f1}


def _curve_row(material: Material, words: Words | None, share: int, test: Sequence[LabelledPost]) -> dict[str, Any]:
    """Return the figures of a model that learnt from one of so many writers, every so manyth in the order of names."""
    kept = set(sorted({row.writer for row in material.teaching})[::share])
    part = material._replace(teaching=[row for row in material.teaching if row.writer in kept])
    with TemporaryDirectory() as folder:
        reader = Reader("part", train_model(part, words, Path(folder)).parts)
        return _in_words(part, _measured("", reader, test))


def _in_words(material: Material, row: _Row) -> dict[str, Any]:
    return {"writers": len({row.writer for row in material.teaching}), "posts": len(material.teaching), **_figures(row)}
