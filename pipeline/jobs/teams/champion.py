"""What the model that reads does on the test, kept beside the team's models: it is found out once, however many models try to take its place.

Comes in: the folders of models, and what they are judged by. Goes out: `Evidence`. Refuses nothing: what was kept of another
model, reader, test or version of the program counts for nothing. The time that it takes is measured anew: the machine may be busier than it was.
"""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.metadata import version
from typing import TYPE_CHECKING, NamedTuple

from pipeline.evaluate.gate import evidence_of, gather, row_of, seconds_of
from pipeline.jobs.files import write_text
from pipeline.languages import rules_hash
from pipeline.nlp.reader import current_model, load_reader
from pipeline.nlp.shelf import folder_of, promoted
from pipeline.records import short_hash
from pipeline.train.team_card import size_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipeline.evaluate.behaviour import Case
    from pipeline.evaluate.gate import Evidence
    from pipeline.labelled import LabelledPost
    from pipeline.nlp.shelf import Judged

FILE = ".champion.json"


class Exam(NamedTuple):
    """By what a model is judged: the posts of the test, the cases of behaviour, and the reader and the other model that read them, too."""

    test: Sequence[LabelledPost]
    cases: list[Case]
    judged: Judged


def reading(models: Path, team: Path) -> str:
    """Return the id of the model that reads now: the team's own that was promoted, else the one that ships."""
    return promoted(models, team) or current_model(models)


def evidence_of_champion(models: Path, team: Path, exam: Exam, code: str | None) -> Evidence:
    """Return what the model that reads does on the test, under this version of the code."""
    name = exam.judged.beside
    reader = load_reader(models, f"{name}@{exam.judged.reader}", team)
    key = short_hash(*exam.judged, repr(exam.cases), rules_hash(), str(code), version("thai-lessons"))
    if kept := _kept(team / FILE, key):
        return replace(kept, seconds=seconds_of(reader, exam.test))
    found = gather(reader, exam.test, exam.cases, size_of(folder_of(models, team, name)))
    write_text(team / FILE, json.dumps({"key": key, "evidence": row_of(found)}, ensure_ascii=False) + "\n")
    return found


def _kept(file: Path, key: str) -> Evidence | None:
    try:
        row = json.loads(file.read_text(encoding="utf-8"))
        return evidence_of(row["evidence"]) if row["key"] == key else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
