"""Models by name: what a person asked for, before anything heavy is loaded.

Comes in: the folder of models and the model and reader that were named, or none. Goes out: nothing. Refuses an id that no model there has,
naming those that stand there; whether the model itself is whole is seen when it is loaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import SettingsError
from pipeline.nlp.outside import OUTSIDE, no_such, outside_names
from pipeline.nlp.reader import CUES_ALONE, KINDS, split_model
from pipeline.nlp.shelf import names_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def check_model(models: Path, model: str | None, team: Path | None = None, asked: str = "--model") -> None:
    """Refuse a named model that stands neither below `models` nor among the team's own, and a reader that no model has and no package gives.

    `asked` is what named it.

    Raises:
        SettingsError: naming what there is.
    """
    named, kind = split_model(model)
    if kind.startswith(OUTSIDE):
        if (name := kind.removeprefix(OUTSIDE)) not in outside_names():
            raise no_such(name)
    elif kind not in KINDS:
        raise SettingsError(
            en=f'--reader: must be one of {", ".join(KINDS)}. Got "{kind}" instead. Name one of them.',
            th=f'--reader: ต้องเป็น {", ".join(KINDS)} อย่างใดอย่างหนึ่ง แต่พบ "{kind}" โปรดระบุใหม่',
        )
    if named is not None:
        check_id(models, named, [*names_of(models, team), CUES_ALONE], asked)


def check_id(models: Path, named: str, known: Iterable[str], asked: str) -> None:
    """Refuse an id that is none of the known ones; `asked` is what named it.

    Raises:
        SettingsError: naming what there is.
    """
    if named not in (there := sorted(known, key=lambda one: (one == CUES_ALONE, one))):  # cues are no folder: last
        names = ", ".join(there)
        raise SettingsError(
            en=f'{asked}: must be a model that stands in {models}. Got "{named}" instead. The models there are: {names}. Name one of them.',
            th=f'{asked}: ต้องเป็นแบบจำลองที่มีใน {models} แต่พบ "{named}" แบบจำลองที่ใช้ได้คือ {names} โปรดระบุตัวใดตัวหนึ่ง',
        )
