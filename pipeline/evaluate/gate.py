"""The gate: whether a new model may take the place of the one that reads now.

Comes in: what both did on the same posts of the frozen test. Goes out: a `Verdict` with every check and the reason in words. Refuses nothing. It only
permits: a person promotes. Posts are drawn, not passages, since passages of one post are not independent. Every look at a test asks for so much
certainty that of all looks at it together few let a model pass by luck.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from time import process_time
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

from pipeline.evaluate.behaviour import failed_cases
from pipeline.evaluate.breakdown import calibration_error, gold_of, reliability
from pipeline.evaluate.ceiling import true_label
from pipeline.evaluate.fields import score_fields
from pipeline.evaluate.marked import read_fields
from pipeline.evaluate.report import read_all
from pipeline.evaluate.scores import count_post, macro_f1
from pipeline.labels import label_set

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from pipeline.evaluate.behaviour import Case
    from pipeline.evaluate.fields import FieldScores
    from pipeline.evaluate.report import ReadPost
    from pipeline.labelled import LabelledPost
    from pipeline.nlp.reader import Reader

Decision = Literal["allowed", "refused", "undecidable"]
DRAWS = 2_000
FEWEST = 300  # marked passages of a test, under which a gain of five points is found by luck as often as not
MOST_LOOKS = 30  # at one version of a test, after which each asks for more: the best of very many tries passes by luck
# Per cent of the draws that may lie below nought, one-sided. Looks at one test are at models much like each other: of a hundred tests, each looked at
# twenty times, four let a model pass that is no better (docs/decisions/0049-every-look-alike.md).
SURE = 0.3
_LABEL_DOWN, _CHARACTERS_DOWN, _FIELD_DOWN, _CALIBRATION_UP = 0.03, 0.01, 0.01, 0.02
_TIMED, _TIMES = 40, 2  # posts, and how often: the shorter time counts
_SLOWER, _LARGER = 1.3, 1.25  # times; a shared machine measures the same work differently by a fifth


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a model did on the frozen test: counts of each post, fields, calibration, failed cases of behaviour, seconds and bytes."""

    counts: tuple[NDArray[np.int64], ...]
    fields: dict[str, float]
    calibration: float
    failed: tuple[str, ...]
    seconds: float
    size: int


