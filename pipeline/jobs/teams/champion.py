"""What the model that reads does on the test, kept beside the team's models: it is found out once, however many models try to take its place.

Comes in: the folders of models, the posts of the test and the cases of behaviour. Goes out: `Evidence`. Refuses nothing: what was kept of another
model, test or version of the program counts for nothing. The time that it takes is measured anew: the machine may be busier than it was.
"""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.metadata import version
from typing import TYPE_CHECKING

from pipeline.evaluate.gate import evidence_of, gather, row_of, seconds_of
from pipeline.jobs.files import write_text
from pipeline.languages import rules_hash
from pipeline.nlp.reader import current_model, load_reader
from pipeline.nlp.shelf import folder_of, promoted
from pipeline.records import short_hash
from pipeline.train.card import data_hash
from pipeline.train.team_card import size_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pipeline.evaluate.behaviour import Case
    from pipeline.evaluate.gate import Evidence
    from pipeline.labelled import LabelledPost

FILE = ".champion.json"


def evidence_of_champion(models: Path, team: Path, test: Sequence[LabelledPost], cases: list[Case], code: str | None) -> Evidence:
    """Return what the model that reads now does on the test, under this version of the code."""
    name = promoted(models, team) or current_model(models)
    reader = load_reader(models, name, team)
    key = short_hash(name, data_hash(test), repr(cases), rules_hash(), str(code), version("thai-lessons"))
    if kept := _kept(team / FILE, key):
        return replace(kept, seconds=seconds_of(reader, test))
    found = gather(reader, test, cases, size_of(folder_of(models, team, name)))
    write_text(team / FILE, json.dumps({"key": key, "evidence": row_of(found)}, ensure_ascii=False) + "\n")
    return found


def _kept(file: Path, key: str) -> Evidence | None:
    try:
        row = json.loads(file.read_text(encoding="utf-8"))
        return evidence_of(row["evidence"]) if row["key"] == key else None
    except (OSError, ValueError, KeyError, TypeError):
        return None
