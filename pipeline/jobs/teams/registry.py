"""The team's own models, beside its database: which one reads, which read before, who promoted it, and how often a test was looked at.

Comes in: the folder of the team's models. Goes out: the same with another pointer, and a line of history. Refuses to promote a model that the gate
did not allow, or judged by another reader or beside another model than those that read now. Files, not tables: the folder can be copied, read and
mended without the program, and the pointer changes in one step. Nothing here ever writes into the folder of the models that ship.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import SettingsError
from pipeline.jobs.teams.champion import reading
from pipeline.jobs.teams.history import DECISIONS, SHIPPED, note, read_card, read_gate
from pipeline.jobs.teams.rollback import point_to
from pipeline.nlp.shelf import Judged, Pointer, fits, read_pointer
from pipeline.train.team_card import save_team_card

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


def promote(models: Path, team: Path, model: str, *, by: str, at: datetime, kind: str) -> Pointer:  # noqa: PLR0913 - what a promotion is
    """Make a model the one that reads, with the reader of that `kind`; the one that reads now is kept as the one before.

    Raises:
        SettingsError: when there is no such model, it does not fit the program, or the gate did not allow it as things are now.
    """
    _check(models, team, model, kind)
    now = read_pointer(team)
    before = now.current if now.current != model else now.previous  # a second time ends what a killed promotion had begun
    pointer = Pointer(model, before)
    point_to(team, pointer)
    save_team_card(team / model, {**read_card(team / model), "promoted": {"by": by, "at": at.isoformat(timespec="minutes")}})
    note(team, "promoted", model, by=by, at=at, before=before or SHIPPED)
    return pointer


def _check(models: Path, team: Path, model: str, kind: str) -> None:
    """Refuse a model that may not take the place of the one that reads."""
    gate, judged, now = read_gate(team, model), Judged.of(read_card(team / model)["test"]), reading(models, team)
    if gate["decision"] != "allowed":
        told = "; ".join(check["en"] for check in gate["checks"] if not check["holds"])
        told_th = "; ".join(check["th"] for check in gate["checks"] if not check["holds"])
        raise SettingsError(
            en=f"{model}: only a model that the gate allows may be promoted. Got {gate['decision']}: {told}. Correct more, and learn anew.",
            th=f"{model}: เลื่อนขึ้นใช้งานได้เฉพาะแบบจำลองที่ผ่านด่าน แต่ผลคือ {DECISIONS[gate['decision']]} ({told_th}) ตรวจแก้เพิ่มแล้วสอนใหม่",
        )
    if not fits(models, team / model):
        raise SettingsError(
            en=f"{model}: a model must have been learnt for the program as it is now. Got one of another version. Learn anew with --corrections.",
            th=f"{model}: แบบจำลองนี้สอนไว้กับโปรแกรมรุ่นก่อน ใช้กับโปรแกรมรุ่นนี้ไม่ได้ สอนใหม่ด้วย --corrections",
        )
    if now != model and (judged.reader, judged.beside) != (kind, now):
        raise SettingsError(
            en=f"{model}: a model must have been judged by the reader that the team uses, {kind}, beside the model that reads now, {now}. "
            f"Got {judged.reader}, {judged.beside or 'unknown'}. Learn anew with --corrections: the gate judges again.",
            th=f"{model}: ด่านตัดสินแบบจำลองนี้ด้วยตัวอ่าน {judged.reader} เทียบกับ {judged.beside or '(ไม่ทราบ)'} แต่ขณะนี้ทีมใช้ตัวอ่าน {kind} "
            f"กับแบบจำลอง {now} สอนใหม่ด้วย --corrections แล้วด่านจะตัดสินอีกครั้ง",
        )
