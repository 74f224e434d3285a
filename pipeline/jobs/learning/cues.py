"""How well the grammar of cues serves: what each cue finds, and which cues speak against each other.

Comes in: the corpus and a model, whose cutter makes the pieces. Goes out: lines of text. Refuses what `learn` refuses. Only posts that may
teach are looked at: the frozen test stays unseen by whoever mends a pattern.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.evaluate.breakdown import gold_of
from pipeline.evaluate.coverage import as_table, conflict_table, coverage, judged, meetings
from pipeline.jobs.learning.learn import no_corpus
from pipeline.jobs.teams.models import check_model
from pipeline.languages import cue_set
from pipeline.nlp.reader import LINEAR, load_reader, split_model
from pipeline.sources.splits import teaching_posts

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.evaluate.coverage import JudgedPiece

_BATCH = 100


def judge_cues(corpus: Path, models: Path, model: str | None) -> str:
    """Return the table of all cues, and the pairs of cues that meet most often with different votes."""
    check_model(models, model)
    posts = teaching_posts(corpus) if corpus.is_dir() else []
    if not posts:
        raise no_corpus(corpus)
    reader = load_reader(models, f"{split_model(model)[0] or ''}@{LINEAR}")
    pieces: list[JudgedPiece] = []
    for first in range(0, len(posts), _BATCH):
        batch = posts[first : first + _BATCH]
        with reader.batch():
            docs = reader.tokenize(labelled.post for labelled in batch)
            reader.classify(docs)
            for doc, labelled in zip(docs, batch, strict=True):
                pieces += judged(doc._.passages, doc._.clean, gold_of(labelled))
    return f"{as_table(coverage(pieces, cue_set()))}\n\n{conflict_table(meetings(pieces, cue_set()))}"
