"""A file of a model in msgpack, put together or refused in one sentence.

Comes in: a file whose checksum has been compared before, what makes something of its parts, and how people call that. Goes out: what was made.
Refuses, as `ModelError`, a file that is none of ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import srsly

from pipeline.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Made = TypeVar("Made")


def unpacked(file: Path, put_together: Callable[[Any], Made], en: str, th: str) -> Made:
    """Return what the parts of a file make.

    Raises:
        ModelError: when the file is none of ours.
    """
    try:
        return put_together(srsly.read_msgpack(file))
    except Exception as error:  # msgpack raises dozens of classes for a file that is damaged or none of its own
        raise ModelError(
            en=f"{file}: {en} must be readable as msgpack and hold our parts. Got {type(error).__name__}: {error}. "
            "Rebuild the model with `make model`, or restore the file.",
            th=f"{file}: เปิด{th}ไม่ได้ ({type(error).__name__}) สร้างใหม่ด้วย `make model` หรือกู้ไฟล์คืนมา",
        ) from error
