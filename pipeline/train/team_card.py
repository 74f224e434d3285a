"""The card of a team's model, beside its parts: what it is, what it learnt from, how well it reads and what it cannot do.

Comes in: what was learnt, from what, and what the gate said. Goes out: the folder of the model, its card as JSON and as a page in Thai. Refuses
nothing.
"""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from pipeline.evaluate.gate import as_row, intervals_of
from pipeline.evaluate.scores import macro_f1
from pipeline.labels import label_set
from pipeline.languages import ENGINE, rules_hash
from pipeline.nlp.classifier import FAST_FILE, save_classifier
from pipeline.nlp.classifier import FILE as CLASSIFIER_FILE
from pipeline.nlp.shelf import CARD_FILE, GATE_FILE, Judged
from pipeline.nlp.stack import FILE as STACK_FILE
from pipeline.nlp.stack import save_stack
from pipeline.train.card import TEXT_FILE, write_whole
from pipeline.train.naming import hashes_of, model_id, pins
from pipeline.train.snapshot import FILE as SNAPSHOT_FILE
from pipeline.train.snapshot import save_snapshot

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pipeline.evaluate.gate import Evidence, Verdict
    from pipeline.train.model import Trained
    from pipeline.train.snapshot import Snapshot


class Learnt(NamedTuple):
    """How a team's model was learnt: from which snapshot and by which recipe; by what it was judged; and with which code, where that is known."""

    snapshot: Snapshot
    recipe: str
    left_out: Mapping[str, int]
    judged: Judged
    code: str | None


def save_team_parts(trained: Trained, snapshot: Snapshot, base: Path, folder: Path) -> int:
    """Write the parts of a team's model, those that stay as shipped copied from the base; return their bytes."""
    parts = trained.parts
    assert parts.classifier is not None
    for name in _files(base):
        shutil.copyfile(base / name, folder / name)
    save_classifier(parts.classifier, folder / CLASSIFIER_FILE)
    save_classifier(trained.fast, folder / FAST_FILE)
    if parts.stack:
        save_stack(parts.stack, folder / STACK_FILE)
    save_snapshot(snapshot, folder)
    return size_of(folder)


def team_id(folder: Path, base: Path) -> str:
    """Return the id of a team's model whose parts stand in a folder, and no card yet; it reads with the words of the `base`."""
    return _id(hashes_of(folder, _parts_in(folder)), _shipped_card(base))


def _id(files: Mapping[str, str], shipped: Mapping[str, Any]) -> str:
    return model_id("team", files, shipped["words"], shipped.get("deep"))


