"""Write a trained model into its folder, with the card that says what it is and how well it reads.

Comes in: a trained model, what it was learnt from, and the figures of its readers. Goes out: ``models/<id>/`` with its parts, ``card.json``,
``card.md`` and plots. Refuses nothing. The id comes from the parts, so that other bytes have another id; nothing in the folder depends on the time.
"""

from __future__ import annotations

import json
from contextlib import contextmanager, suppress
from dataclasses import asdict
from errno import EEXIST, ENOTEMPTY
from typing import TYPE_CHECKING, Any

from pipeline.languages import ENGINE, rules_hash
from pipeline.nlp.classifier import FAST_FILE, save_classifier
from pipeline.nlp.classifier import FILE as CLASSIFIER_FILE
from pipeline.nlp.fields import FILE as FIELDS_FILE
from pipeline.nlp.fields import save_fields
from pipeline.nlp.model_card import CUTTER_FILE, DEEP_BORDERS_FILE
from pipeline.nlp.shelf import CARD_FILE
from pipeline.nlp.stack import DEEP_FILE as DEEP_STACK_FILE
from pipeline.nlp.stack import FILE as STACK_FILE
from pipeline.nlp.stack import save_stack
from pipeline.nlp.tagger import NETWORK_FILE
from pipeline.records import short_hash
from pipeline.threads.linker import FILE as LINKER_FILE
from pipeline.train.card_text import as_markdown
from pipeline.train.half_made import half_made
from pipeline.train.naming import hashes_of, model_id, pins
from pipeline.train.plots import draw

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from pipeline.evaluate.report import Report
    from pipeline.labelled import LabelledPost
    from pipeline.records import Passage
    from pipeline.train.model import Material, Trained
    from pipeline.train.pretrained import Deep, Words

TEXT_FILE = "card.md"
_THERE_ALREADY = {EEXIST, ENOTEMPTY}
FROZEN, VALIDATION = "the frozen test", "the validation writers, on whom thresholds were set"


def data_hash(corpus: Sequence[LabelledPost]) -> str:
    """Return the hash of every post's text and marks with their fields, in order."""
    parts = [f"{row.writer}/{row.post.id}|{[_mark(passage) for passage in row.passages]}|{row.post.text}" for row in corpus]
    return short_hash(*parts)


def _mark(passage: Passage) -> tuple[object, ...]:
    links = [(link.part, link.span.start, link.span.end) for link in passage.chain]
    return (passage.span.start, passage.span.end, passage.label, passage.voice, passage.speaker, passage.action, links)


@contextmanager
def new_model(models: Path) -> Iterator[Path]:
    """Give a folder to write a model into; at the end it stands below `models` under the id on its card, whole or not at all.

    Without a card it is left out.
    """
    with half_made(models) as place:
        made = place / "made"
        made.mkdir()
        yield made
        if not (made / CARD_FILE).exists():
            return
        final = models / str(json.loads((made / CARD_FILE).read_text(encoding="utf-8"))["id"])
        with suppress(FileNotFoundError):  # the same model, perhaps damaged: out of the way in one step, and the new one in its place in the next
            final.rename(place / "before")
        try:
            made.rename(final)
        except OSError as error:
            if error.errno not in _THERE_ALREADY:  # another has put the same model there in between: under one id stand the same bytes
                raise


def save_parts(trained: Trained, folder: Path) -> None:
    """Write the parts of a model but its network, which stands there since it was learnt."""
    parts = trained.parts
    assert parts.classifier is not None
    save_classifier(parts.classifier, folder / CLASSIFIER_FILE)
    save_classifier(trained.fast, folder / FAST_FILE)
    assert parts.fields is not None
    save_fields(parts.fields, folder)
    cutter: dict[str, Any] = {"bias": parts.weights.bias, "features": dict(sorted(parts.weights.features.items()))}
    if parts.borders and parts.stack:
        cutter["tagger"] = asdict(parts.borders)
        save_stack(parts.stack, folder / STACK_FILE)
    if trained.deep and trained.deep.borders and trained.deep.stack:
        write_whole(folder / DEEP_BORDERS_FILE, json.dumps(asdict(trained.deep.borders), indent=0) + "\n")
        save_stack(trained.deep.stack, folder / DEEP_STACK_FILE)
    (folder / CUTTER_FILE).write_text(json.dumps(cutter, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def write_card(  # noqa: PLR0913, PLR0917 - what a card tells
    folder: Path,
    material: Material,
    trained: Trained,
    words: Words | None,
    reports: Mapping[str, Report],
    on: str = FROZEN,
    deep: Deep | None = None,
) -> str:
    """Write the card of the model in `folder`, and return its id; `reports` are those of its readers, by kind, and `on` says on which posts."""
    linker = [LINKER_FILE] if (folder / LINKER_FILE).exists() else []
    names = [CLASSIFIER_FILE, FAST_FILE, CUTTER_FILE, FIELDS_FILE, *linker, *([NETWORK_FILE, STACK_FILE] if words else [])]
    names += [DEEP_BORDERS_FILE, DEEP_STACK_FILE] if deep else []
    full, files = next(iter(reports.values())), hashes_of(folder, names)
    shared = {name: {"id": part.id, "files": dict(part.files)} if part else None for name, part in (("words", words), ("deep", deep))}
    card = {
        "id": model_id("stacked" if words else "linear", files, *shared.values()),
        "engine": ENGINE,
        "rules": rules_hash(),
        "data": {"teaching": _told(material.teaching), "validation": _told(material.validation)},
        **shared,
        "pins": pins(),
        "leans": _leans(trained),
        "test": {"on": on, "readers": {kind: asdict(report.scores) for kind, report in reports.items()}, **_without(asdict(full), "scores")},
        "study": None,
        "files": files,
    }
    save_card(folder, card)
    return str(card["id"])


def _told(posts: Sequence[LabelledPost]) -> dict[str, Any]:
    writers = sorted({row.writer for row in posts}, key=lambda writer: (len(writer), writer))
    return {"hash": data_hash(posts), "writers": writers, "posts": len(posts), "passages": sum(len(row.passages) for row in posts)}


def _leans(trained: Trained) -> dict[str, Any]:
    parts = trained.parts
    found = {"linear": parts.classifier and dict(parts.classifier.leans), "fast": dict(trained.fast.leans)}
    deep = {"deep": trained.deep.stack.leans} if trained.deep and trained.deep.stack else {}
    return {"full": parts.stack.leans, **deep, **found} if parts.stack else found


def _without(row: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != key}


def save_card(folder: Path, card: dict[str, Any]) -> None:
    """Write a card, its readable form and its plots."""
    write_whole(folder / CARD_FILE, json.dumps(card, ensure_ascii=False, indent=1) + "\n")
    write_whole(folder / TEXT_FILE, as_markdown(card, draw(card, folder)))


def write_whole(file: Path, text: str) -> None:
    """Write a file in one step: a reader finds the old text or the new one, also where two write at once."""
    with half_made(file.parent) as place:
        (place / file.name).write_text(text, encoding="utf-8")
        (place / file.name).replace(file)


def make_current(models: Path, model: str) -> None:
    """Point ``CURRENT`` at a model, in one step."""
    write_whole(models / "CURRENT", f"{model}\n")
