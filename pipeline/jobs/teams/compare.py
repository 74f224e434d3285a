"""Two models beside each other, and the list of all: what their cards say, in lines of text.

Comes in: the folders of models and the ids of two. Goes out: lines. Refuses an id that no model has. A model that ships and a team's own have cards
of two kinds; what both say is compared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.evaluate.gate import FEWEST as FEWEST_PASSAGES
from pipeline.evaluate.gate import MOST_LOOKS
from pipeline.jobs.teams.history import DECISIONS, damaged_names, history, looks, read_card, read_gate, team_names
from pipeline.jobs.teams.models import check_id
from pipeline.labels import label_set
from pipeline.nlp.reader import FULL, current_model
from pipeline.nlp.shelf import Judged, fits, folder_of, names_of, promoted, read_pointer
from pipeline.train.card import FROZEN

if TYPE_CHECKING:
    from pathlib import Path

_APART = (
    "วัดกับชุดทดสอบคนละชุด หรือด้วยตัวอ่านคนละตัว คะแนนจึงเทียบกันตรงๆ ไม่ได้",
    "They were measured on different tests or by different readers, so that their scores say nothing of each other",
)
_NAMES = (  # of what a card says, in the order in which it is taken from there
    ("F1 เฉลี่ยตามข้อความ", "F1 by passages"),
    ("F1 เฉลี่ยตามตัวอักษร", "F1 by characters"),
    ("ความคลาดเคลื่อนของความมั่นใจ", "calibration error"),
    ("วัดด้วยตัวอ่าน", "measured by the reader"),
    ("บันทึกในชุดทดสอบ", "posts of the test"),
    ("ข้อมูลสอน", "learnt from"),
    ("การตรวจแก้ที่สอน", "corrections that taught"),
    ("ต่อยอดจาก", "begins from"),
    ("โค้ด", "code"),
    ("คำบ่งชี้", "cue words"),
)


def compare_models(models: Path, team: Path, one: str, other: str, language: str = "th") -> str:
    """Return the differences between the cards of two models as a table."""
    thai = language == "th"
    cards = []
    for name in (one, other):
        check_id(models, name, names_of(models, team), "lessons models compare")  # a card is of a whole model, not of a reader
        cards.append(read_card(folder_of(models, team, name)))
    kinds = _kinds(*(card["test"] for card in cards))
    before, after = (_flat(card, kind, thai=thai) for card, kind in zip(cards, kinds, strict=True))
    rows = [(name, before.get(name, "–"), after.get(name, "–")) for name in dict.fromkeys([*before, *after])]
    alike = kinds[0] == kinds[1] and _same_test(*(card["test"] for card in cards))
    lines = [f"| | {one} | {other} | {'ต่างกัน' if thai else 'difference'} |", "| --- | ---: | ---: | ---: |"]
    lines += [
        f"| {name} | {_shown(a)} | {_shown(b)} | {_difference(a, b) if alike else ''} |" for name, a, b in rows if name.startswith("F1") or a != b
    ]
    told = [] if alike else [_APART[not thai]]
    told += [_gate_line(name, read_gate(team, name), card, thai=thai) for name, card in zip((one, other), cards, strict=True) if "gate" in card]
    return "\n".join([*lines, *([""] if told else []), *told])


def _kinds(*tests: dict[str, Any]) -> list[str]:
    """Return by which readers two models were measured; a model that ships by several, of which that is taken which the other one has."""
    asked = next((Judged.of(test).reader for test in tests if "version" in test), FULL)
    return [Judged.of(test).reader if "version" in test else asked if asked in test["readers"] else next(iter(test["readers"])) for test in tests]


def _same_test(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Tell whether two models were measured on the same posts; a model that ships says of which test, not of which version."""
    if "version" in one and "version" in other:
        return bool(one["version"] == other["version"])
    return one["posts"] == other["posts"] and all(test.get("on", FROZEN) == FROZEN for test in (one, other))


def _gate_line(name: str, gate: dict[str, Any], card: dict[str, Any], *, thai: bool) -> str:
    """Return what the gate said of a model, beside the one that read then, on the same posts."""
    gain, judged = f"F1 {gate['before']:.3f} → {gate['after']:.3f}", Judged.of(card["test"])
    if thai:
        beside = judged.beside or "ตัวที่ใช้อ่านอยู่ตอนนั้น"
        told = f"{name}: {DECISIONS[gate['decision']]} {gain} (อย่างน้อย {gate['bound']:+.3f})"
        return f"{told} เทียบกับ {beside} ด้วยตัวอ่าน {judged.reader} บนบันทึกชุดเดียวกัน"
    told = f"{name}: {gate['decision']}, {gain} (at least {gate['bound']:+.3f})"
    return f"{told} beside {judged.beside or 'the one that read then'}, by the reader {judged.reader} on the same posts"


