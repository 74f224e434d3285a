"""The card of a model: what it was learnt with, and the checksums of the files that a reader loads.

Comes in: the folder of a model. Goes out: what its card says of them. Refuses a folder without a card that tells all of it, and a file that is not
the one of the card.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from pipeline.errors import ModelError
from pipeline.nlp.classifier import FAST_FILE
from pipeline.nlp.classifier import FILE as CLASSIFIER_FILE
from pipeline.nlp.fields import FILE as FIELDS_FILE
from pipeline.nlp.shelf import CARD_FILE
from pipeline.nlp.stack import DEEP_FILE as DEEP_STACK_FILE
from pipeline.nlp.stack import FILE as STACK_FILE
from pipeline.nlp.tagger import NETWORK_FILE
from pipeline.nlp.word_table import SCALES_FILE, VECTORS_FILE, WORDS_FILE

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

CUTTER_FILE, DEEP_BORDERS_FILE = "cutter.json", "deep_borders.json"
_ALL = (CLASSIFIER_FILE, FAST_FILE, CUTTER_FILE, FIELDS_FILE)
_TAGGED, _DEEP = (NETWORK_FILE, STACK_FILE), (DEEP_BORDERS_FILE, DEEP_STACK_FILE)  # of a model with a tagger, and with a deep network
_OF_WORDS, _OF_DEEP = (WORDS_FILE, VECTORS_FILE), (WORDS_FILE, VECTORS_FILE, SCALES_FILE, NETWORK_FILE)


def read_card(folder: Path) -> dict[str, Any]:
    """Return of a model's card the engine, the rules, the checksums of its files, and the words and deep network that it reads with, or null.

    Raises:
        ModelError: when the card does not say them.
    """
    try:
        card: dict[str, Any] = json.loads((folder / CARD_FILE).read_text(encoding="utf-8"))
        words, deep = card["words"], card.get("deep")
        names = (*_ALL, *(_TAGGED if words else ()), *(_DEEP if deep else ()))
        needed = {"engine": card["engine"], "rules": card["rules"], "files": {name: card["files"][name] for name in names}}
        return needed | {"words": words and _shared(words, _OF_WORDS), "deep": deep and _shared(deep, _OF_DEEP)}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(
            en=f"{folder / CARD_FILE}: a model must have a card with its engine and the checksums of its files. Got {type(error).__name__}. "
            f"Name a model that stands in {folder.parent}, or train one.",
            th=f"{folder / CARD_FILE}: แบบจำลองต้องมีการ์ดกำกับที่บอกตัวตัดคำและค่า SHA-256 ของไฟล์ แต่อ่านไม่ได้ ระบุแบบจำลองที่มีใน {folder.parent} หรือสร้างใหม่",
        ) from error


def is_whole(folder: Path) -> bool:
    """Say whether all files of a model are those of its card."""
    try:
        compare_checksums(folder, read_card(folder)["files"])
    except ModelError:
        return False
    return True


def _shared(part: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """Return the folder that several models share, and the checksums of the files of it that are read."""
    return {"id": part["id"], "files": {name: part["files"][name] for name in names}}


def compare_checksums(folder: Path, files: dict[str, str]) -> None:
    """Refuse a file of a model that is not the one of its card.

    Raises:
        ModelError: naming the first one.
    """
    for name, expected in files.items():
        file = folder / name
        found = hashlib.sha256(file.read_bytes()).hexdigest() if file.exists() else None
        if found != expected:
            short = expected[:16]
            raise ModelError(
                en=f"{file}: its SHA-256 must be the one on the model's card. Got {found[:16] if found else 'no file'} instead of {short}. "
                "Restore the file from the version of the program that is installed, or from a backup.",
                th=f"{file}: ค่า SHA-256 ไม่ตรงกับการ์ดของแบบจำลอง ({f'พบ {found[:16]}' if found else 'ไม่พบไฟล์'} ควรเป็น {short}) "
                "กู้ไฟล์คืนจากโปรแกรมรุ่นที่ติดตั้งไว้ หรือจากไฟล์สำรอง",
            )
