"""The effect of a round of corrections, in words for the reviewers whose work it is.

Comes in: the folder of a team's models. Goes out: lines in Thai or English for the progress page and the mail: how much was learnt from, how well
the new model reads beside the one of before, whether it reads now and why, and what would change in the digests where that was looked at. Refuses
nothing: where nothing was learnt there is nothing to tell.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from pipeline.jobs.teams.history import history, read_gate, team_names
from pipeline.labels import label_set
from pipeline.nlp.shelf import CARD_FILE, read_pointer
from pipeline.render.words import short_day, speaking

if TYPE_CHECKING:
    from pathlib import Path

Standing = Literal["reads", "allowed", "undecidable", "refused", "rolled back"]
SHADOW_FILE = "shadow.json"
_REASONS_SHOWN = 3
_PLAIN = {  # what a check of the gate means to a person, by the first word of its name
    "gain": ("ยังไม่แน่ว่าดีขึ้นจริงหรือเพราะบังเอิญ", "the gain may be luck"),
    "characters": ("จับขอบข้อความแย่ลง", "the edges of passages are met less often"),
    "field": ("อ่านรายละเอียดแย่ลง", "details are read less well"),
    "calibration": ("บอกความมั่นใจคลาดเคลื่อนมากขึ้น", "it is less right about how sure it is"),
    "behaviour": ("ตอบผิดในประโยคทดสอบที่เคยตอบถูก", "it fails sentences that the one of before reads rightly"),
    "speed": ("อ่านช้าลง", "it reads more slowly"),
    "size": ("ไฟล์ใหญ่ขึ้นมาก", "its files are much larger"),
}


class Effect(NamedTuple):
    """A model that corrections taught, how it stands, and the lines that tell of it."""

    model: str
    standing: Standing
    lines: list[str]


def effect_of(team: Path, language: str = "th", name: str | None = None) -> list[str]:
    """Return what a model became that was learnt from corrections, the last one unless another is named; none where none was learnt."""
    found = latest_effect(team, language, name)
    return found.lines if found else []


def latest_effect(team: Path, language: str = "th", name: str | None = None) -> Effect | None:
    """Return how a model stands and the lines that tell of it; None where none was learnt."""
    names = team_names(team)
    if not names:
        return None
    name = name or names[-1]
    gate, standing = read_gate(team, name), _standing(team, name)
    thai = language == "th"
    reviewed = _json(team / name / CARD_FILE)["data"]["reviewed"]
    before, after = 100 * gate["before"], 100 * gate["after"]
    lines = [
        f"การตรวจแก้ {reviewed:,} แห่งของทีม สอนแบบจำลองใหม่ {name} คะแนนความแม่น {before:.1f} → {after:.1f} (เต็ม 100)"
        if thai
        else f"{reviewed:,} corrections of the team taught a new model, {name}: score {before:.1f} → {after:.1f} of 100"
    ]
    return Effect(name, standing, [*lines, *_changed(team / name, standing, thai=thai), _told(team, name, standing, gate, thai=thai)])


def _standing(team: Path, name: str) -> Standing:
    if read_pointer(team).current == name:
        return "reads"
    decision: Standing = read_gate(team, name)["decision"]
    return "rolled back" if decision == "allowed" and _last(team, "promoted", "model", name) else decision


def _told(team: Path, name: str, standing: Standing, gate: dict[str, Any], *, thai: bool) -> str:
    """Return whether a model reads now, and why."""
    if standing == "reads":
        return _told_that_it_reads(_last(team, "promoted", "model", name), thai=thai)
    if standing == "rolled back":
        why = (_last(team, "rolled back", "before", name) or {}).get("why", "")
        return f"ย้อนกลับไปใช้แบบจำลองก่อนหน้าแล้ว {why}".rstrip() if thai else f"It was rolled back: {why}".removesuffix(": ")
    if standing == "allowed":
        return "ผ่านด่านแล้ว รอผู้ดูแลเลื่อนขึ้นใช้งาน" if thai else "The gate allows it; somebody has to promote it"
    if standing == "undecidable":
        enough = gate["checks"][0]["th" if thai else "en"]
        return f"ยังตัดสินไม่ได้ว่าดีกว่าเดิมหรือไม่ เพราะ{enough}" if thai else f"It cannot be told yet whether it is better: {enough}"
    reasons = (" และ" if thai else ", ").join(_plain(check["name"], thai=thai) for check in _against(gate))
    return f"ยังไม่ใช้แบบจำลองนี้ เพราะ{reasons}" if thai else f"It is not used: {reasons}"


def _told_that_it_reads(done: dict[str, Any] | None, *, thai: bool) -> str:
    """Return that a model reads, and who promoted it; a promotion that was killed may not have noted that."""
    reads = "ขณะนี้ใช้แบบจำลองนี้อ่านบันทึกแล้ว" if thai else "This model reads the posts now"
    if not done:
        return reads
    with speaking("th" if thai else "en"):
        day = short_day(date.fromisoformat(done["at"][:10]))
    return f"{reads} เลื่อนขึ้นโดย {done['by']} เมื่อ {day}" if thai else f"{reads}; promoted by {done['by']}, {day}"


def _plain(name: str, *, thai: bool) -> str:
    """Return what a check that stands against a model means to a person.

    >>> _plain("label issue", thai=True), _plain("field who", thai=False)
    ('อ่าน “ประเด็นปัญหา” แย่ลง', 'details are read less well')
    """
    kind, _, rest = name.partition(" ")
    if kind == "label":
        label = next(label for label in label_set() if label.id == rest)
        return f"อ่าน “{label.thai}” แย่ลง" if thai else f"“{label.english}” is read less well"
    return _PLAIN[kind][0 if thai else 1]


def _against(gate: dict[str, Any]) -> list[dict[str, Any]]:
    return [check for check in gate["checks"] if not check["holds"]][:_REASONS_SHOWN]


def _last(team: Path, what: str, column: str, name: str) -> dict[str, Any] | None:
    """Return the last line of history in which something was done with a model."""
    return next((row for row in reversed(history(team)) if row["what"] == what and row.get(column) == name), None)


def _changed(folder: Path, standing: Standing, *, thai: bool) -> list[str]:
    """Return how many passages the model reads otherwise, as far as it was run in the shadow beside the one of before."""
    found = _json(folder / SHADOW_FILE)
    if not found:
        return []
    count, cited = (sum(counts.get(kind, 0) for kind in ("new", "gone", "relabelled")) for counts in (found, found["cited"]))
    if not count:
        return ["ข้อความที่ยังไม่มีใครตรวจ อ่านได้เหมือนเดิมทุกแห่ง" if thai else "What nobody has judged is read as before"]
    if standing == "reads":
        return [f"ข้อความที่ยังไม่มีใครตรวจ เปลี่ยนไปจากเดิม {count:,} แห่ง" if thai else f"Of what nobody has judged, it reads {count:,} passages otherwise"]
    if thai:
        return [f"ถ้าใช้แบบจำลองนี้ ข้อความที่ยังไม่มีใครตรวจจะเปลี่ยนป้าย เพิ่ม หรือหายไป {count:,} แห่ง ในจำนวนนี้ {cited:,} แห่งอยู่ในสรุปขณะนี้"]
    return [f"With it, {count:,} passages that nobody has judged would be read otherwise, {cited:,} of them in the digests of now"]


def _json(file: Path) -> dict[str, Any]:
    try:
        found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found
