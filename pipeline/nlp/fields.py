"""The trained readers of fields, as one file of a model: state and strength of a passage, voices, and stretches for who, where, who speaks, chains.

Comes in: a folder of ``models/`` or freshly trained parts. Goes out: `FieldModels`. Refuses a file that is missing or whose parts do not fit.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import srsly

from pipeline.nlp.choices import Choice, choice_of
from pipeline.nlp.spans import SpanTagger, tagger_of
from pipeline.nlp.speech import Speech, speech_of
from pipeline.nlp.unpacking import unpacked

if TYPE_CHECKING:
    from pathlib import Path

FILE = "fields.msgpack"
BEFORE = 24  # words before a passage in which its owner or its speaker may stand


@dataclass(frozen=True, slots=True)
class FieldModels:
    """The choices and the taggers.

    `speech` knows told words and `replies` the author's answers among comments; `owners` finds who and where, `chains` the parts of a chain,
    `affected` who is affected within them.
    """

    state: Choice
    strength: Choice
    speech: Speech
    replies: Speech
    owners: SpanTagger
    speakers: SpanTagger
    chains: SpanTagger
    affected: SpanTagger


def save_fields(models: FieldModels, folder: Path) -> None:
    """Write the readers of fields into a folder of ``models/``."""
    srsly.write_msgpack(folder / FILE, {field.name: getattr(models, field.name).as_parts() for field in fields(models)})


def load_fields(folder: Path) -> FieldModels:
    """Read the readers of fields of a folder of ``models/``; their checksum has been compared before.

    Raises:
        ModelError: when the file is none of ours.
    """
    return unpacked(folder / FILE, _put_together, "the readers of fields", "ส่วนอ่านข้อมูลกำกับ")


def _put_together(parts: dict[str, Any]) -> FieldModels:
    state, strength = (choice_of(parts[name]) for name in ("state", "strength"))
    speech, replies = (speech_of(parts[name]) for name in ("speech", "replies"))
    owners, speakers, chains, affected = (tagger_of(parts[name]) for name in ("owners", "speakers", "chains", "affected"))
    return FieldModels(state, strength, speech, replies, owners, speakers, chains, affected)