def _flat(card: dict[str, Any], kind: str, *, thai: bool) -> dict[str, Any]:
    """Return what both kinds of card say, by its name for people; of a model that ships, what its reader of this kind does.

    The calibration of such a model is that of its first reader alone.
    """
    test, data = card["test"], card["data"]
    own = test["readers"][kind] if "readers" in test else None
    labels = {label.id: own["passages"][label.id]["f1"] if own else test["labels"][label.id][0] for label in label_set()}
    scores, calibrated = own or test, own is None or kind == next(iter(test["readers"]))
    said: list[Any] = [scores["passage_f1"], scores["character_f1"], test["calibration_error"] if calibrated else "–", kind, test["posts"]]
    said += [data["teaching"]["hash"] if "teaching" in data else data["snapshot"], data.get("reviewed", 0), card.get("base", "–")]
    said += [card.get("code") or "–", card["rules"]]
    named = [(name[not thai], value) for name, value in zip(_NAMES, said, strict=True)]
    by_label = {f"F1 {label.thai if thai else label.english}": labels[label.id] for label in label_set()}
    version = "รุ่นของ {}" if thai else "version of {}"
    return {**dict(named[:2]), **by_label, **dict(named[2:])} | {version.format(name): pinned for name, pinned in card["pins"].items()}


def _shown(value: object) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _difference(one: object, other: object) -> str:
    return f"{other - one:+.3f}" if isinstance(one, float) and isinstance(other, float) else ""


def list_models(models: Path, team: Path, language: str = "th") -> str:
    """Return all models: which reads, what the gate said of each, and how often each version of the test was looked at."""
    thai, reading, shipped = language == "th", promoted(models, team), current_model(models)
    lines = [f"{'▶' if reading is None else ' '} {shipped}  {'มากับโปรแกรม' if thai else 'ships with the program'}"]
    for name in team_names(team):
        lines += _listed(models, team, name, reading, thai=thai)
    lines += [f"  {name}  {'อ่านการ์ดหรือผลของด่านไม่ได้' if thai else 'its card or verdict cannot be read'}" for name in damaged_names(team)]
    if (before := read_pointer(team)).previous or before.current:
        lines.append(f"{'ย้อนกลับแล้วจะใช้' if thai else 'after a rollback reads'} {before.previous or shipped}")
    for test in dict.fromkeys(row["test"] for row in history(team) if row["what"] == "looked"):
        lines.append(_looked(test, looks(team, test), thai=thai))
    return "\n".join(lines)


def _listed(models: Path, team: Path, name: str, reading: str | None, *, thai: bool) -> list[str]:
    """Return the lines of a team's model: its scores, the gate, who promoted it, and what stands against it."""
    card, gate = read_card(team / name), read_gate(team, name)
    decision, reviewed = gate["decision"], card["data"]["reviewed"]
    told = [f"F1 {gate['before']:.3f} → {gate['after']:.3f}", DECISIONS[decision] if thai else decision]
    told.append(f"{'วัดด้วยตัวอ่าน' if thai else 'measured by the reader'} {Judged.of(card['test']).reader}")
    told.append(f"การตรวจแก้ {reviewed:,} แห่ง" if thai else f"{reviewed:,} corrections")
    if card["promoted"]:
        told.append(f"{'เลื่อนขึ้นโดย' if thai else 'promoted by'} {card['promoted']['by']}")
    if not fits(models, team / name):
        told.append("ใช้กับโปรแกรมรุ่นนี้ไม่ได้" if thai else "does not fit this version of the program")
    against = [check["th" if thai else "en"] for check in gate["checks"] if not check["holds"]]
    return [f"{'▶' if name == reading else ' '} {name}  {', '.join(told)}", *(f"      {'เพราะ' if thai else 'because'} {one}" for one in against)]


def _looked(test: str, count: int, *, thai: bool) -> str:
    """Return how often a version of the test was looked at."""
    if thai:
        over = f" เกิน {MOST_LOOKS} ครั้งแล้ว ควรทำชุดทดสอบรุ่นใหม่" if count > MOST_LOOKS else ""
        return f"ดูชุดทดสอบ {test} แล้ว {count} ครั้ง (ตัดสินได้เมื่อมีอย่างน้อย {FEWEST_PASSAGES} ข้อความ){over}"
    over = f"; more than {MOST_LOOKS}: make a new version" if count > MOST_LOOKS else ""
    return f"test {test}: looked at {count} times (it decides from {FEWEST_PASSAGES} passages on){over}"
