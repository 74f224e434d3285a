"""The effect of a round of corrections, in words for the reviewers whose work it is.

Comes in: the folder of a team's models. Goes out: lines in Thai or English for the progress page and the mail: how much was learnt from, what the
gate found and why, and what would change in the digests where that was looked at. Refuses nothing: where nothing was learnt there is nothing to tell.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from pipeline.jobs.registry import read_gate, team_names
from pipeline.nlp.shelf import CARD_FILE, read_pointer

if TYPE_CHECKING:
    from pathlib import Path

SHADOW_FILE = "shadow.json"
_REASONS_SHOWN = 3


def effect_of(team: Path, language: str = "th", name: str | None = None) -> list[str]:
    """Return what a model became that was learnt from corrections, the last one unless another is named; none where none was learnt."""
    names = team_names(team)
    if not names:
        return []
    name = name or names[-1]
    card, gate = _json(team / name / CARD_FILE), read_gate(team, name)
    return _in_thai(team, name, card, gate) if language == "th" else _in_english(team, name, card, gate)


def _in_thai(team: Path, name: str, card: dict[str, Any], gate: dict[str, Any]) -> list[str]:
    lines = [f"การตรวจแก้ {card['data']['reviewed']:,} แห่งของทีม สอนแบบจำลองใหม่ {name}: F1 {gate['before']:.3f} → {gate['after']:.3f}"]
    if changed := _changed(team / name):
        lines.append(f"ถ้าใช้แบบจำลองนี้ ข้อความในสรุปจะเปลี่ยน {changed:,} แห่ง")
    reasons = "; ".join(check["th"] for check in _against(gate))
    if read_pointer(team).current == name:
        lines.append("ขณะนี้ใช้แบบจำลองนี้อ่านบันทึกแล้ว")
    elif gate["decision"] == "allowed":
        lines.append("ผ่านด่านแล้ว รอผู้ดูแลเลื่อนขึ้นใช้งาน")
    elif gate["decision"] == "undecidable":
        lines.append(f"ยังตัดสินไม่ได้: {reasons}")
    else:
        lines.append(f"ยังไม่ใช้แบบจำลองนี้ เพราะ {reasons}")
    return lines


def _in_english(team: Path, name: str, card: dict[str, Any], gate: dict[str, Any]) -> list[str]:
    lines = [f"{card['data']['reviewed']:,} corrections of the team taught a new model, {name}: F1 {gate['before']:.3f} → {gate['after']:.3f}"]
    if changed := _changed(team / name):
        lines.append(f"With it, {changed:,} passages would change")
    reasons = "; ".join(check["en"] for check in _against(gate))
    if read_pointer(team).current == name:
        lines.append("This model reads the posts now")
    elif gate["decision"] == "allowed":
        lines.append("The gate allows it; somebody has to promote it")
    else:
        lines.append(f"It is not used ({gate['decision']}): {reasons}")
    return lines


def _against(gate: dict[str, Any]) -> list[dict[str, Any]]:
    return [check for check in gate["checks"] if not check["holds"]][:_REASONS_SHOWN]


def _changed(folder: Path) -> int:
    """Return how many passages would change, as far as the model was run in the shadow."""
    found = _json(folder / SHADOW_FILE)
    return sum(found.get(kind, 0) for kind in ("new", "gone", "relabelled"))


def _json(file: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found
