"""What is told of one passage alone: how it is put, by whom, and whether it speaks of something settled.

Comes in: a passage and its place in its post. Goes out: figures, named by `OF_EACH`. Refuses nothing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.records import Passage

OF_EACH = ("label", "voice", "state", "strength", "question", "expectation", "item", "length", "place in post", "settled", "refers back", "wanting")
_LABELS = ("lesson", "issue", "action")
_VOICES = ("author", "commenter", "reply", "quoted")
_STATES = ("planned", "ongoing", "postponed", "cancelled", "done")
_STRENGTHS = ("wish", "proposal", "assigned", "resolved", "done")
_SETTLED = re.compile("แล้ว|เสร็จ|เรียบร้อย|สำเร็จ|ครบ")
_REFERS_BACK = re.compile("ที่(?:เลื่อน|ค้าง|ตกลง|รับ|ว่าไว้|นัด|ขอ|สัญญา|บอก|เคย|ผ่านมา)|เรื่อง|(?:คราว|ครั้ง|รอบ|เดือน)(?:ก่อน|ที่แล้ว)|ตาม(?:มติ|ที่)|ส่วน")
_WANTING = re.compile("ยัง(?:ไม่|ขาด)|ไม่(?:ได้|มี|ครบ)")


def own_figures(passage: Passage, place: int) -> tuple[float, ...]:
    """Return what is told of a passage itself, in the order of the features of each (`OF_EACH`); `place` is its number in its post."""
    action = passage.action
    return (
        _code(_LABELS, passage.label),
        _code(_VOICES, passage.voice),
        _code(_STATES, action.state if action else None),
        _code(_STRENGTHS, action.strength if action else None),
        float("question" in passage.facets),
        float("expectation" in passage.facets),
        float(passage.remarks.item is not None),
        float(len(passage.quote)),
        float(place),
        *(float(bool(form.search(passage.quote))) for form in (_SETTLED, _REFERS_BACK, _WANTING)),
    )


def _code(names: tuple[str, ...], name: str | None) -> float:
    return float(names.index(name)) if name in names else -1.0