def _shipped_card(base: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((base / CARD_FILE).read_text(encoding="utf-8"))
    return found


def size_of(folder: Path) -> int:
    """Return the bytes of the files that a reader loads."""
    return sum((folder / name).stat().st_size for name in _files(folder))


def _files(folder: Path) -> list[str]:
    """Return the names of the parts of a model, from its card where it has one."""
    card = folder / CARD_FILE
    return sorted(json.loads(card.read_text(encoding="utf-8"))["files"]) if card.exists() else _parts_in(folder)


def _parts_in(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir() if file.name != SNAPSHOT_FILE)


def write_team_card(folder: Path, base: Path, learnt: Learnt, evidence: Evidence, verdict: Verdict) -> None:
    """Write the card of the model in `folder`, which stands in for a part of the card of the `base` that ships."""
    before = _shipped_card(base)
    total = np.sum(evidence.counts, axis=0)
    by_character, by_passage = macro_f1(total)
    taught = [one for row in learnt.snapshot.posts for one in row.taught]
    files = hashes_of(folder, _parts_in(folder))
    card = {
        "id": _id(files, before),
        "recipe": learnt.recipe,
        "base": base.name,
        "engine": ENGINE,
        "rules": rules_hash(),
        **{part: before.get(part) for part in ("words", "deep")},
        "data": {
            "snapshot": learnt.snapshot.hash,
            "corpus": learnt.snapshot.corpus,
            "reviewed": len(taught),
            "reviewers": len({one.reviewer for one in taught}),
            "posts": len(learnt.snapshot.posts),
            "left_out": dict(learnt.left_out),
        },
        "code": learnt.code,
        "pins": pins(),
        "test": {
            **learnt.judged._asdict(),
            "posts": len(evidence.counts),
            "passages": verdict.passages,
            "passage_f1": by_passage,
            "character_f1": by_character,
            "labels": intervals_of(evidence.counts),
            "calibration_error": evidence.calibration,
            "fields": evidence.fields,
        },
        "gate": {"decision": verdict.decision, "before": verdict.before, "bound": verdict.bound},
        "failed_cases": list(evidence.failed),
        "promoted": None,
        "files": files,
    }
    (folder / GATE_FILE).write_text(json.dumps(as_row(verdict), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    save_team_card(folder, card)


def save_team_card(folder: Path, card: Mapping[str, Any]) -> None:
    """Write a card and its readable form."""
    write_whole(folder / CARD_FILE, json.dumps(card, ensure_ascii=False, indent=1) + "\n")
    write_whole(folder / TEXT_FILE, as_page(card))


_DECISIONS = {"allowed": "ผ่านด่าน รอคนเลื่อนขึ้นใช้งาน", "refused": "ไม่ผ่านด่าน", "undecidable": "ตัดสินไม่ได้ เพราะชุดทดสอบเล็กเกินไป"}


def as_page(card: Mapping[str, Any]) -> str:
    """Return the card of a team's model as a page in Thai."""
    data, test, gate, promoted = card["data"], card["test"], card["gate"], card["promoted"]
    judged, found = Judged.of(test), f"F1 {gate['before']:.3f} → {test['passage_f1']:.3f} อย่างน้อย {gate['bound']:+.3f}"
    weakest = min(label_set(), key=lambda label: test["labels"][label.id][0])
    rows = [f"| {label.thai} | {_interval(test['labels'][label.id])} |" for label in label_set()]
    return "\n".join(
        [
            f"# แบบจำลองของทีม {card['id']}\n",
            f"- ต่อยอดจาก {card['base']} (ตัวตัดข้อความ เครือข่าย และตัวอ่านข้อมูลกำกับใช้ของเดิม)",
            f"- สอนด้วยคลังของโครงการ และการตรวจแก้ {data['reviewed']:,} แห่ง ใน {data['posts']:,} บันทึก จากผู้ตรวจทาน {data['reviewers']} คน",
            f"- ไม่นำมาสอน: {_left_out(data['left_out'])}",
            f"- ข้อมูลสอน {data['snapshot']} · คลัง {data['corpus'][:16]} · ชุดทดสอบ {test['version']} · โค้ด {card['code'] or 'ไม่ทราบรุ่น'}",
            f"- ด่าน: {_DECISIONS[gate['decision']]} ({found} วัดด้วยตัวอ่าน {judged.reader} เทียบกับ {judged.beside or 'ตัวที่ใช้อยู่ตอนนั้น'})",
            f"- เลื่อนขึ้นใช้งานโดย: {promoted['by'] + ' เมื่อ ' + promoted['at'] if promoted else 'ยังไม่มี'}\n",
            f"## ความแม่นบนชุดทดสอบ {test['posts']} บันทึก {test['passages']:,} ข้อความ\n",
            f"F1 เฉลี่ย {test['passage_f1']:.3f} ตามข้อความ, {test['character_f1']:.3f} ตามตัวอักษร\n",
            f"ความคลาดเคลื่อนของความมั่นใจ {test['calibration_error']:.3f}\n",
            "| ป้าย | F1 (ช่วงความเชื่อมั่น 95 %) |",
            "| --- | --- |",
            *rows,
            "\n## จุดอ่อนที่รู้\n",
            f"- ป้ายที่อ่านแม่นน้อยที่สุดคือ {weakest.thai}",
            *(f"- ยังอ่านผิดในกรณีทดสอบ: {case}" for case in card["failed_cases"]),
            "- คลังเป็นข้อเขียนของเราเอง บันทึกจริงของทีมอาจต่างไป",
            "\n## รุ่นของเครื่องมือ\n",
            ", ".join(f"{name} {version}" for name, version in card["pins"].items()) + "\n",
        ]
    )


def _interval(row: list[float]) -> str:
    found, low, high = row
    return f"{found:.3f} ({low:.3f}–{high:.3f})"


LEFT_OUT = {
    "test": "ซ้ำกับชุดทดสอบ",
    "named": "ของผู้ตรวจทานที่ขอให้เว้น",
    "share": "เกินส่วนของผู้ตรวจทานคนเดียว",
    "distrusted": "ของผู้ตรวจทานที่ป้ายขัดกับคลังมาก",
}


def _left_out(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{LEFT_OUT[name]} {count} แห่ง" for name, count in counts.items() if count) or "ไม่มี"
