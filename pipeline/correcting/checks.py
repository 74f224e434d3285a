"""What a correction must be before it is kept.

Comes in: a post and a correction of it. Goes out: the correction, its anchors taken anew from the post as it is. Refuses, as `CorrectionRefused`: a
label that there is not, a value of another shape, edges where none may be, passages of one split that overlap.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, get_args

from pipeline.correcting.edges import allowed
from pipeline.correcting.fields import FIELDS, read_value
from pipeline.correcting.told import OF_POST, TOLD, read_told
from pipeline.corrections import CorrectedField, LinkVerdict, Verdict, anchor_of
from pipeline.errors import CorrectionRefused
from pipeline.labels import OTHER, label_ids

if TYPE_CHECKING:
    from pipeline.corrections import Anchor, Correction
    from pipeline.records import Post

_FEWEST_PARTS = 2
_VERDICTS = {"thread": get_args(LinkVerdict), "same-name": get_args(Verdict)}


def checked(post: Post | None, correction: Correction) -> Correction:
    """Return a correction as it may be kept; `post` is the one that it is about, if any. A link's further anchor is of another post and stays."""
    if correction.field not in get_args(CorrectedField):
        raise _refused("field", correction.field, get_args(CorrectedField))
    if correction.field in {"label", "add"} and correction.after not in {OTHER, *label_ids()}:
        raise _refused("label", correction.after, (*label_ids(), OTHER))
    verdicts = _VERDICTS.get(correction.field)
    if verdicts and correction.after not in verdicts:
        raise _refused("verdict", correction.after, verdicts)
    if correction.field in {*FIELDS, *TOLD, OF_POST}:
        _check_value(correction)
    if post is None or correction.anchor is None or correction.field == "thread":
        return correction
    anchor = _anew(post, correction.anchor)
    further = tuple(_anew(post, one) for one in correction.further)
    _check_parts(correction, further)
    return replace(correction, anchor=anchor, further=further)


def _anew(post: Post, anchor: Anchor) -> Anchor:
    return anchor_of(post.text, allowed(post.text, anchor.span))


def _check_value(correction: Correction) -> None:
    try:
        (read_value if correction.field in FIELDS else read_told)(correction.field, correction.after)
    except ValueError as error:
        raise CorrectionRefused(
            en=f"The field {correction.field} must have a value of its kind. Got {correction.after!r} instead. Correct it.",
            th=f"ค่าของช่อง {correction.field} ไม่ถูกรูปแบบ ได้รับ {correction.after!r} โปรดแก้ไข",
        ) from error


def _check_parts(correction: Correction, further: tuple[Anchor, ...]) -> None:
    """Refuse a split into fewer than two parts, or into parts that overlap, and a change of edges without its new place."""
    if correction.field in {"span", "merge"} and len(further) != 1:
        raise _refused("number of passages", len(further), ("1",))
    if correction.field != "split":
        return
    spans = sorted(one.span for one in further)
    if len(spans) < _FEWEST_PARTS or any(one.end > other.start for one, other in pairwise(spans)):
        raise CorrectionRefused(
            en="A passage must be split into two or more parts that do not overlap. Got others. Choose the place of the cut again.",
            th="การแยกข้อความต้องได้อย่างน้อยสองส่วนที่ไม่ซ้อนกัน โปรดเลือกจุดแยกใหม่",
        )


def _refused(what: str, found: object, known: tuple[str, ...]) -> CorrectionRefused:
    return CorrectionRefused(
        en=f"The {what} of a correction must be one of {', '.join(known)}. Got {found!r} instead. Choose one of them.",
        th=f"ค่าที่แก้ต้องเป็นหนึ่งใน {' '.join(known)} แต่ได้รับ {found!r} โปรดเลือกใหม่",
    )
