"""Models by name: what a person asked for, before anything heavy is loaded.

Comes in: the folder of models and the id that was named, or none. Goes out: nothing. Refuses an id that no model there has, naming those
that stand there; whether the model itself is whole is seen when it is loaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import SettingsError
from pipeline.nlp.reader import CARD_FILE, CUES_ALONE

if TYPE_CHECKING:
    from pathlib import Path


def check_model(models: Path, model: str | None) -> None:
    """Refuse a named model that does not stand below `models`.

    Raises:
        SettingsError: when it does not.
    """
    if not model or model == CUES_ALONE:
        return
    known = sorted(card.parent.name for card in models.glob(f"*/{CARD_FILE}"))
    if model not in known:
        names = ", ".join([*known, CUES_ALONE])
        raise SettingsError(
            en=f'--model: must be a model that stands in {models}. Got "{model}" instead. The models there are: {names}. Name one of them.',
            th=f'--model: ต้องเป็นแบบจำลองที่มีใน {models} แต่พบ "{model}" แบบจำลองที่ใช้ได้คือ {names} โปรดระบุตัวใดตัวหนึ่ง',
        )
