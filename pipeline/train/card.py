"""Write a trained model into its folder, with the card that says what it is and how well it reads.

Comes in: a trained model and what it was learnt from. Goes out: ``models/<id>/`` with classifier, cutter, ``card.json`` and ``card.md``.
Refuses nothing. The id comes from the data and the code's settings, so that the same corpus gives the same id; nothing in the folder
depends on the time or the machine.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.evaluate.scores import as_table
from pipeline.labels import label_ids
from pipeline.languages.th.rules import rules_hash
from pipeline.languages.th.tokens import ENGINE
from pipeline.nlp.classifier import FILE as CLASSIFIER_FILE
from pipeline.nlp.classifier import save_classifier
from pipeline.nlp.reader import CARD_FILE, CUTTER_FILE
from pipeline.records import short_hash

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.records import LabelledPost
    from pipeline.train.model import Trained

METHOD = 1  # raise it when a change of the code changes what a model reads from the same corpus
_PINS = ("numpy", "nlpo3", "pythainlp", "scikit-learn", "scipy", "skops", "spacy")


def data_hash(corpus: Sequence[LabelledPost]) -> str:
    """Return the hash of every post's text and marks, in order."""
    parts = [f"{row.writer}/{row.post.id}|{[(m.span.start, m.span.end, m.label) for m in row.passages]}|{row.post.text}" for row in corpus]
    return short_hash(*parts)


def model_id(corpus: Sequence[LabelledPost]) -> str:
    """Return the id of the model that `corpus`, the rules of the language, the word cutter and the method give."""
    return f"linear-{short_hash(str(METHOD), ENGINE, rules_hash(), data_hash(corpus), *label_ids())[:8]}"


def write_model(trained: Trained, corpus: Sequence[LabelledPost], models: Path) -> Path:
    """Write the model below `models` and return its folder, which appears whole or not at all."""
    models.mkdir(parents=True, exist_ok=True)
    final = models / model_id(corpus)
    with tempfile.TemporaryDirectory(prefix=".new-", dir=models) as place:
        made = Path(place) / final.name
        made.mkdir()
        _write_files(trained, corpus, made)
        if final.exists():  # the same model, perhaps damaged: out of the way in one step, and the new one in its place in the next
            final.rename(Path(place) / "before")
        made.rename(final)
    return final


def _write_files(trained: Trained, corpus: Sequence[LabelledPost], folder: Path) -> None:
    save_classifier(trained.classifier, folder)
    cutter = {"bias": trained.weights.bias, "features": dict(sorted(trained.weights.features.items()))}
    (folder / CUTTER_FILE).write_text(json.dumps(cutter, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    (folder / "card.md").write_text(_as_markdown(trained, corpus, folder.name), encoding="utf-8")
    card = _card(trained, corpus, folder)
    (folder / CARD_FILE).write_text(json.dumps(card, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def make_current(models: Path, model: str) -> None:
    """Point ``CURRENT`` at a model, in one step."""
    waiting = models / "CURRENT.new"
    waiting.write_text(f"{model}\n", encoding="utf-8")
    waiting.replace(models / "CURRENT")


def _card(trained: Trained, corpus: Sequence[LabelledPost], folder: Path) -> dict[str, Any]:
    return {
        "id": folder.name,
        "engine": ENGINE,
        "rules": rules_hash(),
        "data": {
            "hash": data_hash(corpus),
            "posts": len(corpus),
            "writers": len({row.writer for row in corpus}),
            "passages": trained.passages,
        },
        "pins": {name: importlib.metadata.version(name) for name in _PINS},
        "lean": trained.classifier.lean,
        "unseen_writers": asdict(trained.unseen_writers),
        "cutter_ceiling": asdict(trained.ceiling),
        "expected_calibration_error": trained.calibration_error,
        "files": {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in (CLASSIFIER_FILE, CUTTER_FILE)},
    }


def _as_markdown(trained: Trained, corpus: Sequence[LabelledPost], model: str) -> str:
    return f"""# Model {model}

Labels passages of Thai project blog posts as lesson, issue or action. A cutter (logistic regression over gaps, best division of a line by
length) and a linear classifier (words, character strings, cue words by discourse function, position, neighbours; probabilities calibrated
by temperature). Learnt from {len(corpus)} posts of our own writing with {trained.passages} marked passages (data hash {data_hash(corpus)}).

## On writers left out of training

Each writer's posts were read by a model learnt from the other writers. The lean towards a label ({trained.classifier.lean} log-odds) was
chosen on the same figures, so they flatter it a little.

```
{as_table(trained.unseen_writers)}
```

Expected calibration error of the likeliest label: {trained.calibration_error:.3f}.

## The ceiling of the cutter

The same pieces, had every label been right:

```
{as_table(trained.ceiling)}
```

## Known failures

- Issues told without problem words are taken for lessons or missed; it is the weakest label.
- Narration with a date is taken for an action; plans told in the past tense too.
- Long sentences without a space are cut before a connective, sometimes in the middle of an idea.
- The corpus was written by few hands and read once: agreement between readers is not measured yet.

Rebuild it with `lessons train`; the same corpus gives the same id.
"""