class Check(NamedTuple):
    """One condition: its name, whether it holds, and what was found, in English and in Thai."""

    name: str
    holds: bool
    en: str
    th: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision, the macro F1 by passages of both, the lower bound of the gain, and the checks that led to it."""

    decision: Decision
    before: float
    after: float
    bound: float
    passages: int
    checks: tuple[Check, ...]

    @property
    def gain(self) -> float:
        """Return how much more the new model has."""
        return self.after - self.before

    @property
    def reasons(self) -> tuple[Check, ...]:
        """Return the checks that stand against it."""
        return tuple(check for check in self.checks if not check.holds)


def gather(reader: Reader, posts: Sequence[LabelledPost], cases: list[Case], size: int) -> Evidence:
    """Return what a reader does on the posts of the test and the cases of behaviour; `size` is that of its files in bytes."""
    read = read_all(reader, posts)
    counts = tuple(_counts(row) for row in read)
    fields = _field_figures(score_fields(*read_fields(reader, posts)))
    return Evidence(counts, fields, _calibration(read), tuple(failed_cases(reader, cases)), seconds_of(reader, posts), size)


def seconds_of(reader: Reader, posts: Sequence[LabelledPost]) -> float:
    """Return the seconds of a processor that a reader takes for the first posts of a test."""
    taken = []
    for _ in range(_TIMES):
        begun = process_time()
        read_all(reader, posts[:_TIMED])
        taken.append(process_time() - begun)
    return min(taken)


def _counts(row: ReadPost) -> NDArray[np.int64]:
    return count_post(row.labelled.post.text, gold_of(row.labelled), [(passage.span, passage.label) for passage in row.found])


def _calibration(read: Sequence[ReadPost]) -> float:
    told = [(passage.confidence, true_label(passage.span, gold_of(row.labelled)) == passage.label) for row in read for passage in row.found]
    return calibration_error(reliability([sure for sure, _ in told], [right for _, right in told]))


def _field_figures(scores: FieldScores) -> dict[str, float]:
    found = {"who": scores.who.f1, "when": scores.when.f1, "where": scores.where.f1, "reported speech": scores.quoted.f1}
    return {**found, "state": scores.state[0], "strength": scores.strength[0], "voice": scores.voice, "speaker": scores.speaker}


def judge(champion: Evidence, challenger: Evidence, look: int = 1) -> Verdict:
    """Return whether the challenger may take the champion's place; both have read the same posts in the same order.

    `look` says which look at this test it is, from 1.
    """
    gains = gains_of(champion.counts, challenger.counts)
    total, before = (np.sum(one.counts, axis=0) for one in (challenger, champion))
    was, now = macro_f1(before)[1], macro_f1(total)[1]
    gain, bound = now - was, float(np.percentile(gains, SURE * min(1.0, MOST_LOOKS / look)))
    passages = int(total[-1, 5])
    checks = (
        _gain(gain, bound, look),
        *_labels(before, total),
        _characters(before, total),
        *_fields(champion.fields, challenger.fields),
        _calibrated(champion.calibration, challenger.calibration),
        _behaviour(champion.failed, challenger.failed),
        _costs("speed", challenger.seconds / max(1e-9, champion.seconds), _SLOWER, "เวลาอ่าน"),
        _costs("size", challenger.size / max(1, champion.size), _LARGER, "ขนาดไฟล์"),
    )
    few = _check("enough", passages >= FEWEST, f"{passages} marked passages in the test", f"ชุดทดสอบมี {passages} ข้อความ ต้องมีอย่างน้อย {FEWEST}")
    decision: Decision = "undecidable" if not few.holds else "allowed" if all(check.holds for check in checks) else "refused"
    return Verdict(decision, was, now, bound, passages, (few, *checks))


def _gain(gain: float, bound: float, look: int) -> Check:
    english = f"gain in macro F1 {gain:+.3f}, lower bound {bound:+.3f}, look {look} at this test"
    return _check("gain", bound > 0, english, f"F1 เฉลี่ยเปลี่ยน {gain:+.3f} อย่างน้อย {bound:+.3f} (ดูชุดทดสอบนี้ครั้งที่ {look})")


def gains_of(before: Sequence[NDArray[np.int64]], after: Sequence[NDArray[np.int64]], draws: int = DRAWS, seed: int = 0) -> NDArray[np.float64]:
    """Return the gain in macro F1 by passages in each of so many drawings of posts: the same posts for both."""
    one, other = np.stack(before), np.stack(after)
    drawn = np.random.default_rng(seed).integers(0, len(one), (draws, len(one)))
    return np.array([macro_f1(other[rows].sum(axis=0))[1] - macro_f1(one[rows].sum(axis=0))[1] for rows in drawn])


def intervals_of(counts: Sequence[NDArray[np.int64]], draws: int = DRAWS, seed: int = 0) -> dict[str, tuple[float, float, float]]:
    """Return the F1 by passages of each label with its 95 % interval."""
    table = np.stack(counts)
    drawn = np.random.default_rng(seed).integers(0, len(table), (draws, len(table)))
    spread = np.array([[_f1(table[rows].sum(axis=0), row) for row in range(len(label_set()))] for rows in drawn])
    low, high = np.percentile(spread, (2.5, 97.5), axis=0)
    total = table.sum(axis=0)
    return {label.id: (_f1(total, row), float(low[row]), float(high[row])) for row, label in enumerate(label_set())}


def _f1(total: NDArray[np.int64], row: int) -> float:
    hits, found, gold = (int(total[row, column]) for column in (3, 4, 5))
    return 2 * hits / max(1, found + gold)


def _labels(before: NDArray[np.int64], after: NDArray[np.int64]) -> list[Check]:
    checks = []
    for row, label in enumerate(label_set()):
        was, now = _f1(before, row), _f1(after, row)
        holds = now >= was - _LABEL_DOWN and now >= min(label.floor, was)
        en, th = f"{label.id}: F1 {was:.3f} → {now:.3f} (floor {label.floor})", f"{label.thai}: F1 {was:.3f} → {now:.3f} (ขั้นต่ำ {label.floor})"
        checks.append(_check(f"label {label.id}", holds, en, th))
    return checks


def _characters(before: NDArray[np.int64], after: NDArray[np.int64]) -> Check:
    was, now = macro_f1(before)[0], macro_f1(after)[0]
    text = f"{was:.3f} → {now:.3f}"
    return _check("characters", now >= was - _CHARACTERS_DOWN, f"macro F1 by characters {text}", f"F1 เฉลี่ยตามตัวอักษร {text}")


def _fields(before: dict[str, float], after: dict[str, float]) -> list[Check]:
    return [
        _check(f"field {name}", after[name] >= was - _FIELD_DOWN, f"{name} {was:.3f} → {after[name]:.3f}", f"{name} {was:.3f} → {after[name]:.3f}")
        for name, was in before.items()
    ]


def _calibrated(was: float, now: float) -> Check:
    text = f"{was:.3f} → {now:.3f}"
    return _check("calibration", now <= was + _CALIBRATION_UP, f"calibration error {text}", f"ความคลาดเคลื่อนของความมั่นใจ {text}")


def _behaviour(was: Sequence[str], now: Sequence[str]) -> Check:
    lost = sorted(set(now) - set(was))
    told = ", ".join(lost) or "-"
    return _check("behaviour", not lost, f"cases of behaviour lost: {told}", f"กรณีทดสอบที่เคยถูกแต่กลับผิด: {told}")


def _costs(name: str, ratio: float, limit: float, thai: str) -> Check:
    return _check(name, ratio <= limit, f"{name} {ratio:.2f} times that of before", f"{thai} {ratio:.2f} เท่าของเดิม")


def _check(name: str, holds: bool, en: str, th: str) -> Check:
    return Check(name, bool(holds), en, th)


def as_row(verdict: Verdict) -> dict[str, object]:
    """Return a verdict as JSON holds it."""
    return {**asdict(verdict), "checks": [check._asdict() for check in verdict.checks]}


def row_of(evidence: Evidence) -> dict[str, object]:
    """Return evidence as JSON holds it."""
    return {**asdict(evidence), "counts": [counts.tolist() for counts in evidence.counts]}


def evidence_of(row: Mapping[str, Any]) -> Evidence:
    """Return the evidence that JSON holds."""
    counts = tuple(np.array(one, np.int64) for one in row["counts"])
    return Evidence(**{**row, "counts": counts, "failed": tuple(row["failed"])})
