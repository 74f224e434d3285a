"""What is told of one passage alone: how it is put, by whom, and whether it speaks of something settled.

Comes in: a passage and its place in its post. Goes out: figures, named by `OF_EACH`. Refuses nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.records import Passage

OF_EACH = ("label", "voice", "state", "strength", "question", "expectation", "item", "length", "place in post", "settled", "refers back", "wanting")
_LABELS, _VOICES, _STATES, _STRENGTHS = (
    {name: float(place) for place, name in enumerate(names.split())}
    for names in (
        "lesson issue action",
        "author commenter reply quoted",
        "planned ongoing postponed cancelled done",
        "wish proposal assigned resolved done",
    )
)
_NONE = -1.0
_SETTLED = re.compile("แล้ว|เสร็จ|เรียบร้อย|สำเร็จ|ครบ")
_REFERS_BACK = re.compile("ที่(?:เลื่อน|ค้าง|ตกลง|รับ|ว่าไว้|นัด|ขอ|สัญญา|บอก|เคย|ผ่านมา)|เรื่อง|(?:คราว|ครั้ง|รอบ|เดือน)(?:ก่อน|ที่แล้ว)|ตาม(?:มติ|ที่)|ส่วน")
_WANTING = re.compile("ยัง(?:ไม่|ขาด)|ไม่(?:ได้|มี|ครบ)")


def own_figures(passage: Passage, place: int) -> tuple[float, ...]:
    """Return what is told of a passage itself, in the order of the features of each (`OF_EACH`); `place` is its number in its post."""
    action, quote = passage.action, passage.quote
    return (
        _LABELS.get(passage.label, _NONE),
        _VOICES.get(passage.voice, _NONE),
        _STATES.get(action.state or "", _NONE) if action else _NONE,
        _STRENGTHS.get(action.strength or "", _NONE) if action else _NONE,
        float("question" in passage.facets),
        float("expectation" in passage.facets),
        float(passage.remarks.item is not None),
        float(len(quote)),
        float(place),
        float(_SETTLED.search(quote) is not None),
        float(_REFERS_BACK.search(quote) is not None),
        float(_WANTING.search(quote) is not None),
    )
