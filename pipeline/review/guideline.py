"""The guideline beside the labels.

Comes in: ``guideline.toml`` beside this file, owned by people of the trade. Goes out: a rule with an example and a counter-example for each
label, the further rules, and the version that every decision keeps. Refuses nothing at run time: the tests read the file.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.labels import OTHER, label_ids, label_set
from pipeline.records import short_hash
from pipeline.review.asked import Page
from pipeline.review.pages import page

if TYPE_CHECKING:
    from starlette.responses import Response

    from pipeline.review.asked import Asked


@dataclass(frozen=True, slots=True)
class Advice:
    """What the guideline says of a label: the rule and, as far as the file has them, what is one and what is none."""

    id: str
    th: str
    en: str
    yes: str = ""
    no: str = ""


@lru_cache(maxsize=1)
def advice() -> tuple[Advice, ...]:
    """Return the advice for each label, "other" last, in the order of the keys; where the file has none, what the label set says."""
    written = {row["id"]: Advice(**row) for row in tomllib.loads(_text())["label"]}
    defined = {label.id: Advice(label.id, label.definition, label.question_english) for label in label_set()}
    return tuple((defined | written)[label] for label in (*label_ids(), OTHER))


@lru_cache(maxsize=1)
def version() -> str:
    """Return the version of the guideline."""
    return short_hash(_text(), *(one.th for one in advice() if not one.yes))


@lru_cache(maxsize=1)
def _text() -> str:
    return Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")


def _show(asked: Asked) -> Response:
    return page(asked, "_guideline.html", advice=advice(), rules=[row[asked.lang] for row in tomllib.loads(_text())["rule"]])


PAGES = (Page("/guideline", _show, role="reviewer"),)
